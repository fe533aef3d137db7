"""What `homeward match` compares and writes: every two lists, the CSV of pairs, the CSV of groups. No names leave through it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from homeward.lists.decisions import DecisionBook
    from homeward.matching import Progress, Proposal
    from homeward.matching.clusters import Clusters
    from homeward.matching.match import Engine
    from homeward.people import Person

COLUMNS = ("left_id", "right_id", "probability", "bits", "reasons")


@dataclass(frozen=True, slots=True)
class How:
    """How two lists are compared."""

    one_to_one: bool
    top: int
    at_least: float
    engine: Engine | None
    book: DecisionBook | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two lists by name ("" on the right for one list with itself), the proposals, and how many pairs were settled before."""

    left: str
    right: str
    found: Sequence[Proposal]
    settled: int
    #: Decisions that count no more, because one of the records says something else now.
    changed: int


def compare(
    lists: Mapping[str, Sequence[Person]], how: How, *, with_itself: bool, progress: Callable[[str, int, int], None]
) -> list[Compared]:
    """Every two lists, or the one list with itself."""
    if with_itself:
        (name,) = lists
        return [_compare(name, "", lists, how, progress)]
    return [_compare(left, right, lists, how, progress) for left, right in combinations(lists, 2)]


def _compare(left: str, right: str, lists: Mapping[str, Sequence[Person]], how: How, progress: Progress) -> Compared:
    from homeward.lists.settled import settled_pairs
    from homeward.matching import match, match_self
    from homeward.matching.choosing import Settled

    people, others = lists[left], lists[right] if right else None
    known, settled = None, None
    if how.book is not None:
        known = settled_pairs(how.book, people, others)
        ids = [[person.id for person in some] for some in (people, people if others is None else others)]
        settled = Settled.of(ids[0], ids[1], same=known.same, different=known.different)
    found: Sequence[Proposal]
    if others is None:
        found = match_self(people, at_least=how.at_least, progress=progress, settled=settled, engine=how.engine)
    else:
        found = match(
            people, others, one_to_one=how.one_to_one, at_least=how.at_least, top=how.top, progress=progress,
            settled=settled, engine=how.engine,
        )  # fmt: skip
    return Compared(left, right, found, 0 if known is None else len(known), 0 if known is None else known.changed)


def pairs_csv(compared: Sequence[Compared]) -> bytes:
    """The pairs as CSV; of more than two lists each row also says which lists."""
    from homeward.people.writer import csv_safe

    several = len(compared) > 1
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*COLUMNS, *(("left_list", "right_list") if several else ())])
    for each in compared:
        lists = [csv_safe(each.left), csv_safe(each.right)] if several else []
        for pair in each.found:
            # Reasons in a file for machines are codes with their bits: sentences would carry names out of the officers' sheet.
            reasons = " ".join(f"{bar.kind}:{bar.code}:{bar.bits:+.2f}" for bar in pair.evidence)
            ids = csv_safe(pair.left_id), csv_safe(pair.right_id)
            writer.writerow([*ids, f"{pair.probability:.6f}", f"{pair.bits:.3f}", reasons, *lists])
    return stream.getvalue().encode("utf-8", "replace")


def groups_csv(found: Clusters) -> bytes:
    """The groups as CSV: one row for each record, the records of a group together."""
    from homeward.people.writer import csv_safe

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["group", "list", "id", "weakest_link"])
    for number, group in enumerate(found.groups, start=1):
        for member in group.members:
            writer.writerow([number, csv_safe(member.list), csv_safe(member.id), f"{group.weakest:.6f}"])
    return stream.getvalue().encode("utf-8", "replace")


def decided_among(
    book: DecisionBook, lists: Mapping[str, Sequence[Person]]
) -> tuple[list[tuple[tuple[str, str], tuple[str, str]]], list[tuple[tuple[str, str], tuple[str, str]]]]:
    """What the book settles between every two lists and inside each, as pairs of (list, id): one person, and two people."""
    from homeward.lists.settled import settled_pairs

    same, different = [], []
    for left, right in [*combinations(lists, 2), *((name, name) for name in lists)]:
        known = settled_pairs(book, lists[left], lists[right] if left != right else None)
        same += [((left, one), (right, other)) for one, other in known.same]
        different += [((left, one), (right, other)) for one, other in known.different]
    return same, different


def names_of(files: Sequence[Path]) -> list[str]:
    """A name for each list: its file's name, or the path as typed where two files have one name."""
    names = [file.name for file in files]
    told = [name if names.count(name) == 1 else str(file) for name, file in zip(names, files, strict=True)]
    if len(set(told)) < len(told):
        raise click.UsageError("one file is named twice; to look for repeats inside a list use --self")
    return told


def pair_of(text: str, compared: Sequence[Compared], lists: Mapping[str, Sequence[Person]]) -> Proposal:
    """The pair that `--pair LEFT:RIGHT` names, as it was proposed, or on its own where it was not."""
    from homeward.matching import explain

    first = compared[0]
    left = {person.id: person for person in lists[first.left]}
    right = {person.id: person for person in lists[first.right or first.left]}
    splits = [(text[:at], text[at + 1 :]) for at, sign in enumerate(text) if sign == ":"]
    found = [(one, other) for one, other in splits if one in left and other in right]
    if not found:
        raise click.UsageError("--pair takes LEFT:RIGHT, the ids of one record of each list, such as r12:ua-7")
    one, other = found[0]
    for proposal in first.found:
        if (proposal.left_id, proposal.right_id) in {(one, other), (other, one) if not first.right else (one, other)}:
            return proposal
    return explain(left[one], right[other], among=max(2, len(left), len(right)))
