"""The review desk's writes, and what the exchange room asks of it.

    run = start_run(exchange="autumn", list_id="home-BB", entries=people_of(office, "home-BB"), register=ours, by=user)
    say(pair, Said.SAME, by=user)                   one officer's word; raises `WordRefusedError`
    is_settled(run), counts_of(run)                 where the run stands
    book_of(run), answers_of(run)                   the decisions, and the one answer for every entry that follows from them

The machine proposes, two officers decide; there is no way here to decide many pairs at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import User
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.services import number_of
from homeward.bureau.review.models import Entry, Pair, Proposal, Run, Word
from homeward.bureau.review.packing import bits_of, question_mark, reasons_of, seen_mark, seen_of, unpack
from homeward.bureau.review.queue import weight
from homeward.bureau.review.standing import RULINGS, Refusal, Said, Standing, State, after, refusal, rounds, standing
from homeward.bureau.review.standing import Word as Uttered
from homeward.lists import Answer, Decision, DecisionBook, Question, Ruling, derive_answers, make_pair, propose
from homeward.lists import Pair as ListPair
from homeward.people import Person, Progress
from homeward.people.plain import from_plain, to_plain

#: Proposals less probable than this are not put to officers: below it, nearly all are namesakes of namesakes.
ASKED_FROM = 0.2
_CHUNK = 500

REFUSED: Mapping[Refusal, Promise | str] = {
    Refusal.OWN_WORD: _("You have given your word on this pair; a second officer has to give the other."),
    Refusal.NOT_YOURS: _("Only the officer who gave a word can take it back."),
    Refusal.SETTLED: _("This pair is settled. Two officers can open it again: one asks, another agrees."),
    Refusal.NOT_SETTLED: _("There is nothing to take back here."),
    Refusal.TWO_PEOPLE: _("You asked to open this pair again; a second officer has to agree."),
    Refusal.UNDO_RUNNING: _("An officer has asked to open this pair again; agree to that or keep the decision first."),
}


class WordRefusedError(Exception):
    """A word that cannot be taken; the text says why and what to do."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(REFUSED[reason]))
        self.reason = reason


# -- runs


def start_run(
    *,
    exchange: str,
    list_id: str,
    entries: Sequence[Person],
    register: Sequence[Person],
    by: User | None,
    at_least: float = ASKED_FROM,
    progress: Progress | None = None,
    writing: Callable[[], object] = lambda: None,
    then: Callable[[Run], None] = lambda _run: None,
) -> Run:
    """Compare a list with itself and with the register, and put every pair before the officers.

    A pair that was asked before on the same evidence keeps its words: what is settled stays settled. `exchange` is "" for a list
    that belongs to none. `writing` is called before the first row is written, `then` in the transaction that keeps the run.
    Raises `ListError` for an id that stands twice in the list or in the register.
    """
    pairs = propose(entries, register, at_least=at_least, progress=progress).pairs()
    writing()
    with transaction.atomic():
        run = Run.objects.create(
            exchange=exchange, list_id=list_id, by=by, at_least=at_least, entries=len(entries), register=len(register)
        )
        Entry.objects.bulk_create(
            [Entry(run=run, place=place, person=to_plain(person)) for place, person in enumerate(entries)], batch_size=_CHUNK
        )
        rows = _rows_for(run, pairs)
        Proposal.objects.bulk_create(
            [_proposal(run, row, pair, place) for place, (row, pair) in enumerate(rows)], batch_size=_CHUNK
        )
        counts = {"entries": len(entries), "register": len(register), "pairs": len(pairs)}
        write(Tag.REVIEW_RUN_MADE, f"run:{run.pk}", by=by, counts=counts)
        then(run)
    return run


def add_by_hand(run: Run, entry_id: str, other: Person, *, by: User) -> Proposal:
    """Put a pair before the officers that the machine did not propose: an entry, and a person of the register that an officer found.

    Raises `LookupError` for an entry that is not on the list.
    """
    entry = next((person for person in entries_of(run) if person.id == entry_id), None)
    if entry is None:
        raise LookupError(entry_id)
    pair = make_pair(Question.REGISTER, entry, other)
    with transaction.atomic():
        ((row, _pair),) = _rows_for(run, [pair])
        known = Proposal.objects.filter(run=run, pair=row).first()
        if known is not None:
            return known
        last = Proposal.objects.filter(run=run).order_by("-place").first()
        made = _proposal(run, row, pair, last.place + 1 if last is not None else 0)
        made.save()
        write(Tag.REVIEW_PAIR_ADDED, f"pair:{row.pk}", by=by, counts={"run": run.pk})
    return made


def _rows_for(run: Run, pairs: Sequence[ListPair]) -> list[tuple[Pair, ListPair]]:
    """The row of each pair: the one that is there, or a new one."""
    scope = {"exchange": run.exchange, "list_id": run.list_id}
    keys = [(question_mark(run.exchange, run.list_id, pair), seen_mark(pair)) for pair in pairs]
    wanted = [
        Pair(
            **scope,
            question=pair.question.value,
            question_mark=question,
            seen_mark=seen,
            seen=seen_of(pair),
            register_number=number_of(pair.right_id) if pair.question is Question.REGISTER else None,
        )
        for pair, (question, seen) in zip(pairs, keys, strict=True)
    ]
    Pair.objects.bulk_create(wanted, batch_size=_CHUNK, ignore_conflicts=True)
    known = {
        (row.question_mark, row.seen_mark): row
        for row in Pair.objects.filter(**scope).only("pk", "question_mark", "seen_mark", "exchange", "list_id")
    }
    return [(known[key], pair) for key, pair in zip(keys, pairs, strict=True)]


def _proposal(run: Run, row: Pair, pair: ListPair, place: int) -> Proposal:
    heavy = weight(pair.left, pair.right, bits_of(pair))
    return Proposal(run=run, pair=row, place=place, weight=heavy, reasons=reasons_of(pair))


# -- words


def say(pair: Pair, said: Said, *, by: User) -> Pair:
    """Add one officer's word to a pair. Gives the pair as it stands now. Raises `WordRefusedError`; then nothing is written."""
    with transaction.atomic():
        locked = Pair.objects.select_for_update().get(pk=pair.pk)
        words = list(locked.words.all())
        now = standing(map(_uttered, words))
        reason = refusal(now, by.pk, said)
        if reason is not None:
            raise WordRefusedError(reason)
        word = Word(pair=locked, number=len(words), officer=by, said=said.value)
        word.save()
        then = after(now, _uttered(word))
        locked.state = then.state.value
        locked.waits_on_id = _waits_on(then)
        locked.save(update_fields=["state", "waits_on"])
        tag = Tag.REVIEW_DECISION_MADE if said in RULINGS else Tag.REVIEW_DECISION_UNDONE
        # The word itself stays sealed: who reads the journal learns who spoke, not what waits for a second officer.
        write(tag, f"pair:{locked.pk}", by=by, counts={"state": then.state.value}, detail={"said": said.value})
    return locked


def standing_of(pair: Pair) -> Standing:
    """Where a pair stands, with the words that may be shown (`Standing.hidden_from`)."""
    return standing(map(_uttered, pair.words.all()))


def note_read(proposal: Proposal, *, by: User) -> None:
    """Put into the journal that an officer has read both records of a pair."""
    with transaction.atomic():
        write(Tag.REVIEW_PROPOSAL_READ, f"pair:{proposal.pair_id}", by=by, counts={"run": proposal.run_id})


def note_queue_read(run: Run, shown: int, *, by: User) -> None:
    """Put into the journal that an officer was shown so many pairs of a run with names."""
    with transaction.atomic():
        write(Tag.REVIEW_PROPOSAL_READ, f"run:{run.pk}", by=by, counts={"shown": shown})


def last_word_of(run: Run, user: User) -> tuple[Word | None, bool]:
    """The officer's last word in a run that can be taken back; if there is none, the last one at all. And whether it can be."""
    words = Word.objects.filter(pair__proposals__run=run, officer=user, said__in=[said.value for said in RULINGS])
    words = words.select_related("pair").order_by("-pk")
    waiting = words.filter(pair__state=State.WAITING.value, pair__waits_on=user).first()
    return (waiting, True) if waiting is not None else (words.first(), False)


def _uttered(word: Word) -> Uttered:
    return Uttered(word.officer_id, Said(word.said), word.at.astimezone(UTC).date().isoformat())


def _waits_on(now: Standing) -> int | None:
    waiting = now.first or now.asked
    return waiting.officer if waiting is not None else None


# -- what the exchange room asks


def counts_of(run: Run) -> dict[State, int]:
    """How many pairs of the run stand where; every state is there."""
    found = Counter(Pair.objects.filter(proposals__run=run).values_list("state", flat=True))
    return {state: found[state.value] for state in State}


def is_settled(run: Run) -> bool:
    """Whether two officers have settled every pair of the run, and nobody has asked to open one again."""
    return not Pair.objects.filter(proposals__run=run).exclude(state=State.SETTLED.value).exists()


def book_of(run: Run) -> DecisionBook:
    """Every decision about the run's list, of this run and of earlier ones, oldest first. Officers stand in it by number."""
    words = Word.objects.filter(pair__exchange=run.exchange, pair__list_id=run.list_id).select_related("pair").order_by("pk")
    of_pair: dict[int, list[Word]] = {}
    for word in words:
        of_pair.setdefault(word.pair_id, []).append(word)
    entries: list[tuple[int, Decision]] = []
    for spoken in of_pair.values():
        pair = unpack(spoken[0].pair)
        for place, first, second in rounds(map(_uttered, spoken)):
            entries.append((spoken[place].pk, _decision(pair, first, second)))
    return DecisionBook(tuple(decision for _place, decision in sorted(entries, key=lambda entry: entry[0])))


def answers_of(
    run: Run,
    *,
    given: Iterable[Answer] = (),
    earlier: Iterable[Answer] = (),
    earlier_reference: str = "",
    due: date | None = None,
    on: date | None = None,
    until: date | None = None,
) -> list[Answer]:
    """One answer for every entry of the list, in its order, as the decisions allow (`homeward.lists.derive_answers`)."""
    asked = [unpack(each.pair, each.reasons) for each in run.proposals.select_related("pair")]
    return derive_answers(
        entries_of(run),
        _register_of(run),
        book_of(run),
        asked,
        given=given,
        earlier=earlier,
        earlier_reference=earlier_reference,
        due=due,
        on=on,
        until=until,
    )


def entries_of(run: Run) -> list[Person]:
    """The list as it was when the run was made, in its order."""
    return [from_plain(each.person) for each in run.listed.all()]


def _register_of(run: Run) -> list[Person]:
    """The people of the register in any pair about this list: an old decision stands although nobody proposes the pair any more."""
    rows = Pair.objects.filter(exchange=run.exchange, list_id=run.list_id, question=Question.REGISTER.value).order_by("pk")
    people: dict[str, Person] = {}
    for row in rows:
        right = unpack(row).right
        assert right is not None, "a pair with the register has two records"
        people[right.id] = right
    return list(people.values())


def _decision(pair: ListPair, first: Uttered, second: Uttered) -> Decision:
    undone = second.said is Said.UNDONE
    return Decision(
        pair.id,
        pair.question,
        pair.left.id,
        pair.right_id,
        pair.fingerprint,
        Ruling.UNDONE if undone else RULINGS[first.said],
        f"officer-{first.officer}",
        Ruling.UNDONE if undone else RULINGS[second.said],
        f"officer-{second.officer}",
        second.day,
    )
