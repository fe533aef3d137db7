"""A whole exchange played on one machine: two offices and a neutral, nothing passing between them but files.

`rehearse` plays what a folder holds (`folder` says what that is); it stops with review sheets until two officers of each side have
filled them in. `demo` writes such a folder with invented people, lets invented officers fill in the sheets, and rehearses it: it
uses nothing that a user does not have.
"""

from homeward.rehearsal.demo import demo
from homeward.rehearsal.errors import RehearsalError, WaitingError
from homeward.rehearsal.run import Result, rehearse

__all__ = ["RehearsalError", "Result", "WaitingError", "demo", "rehearse"]
