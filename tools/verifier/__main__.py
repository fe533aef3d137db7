"""The verifier that is one file: `python3 homeward-verify.pyz FILE [--language en|uk] [--json] [--card DIGITS]`.

It opens no socket, writes no file, and asks for nothing. Exit codes: 0 complete and unchanged, 1 changed (or other terms than the
card's), 2 incomplete, 3 unreadable, 64 a wrong command line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{message}\n")
        sys.exit(64)


def _arguments() -> argparse.Namespace:
    parser = _Parser(prog="homeward-verify", description="Check a record of an exchange, and say what happened in it.")
    parser.add_argument("file", type=Path, help="the record")
    parser.add_argument("--language", choices=["en", "uk"], default="en")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    parser.add_argument("--card", help="the 40 digits of the terms, as they were read aloud")
    found = parser.parse_args()
    if found.card is not None:
        found.card = "".join(found.card.split())
        if len(found.card) != 40 or not (found.card.isascii() and found.card.isdigit()):
            parser.error("--card takes the 40 digits of the terms, in groups or not")
    return found


def _progress(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{step} {done:,} of {total:,} ")
        sys.stderr.flush()


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this one file may have any Python.
        sys.stderr.write("this verifier needs Python 3.11 or newer\n")
        return 3
    arguments = _arguments()
    from homeward.exchange.verdict import judge_file  # noqa: PLC0415 - an older Python could not read it.

    try:
        verdict = judge_file(arguments.file, _progress)
    except OSError as error:
        sys.stderr.write(f"{arguments.file}: {(error.strerror or 'cannot be read').lower()}\n")
        return 3
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    found, text, code = verdict.as_json(), verdict.text(arguments.language), verdict.exit_code
    if arguments.card is not None and verdict.record.card:
        same = arguments.card == verdict.record.card.replace(" ", "")
        found["card_matches"] = same
        text += "\nThe digits of the terms are the same." if same else "\nTHE DIGITS DIFFER: this record is of other terms."
        code = code if same else 1
    out = json.dumps(found, ensure_ascii=False, indent=2, default=str) if arguments.json else text
    sys.stdout.buffer.write(out.encode("utf-8") + b"\n")
    return code


sys.exit(main())
