"""The verdict over a record of an exchange: is it unchanged, is it complete, and what happened.

`homeward.record.verify` says whether the lines are those that all parties cosigned; the fold says what they mean. Both look at
the same bytes in one pass, open no socket and write no file.

| kind | exit code | meaning |
|---|---|---|
| complete | 0 | unchanged, cosigned by all, and the exchange is closed |
| changed | 1 | something is not what was signed; the verdict says where |
| incomplete | 2 | nothing is wrong, but a cosigner, a line or the closing is missing |
| unreadable | 3 | the file is not a record, or its terms cannot be read |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.entries import digest_of_file, entry_of, file_named_by, public_lines, roles_of, roots_of
from homeward.exchange.fold import Fold
from homeward.exchange.guards import REASONS
from homeward.exchange.summary import ListSummary, Summary, summarise
from homeward.exchange.words import Sentence, say
from homeward.record import (
    Act,
    BundleError,
    Charter,
    CharterError,
    HeadError,
    Record,
    SignedHead,
    Verdict,
    parse_heads,
    read_charter,
    read_record,
    verify,
)
from homeward.record.verdict import Finding
from homeward.record.verify import Progress
from homeward.terms import Terms, TermsError, parse

EXIT_CODES: Mapping[str, int] = {"complete": 0, "changed": 1, "incomplete": 2, "unreadable": 3}


@dataclass(frozen=True)
class ExchangeVerdict:
    """The answer about one record. `summary` is None when the record could not be read far enough to say what happened."""

    kind: str
    record: Verdict
    terms: Terms | None = None
    summary: Summary | None = None
    #: Code → name of every party and of the neutral.
    names: Mapping[str, str] | None = None
    keepers: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.kind]

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        found: dict[str, Any] = {"verdict": self.kind, "exit_code": self.exit_code, "record": asdict(self.record)}
        if self.terms is not None and self.summary is not None:
            found["title"] = self.terms.title
            found["parties"] = dict(self.names or {})
            found["keepers"] = list(self.keepers)
            found["exchange"] = self.summary.as_json()
        return found

    def text(self, language: str = "en") -> str:
        """The verdict in plain words, the last line first in importance: what to believe."""
        return "\n".join(_lines(self, language))


def judge_file(source: bytes | Path, progress: Progress | None = None) -> ExchangeVerdict:
    """`judge` for a file; what is no record is answered as unreadable. A file that cannot be opened raises `OSError`."""
    try:
        return judge(read_record(source), progress)
    except BundleError as error:
        return _unreadable(str(error))


def judge(record: Record, progress: Progress | None = None) -> ExchangeVerdict:
    """Check a record and say what happened. The same record gives the same verdict on any machine."""
    try:
        charter = read_charter(record.terms)
        heads = list(parse_heads(record.heads))
    except (CharterError, HeadError) as error:
        return _unreadable(str(error))
    try:
        terms = parse(record.terms, "terms")
    except TermsError as error:
        found = verify(record, progress=progress)
        if found.kind == "changed":
            return ExchangeVerdict("changed", found)
        return _unreadable(f"the terms in the record cannot be read: {error.problems[0]}")
    neutral, keepers = roles_of(terms, charter)
    lines, _ = public_lines(record.lists)
    fold = Fold(terms, neutral, keepers, lines, roots_of(charter))
    following = iter([signed.head.size for signed in heads if _names_all(signed, charter)])
    size = next(following, None)
    # By what became of the acts: file → the hashes by which they name it → the first act that does.
    named: dict[_Became, _Named] = {"effect": {}, "no effect": {}, "not theirs": {}}

    def on_act(index: int, act: Act) -> None:
        nonlocal size
        while size is not None and size <= index:
            fold.head(size)
            size = next(following, None)
        entry = entry_of(index, act)
        void = fold.add(entry)
        file = file_named_by(entry)
        if file is not None:
            became: _Became = "effect" if void is None else "not theirs" if void.reason in _NOT_THEIRS else "no effect"
            named[became].setdefault(file[0], {}).setdefault(file[1], index)

    verdict = verify(record, progress=progress, on_act=on_act)
    if verdict.last_full:
        fold.head(verdict.last_full)
    verdict = _with_files(record, verdict, named)
    summary = summarise(fold.state)
    names = {**terms.parties, neutral: terms.neutrals[neutral].name if neutral in terms.neutrals else neutral}
    return ExchangeVerdict(_kind(verdict, summary), verdict, terms, summary, names, keepers)


def _names_all(signed: SignedHead, charter: Charter) -> bool:
    """Whether a head bears a cosignature of every party. `verify` says whether they are good; if not, nothing counts anyway."""
    cosigned = {signature.name.partition("/")[0] for signature in signed.signatures if len(signature.body) == _COSIGNATURE}
    return cosigned.issuperset(charter.cosigners)


#: Bytes of an Ed25519 cosignature: its time and the signature.
_COSIGNATURE = 72


_Named = dict[str, dict[str, int]]
_Became = Literal["effect", "no effect", "not theirs"]
#: The reasons why an act has no effect that hold whatever else is in the record: whoever signed it may not, or not like this.
_NOT_THEIRS = frozenset({"form", "role"})


def _with_files(record: Record, verdict: Verdict, named_by: Mapping[_Became, _Named]) -> Verdict:
    """The verdict, changed if a list or a sealed file in the record is not the one that an act names.

    What an act without effect says of a file counts only where no act with effect names it. Where lines are withheld, no act may seem
    to have an effect, and the one that names a file may not be seen: then a file must be the one that any act here names whose author
    may, and a file that none of them names is not judged.
    """
    if verdict.kind not in {"unchanged", "incomplete"}:
        return verdict
    effect, none, strangers = named_by["effect"], named_by["no effect"], named_by["not theirs"]
    named = {**strangers, **none, **effect}
    if verdict.withheld:
        named = {name: {**none.get(name, {}), **effect.get(name, {})} for name in {**none, **effect}}
    files = {f"lists/{name}": content for name, content in record.lists.items()}
    files |= {f"sealed/{name}": content for name, content in record.sealed.items()}
    for name, content in sorted(files.items()):
        digests = named.get(name)
        if digests is None and verdict.withheld:
            continue
        if digests is None:
            finding = Finding("file", "file", None, f"{name} belongs to no act of this record")
        elif digest_of_file(name, content) not in digests:
            index = max(digests.values())
            finding = Finding("file", "file", index, f"{name} is not the file that act {index} names")
        else:
            continue
        return replace(verdict, kind="changed", findings=(finding,))
    return verdict


def _kind(verdict: Verdict, summary: Summary) -> str:
    if verdict.kind != "unchanged":
        return verdict.kind
    return "complete" if summary.state == "CLOSED" else "incomplete"


def _unreadable(reason: str) -> ExchangeVerdict:
    return ExchangeVerdict("unreadable", Verdict("unreadable", (Finding("file", "file", None, reason),)))


# -- words ------------------------------------------------------------------------------------------------------------

_LABELS: Mapping[str, Sentence] = {
    "terms": {"en": "terms", "uk": "умови"},
    "acts": {"en": "acts", "uk": "акти"},
    "signed": {"en": "signed", "uk": "підписи"},
    "heads": {"en": "heads", "uk": "голови"},
    "lists": {"en": "lists", "uk": "списки"},
    "stages": {"en": "stages", "uk": "етапи"},
    "people": {"en": "people", "uk": "люди"},
    "deviations": {"en": "deviations", "uk": "відхилення"},
    "void": {"en": "no effect", "uk": "без дії"},
    "keepers": {"en": "keepers", "uk": "хранителі"},
    "verdict": {"en": "verdict", "uk": "висновок"},
}

_SENTENCES: Mapping[str, Sentence] = {
    "agreed": {"en": "agreed by {names}", "uk": "узгоджено: {names}"},
    "not_agreed": {"en": "not agreed by all yet", "uk": "ще не узгоджено всіма"},
    "card": {"en": "card {card}", "uk": "картка {card}"},
    "acts": {"en": "{acts}, none missing, none moved", "uk": "{acts}, жодного не бракує, жодного не переставлено"},
    "acts_withheld": {
        "en": "{acts}, of which {withheld} are withheld in this copy",
        "uk": "{acts}, з них у цій копії приховано {withheld}",
    },
    "acts_faulty": {"en": "{acts}", "uk": "{acts}"},
    "signed": {"en": "{signatures} good signatures by {keys} keys", "uk": "дійсних підписів {signatures}, ключів {keys}"},
    "retired": {"en": ", {name} retired at act {index}", "uk": ", {name} відкликано на акті {index}"},
    "heads": {
        "en": "{heads}, the last at act {size}, cosigned by {who}",
        "uk": "{heads}, остання на акті {size}, підписали: {who}",
    },
    "sealed": {"en": " (also against quantum computers)", "uk": " (також проти квантових комп’ютерів)"},
    "no_heads": {"en": "none that all parties cosigned", "uk": "жодної, яку підписали б усі"},
    "one_keeper": {
        "en": "one keeper, {keeper}: it could read the lists as soon as they were lodged",
        "uk": "один хранитель, {keeper}: він міг прочитати списки, щойно їх здано",
    },
    "people": {"en": "{handed} handed over, {received} received", "uk": "передано {handed}, прийнято {received}"},
    "people_same": {"en": "{handed} handed over = {received} received", "uk": "передано {handed} = прийнято {received}"},
    "stage": {"en": "{stage}  {state}  {counts}", "uk": "{stage}  {state}  {counts}"},
    "explained": {
        "en": "clause {clause}, {list} {group}: {got} instead of {wanted}, explained by act {acts}",
        "uk": "пункт {clause}, {list} {group}: {got} замість {wanted}, пояснює акт {acts}",
    },
    "deviation": {
        "en": "act {index}: {what}{person}{stage}; stated by {by}, {agreed}",
        "uk": "акт {index}: {what}{person}{stage}; заявив {by}, {agreed}",
    },
    "agreed_by": {"en": "agreed by {by}", "uk": "погодився {by}"},
    "stated_only": {"en": "nobody else has agreed", "uk": "більше ніхто не погодився"},
    "void": {"en": "act {index} ({act}, {by}): {reason}", "uk": "акт {index} ({act}, {by}): {reason}"},
    "complete": {"en": "COMPLETE AND UNCHANGED", "uk": "ПОВНИЙ І НЕЗМІНЕНИЙ"},
    "changed": {"en": "CHANGED: {what}", "uk": "ЗМІНЕНО: {what}"},
    "incomplete": {"en": "INCOMPLETE: {what}", "uk": "НЕПОВНИЙ: {what}"},
    "unreadable": {"en": "UNREADABLE: {what}", "uk": "НЕ ЧИТАЄТЬСЯ: {what}"},
    "not_closed": {
        "en": "unchanged so far; the exchange is not closed ({state})",
        "uk": "поки не змінено; обмін не завершено ({state})",
    },
}

#: How many deviations and acts without effect the text names one by one; `--json` has all.
_NAMED = 12


def _t(key: str, language: str, /, **values: object) -> str:
    return say(_SENTENCES[key], language, **values)


def _lines(verdict: ExchangeVerdict, language: str) -> list[str]:
    found = _body(verdict, language) if verdict.summary is not None else []
    what = verdict.record.findings[0].text if verdict.record.findings else ""
    if verdict.kind == "incomplete" and verdict.record.kind == "unchanged" and verdict.summary is not None:
        what = _t("not_closed", language, state=verdict.summary.state)
    found.append(("verdict", _t(verdict.kind, language, what=what)))
    width = max(len(say(label, language)) for label in _LABELS.values())
    lines = []
    before = ""
    for label, text in found:
        shown = "" if label == before else say(_LABELS[label], language)
        lines.append(f"{shown:<{width}}  {text}")
        before = label
    return lines


def _body(verdict: ExchangeVerdict, language: str) -> list[tuple[str, str]]:
    record, summary, names = verdict.record, verdict.summary, verdict.names or {}
    assert summary is not None
    agreed = summary.state != "NEW"
    terms = _t("agreed", language, names=", ".join(names.values())) if agreed else _t("not_agreed", language)
    found = [("terms", terms), ("terms", _t("card", language, card=record.card))]
    key = "acts_withheld" if record.withheld else "acts_faulty" if record.kind == "changed" else "acts"
    found.append(("acts", _t(key, language, acts=_n(record.acts), withheld=_n(record.withheld))))
    signed = _t("signed", language, signatures=_n(record.signatures), keys=sum(use.signatures > 0 for use in record.keys))
    signed += "".join(
        _t("retired", language, name=use.name, index=use.retired) for use in record.keys if use.retired is not None
    )
    found.append(("signed", signed))
    if record.full_heads:
        who = ", ".join(f"{names.get(code, code)} {_time(at)}" for code, at in record.cosigned.items())
        heads = _t("heads", language, heads=_n(record.full_heads), size=_n(record.last_full), who=who)
        found.append(("heads", heads + (_t("sealed", language) if record.sealed else "")))
    else:
        found.append(("heads", _t("no_heads", language)))
    if len(verdict.keepers) == 1:
        found.append(("keepers", _t("one_keeper", language, keeper=names.get(verdict.keepers[0], verdict.keepers[0]))))
    found += [("lists", _list_line(each, names)) for each in summary.lists]
    found += _stage_lines(summary, language)
    found += _people_line(summary, language)
    found += _deviation_lines(summary, language)
    found += [
        (
            "void",
            _t(
                "void",
                language,
                index=each.index,
                act=each.act,
                by=each.by,
                reason=say(REASONS[each.reason], language, detail=each.detail),
            ),
        )
        for each in summary.void[:_NAMED]
    ]
    if len(summary.void) > _NAMED:
        found.append(("void", f"+{len(summary.void) - _NAMED}"))
    return found


def _list_line(each: ListSummary, names: Mapping[str, str]) -> str:
    holders = "+".join(names.get(code, code) for code in each.holders)
    categories = ", ".join(f"{name} {_n(count)}" for name, count in each.categories.items())
    return f"{each.id}: {holders}, {_n(each.count)}" + (f" ({categories})" if categories else "") + f"  {each.state}"


def _stage_lines(summary: Summary, language: str) -> list[tuple[str, str]]:
    found = []
    for stage in summary.stages:
        counts = "; ".join(
            f"{name} " + ", ".join(f"{column} {_n(number)}" for column, number in columns.items() if number)
            for name, columns in stage.balance.items()
        )
        found.append(("stages", _t("stage", language, stage=stage.id, state=stage.state, counts=counts).rstrip()))
        for each in stage.differences:
            acts = ", ".join(map(str, each.explained_by))
            text = _t(
                "explained", language,
                clause=each.clause, list=each.list, group=each.group, got=each.got, wanted=each.wanted, acts=acts,
            )  # fmt: skip
            found.append(("stages", "  " + text))
    return found


def _people_line(summary: Summary, language: str) -> list[tuple[str, str]]:
    handed, received = summary.handed_over, summary.received
    if not handed:
        return []
    text = _t("people_same" if handed == received else "people", language, handed=_n(handed), received=_n(received))
    kinds = Counter(each.kind for each in summary.deviations if each.person is not None)
    text += "".join(f"; {count} × {say(DEVIATIONS[kind].says, language)}" for kind, count in sorted(kinds.items()))
    return [("people", text)]


def _deviation_lines(summary: Summary, language: str) -> list[tuple[str, str]]:
    found = []
    for each in summary.deviations[:_NAMED]:
        agreed = _t("agreed_by", language, by=each.agreed_by) if each.agreed_by else _t("stated_only", language)
        text = _t(
            "deviation", language,
            index=each.index, what=say(DEVIATIONS[each.kind].says, language), by=each.by, agreed=agreed,
            person=f", {each.person}" if each.person else "", stage=f", {each.stage}" if each.stage else "",
        )  # fmt: skip
        found.append(("deviations", text))
    if len(summary.deviations) > _NAMED:
        found.append(("deviations", f"+{len(summary.deviations) - _NAMED}"))
    return found


def _n(number: int) -> str:
    """A number with thin groups of three, as officials write it in either language."""
    return f"{number:,}".replace(",", " ")


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
