"""`homeward terms`: check a terms file, show it as text that officials can sign, print its schema."""

from __future__ import annotations

import json
from pathlib import Path

import click

from homeward.cli.options import LANGUAGE
from homeward.cli.outcome import Exit, finish, json_option
from homeward.terms import as_text, json_schema, legal_remarks, load

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("terms")
def terms_command() -> None:
    """Check, show and describe terms files (schema exchange-terms/1)."""


@terms_command.command("check")
@FILE
@LANGUAGE
@json_option
def check(file: Path, language: str, *, as_json: bool) -> None:
    """Read FILE and name every mistake at its line; then say what the law remarks about the terms."""
    terms = load(file)
    remarks = legal_remarks(terms)
    refused = any(remark.severity == "refusal" for remark in remarks)
    lines = [f"{file.name}: {len(terms.clauses)} clauses, {len(terms.stages)} stages, {len(terms.sides)} sides: no mistakes"]
    lines += [f"  {remark.severity}, {remark.article}: {remark.sentence(language)}" for remark in remarks]
    result = {
        "file": file.name,
        "clauses": len(terms.clauses),
        "stages": [stage.id for stage in terms.stages],
        "legal_remarks": [
            {"severity": remark.severity, "article": remark.article, "text": remark.sentence(language)} for remark in remarks
        ],
    }
    finish(result, "\n".join(lines), as_json=as_json, code=Exit.STOP if refused else Exit.DONE)


@terms_command.command("show")
@FILE
@LANGUAGE
@json_option
def show(file: Path, language: str, *, as_json: bool) -> None:
    """Print the terms in FILE as plain text, ready to be read aloud and signed."""
    text = as_text(load(file), language)
    finish({"file": file.name, "language": language, "text": text}, text, as_json=as_json)


@terms_command.command("schema")
@json_option
def schema(*, as_json: bool) -> None:
    """Print the JSON Schema of terms files."""
    found = json_schema()
    finish(found, json.dumps(found, ensure_ascii=False, indent=2), as_json=as_json)
