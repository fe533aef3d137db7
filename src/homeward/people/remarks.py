"""Everything that the reader may remark on, as one table: code -> weight, and a sentence in English and in Ukrainian.

A remark never repeats what stands in a cell, because the cell may hold a name; it speaks of fields, rows and headings.
Weights: `row` remarks stand beside a row that was read, `refused` says why a row was not, `file` speaks of the whole file.

>>> remark = Remark("two_digit_year", Field.BIRTH_DATE)
>>> remark.text()
'Date of birth: the year has two digits and was completed by rule.'
>>> remark.text("uk")
'Дата народження: рік записано двома цифрами, його доповнено за правилом.'
>>> Remark("duplicate_id", Field.ID, (("row", "7"),)).text()
'Identifier: the same identifier already stands in row 7.'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.people.person import Field

#: What a field is called on screens, in remarks and at the head of written tables: English, Ukrainian.
FIELD_NAMES: Mapping[Field, tuple[str, str]] = {
    Field.ID: ("Identifier", "Ідентифікатор"),
    Field.SURNAME: ("Surname", "Прізвище"),
    Field.GIVEN_NAMES: ("Given names", "Ім'я"),
    Field.PATRONYMIC: ("Patronymic", "По батькові"),
    Field.FATHER_NAME: ("Father's name", "Ім'я батька"),
    Field.MOTHER_MAIDEN_NAME: ("Mother's maiden name", "Дівоче прізвище матері"),
    Field.BIRTH_DATE: ("Date of birth", "Дата народження"),
    Field.BIRTH_PLACE: ("Place of birth", "Місце народження"),
    Field.SERVICE_NUMBER: ("Service number", "Особистий номер"),
    Field.RANK: ("Rank", "Військове звання"),
    Field.UNIT: ("Unit", "Військова частина"),
    Field.NATIONALITY: ("Nationality", "Громадянство"),
    Field.SEX: ("Sex", "Стать"),
    Field.STATUS: ("Status", "Статус"),
    Field.MEDICAL: ("Medical condition", "Стан здоров'я"),
    Field.MOBILITY: ("Mobility", "Пересування"),
    Field.CAPTURED_ON: ("Date of capture", "Дата полону"),
    Field.CAPTURED_AT: ("Place of capture", "Місце полону"),
    Field.SITE: ("Place held", "Місце утримання"),
    Field.REGION: ("Region", "Область"),
    Field.FAMILY: ("Family", "Родина"),
    Field.CHARGE: ("Charge", "Обвинувачення"),
    Field.SENTENCE: ("Sentence", "Вирок"),
    Field.CATEGORY: ("Category", "Категорія"),
    Field.STATE: ("State", "Стан розшуку"),
    Field.STATE_SINCE: ("State since", "Стан від"),
    Field.NOTE: ("Note", "Примітка"),
}

#: code -> (weight, English, Ukrainian).
REMARKS: Mapping[str, tuple[str, str, str]] = {
    # Why a row is refused.
    "nobody": (
        "refused",
        "the row names nobody: no surname, no given name and no service number.",
        "рядок нікого не називає: немає ні прізвища, ні імені, ні особистого номера.",
    ),
    "duplicate_id": (
        "refused",
        "the same identifier already stands in row {row}.",
        "такий самий ідентифікатор уже є в рядку {row}.",
    ),
    "repeated_header": ("refused", "the row repeats the header of the table.", "рядок повторює заголовок таблиці."),
    "total_row": ("refused", "the row is a total, not a person.", "це підсумок, а не особа."),
    "footer_row": (
        "refused",
        "the row is a signature or a closing line, not a person.",
        "це підпис або кінцевий рядок, а не особа.",
    ),
    "section_row": (
        "refused",
        "one cell spans the table: a title, not a person.",
        "одна клітинка на всю таблицю: це назва, а не особа.",
    ),
    # Remarks on a row that was read.
    "no_id": ("row", "the cell is empty; the row number stands in for it.", "клітинка порожня; замість неї взято номер рядка."),
    "id_lookalike": (
        "row",
        "it looks the same as the identifier in row {row} but is written with other letters.",
        "виглядає так само, як ідентифікатор у рядку {row}, але записаний іншими літерами.",
    ),
    "hidden_row": ("row", "the row is hidden in the sheet; it was read.", "рядок приховано на аркуші; його прочитано."),
    "merged_value": (
        "row",
        "the value comes from a cell merged over several rows.",
        "значення взято з клітинки, об'єднаної на кілька рядків.",
    ),
    "error_cell": ("row", "the cell holds a spreadsheet error.", "у клітинці помилка електронної таблиці."),
    "formula_without_value": (
        "row",
        "the cell holds a formula without a stored value.",
        "у клітинці формула без збереженого значення.",
    ),
    "boolean_cell": (
        "row",
        "the cell holds true or false instead of a value.",
        "у клітинці істина або хибність замість значення.",
    ),
    "cell_cut": (
        "row",
        "the cell is longer than a spreadsheet allows and was cut.",
        "вміст клітинки довший, ніж дозволяє таблиця, його обрізано.",
    ),
    "word_not_known": ("row", "the word is not in the table of known words.", "цього слова немає в таблиці відомих слів."),
    "invisible_removed": (
        "row",
        "invisible characters were left out of the value.",
        "невидимі символи не взято до значення.",
    ),
    "direction_marks": (
        "row",
        "marks that change the direction of writing were left out of the value.",
        "знаки зміни напряму письма не взято до значення.",
    ),
    "mixed_letters": (
        "row",
        "Latin and Cyrillic letters that look alike are mixed in one word; the value was repaired.",
        "в одному слові змішано схожі латинські та кириличні літери; значення виправлено.",
    ),
    "mixed_letters_kept": (
        "row",
        "letters of two scripts are mixed in one word; the value was left as written.",
        "в одному слові змішано літери двох абеток; значення залишено як написано.",
    ),
    "digits_in_name": ("row", "there is a digit in the name.", "у прізвищі чи імені є цифра."),
    "no_letters": (
        "row",
        "there is no letter in the name; it was not read.",
        "у прізвищі чи імені немає жодної літери; його не прочитано.",
    ),
    "death_in_name": (
        "row",
        "a note of death stands beside the name; it was left out of the value and proves nothing.",
        "біля прізвища стоїть позначка про смерть; до значення її не взято, і вона нічого не доводить.",
    ),
    "note_in_name": (
        "row",
        "a note in brackets stands beside the name; it was left out of the value.",
        "біля прізвища стоїть примітка в дужках; до значення її не взято.",
    ),
    "rank_in_name": (
        "row",
        "a rank stands beside the name; it was left out of the value.",
        "біля прізвища стоїть звання; до значення його не взято.",
    ),
    "one_word_name": (
        "row",
        "the full name is one word; it was read as the surname.",
        "повне ім'я має одне слово; його прочитано як прізвище.",
    ),
    "initials_only": ("row", "there are only initials.", "є лише ініціали."),
    "name_order": (
        "row",
        "which word is the surname was decided by rule, not by the writing.",
        "яке слово є прізвищем, вирішено за правилом, а не з написання.",
    ),
    "name_split": (
        "row",
        "the full name has more words than expected; check how it was split.",
        "у повному імені більше слів, ніж очікувано; перевірте, як його поділено.",
    ),
    "full_name_in_surname": (
        "row",
        "the whole name stands in the column of the surname; it was split.",
        "у стовпці прізвища стоїть повне ім'я; його поділено.",
    ),
    "impossible_date": ("row", "there is no such day in the calendar.", "такого дня в календарі немає."),
    "unreadable_date": ("row", "this could not be read as a date.", "це не вдалося прочитати як дату."),
    "implausible_year": (
        "row",
        "the year cannot be right; the date was not read.",
        "рік не може бути правильним; дату не прочитано.",
    ),
    "age_not_date": ("row", "this is an age, not a date; it was not read.", "це вік, а не дата; його не прочитано."),
    "two_digit_year": (
        "row",
        "the year has two digits and was completed by rule.",
        "рік записано двома цифрами, його доповнено за правилом.",
    ),
    "serial_date": (
        "row",
        "the date was stored as a number of days and was counted back.",
        "дату збережено як кількість днів, її перераховано.",
    ),
    "month_first": (
        "row",
        "the month stands before the day; no other reading is possible.",
        "місяць стоїть перед днем; інакше прочитати не можна.",
    ),
    "day_first": (
        "row",
        "day and month could be swapped; the day was read first.",
        "день і місяць можна переплутати; першим прочитано день.",
    ),
    "approximate": ("row", "the date is written as approximate.", "дату вказано приблизно."),
    "letters_in_date": (
        "row",
        "letters stand in place of digits; they were read as digits.",
        "замість цифр стоять літери; їх прочитано як цифри.",
    ),
    "captured_before_birth": (
        "row",
        "the date of capture lies before the date of birth.",
        "дата полону раніша за дату народження.",
    ),
    # About the whole file.
    "unknown_columns": (
        "file",
        "columns that no table knows were kept as written: {headings}.",
        "невідомі стовпці збережено як написано: {headings}.",
    ),
    "column_repeated": (
        "file",
        "more than one column is headed as this field; the first was read and these were kept as written: {headings}.",
        "це поле мають кілька стовпців; прочитано перший, решту збережено як написано: {headings}.",
    ),
    "mapping_unused": (
        "file",
        "the mapping names headings that the file does not have: {headings}.",
        "у відповідностях є заголовки, яких немає у файлі: {headings}.",
    ),
    "numbering_row": (
        "file",
        "row {row} under the header numbers the columns and was not counted as a row.",
        "рядок {row} під заголовком нумерує стовпці, його не враховано.",
    ),
    "encoding": ("file", "the text file was read as {encoding}.", "текстовий файл прочитано в кодуванні {encoding}."),
    "bad_bytes": (
        "file",
        "{count} characters of the text file were damaged and are shown as \ufffd.",
        "{count} символів текстового файлу пошкоджено, їх показано як \ufffd.",
    ),
    "hidden_sheet_read": ("file", "the sheet is hidden; it was read.", "аркуш приховано; його прочитано."),
    "hidden_sheet_left": (
        "file",
        "a hidden sheet also holds a list and was not read: {sheets}.",
        "прихований аркуш теж містить список, його не прочитано: {sheets}.",
    ),
    "hidden_columns": ("file", "hidden columns were read: {columns}.", "прочитано приховані стовпці: {columns}."),
    "mixed_date_order": (
        "file",
        "some dates have the month first, others could be read either way: check the {count} marked rows.",
        "у деяких датах першим стоїть місяць, інші можна прочитати двояко: перевірте {count} позначених рядків.",
    ),
}  # fmt: skip

_LANGUAGES = ("en", "uk")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: a code of `REMARKS`, the field it is about (None: the row or the file), and details to fill in."""

    code: str
    field: Field | None = None
    details: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = "en") -> str:
        """The sentence in English or Ukrainian (`ValueError` for another language), headed by the field it is about."""
        if language not in _LANGUAGES:
            raise ValueError(f"remarks are written in {' and '.join(_LANGUAGES)}, not in {language}")
        at = _LANGUAGES.index(language)
        sentence = REMARKS[self.code][1 + at].format(**dict(self.details))
        if self.field is None:
            return sentence[0].upper() + sentence[1:]
        return f"{FIELD_NAMES[self.field][at]}: {sentence}"
