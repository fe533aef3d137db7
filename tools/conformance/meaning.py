"""Acts without effect, from the terms to the answers."""

from __future__ import annotations

from conformance.case import BAD, Case, case
from conformance.stories import void_acts
from conformance.world import (
    LISTS,
    Draft,
    begun,
    closed,
    lodged,
    public_list,
    released,
)
from homeward.record.disclosure import Entry, ListHeader, PublicList, commit_list
from homeward.record.entropy import seeded


@case(BAD)
def exchange_unknown_act() -> Case:
    draft = begun()
    at = draft.say("surrendered", "A/officer-1")
    return void_acts(draft, "there is no such act", (at, "surrendered", "A/officer-1", "form"))


@case(BAD)
def exchange_field_too_many() -> Case:
    draft = begun()
    at = draft.say("broken-off", "A/officer-1", "A/root", reason="none", note="x")
    return void_acts(draft, "a field that the act does not have", (at, "broken-off", "A/officer-1", "form"))


@case(BAD)
def exchange_name_of_a_person() -> Case:
    draft = released()
    at = draft.say("answered", "A/officer-1", person="Приклад", code="ACKNOWLEDGED_HELD")
    return void_acts(draft, "a name where an id belongs", (at, "answered", "A/officer-1", "form"))


@case(BAD)
def exchange_table_unsorted() -> Case:
    draft = lodged()
    draw = [[name, public_list(name)[1]] for name in reversed(LISTS)]
    at = draft.say("lists-released", "N/officer-1", "N/root", draw=draw)
    return void_acts(draft, "the keys of a table are not in their order", (at, "lists-released", "N/officer-1", "form"))


@case(BAD)
def exchange_terms_by_an_officer() -> Case:
    draft = Draft()
    draft.add_key("A/officer-1")
    at = draft.say("terms-proposed", "A/officer-1")
    return void_acts(
        draft, "terms are proposed with a key that is no root", (at, "terms-proposed", "A/officer-1", "signed_by_root")
    )


@case(BAD)
def exchange_terms_by_the_neutral() -> Case:
    draft = Draft()
    at = draft.say("terms-proposed", "N/root")
    return void_acts(draft, "the neutral proposes terms", (at, "terms-proposed", "N/root", "role"))


@case(BAD)
def exchange_agreed_twice() -> Case:
    draft = Draft()
    proposal = draft.say("terms-proposed", "A/root")
    draft.say("agreed", "B/root", of=draft.leaf(proposal))
    at = draft.say("agreed", "B/root", of=draft.leaf(proposal))
    return void_acts(draft, "B agrees twice, in place of N", (at, "agreed", "B/root", "role"))


@case(BAD)
def exchange_agreed_to_nothing() -> Case:
    draft = begun()
    at = draft.say("agreed", "A/officer-1", of=draft.leaf(3))
    return void_acts(draft, "A agrees to an act that is no proposal", (at, "agreed", "A/officer-1", "nothing_to_agree"))


@case(BAD)
def exchange_list_by_the_wrong_side() -> Case:
    draft = begun()
    public, _ = public_list("home-A")
    draft.lists["home-A"] = public.to_bytes()
    at = draft.say("list-committed", "A/officer-1", list="home-A", root=public.root_text, count=2,
                   categories=[["serious", 1]], draw=public.draw_digest)  # fmt: skip
    return void_acts(draft, "the receiver commits to the holder's list", (at, "list-committed", "A/officer-1", "role"))


@case(BAD)
def exchange_list_root_differs() -> Case:
    draft = begun()
    at = draft.commit("home-A", root="A" * 43)
    return void_acts(
        draft,
        "the public lines of the list have another root",
        (at, "list-committed", "B/officer-1", "list_opens_to_root"),
        finding=("file", at, "file"),
    )


@case(BAD)
def exchange_list_count_differs() -> Case:
    draft = begun()
    at = draft.commit("home-A", count=3)
    return void_acts(
        draft, "the list has two people, its commitment says three", (at, "list-committed", "B/officer-1", "list_opens_to_root")
    )


@case(BAD)
def exchange_list_categories_differ() -> Case:
    draft = begun()
    at = draft.commit("home-A", categories=[["serious", 2]])
    return void_acts(
        draft, "one of a category, the commitment says two", (at, "list-committed", "B/officer-1", "list_opens_to_root")
    )


@case(BAD)
def exchange_list_draw_differs() -> Case:
    draft = begun()
    at = draft.commit("home-A", draw="A" * 43)
    return void_acts(draft, "the number for the draw is another", (at, "list-committed", "B/officer-1", "list_opens_to_root"))


def _list(public: PublicList, says: str, *, before: str = "") -> Case:
    """The holder of home-A commits to these public lines, which are in the file."""
    draft = begun()
    if before:
        draft.commit(before)
    at = draft.commit("home-A", public)
    return void_acts(draft, says, (at, "list-committed", "B/officer-1", "list_opens_to_root"))


@case(BAD)
def exchange_list_of_another_side() -> Case:
    return _list(public_list("home-A", side="home-B")[0], "the first line of the list says that it is another side's")


@case(BAD)
def exchange_list_of_another_holder() -> Case:
    return _list(public_list("home-A", holder="A")[0], "the first line of the list names another holder")


@case(BAD)
def exchange_person_on_two_lists() -> Case:
    public, _ = public_list("home-A", people=("p-0001", "p-0002"))
    return _list(public, "a person is on the other list already", before="home-B")


@case(BAD)
def exchange_list_missing() -> Case:
    draft = begun()
    at = draft.commit("home-A")
    del draft.lists["home-A"]
    return void_acts(draft, "the public lines are not in the file", (at, "list-committed", "B/officer-1", "list_opens_to_root"))


@case(BAD)
def exchange_list_changed_afterwards() -> Case:
    """Everything else is as it was; the people of the other list are taken from it."""
    draft = begun()
    public, _ = public_list("home-A")
    holder, _, _ = LISTS["home-A"]
    entries = [Entry("p-0001", ("serious",), {}), Entry("p-0005", (), {})]
    other, _ = commit_list(entries, header=ListHeader("held", "home-A", holder), entropy=seeded("home-A"), slots=1)
    assert other.root != public.root, "it is another list"
    draft.lists["home-A"] = other.to_bytes()
    at = draft.commit("home-A")
    return void_acts(
        draft,
        "a person of the list was exchanged for another",
        (at, "list-committed", "B/officer-1", "list_opens_to_root"),
        finding=("file", at, "file"),
    )


@case(BAD)
def exchange_list_not_canonical() -> Case:
    draft = begun()
    draft.lists["home-A"] = public_list("home-A")[0].to_bytes().replace(b'"category":[]', b'"category": []')
    at = draft.commit("home-A")
    return void_acts(
        draft,
        "a space stands in a list's line",
        (at, "list-committed", "B/officer-1", "list_opens_to_root"),
        finding=("file", at, "file"),
    )


@case(BAD)
def exchange_stray_list_damaged() -> Case:
    draft = closed()
    draft.lists["home-C"] = b"hello\n"
    return void_acts(draft, "a closed exchange with a list file that is none", people=(4, 4), finding=("file", None, "file"))


@case(BAD)
def exchange_lodged_by_a_side() -> Case:
    draft = begun()
    draft.commit("home-A")
    root = public_list("home-A")[0].root_text
    at = draft.say("list-lodged", "A/officer-1", list="home-A", root=root, sealed="A" * 43)
    return void_acts(draft, "a party that is no keeper lodges a list", (at, "list-lodged", "A/officer-1", "role"))


@case(BAD)
def exchange_lodged_another_version() -> Case:
    draft = begun()
    draft.commit("home-A")
    at = draft.lodge("home-A", root="A" * 43)
    return void_acts(draft, "another version of the list is lodged", (at, "list-lodged", "N/officer-1", "same_root"))


@case(BAD)
def exchange_released_before_a_full_head() -> Case:
    draft = begun()
    for name in LISTS:
        draft.commit(name)
    for name in LISTS:
        draft.lodge(name)
    at = draft.release()
    return void_acts(draft, "lists are released before all cosigned the commitments",
                 (at, "lists-released", "N/officer-1", "commitments_under_full_head"))  # fmt: skip


@case(BAD)
def exchange_released_by_one_hand() -> Case:
    draft = lodged()
    at = draft.release("N/officer-1")
    return void_acts(draft, "one person alone releases the lists", (at, "lists-released", "N/officer-1", "hands"))


@case(BAD)
def exchange_released_one_not_lodged() -> Case:
    draft = begun()
    for name in LISTS:
        draft.commit(name)
    draft.head()
    draft.lodge("home-A")
    draft.head()
    at = draft.release()
    return void_acts(draft, "one list is not lodged", (at, "lists-released", "N/officer-1", "every_list_lodged"))


@case(BAD)
def exchange_draw_does_not_open() -> Case:
    draft = lodged()
    draw = [[name, public_list("home-A")[1]] for name in LISTS]
    at = draft.say("lists-released", "N/officer-1", "N/root", draw=draw)
    return void_acts(
        draft, "a number for the draw is not the one committed to", (at, "lists-released", "N/officer-1", "draw_opens")
    )


@case(BAD)
def exchange_answer_too_early() -> Case:
    draft = lodged()
    at = draft.answer("p-0001")
    return void_acts(draft, "an answer to a list that is not released", (at, "answered", "A/officer-1", "list_released"))


@case(BAD)
def exchange_answer_by_the_holder() -> Case:
    draft = released()
    at = draft.say("answered", "B/officer-1", person="p-0001", code="ACKNOWLEDGED_HELD")
    return void_acts(draft, "the holder answers its own list", (at, "answered", "B/officer-1", "role"))


@case(BAD)
def exchange_answer_unknown_code() -> Case:
    draft = released()
    at = draft.answer("p-0001", "PERHAPS")
    return void_acts(draft, "there is no such answer", (at, "answered", "A/officer-1", "code_is_known"))


@case(BAD)
def exchange_interview_without_reason() -> Case:
    draft = released()
    at = draft.interview("p-0001", "not_held")
    return void_acts(draft, "no interview, and no reason why", (at, "interviewed", "N/officer-1", "reason_when_not_held"))
