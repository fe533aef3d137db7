"""Why a sealed file was not opened: one typed error with the word that the age test files use for the same fault."""

from __future__ import annotations

from typing import Literal

#: The first five are the words of the age test kit. "bad key" is a recipient or an identity that cannot be read or used.
Reason = Literal["header failure", "HMAC failure", "no match", "payload failure", "armor failure", "bad key"]


class SealError(Exception):
    """A sealed file, or a key for one, that cannot be used. `reason` is for programs, the text is for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
