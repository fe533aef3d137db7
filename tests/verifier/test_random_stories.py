"""Acts at random, by random hands, in a random order: both verifiers come to the same state and the same acts without effect."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from random import Random
from typing import Any

from homeward.exchange import ACTS, DEVIATIONS
from homeward.exchange.entries import digest_of_file
from homeward.exchange.verdict import judge_file
from homeward.lists import ANSWER_CODES
from homeward.record import verify_file
from tests.verifier.conftest import Browser
from tests.verifier.corpus import ROOT, without_details

sys.path.insert(0, str(ROOT / "tools"))

world: Any = importlib.import_module("conformance.world")

STORIES = 20
FILE_STORIES = 60
BEGINNINGS: tuple[Callable[..., Any], ...] = (
    world.begun,
    world.lodged,
    world.released,
    world.frozen,
    world.opened,
    world.crossed,
)
TWO_STAGES = world.TERMS.replace('id = "day1"', 'id = "day1"\n[[stages]]\nid = "day2"')


def _fields(random: Random, draft: Any, act: str) -> dict[str, Any]:
    """Fields that the act may have, mostly of the right form and often fitting."""
    form = ACTS[act]
    names = [*form.needs, *(name for name in form.may if random.random() < 0.6)]
    return {name if name != "for" else "for_": _value(random, draft, act, name) for name in names if random.random() < 0.98}


def _value(random: Random, draft: Any, act: str, name: str) -> Any:
    lists = sorted(world.LISTS)
    each = random.choice(lists)
    people = world.LISTS[each][2]
    public, draw = world.public_list(each)
    choices: dict[str, list[Any]] = {
        "person": [*world.PEOPLE, "p-0009"],
        "for": list(world.PEOPLE),
        "other": list(world.PEOPLE),
        "stage": ["day1", "day1", "day1", "day2"],
        "list": lists,
        "code": [*ANSWER_CODES, "ACKNOWLEDGED_HELD", "ACKNOWLEDGED_HELD", "PERHAPS"],
        "kind": list(DEVIATIONS),
        "outcome": ["wishes_to_go", "wishes_to_go", "refuses", "not_held", "undecided"],
        "root": [public.root_text, "A" * 43],
        "draw": [public.draw_digest]
        if act == "list-committed"
        else [[[n, world.public_list(n)[1]] for n in lists], [[each, draw]]],
        "count": [2, 2, 0, 1],
        "agreed": [2, 1, 0],
        "categories": [[["serious", 1]], []],
        "going": [[[n, list(world.LISTS[n][2])] for n in lists], [[each, [people[0]]]], [[each, []]]],
        "reserves": [[], [[each, [people[1]]]]],
        "balance": [[[n, [["planned", 2], ["received", 2], ["reserves_called", 0]]] for n in lists], []],
        "of": [draft.leaf(random.randrange(max(0, draft.size - 6), draft.size))],
        "plan": [draft.leaf(at) for at, line in enumerate(draft.lines) if b'"stage-planned"' in line] or ["A" * 43],
    }
    return random.choice(choices.get(name, ["A" * 43 if form_is_hash(act, name) else "word"]))


def form_is_hash(act: str, name: str) -> bool:
    return "SHA-256" in ({**ACTS[act].needs, **ACTS[act].may})[name].is_not


def _story(random: Random) -> Any:
    begin = random.choice(BEGINNINGS)
    draft = begin(world.Draft(world.terms(TWO_STAGES))) if random.random() < 0.3 else begin()
    for _ in range(random.randrange(10, 40)):
        code = random.choice(world.CODES)
        hands = [f"{code}/officer-1", f"{code}/root"]
        random.shuffle(hands)
        act = random.choice([*ACTS, "agreed", "agreed", "agreed", "agreed", "deviation", "handed-over", "received"])
        draft.say(act, *hands[: random.choice((1, 2, 2))], **_fields(random, draft, act))
        if random.random() < 0.4:
            draft.head()
    draft.head()
    return draft


def _file_hash(random: Random, folder: str, content: bytes) -> str:
    """The hash by which an act names this file, or now and then another's."""
    if random.random() < 0.2:
        return "A" * 43
    return digest_of_file(f"{folder}/x", content)


def _meddled(random: Random) -> Any:
    """A story whose files are at random those that acts name, others, or nobody's; acts that name them are signed by anybody."""
    draft = random.choice((world.begun, world.lodged, world.released))()
    for _ in range(random.randrange(1, 4)):
        name = random.choice([*world.LISTS, "home-C"])
        content = random.choice([b"hello\n", b"hello", b"", b"\n\n", b"a\nb\nc", world.public_list("home-A")[0].to_bytes()])
        folder, own, act, field = random.choice(
            [
                ("lists", name, "list-committed", "root"),
                ("sealed", f"{name}.age", "list-lodged", "sealed"),
                ("sealed", f"answers-{name}.age", "answers-sent", "digest"),
            ]
        )
        if random.random() < 0.8:
            digest = _file_hash(random, folder, content)
            draft.say(act, f"{random.choice(world.CODES)}/officer-1", **{"list": name, field: digest})
        if random.random() < 0.7:
            {"lists": draft.lists, "sealed": draft.sealed}[folder].setdefault(own, content)
    if draft.size > draft.heads[-1].head.size and random.random() < 0.8:
        draft.head()
    return draft


def test_files_that_acts_do_not_name_are_found_alike(browser: Browser) -> None:
    contents = [world.file_bytes(_meddled(Random(seed)).record()) for seed in range(FILE_STORIES)]
    kinds = set()
    for seed, (content, verdict) in enumerate(zip(contents, browser.judge(*contents), strict=True)):
        judged, kind = judge_file(content), verify_file(content, workers=1).kind
        assert (verdict["record"]["kind"], verdict["kind"]) == (kind, judged.kind), seed
        first = judged.record.findings[0] if judged.kind == "changed" else None
        assert (verdict["file"] and verdict["file"]["index"]) == (first and first.index), seed
        assert (verdict["file"] is None) == (first is None), seed
        if first is not None:
            assert verdict["words"][0][0] == f"CHANGED: {first.text}", seed
        kinds.add((kind, judged.kind, first is not None and first.index is None))
    assert len(kinds) == 6, "files that nobody names, other files and good ones, with and without a head over all acts"


def test_random_stories_are_folded_alike(browser: Browser) -> None:
    contents = [world.file_bytes(_story(Random(seed)).record()) for seed in range(STORIES)]
    reasons = set()
    for seed, (content, verdict) in enumerate(zip(contents, browser.judge(*contents), strict=True)):
        judged = judge_file(content)
        assert judged.summary is not None
        assert (verdict["record"]["kind"], verdict["kind"]) == (judged.record.kind, judged.kind), seed
        assert without_details(verdict["exchange"]) == without_details(judged.summary.as_json()), seed
        reasons |= {void.reason for void in judged.summary.void}
    assert len(reasons) > 12, "the stories come to many of the reasons why an act has no effect"
