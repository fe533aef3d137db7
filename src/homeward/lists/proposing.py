"""What the machine proposes about one list: which entries repeat each other, and who of a register each entry may be.

Two entries that are one person would compete for that person of the register, and a comparison that weighs rivals against each
other would find neither. So entries that probably repeat an earlier one are compared with the register in a round of their own.

>>> from homeward.people import Claim, Field, PartialDate
>>> def row(id, surname, given):
...     born = Claim("14.03.1987", PartialDate(1987, 3, 14))
...     return Person(
...         id, {Field.SURNAME: Claim(surname, surname), Field.GIVEN_NAMES: Claim(given, given), Field.BIRTH_DATE: born}
...     )
>>> listed = [row("r2", "Щерботенко", "Микола"), row("r3", "SHCHERBOTENKO", "NIKOLAI")]
>>> proposed = propose(listed, [row("ua-7", "Щерботенко", "Микола"), row("ua-8", "Вигаданий", "Петро")])
>>> [(pair.left.id, pair.right_id) for pair in proposed.pairs()]
[('r2', 'r3'), ('r2', 'ua-7'), ('r3', 'ua-7')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.lists.pairs import Pair, register_pairs, repeat_pairs
from homeward.matching import Proposal, match, match_self
from homeward.people import Person, Progress

#: From here on a proposal is told as what it is; below it is told as a possibility, and below `POSSIBLE` not at all.
SURE = 0.9
POSSIBLE = 0.5
#: Down to here two entries are looked at as namesakes: one name, and evidence against one person.
_UNLIKELY = 1e-4
#: Entries listed more often than this share the last round.
_MOST_ROUNDS = 5


@dataclass(frozen=True)
class Proposed:
    """Proposals about one list: `repeats` inside it and `matches` with the register, both from `at_least` up; `namesakes` are
    pairs of entries that carry one name and are probably two people."""

    entries: tuple[Person, ...]
    register: tuple[Person, ...]
    repeats: tuple[Proposal, ...]
    namesakes: tuple[Proposal, ...]
    matches: tuple[Proposal, ...]

    def pairs(self) -> list[Pair]:
        """The pairs for two officers: the list with itself, then the list with the register and the entries found nowhere."""
        return repeat_pairs(self.entries, self.repeats) + register_pairs(self.entries, self.register, self.matches)


def propose(
    entries: Sequence[Person], register: Sequence[Person] = (), *, at_least: float = POSSIBLE, progress: Progress | None = None
) -> Proposed:
    """Compare a list with itself and with a register; up to three proposals for each entry, the best first. Decides nothing.

    `at_least` is the smallest probability that is proposed.
    """
    within = match_self(entries, at_least=min(_UNLIKELY, at_least), progress=progress) if len(entries) > 1 else []
    repeats = [found for found in within if found.probability >= at_least]
    namesakes = [found for found in within if found.probability < at_least and _one_name(found)]
    matches: list[Proposal] = []
    if register:
        for part in _rounds(entries, repeats):
            matches += match(part, register, one_to_one=False, at_least=at_least, top=3, progress=progress)
    place = {entry.id: number for number, entry in enumerate(entries)}
    matches.sort(key=lambda found: place[found.left_id])
    return Proposed(tuple(entries), tuple(register), tuple(repeats), tuple(namesakes), tuple(matches))


def _rounds(entries: Sequence[Person], repeats: Sequence[Proposal]) -> list[list[Person]]:
    """The entries in rounds, so that no round holds two that probably are one person (but for the last of many)."""
    earlier: dict[str, set[int]] = {}
    linked: dict[str, list[str]] = {}
    for found in repeats:
        linked.setdefault(found.right_id, []).append(found.left_id)
        linked.setdefault(found.left_id, []).append(found.right_id)
    rounds: list[list[Person]] = []
    for entry in entries:
        taken = earlier.get(entry.id, set())
        number = next((free for free in range(_MOST_ROUNDS - 1) if free not in taken), _MOST_ROUNDS - 1)
        while len(rounds) <= number:
            rounds.append([])
        rounds[number].append(entry)
        for other in linked.get(entry.id, ()):
            earlier.setdefault(other, set()).add(number)
    return [part for part in rounds if part]


def _one_name(found: Proposal) -> bool:
    """Whether the name speaks clearly for one person and the birth date clearly against it."""
    bits = {bar.kind: bar.bits for bar in found.evidence}
    named = bits.get("surname", 0.0) > 4 and bits.get("given_names", 0.0) > 1 and bits.get("patronymic", 0.0) > -1
    return named and bits.get("birth_date", 0.0) < -3
