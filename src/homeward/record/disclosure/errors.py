"""What goes wrong with lists and disclosures: one typed error. It names a person's id or a line, never a name or a value."""

from __future__ import annotations


class DisclosureError(Exception):
    """A list, or a disclosure from one, that does not hold together. `person` is the id that it concerns, if it is one."""

    def __init__(self, message: str, person: str | None = None) -> None:
        super().__init__(message)
        self.person = person
