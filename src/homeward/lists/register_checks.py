"""Checks of a list against itself and against a register: repeats, people already out, wrong status, people not found.

The machine proposes and the finding says how sure it is; what two officers have decided goes before any proposal. Which
register is the right one depends on who asks: a holder checks a list that it is about to send against its own books (who was
released, who died); a home side checks a list that came in against its register of its own people. The checks are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from homeward.lists.decisions import DecisionBook, Question, Ruling
from homeward.lists.findings import Finding
from homeward.lists.pairs import percent
from homeward.matching import Evidence, Proposal, match, match_self
from homeward.people import Absence, Field, Person, Progress

#: From here on a proposal is told as what it is; below it is told as a possibility.
SURE = 0.9
POSSIBLE = 0.5

_OUT = {"released": "ALREADY_RELEASED", "dead": "DEAD", "refused": "REFUSED_TRANSFER"}

Numbered = Sequence[tuple[int, Person]]


def find_repeats(rows: Numbered, decisions: DecisionBook, progress: Progress | None) -> list[Finding]:
    """People listed twice under another spelling. A pair that two officers called different is not shown again."""
    number = {person.id: number for number, person in rows}
    if len(number) < 2:
        return []
    proposed = {
        (found.left_id, found.right_id): found
        for found in match_self([person for _, person in rows], at_least=POSSIBLE, progress=progress)
    }
    findings: list[Finding] = []
    for (left, right), found in proposed.items():
        decided = decisions.outcome(Question.REPEAT, left, right)
        if decided is Ruling.DIFFERENT:
            continue
        sure = decided is Ruling.SAME or found.probability >= SURE
        details = _decided() if decided is Ruling.SAME else _details(found)
        findings.append(Finding("REPEAT" if sure else "POSSIBLE_REPEAT", (number[left], number[right]), (left, right), details))
    for left, right in decisions.repeats():
        if left in number and right in number and not {(left, right), (right, left)} & proposed.keys():
            findings.append(Finding("REPEAT", (number[left], number[right]), (left, right), _decided()))
    return findings


def check_register(
    rows: Numbered, register: Sequence[Person], decisions: DecisionBook, progress: Progress | None
) -> Iterator[Finding]:
    """Each row against the register: the decided counterpart if there is one, else the best proposal that was not ruled out."""
    people = {person.id: person for person in register}
    proposals: dict[str, Proposal] = {}
    entries = [person for _, person in rows]
    if entries and register:
        for found in match(entries, register, one_to_one=False, at_least=POSSIBLE, top=3, progress=progress):
            if decisions.outcome(Question.REGISTER, found.left_id, found.right_id) is Ruling.DIFFERENT:
                continue
            best = proposals.get(found.left_id)
            if best is None or found.probability > best.probability:
                proposals[found.left_id] = found
    for number, entry in rows:
        decided = [people[other] for other in decisions.counterparts(entry.id) if other in people]
        proposal = proposals.get(entry.id)
        if decided:
            yield from _compare(number, entry, decided[0], None)
        elif proposal is not None:
            yield from _compare(number, entry, people[proposal.right_id], proposal)
        else:
            yield Finding("NOT_IN_REGISTER", (number,), (entry.id,))


def _compare(number: int, entry: Person, person: Person, proposal: Proposal | None) -> Iterator[Finding]:
    """What follows if this row is that person of the register. Without a proposal, two officers said so."""
    details = {**(_decided() if proposal is None else _details(proposal)), "other": person.id}
    sure = proposal is None or proposal.probability >= SURE
    state = person.text(Field.STATE) or ""
    if state in _OUT:
        code = _OUT[state] if sure else "MAYBE_OUT"
        yield Finding(code, (number,), (entry.id,), {**details, "state": state, **_since(person)})
    claimed, known = entry.text(Field.STATUS), person.text(Field.STATUS)
    if sure and claimed is not None and known is not None and (claimed == "civilian") != (known == "civilian"):
        code = "CIVILIAN_AS_SOLDIER" if known == "civilian" else "SOLDIER_AS_CIVILIAN"
        yield Finding(code, (number,), (entry.id,), details)


def _since(person: Person) -> Mapping[str, str]:
    """Since when the register says so; unknown and withheld are told apart only where it may be told."""
    since = person.date(Field.STATE_SINCE)
    if since is not None:
        return {"since": str(since)}
    if person.value(Field.STATE_SINCE) is Absence.WITHHELD:
        return {"since_en": "date withheld", "since_uk": "дату не розголошують"}
    return {"since_en": "date not known", "since_uk": "дата невідома"}


def _decided() -> dict[str, str]:
    return {
        "percent_en": "by decision of two officers", "percent_uk": "за рішенням двох осіб",
        "reasons_en": "decided", "reasons_uk": "вирішено",
    }  # fmt: skip


def _details(found: Proposal) -> dict[str, str]:
    return {
        "percent": percent(found.probability),
        "reasons_en": _reasons(found.evidence, ("for", "against")),
        "reasons_uk": _reasons(found.evidence, ("за", "проти")),
    }


def _reasons(evidence: Iterable[Evidence], words: tuple[str, str]) -> str:
    """The kinds of evidence for and against, weightiest first. The sentences quote names and stay on the review sheet."""
    told = sorted((one for one in evidence if one.kind != "prior" and abs(one.bits) >= 0.5), key=lambda one: -abs(one.bits))
    parts = []
    for word, kinds in zip(
        words, ([one.kind for one in told if one.bits > 0], [one.kind for one in told if one.bits < 0]), strict=True
    ):
        if kinds:
            parts.append(f"{word}: {', '.join(kind.replace('_', ' ') for kind in kinds)}")
    return "; ".join(parts) or "–"
