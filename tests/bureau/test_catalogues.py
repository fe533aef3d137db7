"""Catalogues: all five languages complete, one text for one text, placeholders kept; what is compiled is what is written.

A new text fails here until it is in the catalogue:

    cd src/homeward/bureau/APP && django-admin makemessages -l uk -l ru -l tr -l ar -l en --no-location

then fill in (docs/words.md has the words), then compilemessages.
"""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import formats, translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import ngettext

import homeward.bureau

ROOT = Path(homeward.bureau.__file__).parent
#: Language → how many forms of number its catalogues have. English is the source and stays empty.
TRANSLATED = {"uk": 4, "ru": 4, "tr": 2, "ar": 6}
LANGUAGES = ("en", *TRANSLATED)

#: A text that is looked up, as `xgettext` sees it: in Python through gettext or its short names, in templates through the tags.
_IN_PYTHON = re.compile(r"\b(?:_|_p|gettext|gettext_lazy|pgettext|pgettext_lazy|ngettext|ngettext_lazy)\(\s*[\"']")
_IN_TEMPLATE = re.compile(r"{%\s*(?:translate|trans|blocktranslate|blocktrans)\b")


#: `makemessages` in each of the folders named, which it wants to stand in.
_MAKE = """
import os, sys
import django
from django.core.management import call_command
django.setup()
for app in sys.argv[1:]:
    os.chdir(app)
    call_command("makemessages", locale=["uk"], no_location=True, verbosity=0)
    os.chdir("..")
"""


def _has_text(app: Path) -> bool:
    return any(_IN_PYTHON.search(path.read_text("utf-8")) for path in app.rglob("*.py")) or any(
        _IN_TEMPLATE.search(path.read_text("utf-8")) for path in app.rglob("*.html")
    )


APPS = [path.name for path in sorted(ROOT.iterdir()) if path.is_dir() and _has_text(path)]


def _catalogue(app: str, language: str) -> Path:
    return ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"


def _entries(path: Path) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Every entry of a .po file by its id (with its context): its texts, and whether it is fuzzy. Obsolete ones are left out."""
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        fields: dict[str, str] = {}
        field = ""
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            if match := re.match(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+"(.*)"$', line):
                field = match.group(1)
                fields[field] = match.group(2)
            elif match := re.match(r'"(.*)"$', line):
                fields[field] += match.group(1)
        if fields.get("msgid"):
            texts = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
            found[f"{fields.get('msgctxt', '')}\x04{fields['msgid']}"] = (texts, fuzzy)
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """The ids of all texts of every app, taken out anew from its source as it is now."""
    found: dict[str, set[str]] = {}
    if subprocess.run(["xgettext", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("no gettext here (apt-get install gettext)")
    apps = tmp_path_factory.mktemp("apps")
    for app in APPS:
        copy = apps / app
        copy.mkdir()
        for path in (ROOT / app).rglob("*"):
            if path.suffix in {".py", ".html", ".txt"} and "locale" not in path.parts:
                target = copy / path.relative_to(ROOT / app)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        (copy / "locale").mkdir(exist_ok=True)
    # One process for all apps: most of its time is its start.
    ended = subprocess.run([sys.executable, "-P", "-c", _MAKE, *APPS], cwd=apps, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    for app in APPS:
        made = apps / app / "locale" / "uk" / "LC_MESSAGES" / "django.po"
        found[app] = set(_entries(made)) if made.exists() else set()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_every_text_of_the_source_is_in_every_catalogue(app: str, language: str, extracted: Mapping[str, set[str]]) -> None:
    missing = extracted[app] - set(_entries(_catalogue(app, language)))
    assert not missing, f"{app}/{language}: run makemessages and fill in: {sorted(missing)[:10]}"


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("app", APPS)
def test_no_entry_is_empty_or_fuzzy(app: str, language: str) -> None:
    entries = _entries(_catalogue(app, language))
    wrong = [name for name, (texts, fuzzy) in entries.items() if fuzzy or not texts or not all(texts)]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("app", APPS)
def test_a_translation_keeps_every_placeholder_and_has_the_forms_of_number_of_its_language(app: str, language: str) -> None:
    wrong = []
    for name, (texts, _) in _entries(_catalogue(app, language)).items():
        asked, told = set(_placeholders(name)), [set(_placeholders(text)) for text in texts]
        # A form for one may leave the number out; nothing may name what is not there.
        right = all(each <= asked for each in told) and (told == [asked] if len(texts) == 1 else told[-1] == asked)
        if len(texts) not in {1, TRANSLATED[language]} or not right:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_english_text_is_one_translation_in_all_apps(language: str) -> None:
    """Django reads all catalogues as one: of two translations of the same words one would be shown in the wrong place."""
    told: dict[str, dict[tuple[str, ...], str]] = {}
    for app in APPS:
        for name, (texts, _) in _entries(_catalogue(app, language)).items():
            told.setdefault(name, {})[texts] = app
    twofold = {name.strip("\x04"): list(texts.items()) for name, texts in told.items() if len(texts) > 1}
    assert not twofold, "agree on one text, or give one of them a context or other words"


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("app", APPS)
def test_a_translation_is_in_the_letters_of_its_language(app: str, language: str) -> None:
    """A text put into the wrong catalogue is seen by its letters."""
    letters = {"uk": "[а-щьюяєіїґ]", "ru": "[а-яё]", "tr": "[a-zçğıöşü]", "ar": "[\u0621-\u064a]"}[language]
    strange = {"uk": "[ыэъё\u0621-\u064a]", "ru": "[іїєґ\u0621-\u064a]", "tr": "[а-я\u0621-\u064a]", "ar": "[а-яіїєґ]"}[
        language
    ]
    wrong = []
    for name, (texts, _) in _entries(_catalogue(app, language)).items():
        for text in texts:
            bare = re.sub(r"%\(\w+\)[sd]|<[^>]*>|\\n", " ", text).casefold()
            words = re.search(r"[^\W\d_]", bare) and re.search(r"[a-z]{3}", name) and not re.search("[A-Z]{3}|№", text)
            if re.search(strange, bare) or (words and not re.search(letters, bare)):
                wrong.append((name, text))
    assert wrong == []


def _placeholders(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)[sd]|{\w+}", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_what_is_compiled_is_what_is_written(app: str, language: str) -> None:
    po = _catalogue(app, language)
    assert po.exists(), f"{app}: makemessages -l {language}"
    with po.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    told: dict[str, str] = {}
    for key, text in compiled.items():
        told.setdefault(str(key[0] if isinstance(key, tuple) else key), str(text))
    for name, (texts, fuzzy) in _entries(po).items():
        if not fuzzy and texts and all(texts):
            key = name.removeprefix("\x04")
            assert told.get(_unescaped(key)) == _unescaped(texts[0]), f"{app}/{language}: run compilemessages ({key})"


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")


def test_a_date_or_a_share_in_an_arabic_sentence_is_isolated() -> None:
    """After an Arabic word a hyphen would turn a date round, and a sign before a number would change sides."""
    turned = [
        text
        for app in APPS
        for texts, _ in _entries(_catalogue(app, "ar")).values()
        for text in texts
        if re.search(r"(?<!\u2066)%\((?:at|when|probability)\)s|%\((?:at|when|probability)\)s(?!\u2069)", text)
    ]
    assert turned == []


def test_no_text_of_ours_is_the_name_of_a_month_or_a_day() -> None:
    """Django writes dates with these words; "May" as what somebody may do would stand in every date of that month."""
    texts = {name.removeprefix("\x04") for app in APPS for name in _entries(_catalogue(app, "en"))}
    with translation.override("en"):
        calendar = {str(name) for table in (MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR) for name in table.values()}
    assert texts & calendar == set()


def test_every_language_of_the_menu_has_its_catalogues() -> None:
    assert {code for code, _ in settings.LANGUAGES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("uk", {1: "1 рядок", 2: "2 рядки", 5: "5 рядків", 11: "11 рядків", 21: "21 рядок", 22: "22 рядки"}),
        ("ru", {1: "1 строка", 2: "2 строки", 5: "5 строк", 11: "11 строк", 21: "21 строка", 22: "22 строки"}),
        ("tr", {0: "0 satır", 1: "1 satır", 2: "2 satır", 11: "11 satır"}),
        ("ar", {0: "لا سطور", 1: "سطر واحد", 2: "سطران", 3: "3 سطور", 11: "11 سطرًا", 100: "100 سطر", 103: "103 سطور"}),
    ],
)
def test_a_number_is_counted_as_the_language_counts(language: str, expected: Mapping[int, str]) -> None:
    with translation.override(language):
        assert {n: ngettext("%(count)s line", "%(count)s lines", n) % {"count": n} for n in expected} == expected


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    from datetime import date

    day = date(2025, 5, 24)
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = (formats.date_format(day, "DATE_FORMAT"), formats.date_format(day, "SHORT_DATE_FORMAT"))
    assert told == {
        "en": ("24 May 2025", "2025-05-24"),
        "uk": ("24 травня 2025 р.", "24.05.2025"),
        "ru": ("24 мая 2025 г.", "24.05.2025"),
        "tr": ("24 Mayıs 2025", "24 May 2025"),
        "ar": ("24 مايو 2025", "2025/05/24"),
    }


def test_a_language_without_a_word_shows_the_english_one() -> None:
    with translation.override("tr"):
        assert translation.gettext("a text that no catalogue knows") == "a text that no catalogue knows"
