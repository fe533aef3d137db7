"""Answers derived from decisions: every entry gets exactly one, and nothing is said that two officers did not decide."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists import (
    Answer,
    DecisionBook,
    ListProblemsError,
    Pair,
    Question,
    Ruling,
    check_answers,
    derive_answers,
    make_pair,
)
from homeward.people import Absence, Person
from tests.lists.made import decide, full, person

REGISTER = [
    full("ua-0", 0, state="missing"),
    full("ua-1", 1, state="released", state_since="2024-09-13"),
    full("ua-2", 2, state="dead"),
    full("ua-3", 3, state="refused", state_since="withheld"),
    full("ua-4", 4, status="civilian"),
]


def asked(entry: Person, other: Person) -> Pair:
    return make_pair(Question.REGISTER, entry, other)


def one(entry: Person, other: Person, ruling: Ruling = Ruling.SAME) -> Answer:
    pair = asked(entry, other)
    (answer,) = derive_answers([entry], REGISTER, DecisionBook((decide(pair, ruling),)), [pair])
    return answer


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, Answer("r2", "ACKNOWLEDGED_HELD")),
        (1, Answer("r2", "ALREADY_RELEASED", carries={"date": "2024-09-13"})),
        (2, Answer("r2", "DECEASED", carries={"date": Absence.UNKNOWN})),
        (3, Answer("r2", "REFUSES_TRANSFER", carries={"witness": Absence.UNKNOWN, "date": Absence.WITHHELD})),
        (4, Answer("r2", "DISPUTED_STATUS", carries={"status": "civilian"})),
    ],
)
def test_a_decided_entry_is_answered_by_what_the_register_knows(number: int, expected: Answer) -> None:
    assert one(full("r2", number), REGISTER[number]) == expected


def test_a_decided_denial_is_a_denial() -> None:
    assert one(full("r2", 7), REGISTER[0], Ruling.DIFFERENT) == Answer("r2", "NOT_HELD", "unknown_to_us")


@pytest.mark.parametrize("second", [Ruling.UNSURE, Ruling.DIFFERENT])
def test_without_agreement_of_two_the_entry_is_under_inquiry(second: Ruling) -> None:
    entry = full("r2", 0)
    pair = asked(entry, REGISTER[0])
    book = DecisionBook((decide(pair, Ruling.SAME, second),))
    (answer,) = derive_answers([entry], REGISTER, book, [pair], until=date(2025, 5, 25))
    assert answer == Answer("r2", "UNDER_INQUIRY", carries={"until": "2025-05-25"})


def test_a_proposal_alone_decides_nothing() -> None:
    entry = full("r2", 0)
    (answer,) = derive_answers([entry], REGISTER, DecisionBook(), [asked(entry, REGISTER[0])])
    assert answer == Answer("r2", "UNDER_INQUIRY", carries={"until": Absence.UNKNOWN})


def test_nobody_is_denied_while_one_proposal_is_still_open() -> None:
    entry = full("r2", 0)
    pairs = [asked(entry, REGISTER[0]), asked(entry, REGISTER[1])]
    book = DecisionBook((decide(pairs[0], Ruling.DIFFERENT),))
    (answer,) = derive_answers([entry], REGISTER, book, pairs)
    assert answer.code == "UNDER_INQUIRY"


def test_an_entry_for_which_nobody_was_proposed_is_denied_only_by_two_officers() -> None:
    entry = full("r2", 9)
    pair = make_pair(Question.NOBODY, entry, None)
    assert derive_answers([entry], REGISTER, DecisionBook(), [pair])[0].code == "UNDER_INQUIRY"
    assert derive_answers([entry], REGISTER, DecisionBook((decide(pair, Ruling.DIFFERENT),)), [pair])[0].code == "NOT_HELD"


def test_an_undone_decision_decides_nothing() -> None:
    entry = full("r2", 0)
    pair = asked(entry, REGISTER[0])
    book = DecisionBook((decide(pair, Ruling.SAME),)).undo(pair.id, ("Officer A", "Officer C"), "2025-05-19")
    assert derive_answers([entry], REGISTER, book, [pair])[0].code == "UNDER_INQUIRY"


def test_a_denial_on_evidence_that_has_changed_since_is_asked_again() -> None:
    before, after = full("r2", 9), full("r2", 9, birth_place="Умань")
    book = DecisionBook((decide(make_pair(Question.NOBODY, before, None), Ruling.DIFFERENT),))
    assert derive_answers([after], REGISTER, book, [make_pair(Question.NOBODY, after, None)])[0].code == "UNDER_INQUIRY"


def test_a_decided_repeat_is_a_duplicate_of_the_first() -> None:
    entries = [full("r2", 0), full("r3", 0)]
    book = DecisionBook(
        (decide(make_pair(Question.REPEAT, *entries), Ruling.SAME), decide(asked(entries[0], REGISTER[0]), Ruling.SAME))
    )
    answers = derive_answers(entries, REGISTER, book)
    assert answers == [Answer("r2", "ACKNOWLEDGED_HELD"), Answer("r3", "DUPLICATE_OF", carries={"other": "r2"})]


def test_two_entries_decided_to_be_one_person_of_the_register_are_duplicates() -> None:
    entries = [full("r2", 0), full("r3", 0)]
    book = DecisionBook(tuple(decide(asked(entry, REGISTER[0]), Ruling.SAME) for entry in entries))
    assert [answer.code for answer in derive_answers(entries, REGISTER, book)] == ["ACKNOWLEDGED_HELD", "DUPLICATE_OF"]


def test_a_chain_of_repeats_points_at_one_answered_entry() -> None:
    entries = [full(f"r{number}", 0) for number in range(2, 6)]
    pairs = [make_pair(Question.REPEAT, left, right) for left, right in zip(entries[::-1], entries[-2::-1], strict=False)]
    answers = derive_answers(entries, REGISTER, DecisionBook(tuple(decide(pair, Ruling.SAME) for pair in pairs)))
    assert [answer.carries.get("other") for answer in answers[1:]] == ["r2", "r2", "r2"]


def test_a_repeat_that_names_nobody_is_the_duplicate_of_the_one_that_does() -> None:
    entries = [person("r2", surname="Абаенко"), full("r3", 0)]
    book = DecisionBook((decide(make_pair(Question.REPEAT, *entries), Ruling.SAME),))
    assert derive_answers(entries, REGISTER, book)[0] == Answer("r2", "DUPLICATE_OF", carries={"other": "r3"})


def test_an_entry_that_names_nobody_is_answered_with_what_is_missing() -> None:
    (answer,) = derive_answers([person("r2", surname="Абаенко")], REGISTER, DecisionBook())
    assert answer == Answer("r2", "INSUFFICIENT_DATA", carries={"missing": "given_names, birth_date"})


def test_decisions_that_contradict_each_other_leave_the_entry_under_inquiry() -> None:
    entries = [full("r2", 0), full("r3", 0)]
    twice = DecisionBook(tuple(decide(asked(entries[0], other), Ruling.SAME) for other in REGISTER[:2]))
    assert derive_answers(entries[:1], REGISTER, twice)[0].code == "UNDER_INQUIRY"
    apart = DecisionBook(
        (
            *(decide(asked(entry, REGISTER[0]), Ruling.SAME) for entry in entries),
            decide(make_pair(Question.REPEAT, *entries), Ruling.DIFFERENT),
        )
    )
    assert [answer.code for answer in derive_answers(entries, REGISTER, apart)] == ["ACKNOWLEDGED_HELD", "UNDER_INQUIRY"]
    elsewhere = DecisionBook(
        (
            decide(make_pair(Question.REPEAT, *entries), Ruling.SAME),
            decide(asked(entries[0], REGISTER[0]), Ruling.SAME),
            decide(asked(entries[1], REGISTER[1]), Ruling.SAME),
        )
    )
    assert [answer.code for answer in derive_answers(entries, REGISTER, elsewhere)] == ["ACKNOWLEDGED_HELD", "UNDER_INQUIRY"]


def test_after_the_clock_ran_out_the_unsettled_are_without_an_answer() -> None:
    entry, due = full("r2", 0), date(2025, 5, 18)
    pair = asked(entry, REGISTER[0])
    assert derive_answers([entry], REGISTER, DecisionBook(), [pair], due=due, on=due)[0].code == "UNDER_INQUIRY"
    (late,) = derive_answers([entry], REGISTER, DecisionBook(), [pair], due=due, on=date(2025, 5, 19))
    assert late == Answer("r2", "NO_ANSWER", carries={"due": "2025-05-18"})


def test_acknowledged_before_and_denied_now_raises_the_alarm() -> None:
    entry = full("r2", 7)
    pair = asked(entry, REGISTER[0])
    book = DecisionBook((decide(pair, Ruling.DIFFERENT),))
    earlier = [Answer("r2", "ACKNOWLEDGED_HELD")]
    (answer,) = derive_answers([entry], REGISTER, book, [pair], earlier=earlier, earlier_reference="answers 1")
    assert answer == Answer("r2", "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED", carries={"earlier": "answers 1"})


@pytest.mark.parametrize(
    "given_answer",
    [
        Answer("r2", "LEGAL_HOLD", carries={"basis": "court of first instance"}),
        Answer("r2", "MEDICALLY_UNFIT", "unfit"),
        Answer("r2", "ACKNOWLEDGED_NOT_FOR_EXCHANGE", carries={"reason": "convicted"}),
        Answer("r2", "HELD_BY_ALLY_OR_OTHER", carries={"holder": Absence.WITHHELD}),
        Answer("r2", "NATIONALITY_UNCONFIRMED"),
    ],
)
def test_an_answer_that_officers_give_stands(given_answer: Answer) -> None:
    assert derive_answers([full("r2", 0)], REGISTER, DecisionBook(), given=[given_answer]) == [given_answer]


def test_a_given_answer_that_breaks_the_rules_or_is_for_nobody_is_refused() -> None:
    bad = [Answer("r2", "LEGAL_HOLD"), Answer("r9", "ACKNOWLEDGED_HELD")]
    with pytest.raises(ListProblemsError) as refusal:
        derive_answers([full("r2", 0)], REGISTER, DecisionBook(), given=bad)
    assert "LEGAL_HOLD must carry 'basis'" in str(refusal.value)
    assert "the entry r9 is not on the list" in str(refusal.value)


def test_a_holder_answers_a_request_by_the_same_rules_from_the_register_of_those_it_holds() -> None:
    request = [full("w1", 0), full("w2", 2), full("w3", 8)]
    held = [full("h-0", 0), full("h-2", 2, state="dead", state_since="2025-01-02")]
    pairs = [asked(request[0], held[0]), asked(request[1], held[1]), make_pair(Question.NOBODY, request[2], None)]
    rulings = (Ruling.SAME, Ruling.SAME, Ruling.DIFFERENT)
    book = DecisionBook(tuple(decide(pair, ruling) for pair, ruling in zip(pairs, rulings, strict=True)))
    answers = derive_answers(request, held, book, pairs)
    assert [answer.code for answer in answers] == ["ACKNOWLEDGED_HELD", "DECEASED", "NOT_HELD"]
    assert [answer.rule.final("REQUEST") for answer in answers] == [False, True, False]
    assert answers[2].rule.meaning("REQUEST") == "Not held by us, or not known to us."


RULINGS = st.sampled_from([Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE])


@given(st.data())
def test_every_entry_gets_exactly_one_sound_answer_whatever_was_decided(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 7))
    entries = [
        person(f"r{number}", surname="Абаенко") if data.draw(st.booleans()) else full(f"r{number}", number)
        for number in range(size)
    ]
    pairs: list[Pair] = []
    for left in range(size):
        pairs += [
            asked(entries[left], other) for other in data.draw(st.lists(st.sampled_from(REGISTER), unique_by=id, max_size=2))
        ]
        pairs += [
            make_pair(Question.REPEAT, entries[left], entries[right]) for right in range(left) if data.draw(st.booleans())
        ]
    decided = [decide(pair, data.draw(RULINGS), data.draw(RULINGS)) for pair in pairs if data.draw(st.booleans())]
    earlier = [Answer(entry.id, "ACKNOWLEDGED_HELD") for entry in entries if data.draw(st.booleans())]
    on = data.draw(st.sampled_from([date(2025, 5, 1), date(2025, 6, 1)]))
    answers = derive_answers(
        entries, REGISTER, DecisionBook(tuple(decided)), pairs, earlier=earlier, due=date(2025, 5, 18), on=on
    )
    assert [answer.entry_id for answer in answers] == [entry.id for entry in entries]
    assert not check_answers(answers, [entry.id for entry in entries])
    settled = {decision.left_id for decision in decided if decision.outcome is not None}
    touched = settled | {decision.right_id for decision in decided if decision.outcome is not None}
    spoken = {"UNDER_INQUIRY", "NO_ANSWER", "INSUFFICIENT_DATA"}
    assert all(answer.code in spoken or answer.entry_id in touched for answer in answers)
