"""Run `homeward` as a user does, in this process: the exit code, what it printed, and what it said on standard error."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from typing import Any
from unittest import mock

from homeward.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What a command printed with `--json`: one object and nothing else."""
        return json.loads(self.out)


def homeward(*args: object) -> Ran:
    """Run the program through its own way in. An error of ours (a traceback) is raised here."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    argv = ["homeward", *(str(arg) for arg in args)]
    # Its name is that of the installed program, also where the tests themselves run by `python -m pytest`.
    name = mock.patch.object(sys.modules["__main__"], "__package__", "", create=True)
    with name, mock.patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


def refused(ran: Ran, code: int) -> str:
    """The one clear line of a command that ended with this code and printed nothing else."""
    assert ran.code == code, ran
    assert ran.out == "", ran
    assert len(ran.err.splitlines()) == 1, ran
    return ran.err.strip()
