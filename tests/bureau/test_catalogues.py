"""Catalogues: English and Ukrainian complete, Russian, Turkish and Arabic laid; what is compiled is what is written.

A new text fails here until it is in the catalogue:

    cd src/homeward/bureau/APP && django-admin makemessages -l uk -l en --no-location    (then fill in, then compilemessages)
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
from django.utils.translation import ngettext

import homeward.bureau

ROOT = Path(homeward.bureau.__file__).parent
COMPLETE, LAID = ("en", "uk"), ("ru", "tr", "ar")

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


@pytest.mark.parametrize("app", APPS)
def test_every_text_of_the_source_is_in_both_complete_catalogues(app: str, extracted: Mapping[str, set[str]]) -> None:
    for language in COMPLETE:
        missing = extracted[app] - set(_entries(_catalogue(app, language)))
        assert not missing, f"{app}/{language}: run makemessages and fill in: {sorted(missing)[:10]}"


@pytest.mark.parametrize("app", APPS)
def test_no_entry_in_ukrainian_is_empty_or_fuzzy(app: str) -> None:
    entries = _entries(_catalogue(app, "uk"))
    wrong = [name for name, (texts, fuzzy) in entries.items() if fuzzy or not texts or not all(texts)]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_ukrainian_keeps_every_placeholder_and_has_its_four_forms_of_number(app: str) -> None:
    wrong = []
    for name, (texts, _) in _entries(_catalogue(app, "uk")).items():
        asked, told = set(_placeholders(name)), [set(_placeholders(text)) for text in texts]
        # A form for one may leave the number out; nothing may name what is not there.
        if len(texts) not in {1, 4} or not all(each <= asked for each in told) or (len(texts) == 1 and told != [asked]):
            wrong.append(name)
    assert wrong == []


def test_one_english_text_is_one_ukrainian_text_in_all_apps() -> None:
    """Django reads all catalogues as one: of two translations of the same words one would be shown in the wrong place."""
    told: dict[str, dict[tuple[str, ...], str]] = {}
    for app in APPS:
        for name, (texts, _) in _entries(_catalogue(app, "uk")).items():
            told.setdefault(name, {})[texts] = app
    twofold = {name.strip("\x04"): list(texts.items()) for name, texts in told.items() if len(texts) > 1}
    assert not twofold, "agree on one text, or give one of them a context or other words"


def _placeholders(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)[sd]|{\w+}", text)


@pytest.mark.parametrize("language", [*COMPLETE, *LAID])
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


def test_every_language_of_the_menu_has_its_catalogues() -> None:
    assert {code for code, _ in settings.LANGUAGES} == {*COMPLETE, *LAID}


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 рядок"), (2, "2 рядки"), (5, "5 рядків"), (11, "11 рядків"), (21, "21 рядок"), (22, "22 рядки")],
)
def test_ukrainian_counts_as_ukrainian_does(count: int, expected: str) -> None:
    with translation.override("uk"):
        assert ngettext("%(count)s line", "%(count)s lines", count) % {"count": count} == expected


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    from datetime import date

    day = date(2025, 5, 24)
    told = {}
    for language in ("en", "uk"):
        with translation.override(language):
            told[language] = (formats.date_format(day, "DATE_FORMAT"), formats.date_format(day, "SHORT_DATE_FORMAT"))
    assert told == {"en": ("24 May 2025", "2025-05-24"), "uk": ("24 травня 2025 р.", "24.05.2025")}


def test_a_language_without_a_word_shows_the_english_one() -> None:
    with translation.override("tr"):
        assert translation.gettext("a text that no catalogue knows") == "a text that no catalogue knows"
