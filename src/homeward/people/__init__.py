"""A person as claims: names as they were written, partial dates, identifiers, status; files of people in and out.

This room never decides whether two records are the same person (`homeward.matching` proposes, two officers decide).
"""
