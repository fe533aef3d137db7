"""Measure finding one name among many, by the name alone and across scripts, against peers in one run.

    python bench/matching/retrieval.py NAMES_DIR [--sets he,ar,ru,uk] [--queries 1000] [--systems homeward,...] [--pairs FILE]

Each set is an index of 70,000 (uk: 100,000) names and queries in another script; a query is answered when the right name comes
first (recall@1), or among the first ten.

| set | index | queries |
|---|---|---|
| he | English names of two or three words | the same names in Hebrew letters |
| ar | English names | the same in Arabic letters |
| ru | English names | the same in Russian letters; at least one word of each is kept from our tables |
| uk | names as in `synthetic.py`: Russian, Latin by many habits, slips, namesakes, patronymic often missing | as a Ukrainian list |

Names of he, ar and ru are put together from the words of Wikidata's name pairs, drawn as often as they occur there; every fifth
word (by its hash) counts as unseen: `learn_pairs.py --held-out` makes a table of pairs without them, to be given as `--pairs`. Nobody's
real name is meant.

Peers get names in Latin letters from rigour, as they need; logic-v2 gets what was written. Its candidates are the best 75 by
nomenklatura's own index tokens, weighted by rarity. Needs rapidfuzz and nomenklatura beside Homeward, in an environment of their own.
"""

# ruff: noqa: PLC0415 - a peer is imported only where it runs.
from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import synthetic

FILES = {"he": "hebrew", "ar": "arabic", "ru": "russian"}
#: The rows that each system puts first for each query, best first.
Answers = list[list[int]]


@dataclass(frozen=True)
class Names:
    """Names to search, as words; what is asked; and the row of the right answer of each query."""

    index: list[tuple[str, ...]]
    queries: list[tuple[str, ...]]
    right: list[int]


def unseen(latin: str) -> bool:
    """Whether a word belongs to the fifth that a held-out table does not know."""
    return crc32(latin.encode()) % 5 == 0


def word_pairs(folder: Path, which: str, size: int, asked: int, seed: int = 1) -> Names:
    """Names put together from word pairs, each English name once."""
    rng = Random(seed)
    latin, other, count = [], [], []
    for line in (folder / f"wd_{FILES[which]}_80.tsv").read_text(encoding="utf-8").splitlines():
        a, b, times = line.split("\t")
        latin.append(a)
        other.append(b.replace(" ", ""))
        count.append(int(times))
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    while len(seen) < size:
        for numbers in _draws(rng, len(latin), count, size):
            seen.setdefault(tuple(latin[k] for k in numbers), tuple(other[k] for k in numbers))
            if len(seen) == size:
                break
    index = list(seen)
    rows = list(range(size))
    rng.shuffle(rows)
    chosen = [row for row in rows if which != "ru" or any(unseen(word) for word in index[row])][:asked]
    return Names(index, [seen[index[row]] for row in chosen], chosen)


def _draws(rng: Random, words: int, count: list[int], size: int) -> list[list[int]]:
    drawn = rng.choices(range(words), count, k=3 * size)
    return [drawn[3 * k : 3 * k + (3 if rng.random() < 0.25 else 2)] for k in range(size)]


def ukrainian(size: int, asked: int, seed: int = 1) -> Names:
    """The right list of `synthetic` as the index, Ukrainian records of the left list as queries."""
    left, right, truth = synthetic.invent(size, "uk", seed)
    place = {row[0]: number for number, row in enumerate(right)}
    partner = {one: place[other] for one, other in truth}
    letters = frozenset("іїєґ")
    asked_rows = [row for row in left if row[0] in partner and row[1] and letters & set("".join(row[1:4]).lower())][:asked]
    return Names(
        [tuple(cell for cell in row[1:4] if cell) for row in right],
        [tuple(cell for cell in row[1:4] if cell) for row in asked_rows],
        [partner[row[0]] for row in asked_rows],
    )


def homeward(names: Names) -> Answers:
    """Our own search over names alone."""
    from homeward.matching.search import build_index

    index = build_index(
        {"surname": [name[-1] for name in names.index], "given_names": [" ".join(name[:-1]) for name in names.index]}
    )
    return [[found.row for found in index.search(" ".join(query), limit=10)] for query in names.queries]


def use(path: Path) -> None:
    """Search with another table of known pairs than the shipped one."""
    from homeward.matching.names import known_pairs

    with np.load(path) as data:
        one, other = data["one"], data["other"]
    first, second = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(first, kind="stable")
    known_pairs.table = lambda: (first[order], second[order])  # type: ignore[assignment]


def _latin(names: Sequence[tuple[str, ...]]) -> list[str]:
    from rigour.text import ascii_text

    return [" ".join(sorted((ascii_text(" ".join(name)) or "").lower().split())) for name in names]


def _rapidfuzz(scorer: str) -> Callable[..., Answers]:
    def run(names: Names) -> Answers:
        from rapidfuzz import distance, fuzz, process

        how = {"ratio": fuzz.ratio, "token_set": fuzz.token_set_ratio, "jaro": distance.JaroWinkler.similarity}[scorer]
        index, out = _latin(names.index), []
        queries = _latin(names.queries)
        for start in range(0, len(queries), 200):
            scores = process.cdist(queries[start : start + 200], index, scorer=how, workers=2)
            best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
            out += best.tolist()
        return out

    return run


def logic_v2(names: Names) -> Answers:
    """nomenklatura's logic-v2 on the best 75 by its own index tokens, weighted by rarity."""
    from followthemoney import model
    from nomenklatura.blocker.index import Index
    from nomenklatura.blocker.tokenizer import tokenize_entity
    from nomenklatura.matching import get_algorithm
    from nomenklatura.matching.types import ScoringConfig

    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()

    def entity(name: tuple[str, ...], mark: str) -> object:
        return model.get_proxy({"id": mark, "schema": "Person", "properties": {"name": [" ".join(name)]}})

    def tokens(one: object) -> set[tuple[str, str]]:
        return set(tokenize_entity(one))

    postings: dict[tuple[str, str], list[int]] = defaultdict(list)
    entities = [entity(name, f"i{row}") for row, name in enumerate(names.index)]
    for row, one in enumerate(entities):
        for token in tokens(one):
            postings[token].append(row)
    out: Answers = []
    for number, query in enumerate(names.queries):
        asked = entity(query, f"q{number}")
        weight: dict[int, float] = defaultdict(float)
        for token in tokens(asked):
            rows = postings.get(token, [])
            worth = Index.BOOSTS.get(token[0], 1.0) * math.log(1 + len(names.index) / max(1, len(rows)))
            for row in rows:
                weight[row] += worth
        best = sorted(weight, key=lambda row: (-weight[row], row))[:75]
        scored = sorted(best, key=lambda row: -algorithm.compare(asked, entities[row], config).score)
        out.append(scored[:10])
    return out


SYSTEMS: dict[str, Callable[..., Answers]] = {
    "homeward": homeward, "logic-v2": logic_v2, "rapidfuzz Indel": _rapidfuzz("ratio"), "rapidfuzz token_set": _rapidfuzz("token_set"),
    "rapidfuzz Jaro-Winkler": _rapidfuzz("jaro"),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", type=Path)
    parser.add_argument("--sets", default="he,ar,ru,uk")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--pairs", type=Path, help="a table of learn_pairs.py to use in place of the shipped one")
    options = parser.parse_args()
    if options.pairs:
        use(options.pairs)
    print("| set | system | recall@1 | recall@10 | CPU s |\n|---|---|---|---|---|", flush=True)
    for which in options.sets.split(","):
        names = (
            ukrainian(100_000, options.queries) if which == "uk" else word_pairs(options.names, which, 70_000, options.queries)
        )
        for system in options.systems.split(","):
            cpu = time.process_time()
            answers = SYSTEMS[system](names)
            cpu = time.process_time() - cpu
            first = np.mean([rows[:1] == [right] for rows, right in zip(answers, names.right, strict=True)])
            among = np.mean([right in rows for rows, right in zip(answers, names.right, strict=True)])
            print(f"| {which} | {system} | {first:.3f} | {among:.3f} | {cpu:.1f} |", flush=True)


if __name__ == "__main__":
    main()
