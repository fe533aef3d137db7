"""Real nodes for tests: `homeward serve` and `homeward node` as programs of their own, in folders of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Not the settings of the tests' own process.
_LEFT_OUT = {
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "HOMEWARD_NODE",
    "HOMEWARD_DATABASE",
    "HOMEWARD_TLS",
    "HOMEWARD_HOSTS",
    "DJANGO_SETTINGS_MODULE",
    "HOMEWARD_PASSPHRASE_FILE",
}


def environment(**more: str) -> dict[str, str]:
    """The environment of a program, with nothing in it of a node."""
    return {name: value for name, value in os.environ.items() if name not in _LEFT_OUT} | more


def homeward(*words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "homeward", *map(str, words)]
    return subprocess.run(
        command, env=env or environment(), capture_output=True, text=True, check=False, timeout=120, stdin=subprocess.DEVNULL
    )


@contextmanager
def served(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """A node that is served while the block runs; gives what its start said."""
    command = [sys.executable, "-m", "homeward", "serve", str(folder), "--port", "0", "--json", *words]
    with subprocess.Popen(
        command, env=env or environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read())
        try:
            yield {**json.loads(line), "pid": process.pid}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def copy_of(made: Path, folder: Path) -> Path:
    """A node of a test's own: a copy of one that was started once, which takes a second less than a first start."""
    shutil.copytree(made, folder)
    return folder
