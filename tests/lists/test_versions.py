"""Freeze, differences, deviations."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists import ListError, ListKind, NameList, deviations, diff, freeze, versions
from homeward.matching import Proposal
from homeward.people import Person
from tests.lists.made import full


def names(*entries: Person, version: int = 1, kind: ListKind = ListKind.OFFER) -> NameList:
    return NameList(kind, version, "RU", "home-UA", entries)


def rows(*numbers: int, shift: int = 0) -> list[Person]:
    """Entries whose ids only count rows, as a list without an id column has them."""
    found = []
    for at, number in enumerate(numbers, start=2 + shift):
        one = full(f"r{at}", number)
        found.append(Person(one.id, {field: claim for field, claim in one.claims.items() if field.value != "id"}))
    return found


BASE = [full(f"p{number}", number) for number in range(6)]


@given(st.permutations(BASE))
def test_the_order_of_rows_does_not_enter_the_digest(entries: list[Person]) -> None:
    assert freeze(names(*entries)).digest == freeze(names(*BASE)).digest


@given(st.integers(0, 5), st.sampled_from(["surname", "birth_date", "status", "note", "category"]))
def test_every_letter_enters_the_digest(which: int, field: str) -> None:
    written = {"birth_date": "1999-12-31", "status": "retained"}.get(field, "Я")
    changed = [full(one.id, number, **{field: written}) if number == which else one for number, one in enumerate(BASE)]
    assert freeze(names(*changed)).digest != freeze(names(*BASE)).digest


def test_kind_party_and_side_enter_the_digest_and_the_version_does_not() -> None:
    base = names(*BASE)
    digests = {
        freeze(one).digest
        for one in (base, replace(base, kind=ListKind.FINAL), replace(base, party="UA"), replace(base, side="x"))
    }
    assert len(digests) == 4
    assert freeze(replace(base, version=2)).digest == freeze(base).digest


def test_columns_that_no_heading_table_knows_enter_the_digest() -> None:
    more = [replace(BASE[0], other={"Колона": "x"}), *BASE[1:]]
    assert freeze(names(*more)).digest != freeze(names(*BASE)).digest
    assert diff(names(*BASE), names(*more)).changed[0].fields == ("Колона",)


def test_the_kinds_of_lists_are_the_eight_of_the_field() -> None:
    assert [kind.value for kind in ListKind] == [
        "REQUEST",
        "OFFER",
        "COUNTER",
        "FINAL",
        "RESERVE",
        "POOL",
        "REMAINS",
        "MISSING",
    ]


def test_an_id_twice_in_a_list_is_refused() -> None:
    with pytest.raises(ListError, match="the id p0 stands twice"):
        names(BASE[0], BASE[0])


ids = st.sets(st.integers(0, 12))


@given(ids, ids, ids)
def test_every_entry_of_both_versions_is_told_exactly_once(old: set[int], new: set[int], touched: set[int]) -> None:
    before = names(*(full(f"p{number}", number) for number in sorted(old)))
    after = names(
        *(full(f"p{number}", number, **({"rank": "nco"} if number in touched else {})) for number in sorted(new)), version=2
    )
    found = diff(before, after)
    changed = [change.old_id for change in found.changed]
    unchanged = [pair[0] for pair in found.unchanged]
    assert sorted([*found.removed, *changed, *unchanged]) == sorted(entry.id for entry in before.entries)
    assert sorted([*found.added, *changed, *unchanged]) == sorted(entry.id for entry in after.entries)
    assert set(changed) == {f"p{number}" for number in old & new & touched}
    told = deviations(freeze(before), before, after)
    assert len(told) == len(found.added) + len(found.removed) + len(found.changed)
    assert bool(told) is not found.empty
    assert found.new_id_of().keys() == {f"p{number}" for number in old & new}


def test_a_change_names_the_fields_and_shows_codes_but_no_names_and_dates() -> None:
    after = full("p1", 1, surname="Інший", birth_date="1999-09-09", status="civilian")
    found = diff(names(*BASE), names(BASE[0], after, *BASE[2:], version=2))
    (change,) = found.changed
    assert change.fields == ("surname", "birth_date", "status")
    assert change.codes == {"status": ("military", "civilian")}
    for language in ("en", "uk"):
        printed = found.text(language) + json.dumps(found.as_dict(), ensure_ascii=False)
        assert "military -> civilian" in printed
        assert not any(hidden in printed for hidden in ("Інший", "1999", "аааб", "Аааб"))


def test_rows_without_ids_of_their_own_are_paired_by_content_when_they_move() -> None:
    found = diff(names(*rows(1, 2, 3)), names(*rows(3, 1, shift=5), version=2))
    assert found.paired_by == "content"
    assert found.unchanged == (("r2", "r8"), ("r4", "r7"))
    assert found.removed == ("r3",)


def test_rows_that_moved_and_changed_are_paired_by_likeness_and_the_diff_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "match", lambda left, right, **options: [Proposal(left[0].id, right[0].id, 0.95, 4.2, ())])
    before, after = names(*rows(1, 2)), names(*rows(2, 4, shift=3), version=2)
    found = diff(before, after)
    assert found.paired_by == "matching"
    assert (found.unchanged, found.changed[0].old_id, found.changed[0].new_id) == ((("r3", "r5"),), "r2", "r6")
    assert "paired by matching" in found.text()


def test_a_given_table_of_ids_goes_before_everything() -> None:
    found = diff(names(*rows(1)), names(*rows(2, shift=4)), same={"r2": "r6"})
    assert (found.paired_by, found.changed[0].text()[:8]) == ("given", "r2 -> r6")


def test_after_the_freeze_a_changed_field_is_a_deviation_and_another_order_is_none() -> None:
    agreed = names(*BASE, kind=ListKind.FINAL)
    frozen = freeze(agreed)
    assert deviations(frozen, agreed, names(*BASE[::-1], kind=ListKind.FINAL)) == ()
    (told,) = deviations(frozen, agreed, names(*BASE[:5], full("p5", 5, note="x"), kind=ListKind.FINAL))
    assert told.as_dict() == {"kind": "CHANGED", "entry_id": "p5", "fields": ["note"]}


def test_deviations_from_another_list_than_the_frozen_one_are_refused() -> None:
    with pytest.raises(ListError, match="that was frozen"):
        deviations(freeze(names(*BASE)), names(*BASE[:2]), names(*BASE))
