"""The same person in several lists: what is joined, what is kept apart and why, and that no order decides."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching.clusters import Clusters, cluster
from homeward.people.person import Field, Person
from tests.matching.people import person

LISTS = {
    "army": [
        person("a1", "Вигаданенко | Микола | Петрович | 1987-03-14 | Харків | nco"),
        person("a2", "Щупальський | Володимир | Іванович | 1990-11-02 | Жнятино | private"),
        person("a3", "Рідкович | Олена | Сергіївна | 1979-01-30 | Полтава | captain"),
    ],
    "families": [
        person("f1", "Вигаданенко | Микола | Петрович | 1987-03-14 | Харків"),
        person("f2", "Щупальський | Петро | Іванович | 1992-05-21 | Жнятино"),
    ],
    "answer": [
        person("r1", "VYHADANENKO | NIKOLAI | | 1987-03-14 | Kharkov"),
        person("r2", "ЩУПАЛЬСКИЙ | ВЛАДИМИР | ИВАНОВИЧ | 1990-11-02"),
        person("r3", "САМОТНИК | ТАРАС | ОЛЕГОВИЧ | 1981-07-07"),
    ],
}


def groups(found: Clusters) -> set[frozenset[str]]:
    return {frozenset(str(member) for member in group.members) for group in found.groups}


def test_a_person_of_three_lists_is_one_group_and_a_stranger_is_in_none() -> None:
    assert groups(cluster(LISTS)) == {
        frozenset({"army:a1", "families:f1", "answer:r1"}),
        frozenset({"army:a2", "answer:r2"}),
    }


def test_a_record_that_fits_two_people_of_one_list_joins_only_one_of_them_and_the_other_link_is_told() -> None:
    twins = [
        person("b1", "Рідковидець | Богдан | Ігорович | 1981-04-05"),
        person("b2", "Рідковидець | Богдан | Ігорович | 1981-04-05"),
    ]
    lists = {"one": twins, "two": [twins[0]], "three": [twins[1]]}
    found = cluster(lists, at_least=0.05)
    for group in found.groups:
        assert len({member.list for member in group.members}) == len(group.members)
    assert found.groups
    assert not found.refused or {why.reason for why in found.refused} <= {"one_list", "contradiction"}


def test_a_chain_through_a_poor_record_does_not_join_two_people_who_contradict_each_other() -> None:
    brothers = {
        "left": [person("l", "Щупаленко | Володимир | Іванович | 1990-11-02 | Жнятино | private")],
        "middle": [person("m", "Щупаленко | | Іванович | | Жнятино | private")],
        "right": [person("r", "Щупаленко | Петро | Іванович | 1992-05-21 | Жнятино | private")],
    }
    crowd = [
        person(f"x{k}", f"Інший{'абвгдежзик'[k % 10]}енко | Тарас | Олегович | {1950 + k}-01-0{1 + k % 9}") for k in range(30)
    ]
    found = cluster({name: [*people, *crowd] for name, people in brothers.items()}, at_least=0.2)
    ours = {"left:l", "middle:m", "right:r"}
    assert max(len(group & ours) for group in groups(found)) == 2
    told = {(why.reason, *map(str, why.because)) for why in found.refused if str(why.link.one) in ours}
    assert told == {("contradiction", "left:l", "right:r")}


def test_a_list_that_may_repeat_people_may_have_two_records_in_one_group_and_no_other_may() -> None:
    lists = {
        "army": LISTS["army"],
        "answer": [*LISTS["answer"], person("r9", "ВЫГАДАНЕНКО | НИКОЛАЙ | | 1987-03-14 | Харьков")],
    }
    assert frozenset({"army:a1", "answer:r1", "answer:r9"}) in groups(cluster(lists, may_repeat=["answer"], at_least=0.2))
    assert all(not {"answer:r1", "answer:r9"} <= group for group in groups(cluster(lists, at_least=0.2)))


def test_what_two_officers_settled_goes_before_the_machine() -> None:
    apart = cluster(LISTS, different=[(("army", "a2"), ("answer", "r2"))])
    assert all(not {"army:a2", "answer:r2"} <= group for group in groups(apart))
    assert "settled" in {why.reason for why in apart.refused}
    joined = cluster(LISTS, same=[(("army", "a3"), ("answer", "r3"))])
    assert frozenset({"army:a3", "answer:r3"}) in groups(joined)


def test_a_group_keeps_every_claim_of_every_record_with_who_says_it() -> None:
    group = next(one for one in cluster(LISTS).groups if len(one.members) == 3)
    claims = group.claims(LISTS)
    assert [(str(member), claim.written) for member, claim in claims[Field.SURNAME]] == [
        ("answer:r1", "VYHADANENKO"), ("army:a1", "Вигаданенко"), ("families:f1", "Вигаданенко"),
    ]  # fmt: skip
    assert sum(len(told) for told in claims.values()) == sum(len(LISTS[m.list][m.row].claims) for m in group.members)
    assert group.weakest <= min(link.probability for link in group.links)


_CELL = st.sampled_from(["Вигаданенко", "VYHADANENKO", "Щупаленко"])
_ROW = st.tuples(
    _CELL,
    st.sampled_from(["Микола", "NIKOLAI", "Петро", ""]),
    st.sampled_from(["Петрович", ""]),
    st.sampled_from(["1987-03-14", "1987", ""]),
)


def _people(rows: list[tuple[str, ...]], mark: str) -> list[Person]:
    return [person(f"{mark}{number}", " | ".join(row)) for number, row in enumerate(rows)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(_ROW, max_size=4), min_size=1, max_size=3), st.integers(0, 99), st.sets(st.integers(0, 2), max_size=1))
def test_neither_the_order_of_lists_nor_that_of_rows_decides_and_no_list_is_twice_in_a_group(
    rows: list[list[tuple[str, ...]]], seed: int, repeating: set[int]
) -> None:
    lists = {f"list{number}": _people(some, "abc"[number]) for number, some in enumerate(rows)}
    may_repeat = [f"list{number}" for number in repeating if number < len(rows)]
    found = cluster(lists, may_repeat=may_repeat, at_least=0.1)
    rng = random.Random(seed)
    names = list(lists)
    rng.shuffle(names)
    mixed = {name: rng.sample(lists[name], len(lists[name])) for name in names}
    other = cluster(mixed, may_repeat=may_repeat, at_least=0.1)
    assert groups(found) == groups(other)
    assert [(str(why.link.one), str(why.link.other), why.reason) for why in found.refused] == [
        (str(why.link.one), str(why.link.other), why.reason) for why in other.refused
    ]
    for group in found.groups:
        once = [member.list for member in group.members if member.list not in may_repeat]
        assert len(once) == len(set(once))


@pytest.mark.parametrize(("bad", "said"), [({"may_repeat": ["no"]}, "names a list"), ({"at_least": 2.0}, "between 0 and 1")])
def test_wrong_arguments_are_errors_of_ours(bad: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        cluster(LISTS, **bad)  # type: ignore[arg-type]
