"""The account of a rehearsal: what the report shows and the table says, counted from the record and the steps. No names."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange import ACTS, DEVIATIONS
from homeward.exchange.summary import STEPS, ListSummary, Summary
from homeward.exchange.verdict import ExchangeVerdict
from homeward.exchange.words import Sentence, say
from homeward.lists import FINDINGS, QualityReport
from homeward.rehearsal.deciding import Asked, Decided
from homeward.rehearsal.scene import Scene
from homeward.report import (
    DeviationSummary,
    FunnelStep,
    ListQuality,
    MatchingSummary,
    Report,
    SideSummary,
    StageSummary,
    TimelineEvent,
)
from homeward.terms import as_text, legal_remarks

_WORDS: Mapping[str, Sentence] = {
    "difference": {
        "en": "Clause {clause}, {list}, {group}: {got} instead of {wanted}. Explained by act {acts}.",
        "uk": "Пункт {clause}, {list}, {group}: {got} замість {wanted}. Пояснює акт {acts}.",
    },
    "everybody": {"en": "everybody", "uk": "усі"},
    "proof": {
        "en": "{people} people of {types} kinds were weighed under {clauses} clauses.",
        "uk": "Зважено {people} осіб {types} видів за {clauses} пунктами.",
    },
    "proven": {
        "en": "Proven: no plan within the terms puts more of those first whom the priorities put first.",
        "uk": "Доведено: жоден план у межах умов не ставить попереду більше тих, кого ставлять попереду пріоритети.",
    },
    "not_proven": {
        "en": "A small gap to the best possible plan is left unproven.",
        "uk": "Невелика різниця з найкращим можливим планом лишилася недоведеною.",
    },
}

#: Codes that acts carry, as a timeline shows them. What is not here is shown as it is.
_CODES: Mapping[str, Sentence] = {
    "wishes_to_go": {"en": "wishes to go", "uk": "бажає їхати"},
    "refuses": {"en": "refuses", "uk": "відмовляється"},
    "other_destination": {"en": "another destination", "uk": "інше місце призначення"},
    "undecided": {"en": "undecided", "uk": "ще не вирішено"},
    "not_held": {"en": "not held", "uk": "не відбулася"},
    "not_the_person_on_the_manifest": {"en": "not the person on the manifest", "uk": "не та особа, що в маніфесті"},
    "list": {"en": "the list", "uk": "список"},
    "answers": {"en": "the answers", "uk": "відповіді"},
    **{kind: deviation.says for kind, deviation in DEVIATIONS.items()},
}


def account_of(
    scene: Scene,
    qualities: Mapping[str, QualityReport],
    asked: Mapping[str, Asked],
    decided: Mapping[str, Decided],
    verdict: ExchangeVerdict,
    *,
    language: str,
    invented: bool,
) -> Report:
    """Everything that the report shows, in the report's language."""
    summary, terms = verdict.summary, scene.terms
    assert summary is not None, "the verdict of a finished rehearsal has a summary"
    reserves = {(each.stage, each.person): each.reserve for each in scene.happened}
    proof = scene.proof
    timeline, times = _timeline(scene, language)
    return Report(
        title=terms.title,
        parties=dict(verdict.names or {}),
        terms_text=as_text(terms, language),
        terms_digits=verdict.record.card,
        legal_remarks=tuple(each.sentence(language) for each in legal_remarks(terms)),
        lists=tuple(_quality(list_id, scene, report, language) for list_id, report in qualities.items()),
        matching=tuple(
            MatchingSummary(list_id, each.probabilities, decided[list_id].counts, decided[list_id].rulings)
            for list_id, each in asked.items()
        ),
        sides=tuple(_side(each) for each in summary.lists),
        stages=_stages(summary, scene, language),
        deviations=tuple(
            DeviationSummary(
                each.index,
                each.kind,
                say(DEVIATIONS[each.kind].says, language),
                each.stage,
                each.person,
                each.by,
                each.agreed_by,
                reserves.get((each.stage or "", each.person or "")),
            )
            for each in summary.deviations
        ),
        timeline=timeline,
        act_times=times,
        verdict_text=verdict.text(language),
        verdict_word=verdict.kind,
        plan_proof=(
            say(_WORDS["proof"], language, people=proof.people, clauses=proof.clauses, types=proof.types),
            say(_WORDS["proven" if proof.optimal else "not_proven"], language),
        ),
        plan=scene.planned,
        invented=invented,
    )


def _quality(list_id: str, scene: Scene, report: QualityReport, language: str) -> ListQuality:
    holder, _ = scene.inputs.sides[list_id]
    meanings = {code: FINDINGS[code].remedy_uk if language == "uk" else FINDINGS[code].remedy_en for code in report.counts}
    return ListQuality(
        f"{holder}: {list_id}", report.rows, report.accepted, report.remarked, report.refused, report.counts, meanings
    )


def _side(each: ListSummary) -> SideSummary:
    funnel = tuple(
        FunnelStep(step, counts["all"], {name: number for name, number in counts.items() if name != "all"})
        for step, counts in ((step, each.reached[step]) for step in STEPS)
    )
    return SideSummary(each.id, "+".join(each.holders), "+".join(each.receivers), each.answers, funnel)


def _stages(summary: Summary, scene: Scene, language: str) -> tuple[StageSummary, ...]:
    dates = {stage.id: stage.date.isoformat() if stage.date is not None else None for stage in scene.terms.stages}
    so_far: dict[str, int] = dict.fromkeys(scene.terms.sides, 0)
    found = []
    for stage in summary.stages:
        for list_id, columns in stage.balance.items():
            so_far[list_id] += columns.get("received", 0)
        differences = tuple(
            say(
                _WORDS["difference"],
                language,
                clause=each.clause,
                list=each.list,
                group=say(_WORDS["everybody"], language) if each.group == "all" else each.group,
                got=each.got,
                wanted=each.wanted,
                acts=", ".join(map(str, each.explained_by)),
            )
            for each in stage.differences
        )
        found.append(StageSummary(stage.id, dates[stage.id], stage.balance, dict(so_far), differences))
    return tuple(found)


#: Acts that come by the hundred are told once per run of them, with their number.
_MANY = frozenset({"answered", "interviewed", "handed-over", "received"})


def _timeline(scene: Scene, language: str) -> tuple[tuple[TimelineEvent, ...], tuple[str, ...]]:
    events: list[TimelineEvent] = []
    times: list[str] = []
    run = ""
    for entry in scene.acts:
        times.append(entry.at)
        form = ACTS.get(entry.act)
        key = f"{entry.act} {entry.party} {entry.fields.get('stage', '')}"
        if form is None or entry.act == "agreed" or (entry.act in _MANY and key == run):
            continue
        run = key
        values = {name: _shown(value, language) for name, value in entry.fields.items()}
        text = say(form.says, language, **values)
        events.append(TimelineEvent(entry.index, entry.at, entry.party, text + (" …" if entry.act in _MANY else "")))
    return tuple(events), tuple(times)


def _shown(value: object, language: str) -> str:
    if isinstance(value, str):
        return say(_CODES[value], language) if value in _CODES else value
    return str(value) if isinstance(value, int) else "…"


def table_of(report: Report) -> tuple[tuple[str, ...], ...]:
    """What happened as one table: a row per stage and side, and a row for the whole. The first row is the heading."""
    seen = {name for stage in report.stages for counts in stage.balance.values() for name in counts}
    columns = ["planned", "reserves_called", "received", *sorted(seen - {"planned", "reserves_called", "received"})]
    rows: list[tuple[str, ...]] = [("stage", "date", "side", *columns)]
    total: dict[str, dict[str, int]] = {}
    for stage in report.stages:
        for side, counts in stage.balance.items():
            rows.append((stage.id, stage.date or "", side, *(str(counts.get(name, 0)) for name in columns)))
            for name, number in counts.items():
                total.setdefault(side, {})[name] = total.get(side, {}).get(name, 0) + number
    rows += [("all", "", side, *(str(counts.get(name, 0)) for name in columns)) for side, counts in total.items()]
    return tuple(rows)
