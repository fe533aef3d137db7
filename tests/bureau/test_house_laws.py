"""The laws of the bureau, held by reading its source: who writes, what is logged, what templates may hold, who may use a view."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import homeward.bureau
from tests.bureau.walking import addresses

ROOT = Path(homeward.bureau.__file__).parent
SOURCES = sorted(path for path in ROOT.rglob("*.py"))
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html"))

#: Methods of a manager, a query or a row that write.
_WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
    "update",
    "asave",
    "adelete",
}
#: What has methods of these names and is no row: dictionaries, sets, sessions, hashes, forms of the login library.
_NO_ROW = re.compile(
    r"^(self|super|session|found|counts|state|data|kept\.data|seen|digest|hash)$|\.(session|cleaned_data|headers|attrs|data)$"
)
#: Files that write although no `services` is in their name, with the reason.
_MAY_WRITE = {
    "access/demo.py": "lays the invented officers of a demo",
    "journal/models.py": "refuses to write",
    "vault/resealing.py": "seals second factors anew",
    "vault/sessions.py": "is where sessions are kept",
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _may_write(path: Path) -> bool:
    name = _name(path)
    return (
        path.name.startswith("services")
        or "/services/" in name
        or "migrations" in path.parts
        or name.startswith("demo/")
        or name in _MAY_WRITE
    )


@pytest.mark.parametrize("path", [path for path in SOURCES if not _may_write(path)], ids=_name)
def test_only_services_write_to_the_database(path: Path) -> None:
    found = [f"line {line}: {text}" for line, text in _writes(ast.parse(path.read_text("utf-8")))]
    assert not found, f"{_name(path)}: move into a services*.py, beside its line in the journal: {found}"


def _writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITES:
            owner = ast.unparse(node.func.value)
            is_query = ".objects" in owner or node.func.attr in {
                "bulk_create",
                "bulk_update",
                "update_or_create",
                "get_or_create",
            }
            is_row = node.func.attr in {"save", "delete"} and not _NO_ROW.search(owner)
            if is_query or is_row:
                yield node.lineno, ast.unparse(node)[:80]
        # Raw SQL that changes something.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"execute", "executemany"}:
            said = ast.unparse(node.args[0]) if node.args else ""
            if "PRAGMA" not in said and re.search(r"\b(INSERT|UPDATE|DELETE|DROP|ALTER|TRUNCATE)\b", said):
                yield node.lineno, said[:80]


def test_the_law_about_writing_sees_what_it_is_for() -> None:
    for text in (
        "User.objects.create(a=1)",
        "Line.objects.filter(pk=1).update(a=2)",
        "person.save()",
        "cursor.execute('DELETE FROM a')",
    ):
        assert list(_writes(ast.parse(text))), text
    for text in ("counts.update(a=1)", "self.save()", "request.session.save()", "cursor.execute('SELECT 1')"):
        assert not list(_writes(ast.parse(text))), text


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name.startswith("services")], ids=_name)
def test_a_services_file_that_writes_writes_the_journal_too(path: Path) -> None:
    text = path.read_text("utf-8")
    if list(_writes(ast.parse(text))):
        assert re.search(r"journal\.services|\b_?(write|note\w*)\(", text), f"{_name(path)} writes and tells nobody"


_LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_log_line_and_a_print_hold_no_value(path: Path) -> None:
    """What is logged is a template and numbers: no f-string, no person, no form, no request."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            wrong.append(f"line {node.lineno}: print")
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in _LOGGING
            and "log" in ast.unparse(node.func.value).lower()
        ):
            first, *values = node.args
            if not isinstance(first, ast.Constant):
                wrong.append(f"line {node.lineno}: the message is put together")
            wrong += [f"line {node.lineno}: {ast.unparse(each)}" for each in values if not _is_harmless(each)]
    assert not wrong, f"{_name(path)}: {wrong}"


def _is_harmless(value: ast.expr) -> bool:
    """A count, a constant, an id."""
    said = ast.unparse(value)
    return (
        isinstance(value, ast.Constant) or said.startswith(("len(", "type(")) or said.endswith((".pk", ".id", "_id", "count"))
    )


class _Page(HTMLParser):
    """What the laws ask of a template."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.headers_without_scope = 0
        self.hosts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_script = tag == "script" and "src" not in given and given.get("type") != "application/json"
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.inline.append(f"<{tag} {name}>")
            if name in {"src", "href", "action", "formaction", "poster", "data", "srcset", "hx-get", "hx-post"} and re.match(
                r"\s*(https?:)?//", value or ""
            ):
                self.hosts.append(f"<{tag} {name}={value}>")
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.inline.append(f"<{tag}>")
        if tag == "th" and "scope" not in given:
            self.headers_without_scope += 1

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.inline.append("<script> with a program in it")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(_without_tags(path.read_text("utf-8")))
    return page


def _without_tags(text: str) -> str:
    text = re.sub(r"{% comment.*?endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)
    # What a tag puts out stands for a word; a quote inside a tag must not end an attribute.
    return re.sub(r"{%.*?%}|{{.*?}}", lambda match: " " if match.group().startswith("{%") else "0", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_holds_no_inline_style_or_script_and_no_other_host(path: Path) -> None:
    page = _read(path)
    assert page.inline == []
    assert page.hosts == []
    assert page.headers_without_scope == 0, "a header of a table says whether it heads a column or a row"
    assert "|safe" not in path.read_text("utf-8") or path.name == "field.html", "what a person wrote is never markup"


#: Text that is the same in every language.
_NO_WORDS = re.compile(r"^[\W\d_]*$|^(Homeward|HOMEWARD|HTTPS|JSON|CSV|XLSX|UTC|SHA-256|QR|[a-z]{1,2}-\d+)$")


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_word_of_a_template_is_in_the_catalogues(path: Path) -> None:
    text = re.sub(r"{% blocktrans(late)?\b.*?endblocktrans(late)? %}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"{% block main_class %}.*?{% endblock %}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(kbd|code)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = _without_tags(text)
    found = []

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.skipping = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.skipping += tag in {"script", "style"}
            found.extend(
                value
                for name, value in attrs
                if name in {"title", "alt", "placeholder", "aria-label", "aria-description"} and _is_word(value or "")
            )

        def handle_endtag(self, tag: str) -> None:
            self.skipping -= tag in {"script", "style"}

        def handle_data(self, data: str) -> None:
            if not self.skipping and _is_word(data):
                found.append(data.strip())

    Words().feed(text)
    assert found == [], "put these into {% translate %} or {% blocktranslate %}"


def _is_word(text: str) -> bool:
    return any(not _NO_WORDS.match(word) for word in text.split())


def test_every_view_says_who_may_use_it() -> None:
    silent = [
        each.name
        for each in addresses()
        if not getattr(each.view, "__module__", "").startswith("allauth.") and not hasattr(each.view, "needs")
    ]
    assert silent == [], "say @needs(Permission.…) or @public"


def test_open_views_are_few_and_known() -> None:
    """A view without a login is a decision; this list is where it is taken."""
    open_ones = {each.name for each in addresses() if getattr(each.view, "needs", ()) is None}
    assert open_ones <= {"health", "set_language", "exchanges:peer"}


@pytest.mark.parametrize("path", [path for path in SOURCES if "migrations" not in path.parts], ids=_name)
def test_a_file_of_the_bureau_can_be_read_in_five_minutes(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_scripts_and_styles_of_the_pages_name_no_other_host() -> None:
    for path in [*ROOT.rglob("static/**/*.css"), *ROOT.rglob("static/**/*.js")]:
        if "vendor" in path.parts:
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"https?://|@import|url\(\s*['\"]?//", text), _name(path)


def test_styles_turn_by_themselves_for_arabic() -> None:
    """Logical sides only: start and end, never left and right."""
    sided = re.compile(
        r"(?<![\w-])(margin|padding|border|inset)-(left|right|top|bottom)\b|(?<![\w-])(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)"
    )
    for path in ROOT.rglob("static/**/*.css"):
        assert not sided.search(path.read_text("utf-8")), _name(path)
