"""Where problems are gathered, and the names that a terms file declares: shared by both kinds of checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from homeward.terms.positions import Path, Place
from homeward.terms.problems import Problem


class Report:
    """Collects problems by the path at which they lie, and turns paths into lines and columns."""

    def __init__(self, places: Mapping[Path, Place]) -> None:
        self._places = places
        self._found: dict[Path, list[Problem]] = {}

    def add(self, path: Path, message: str, remedy: str, *, at_key: bool = False, shift: int = 0) -> None:
        """Report at a value, or with `at_key` at its key; `shift` columns into the value."""
        shown = path
        while path and path not in self._places:
            path = path[:-1]
        place = self._places.get(path, Place((1, 1), (1, 1)))
        line, column = place.key if at_key else place.value
        key = ".".join(str(part) if isinstance(part, str) else f"[{part + 1}]" for part in shown).replace(".[", "[")
        self._found.setdefault(shown, []).append(Problem(line, column + shift, key, message, remedy))

    def clean(self, path: Path) -> bool:
        """Whether nothing is reported at this path or beneath it."""
        return not any(found[: len(path)] == path for found in self._found)

    def problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(problem for found in self._found.values() for problem in found))


class Names:
    """The ids that a file declares, collected before anything is checked so that order in the file does not matter."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.parties = _keys(data, "parties")
        self.blocs = _keys(data, "blocs")
        self.neutrals = _keys(data, "neutral")
        self.sides = _keys(data, "sides")
        self.groups = ("all", *_keys(data, "groups"))
        self.weights = _keys(data, "weights")
        self.stages = _ids(data, "stages")
        self.places = _ids(data, "places")
        self.clauses = _ids(data, "terms")


def suggest(written: str, choices: Sequence[str]) -> str:
    """The remedy for a wrong word: the nearest right one, or all of them."""
    close = get_close_matches(written, choices, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return "use one of " + ", ".join(f"'{choice}'" for choice in choices) if choices else "declare it first"


def _keys(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = data.get(name)
    return tuple(value) if isinstance(value, dict) else ()


def _ids(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if not isinstance(value, list):
        return ()
    return tuple(entry["id"] for entry in value if isinstance(entry, dict) and isinstance(entry.get("id"), str))
