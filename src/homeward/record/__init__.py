"""Signed lines, the tree over them, heads that all parties cosign, and the portable `.record` file.

This room does not know what an exchange is: it carries acts, it does not interpret them.
"""
