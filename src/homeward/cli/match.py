"""`homeward match`: which person of one file is which person of another, or twice in the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeward.cli.beside import CommandWithGroup
from homeward.cli.match_lists import (
    Compared,
    How,
    ListRead,
    compare,
    decided_among,
    groups_csv,
    names_of,
    needed_whole,
    pair_of,
    pairs_csv,
    read_long,
)
from homeward.cli.match_private import private_group
from homeward.cli.options import LANGUAGE, MAPPING, QUIET, read_list
from homeward.cli.outcome import finish, json_option
from homeward.cli.progress import steps_on_terminal

if TYPE_CHECKING:
    from homeward.matching.clusters import Clusters
    from homeward.people import Person

_SURE = 0.99
_PATH = click.Path(path_type=Path)


@click.command("match", cls=CommandWithGroup, beside=private_group)
@click.argument("left", type=_PATH)
@click.argument("right", type=_PATH, required=False)
@click.argument("more", type=_PATH, nargs=-1)
@click.option("--self", "with_itself", is_flag=True, help="Look for people who stand twice in LEFT.")
@click.option("-o", "--output", type=_PATH, help="Write the pairs as CSV: left_id,right_id,probability,bits,reasons.")
@click.option(
    "--top", type=click.IntRange(1), default=1, show_default=True, help="How many candidates to keep for each person of LEFT."
)
@click.option(
    "--at-least", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Leave out pairs less probable than this."
)
@click.option("--many", is_flag=True, help="Allow one person of RIGHT for several of LEFT.")
@click.option("--decided", type=_PATH, help="A book of decisions: what two officers settled is not proposed again.")
@click.option("--groups", type=_PATH, help="Write groups of records that are one person, over all lists, as CSV.")
@click.option("--may-repeat", multiple=True, metavar="FILE", help="With --groups: this list may hold a person twice.")
@click.option("--report", type=_PATH, help="Write an HTML page: what each threshold lets through.")
@click.option("--pair", metavar="LEFT:RIGHT", help="With --report: why these two, bar by bar, with both records' names.")
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where to compare: here, on Spark.",
)
@click.option("--spark-master", metavar="URL", help="With --engine spark: the cluster; this machine is local[*].")
@MAPPING
@LANGUAGE
@QUIET
@json_option
def match_command(
    left: Path, right: Path | None, more: tuple[Path, ...], *, with_itself: bool, output: Path | None, top: int, at_least: float,
    many: bool, decided: Path | None, groups: Path | None, may_repeat: tuple[str, ...], report: Path | None, pair: str | None,
    engine: str, spark_master: str | None, mapping: Path | None, language: str, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Propose which people of LEFT and RIGHT are the same, with a probability and reasons; of MORE lists, every two.

    A machine only proposes: two people decide. Ids come from an id column, or are row numbers (r12). To compare two registers
    without showing either, see: homeward match private --help
    """
    from homeward.lists.decisions import read_decisions
    from homeward.people.atomic import write_whole

    if with_itself == (right is not None):
        raise click.UsageError("give two files, or one file with --self")
    _check_options(report=report, pair=pair, engine=engine, spark_master=spark_master, groups=groups, may_repeat=may_repeat)
    files = [left, *([right] if right is not None else []), *more]
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        names = names_of(files)
        book = read_decisions(decided) if decided else None
        whole = needed_whole(book, pair)
        lists = {name: read_long(file, mapping, whole, steps) for name, file in zip(names, files, strict=True)}
        if not set(may_repeat) <= set(names):
            raise click.UsageError(f"--may-repeat names one of the lists: {', '.join(names)}")
        how = How(not many and top == 1, top, at_least, _engine(engine, spark_master), book)
        done = compare(lists, how, with_itself=with_itself, progress=steps)
        grouped = None
        if groups is not None:
            # Whether two records contradict each other is asked of persons.
            people = {name: read_list(file, mapping, None, steps).people for name, file in zip(names, files, strict=True)}
            grouped = _grouped(people, how, names if with_itself else may_repeat)
        if output is not None:
            write_whole(output, pairs_csv(done))
        if groups is not None and grouped is not None:
            write_whole(groups, groups_csv(grouped))
        if report is not None:
            _write_report(report, done, lists, pair, language)
    _finish(_Written(output, groups, report), done, grouped, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Written:
    """The files that were asked for."""

    output: Path | None
    groups: Path | None
    report: Path | None


def _check_options(
    *,
    report: Path | None,
    pair: str | None,
    engine: str,
    spark_master: str | None,
    groups: Path | None,
    may_repeat: Sequence[str],
) -> None:
    """Options that say nothing without another one."""
    if pair is not None and report is None:
        raise click.UsageError("--pair is told on a page; give it with --report")
    if spark_master is not None and engine != "spark":
        raise click.UsageError("--spark-master goes with --engine spark")
    if may_repeat and groups is None:
        raise click.UsageError("--may-repeat goes with --groups")


def _engine(name: str, master: str | None) -> Any:
    if name == "local":
        return None
    from homeward.matching.engines.spark import spark

    return spark(master)


def _grouped(lists: Mapping[str, Sequence[Person]], how: How, may_repeat: Sequence[str]) -> Clusters:
    from homeward.matching.clusters import cluster

    same, different = decided_among(how.book, lists) if how.book is not None else ([], [])
    return cluster(lists, at_least=how.at_least, may_repeat=may_repeat, same=same, different=different)


def _write_report(
    path: Path, compared: Sequence[Compared], lists: Mapping[str, ListRead], pair: str | None, language: str
) -> None:
    """The page of the run; of several lists that of the first two, with the proposals of all."""
    from homeward.report.matching_page import MatchingRun, write_matching_report

    first = compared[0]
    told = pair_of(pair, compared, lists) if pair is not None else None
    sure = tuple(probability for each in compared for probability in each.found.probability.tolist())
    others = [name for name in lists if name != first.left]
    right = ", ".join(others) if first.right else ""
    people = sum(len(lists[name].columns) for name in others)
    write_matching_report(
        MatchingRun(first.left, right, len(lists[first.left].columns), people, sure, told), path, language=language
    )


def _finish(written: _Written, done: Sequence[Compared], grouped: Clusters | None, *, as_json: bool) -> None:
    found = sum(len(each.found) for each in done)
    sure = sum(int((each.found.probability >= _SURE).sum()) for each in done)
    settled, changed = sum(each.settled for each in done), sum(each.changed for each in done)
    result: dict[str, Any] = {
        "pairs": found, "at_least_99_percent": sure, "settled_before": settled, "decisions_out_of_date": changed,
        "output": str(written.output) if written.output else None,
    }  # fmt: skip
    text = f"{found:,} pairs proposed, {sure:,} of them at least 99 % sure. Two people decide each."
    if settled or changed:
        text += f"\n{settled:,} pairs were settled before and are not proposed again; {changed:,} decisions are out of date."
    if grouped is not None:
        refused = [why.reason for why in grouped.refused]
        result |= {
            "groups": len(grouped.groups),
            "links_refused": {reason: refused.count(reason) for reason in sorted(set(refused))},
        }
        text += f"\n{len(grouped.groups):,} groups; {len(refused):,} links refused.\n{written.groups}"
    if written.output is None:
        pairs = [
            (each, *pair)
            for each in done
            for pair in zip(each.found.left_id, each.found.right_id, each.found.probability.tolist(), strict=True)
        ]
        result["proposals"] = [
            {"left_id": left, "right_id": right, "probability": round(probability, 6)}
            | ({"left_list": of.left, "right_list": of.right} if len(done) > 1 else {})
            for of, left, right, probability in pairs
        ]
        text += "".join(f"\n{left}\t{right}\t{probability:.4f}" for _, left, right, probability in pairs)
    else:
        text += f"\n{written.output}"
    if written.report is not None:
        result["report"] = str(written.report)
        text += f"\n{written.report}"
    finish(result, text, as_json=as_json)
