"""Each kind of evidence by a table of examples, the sum of the bars, and the sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching import Evidence, Proposal, explain
from homeward.matching.evidence import KINDS
from homeward.matching.model import probability
from homeward.matching.weights import weights
from tests.matching.people import person

BASE = "Вигаданенко | Іван | Петрович"


def bar(kind: str, left: dict[str, str], right: dict[str, str]) -> Evidence | None:
    found = explain(person("a", BASE, **left), person("b", BASE, **right))
    return next((bar for bar in found.evidence if bar.kind == kind), None)


@pytest.mark.parametrize(
    ("kind", "field", "left", "right", "code", "sign"),
    [
        ("birth_date", "birth_date", "1987-03-14", "1987-03-14", "same", 1),
        ("birth_date", "birth_date", "1987-03-04", "1987-04-03", "swapped", 1),
        ("birth_date", "birth_date", "1987-03-14", "1988-03-14", "year_off_by_one", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987-03-17", "one_digit", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987-03-09", "same_month", 1),
        ("birth_date", "birth_date", "1987-03-14", "1993-03-14", "same_day", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987", "year_only", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987-01-01", "year_only", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987-03", "same_month", 1),
        ("birth_date", "birth_date", "1987-03-14", "1987-11-25", "same_year", -1),
        ("birth_date", "birth_date", "1987-03-14", "1988-11-25", "near_year", -1),
        ("birth_date", "birth_date", "1987-03-14", "1969-11-25", "different", -1),
        ("birth_date", "birth_date", "1997-02-28", "1997-02-29", "one_digit", 1),
        ("birth_place", "birth_place", "Жнятино", "ЖНЯТИНО", "same", 1),
        ("birth_place", "birth_place", "Катеринослав", "Dnipropetrovsk", "same_place", 1),
        ("birth_place", "birth_place", "Вигадайлівка", "Vyhadailivka", "alike", 1),
        ("birth_place", "birth_place", "Полтава", "Львів", "different", -1),
        ("service_number", "service_number", "АВ-123456", "ав 123456", "same", 1),
        ("service_number", "service_number", "123456", "123465", "one_sign", 1),
        ("service_number", "service_number", "123456", "12456", "one_sign", 1),
        ("service_number", "service_number", "123456", "908172", "different", -1),
        ("rank", "rank", "nco", "nco", "same", 1),
        ("rank", "rank", "private", "colonel", "far", -1),
        ("unit", "unit", "36 окрема бригада", "36th Brigade", "same_number", 1),
        ("unit", "unit", "36 бригада", "12 полк", "different", -1),
        ("sex", "sex", "M", "M", "same", 1),
        ("sex", "sex", "M", "F", "different", -1),
        ("captured_on", "captured_on", "2022-05-17", "2022-05-17", "same", 1),
        ("captured_on", "captured_on", "2022-05-17", "2022-05-20", "same_week", 1),
        ("captured_on", "captured_on", "2022-05-17", "2023-11-02", "different", -1),
        ("captured_at", "captured_at", "Бахмут", "Артемовск", "same_place", 1),
        ("mother_maiden_name", "mother_maiden_name", "Вигаданець", "VYHADANETS", "alike", 1),
        ("mother_maiden_name", "mother_maiden_name", "Вигаданець", "Щербина", "different", -1),
    ],
)
def test_each_kind_reads_its_examples(*, kind: str, field: str, left: str, right: str, code: str, sign: int) -> None:
    found = bar(kind, {field: left}, {field: right})
    assert found is not None
    assert found.code == code
    assert math.copysign(1, found.bits) == sign
    assert (found.left, found.right) == (left, right), "what the source wrote is shown as it was written"


@pytest.mark.parametrize(
    "field", ["birth_date", "birth_place", "service_number", "rank", "unit", "sex", "captured_on", "captured_at"]
)
def test_missing_is_no_mismatch(field: str) -> None:
    value = {"birth_date": "1987-03-14", "captured_on": "2022-05-17", "rank": "nco", "sex": "M"}.get(field, "Текст 12")
    assert bar(field, {field: value}, {}) is None


def test_a_service_number_agrees_more_strongly_than_it_contradicts() -> None:
    table = weights().levels["service_number"]
    assert table["same"] > 3 * -table["different"] > 0


def test_a_rare_surname_counts_more_than_a_common_one() -> None:
    from homeward.matching import match

    crowd = [person(f"x{k}", f"Тестенко | {name}") for k, name in enumerate(["Олег", "Ігор", "Роман", "Тарас", "Антон"] * 6)]
    left = [*crowd, person("c", "Тестенко | Богдан | | 1980-02-03"), person("r", "Рідковидець | Богдан | | 1981-04-05")]
    right = [*crowd, person("c", "ТЕСТЕНКО | Богдан | | 1980-02-03"), person("r", "РІДКОВИДЕЦЬ | Богдан | | 1981-04-05")]
    bits = {p.left_id: sum(b.bits for b in p.evidence if b.kind == "surname") for p in match(left, right) if p.left_id in "cr"}
    assert bits["r"] > bits["c"] + 2


def test_every_level_has_a_weight_an_example_and_a_sentence_in_both_languages() -> None:
    import json
    from importlib.resources import files

    table = json.loads((files("homeward.matching") / "weights.json").read_text(encoding="utf-8"))
    for kind in KINDS:
        for level in kind.levels[1:]:
            assert all(kind.sentences[level])
            if kind.name in table["levels"]:
                assert table["levels"][kind.name][level]["example"]
            else:
                assert kind.name in table["curves"]


def test_inside_one_list_another_birth_date_outweighs_any_name() -> None:
    inside, between = weights().inside_one_list(), weights()
    assert inside.levels["birth_date"]["different"] < between.levels["birth_date"]["different"] - 20
    assert inside.levels["birth_date"]["same"] == between.levels["birth_date"]["same"]
    assert inside.overlap < between.overlap


def test_the_odds_before_looking_fall_with_the_length_of_the_lists_and_more_slowly_where_they_are_long() -> None:
    table = weights()
    longest = table.long_lists[0]
    assert table.prior(longest) == pytest.approx(table.overlap - np.log2(longest))
    steps = [
        table.prior(people) - table.prior(2 * people) for people in (2, 1_000, longest // 2, longest, 1_000_000, 10_000_000)
    ]
    assert steps[:3] == pytest.approx([1.0] * 3)
    assert steps[3:] == pytest.approx([1.0 - table.long_lists[1]] * 3)
    inside = table.inside_one_list()
    assert inside.prior(8 * longest) == pytest.approx(inside.overlap - np.log2(8 * longest)), (
        "nobody counted repeats inside long lists"
    )


def test_curves_of_names_only_rise() -> None:
    for at, bits in [*weights().curves.values(), *weights().rarity.values()]:
        assert list(at) == sorted(at)
        assert list(bits) == sorted(bits)


def test_a_sentence_in_an_unknown_language_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="en, uk"):
        Evidence("prior", -11.0, "", "", "prior").sentence("xx")


_WORD = st.text("абвгдежзиклмноп abcdeіїєґ'-", min_size=0, max_size=14)
_DATE = st.sampled_from(["", "1987-03-14", "1987-03", "1987", "1990-01-01", "2000-12-31"])


@settings(max_examples=60, deadline=None)
@given(st.tuples(_WORD, _WORD, _WORD, _DATE), st.tuples(_WORD, _WORD, _WORD, _DATE))
def test_the_bars_add_up_and_a_removed_bar_moves_the_score_by_itself(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    found = explain(person("a", " | ".join(left)), person("b", " | ".join(right)))
    assert math.isclose(sum(bar.bits for bar in found.evidence), found.bits, abs_tol=1e-6)
    assert math.isclose(found.probability, probability(found.bits), abs_tol=1e-12)
    for bar in found.evidence:
        assert math.isclose(found.bits - found.without(bar.kind).bits, bar.bits, abs_tol=1e-6)
        assert bar.sentence("en")
        assert bar.sentence("uk")


def test_a_proposal_sums_its_bars() -> None:
    assert (
        Proposal.of("a", "b", (Evidence("prior", -1.0, "", "", "prior"), Evidence("sex", 1.0, "", "", "same"))).probability
        == 0.5
    )
