"""From the lists of the command line to the pools that a plan is made from.

`--list NAME=FILE` names a list by the side of the terms that it is for (`home-UA`) or by the party that holds its people
(`RU`). Where a bloc holds them, each member can bring a list of its own (`--list DE=… --list US=…`), or a column headed
`holder` says who. Where a bloc receives them, a column headed `receiver` says which member; without it that is not known.

People keep the ids of their lists. If one id stands in two lists, all ids get the side before them (`home-UA:r12`), so that a
draw by id, and a clause that names people, can mean only one person. Rows that the reader refuses are nobody's; they are counted.

`--exclude [NAME=]FILE` leaves people out. FILE holds answers to a list (`homeward list answer`, JSON or XLSX): whomever an answer
does not keep available stays out; or it is a text file with one id per line.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from homeward.cli.options import read_list
from homeward.lists import ListError
from homeward.people import PeopleFile, Person, Progress
from homeward.planning import Candidate
from homeward.planning.candidate import Fact
from homeward.terms import Terms, facts_under


@dataclass(frozen=True, slots=True)
class ListUsed:
    """One list that a plan is made from, as `plan.json` names it. `holder` is the party, where the side's holder is a bloc."""

    side: str
    holder: str | None
    file: str
    sha256: str
    people: int
    refused_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """What a plan is made from: who can go, by side; which lists that was read from; who was left out, and by what."""

    pools: Mapping[str, Sequence[Candidate]]
    lists: tuple[ListUsed, ...]
    excluded: Mapping[str, str]


def side_of(terms: Terms, name: str) -> tuple[str, str | None]:
    """The side that a name on the command line means, and the bloc's member that holds its people, if it is named."""
    if name in terms.sides:
        return name, None
    held = [side for side in terms.sides.values() if name == side.holder]
    member = [side for side in terms.sides.values() if side.holder in terms.blocs and name in terms.blocs[side.holder]]
    found = held or member
    if len(found) == 1:
        return found[0].id, None if held else name
    if found:
        raise click.UsageError(
            f"{name} holds the people of {len(found)} sides; name the side itself: {', '.join(side.id for side in found)}"
        )
    raise click.UsageError(f"the terms have neither a side nor a holder called {name}; {sides_in_words(terms)}")


def sides_in_words(terms: Terms) -> str:
    """Which sides there are, and who holds their people.

    >>> from homeward.invented import terms_text
    >>> from homeward.terms import parse
    >>> sides_in_words(parse(terms_text(20).encode()))
    'their sides are home-UA (held by RU, received by UA) and home-RU (held by UA, received by RU)'
    """
    said = [f"{side.id} (held by {side.holder}, received by {side.receiver})" for side in terms.sides.values()]
    return "their sides are " + " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)


def read_input(
    terms: Terms,
    lists: Mapping[str, Path],
    excludes: Sequence[str],
    *,
    on: date | None,
    mapping: Path | None,
    sheet: str | None,
    progress: Progress,
) -> Input:
    """Read all lists and make the pools. Every side of the terms needs its list; a missing one is a wrong command line."""
    given = {name: side_of(terms, name) for name in lists}
    for (side, holder), count in Counter(given.values()).items():
        if count > 1 or (holder is not None and (side, None) in given.values()):
            raise click.UsageError(f"two lists are given for side {side}; put them into one file, or name a bloc's members")
    missing = [side for side in terms.sides if side not in {side for side, _ in given.values()}]
    if missing:
        raise click.UsageError(f"no list is given for {', '.join(missing)}; {sides_in_words(terms)}: --list NAME=FILE for each")
    files = {name: read_list(path, mapping, sheet, progress) for name, path in lists.items()}
    # In the order of the terms, whatever the order of the options.
    ordered = sorted(files, key=lambda name: (list(terms.sides).index(given[name][0]), given[name][1] or ""))
    alone = Counter(side for side, _ in given.values())
    labels = {name: given[name][0] if alone[given[name][0]] == 1 else given[name][1] or "" for name in ordered}
    ids = _ids({labels[name]: files[name] for name in ordered})
    out = _excluded(terms, excludes, {name: labels[name] for name in ordered}, ids)
    pools: dict[str, list[Candidate]] = {side: [] for side in terms.sides}
    used = []
    for name in ordered:
        (side, holder), file, label = given[name], files[name], labels[name]
        for person in file.people:
            own = ids[label][person.id]
            if own not in out:
                parties = _members(terms, person, side, file.path.name) | ({} if holder is None else {"holder": holder})
                facts = facts_under(terms, replace(person, id=own), side, on=on, **parties)
                kept = {name: facts[name] for name in fields_kept(terms) if facts.get(name) is not None}
                pools[side].append(Candidate(own, kept))
        refused = tuple(row.number for row in file.rows if row.person is None)
        digest = hashlib.sha256(lists[name].read_bytes()).hexdigest()
        used.append(ListUsed(side, holder, file.path.name, digest, len(file.people), refused))
    return Input(_without_family_names(terms, pools), tuple(used), out)


def fields_kept(terms: Terms) -> list[str]:
    """The facts that a plan, its check and its manifests ask about, in alphabetical order; nothing else leaves the lists."""
    names = {"holder", "receiver", "medical", "mobility", "family"}
    for expression in terms.groups.values():
        names |= expression.fields
    names |= {clause.by for clause in terms.clauses if clause.by}
    names |= {weights.field for weights in terms.weights.values()}
    names |= {priority.score for priority in terms.priorities if priority.score is not None}
    if terms.fair_between is not None:
        names.add(terms.fair_between)
    return sorted(names - {"id"})


#: Headings under which a list says which member of a bloc holds or receives a person.
_MEMBER_HEADINGS: Mapping[str, frozenset[str]] = {
    "holder": frozenset({"holder", "held by", "утримує", "держатель"}),
    "receiver": frozenset({"receiver", "received by", "приймає", "получатель"}),
}


def _members(terms: Terms, person: Person, side: str, file: str) -> dict[str, Fact]:
    """Which member of a bloc holds and which receives this person, where the list says so."""
    found: dict[str, Fact] = {}
    for name, bloc in (("holder", terms.sides[side].holder), ("receiver", terms.sides[side].receiver)):
        if bloc not in terms.blocs:
            continue
        for heading, text in person.other.items():
            if heading.strip().casefold() not in _MEMBER_HEADINGS[name] or not text.strip():
                continue
            if text.strip() not in terms.blocs[bloc]:
                members = ", ".join(terms.blocs[bloc])
                raise ListError(file, f"the {name} of {person.id} is no party of {bloc}", remedy=f"write one of {members}")
            found[name] = text.strip()
    return found


def _without_family_names(terms: Terms, pools: Mapping[str, Sequence[Candidate]]) -> Mapping[str, Sequence[Candidate]]:
    """Lists often mark a family by its surname. A plan only asks who belongs together, so the marks become numbers."""
    if any("family" in expression.fields for expression in terms.groups.values()):
        return pools
    first: dict[str, str] = {}
    for pool in pools.values():
        for person in pool:
            mark = person.facts.get("family")
            if mark is not None:
                first[str(mark)] = min(first.get(str(mark), person.id), person.id)
    number = {mark: f"family-{at}" for at, mark in enumerate(sorted(first, key=lambda mark: first[mark]), start=1)}
    return {
        side: [
            replace(person, facts={**person.facts, "family": number[str(person.facts["family"])]})
            if person.facts.get("family") is not None
            else person
            for person in pool
        ]
        for side, pool in pools.items()
    }


def _ids(files: Mapping[str, PeopleFile]) -> dict[str, dict[str, str]]:
    """For each list, the id in the plan of each id in the list."""
    everybody: Counter[str] = Counter()
    for file in files.values():
        rows: dict[str, int] = {}
        for row in file.rows:
            if row.person is None:
                continue
            if row.person.id in rows:
                raise ListError(
                    file.path.name,
                    f"the id {row.person.id} stands in row {rows[row.person.id]} already",
                    row=row.number,
                    remedy="give every row its own id",
                )
            rows[row.person.id] = row.number
        everybody.update(rows.keys())
    clash = any(count > 1 for count in everybody.values())
    return {
        label: {person.id: f"{label}:{person.id}" if clash else person.id for person in file.people}
        for label, file in files.items()
    }


def _excluded(
    terms: Terms, excludes: Sequence[str], labels: Mapping[str, str], ids: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Id in the plan → why it is left out."""
    out: dict[str, str] = {}
    by_side = {side_of(terms, name): label for name, label in labels.items()}
    for text in excludes:
        name, sign, rest = text.partition("=")
        if sign and not Path(text).exists():
            place = side_of(terms, name)
            if place not in by_side:
                raise click.UsageError(f"--exclude {name}=…: no list of that name is given")
            path, searched = Path(rest), {by_side[place]: ids[by_side[place]]}
        else:
            path, searched = Path(text), dict(ids)
        for own, why in _left_out_by(path):
            found = [table[own] for table in searched.values() if own in table]
            found += [own] if own in {given for table in searched.values() for given in table.values()} else []
            if len(set(found)) > 1:
                raise ListError(path.name, f"the id {own} stands in several lists", remedy="say which: --exclude NAME=FILE")
            if not found:
                raise ListError(path.name, f"the id {own} stands in none of the lists", remedy="correct it or take it out")
            out[found[0]] = f"{path.name}: {why}"
    return dict(sorted(out.items()))


def _left_out_by(path: Path) -> Iterable[tuple[str, str]]:
    """(id, why) for everybody whom a file leaves out."""
    ending = path.suffix.lower()
    if ending in {".json", ".xlsx"}:
        from homeward.lists import read_answer_sheet, read_answers

        answers = read_answers(path)[0] if ending == ".json" else read_answer_sheet(path)
        return [(answer.entry_id, answer.code) for answer in answers if not answer.rule.available]
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ListError(path.name, "is not text in UTF-8", remedy="write one id per line, or give answers") from None
    return [(line.strip(), "left out") for line in lines if line.strip() and not line.startswith("#")]
