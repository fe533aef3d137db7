"""Places of keys and values: the scanner finds exactly the paths that the standard library reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.terms.positions import Path, places_of, spot_of

KEYS = st.text(alphabet="abcдж -.\"'\\é=#[]", min_size=1, max_size=6)
SCALARS = st.one_of(
    st.integers(-99, 99), st.booleans(), st.dates(), st.floats(-10, 10), st.text(alphabet="ab\"'\\\n#]},= й", max_size=12)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)), max_leaves=12
)


def paths(value: object, at: Path = ()) -> Iterator[Path]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*at, index))


@given(st.dictionaries(KEYS, VALUES, max_size=5))
@settings(max_examples=200, deadline=None)
def test_the_scanner_finds_the_paths_that_the_reader_reads(data: dict[str, object]) -> None:
    text = tomlkit.dumps(data)
    assert set(places_of(text)) == set(paths(tomllib.loads(text)))


def test_every_way_of_writing_a_key_is_placed() -> None:
    text = '''a.b = """x
"y" ""\\""""
[[q]]   # a list
z = {k = 1, "l m".n = [1, { o = 2 }]} # note
[[q.w]]
r = \'\'\'k
\'\'\'
d = 1979-05-27 07:32:00
[[q]]
["s.t".u]
v = [ # note
  1,
  2, ]
'''
    places = places_of(text)
    assert set(places) == set(paths(tomllib.loads(text)))
    assert places["q", 0, "z", "l m", "n", 1, "o"].value == (4, 33)
    assert places["q", 0, "w", 0, "d"].key == (8, 1)
    assert places["q", 1].key == (9, 1)
    assert places["s.t", "u", "v", 1].value == (13, 3)


def test_an_offset_becomes_a_line_and_a_column() -> None:
    assert [spot_of("ab\ncd", offset) for offset in (0, 2, 3, 4)] == [(1, 1), (1, 3), (2, 1), (2, 2)]
