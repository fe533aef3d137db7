"""The tables of this room as a page: docs/acts.md is what `as_markdown` gives, and a test keeps it so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeward.exchange.acts import ACTS, INTERVIEW_OUTCOMES, ActForm
from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.guards import REASONS
from homeward.exchange.reasons import REASONS_FOR
from homeward.exchange.rules import RULES, START

_HEAD = """# Acts, rules, deviations

This page is written by `homeward.exchange.document` from the tables that the program itself reads; a test keeps it current.
How a line is signed and kept is in [record-format.md](record-format.md).

An act of **effect** counts when everybody it needs has agreed and a head that all parties cosigned covers the last assent. An
act of **fact** counts when a second party has signed the same fact (who hands over and who receives; who states a deviation
and who agrees). An act of **word** binds its author alone. An act that no rule allows stays in the record and changes nothing;
the verdict names it and the reason.
"""


def as_markdown() -> str:
    """The whole page, ending in a newline."""
    parts = [
        _HEAD,
        "## Acts\n",
        _table(
            ("act", "who", "hands", "nature", "who must agree", "fields", "what is read before signing"),
            (_act_row(form) for form in ACTS.values()),
        ),
        "Fields in brackets may be left out. A table of an act is a list of `[key, value]` pairs in the order of the keys. The",
        f"outcomes of an interview are {', '.join(f'`{each}`' for each in INTERVIEW_OUTCOMES)}.\n",
        "## Rules\n",
        "What starts how: " + ", ".join(f"{subject} `{state}`" for subject, state in START.items()) + ".\n",
        _table(
            ("subject", "in state", "act", "goes to", "if", "because"),
            (
                (
                    rule.subject,
                    f"`{rule.state}`",
                    f"`{rule.act}`",
                    rule.then if rule.then == "by code" else f"`{rule.then}`",
                    ", ".join(f"`{guard}`" for guard in rule.guards) or "–",
                    rule.basis,
                )
                for rule in RULES
            ),
        ),
        "## Deviations\n",
        _table(
            ("kind", "what happened", "the person then is"),
            ((f"`{d.kind}`", d.says["en"], f"`{d.then}`" if d.then else "–") for d in DEVIATIONS.values()),
        ),
        "## Reasons\n",
        "Closed lists of reasons that an act is given here. The record takes any short code, so that another program's stay readable.\n",
        _table(
            ("act", "reason", "in words"),
            (
                (f"`{act}`", f"`{code}`", sentence["en"])
                for act, reasons in REASONS_FOR.items()
                for code, sentence in reasons.items()
            ),
        ),
        "## Why an act has no effect\n",
        _table(
            ("reason", "in words"),
            ((f"`{code}`", sentence["en"].replace("{detail}", "…")) for code, sentence in REASONS.items()),
        ),
    ]
    return "\n".join(parts)


def _act_row(form: ActForm) -> Sequence[str]:
    fields = [f"`{name}`" for name in form.needs] + [f"[`{name}`]" for name in form.may]
    return (
        f"`{form.name}`",
        form.role.value,
        str(form.hands),
        form.nature,
        form.assent.value,
        ", ".join(fields) or "–",
        form.says["en"].replace("{", "‹").replace("}", "›"),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
