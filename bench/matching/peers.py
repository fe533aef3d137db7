"""Compare the matching with its peers on the same labelled lists in one run.

    python bench/matching/peers.py DIR [--systems homeward,splink,...]

`DIR` holds left.csv, right.csv and truth.csv (`synthetic.py` makes them; dev_left.csv ... do too). Each system runs in a process
of its own, so that its time and its peak of memory are its own; the time is that from rows in memory to scored pairs, without
importing and reading. All give scored pairs, of which the best are taken one to one; all are measured by `measure.measures` at
the best threshold for each. Needs splink 5, nomenklatura, recordlinkage and RapidFuzz beside Homeward: make a virtual
environment for them outside the repository.

The peers get names in Latin letters (rigour's `ascii_text`), because none of them compares scripts by itself but logic-v2, which
gets what was written. How each is set up is written beside it: reasonable effort, not an expert's week.
"""

# ruff: noqa: PLC0415 - each system is imported only in its own process.
from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from measure import measures, read_table, read_truth

Scored = tuple[np.ndarray, np.ndarray, np.ndarray]
Columns = dict[str, list[str]]


def homeward(left: Columns, right: Columns) -> Scored:
    """Our own, as shipped: already one to one, with competition."""
    from homeward.matching import match_columns

    found = match_columns(left, right, at_least=0.01)
    return found.left_row, found.right_row, found.probability


def _latin(table: Columns) -> Columns:
    from rigour.text import ascii_text

    cache: dict[str, str] = {}

    def one(text: str) -> str:
        if text not in cache:
            cache[text] = " ".join((ascii_text(text) or "").lower().split())
        return cache[text]

    names = ("surname", "given_names", "patronymic", "birth_place")
    return {key: [one(cell) for cell in column] if key in names else column for key, column in table.items()}


def splink(left: Columns, right: Columns) -> Scored:
    """Splink 5 on DuckDB: one comparison of the whole name, seven levels of the birth date, term frequencies, ten rules, EM."""
    import pyarrow as pa
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def table(columns: Columns, mark: str) -> pa.Table:
        latin = _latin(columns)
        out: dict[str, list[object]] = {key: [cell or None for cell in column] for key, column in latin.items() if key != "id"}
        out["unique_id"] = [f"{mark}{row}" for row in range(len(columns["id"]))]
        out["birth_date"] = [cell if len(cell) == 10 else None for cell in columns["birth_date"]]
        out["birth_year"] = [cell[:4] or None for cell in columns["birth_date"]]
        out["birth_day"] = [cell[5:] or None if len(cell) == 10 else None for cell in columns["birth_date"]]
        out["turned"] = [f"{cell[:4]}-{cell[8:]}-{cell[5:7]}" if len(cell) == 10 else None for cell in columns["birth_date"]]
        out["initial"] = [cell[:1] or None for cell in latin["given_names"]]
        out["start"] = [cell[:3] or None for cell in latin["surname"]]
        names = zip(latin["surname"], latin["given_names"], strict=True)
        out["name"] = [f"{surname} {given}" if surname and given else None for surname, given in names]
        return pa.table(out)

    def alike(least: float) -> str:
        return (
            f"jaro_winkler_similarity(surname_l, surname_r) >= {least} and "
            f"jaro_winkler_similarity(given_names_l, given_names_r) >= {least}"
        )

    exchanged = "jaro_winkler_similarity(surname_l, given_names_r) >= 0.88 and jaro_winkler_similarity(given_names_l, surname_r) >= 0.88"
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.Or(cll.NullLevel("surname"), cll.NullLevel("given_names")),
            cll.ExactMatchLevel("name").configure(tf_adjustment_column="name"),
            cll.CustomLevel(alike(0.92)), cll.CustomLevel(exchanged), cll.CustomLevel(alike(0.8)),
            cll.ExactMatchLevel("surname").configure(tf_adjustment_column="surname"),
            cll.JaroWinklerLevel("surname", 0.9), cll.JaroWinklerLevel("given_names", 0.9), cll.ElseLevel(),
        ],
    )  # fmt: skip
    born = cl.CustomComparison(
        output_column_name="birth_date",
        comparison_levels=[
            cll.NullLevel("birth_year"), cll.ExactMatchLevel("birth_date"),
            cll.CustomLevel("birth_date_l = turned_r"),
            cll.CustomLevel("birth_day_l = birth_day_r and abs(birth_year_l::int - birth_year_r::int) = 1"),
            cll.CustomLevel("damerau_levenshtein(birth_date_l, birth_date_r) <= 1"),
            cll.ExactMatchLevel("birth_day"), cll.ExactMatchLevel("birth_year"),
            cll.CustomLevel("abs(birth_year_l::int - birth_year_r::int) <= 1"), cll.ElseLevel(),
        ],
    )  # fmt: skip
    rules = [
        block_on("surname", "given_names"), block_on("surname", "birth_year"), block_on("birth_date", "initial"),
        block_on("surname", "patronymic"), block_on("given_names", "patronymic", "birth_year"), block_on("start", "birth_date"),
        block_on("surname", "birth_place"), block_on("start", "initial", "birth_year"), block_on("start", "birth_day", "initial"),
        "l.surname = r.given_names and l.given_names = r.surname",
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            name,
            cl.JaroWinklerAtThresholds("patronymic", [0.92, 0.8]),
            born,
            cl.JaroWinklerAtThresholds("birth_place", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("rank"),
        ],
        blocking_rules_to_generate_predictions=rules,
        # What only its own charts need is left out, which is kinder to its memory at a million.
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    api = DuckDBAPI()
    linker = Linker([api.register(table(left, "a")), api.register(table(right, "b"))], settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("surname", "given_names", "birth_date")], recall=0.3)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    training.estimate_parameters_using_expectation_maximisation(block_on("surname", "given_names"))
    found = linker.inference.predict(threshold_match_weight=-15)
    # Rows as numbers, made inside DuckDB: texts of tens of millions of pairs would fill this process.
    turned = "unique_id_l like 'b%'"
    pairs = found.as_duckdbpyrelation().project(
        f"substr(case when {turned} then unique_id_r else unique_id_l end, 2)::int as i, "
        f"substr(case when {turned} then unique_id_l else unique_id_r end, 2)::int as j, match_weight::float as bits"
    )
    columns = pairs.fetchnumpy()
    return columns["i"], columns["j"], columns["bits"]


def _fuzzy(left: Columns, right: Columns, most: int) -> Scored:
    """RapidFuzz's Indel ratio of the sorted name against everybody (0.62), and of the birth date (0.38); the best few."""
    from rapidfuzz import fuzz, process

    def texts(table: Columns) -> list[str]:
        parts = zip(table["surname"], table["given_names"], table["patronymic"], strict=True)
        return [" ".join(sorted(" ".join(part).split())) for part in parts]

    a, b = texts(_latin(left)), texts(_latin(right))
    rows_i, rows_j, scores = [], [], []
    step = 1000
    for start in range(0, len(a), step):
        names = process.cdist(a[start : start + step], b, scorer=fuzz.ratio, dtype=np.float32, workers=2)
        dates = process.cdist(
            left["birth_date"][start : start + step], right["birth_date"], scorer=fuzz.ratio, dtype=np.float32, workers=2
        )
        both = 0.62 * names + 0.38 * dates
        best = np.argpartition(-both, most, axis=1)[:, :most]
        rows_i.append(np.repeat(np.arange(start, start + len(both)), most))
        rows_j.append(best.ravel())
        scores.append(np.take_along_axis(both, best, axis=1).ravel())
    return np.concatenate(rows_i), np.concatenate(rows_j), np.concatenate(scores)


def rapidfuzz(left: Columns, right: Columns) -> Scored:
    """Brute force, the best five for each record."""
    return _fuzzy(left, right, 5)


def logic_v2(left: Columns, right: Columns) -> Scored:
    """nomenklatura's logic-v2 on the best five of RapidFuzz's brute force (kinder to it than its own index, and slower)."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm
    from nomenklatura.matching.types import ScoringConfig

    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    assert algorithm is not None

    def entities(table: Columns) -> list[object]:
        out = []
        for row in range(len(table["id"])):
            names = [table[key][row] for key in ("given_names", "patronymic", "surname")]
            properties = {"name": [" ".join(name for name in names if name)], "lastName": [names[2]], "firstName": [names[0]]}
            properties |= {"fatherName": [names[1]], "birthDate": [table["birth_date"][row]]}
            properties["birthPlace"] = [table["birth_place"][row]]
            filled = {key: [text for text in texts if text] for key, texts in properties.items()}
            out.append(model.get_proxy({"id": str(row), "schema": "Person", "properties": filled}))
        return out

    i, j, _ = _fuzzy(left, right, 5)
    a, b = entities(left), entities(right)
    scores = [algorithm.compare(a[x], b[y], config).score for x, y in zip(i.tolist(), j.tolist(), strict=True)]
    return i, j, np.array(scores)


def recordlinkage(left: Columns, right: Columns) -> Scored:
    """recordlinkage: blocks on birth date, surname, and surname sorted with its neighbours; Jaro-Winkler; ECM."""
    import pandas as pd
    import recordlinkage as rl

    a, b = (pd.DataFrame({k: v for k, v in _latin(table).items() if k != "id"}).replace("", None) for table in (left, right))
    index = rl.Index()
    index.block("birth_date")
    index.block("surname")
    index.sortedneighbourhood("surname", window=9)
    pairs = index.index(a.assign(surname=a["surname"].fillna("")), b.assign(surname=b["surname"].fillna("")))
    compare = rl.Compare()
    for column in ("surname", "given_names", "patronymic", "birth_place"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    compare.exact("birth_date", "birth_date", label="birth_date")
    compare.exact("rank", "rank", label="rank")
    seen = compare.compute(pairs, a, b)
    ecm = rl.ECMClassifier(binarize=0.5)
    ecm.fit(seen)
    said = ecm.prob(seen)
    i, j = (np.array(seen.index.get_level_values(level)) for level in (0, 1))
    return i, j, said.to_numpy(float)


SYSTEMS: dict[str, Callable[[Columns, Columns], Scored]] = {
    "homeward": homeward, "splink": splink, "logic-v2": logic_v2, "rapidfuzz": rapidfuzz, "recordlinkage": recordlinkage,
}  # fmt: skip


def one_to_one(i: np.ndarray, j: np.ndarray, score: np.ndarray) -> np.ndarray:
    """The best pairs first, each record once."""
    taken_i, taken_j, kept = set(), set(), []
    for k in np.lexsort((j, i, -score)):
        if i[k] not in taken_i and j[k] not in taken_j:
            taken_i.add(i[k])
            taken_j.add(j[k])
            kept.append(k)
    return np.array(kept, np.int64)


def run(system: str, folder: Path) -> dict[str, float]:
    mark = "dev_" if (folder / "dev_left.csv").exists() else ""
    left, right = (read_table(folder / f"{mark}{side}.csv") for side in ("left", "right"))
    truth = read_truth(folder / f"{mark}truth.csv")
    cpu, wall = time.process_time(), time.perf_counter()
    i, j, score = SYSTEMS[system](left, right)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    kept = one_to_one(i, j, score)
    pairs = [(float(score[k]), (left["id"][i[k]], right["id"][j[k]]) in truth) for k in kept]
    # Probabilities stay as they are; other scores are only ranked, so they are put between 0 and 1.
    low, top = min(0.0, *(value for value, _ in pairs)), max(1.0, *(value for value, _ in pairs))
    found = measures([((value - low) / (top - low), true) for value, true in pairs], len(truth))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "best F1": found["best F1"],
        "R@P99": found["R@P99"],
        "R@P99.9": found["R@P99.9"],
        "cpu s": cpu,
        "wall s": wall,
        "GB": memory,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(run(options.alone, options.folder)))
        return
    print(
        "| system | best F1 | recall at P 0.99 | recall at P 0.999 | CPU s | wall s | peak GB |\n|---|---|---|---|---|---|---|",
        flush=True,
    )
    for system in options.systems.split(","):
        done = subprocess.run(
            [sys.executable, __file__, str(options.folder), "--alone", system], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"| {system} | failed: {done.stderr.strip().splitlines()[-1]} |", flush=True)
            continue
        row = json.loads(done.stdout.strip().splitlines()[-1])
        cells = [f"{row[key]:.4f}" for key in ("best F1", "R@P99", "R@P99.9")] + [
            f"{row[key]:.1f}" for key in ("cpu s", "wall s")
        ]
        print(f"| {system} | {' | '.join(cells)} | {row['GB']:.2f} |", flush=True)


if __name__ == "__main__":
    main()
