"""Comparing two registers without showing either: the result is the plain intersection, and files that are wrong are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.matching import private
from homeward.matching.private import PrivateError, make_answer, make_request, open_answer
from homeward.matching.strong_keys import KINDS, strong_keys
from homeward.people.person import Person
from tests.matching.people import person

pytest.importorskip("private_set_intersection", reason="openmined-psi is not installed (the extra `private`)")

OURS = [
    person("u1", "Вигаданенко | Микола | Петрович | 1987-03-14"),
    person("u2", "Щупальський | Володимир | Іванович | 1990-11-02", service_number="АВ-123456"),
    person("u3", "Рідкович | Олена | Сергіївна | 1979"),
    person("u4", "Самотник | Тарас | Олегович | 1981-07-07"),
]
THEIRS = [
    person("r1", "VYHADANENKO | NIKOLAI | | 1987-03-14"),
    person("r2", "Інший | Петро | | 1960-01-01", service_number="ав 123456"),
    person("r3", "РЕДКОВИЧ | ЕЛЕНА | СЕРГЕЕВНА | 1979"),
    person("r4", "САМОТНИК | ТАРАС | ОЛЕГОВИЧ | 1981-07-08"),
]


def plain(ours: list[Person], theirs: list[Person]) -> list[tuple[int, tuple[str, ...]]]:
    """The intersection as anybody would compute it who may see both lists."""
    known = {key for one in theirs for key in strong_keys(one)}
    shared = [
        (row, sorted({kind for kind, text in strong_keys(one) if (kind, text) in known}, key=KINDS.index))
        for row, one in enumerate(ours)
    ]
    return [(row, tuple(kinds)) for row, kinds in shared if kinds]


def through_files(ours: list[Person], theirs: list[Person], pad_to: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    secret, request = make_request(ours, pad_to=pad_to)
    return [(found.row, found.kinds) for found in open_answer(secret, make_answer(theirs, request, pad_to=pad_to))]


def test_people_are_found_by_number_and_by_birth_date_with_name_in_any_script_and_nobody_else() -> None:
    assert through_files(OURS, THEIRS) == [(0, ("date_surname_given",)), (1, ("number",))] == plain(OURS, THEIRS)


_PERSON = st.builds(
    lambda surname, given, father, year, number: person("x", f"{surname} | {given} | {father} | {year}", service_number=number),
    st.sampled_from(["Вигаданенко", "VYHADANENKO", "Самотник", "Щупальський-Коваль"]),
    st.sampled_from(["Микола", "NIKOLAI", "Тарас", "Т"]),
    st.sampled_from(["", "Петрович", "Іванович"]),
    st.sampled_from(["1987-03-14", "1987-03", "1990-01-02"]),
    st.sampled_from(["", "123456", "АВ 123456", "7"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PERSON, max_size=6), st.lists(_PERSON, max_size=6), st.sampled_from([0, 25]))
def test_the_result_is_the_plain_intersection(ours: list[Person], theirs: list[Person], pad_to: int) -> None:
    assert through_files(ours, theirs, pad_to) == plain(ours, theirs)


def test_neither_file_holds_a_key_or_a_name() -> None:
    secret, request = make_request(OURS)
    for data in (secret, request, make_answer(THEIRS, request)):
        for one in (*OURS, *THEIRS):
            for _, text in strong_keys(one):
                assert text.encode() not in data
                assert text.split()[-1].encode() not in data or len(text.split()[-1]) < 6


def test_two_requests_about_the_same_people_have_nothing_in_common() -> None:
    one, other = (private._unpacked(make_request(OURS)[1], private.REQUEST, "")[1] for _ in range(2))
    assert not {one[k : k + 16] for k in range(len(one) - 16)} & {other[k : k + 16] for k in range(len(other) - 16)}


def test_padding_hides_how_many_keys_there_are() -> None:
    sizes = set()
    for people in (OURS[:1], OURS):
        _, request = make_request(people, pad_to=30)
        sizes.add((json.loads(request.split(b"\n")[0])["keys"], len(make_answer(people, request, pad_to=30)) // 64))
    assert len(sizes) == 1


def test_a_request_longer_than_agreed_is_not_answered() -> None:
    with pytest.raises(PrivateError, match=r"request\.bin: asks about \d+ keys, and at most 2 are to be answered; agree"):
        make_answer(THEIRS, make_request(OURS)[1], file="request.bin", at_most=2)


@pytest.mark.parametrize("spoil", ["cut", "byte", "empty", "other kind", "random", "long"])
def test_a_malformed_file_is_one_clear_refusal_that_names_the_file(spoil: str) -> None:
    secret, request = make_request(OURS)
    answer = make_answer(THEIRS, request)
    bad = {
        "cut": lambda data: data[:-3],
        "byte": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        "empty": lambda data: b"",
        "other kind": lambda data: secret,
        "random": lambda data: bytes(range(256)) * 9,
        "long": lambda data: b"{" * 100_000,
    }[spoil]
    with pytest.raises(PrivateError, match=r"^r\.private: .*; "):
        make_answer(THEIRS, bad(request), file="r.private")
    with pytest.raises(PrivateError, match=r"^a\.private: .*; "):
        open_answer(secret, bad(answer), file="a.private")
    if spoil != "other kind":
        with pytest.raises(PrivateError, match=r"^s\.private: .*; "):
            open_answer(bad(secret), answer, kept_as="s.private")


@pytest.mark.parametrize("body", [b"\x08\x01\x12\x04junk", b"\xff" * 50, b""])
def test_a_file_whose_sum_fits_and_whose_contents_are_no_keys_is_refused(body: bytes) -> None:
    count = 1 if body.startswith(b"\x08") else 0
    with pytest.raises(PrivateError, match="no locked key"):
        make_answer(THEIRS, private._packed(private.REQUEST, body, keys=count), file="r.private")


def test_an_answer_to_another_request_is_refused() -> None:
    secret, _ = make_request(OURS)
    _, other = make_request(OURS)
    with pytest.raises(PrivateError, match="answers another request"):
        open_answer(secret, make_answer(THEIRS, other))


def test_a_file_of_another_version_of_the_keys_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _, request = make_request(OURS)
    monkeypatch.setattr(private, "scheme", lambda: "other")
    with pytest.raises(PrivateError, match="both sides must use the same version"):
        make_answer(THEIRS, request)


def test_without_the_library_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "private_set_intersection.python", None)
    with pytest.raises(PrivateError, match=r"pip install 'homeward\[private\]'"):
        make_request(OURS)
