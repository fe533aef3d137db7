"""A whole exchange played on one machine: two offices and a neutral, nothing passing between them but files.

`rehearse` plays what a folder holds (`folder` says what that is); it stops until two officers of each side have filled in
the review sheets that `write_sheets` makes. `demo` writes such a folder with invented people, lets invented officers fill in
the sheets, and rehearses it: it uses nothing that a user does not have. `half_demo` stops between two stages and leaves the
offices, to be gone on with.
"""

from homeward.rehearsal.deciding import sheet_of, write_sheets
from homeward.rehearsal.demo import demo, half_demo
from homeward.rehearsal.errors import RehearsalError, WaitingError
from homeward.rehearsal.run import HalfWay, Result, rehearse

__all__ = ["HalfWay", "RehearsalError", "Result", "WaitingError", "demo", "half_demo", "rehearse", "sheet_of", "write_sheets"]
