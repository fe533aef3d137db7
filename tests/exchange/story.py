"""An exchange told act by act, for tests: `Story` writes entries as parties would sign them and folds them as it goes.

Alpha (`A`) and Beta (`B`) hold each other's people; Nadia (`N`) is the neutral and the only keeper. Every act is covered by a
head that all cosigned, unless the story says otherwise.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date

from homeward.exchange import (
    Entry,
    Fold,
    ListedPerson,
    PublicLines,
    Void,
    as_table,
    balance_of,
    balance_table,
)
from homeward.record.disclosure.salted import digest as disclosure_digest
from homeward.terms.expression import Expression
from homeward.terms.model import Clause, Priority, Reserve, Side, Stage, Terms, Tie

HOME = {"home-A": ("B", "A"), "home-B": ("A", "B")}


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def small_terms(*clauses: Clause, stages: tuple[str, ...] = ("s1", "s2")) -> Terms:
    return Terms(
        title="Two for two",
        parties={"A": "Alpha", "B": "Beta"},
        blocs={},
        sides={name: Side(name, holder, receiver) for name, (holder, receiver) in HOME.items()},
        stages=tuple(Stage(name, date(2025, 5, 23)) for name in stages),
        groups={"all": Expression("true"), "soldier": Expression("status == 'military'")},
        clauses=clauses,
        priorities=(Priority(group="all"),),
        weights={},
        tie=Tie(),
        reserve=Reserve(),
        relax_cost={},
        relax_never=frozenset(),
        reference_date=None,
        source=b"",
        file="terms.toml",
    )


class Story:
    def __init__(self, terms: Terms | None = None, people: int = 4) -> None:
        self.terms = terms or small_terms()
        self.lines = {
            name: PublicLines(
                digest(name),
                disclosure_digest(digest(f"nonce {name}")),
                name,
                HOME[name][0],
                tuple(
                    ListedPerson(f"p-{2 * number + side:04}", frozenset({"soldier"} if number else set()))
                    for number in range(people)
                ),
            )
            for side, name in enumerate(HOME)
        }
        self.fold = Fold(self.terms, "N", ["N"], self.lines)
        self.count = 0
        self.covered = True

    @property
    def state(self):
        return self.fold.state

    def ids(self, name: str) -> list[str]:
        return [person.id for person in self.lines[name].people]

    def entry(self, party: str, act: str, *, hands: int = 2, device: str = "officer-1", **fields: object) -> Entry:
        index = self.count
        self.count += 1
        return Entry(index, digest(f"leaf {index}"), act, f"{party}/{device}", party, "2025-05-23T09:00:00Z", hands, fields)

    def say(self, party: str, act: str, **fields: object) -> tuple[Entry, Void | None]:
        entry = self.entry(party, act, **fields)  # type: ignore[arg-type]
        void = self.fold.add(entry)
        if self.covered:
            self.fold.head(self.count)
        return entry, void

    def ok(self, party: str, act: str, **fields: object) -> Entry:
        entry, void = self.say(party, act, **fields)
        assert void is None, void
        return entry

    def all_ok(self, first: str, act: str, **fields: object) -> Entry:
        """One party proposes and all the others agree."""
        entry = self.ok(first, act, **fields)
        device = {"device": "root"} if act == "terms-proposed" else {}
        for party in self.state.proposals[entry.leaf].needs:
            self.ok(party, "agreed", of=entry.leaf, **device)
        return entry

    # -- the way of an exchange, as far as a test needs it

    def agreed(self) -> Story:
        self.all_ok("A", "terms-proposed", device="root")
        return self

    def committed(self) -> Story:
        self.agreed()
        for name, (holder, _) in HOME.items():
            self.commit(name, holder)
        return self

    def commit(self, name: str, holder: str) -> Entry:
        counts: dict[str, object] = {}
        for person in self.lines[name].people:
            for group in person.groups:
                counts[group] = int(str(counts.get(group, 0))) + 1
        return self.ok(
            holder,
            "list-committed",
            list=name,
            root=self.lines[name].root,
            count=len(self.lines[name].people),
            categories=as_table(counts),
            draw=disclosure_digest(digest(f"nonce {name}")),
        )

    def released(self) -> Story:
        self.committed()
        for name in HOME:
            self.ok("N", "list-lodged", list=name, root=self.lines[name].root, sealed=digest(f"sealed {name}"))
        self.ok("N", "lists-released", draw=as_table({name: digest(f"nonce {name}") for name in HOME}))
        return self

    def frozen(self) -> Story:
        self.released()
        for name, (holder, receiver) in HOME.items():
            for person in self.ids(name):
                self.ok(receiver, "answered", person=person, code="ACKNOWLEDGED_HELD")
                self.ok("N", "interviewed", person=person, outcome="wishes_to_go")
            frozen = self.ok(holder, "list-frozen", list=name, root=self.lines[name].root, agreed=len(self.ids(name)))
            self.ok(receiver, "agreed", of=frozen.leaf)
        return self

    def open_stage(self, stage: str, going: dict[str, list[str]], reserves: dict[str, list[str]] | None = None) -> Story:
        plan = self.all_ok(
            "A",
            "stage-planned",
            stage=stage,
            going=as_table(going),  # type: ignore[arg-type]
            reserves=as_table(reserves or {}),  # type: ignore[arg-type]
        )
        self.all_ok("B", "stage-opened", stage=stage, plan=plan.leaf)
        return self

    def cross(self, stage: str, *people: str) -> Story:
        for person in people:
            holder, receiver = HOME[self.state.people[person].list]
            self.ok(holder, "handed-over", person=person, stage=stage)
            self.ok(receiver, "received", person=person, stage=stage)
        return self

    def deviation(self, party: str, other: str, **fields: object) -> Entry:
        entry = self.ok(party, "deviation", **fields)
        self.ok(other, "agreed", of=entry.leaf)
        return entry

    def balance(self, stage: str) -> list[list[object]]:
        return balance_table(balance_of(self.state.stages[stage], self.state.people))

    def close_stage(self, stage: str) -> Story:
        self.all_ok("B", "stage-closed", stage=stage, balance=self.balance(stage))
        return self
