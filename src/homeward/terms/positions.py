"""Where every key and value of a TOML file stands. The standard library reads the values and forgets the places.

`places_of` reads only text that `tomllib` has accepted, so it needs to know TOML's shape, not its rules. A path is what one
would write to reach the value: `("terms", 3, "min")`.

>>> where = places_of('title = "x"\\n[[terms]]\\nid = "T1"\\nsides = ["a",\\n  "b"]\\n')
>>> where["terms", 0, "id"]
Place(key=(3, 1), value=(3, 6))
>>> where["terms", 0, "sides", 1].value
(5, 3)
"""

from __future__ import annotations

import re
from typing import NamedTuple

Path = tuple[str | int, ...]
#: Line and column, both from 1.
Spot = tuple[int, int]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'''
      """(?:\\.|[^\\])*?"{3,5}(?!")         # several lines, with escapes
    | \'{3}.*?\'{3,5}(?!\')                # several lines, as they stand
    | "(?:\\.|[^"\\\n])*" | \'[^\'\n]*\'   # one line
    ''',
    re.DOTALL | re.VERBOSE,
)
_SCALAR = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([btnfr"\\]))')
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Place(NamedTuple):
    """Where a key is written, and where its value begins. An element of a list has one place for both."""

    key: Spot
    value: Spot


class UnreadableError(ValueError):
    """The text is not TOML; `offset` is the start of the statement, list or text that was being read."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"cannot be read from offset {offset}")
        self.offset = offset


def places_of(text: str) -> dict[Path, Place]:
    """The place of every table, key and list element. Raises `UnreadableError` for text that is not TOML."""
    return _Scanner(text).scan()


def spot_of(text: str, offset: int) -> Spot:
    """The line and column of an offset into the text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, Place] = {}
        self._lengths: dict[Path, int] = {}
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._line = 0

    def scan(self) -> dict[Path, Place]:
        table: Path = ()
        self._skip(_SPACE)
        while self.at < len(self.text):
            begun = self.at
            if self.text.startswith("[[", begun):
                self.at += 2
                table = self._resolve(self._key(), begun)
                index = self._lengths.get(table, 0)
                self._lengths[table] = index + 1
                table = (*table, index)
                self._note(table, begun, begun)
                self._expect("]]", begun)
            elif self.text[begun] == "[":
                self.at += 1
                table = self._resolve(self._key(), begun)
                self._note(table, begun, begun)
                self._expect("]", begun)
            else:
                self._pair(table)
            self._skip(_SPACE)
        return self.places

    def _pair(self, table: Path) -> None:
        begun = self.at
        keys = self._key()
        self._expect("=", begun)
        self._skip(_BLANK)
        value = self.at
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), begun, value)
        self._value((*table, *keys))

    def _value(self, path: Path) -> None:
        begun = self.at
        sign = self.text[begun : begun + 1]
        if sign == "[":
            self.at += 1
            self._skip(_SPACE)
            index = 0
            while not self._take("]"):
                element = self.at
                self._note((*path, index), element, element)
                self._value((*path, index))
                index += 1
                self._separator("]", begun, _SPACE)
        elif sign == "{":
            self.at += 1
            self._skip(_BLANK)
            while not self._take("}"):
                self._pair(path)
                self._separator("}", begun, _BLANK)
        elif sign in {'"', "'"}:
            self._match(_TEXT, begun)
        else:
            self._match(_SCALAR, begun)

    def _separator(self, end: str, begun: int, blank: re.Pattern[str]) -> None:
        self._skip(blank)
        if self._take(","):
            self._skip(blank)
        elif not self.text.startswith(end, self.at):
            raise UnreadableError(begun)

    def _key(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            begun = self.at
            if self.text[begun : begun + 1] in {'"', "'"}:
                keys.append(_unquote(self._match(_TEXT, begun)))
            else:
                keys.append(self._match(_BARE_KEY, begun))
            self._skip(_BLANK)
            if not self._take("."):
                return tuple(keys)

    def _resolve(self, keys: tuple[str, ...], begun: int) -> Path:
        """A header's path: a list of tables on the way stands for its last element."""
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            self._note(path, begun, begun)
            if place < len(keys) - 1 and path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _note(self, path: Path, key: int, value: int) -> None:
        self.places.setdefault(path, Place(self._spot(key), self._spot(value)))

    def _spot(self, offset: int) -> Spot:
        while self._line + 1 < len(self._line_starts) and self._line_starts[self._line + 1] <= offset:
            self._line += 1
        while self._line_starts[self._line] > offset:
            self._line -= 1
        return self._line + 1, offset - self._line_starts[self._line] + 1

    def _skip(self, blank: re.Pattern[str]) -> None:
        match = blank.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def _take(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        if found:
            self.at += len(sign)
        return found

    def _expect(self, sign: str, begun: int) -> None:
        if not self._take(sign):
            raise UnreadableError(begun)

    def _match(self, pattern: re.Pattern[str], begun: int) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise UnreadableError(begun)
        self.at = match.end()
        return match.group()


def _unquote(written: str) -> str:
    body = written[1:-1]
    if written[0] == "'":
        return body
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPES[m[3]], body)
