"""The same list in less memory, for lists that are too long to be careless with it.

Words and texts become one run of bytes each, and a column in which nobody has an entry becomes a single number. Nothing that is
asked of the list comes out otherwise; asking for one word takes a little longer.

>>> from homeward.matching.cells import Cells
>>> table = {"id": ["u1", "u2"], "surname": ["Тестенко", "Вигаданий"], "birth_place": ["Харків", ""]}
>>> one = Columns.of_cells(Cells.of_table(table))
>>> small = compact(one)
>>> list(small.words.text) == list(one.words.text), list(small.text), small.captured.tolist() == one.captured.tolist()
(True, ['харків'], True)
>>> small.captured.strides
(0, 0)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.matching.columns import Columns, Ints
from homeward.people.packed import PackedTexts


def compact(columns: Columns) -> Columns:
    """The list, to be used in place of the one given; nothing is kept of what was derived from that one."""
    return replace(
        columns,
        words=replace(columns.words, text=_packed(columns.words.text)),
        text=_packed(columns.text),
        names={role: _alike(words) for role, words in columns.names.items()},
        captured=_alike(columns.captured),
        texts={field: _alike(numbers) for field, numbers in columns.texts.items()},
        rank=_alike(columns.rank),
        sex=_alike(columns.sex),
        derived={},
    )


def _packed(texts: Sequence[str]) -> PackedTexts:
    return texts if isinstance(texts, PackedTexts) else PackedTexts.of(texts)


def _alike(numbers: Ints) -> Ints:
    """A column as it is; one number of the same shape where all are the same."""
    if not numbers.size or numbers.min() != numbers.max():
        return numbers
    # What is given out may not be changed: it is one number in every place.
    return np.broadcast_to(numbers.ravel()[:1].copy(), numbers.shape)
