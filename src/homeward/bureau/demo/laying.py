"""From an invented exchange to three folders of nodes.

OUTPUT/exchange/          terms, lists and registers as two bureaux would have them; everybody in them is invented
OUTPUT/nodes/UA/ …        one node for each party and one for the neutral, with its office of the exchange
OUTPUT/nodes/UA/seed.json what `seeding` puts into the node's database
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from homeward.bureau.node.folder import Identity, write_identity
from homeward.lists import read_review
from homeward.people import Progress
from homeward.people.atomic import replace_file
from homeward.rehearsal import HalfWay, RehearsalError, half_demo, sheet_of

#: The exchange's name in addresses and folders of the nodes.
SLUG = "may-2025"
SEED_FILE = "seed.json"


@dataclass(frozen=True, slots=True)
class Word:
    """What two invented officers said of a pair: ids of the entry and of the register's file, "" where nobody was proposed."""

    left: str
    right: str
    question: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Seed:
    """What a node's database is filled with. Paths are absolute; `tokens` are the secrets with each other node."""

    party: str
    title: str
    register: str
    #: List → the words of its receiver's two officers; empty for who receives none.
    words: dict[str, list[Word]]
    tokens: dict[str, str]


def lay_nodes(output: Path, *, people: int, language: str, progress: Progress) -> dict[str, Path]:
    """Invent and play the exchange, and lay the nodes' folders. Gives party → node. `output` is new or holds an older demo."""
    nodes, offices = output / "nodes", output / "exchange" / "offices"
    if nodes.exists():
        raise RehearsalError(f"{nodes}: a demo lies here already; start it with homeward demo --serve -o {output} --again")
    # What was cut off on the way is played anew.
    shutil.rmtree(offices, ignore_errors=True)
    half = half_demo(output / "exchange", people=people, language=language, progress=progress)
    building = output / ".nodes.unfinished"
    shutil.rmtree(building, ignore_errors=True)
    tokens = {code: secrets.token_urlsafe(32) for code in half.inputs.parties}
    for code in (*half.inputs.parties, half.neutral):
        folder = building / code
        neutral = code == half.neutral
        name = "The neutral" if neutral else f"Bureau of {code}"
        write_identity(folder, Identity(code, name, neutral=neutral, language=language, demo=True))
        (folder / "exchanges").mkdir(mode=0o700)
        (half.folder / code).rename(folder / "exchanges" / SLUG)
        known = dict(tokens) if neutral else {half.neutral: tokens[code]}
        seed = Seed(code, half.inputs.terms.title, _register(half, code), _words(half, code), known)
        text = json.dumps(asdict(seed), ensure_ascii=False, sort_keys=True)
        replace_file(folder / SEED_FILE, text.encode("utf-8"), mode=0o600)
    shutil.rmtree(offices)
    building.rename(nodes)
    return nodes_in(output)


def nodes_in(output: Path) -> dict[str, Path]:
    """The nodes of a demo that was laid before; the neutral's last."""
    found = sorted((output / "nodes").glob("*/node.toml"))
    return {
        path.parent.name: path.parent
        for path in sorted(found, key=lambda path: ("neutral = true" in path.read_text("utf-8"), path))
    }


def read_seed(folder: Path) -> Seed:
    """What `lay_nodes` wrote for this node."""
    found = json.loads((folder / SEED_FILE).read_text("utf-8"))
    found["words"] = {name: [Word(**each) for each in words] for name, words in found["words"].items()}
    return Seed(**found)


def _register(half: HalfWay, code: str) -> str:
    files = half.inputs.parties.get(code)
    return str(files.register.path.absolute()) if files is not None else ""


def _words(half: HalfWay, code: str) -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for list_id, asked in half.asked.items():
        if asked.receiver == code:
            result = read_review(sheet_of(half.inputs.folder, code), asked.pairs, day="")
            found[list_id] = [
                Word(each.left_id, each.right_id, each.question.value, each.first.value, each.second.value)
                for each in result.decisions
            ]
    return found
