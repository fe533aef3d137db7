"""Pairs of `homeward.lists` to rows and back: what is sealed, and the keyed marks by which a pair is found again."""

from __future__ import annotations

from typing import Any

from homeward.bureau.review import models
from homeward.bureau.vault.keys import key_ring
from homeward.lists import Pair, Question
from homeward.matching import Evidence
from homeward.people.plain import from_plain, to_plain


def question_mark(exchange: str, list_id: str, pair: Pair) -> str:
    """The mark of a question about two records, whatever they say."""
    return key_ring().mark(f"{exchange}\0{list_id}\0{pair.id}", b"review.question").hex()


def seen_mark(pair: Pair) -> str:
    """The mark of what the officers see of the two records."""
    return key_ring().mark(pair.fingerprint, b"review.seen").hex()


def seen_of(pair: Pair) -> dict[str, Any]:
    """What is kept of the two records."""
    return {
        "id": pair.id,
        "fingerprint": pair.fingerprint,
        "left": to_plain(pair.left),
        "right": to_plain(pair.right) if pair.right is not None else None,
    }


def reasons_of(pair: Pair) -> dict[str, Any]:
    """What is kept of the machine's reasons. Both are empty for a pair that an officer put in by hand."""
    return {
        "probability": pair.probability,
        "evidence": [[each.kind, each.bits, each.left, each.right, each.code] for each in pair.evidence],
    }


def bits_of(pair: Pair) -> float:
    """The machine's evidence for one person, in bits; 0, even odds, where it has none."""
    return sum(each.bits for each in pair.evidence)


def unpack(row: models.Pair, reasons: dict[str, Any] | None = None) -> Pair:
    """The pair of a row, with one run's reasons if they are given."""
    seen = row.seen
    given = reasons or {"probability": None, "evidence": []}
    return Pair(
        id=seen["id"],
        question=Question(row.question),
        left=from_plain(seen["left"]),
        right=from_plain(seen["right"]) if seen["right"] is not None else None,
        probability=given["probability"],
        evidence=tuple(Evidence(*each) for each in given["evidence"]),
        fingerprint=seen["fingerprint"],
    )
