"""The same comparison on Apache Spark: runs of left rows against the whole right list, which every worker has once.

    found = match(left, right, engine=spark(master="local[2]"))

Give the longer list on the left: it is cut into runs, and no worker ever holds more of it than a run and its words. The driver
holds both lists as columns. Results are those of the local engine, to the last bit (`homeward.matching.ranges`). Needs the extra
`spark` (pyspark, Apache-2.0) and Java 17 or newer.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.keys import Kind
from homeward.matching.model import Progress
from homeward.matching.ranges import RightIndex, Rule, Run, compare, counted, crowded_keys, cut, suspects, together
from homeward.matching.rounds import HOPELESS, Engine
from homeward.matching.scoring import Comparer

#: So many left rows make one task.
ROWS = 20_000


class EngineError(Exception):
    """An engine that is not there, in one line with the remedy."""


def spark(master: str | None = None, *, rows: int = ROWS) -> Engine:
    """An engine on Spark. `master` is Spark's own name of a cluster; without it what the environment is set to, else this machine.

    `rows` is the number of left rows in one task. Raises `EngineError` where pyspark or Java is missing.
    """

    def engine(comparer: Comparer, kinds: Sequence[Kind], progress: Progress | None) -> tuple[Ints, Ints, Floats]:
        return _on(_session(master), comparer, kinds, progress, rows)

    return engine


def _session(master: str | None) -> Any:
    try:
        sql = importlib.import_module("pyspark.sql")
    except ImportError as error:
        raise EngineError("the Spark engine needs pyspark; install it with: pip install 'homeward[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        sql.SparkSession.builder.appName("homeward match")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
    )
    if master is not None:
        builder = builder.master(master)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise EngineError(
            f"Spark does not start ({type(error).__name__}); it needs Java 17 or newer, and a cluster that answers"
        ) from error


def _on(
    session: Any, comparer: Comparer, kinds: Sequence[Kind], progress: Progress | None, rows: int
) -> tuple[Ints, Ints, Floats]:
    context = session.sparkContext
    left, right = comparer.left.columns, comparer.right.columns
    tables, runs = cut(left, rows=rows)
    index = RightIndex.of(right, kinds)
    rule = Rule(comparer.weights, comparer.prior, HOPELESS, left is right)
    # Sent once to each worker, and kept there for all runs.
    whole = context.broadcast((tables, index, rule))
    spread = context.parallelize(runs, max(1, len(runs)))
    many = len(runs)

    def gathered(step: str, task: Callable[[Run], Any]) -> list[Any]:
        """What the task gives for each run, in the order of the runs, told as it comes in."""
        found: list[Any] = []
        results: Iterator[Any] = spread.map(task).toLocalIterator(prefetchPartitions=True) if many else iter(())
        for one in results:
            found.append(one)
            if progress:
                progress(step, min(len(found) * rows, len(left)), len(left))
        return found

    def suspected_in(run: Run) -> Any:
        return suspects(whole.value[0], run, whole.value[1], many)

    suspected = together(gathered("keys", suspected_in), index)

    def counted_in(run: Run) -> Any:
        return counted(whole.value[0], run, suspected, whole.value[1])

    counts = gathered("crowded keys", counted_in) if any(map(len, suspected)) else []
    crowded = crowded_keys(suspected, counts, index)

    def compared(run: Run) -> Any:
        tables, index, rule = whole.value
        return compare(tables, run, index, crowded, rule)

    nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    i, j, bits = (np.concatenate(part) for part in zip(nothing, *gathered("pairs", compared), strict=True))
    whole.unpersist()
    return i, j, bits
