"""Dates as lists write them, read into partial dates.

>>> print(read_date("14 березня 1987 р.").value, read_date("??.03.1987").value, read_date("14/3/87", birth=True).value)
1987-03-14 1987-03 1987-03-14
>>> read_date("31.02.1990")
DateReading(value=<Absence.UNKNOWN: 'unknown'>, remarks=('impossible_date',))
>>> read_date(31850.0).value  # what Excel stores for 14 March 1987
PartialDate(year=1987, month=3, day=14)

Rules:

* Day before month, as Ukrainian and Russian lists write. `03/14/1987` can only be month first: read so, with a remark. When
  both could be swapped, a date with slashes or hyphens gets a remark; one with dots does not, because nobody writes months
  first with dots.
* Two digits of a year: a birth year 00 to 19 is 2000 to 2019, 20 to 99 is 1920 to 1999; any other year 00 to 68 is 2000 to
  2068, 69 to 99 is 1969 to 1999. No rule asks what today is.
* A number from 1900 to 2100 is a year; from 3000 to 80000 a count of days as Excel keeps them; of 7 or 8 digits a date
  without dots; under 130 an age, which is no date.
* `00`, `??`, `xx` and `__` stand for a day or month that is not known.
* Birth years outside 1900 to 2029 and other years outside 1900 to 2100 are not believed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from homeward.people.dates import PartialDate
from homeward.people.grid import Cell
from homeward.people.person import Absence
from homeward.people.words import month_of


class DateReading(NamedTuple):
    """The date or UNKNOWN, and the codes of the remarks."""

    value: PartialDate | Absence
    remarks: tuple[str, ...]


# One X alone is October in Roman numerals; two or more stand for digits that are not known.
_PART = r"([0-9]{1,4}|[?_*-]{1,4}|[xхXХ]{2,4})"
_NUMERIC = re.compile(rf"{_PART}\s*([./,\\\s-])[./,\\\s-]*{_PART}\s*[./,\\\s-]+{_PART}")
_MONTH_YEAR = re.compile(r"([0-9]{1,2}|[0-9]{4})[./,\\\s-]+([0-9]{4}|[0-9]{1,2})")
_DIGITS = re.compile(r"[0-9]+")
_TAIL = re.compile(r"(?<=[0-9])(?:\s*(?:року|рік|роки|р\.?\s?н|год[ау]?|г\.?\s?р|р|г|year|م)\.?)+$")
_TIME = re.compile(r"[\sT,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\s?[AaPp][Mm])?$")
_ABOUT = re.compile(
    r"^(?:приблизно|близько|орієнтовно|бл|приблизительно|примерно|около|ок|about|approx|approximately|circa|ca|c|~|≈)(?:\.\s*|\s+|(?=[0-9]))"
)
_AGE = re.compile(r"^[0-9]{1,3}\s*(?:років|роки|рік|р|років|лет|года|год|л|years|year|years old|y\.?\s?o|yo)\.?$")
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+(?:ʼ[^\W\d_]+)*|\?+")
_LETTER_DIGITS = str.maketrans(
    {"О": "0", "о": "0", "O": "0", "o": "0", "З": "3", "з": "3", "І": "1", "і": "1", "l": "1", "I": "1"}
)
_LOOKS_NUMERIC = re.compile(r"[0-9ОоOoЗзІіlI]{1,4}[./-][0-9ОоOoЗзІіlI]{1,4}[./-][0-9ОоOoЗзІіlI]{1,4}")
_ROMAN = re.compile(r"[./-][IVXІ]+[./-]")
_UNREADABLE = DateReading(Absence.UNKNOWN, ("unreadable_date",))
#: Arabic names of months that are two words; read as one.
_TWO_WORDS = re.compile(r"\b(كانون|تشرين)\s+(?=ال)")
_ORDINALS = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|го|е|-го|-е)\b")


def read_date(cell: Cell, *, birth: bool = False, from_1904: bool = False) -> DateReading:
    """Read one cell. It never fails: what is no date gives UNKNOWN and a remark that says why."""
    if isinstance(cell, date):
        return _believed(PartialDate.from_date(cell), (), birth)
    if isinstance(cell, bool) or cell is None:
        return _UNREADABLE
    if isinstance(cell, (int, float)):
        return _from_number(float(cell), birth, from_1904)
    if not isinstance(cell, str):
        return _UNREADABLE
    return _from_text(cell, birth, from_1904)


def _from_number(number: float, birth: bool, from_1904: bool) -> DateReading:
    if not 0 <= number < 1e8:
        return _UNREADABLE
    whole = int(number)
    if number == whole and 1900 <= whole <= 2100:
        return _believed(PartialDate(whole), (), birth)
    if number == whole and whole < 130:
        return DateReading(Absence.UNKNOWN, ("age_not_date",))
    if 3000 <= number <= 80000:
        return _believed(PartialDate.from_date(serial_day(number, from_1904=from_1904)), ("serial_date",), birth)
    if number == whole and whole >= 1_000_000:
        return _from_digits(str(whole), birth)
    return _UNREADABLE


def serial_day(number: float, *, from_1904: bool = False) -> date:
    """The day that Excel shows for a count of days.

    Counting from 1900, Excel believes in 29 February 1900 (day 60), which never was; days before it are one further on.

    >>> serial_day(1).isoformat(), serial_day(59).isoformat(), serial_day(61).isoformat()
    ('1900-01-01', '1900-02-28', '1900-03-01')
    >>> serial_day(0, from_1904=True).isoformat()
    '1904-01-01'
    """
    whole = int(number)
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=whole)
    return date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)


def _from_digits(digits: str, birth: bool) -> DateReading:
    """Eight digits without dots: `19870314` or `14031987`; a leading zero may have been lost."""
    if len(digits) == 8 and 1900 <= int(digits[:4]) <= 2100:
        reading = _settle(int(digits[:4]), digits[4:6], digits[6:], (), birth)
        if isinstance(reading.value, PartialDate):
            return reading
    digits = digits.zfill(8)
    if len(digits) == 8 and 1900 <= int(digits[4:]) <= 2100:
        return _settle(int(digits[4:]), digits[2:4], digits[:2], (), birth)
    return _UNREADABLE


def _from_text(text: str, birth: bool, from_1904: bool) -> DateReading:
    if len(text) > 100:
        return _UNREADABLE
    text = " ".join(unicodedata.normalize("NFKC", text).replace("'", "ʼ").split())
    text = "".join(str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter for letter in text)
    remarks: tuple[str, ...] = ()
    if (
        _LOOKS_NUMERIC.fullmatch(text)
        and not re.fullmatch(r"[0-9./-]+", text)
        and _NUMERIC.fullmatch(text) is None
        and not _ROMAN.search(text)
    ):
        letters = text.translate(_LETTER_DIGITS)
        if _NUMERIC.fullmatch(letters) and sum(letter.isalpha() for letter in text) <= 3:
            text, remarks = letters, ("letters_in_date",)
    folded = text.casefold()
    if _AGE.match(folded):
        return DateReading(Absence.UNKNOWN, ("age_not_date",))
    about = _ABOUT.sub("", folded)
    if about != folded:
        remarks += ("approximate",)
    bare = _TIME.sub("", about) if ":" in about else about
    bare = _TAIL.sub("", bare).strip(" .,;")
    if _DIGITS.fullmatch(bare):
        reading = _from_number(float(bare), birth, from_1904) if len(bare) < 9 else _UNREADABLE
        return DateReading(reading.value, remarks + reading.remarks)
    bare = re.sub(r"(?<=\d)t[0-9:.z+-]+$", "", bare)
    if match := _NUMERIC.fullmatch(bare):
        first, mark, second, third = match.groups()
        return _three_parts((first, mark, second, third), remarks, birth)
    if match := _MONTH_YEAR.fullmatch(bare):
        month, year = match.groups() if len(match.group(2)) == 4 else reversed(match.groups())
        if len(year) == 4 and len(month) <= 2:
            return _settle(int(year), month, "", remarks, birth)
        return _UNREADABLE
    return _with_month_name(bare, remarks, birth)


def _three_parts(parts: tuple[str, str, str, str], remarks: tuple[str, ...], birth: bool) -> DateReading:
    first, mark, second, third = parts
    if first.isdigit() and len(first) == 4:
        return _settle(int(first), second, third, remarks, birth)
    if not third.isdigit() or len(third) == 3 or len(first) > 2 or len(second) > 2:
        if third.isdigit() and len(third) == 4 and not (first.isdigit() or second.isdigit()):
            return _settle(int(third), "", "", remarks, birth)
        return _UNREADABLE
    year = int(third)
    if third.strip("0") == "" and first.strip("0") == "":
        return DateReading(Absence.UNKNOWN, remarks)
    if len(third) <= 2:
        year += 2000 if year <= (19 if birth else 68) else 1900
        remarks += ("two_digit_year",)
    if first.isdigit() and second.isdigit():
        day, month = int(first), int(second)
        if month > 12 >= day > 0:
            return _settle(year, first, second, (*remarks, "month_first"), birth)
        if mark in "/-\\" and 0 < day <= 12 and 0 < month <= 12 and day != month:
            remarks += ("day_first",)
    return _settle(year, second, first, remarks, birth)


def _with_month_name(text: str, remarks: tuple[str, ...], birth: bool) -> DateReading:
    words = _WORDS.findall(_TWO_WORDS.sub(r"\1", _ORDINALS.sub("", text)))
    # A set: offices of the United Nations write a month by both its Arabic names, with a stroke between them.
    months = {number for word in words if not word.isdigit() and (number := month_of(word)) is not None}
    numbers = [word for word in words if word.isdigit()]
    others = [word for word in words if not word.isdigit() and month_of(word) is None and word.strip("?")]
    if len(months) != 1 or any(
        word not in {"року", "року народження", "года", "of", "р", "г", "рн", "гр", "рік", "год", "yılı", "yıl", "سنة", "عام"}
        for word in others
    ):
        return _UNREADABLE
    month = str(*months)
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return _settle(int(numbers[0]), month, "", remarks, birth)
    if len(numbers) != 2:
        return _UNREADABLE
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else (numbers[0], numbers[1])
    if len(day) > 2 or len(year) == 3 or len(year) > 4:
        return _UNREADABLE
    whole = int(year)
    if len(year) <= 2:
        whole += 2000 if whole <= (19 if birth else 68) else 1900
        remarks += ("two_digit_year",)
    return _settle(whole, month, day, remarks, birth)


def _settle(year: int, month: str, day: str, remarks: tuple[str, ...], birth: bool) -> DateReading:
    """Build the date; a part of zeros or question marks is not known, and a day without a month is left out."""
    number_of_month = int(month) if month.isdigit() else 0
    number_of_day = int(day) if day.isdigit() else 0
    try:
        value = PartialDate(year, number_of_month or None, number_of_day or None if number_of_month else None)
    except ValueError:
        return DateReading(Absence.UNKNOWN, (*remarks, "impossible_date"))
    return _believed(value, remarks, birth)


def _believed(value: PartialDate, remarks: tuple[str, ...], birth: bool) -> DateReading:
    if not 1900 <= value.year <= (2029 if birth else 2100):
        return DateReading(Absence.UNKNOWN, (*remarks, "implausible_year"))
    return DateReading(value, remarks)
