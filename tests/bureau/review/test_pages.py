"""The review desk's pages: who may open them, what each officer sees on them, and a thousand pairs without a page load."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges.models import Assignment, Exchange
from homeward.bureau.journal.models import Line
from homeward.bureau.register.models import Person as RegisterPerson
from homeward.bureau.review.models import Pair, Proposal, Run, Word
from homeward.bureau.review.services import say, start_run
from homeward.bureau.review.standing import Said
from tests.bureau.conftest import SignIn, make_officer
from tests.bureau.review.people import LISTED, REGISTER, person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def free(db: None) -> Run:
    """A run that belongs to no exchange: every reviewer may know of it."""
    return start_run(exchange="", list_id="draft", entries=LISTED, register=REGISTER, by=None)


def proposal_of(run: Run, left: str, right: str) -> Proposal:
    for each in run.proposals.select_related("pair"):
        seen = each.pair.seen
        if (seen["left"]["id"], seen["right"]["id"] if seen["right"] else "") == (left, right):
            return each
    raise AssertionError("no such pair")


def text_of(client: Client, path: str, **more: str) -> str:
    return client.get(path, headers=more).content.decode()


def addresses(run: Run) -> list[str]:
    place = run.proposals.first().place  # type: ignore[union-attr]
    return ["/review/", f"/review/{run.pk}/", f"/review/{run.pk}/work/mine", f"/review/{run.pk}/mine/{place}"]


def test_a_reviewer_and_a_list_officer_read_the_desk_and_nobody_else(free: Run, client: Client, sign_in: SignIn) -> None:
    seen = {Role.REVIEWER: 200, Role.LIST_OFFICER: 200, Role.NEUTRAL_DELEGATE: 403, Role.REGISTRAR: 403, Role.AUDITOR: 403}
    for path in addresses(free):
        for role, code in seen.items():
            assert sign_in(role).get(path).status_code == code, (path, role)
        assert sign_in().get(path).status_code == 403
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_only_a_reviewer_gives_a_word(free: Run, bob: Client, sign_in: SignIn) -> None:
    place = proposal_of(free, "p-0002", "ua-2").place
    path = f"/review/{free.pk}/mine/{place}/say"
    assert sign_in(Role.LIST_OFFICER).post(path, {"word": "same"}).status_code == 403
    assert bob.post(path, {"word": "same"}).status_code == 302
    assert bob.post(path, {"word": "perhaps"}).status_code == 404
    assert Word.objects.count() == 1


def test_a_run_of_an_exchange_exists_for_its_officers_alone(run: Run, bob: Client, olha: Client) -> None:
    exchange = Exchange.objects.create(slug="autumn", title="Autumn")
    Assignment.objects.create(exchange=exchange, user=bob.officer)  # type: ignore[attr-defined]
    for path in addresses(run)[1:]:
        assert bob.get(path).status_code == 200
        assert olha.get(path).status_code == 404
    assert f"/review/{run.pk}/" in text_of(bob, "/review/")
    assert f"/review/{run.pk}/" not in text_of(olha, "/review/")
    place = run.proposals.first().place  # type: ignore[union-attr]
    assert olha.post(f"/review/{run.pk}/mine/{place}/say", {"word": "same"}).status_code == 404


def test_the_second_officer_does_not_see_the_first_word_before_giving_his_own(free: Run, bob: Client, olha: Client) -> None:
    proposal = proposal_of(free, "p-0002", "ua-2")
    path = f"/review/{free.pk}/all/{proposal.place}"
    bob.post(f"{path}/say", {"word": "different"})
    before = text_of(olha, path)
    assert "bob</strong>: <em>a word, shown when you have given yours" in before
    assert "bob</strong>: different people" not in before
    olha.post(f"{path}/say", {"word": "same"})
    after = text_of(olha, path)
    assert "bob</strong>: different people" in after
    assert "olha</strong>: same person" in after
    assert "officers disagree" in after


def test_an_officer_sees_his_own_word_and_is_not_offered_a_second_one(free: Run, bob: Client) -> None:
    path = f"/review/{free.pk}/all/{proposal_of(free, 'p-0002', 'ua-2').place}"
    bob.post(f"{path}/say", {"word": "same"})
    page = text_of(bob, path)
    assert "Your word:" in page
    assert 'data-key="s"' not in page
    refused = bob.post(f"{path}/say", {"word": "same"})
    assert (refused.status_code, Word.objects.count()) == (409, 1)


def test_sormas_5550_the_side_by_side_view_hides_on_both_sides_what_the_role_does_not_show(sign_in: SignIn) -> None:
    """SORMAS issue 5550: its merge view showed fields of the other record that the user's role does not show."""
    secrets = {"charge": "Secret-charge", "medical": "seriously_ill", "note": "Secret-note", "sentence": "Secret-sentence"}
    listed = [person("p-0001", "VYHADANA", "OLENA", "", "1990-01-30", **secrets)]
    register = [person("ua-1", "Вигадана", "Олена", "", "1990-01-30", **secrets)]
    run = start_run(exchange="", list_id="draft", entries=listed, register=register, by=None)
    path = f"/review/{run.pk}/all/{run.proposals.get().place}"
    page = text_of(sign_in(Role.REVIEWER), path)
    assert "VYHADANA" in page
    assert "Вигадана" in page
    for secret in ("Secret-", "seriously_ill", "seriously wounded or ill"):
        assert secret not in page
    assert "seriously wounded or ill" in text_of(sign_in(Role.LIST_OFFICER), path)


def test_sormas_5550_reasons_from_hidden_fields_are_told_without_their_words(
    free: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from homeward.bureau.access import policy
    from homeward.bureau.access.roles import GROUPS
    from homeward.bureau.review import sides
    from homeward.people import Field

    seen = frozenset(GROUPS["identity"]) - {Field.BIRTH_DATE, Field.PATRONYMIC}
    monkeypatch.setattr(policy, "fields_seen", lambda user: seen)
    monkeypatch.setattr(sides, "fields_seen", lambda user: seen)
    shown = sides.seen_by(make_officer("lesia", Role.REVIEWER), proposal_of(free, "p-0001", "ua-1"))
    assert shown.reasons is not None
    told = " ".join([*(bar.sentence for bar in shown.reasons.bars), *(piece.text for row in shown.rows for piece in row.left)])
    assert "SHCHERBOTENKO" in told
    assert "Fields that your role does not show" in told
    assert not re.search("1987|IVANOVICH|Іванович", told)


def test_a_pair_with_a_protected_person_exists_for_nobody_who_may_not_know_of_that_person(bob: Client) -> None:
    protected = RegisterPerson.objects.create(number=4821907, protected=True)
    register = [person("r-4821907", "Вигадана", "Олена", "Петрівна", "1990-01-30")]
    run = start_run(exchange="", list_id="draft", entries=LISTED[:2], register=register, by=None)
    hidden = proposal_of(run, "p-0002", "r-4821907")
    assert bob.get(f"/review/{run.pk}/all/{hidden.place}").status_code == 404
    assert "Вигадана" not in text_of(bob, f"/review/{run.pk}/?part=all")
    assert "0 of 1" in " ".join(text_of(bob, "/review/").split()), "the pair is in no count"
    protected.protected = False
    protected.save()
    assert bob.get(f"/review/{run.pk}/all/{hidden.place}").status_code == 200


def test_letters_that_differ_are_marked_across_scripts(bob: Client) -> None:
    listed = [person("p-0001", "SHCHERBOTENKO", "NIKOLAI", "IVANOVICH", "1987-03-14")]
    register = [person("ua-1", "Щербатенко", "Микола", "Іванович", "1987-03-14")]
    run = start_run(exchange="", list_id="draft", entries=listed, register=register, by=None)
    page = text_of(bob, f"/review/{run.pk}/all/{run.proposals.get().place}")
    assert 'SHCHERB<mark class="diff">O</mark>TENKO' in page
    assert 'Щерб<mark class="diff">а</mark>тенко' in page


def test_reading_a_pair_and_a_queue_stand_in_the_journal_without_names(free: Run, bob: Client) -> None:
    proposal = proposal_of(free, "p-0002", "ua-2")
    bob.get(f"/review/{free.pk}/all/{proposal.place}")
    bob.get(f"/review/{free.pk}/")
    lines = list(Line.objects.filter(tag="review:proposal:read").order_by("pk").values_list("subject", "counts"))
    assert lines[0] == (f"pair:{proposal.pair_id}", {"run": free.pk})
    assert lines[1][0] == f"run:{free.pk}"


def test_z_takes_back_the_last_word_and_after_a_second_officer_shows_that_it_takes_two(
    free: Run, bob: Client, olha: Client
) -> None:
    proposal = proposal_of(free, "p-0002", "ua-2")
    path = f"/review/{free.pk}/mine"
    assert "no word here yet" in bob.post(f"{path}/undo", headers=HTMX).content.decode()
    bob.post(f"{path}/{proposal.place}/say", {"word": "same"})
    assert bob.post(f"{path}/undo").headers["Location"].endswith(f"/mine/{proposal.place}")
    assert Pair.objects.get(pk=proposal.pair_id).state == "open"
    for officer in (bob, olha):
        officer.post(f"{path}/{proposal.place}/say", {"word": "same"})
    assert "opening it again takes two" in bob.post(f"{path}/undo", headers=HTMX).content.decode()
    assert Pair.objects.get(pk=proposal.pair_id).state == "settled"


def test_a_word_with_htmx_swaps_in_the_next_pair_and_names_its_address(free: Run, bob: Client) -> None:
    first, second = free.proposals.order_by("weight", "place")[:2]
    answer = bob.post(f"/review/{free.pk}/mine/{first.place}/say", {"word": "unsure"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Push-Url"] == f"/review/{free.pk}/mine/{second.place}"
    page = answer.content.decode()
    assert "<html" not in page
    assert "data-focus" in page
    assert "Your word is kept: unsure." in page


def test_an_officer_finds_somebody_else_by_hand_and_the_pair_is_asked_like_any_other(bob: Client, alice: Client) -> None:
    from datetime import date

    from homeward.bureau.register.claims import Provenance
    from homeward.bureau.register.services import add_person
    from homeward.people import Claim, Field

    run = start_run(exchange="", list_id="draft", entries=LISTED[4:], register=REGISTER, by=None)
    claims = {Field.SURNAME: Claim("Невідомий", "Невідомий")}
    added = add_person(claims, Provenance("family", "B2", date(2026, 5, 1)), by=alice.officer)  # type: ignore[attr-defined]
    nobody = run.proposals.get()
    path = f"/review/{run.pk}/by-hand/{nobody.place}"
    assert "nobody of this number" in bob.post(path, {"entry": "p-0005", "number": "r-1"}, headers=HTMX).content.decode()
    number = getattr(added, "number", added)
    page = bob.post(path, {"entry": "p-0005", "number": str(number)}, headers=HTMX).content.decode()
    assert "Невідомий" in page
    assert run.proposals.count() == 2


def test_a_file_is_compared_and_a_file_that_cannot_be_read_is_told_with_its_remedy(sign_in: SignIn, tmp_path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = sign_in(Role.LIST_OFFICER)
    text = "id,surname,given names,date of birth\n1,Коваль,Остап,1990-01-30\n2,Коваль,Остап,30.01.1990\n"
    made = officer.post("/review/new/file", {"name": "draft-1", "file": SimpleUploadedFile("our list.csv", text.encode())})
    assert made.status_code == 302
    assert Run.objects.get().entries == 2
    wrong = officer.post("/review/new/file", {"name": "draft-1", "file": SimpleUploadedFile("list.xlsx", b"no workbook")})
    assert wrong.status_code == 422
    assert Run.objects.count() == 1


def test_the_first_page_says_what_waits_for_a_reviewer(free: Run, bob: Client, sign_in: SignIn) -> None:
    assert "Pairs wait for your word" in text_of(bob, "/")
    assert "Pairs wait for your word" not in text_of(sign_in(Role.LIST_OFFICER), "/")


def test_there_is_no_way_to_decide_many_pairs_at_once(free: Run, bob: Client) -> None:
    first, second = free.proposals.order_by("weight", "place")[:2]
    bob.post(
        f"/review/{free.pk}/mine/{first.place}/say", {"word": "same", "pair": [first.pk, second.pk], "place": second.place}
    )
    assert set(Word.objects.values_list("pair_id", flat=True)) == {first.pair_id}


def test_a_thousand_pairs_are_worked_through_by_swaps_alone_and_the_last_one_ends_it(bob: Client, olha: Client) -> None:
    listed = [person(f"r{number}", "Вигаданий", "Петро", "", f"19{number % 60 + 30}-01-30") for number in range(1000)]
    run = start_run(exchange="", list_id="draft", entries=listed[:0], register=[], by=None)
    from homeward.bureau.review.services import _proposal, _rows_for
    from homeward.lists import Question, make_pair

    pairs = [make_pair(Question.NOBODY, entry, None) for entry in listed]
    Proposal.objects.bulk_create(
        [_proposal(run, row, pair, place) for place, (row, pair) in enumerate(_rows_for(run, pairs))], batch_size=500
    )

    def work(place: int | None, steps: int) -> int | None:
        for _ in range(steps):
            answer = bob.post(f"/review/{run.pk}/mine/{place}/say", {"word": "different"}, headers=HTMX)
            assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)
            pushed = answer.headers.get("HX-Push-Url")
            place = int(pushed.rpartition("/")[2]) if pushed else None
        return place

    following = work(run.proposals.order_by("weight", "place")[0].place, 60)
    # The words between go in by the service alone; every page costs a hundredth of a second of the tests' time.
    for each in run.proposals.filter(pair__state="open").exclude(place=following).order_by("weight", "place")[:900]:
        say(each.pair, Said.DIFFERENT, by=bob.officer)  # type: ignore[attr-defined]
    assert work(following, 40) is None
    assert Word.objects.count() == 1000
    assert "Nothing waits for you in this run" in text_of(bob, f"/review/{run.pk}/work/mine")


def test_an_undoing_asked_for_by_one_is_agreed_to_by_another_on_the_page(free: Run, bob: Client, olha: Client) -> None:
    proposal = proposal_of(free, "p-0002", "ua-2")
    path = f"/review/{free.pk}/all/{proposal.place}"
    users: list[User] = [bob.officer, olha.officer]  # type: ignore[attr-defined]
    for user in users:
        say(proposal.pair, Said.SAME, by=user)
    bob.post(f"{path}/say", {"word": "undo_asked"})
    assert "Agree to open it again" not in text_of(bob, path)
    assert "Agree to open it again" in text_of(olha, path)
    olha.post(f"{path}/say", {"word": "undone"})
    assert Pair.objects.get(pk=proposal.pair_id).state == "open"
