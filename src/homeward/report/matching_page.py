"""The page of one matching run: what each threshold lets through, and, where one pair is asked about, why it is proposed.

One HTML file that opens from disk, without network and without script. It holds no name, except those of the one pair that its user
asks for, and then says so at its head: it is a party's own file and goes to nobody.

>>> page = matching_page(MatchingRun("their-list.xlsx", "register.xlsx", 2, 3, (0.999, 0.7)))
>>> page.startswith("<!doctype html>"), "<script" in page, "99.5" in page
(True, False, True)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.lists.pairs import percent
from homeward.matching import Proposal
from homeward.people.atomic import replace_file
from homeward.report.matching_charts import Bar, Threshold, threshold_picture, thresholds, waterfall_picture
from homeward.report.rendering import environment, style
from homeward.report.words import known


@dataclass(frozen=True, slots=True)
class MatchingRun:
    """What the page tells: the names of the files, how many people each has, the probability of every proposal, perhaps one pair."""

    left: str
    right: str
    left_people: int
    right_people: int
    probabilities: Sequence[float]
    pair: Proposal | None = None


#: Key → English, Ukrainian.
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Matching of two lists", "Зіставлення двох списків"),
    "title_self": ("Repeats inside one list", "Повтори в одному списку"),
    "proposes": (
        "The machine proposes; two people decide every pair.",
        "Машина лише пропонує; кожну пару вирішують двоє людей.",
    ),
    "names": (
        "This page quotes two records by name. It is for the officers who decide, and goes to nobody else.",
        "Ця сторінка наводить два записи з іменами. Вона лише для тих, хто вирішує, і нікому не передається.",
    ),
    "no_names": ("This page holds no names.", "На цій сторінці немає імен."),
    "people": ("People", "Людей"),
    "proposed": ("Pairs proposed", "Запропоновано пар"),
    "thresholds": ("What each threshold lets through", "Що пропускає кожен поріг"),
    "thresholds_note": (
        (
            "Of pairs shown as 90 % sure, nine in ten are right. So the pairs above a threshold that are expected to be right are "
            "the sum of their probabilities. How far lists of other kinds keep to this is told in docs/performance-matching.md."
        ),
        (
            "З пар, показаних із певністю 90 %, дев’ять із десяти правильні. Тож очікувана кількість правильних пар понад порогом "
            "– це сума їхніх імовірностей. Наскільки це справджується для списків іншого роду, сказано в "
            "docs/performance-matching.md."
        ),
    ),
    "links": ("Pairs at least this sure", "Пар з певністю не меншою за поріг"),
    "precision": ("Expected to be right among them, %", "Очікувана частка правильних серед них, %"),
    "axis": ("threshold, %", "поріг, %"),
    "threshold": ("Threshold", "Поріг"),
    "pairs": ("Pairs", "Пар"),
    "right": ("Expected right", "Правильних (очікувано)"),
    "wrong": ("Expected wrong", "Хибних (очікувано)"),
    "share": ("Expected right, %", "Правильних, %"),
    "pair": ("Why this pair: {left} and {right}", "Чому ця пара: {left} і {right}"),
    "pair_note": (
        (
            "One bit for doubles the odds, one bit against halves them. The bars add up exactly; without one of them the whole "
            "would be less or more by just that bar."
        ),
        (
            "Один біт «за» подвоює шанси, один біт «проти» зменшує їх удвічі. Смуги складаються точно; без якоїсь із них ціле "
            "було б меншим чи більшим рівно на неї."
        ),
    ),
    "bits": ("bits", "біти"),
    "reason": ("Reason", "Підстава"),
    "running": ("So far", "Разом"),
    "whole": ("Together {bits} bits: {percent} sure", "Разом {bits} біт: певність {percent}"),
}


def write_matching_report(run: MatchingRun, path: Path, *, language: str = "en") -> None:
    """Write the page whole or not at all, readable by its owner alone. Raises `OSError`."""
    replace_file(path, matching_page(run, language=language).encode("utf-8"))


def matching_page(run: MatchingRun, *, language: str = "en") -> str:
    """The page as text, in English or Ukrainian; any other language reads as English."""
    at = 1 if known(language) == "uk" else 0
    words = {key: told[at] for key, told in WORDS.items()}
    rows = thresholds(run.probabilities)
    drawn = threshold_picture(
        run.probabilities, words["thresholds"], _told(rows, words),
        links=words["links"], precision=words["precision"], axis=words["axis"],
    )  # fmt: skip
    return (
        environment()
        .get_template("matching.html")
        .render(
            t=words,
            language=known(language),
            style=style(),
            run=run,
            one_list=not run.right,
            rows=rows,
            thresholds=drawn,
            pair=_pair(run.pair, language, words) if run.pair is not None else None,
        )
    )


def _told(rows: Sequence[Threshold], words: Mapping[str, str]) -> str:
    return "; ".join(
        f"{100 * row.at_least:g} %: {row.links} {words['pairs'].lower()}, {100 * row.precision:.2f} %" for row in rows
    )


def _pair(pair: Proposal, language: str, words: Mapping[str, str]) -> dict[str, object]:
    """The waterfall of one pair: before looking first, then the bars from the strongest for to the strongest against, rivals last."""
    order = {"prior": 0, "others": 2}
    evidence = sorted(pair.evidence, key=lambda bar: (order.get(bar.kind, 1), -bar.bits))
    bars = [Bar(bar.sentence("uk" if known(language) == "uk" else "en"), bar.bits) for bar in evidence]
    whole = words["whole"].format(bits=_signed(pair.bits, 1), percent=percent(pair.probability))
    title = words["pair"].format(left=pair.left_id, right=pair.right_id)
    said = "; ".join(f"{bar.sentence}: {bar.bits:+.2f}" for bar in bars)
    running, table = 0.0, []
    for bar in bars:
        running += bar.bits
        table.append((bar.sentence, _signed(bar.bits, 2), _signed(running, 2)))
    return {"title": title, "whole": whole, "drawn": waterfall_picture(bars, whole, title, said, words["bits"]), "rows": table}


def _signed(bits: float, digits: int) -> str:
    """Bits with their sign, as people print it."""
    return f"{bits:+.{digits}f}".replace("-", "−")
