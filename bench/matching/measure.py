"""Measure `homeward.matching` on labelled lists: precision, recall, F1, recall at high precision, calibration, time, memory.

    python bench/matching/measure.py NAMES_DIR [--limit N]

`NAMES_DIR` holds dev_left.csv, dev_right.csv and dev_truth.csv. With `--limit` only the first N records of the left list and
their partners (with as many strangers in proportion) are used.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from homeward.matching import match
from homeward.people.dates import PartialDate
from homeward.people.person import Absence, Claim, Field, Person


def read(path: Path) -> list[Person]:
    people = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            claims = {}
            for heading, text in row.items():
                if heading == "id" or not text:
                    continue
                field = Field(heading)
                claims[field] = Claim(text, _date(text) if field is Field.BIRTH_DATE else text)
            people.append(Person(row["id"], claims))
    return people


def _date(text: str) -> PartialDate | Absence:
    try:
        return PartialDate.from_iso(text)
    except ValueError:
        return Absence.UNKNOWN


def read_table(path: Path) -> dict[str, list[str]]:
    """A list as columns, for `match_columns`."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    return dict(zip(header, map(list, columns), strict=True))


def read_truth(path: Path) -> set[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["id_left"], row["id_right"]) for row in csv.DictReader(file)}


def measures(scored: Iterable[tuple[float, bool]], truths: int) -> dict[str, float]:
    """From (probability, is true) of all proposals and the number of true pairs: the measures of the issue."""
    ranked = np.array(sorted(scored, key=lambda one: -one[0]), float).reshape(-1, 2)
    good = np.cumsum(ranked[:, 1])
    precision, recall = good / np.arange(1, len(ranked) + 1), good / truths
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    # Equal scores fall together: only the last of a run of equals is a threshold.
    last = np.append(ranked[1:, 0] != ranked[:-1, 0], True)

    def recall_at(level: float) -> float:
        fits = last & (precision >= level)
        return float(recall[fits].max()) if fits.any() else 0.0

    half = int((ranked[:, 0] >= 0.5).sum()) - 1
    bins = np.clip((ranked[:, 0] * 20).astype(int), 0, 19)
    error = sum(
        abs(ranked[bins == b, 0].mean() - ranked[bins == b, 1].mean()) * (bins == b).sum()
        for b in range(20)
        if (bins == b).any()
    )
    sure = ranked[:, 0] >= 0.99
    nine = (ranked[:, 0] >= 0.85) & (ranked[:, 0] < 0.95)
    sure_of_99 = (ranked[:, 0] >= 0.985) & (ranked[:, 0] < 0.995)
    return {
        "P@0.5": precision[half], "R@0.5": recall[half], "F1@0.5": f1[half], "best F1": f1[last].max(),
        "R@P99": recall_at(0.99), "R@P99.9": recall_at(0.999), "ECE": error / len(ranked),
        ">=0.99": ranked[sure, 1].mean(), "share >=0.99": sure.mean(), "0.85-0.95": ranked[nine, 1].mean() if nine.any() else 0.0,
        "0.985-0.995": ranked[sure_of_99, 1].mean() if sure_of_99.any() else 0.0, "of": float(sure_of_99.sum()),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    left, right = read(options.names / "dev_left.csv"), read(options.names / "dev_right.csv")
    truth = read_truth(options.names / "dev_truth.csv")
    if options.limit:
        left = sorted(left, key=lambda p: p.id[::-1])[: options.limit]
        right = sorted(right, key=lambda p: p.id[::-1])
        partner = dict(truth)
        wanted = {partner[p.id] for p in left if p.id in partner}
        partners = set(partner.values())
        share = options.limit / 20_000
        strangers = [p for p in right if p.id not in partners]
        right = [p for p in right if p.id in wanted] + strangers[: int(len(strangers) * share)]
        truth = {(a, b) for a, b in truth if b in wanted and a in {p.id for p in left}}
    started = time.perf_counter()
    found = match(left, right, at_least=0.01)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(left)} x {len(right)}: {len(found)} proposals, {seconds:.1f} s, {memory:.2f} GB")
    for name, value in measures([(p.probability, (p.left_id, p.right_id) in truth) for p in found], len(truth)).items():
        print(f"  {name:13} {value:.4f}")


if __name__ == "__main__":
    main()
