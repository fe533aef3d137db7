"""What `homeward match` compares and writes: every two lists, the CSV of pairs, the CSV of groups. No names leave through it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from homeward.lists.decisions import DecisionBook
    from homeward.matching import PairTable, Proposal
    from homeward.matching.clusters import Clusters
    from homeward.matching.columns import Columns
    from homeward.matching.rounds import Engine
    from homeward.people import Person, Progress

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
class ListRead:
    """One list as columns, and the few records that are needed whole, by id."""

    columns: Columns
    people: Mapping[str, Person]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two lists by name ("" on the right for one list with itself), the proposals, and how many pairs were settled before."""

    left: str
    right: str
    found: PairTable
    settled: int
    #: Decisions that count no more, because one of the records says something else now.
    changed: int


def read_long(file: Path, mapping: Path | None, whole: Collection[str], progress: Progress) -> ListRead:
    """Read a list of any length: no person is built but those whose ids are asked for."""
    from homeward.matching import memory
    from homeward.matching.at_once import at_once
    from homeward.matching.compact import compact

    if not memory.too_long(2 * (file.stat().st_size // _ROW if file.is_file() else 0)):
        return _read(file, mapping, whole, progress)
    # Reading leaves memory full of small holes. So a very long list is read by a child process, which takes them with it.
    _, found = at_once(lambda: None, lambda: _read(file, mapping, whole, progress))
    return ListRead(compact(found.columns), found.people)


#: A row has more bytes than this.
_ROW = 50


def _read(file: Path, mapping: Path | None, whole: Collection[str], progress: Progress) -> ListRead:
    from homeward.matching import memory
    from homeward.matching.cells import FIELDS, Cells
    from homeward.matching.columns import Columns
    from homeward.matching.compact import compact
    from homeward.people import read_mapping
    from homeward.people.longlist import read_columns

    read = read_columns(file, FIELDS, mapping=read_mapping(mapping) if mapping else None, whole=whole, progress=progress)
    cells, people = Cells.of_columns(read), read.people
    del read
    columns = Columns.of_cells(cells)
    del cells
    # The other list is as long, for all that is known here.
    if memory.too_long(2 * len(columns)):
        memory.give_back()
        columns = compact(columns)
        memory.give_back()
    return ListRead(columns, people)


def needed_whole(book: DecisionBook | None, pair: str | None) -> frozenset[str]:
    """The ids of the records that decisions and `--pair` speak of."""
    decided = {name for entry in book.entries for name in (entry.left_id, entry.right_id)} if book is not None else set()
    return frozenset(decided | {name for split in _splits(pair or "") for name in split})


def compare(lists: Mapping[str, ListRead], how: How, *, with_itself: bool, progress: Progress) -> list[Compared]:
    """Every two lists, or the one list with itself."""
    if with_itself:
        (name,) = lists
        return [_compare(name, "", lists, how, progress)]
    return [_compare(left, right, lists, how, progress) for left, right in combinations(lists, 2)]


def _compare(left: str, right: str, lists: Mapping[str, ListRead], how: How, progress: Progress) -> Compared:
    from homeward.lists.settled import settled_pairs
    from homeward.matching import match_lists
    from homeward.matching.choosing import Settled

    mine, others = lists[left], lists[right] if right else None
    known, settled = None, None
    if how.book is not None:
        known = settled_pairs(how.book, list(mine.people.values()), list(others.people.values()) if others else None)
        settled = Settled.of(
            mine.columns.ids, (others or mine).columns.ids, same=known.same, different=known.different
        )  # fmt: skip
    found = match_lists(
        mine.columns, others.columns if others else None, one_to_one=how.one_to_one, at_least=how.at_least, top=how.top,
        progress=progress, settled=settled, engine=how.engine,
    )  # fmt: skip
    return Compared(left, right, found, 0 if known is None else len(known), 0 if known is None else known.changed)


#: About so many characters of the CSV are held at a time.
_PIECE = 1 << 20


def pairs_csv(compared: Sequence[Compared]) -> Iterator[bytes]:
    """The pairs as CSV, in pieces; of more than two lists each row also says which lists."""
    from homeward.matching.model import probability
    from homeward.people.writer import csv_safe

    several = len(compared) > 1
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*COLUMNS, *(("left_list", "right_list") if several else ())])
    for each in compared:
        lists = [csv_safe(each.left), csv_safe(each.right)] if several else []
        for left, right, bars in zip(each.found.left_id, each.found.right_id, each.found.bars(), strict=True):
            # Reasons in a file for machines are codes with their bits: sentences would carry names out of the officers' sheet.
            reasons = " ".join(f"{kind}:{code}:{bits:+.2f}" for kind, code, bits in bars)
            total = fsum(bits for _, _, bits in bars)
            writer.writerow([csv_safe(left), csv_safe(right), f"{probability(total):.6f}", f"{total:.3f}", reasons, *lists])
            if stream.tell() > _PIECE:
                yield stream.getvalue().encode("utf-8", "replace")
                stream.seek(0)
                stream.truncate()
    yield stream.getvalue().encode("utf-8", "replace")


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


def _splits(text: str) -> list[tuple[str, str]]:
    return [(text[:at], text[at + 1 :]) for at, sign in enumerate(text) if sign == ":"]


def pair_of(text: str, compared: Sequence[Compared], lists: Mapping[str, ListRead]) -> Proposal:
    """The pair that `--pair LEFT:RIGHT` names, as it was proposed, or on its own where it was not."""
    from homeward.matching import explain
    from homeward.matching.match import proposal_of

    first = compared[0]
    left, right = lists[first.left], lists[first.right or first.left]
    found = [(one, other) for one, other in _splits(text) if one in left.people and other in right.people]
    if not found:
        raise click.UsageError("--pair takes LEFT:RIGHT, the ids of one record of each list, such as r12:ua-7")
    one, other = found[0]
    wanted = {(one, other), (other, one) if not first.right else (one, other)}
    for row, ids in enumerate(zip(first.found.left_id, first.found.right_id, strict=True)):
        if ids in wanted:
            return proposal_of(left.people[ids[0]], right.people[ids[1]], next(first.found.bars(row, row + 1)))
    return explain(left.people[one], right.people[other], among=max(2, len(left.columns), len(right.columns)))
