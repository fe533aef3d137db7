"""The terms of the invented exchange: the packaged text of 16 May 2025, or the same pattern for another number of people.

>>> [line for line in terms_text(100).splitlines() if line.startswith(("equals", "max"))]
['equals = 100', 'equals = 27', 'equals = 12', 'equals = 31', 'equals = 30', 'max = 4']
"""

from __future__ import annotations

import re
from importlib import resources

_PATTERN = 1000


def terms_text(people: int = _PATTERN, parties: tuple[str, str] = ("UA", "RU")) -> str:
    """A terms file (schema `exchange-terms/1`) for `people` going each way in three days; at least 10.

    For 1,000 people it is the packaged text, byte for byte. For others the counts keep its proportions: the first day has 27 %
    servicemen and 12 % civilians, the second 30.7 %, the third the rest.
    """
    if people < 10:
        raise ValueError("an invented exchange has at least 10 people on each side")
    text = resources.files("homeward.invented").joinpath("terms_may2025.toml").read_text(encoding="utf-8")
    if people != _PATTERN:
        text = _scaled(text, people)
    for written, wanted in zip(("UA", "RU"), parties, strict=True):
        if written != wanted:
            text = re.sub(rf'^{written} = ".*"$', f'{wanted} = "{wanted}"', text, flags=re.MULTILINE)
            text = re.sub(rf"\b{written}\b", wanted, text)
    return text


def first_day(people: int) -> tuple[int, int]:
    """How many soldiers and how many civilians go on the first day, on each side."""
    return round(people * 0.27), round(people * 0.12)


def _scaled(text: str, people: int) -> str:
    soldiers, civilians = first_day(people)
    second = round(people * 0.307)
    counts = {1000: people, 270: soldiers, 120: civilians, 307: second, 303: people - soldiers - civilians - second}
    stretchers = max(2, round(people * 0.04))

    def number(match: re.Match[str]) -> str:
        return str(counts[int(match.group())])

    out = []
    for line in text.splitlines(keepends=True):
        if line.startswith("title"):
            out.append(f'title  = "{people} for {people} in three days, after the pattern of 23-25 May 2025 (invented)"\n')
        elif line.startswith(("text", "equals")):
            scaled = re.sub(r"\b(1000|270|120|307|303)\b", number, line)
            out.append(re.sub(r"at most 40\b", f"at most {stretchers}", scaled))
        elif line.startswith("max"):
            out.append(re.sub(r"\b40\b", str(stretchers), line))
        else:
            out.append(line)
    return "".join(out)
