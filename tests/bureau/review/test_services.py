"""Two officers decide, every word is kept, and what follows from the words is what the room of lists says."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.review.models import Pair, Proposal, Run, Word
from homeward.bureau.review.services import (
    WordRefusedError,
    add_by_hand,
    answers_of,
    book_of,
    counts_of,
    is_settled,
    say,
    start_run,
)
from homeward.bureau.review.standing import Refusal, Said, State
from homeward.lists import Question, Ruling
from tests.bureau.conftest import make_officer
from tests.bureau.review.people import LISTED, REGISTER, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers() -> tuple[User, User, User]:
    first, second, third = (make_officer(name, Role.REVIEWER) for name in ("petro", "maryna", "yurii"))
    return first, second, third


def pair_of(run: Run, left: str, right: str) -> Pair:
    found = [each.pair for each in run.proposals.select_related("pair") if ids(each.pair) == (left, right)]
    assert len(found) == 1, f"{left} and {right} are asked about once"
    return found[0]


def ids(pair: Pair) -> tuple[str, str]:
    return pair.seen["left"]["id"], pair.seen["right"]["id"] if pair.seen["right"] else ""


def test_a_run_asks_about_the_list_with_itself_and_with_the_register_and_about_those_found_nowhere(run: Run) -> None:
    asked = {(each.pair.question, *ids(each.pair)) for each in run.proposals.select_related("pair")}
    assert ("repeat", "p-0001", "p-0004") in asked
    assert {("register", "p-0001", "ua-1"), ("register", "p-0002", "ua-2"), ("register", "p-0003", "ua-3")} <= asked
    assert ("nobody", "p-0005", "") in asked


def test_the_seriously_wounded_come_first_then_the_least_sure_and_those_found_nowhere_last(run: Run) -> None:
    order = [each.pair for each in run.proposals.select_related("pair").order_by("weight", "place")]
    assert ids(order[0])[0] == "p-0003"
    assert order[-1].question == Question.NOBODY.value


def test_two_officers_who_say_the_same_settle_a_pair(run: Run, officers: tuple[User, User, User]) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    assert say(pair, Said.SAME, by=officers[0]).state == State.WAITING
    assert book_of(run).entries == ()
    assert say(pair, Said.SAME, by=officers[1]).state == State.SETTLED
    assert book_of(run).counterparts("p-0002") == ("ua-2",)
    assert {each.entry_id: each.code for each in answers_of(run)}["p-0002"] == "ACKNOWLEDGED_HELD"


def test_one_officer_cannot_decide_twice(run: Run, officers: tuple[User, User, User]) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    say(pair, Said.SAME, by=officers[0])
    with pytest.raises(WordRefusedError) as refused:
        say(pair, Said.SAME, by=officers[0])
    assert refused.value.reason is Refusal.OWN_WORD
    assert Word.objects.count() == 1


def test_officers_who_disagree_leave_the_pair_open_and_the_book_says_why(run: Run, officers: tuple[User, User, User]) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    say(pair, Said.SAME, by=officers[0])
    assert say(pair, Said.DIFFERENT, by=officers[1]).state == State.DISAGREE
    (decision,) = book_of(run).entries
    assert decision.outcome is None
    assert decision.why_open() == "the two officers disagree"
    assert {each.entry_id: each.code for each in answers_of(run)}["p-0002"] == "UNDER_INQUIRY"


def test_after_a_disagreement_two_officers_speak_again_and_settle_it(run: Run, officers: tuple[User, User, User]) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    say(pair, Said.SAME, by=officers[0])
    say(pair, Said.UNSURE, by=officers[1])
    assert say(pair, Said.SAME, by=officers[1]).state == State.WAITING
    assert say(pair, Said.SAME, by=officers[2]).state == State.SETTLED
    assert [decision.outcome for decision in book_of(run).entries] == [None, Ruling.SAME]


def test_a_word_nobody_has_answered_can_be_taken_back_by_its_officer_alone(run: Run, officers: tuple[User, User, User]) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    say(pair, Said.SAME, by=officers[0])
    with pytest.raises(WordRefusedError):
        say(pair, Said.TAKEN_BACK, by=officers[1])
    assert say(pair, Said.TAKEN_BACK, by=officers[0]).state == State.OPEN
    assert [word.said for word in pair.words.all()] == ["same", "taken_back"]


def test_a_settled_pair_is_opened_again_by_two_and_both_decisions_stay_in_the_book(
    run: Run, officers: tuple[User, User, User]
) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    for officer in officers[:2]:
        say(pair, Said.SAME, by=officer)
    assert say(pair, Said.UNDO_ASKED, by=officers[1]).state == State.UNDOING
    with pytest.raises(WordRefusedError) as refused:
        say(pair, Said.UNDONE, by=officers[1])
    assert refused.value.reason is Refusal.TWO_PEOPLE
    assert not is_settled(run)
    assert say(pair, Said.UNDONE, by=officers[2]).state == State.OPEN
    assert [decision.outcome for decision in book_of(run).entries] == [Ruling.SAME, Ruling.UNDONE]
    assert book_of(run).counterparts("p-0002") == ()


def test_a_settled_pair_is_not_asked_again_in_the_next_run_but_is_when_a_record_has_changed(
    run: Run, officers: tuple[User, User, User]
) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    for officer in officers[:2]:
        say(pair, Said.SAME, by=officer)
    again = start_run(exchange="autumn", list_id="home-BB", entries=LISTED, register=REGISTER, by=None)
    assert pair_of(again, "p-0002", "ua-2").pk == pair.pk
    changed = [person("p-0002", "VYHADANA", "OLENA", "PETRIVNA", "1991-01-30") if e.id == "p-0002" else e for e in LISTED]
    third = start_run(exchange="autumn", list_id="home-BB", entries=changed, register=REGISTER, by=None)
    other = pair_of(third, "p-0002", "ua-2")
    assert (other.pk != pair.pk, other.state) == (True, State.OPEN)
    assert other.question_mark == pair.question_mark
    assert book_of(third).counterparts("p-0002") == ("ua-2",), "until it is decided anew, the old decision stands"


def test_the_same_ids_in_another_exchange_are_other_people(run: Run, officers: tuple[User, User, User]) -> None:
    for officer in officers[:2]:
        say(pair_of(run, "p-0002", "ua-2"), Said.SAME, by=officer)
    other = start_run(exchange="spring", list_id="home-BB", entries=LISTED, register=REGISTER, by=None)
    assert pair_of(other, "p-0002", "ua-2").state == State.OPEN
    assert book_of(other).entries == ()


def test_a_run_is_settled_when_every_pair_is(run: Run, officers: tuple[User, User, User]) -> None:
    words = {"p-0004": Said.SAME, "": Said.DIFFERENT}
    for each in run.proposals.select_related("pair"):
        assert not is_settled(run)
        word = words.get(ids(each.pair)[1], Said.SAME)
        for officer in officers[:2]:
            say(each.pair, word, by=officer)
    assert is_settled(run)
    assert counts_of(run)[State.SETTLED] == run.proposals.count()
    codes = {each.entry_id: each.code for each in answers_of(run)}
    assert codes["p-0004"] == "DUPLICATE_OF"
    assert codes["p-0005"] == "NOT_HELD"


def test_an_officer_puts_in_a_pair_that_the_machine_did_not_propose_once(run: Run, officers: tuple[User, User, User]) -> None:
    made = add_by_hand(run, "p-0005", REGISTER[3], by=officers[0])
    assert add_by_hand(run, "p-0005", REGISTER[3], by=officers[1]).pk == made.pk
    assert Proposal.objects.filter(run=run, pair=made.pair).count() == 1
    with pytest.raises(LookupError):
        add_by_hand(run, "p-9999", REGISTER[3], by=officers[0])


def test_the_journal_tells_that_an_officer_spoke_and_not_what_while_a_second_is_awaited(
    run: Run, officers: tuple[User, User, User]
) -> None:
    pair = pair_of(run, "p-0002", "ua-2")
    say(pair, Said.SAME, by=officers[0])
    line = Line.objects.filter(tag=Tag.REVIEW_DECISION_MADE.value).get()
    assert (line.subject, line.actor, line.counts) == (f"pair:{pair.pk}", officers[0], {"state": "waiting"})


@pytest.mark.parametrize("statement", ["UPDATE review_word SET said = 'different'", "DELETE FROM review_word"])
def test_raw_sql_cannot_change_or_delete_a_word(run: Run, officers: tuple[User, User, User], statement: str) -> None:
    say(pair_of(run, "p-0002", "ua-2"), Said.SAME, by=officers[0])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_lies_in_the_database_holds_no_name_and_no_birth_date(run: Run) -> None:
    with connection.cursor() as cursor:
        stored = b""
        for table in ("review_run", "review_entry", "review_pair", "review_proposal"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += b"".join(value if isinstance(value, bytes) else repr(value).encode() for row in cursor for value in row)
    for secret in ("SHCHERBOTENKO", "Щерботенко", "1987-03-14", "A0001"):
        assert secret.encode() not in stored
