"""What this room says in Ukrainian is Ukrainian: nothing English is left but ids and names that stand in the terms."""

from __future__ import annotations

import random
import re

import pytest

from homeward.planning import Candidate, Explainer, Impossible, Incident, check_plan, make_plan, replan
from homeward.planning.words import METHODS, method, priority
from homeward.terms import parse
from tests.planning.invented import BOTH, GROUPS, HEAD, pool_of

BILINGUAL = """
[[terms]]
id = "T1"
text = { en = "level after every stage", uk = "порівну після кожного етапу" }
kind = "parity"
sides = ["home-A", "home-B"]
over = "after every stage"
[[terms]]
id = "T2"
text = { en = "nobody over the age limit", uk = "нікого понад вікову межу" }
kind = "count"
group = "civilian"
max = 0
[[terms]]
id = "T3"
text = { en = "a bus has so many seats", uk = "стільки місць в автобусі" }
kind = "count"
sides = ["home-A", "home-B"]
over = "each stage"
max = 3
[[terms]]
id = "T4"
text = { en = "families stay together", uk = "родини не розлучають" }
kind = "together"
by = "family"
[[exclusions]]
id = "E1"
ground = "other"
group = "young"
text = { en = "the young go another day", uk = "молоді їдуть іншого дня" }
[[priorities]]
group = "serious"
[[priorities]]
score = "days_held"
"""
#: Ids and names of these terms, and the treaty's short name, which lawyers of every language read.
NAMES = r"\b(home-[AB]|[ab]\d{5}|s[12]|T\d|E1|GC III|civilian|young|serious|circulation|party-[AB])\b"


def terms_with(more: str = ""):
    stages = '[[stages]]\nid = "s1"\n[[stages]]\nid = "s2"\n'
    return parse((HEAD + stages + GROUPS + BILINGUAL + more).encode())


def pools(unknown: float = 0.15):
    rng = random.Random(4)
    return {side: pool_of(rng, 30, mark, unknown=unknown) for side, mark in zip(BOTH, "ab", strict=True)}


def english_in(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", re.sub(NAMES, "", sentence))


def test_why_somebody_stays_is_told_without_a_word_of_english():
    terms, people = terms_with(), pools()
    explainer = Explainer(terms, people, make_plan(terms, people, seed="x"))
    reasons = [explainer.why(person.id) for pool in people.values() for person in pool]
    assert {"going", "outside", "unknown", "behind"} <= {reason.code for reason in reasons}
    assert not [word for reason in reasons for word in english_in(reason.sentence("uk"))]
    told = {sentence for reason in reasons for sentence in (reason.sentence("en"),) if reason.clauses}
    assert any("a bus has so many seats" in sentence for sentence in told)


def test_a_contradiction_and_its_ways_out_are_told_without_a_word_of_english():
    minimum = '[[terms]]\nid = "T5"\ntext = { en = "at least twenty", uk = "щонайменше двадцять" }\nkind = "count"\nmin = 20\n'
    terms = terms_with(minimum)
    with pytest.raises(Impossible) as caught:
        make_plan(terms, pools(), seed="x")
    assert "щонайменше двадцять" in caught.value.sentence("uk")
    assert "at least twenty" in caught.value.sentence("en")
    assert english_in(caught.value.sentence("uk")) == []


def test_what_the_checker_finds_and_what_falls_short_is_told_without_a_word_of_english():
    terms, people = terms_with(), pools()
    plan = make_plan(terms, people, seed="x")
    strict = terms_with('[[terms]]\nid = "T6"\nkind = "all"\ntext = { en = "all", uk = "усі до одного" }\n')
    faults = check_plan(strict, people, plan)
    assert faults
    assert not [word for fault in faults for word in english_in(fault.said("uk"))]
    family = check_plan(
        terms, {side: [Candidate(p.id, {**p.facts, "family": "x"}) for p in pool] for side, pool in people.items()}, plan
    )
    assert any("позначка родини" in fault.said("uk") for fault in family)
    gone = [Incident(person, "refused") for person in plan.stages[0].going["home-A"]]
    few = {
        side: [p for p in pool if p.id in {i for stage in plan.stages for ids in stage.going.values() for i in ids}]
        for side, pool in people.items()
    }
    done = replan(terms, few, plan, gone, stage="s1")
    assert done.shortfalls
    assert not [word for short in done.shortfalls for word in english_in(short.sentence("uk"))]


def test_methods_and_priorities_have_words():
    assert all(english_in(method(name, "uk")) == [] and method(name, "en") == name for name in METHODS)
    assert priority("GC III 109", "uk") == "тяжкопоранені й тяжкохворі, GC III 109"
    assert priority("days_held", "en") == "days held"


def test_a_plan_is_found_by_a_method_that_has_words():
    terms, people = terms_with(), pools()
    assert make_plan(terms, people, seed="x").proof.method in METHODS
