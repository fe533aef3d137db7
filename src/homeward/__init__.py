"""Homeward runs prisoner exchanges between parties who do not trust each other.

The packages below are rooms; a room imports only from floors beneath its own (docs/contributing.md).
The way of one exchange goes through them from left to right:

    people → lists → matching → answers → terms → plan → acts → record → verdict
"""

__version__ = "0.1.0"
