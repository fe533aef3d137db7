"""The review sheet goes out as a real workbook, is filled in as officers do, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from homeward.lists import (
    RULING_WORDS,
    Decision,
    DecisionBook,
    ListError,
    ListProblemsError,
    Pair,
    Question,
    Ruling,
    make_pair,
    open_pairs,
    read_review,
    read_ruling,
    register_pairs,
    repeat_pairs,
    write_review,
)
from homeward.matching import Evidence, Proposal
from homeward.people import PeopleFileError
from tests.lists.made import decide, full, person

LIST = [full("r2", 0, surname="Абаенко"), full("r3", 1, surname="=1+1"), full("r4", 2)]
REGISTER = [full("ua-0", 0, surname="Абаєнко"), full("ua-1", 1), full("ua-2", 2, birth_date="1973-03-02")]
NAMES = ("Абаенко", "Абаєнко", "Аабвенко", "Остап", "Юрійович")
DAY = "2025-05-18"


def proposal(left: str, right: str, bits: float) -> Proposal:
    return Proposal.of(
        left, right, (Evidence("prior", -10.0, "", "", "prior"), Evidence("surname", bits, "Абаенко", "Абаєнко", "near"))
    )


@pytest.fixture(autouse=True)
def _short_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences of the evidence are another room's; here they only have to stand on the sheet."""
    monkeypatch.setattr(Evidence, "sentence", lambda self, language="en": f"{self.kind}: {self.left} / {self.right}")


@pytest.fixture
def pairs() -> list[Pair]:
    return register_pairs(LIST, REGISTER, [proposal("r2", "ua-0", 18.0), proposal("r3", "ua-1", 12.0)])


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def fill(
    path: Path, change: Callable[[Worksheet], None] = lambda sheet: None, *, words: tuple[str, str] = ("same", "same")
) -> None:
    """Fill in every row as two officers would ("different" where there is no second record), then make a mistake."""
    book = load_workbook(path, rich_text=True)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        nobody = not sheet.cell(row, column(sheet, "Other record")).value
        for which, word, officer in (("1", words[0], "Officer A"), ("2", words[1], "Officer B")):
            sheet.cell(row, column(sheet, f"Decision {which}"), "different" if nobody else word)
            sheet.cell(row, column(sheet, f"Officer {which}"), officer)
    change(sheet)
    book.save(path)


def put(row: int, heading: str, text: str | None) -> Callable[[Worksheet], None]:
    return lambda sheet: setattr(sheet.cell(row, column(sheet, heading)), "value", text)


def test_a_filled_sheet_comes_back_as_decisions_of_two(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    fill(path)
    result = read_review(path, pairs, day=DAY)
    assert not result.undecided
    assert [(decision.left_id, decision.right_id, decision.outcome) for decision in result.decisions] == [
        ("r2", "ua-0", Ruling.SAME),
        ("r3", "ua-1", Ruling.SAME),
        ("r4", "", Ruling.DIFFERENT),
    ]
    assert result.decisions[0] == Decision(
        pairs[0].id,
        Question.REGISTER,
        "r2",
        "ua-0",
        pairs[0].fingerprint,
        Ruling.SAME,
        "Officer A",
        Ruling.SAME,
        "Officer B",
        DAY,
    )


def test_the_sheet_shows_both_records_as_written_and_marks_the_letters_that_differ(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    sheet = load_workbook(path, rich_text=True).worksheets[0]
    left, right = sheet.cell(2, column(sheet, "On the list")).value, sheet.cell(2, column(sheet, "In the other record")).value
    assert isinstance(left, CellRichText)
    assert isinstance(right, CellRichText)
    assert "Абаенко" in str(left)
    assert "Абаєнко" in str(right)
    assert [block.text for block in left if isinstance(block, TextBlock)] == ["е"]
    assert [block.text for block in right if isinstance(block, TextBlock)] == ["є"]
    assert sheet.cell(2, column(sheet, "Differs in")).value == "surname"
    assert sheet.cell(2, column(sheet, "Sure")).value == "99.6 %"
    assert sheet.cell(2, column(sheet, "Reasons")).value == "surname: Абаенко / Абаєнко"


def test_letters_are_not_marked_between_two_scripts(tmp_path: Path) -> None:
    (pair,) = repeat_pairs([full("r2", 0), full("r3", 0, surname="Aaaaenko")], [proposal("r2", "r3", 12.0)])
    path = tmp_path / "review.xlsx"
    write_review(path, [pair])
    sheet = load_workbook(path, rich_text=True).worksheets[0]
    assert isinstance(sheet.cell(2, column(sheet, "On the list")).value, str)


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    entries = [person("=2+2", surname="=1+1", given_names="+7", birth_date="1987"), full("@r3", 1, surname="-1")]
    pairs = repeat_pairs(entries, [proposal("=2+2", "@r3", 12.0)])
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    assert all(cell.data_type != "f" for row in load_workbook(path).worksheets[0] for cell in row)
    fill(path)
    assert [decision.left_id for decision in read_review(path, pairs, day=DAY).decisions] == ["=2+2"]


def test_a_sheet_sent_out_again_keeps_the_work_on_it(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    filled = {pairs[0].id: ("same", "Officer A", "та сама", "Officer B"), pairs[1].id: ("same", "Officer A", "", "")}
    write_review(path, pairs, filled=filled)
    result = read_review(path, pairs, day=DAY)
    assert [decision.left_id for decision in result.decisions] == ["r2"]
    assert [entry.row for entry in result.undecided] == [3, 4]


def test_odd_characters_do_not_make_a_row_look_changed(tmp_path: Path) -> None:
    odd = [full("r2", 0, surname="_x0041_\x07\u202e"), full("r3", 1, surname="Я\n_x0041_ " + "я" * 40_000)]
    pairs = repeat_pairs(odd, [proposal("r2", "r3", 12.0)])
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    assert [entry.row for entry in read_review(path, pairs, day=DAY).undecided] == [2]


def test_the_same_pairs_give_the_same_bytes(tmp_path: Path, pairs: list[Pair]) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_review(one, pairs)
    write_review(other, pairs)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_sheet_offers_the_allowed_words_in_a_drop_down(tmp_path: Path, pairs: list[Pair], language: str) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs, language=language)
    lists = load_workbook(path).worksheets[0].data_validations.dataValidation
    assert len(lists) == 2
    for offered in lists:
        words = str(offered.formula1).strip('"').split(",")
        assert [read_ruling(word) for word in words] == [Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE]


def test_no_allowed_word_means_two_things() -> None:
    words = [(word, ruling) for ruling, languages in RULING_WORDS.items() for words in languages.values() for word in words]
    assert all(read_ruling(word) is ruling for word, ruling in words)
    assert all(read_ruling(word) is None for word in ("yes", "no", "так", "ні", "да", "нет", "sme", "undone"))


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    ("words", "outcome"),
    [(("Та сама", "ТОТ ЖЕ"), Ruling.SAME), (("різні", " Different. "), Ruling.DIFFERENT)],
)
def test_words_in_any_language_are_read(
    tmp_path: Path, pairs: list[Pair], language: str, words: tuple[str, str], outcome: Ruling
) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs[:2], language="en")
    fill(path, words=words)
    if language == "uk":  # An officer who reads Ukrainian has the headings of the other sheet.
        headed = tmp_path / "headed.xlsx"
        write_review(headed, pairs[:2], language="uk")
        source, target = load_workbook(path, rich_text=True), load_workbook(headed, rich_text=True)
        for number in range(10, 14):
            for row in (2, 3):
                target.worksheets[0].cell(row, number, source.worksheets[0].cell(row, number).value)
        target.save(path)
    result = read_review(path, pairs[:2], day=DAY)
    assert [decision.outcome for decision in result.decisions] == [outcome, outcome]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put(3, "Decision 1", "sme"), "row 3: Decision 1 is not one of the allowed words; write same, different, unsure"),
        (put(2, "Officer 2", "officer  a"), "row 2: one officer stands in both places; a second officer must decide"),
        (put(2, "Officer 2", None), "row 2: Decision 2 has no officer; fill in Officer 2"),
        (put(4, "Decision 2", "same"), "row 4: Decision 2 says 'same', but there is no second record"),
        (put(2, "Entry", "r4"), "row 2: .* was changed in Entry"),
        (put(2, "In the other record", "Прізвище: Інший"), "row 2: .* was changed in In the other record"),
        (put(2, "Check (do not change)", "0"), "row 2: .* was changed in Check"),
        (put(3, "Pair", "pair-0"), "row 3: this is none of the pairs that were asked"),
        (lambda sheet: sheet.delete_rows(3), r"\(row 3 when the sheet was written\) is missing; put the row back"),
        (lambda sheet: sheet.append([cell.value for cell in sheet[2]]), "row 5: .* stands in row 2 already"),
        (lambda sheet: sheet.delete_rows(1), "has no header row"),
        (put(1, "Officer 2", "Decision 2"), "has no header row|stands twice"),
    ],
)
def test_an_officers_mistake_is_told_with_its_row_and_without_a_name(
    tmp_path: Path, pairs: list[Pair], change: Callable[[Worksheet], None], said: str
) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    fill(path, change)
    with pytest.raises(ListError, match=said) as refusal:
        read_review(path, pairs, day=DAY)
    assert str(refusal.value).startswith("review.xlsx")
    assert not any(name in str(refusal.value) for name in NAMES)


def test_all_mistakes_are_told_at_once(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)

    def three(sheet: Worksheet) -> None:
        put(2, "Decision 1", "maybe")(sheet)
        put(3, "Decision 2", "maybe")(sheet)
        put(3, "Officer 2", None)(sheet)
        sheet.delete_rows(4)

    fill(path, three)
    with pytest.raises(ListProblemsError) as refusal:
        read_review(path, pairs, day=DAY)
    assert [problem.row for problem in refusal.value.problems] == [2, 3, 3, None]


def test_another_order_more_columns_and_empty_rows_do_no_harm(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    fill(path)
    before = read_review(path, pairs, day=DAY)
    source = load_workbook(path, rich_text=True).worksheets[0]
    rows = [[cell.value for cell in row] for row in source.iter_rows()]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Our review of Sunday"])
    for row in (rows[0], [], *rows[:0:-1]):
        sheet.append([*row[::-1], "a note of ours"] if row else [])
    book.save(path)
    assert read_review(path, pairs, day=DAY) == before


@pytest.mark.parametrize(
    ("words", "why"),
    [(("same", "different"), "the two officers disagree"), (("same", "unsure"), "at least one officer is unsure")],
)
def test_disagreement_and_doubt_leave_a_pair_undecided_with_the_reason(
    tmp_path: Path, pairs: list[Pair], words: tuple[str, str], why: str
) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    fill(path, words=words)
    result = read_review(path, pairs, day=DAY)
    assert [(entry.row, entry.why()) for entry in result.undecided] == [(2, why), (3, why)]
    assert all("осо" in entry.why("uk") for entry in result.undecided)
    assert [decision.left_id for decision in result.settled] == ["r4"]
    assert [pair.left.id for pair in open_pairs(pairs, DecisionBook().add(result.decisions))] == ["r2", "r3"]


def test_a_row_that_is_not_finished_stays_undecided(tmp_path: Path, pairs: list[Pair]) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, pairs)
    fill(path, put(2, "Decision 2", None))
    result = read_review(path, pairs, day=DAY)
    assert [(entry.row, entry.why()) for entry in result.undecided] == [(2, "not both officers have decided")]
    assert len(result.decisions) + len(result.undecided) == len(pairs)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"surname;name"])
def test_what_is_no_workbook_is_refused_in_one_line(tmp_path: Path, pairs: list[Pair], content: bytes) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(content)
    with pytest.raises((PeopleFileError, ListError), match=r"review\.xlsx"):
        read_review(path, pairs, day=DAY)
    with pytest.raises(PeopleFileError, match=r"absent\.xlsx: There is no such file"):
        read_review(tmp_path / "absent.xlsx", pairs, day=DAY)


def test_a_sheet_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, pairs: list[Pair]) -> None:
    with pytest.raises(PeopleFileError, match=r"review\.xlsx"):
        write_review(tmp_path / "absent" / "review.xlsx", pairs)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_without_pairs_is_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_review(path, [])
    assert read_review(path, [], day=DAY).decisions == ()


def test_writing_a_long_sheet_tells_its_progress_in_counts(tmp_path: Path, pairs: list[Pair]) -> None:
    told: list[tuple[str, int, int]] = []
    write_review(tmp_path / "review.xlsx", pairs, progress=lambda step, done, total: told.append((step, done, total)))
    assert told == [("writing the review sheet", 0, 3)]


def test_a_settled_pair_is_asked_again_only_when_a_record_has_changed() -> None:
    pair = make_pair(Question.REGISTER, LIST[0], REGISTER[0])
    book = DecisionBook((decide(pair, Ruling.SAME),))
    assert open_pairs([pair], book) == []
    moved = make_pair(Question.REGISTER, LIST[0], full("ua-0", 0, surname="Абаєнко", state="released"))
    assert open_pairs([moved], book) == []  # Where somebody is says nothing about who somebody is.
    changed = make_pair(Question.REGISTER, LIST[0], full("ua-0", 0, surname="Абаєнко", birth_place="Умань"))
    assert changed.id == pair.id
    assert open_pairs([changed], book) == [changed]


def test_a_pair_of_a_register_found_by_hand_is_asked_and_an_unknown_id_is_refused() -> None:
    (pair, *_) = register_pairs(LIST, REGISTER, [], by_hand=[("r2", "ua-2")])
    assert (pair.right_id, pair.percent) == ("ua-2", "by hand")
    with pytest.raises(ListError, match="r2 and ua-9"):
        register_pairs(LIST, REGISTER, [], by_hand=[("r2", "ua-9")])


def test_pairs_stand_in_the_order_of_the_list_with_the_best_first() -> None:
    proposals = [proposal("r3", "ua-1", 11.0), proposal("r2", "ua-2", 11.0), proposal("r2", "ua-0", 14.0)]
    pairs = register_pairs(LIST, REGISTER, proposals, ask_about_nobody=False)
    assert [(pair.left.id, pair.right_id) for pair in pairs] == [("r2", "ua-0"), ("r2", "ua-2"), ("r3", "ua-1")]


def test_an_entry_that_identifies_nobody_is_not_asked_about_unless_somebody_was_proposed() -> None:
    nobody = person("r9", surname="Абаенко")
    assert register_pairs([nobody], REGISTER, []) == []
    assert [pair.question for pair in register_pairs([nobody], REGISTER, [proposal("r9", "ua-0", 11.0)])] == [Question.REGISTER]


def test_ids_that_stand_twice_are_refused_before_anything_is_asked() -> None:
    with pytest.raises(ListError, match="the id r2 stands twice in the list"):
        repeat_pairs([LIST[0], LIST[0]], [])
