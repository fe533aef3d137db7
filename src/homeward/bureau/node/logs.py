"""Log lines without people's names: a line says where in the code and which kind of error, never the values that were at hand.

An address may hold a search for a name, and the text of an exception may quote a cell, so neither is written. The log entry of a
failed request gives the view's name, the kind of error and the lines of code it passed.
"""

from __future__ import annotations

import logging
import traceback


class WithoutValues(logging.Formatter):
    """Level, logger and message template; of an exception its class and where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        status = getattr(record, "status_code", "")
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {_template(record)} {status}".rstrip()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            places = " < ".join(
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames[-6:])
            )
            line += f" | {type(error).__module__}.{type(error).__qualname__} at {places}"
        return line


def _template(record: logging.LogRecord) -> str:
    """The message before its values are put in."""
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__
