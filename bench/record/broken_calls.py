"""Every system call that an append makes on the store's files is made to fail once; nothing acknowledged may be lost.

    python bench/record/broken_calls.py [LINES]

Needs strace. First one good run counts the calls; then, for each kind of call and each time it was made, a fresh copy of the store is
appended to with that one call failing (EIO, and ENOSPC for those that write). Afterwards the store must open, hold every
acknowledged act, and take the rest; and the head made then must be that of the undisturbed store.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.test_store import _appender
from tests.record.world import grown_world, make_key

from homeward.record import Store, make_head

FILES = ("record.sqlite", "record.sqlite-wal", "record.sqlite-shm", "")
WRITING = {"pwrite64", "write", "ftruncate", "fallocate", "openat"}


def _traced(folder: Path, lines: Path, *options: str) -> subprocess.CompletedProcess[str]:
    paths = [part for name in FILES for part in ("-P", str(folder / name))]
    command = ["strace", "-f", "-qq", *paths, *options, *_appender(folder, lines)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        world = grown_world(root / "world", rounds=1)
        lines = [world.write("SIDE-A/officer-1", number=number) for number in range(count)]
        start = world.log.size
        world.log.close()
        path = root / "lines"
        path.write_bytes(b"".join(line + b"\n" for line in lines))

        def fresh() -> Path:
            shutil.rmtree(root / "log", ignore_errors=True)
            shutil.copytree(world.log.folder, root / "log")
            return root / "log"

        trace = root / "trace"
        _traced(fresh(), path, "-o", str(trace))
        calls = Counter(re.findall(r"^(?:\d+ +)?(\w+)\(", trace.read_text(), re.MULTILINE))
        with Store.open(root / "log") as store:
            expected = make_head(store, make_key("NEUTRAL/log")).note
        print(f"{calls.total()} calls of {len(calls)} kinds: {dict(calls)}")
        tried = stopped = 0
        for call, times in sorted(calls.items()):
            for when in range(1, times + 1):
                for error in ("EIO", "ENOSPC") if call in WRITING else ("EIO",):
                    folder = fresh()
                    done = _traced(folder, path, "-o", "/dev/null", "-e", f"inject={call}:error={error}:when={when}")
                    acknowledged = len(re.findall(r"^\d+$", done.stdout, re.MULTILINE))
                    with Store.open(folder) as store:
                        assert store.size - start >= acknowledged, (call, when, error, "an acknowledged act is lost")
                        assert list(store.lines(start)) == lines[: store.size - start], (call, when, error)
                        for line in lines:
                            store.append(line)
                        assert make_head(store, make_key("NEUTRAL/log")).note == expected, (call, when, error)
                    tried += 1
                    stopped += done.returncode != 0
        print(f"{tried} failures injected, {stopped} of them stopped the program, no acknowledged act lost")


if __name__ == "__main__":
    main()
