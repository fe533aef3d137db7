"""Make `homeward/matching/names/data/known_pairs.npz`: pairs of words of two scripts that are one name against all rules of spelling.

    python bench/matching/learn_pairs.py NAMES_DIR OUT.npz [--held-out]

From Wikidata's name pairs and clusters (CC0): pairs that the spelling model finds unlikely in the way from the one or the other. The
file holds 32-bit numbers of words, not words. With `--held-out` the words that `retrieval.unseen` names are left out, for a measure on
words that the table does not know. Deterministic.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np
from retrieval import FILES, unseen

from homeward.matching.names.folding import LONGEST_WORD, Script, script_of, words
from homeward.matching.names.known_pairs import word_numbers
from homeward.matching.names.letters import Words
from homeward.matching.names.spelling import log2_spelling_pairs

#: A pair less likely than so many bits for each letter, one way or the other, needs the table.
UNLIKELY = -1.3


def one_word(text: str) -> str | None:
    """The folded word of a text of one word, or None."""
    found = words(text)
    return found[0] if len(found) == 1 and 2 <= len(found[0]) <= LONGEST_WORD else None


def pairs_of(folder: Path, *, held_out: bool) -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name in FILES.values():
        for line in (folder / f"wd_{name}_80.tsv").read_text(encoding="utf-8").splitlines():
            latin, other, _ = line.split("\t")
            a, b = one_word(latin), one_word(other.replace(" ", ""))
            if a and b and not (held_out and unseen(latin)):
                found.add((a, b))
    for line in (folder / "wikidata_name_clusters.txt").read_text(encoding="utf-8").splitlines():
        forms = sorted({word for part in line.split(" => ")[0].split(",") if (word := one_word(part))})
        scripts = {script: [form for form in forms if script_of(form) is script] for script in Script}
        for other in (Script.CYRILLIC, Script.HEBREW, Script.ARABIC):
            for a, b in product(scripts[Script.LATIN][:6], scripts[other][:4]):
                if not (held_out and unseen(a)):
                    found.add((a, b))
    return sorted(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    pairs = pairs_of(options.names, held_out=options.held_out)
    left, right = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    one, other, rows = Words.of(left), Words.of(right), np.arange(len(pairs))
    forth = log2_spelling_pairs(one, other, rows, rows) / np.maximum(1, other.length)
    back = log2_spelling_pairs(other, one, rows, rows) / np.maximum(1, one.length)
    kept = np.minimum(forth, back + 0.6) < UNLIKELY
    np.savez_compressed(options.out, one=word_numbers(left)[kept], other=word_numbers(right)[kept])
    print(f"{len(pairs)} pairs, {kept.sum()} kept, {options.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
