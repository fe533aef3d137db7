"""Learn `homeward/matching/weights.json`: the bits of every level of evidence and the curves of the parts of the name.

    python bench/matching/learn_weights.py OUT.json NAMES_DIR [MORE_DIRS ...]

Lists stand in a folder as dev_left.csv, dev_right.csv, dev_truth.csv, or as `synthetic.py` writes them. Several folders are learned
from together, each with a competition of its own.

The candidates of the labelled lists compete as they do in use: for each left record the true partner or "none", and for each
right record likewise (two conditional logistic regressions with one set of weights). Curves may only rise. Each weight is
drawn to the value it has now, so what the data does not show (service numbers, units) stays as experts set it. Deterministic.
Needs scipy and numba. Half of the left records are held out for the figures printed; the file is then learned from all of them.
"""

from __future__ import annotations

import argparse
import json
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from measure import read, read_truth
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack

from homeward.matching.columns import Columns
from homeward.matching.compiled.sieve import survivors
from homeward.matching.evidence import KINDS
from homeward.matching.scoring import BLOCK, LATE, Comparer
from homeward.matching.weights import AGREE, weights

KNOTS = np.array([-20, -16, -12, -8, -5, -3, -1, 1, 3, 5, 7, 9, 12, 15, 19, 24], float)
#: Rarity in bits; the last is where it stops to matter.
RARE = np.array([0, 2, 4, 6, 8, 12, 16], float)
CURVES = ("surname", "given_names", "patronymic")
#: How many observations the present value of a weight counts for.
TRUST = 3.0
WORST = -24.0


def examples() -> dict[str, dict[str, str]]:
    """One invented example for each level, shown beside its weight."""
    return json.loads((Path(__file__).parent / "weight_examples.json").read_text(encoding="utf-8"))


class Examples(NamedTuple):
    """Candidate pairs (rows i, j), what is seen of each (x), which are true, and the weights to start from."""

    x: csr_matrix
    i: np.ndarray
    j: np.ndarray
    true: np.ndarray
    prior: np.ndarray
    names: list[tuple[str, str]]
    start: np.ndarray

    def only(self, which: np.ndarray) -> Examples:
        return self._replace(x=self.x[which], i=self.i[which], j=self.j[which], true=self.true[which], prior=self.prior[which])

    def beside(self, other: Examples) -> Examples:
        """These and those of other lists: rows of the other lists get numbers of their own."""
        i, j = (np.concatenate([a, b + int(a.max()) + 1]) for a, b in ((self.i, other.i), (self.j, other.j)))
        true, prior = (np.concatenate(each) for each in ((self.true, other.true), (self.prior, other.prior)))
        return self._replace(x=vstack([self.x, other.x], format="csr"), i=i, j=j, true=true, prior=prior)


def features(folder: Path) -> Examples:
    prefix = "dev_" if (folder / "dev_left.csv").exists() else ""
    people_a, people_b = read(folder / f"{prefix}left.csv"), read(folder / f"{prefix}right.csv")
    left, right = Columns.of(people_a), Columns.of(people_b)
    place_a, place_b = {p: k for k, p in enumerate(left.ids)}, {p: k for k, p in enumerate(right.ids)}
    truth = np.array(sorted(place_a[a] * len(right) + place_b[b] for a, b in read_truth(folder / f"{prefix}truth.csv")))
    comparer = Comparer.of(left, right, weights())
    i, j = (np.concatenate(rows) for rows in list(zip(*survivors(comparer, WORST), strict=True))[1:])
    late = np.array([kind.name in LATE for kind in KINDS])
    blocks, rows_i, rows_j = [], [], []
    for start in range(0, len(i), BLOCK):
        pairs = comparer.pairs(i[start : start + BLOCK], j[start : start + BLOCK])
        bits, level = np.zeros((len(KINDS), len(pairs))), np.zeros((len(KINDS), len(pairs)), np.int8)
        comparer._judge(pairs, ~late, bits, level)
        pairs = pairs.only(comparer.prior + bits.sum(axis=0) >= WORST)
        columns = []
        names: list[tuple[str, str]] = []
        for kind in KINDS:
            judged = kind.judge(pairs)
            if kind.name in CURVES:
                assert judged.raw is not None
                steps = np.clip((judged.raw[:, None] - KNOTS[:-1]) / np.diff(KNOTS), 0, 1)
                columns.append(csr_matrix(np.column_stack([np.ones(len(pairs)), steps]) * (judged.level > 0)[:, None]))
                names += [(kind.name, str(k)) for k in range(len(KNOTS))]
                assert judged.rarity is not None
                agree = ((judged.level > 0) & (judged.raw >= AGREE))[:, None]
                steps = np.clip((judged.rarity[:, None] - RARE[:-1]) / np.diff(RARE), 0, 1)
                columns.append(csr_matrix((steps - 1.0) * agree))
                names += [(kind.name, f"rare {k}") for k in range(1, len(RARE))]
            elif judged.raw is None:
                columns.append(csr_matrix((judged.level[:, None] == np.arange(1, len(kind.levels))).astype(float)))
                names += [(kind.name, level) for level in kind.levels[1:]]
        columns.append(csr_matrix(np.ones((len(pairs), 1))))
        names.append(("overlap", ""))
        blocks.append(hstack(columns, format="csr"))
        rows_i.append(pairs.i)
        rows_j.append(pairs.j)
    at_i, at_j = np.concatenate(rows_i), np.concatenate(rows_j)
    true = np.isin(at_i * len(right) + at_j, truth)
    prior = np.full(len(at_i), comparer.prior)
    return Examples(vstack(blocks, format="csr"), at_i, at_j, true, prior, names, start_values(names))


def start_values(names: list[tuple[str, str]]) -> np.ndarray:
    table, values = weights(), []
    for kind, level in names:
        if kind == "overlap":
            values.append(0.0)
        elif kind in CURVES:
            if level.startswith("rare"):
                shown = np.interp(RARE, *table.rarity[kind])
                values.append(shown[int(level[5:])] - shown[int(level[5:]) - 1])
                continue
            at = table.curve_bits(kind, KNOTS)
            values.append(at[0] if level == "0" else at[int(level)] - at[int(level) - 1])
        else:
            values.append(table.levels[kind][level])
    return np.array(values)


def learn(seen: Examples) -> np.ndarray:
    x, i, j, true, prior, names, start = seen
    rising = np.array([kind in CURVES and level != "0" for kind, level in names])
    ln2 = np.log(2.0)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = np.exp(np.clip((x @ w + prior) * ln2, -200, 200))
        # p = odds / whole; `rest` is what speaks against the pair: none of them, or a rival of either record.
        whole = 1.0 + np.bincount(i, odds)[i] + np.bincount(j, odds)[j] - odds
        rest = np.maximum(whole - odds, 1.0)
        total = np.log(whole).sum() - np.log(odds[true]).sum() - np.log(rest[~true]).sum()
        against = ~true / rest
        shared = 1.0 / whole - against
        slope = np.bincount(i, shared)[i] + np.bincount(j, shared)[j] - 1.0 / whole + 2.0 * against
        away = w - start
        return total + TRUST * (away @ away) / 2, (x.T @ (odds * slope - true)) * ln2 + TRUST * away

    bounds = [(0.0, None) if up else (None, None) for up in rising]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}).x


def report(seen: Examples, w: np.ndarray, text: str) -> None:
    x, i, j, true, prior, *_ = seen
    odds = np.exp2(np.clip(x @ w + prior, -60, 60))
    p = odds / (1.0 + np.bincount(i, odds)[i] + np.bincount(j, odds)[j] - odds)
    print(text)
    edges = (0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 0.999, 1.1)
    for low, high in pairwise(edges):
        some = (p >= low) & (p < high)
        print(f"  {low:.3f}-{high:.3f}: {some.sum():6} said {p[some].mean():.4f} were {true[some].mean():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("names", type=Path, nargs="+")
    options = parser.parse_args()
    seen = reduce(Examples.beside, map(features, options.names))
    print(seen.x.shape, int(seen.true.sum()), "true pairs among them")
    # Two worlds with no record in common: a right record goes with its true partner, a stranger by its own number.
    world_j = np.arange(int(seen.j.max()) + 1) % 2
    world_j[seen.j[seen.true]] = seen.i[seen.true] % 2
    mine, other = (seen.only((seen.i % 2 == world) & (world_j[seen.j] == world)) for world in (0, 1))
    report(other, seen.start, "before, on the half held out")
    report(other, learn(mine), "after, on the half held out")
    names, w = seen.names, learn(seen)
    now, shown = weights(), examples()
    levels: dict[str, dict[str, object]] = {}
    curves = {kind: [list(point) for point in zip(*points, strict=True)] for kind, points in now.curves.items()}
    rarity: dict[str, list[list[float]]] = {}
    learned = {pair: float(value) for pair, value in zip(names, w, strict=True)}
    for kind in KINDS:
        if kind.name in CURVES:
            rise = np.cumsum([learned[kind.name, str(k)] for k in range(len(KNOTS))])
            steps = np.cumsum([learned[kind.name, f"rare {k}"] for k in range(1, len(RARE))][::-1])[::-1]
            rarity[kind.name] = [[float(k), round(float(b), 3)] for k, b in zip(RARE, [*-steps, 0.0], strict=True)]
            curves[kind.name] = [[float(k), round(float(b), 3)] for k, b in zip(KNOTS, rise, strict=True)]
        elif kind.name not in now.curves:
            levels[kind.name] = {
                level: {"bits": round(learned[kind.name, level], 3), "example": shown[kind.name][level]}
                for level in kind.levels[1:]
            }
    # No labelled list names mothers; a mother's surname is taken to be written as well as a surname.
    curves["mother_maiden_name"], rarity["mother_maiden_name"] = curves["surname"], rarity["surname"]
    inside = {
        kind: {level: {"bits": bits, "example": shown[kind][level]} for level, bits in table.items()}
        for kind, table in now.inside.items()
    }
    data = {
        "version": "5", "overlap": round(now.overlap - now.unseen + learned["overlap", ""], 3), "unseen": now.unseen,
        "long_lists": dict(zip(("from", "bits_per_doubling"), now.long_lists, strict=True)),
        "overlap_inside_one_list": now.inside_overlap,
        "levels": levels, "inside_one_list": inside, "curves": curves, "rarity": rarity,
    }  # fmt: skip
    options.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
