"""What the compiled sieve reads: two lists and the rules as plain arrays, since compiled code is slow with anything else.

`Side` is one list as `laying.side` makes it, `Rules` the weights and the spelling model, `Own` what one worker has for itself.
The constants say what stands where. Import this module only where numba is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba

from homeward.matching.names.folding import ALPHABET, CONTEXTS, LONGEST_WORD, Script
from homeward.matching.names.lexicon import READINGS

_Function = TypeVar("_Function", bound=Callable[..., Any])
# Nothing here allocates, so nobody counts references: two workers counting the same would wait for each other.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
compiled: Callable[[_Function], _Function] = numba.njit(**_OPTIONS)
#: For what is called for every pair: handing over so many arrays would cost more than the work.
inlined: Callable[[_Function], _Function] = numba.njit(forceinline=True, **_OPTIONS)


class Words(NamedTuple):
    """The words of one list."""

    #: uint8 (words, LETTERS): letter codes plain and in context, length, script, marks of the skeleton, rarity in each role.
    letters: Any
    #: int32 (words, NUMBERS): initial, masculine form, row of the two tables below.
    number: Any
    #: float32 (words, 3): log2 f in each role.
    common: Any
    #: int32 (words with a reading and, first, none, LINES): lines of the lexicon as given name and as patronymic, -1 for none.
    line: Any
    #: float64 (the same words, CHANCES): log2 of meaning and of writing those lines.
    chance: Any


class Side(NamedTuple):
    """One list."""

    #: int32 (people, ROW): a person. One person is one line of the processor's cache.
    row: Any
    #: int32 (people of whom there is more, MORE): second and third words of each part of the name, day of capture.
    more: Any
    words: Words
    #: int32 (texts, PLACES), letters of texts as above, and int64: places of birth.
    place: Any
    place_letters: Any
    gazetteer: Any


class Rules(NamedTuple):
    """What both lists are compared by."""

    #: float64: the numbers named below, then the tables of bits.
    scale: Any
    #: float32 (pairs of scripts, letters in context, MODEL): rows of sub, of ins, dele, move.
    model: Any
    #: float32 (pairs of scripts, letters, letters in context): sub the other way round, so that one letter's are together.
    turned: Any
    #: int32 (words of the left list and one more): the number of the same word of the right list.
    same: Any


class Own(NamedTuple):
    """One worker's own memory."""

    #: int32 (right people): the last left row that met each.
    seen: Any
    #: int64 and float64 (REMEMBERED, 2): comparisons of given names and patronymics remembered.
    key: Any
    value: Any
    #: float32 (LONGEST_WORD + 1): a line of the spelling model.
    now: Any
    #: int32 (TOGETHER, ROW + 1): rows of the right list that wait, with their numbers; what is found out of each.
    near: Any
    beside: Any
    open: Any
    #: int32 (3 * scripts, letters in context): see `reach`. The next is the same memory read as float32.
    reach: Any
    reach_float: Any
    #: int64 (3 * scripts): which word of the left list the lines of `reach` are of; two lines to work on.
    reach_of: Any
    work: Any
    #: float64 (9): raw bits of each part of the left name against each part of the right one.
    raw: Any
    #: int32 (2, room): the pairs found.
    out: Any


#: A row: of three parts of the name each the first word, the marks of its skeleton, its lines of the lexicon as a set of 32
#: bits; rarity of the three in a byte each; packed date; codes; place of birth, its marks, its places as a set; row of `more`.
WORD, MARK, LINE, RARE, BIRTH, CODES, BORN_AT, BORN_MARK, BORN_LINE, FURTHER, ROW = 0, 3, 6, 9, 10, 11, 12, 13, 14, 15, 16
CAPTURED, MORE = 6, 7
#: The codes: rank (7 bits) and sex (2 bits), then whether the columns may be exchanged, which kinds there are besides, and
#: which parts are plain: one word of several letters with no other form.
SEX, ODD, NUMBER, UNIT, CAPTURED_AT, MOTHER, PLAIN = 7, 512, 1024, 2048, 4096, 8192, 16384
#: Letters of a word: plain codes from 0, codes in context from `PLACED`, then length, script, marks (three bytes), and -log2 f in
#: each role, so many steps to a bit, rounded up.
PLACED, LENGTH = LONGEST_WORD, 2 * LONGEST_WORD
SCRIPT, APART, RARELY, LETTERS = LENGTH + 1, LENGTH + 2, LENGTH + 5, 64
RARE_STEPS = 4
#: A place: the number of its key (one for both lists), whether it is common, its rarity, its stretch of the gazetteer.
KEY, COMMON, RARITY_MILLIBITS, FIRST, LAST, PLACES = 0, 1, 2, 3, 4, 5
#: Numbers of a word: initial, masculine form, its row of readings. There are so many lines for both roles together.
INITIAL, MANLY, READ, NUMBERS, LINES = 0, 1, 2, 3, 2 * READINGS
#: Chances of a word: log2 of meaning each line of both roles, and of writing it.
MEANT, WRITTEN, CHANCES = 0, 2 * READINGS, 4 * READINGS
#: A row of the model: sub, ins, dele, move. There are so many rows, and so many scripts.
INS, DELE, MOVE, MODEL = ALPHABET, 2 * ALPHABET, 2 * ALPHABET + 1, 2 * ALPHABET + 2
PLACES_OF_LETTERS, SCRIPTS = CONTEXTS * ALPHABET, len(Script)
#: Single numbers of the scale, then its tables: bits by level, most bits of late kinds, cost of arrangements.
LEAST, PRIOR, FLOOR, SMALLEST, TRANSLATED, NEGLIGIBLE, AGREE = 0, 1, 2, 3, 4, 5, 6
BIRTH_BITS, CAPTURED_BITS, RANK_BITS, SEX_BITS, LATE_BITS, COST, BORN_AT_BITS, CURVES = 8, 20, 26, 32, 36, 42, 48, 56
#: Tables of curves: so many steps to a bit, from `LOWEST` on, `CURVE` in all; then those of rarity, from 0 on, `RARITY` in all.
STEPS, LOWEST, CURVE, RARITY = 8, -20.0, 360, 320
#: Last, the curves read the other way: for bits, as many steps to a bit, from `FEWEST` on, the first place of `CURVE` that has them.
FEWEST, BITS = -16.0, 400
BACK = CURVES + 3 * (CURVE + RARITY)
SCALE = BACK + 3 * BITS
#: How many comparisons of given names and patronymics a worker remembers.
REMEMBERED = 1 << 18
#: So many candidates of one row are looked at together.
TOGETHER = 256
