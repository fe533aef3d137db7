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
from homeward.lists.proposing import SURE, Proposed
from homeward.lists.review_words import field_name
from homeward.matching import Evidence, Proposal
from homeward.people import Absence, Field, Person

_OUT = {"released": "ALREADY_RELEASED", "dead": "DEAD", "refused": "REFUSED_TRANSFER"}

Numbered = Sequence[tuple[int, Person]]


def check_repeats(rows: Numbered, proposed: Proposed, decisions: DecisionBook) -> Iterator[Finding]:
    """People listed twice under another spelling. A pair that two officers called different is not shown again."""
    number = {person.id: number for number, person in rows}
    pairs = set()
    for found in proposed.repeats:
        left, right = found.left_id, found.right_id
        pairs.add(frozenset((left, right)))
        decided = decisions.outcome(Question.REPEAT, left, right)
        if decided is Ruling.DIFFERENT:
            continue
        sure = decided is Ruling.SAME or found.probability >= SURE
        details = _decided() if decided is Ruling.SAME else _details(found)
        yield Finding("REPEAT" if sure else "POSSIBLE_REPEAT", (number[left], number[right]), (left, right), details)
    for left, right in decisions.repeats():
        if left in number and right in number and frozenset((left, right)) not in pairs:
            yield Finding("REPEAT", (number[left], number[right]), (left, right), _decided())


def check_register(rows: Numbered, proposed: Proposed, decisions: DecisionBook) -> Iterator[Finding]:
    """Each row against the register: the decided counterpart if there is one, else the best proposal that was not ruled out."""
    people = {person.id: person for person in proposed.register}
    proposals: dict[str, Proposal] = {}
    for found in proposed.matches:
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
        "reasons_en": _reasons(found.evidence, "en"),
        "reasons_uk": _reasons(found.evidence, "uk"),
    }


def _reasons(evidence: Iterable[Evidence], language: str) -> str:
    """The kinds of evidence for and against, weightiest first. The sentences quote names and stay on the review sheet."""
    told = sorted((one for one in evidence if one.kind != "prior" and abs(one.bits) >= 0.5), key=lambda one: -abs(one.bits))
    uk = language == "uk"
    parts = []
    for word, sign in (("за" if uk else "for", 1), ("проти" if uk else "against", -1)):
        kinds = [_kind(one.kind, language) for one in told if one.bits * sign > 0]
        if kinds:
            parts.append(f"{word}: {', '.join(kinds)}")
    return "; ".join(parts) or "–"


def _kind(kind: str, language: str) -> str:
    if kind in _FIELDS:
        return field_name(Field(kind), language)
    return _OTHER_KINDS.get(kind, (kind, kind))[1 if language == "uk" else 0].replace("_", " ")


_FIELDS = frozenset(field.value for field in Field)
#: Kinds of evidence that are no field.
_OTHER_KINDS = {
    "arrangement": ("parts of the name in other columns", "частини імені в інших стовпцях"),
    "others": ("other candidates", "інші кандидати"),
}
