"""Valid files with one mistake put in: each must be reported at its line, with a remedy."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from homeward.terms import Problem, TermsError, parse
from tests.terms.material import AGREEMENTS, REPOSITORY, SHARED

SEED = 20250516


@dataclass(frozen=True)
class Mutation:
    """Changes one line that matches; `offset` is where the report belongs, in lines from the changed one."""

    name: str
    line: str
    change: Callable[[str], str]
    offset: int = 0


def put(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda line: re.sub(pattern, replacement, line, count=1)


MUTATIONS = [
    Mutation("unknown key", r"^(kind|equals|max|min|sides|over|group|by) =", put(r"^(\w+) =", r"\1x =")),
    Mutation("unknown table", r"^\[(agreement|substitution|clocks|tie)\]", put(r"\]", "s-and-more]")),
    Mutation("number as text", r"^(equals|min|max) = \d", put(r"= (\d+)", r'= "\1"')),
    Mutation("negative number", r"^(equals|min|max|tolerance) = [1-9]", put(r"= ", "= -")),
    Mutation("broken number", r"^(equals|min|max) = \d", put(r"= (\d+)", r"= \1x")),
    Mutation("fraction of a person", r"^(equals|min|max) = \d", put(r"= (\d+)", r"= \1.5")),
    Mutation("flag for a number", r"^(equals|min|max) = \d", put(r"= \d+", "= true")),
    Mutation("unknown side", r"^sides = ", put(r'\["([\w-]+)', r'["\1-nowhere')),
    Mutation("no sides", r"^sides = ", put(r"\[.*\]", "[]")),
    Mutation("one side twice", r'^sides = \["([\w-]+)", "', put(r'\["([\w-]+)", "[\w-]+"', r'["\1", "\1"')),
    Mutation("sides not in a list", r'^sides = \["[\w-]+"\]', put(r"\[(.*)\]", r"\1")),
    Mutation("unknown stage", r'^over = "', put(r'"$', 'th"')),
    Mutation("unknown group", r'^group = "', put(r'"$', 'ish"')),
    Mutation("unknown party", r'^(from|to)\s*= "', put(r'"$', 'X"')),
    Mutation("unknown kind", r'^kind = "(count|parity|all|ratio|named|together)"', put(r'"$', 's"')),
    Mutation("unknown fact", r'^(?!text)\w+\s*= "(status|sex|medical|age)', put(r'"(status|sex|medical|age)', r'"\1s')),
    Mutation("unknown code", r"^\w+\s*= \"status == 'military'\"", put("military", "milita")),
    Mutation("open parenthesis", r"^\w+\s*= \"medical in", put(r"\)", "")),
    Mutation("single equals", r"^\w+\s*= \"status ==", put("==", "=")),
    Mutation("open quote", r'^(kind|over|group|from|to) = "', put(r'"$', "")),
    Mutation("no equals sign", r"^(kind|over|group|sides) =", put(" =", "")),
    Mutation("no value", r"^(kind|over|equals|sides) =", put("=.*", "=")),
    Mutation("open list", r"^sides = ", put(r"\]", "")),
    Mutation("given twice", r"^(kind|equals|over) =", lambda line: f"{line}\n{line}", 1),
    Mutation("no such day", r"^date = \d", put(r"\d\d-\d\d$", "02-30")),
    Mutation("date in quotes", r"^(date|completion) = \d", put(r"= (.*)", r'= "\1 or so"')),
    Mutation("equals and min", r"^equals = \d", lambda line: f"{line}\nmin = 1", 1),
    Mutation("min above max", r"^max = [1-9]", lambda line: f"min = 999999\n{line}".replace("max = ", "max = 1 #")),
    Mutation("key of another kind", r"^equals = \d", lambda line: f"{line}\ntolerance = 1", 1),
    Mutation("unknown score", r'^score = "days_held"', put("days_held", "merit")),
    Mutation("unknown clause in costs", r"^cost = ", put(r"\{ (\w+)", r"{ \1zz")),
    Mutation("unknown clause in never", r"^never = ", put(r'\["(\w+)', r'["\1zz')),
    Mutation("unknown group in a key", r"^key = ", put(r"\{ ([\w-]+)", r"{ \1zz")),
    Mutation("nothing for a key", r"^key = ", put(r"= (\d+)", "= 0")),
    Mutation("unknown fact for together", r'^by = "family"', put("family", "village")),
    Mutation("fact that nobody shares", r'^by = "family"', put("family", "age")),
    Mutation("unknown rank", r"^(colonel|major|captain) =", put("^", "x")),
    Mutation("weight of nothing", r"^(colonel|major|captain) = \d", put(r"= \d+", "= 0")),
    Mutation("unknown weights", r'^weights = "', put(r'"$', '-2"')),
    Mutation("share above one", r"^(no_show|risk) = ", put(r"= .*", "= 3")),
    Mutation("unknown clock", r"^(lists|answers|names|interviews) = \"", put(r"(after|before)", "around")),
    Mutation("unknown ground", r'^ground = "refusal"', put("refusal", "refusals-of-any-kind")),
    Mutation("unknown need", r'^needs = "', put(r'"$', 'x"')),
    Mutation("unknown obligation", r'^kind = "no-', put(r'"$', 'x"')),
    Mutation("unknown grade", r'^grade = "', put(r'"$', 'x"')),
    Mutation("unknown schema", r"^schema\s*= ", put(r"/1", "/9")),
    Mutation("same id twice", r'^id = "(A|T|J|K|P|M|Y|D)2"', put("2", "1")),
    Mutation("id with a blank", r'^id = "', put(r'"$', ' x"')),
    Mutation("unknown language", r"^title = \{", put(r"en =", "english =")),
    Mutation("stages out of order", r"^date = 2025-05-2[45]", put(r"= \d+", "= 2024")),
    Mutation("table twice", r"^\[parties\]", lambda line: "[parties]\n[parties]", 1),
    Mutation("table's name with a blank", r"^\[sides\.[\w-]+\]", put("-", " ")),
    Mutation("table's name not closed", r"^\[(groups|clocks|parties)\]", put(r"\]", "")),
    Mutation("more people than there are", r"^equals = \d", put(r"= ", "= 999999999")),
    Mutation("unknown remedy", r'^(shortfall|refused|dead) = "', put(r'"$', 'x"')),
    Mutation("pool for nobody", r"^at_least = \d", put(r"= \d+", "= -3")),
]  # fmt: skip

#: The agreements, the demo's own terms, and the shared examples where they are.
FILES = [*AGREEMENTS, REPOSITORY / "src/homeward/invented/terms_may2025.toml", *sorted((SHARED / "terms").glob("*.toml"))]


def mutants(mutation: Mutation) -> list[tuple[str, str, int]]:
    """The file's name, the changed text, and the line at which the mistake lies, for every place where it can be made."""
    found = []
    for path in FILES:
        lines = path.read_text(encoding="utf-8").split("\n")
        for index, line in enumerate(lines):
            if re.search(mutation.line, line):
                changed = mutation.change(line)
                assert changed != line, f"{mutation.name} changes nothing in: {line}"
                found.append(
                    (path.name, "\n".join([*lines[:index], changed, *lines[index + 1 :]]), index + 1 + mutation.offset)
                )
    return found


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mistake_is_reported_at_its_line_with_a_remedy(mutation: Mutation) -> None:
    every = mutants(mutation)
    assert every, "this mistake can be made nowhere"
    for file, text, line in random.Random(SEED).sample(every, min(6, len(every))):
        with pytest.raises(TermsError) as caught:
            parse(text.encode(), file)
        here = [problem for problem in caught.value.problems if problem.line == line]
        assert here, f"{mutation.name} in {file}, line {line}: {caught.value}"
        assert all(problem.message and problem.remedy and problem.column >= 1 for problem in caught.value.problems)
        assert len(caught.value.problems) <= 3, f"one mistake, told too often: {caught.value}"
        assert str(here[0]) in str(caught.value)


def test_there_are_at_least_a_hundred_mutants() -> None:
    assert sum(min(6, len(mutants(mutation))) for mutation in MUTATIONS) >= 100


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = AGREEMENTS[0].read_text(encoding="utf-8")
    for wrong in ("grade", "kind", "over", "needs"):
        text = re.sub(rf"^{wrong} = \"", f'{wrong} = "x', text, flags=re.MULTILINE)
    with pytest.raises(TermsError) as caught:
        parse(text.encode())
    lines = [problem.line for problem in caught.value.problems]
    assert len(lines) > 8
    assert lines == sorted(lines)


def test_several_mistakes_of_spelling_are_told_at_once() -> None:
    source = b'title = "open\nschema = exchange\n[parties]\nA =\nB = "Second"\n'
    with pytest.raises(TermsError) as caught:
        parse(source, "broken.toml")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 4]
    assert str(caught.value).startswith("broken.toml, line 1, column ")


@pytest.mark.parametrize(
    "hostile",
    [
        b"a = " + b"[" * 5_000,
        b"a = " + b"[" * 400 + b"1" + b"]" * 400,
        b"a = " + b"{b = " * 500 + b"1" + b"}" * 500,
        b"a." * 3_000 + b"b = 1",
        b"schema = " + b"9" * 5_000,
        b"[" + b"a" * 100_000 + b"]",
        b'title = "' + b"\\" * 50_001,
        b"=" * 20_000,
        b"\n" * 900_000 + b"x",
        b"\xff" * 10,
        b"x" * 1_000_001,
        b"title = 07:32:00\nschema = 2025-05-23T10:00:00Z\nterms = 1e400",
    ],
    ids=range(12),
)
def test_a_hostile_file_is_refused_with_a_problem(hostile: bytes) -> None:
    with pytest.raises(TermsError) as caught:
        parse(hostile)
    assert caught.value.problems[0].remedy


@pytest.mark.parametrize("position", range(0, 4000, 37))
def test_a_damaged_byte_never_breaks_the_reader(position: int) -> None:
    generator = random.Random(SEED + position)
    source = bytearray(FILES[position % len(FILES)].read_bytes())
    for _ in range(3):
        source[generator.randrange(len(source))] = generator.randrange(256)
    problems: tuple[Problem, ...] = ()
    try:
        parse(bytes(source))
    except TermsError as error:
        problems = error.problems
    assert all(problem.remedy for problem in problems)
