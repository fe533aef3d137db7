"""From all claims about one person to what the register holds of that person now. A pure function; nothing is stored of it.

The rules, in this order:

1. A claim that another one corrects does not stand, unless the correction itself was withdrawn. One that was entered as yielding
   to another does not stand as long as that one was not withdrawn. A withdrawal never stands.
2. Of the claims that stand, a value goes before a stated absence ("unknown", "withheld"), the better grade before the worse, the
   later day of the source before the earlier, the later entry before the earlier. The first is the current one. Parts of a name go
   together: among them the script in which most parts are written goes first, so that no name is half in one and half in another.
3. Every other standing claim that does not agree with the current one is a conflict, and is shown as one. Names in another script
   are other spellings and no conflict; a date that only says less is none; what changes with time (`CHANGING`) is in conflict only
   with claims that are as new or newer.

>>> from datetime import date
>>> from homeward.bureau.register.claims import Provenance, Said
>>> def said(ref, text, grade, day, **more):
...     return Said(ref, Field.SURNAME, Claim(text, text), Provenance("family", grade, date(2026, 5, day)), **more)
>>> view = fold([said("1.0", "Коваль", "B2", 1), said("2.0", "Ковалюк", "B2", 3), said("3.0", "KOVAL", "C3", 9)])
>>> view.fields[Field.SURNAME].best.claim.value, [one.ref for one in view.fields[Field.SURNAME].conflicts]
('Ковалюк', ['1.0'])
>>> fold([said("1.0", "Коваль", "B2", 1), said("2.0", "Ковалюк", "B2", 3, corrects=("1.0",))]).conflicts
()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.bureau.register.claims import NAMES, Said
from homeward.bureau.register.grades import weight
from homeward.people import Absence, Claim, Field, PartialDate, Person, Value

#: What is true for a time: a later claim replaces an earlier one without contradicting it.
CHANGING = frozenset({
    Field.STATE, Field.STATE_SINCE, Field.SITE, Field.REGION, Field.MEDICAL, Field.MOBILITY, Field.CATEGORY, Field.CHARGE,
    Field.SENTENCE, Field.RANK, Field.UNIT,
})  # fmt: skip
#: Where several are right at once.
SEVERAL = frozenset({Field.NOTE, Field.ID})


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: the current claim, the others that stand (`conflicts` among them), and those that do not stand any more."""

    best: Said | None
    others: tuple[Said, ...] = ()
    conflicts: tuple[Said, ...] = ()
    past: tuple[Said, ...] = ()

    @property
    def spellings(self) -> tuple[Said, ...]:
        """Standing claims beside the current one that say a name in another script."""
        return tuple(
            said for said in self.others if said not in self.conflicts and self.best and said.script != self.best.script
        )


@dataclass(frozen=True, slots=True)
class View:
    """What the register holds of one person."""

    fields: Mapping[Field, FieldView]

    def person(self, number: str, other: Mapping[str, str] | None = None) -> Person:
        """The current claims as a person of the people room."""
        claims = {name: view.best.claim for name, view in self.fields.items() if view.best and view.best.claim is not None}
        return Person(number, claims, None, dict(other or {}))

    @property
    def conflicts(self) -> tuple[Field, ...]:
        """The fields whose standing claims do not agree."""
        return tuple(name for name, view in self.fields.items() if view.conflicts)

    def names(self, number: str) -> list[Person]:
        """The person once for every way in which the sources write the name: for looking the person up.

        The first is the current one; one for each other script follows, then one for each contradicting name.
        """
        current = {name: view.best.claim for name, view in self.fields.items() if view.best and view.best.claim is not None}
        found = [current]
        scripts: dict[str, dict[Field, Claim]] = {}
        for name in NAMES:
            view = self.fields.get(name)
            for said in view.others if view is not None else ():
                assert said.claim is not None, "a withdrawal does not stand"
                if not isinstance(said.claim.value, str):
                    continue
                if view is not None and said in view.conflicts:
                    found.append({**current, name: said.claim})
                else:
                    scripts.setdefault(said.script, {}).setdefault(name, said.claim)
        found[1:1] = [{**current, **written} for _, written in sorted(scripts.items())]
        return [Person(number, claims) for claims in found]


def fold(claims: Iterable[Said]) -> View:
    """Apply the rules above to all claims about one person, in the order in which they were entered."""
    by_field: dict[Field, list[Said]] = {}
    entered = list(claims)
    fallen = _fallen(entered)
    for said in entered:
        by_field.setdefault(said.field, []).append(said)
    script = _script_of_names(said for said in entered if said.field in NAMES and said.ref not in fallen)
    return View({name: _view(name, by_field[name], fallen, script) for name in Field if name in by_field})


def _script_of_names(names: Iterable[Said]) -> str:
    """The script that has most parts of the name; of several, the one with the best claim."""
    standing = list(names)
    if len({said.script for said in standing}) <= 1:
        return standing[0].script if standing else ""
    parts: dict[str, dict[Field, Said]] = {}
    for said in sorted(standing, key=_order):
        if said.script:
            parts.setdefault(said.script, {}).setdefault(said.field, said)
    if not parts:
        return ""
    return min(parts, key=lambda script: (-len(parts[script]), _order(next(iter(parts[script].values())))))


def _fallen(claims: Sequence[Said]) -> frozenset[str]:
    """The claims that do not stand."""
    if not any(said.corrects or said.yields_to or said.withdrawal for said in claims):
        return frozenset()
    withdrawn = {ref for said in claims if said.withdrawal for ref in said.corrects}
    corrected = {ref for said in claims if said.ref not in withdrawn for ref in said.corrects}
    yielding = {said.ref for said in claims if said.yields_to and said.yields_to not in withdrawn}
    return frozenset(withdrawn | corrected | yielding | {said.ref for said in claims if said.withdrawal})


def _view(name: Field, claims: Sequence[Said], fallen: frozenset[str], script: str) -> FieldView:
    if len(claims) == 1 and claims[0].ref not in fallen:
        return FieldView(claims[0])
    # Sorting is stable: reversed first, so that of equals the one entered later comes first.
    standing = sorted((said for said in reversed(claims) if said.ref not in fallen), key=_order)
    if name in NAMES:
        standing.sort(key=lambda said: (isinstance(_value(said), Absence), said.script != script))
    past = tuple(said for said in claims if said.ref in fallen)
    if not standing:
        return FieldView(None, (), (), past)
    best, others = standing[0], tuple(standing[1:])
    return FieldView(best, others, tuple(said for said in others if contradicts(name, best, said)), past)


def _order(said: Said) -> tuple[bool, tuple[int, int], int]:
    return isinstance(_value(said), Absence), weight(said.provenance.grade), -said.provenance.on.toordinal()


def _value(said: Said) -> Value:
    assert said.claim is not None, "a withdrawal does not stand"
    return said.claim.value


def contradicts(name: Field, best: Said, other: Said) -> bool:
    """Whether another standing claim does not agree with the current one."""
    one, two = _value(best), _value(other)
    if name in SEVERAL or isinstance(one, Absence) or isinstance(two, Absence):
        return False
    if name in CHANGING and other.provenance.on < best.provenance.on:
        return False
    if isinstance(one, PartialDate) and isinstance(two, PartialDate):
        return not _one_says_less(one, two)
    if name in NAMES and best.script != other.script:
        return False
    return str(one).casefold() != str(two).casefold()


def _one_says_less(one: PartialDate, two: PartialDate) -> bool:
    parts = zip((one.year, one.month, one.day), (two.year, two.month, two.day), strict=True)
    return all(a == b or a is None or b is None for a, b in parts)
