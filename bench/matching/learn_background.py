"""Learn how common letter sequences are in names: the tables of `homeward.matching.names.background`.

    python bench/matching/learn_background.py NAMES_DIR OUT.npz

Counts of letter pairs, with a mark for the beginning and the end, for each script and role. Sources: names_translator (MIT),
romanised by translitua (MIT), and Wikidata name pairs (CC0). Deterministic.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import translitua
from names_translator.dicts import default_dicts

from homeward.matching.names.folding import ALPHABET, LETTERS, Script, encode, script_of, words

ROLES = {"surname": "last", "given": "first", "patronymic": "patronymic"}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rng = np.random.default_rng(2)
    dicts = default_dicts()
    ukrainian = [getattr(translitua, n) for n in dir(translitua) if n.startswith("Ukrainian")]
    russian = [getattr(translitua, n) for n in dir(translitua) if n.startswith("Russian")]
    tables: dict[str, np.ndarray] = {}
    for role, category in ROLES.items():
        counts = {script: np.zeros((ALPHABET, ALPHABET)) for script in LETTERS}

        def add(text: str, weight: float, counts: dict[Script, np.ndarray] = counts) -> None:
            for word in words(text):
                codes = encode(word)[0]
                if len(codes) and (script := script_of(word)) in counts:
                    # Code 0 stands for the beginning as a row and for the end as a column.
                    np.add.at(counts[script], (np.append(0, codes), np.append(codes, 0)), weight)

        for uk, translations in sorted(dicts.as_dict(category).items()):
            for name, romanisations in ((uk, ukrainian), (translations[0], russian)):
                add(name, 1.0)
                for k in rng.choice(len(romanisations), 2, replace=False):
                    add(translitua.translit(name.title(), romanisations[k]), 0.5)
        for name in ("arabic", "hebrew"):
            for line in (folder / f"wd_{name}_80.tsv").read_text(encoding="utf-8").splitlines():
                latin, other, count = line.split("\t")
                add(other.replace(" ", ""), float(count) ** 0.5)
                if role != "patronymic":
                    add(latin, 0.1)
        for script, table in counts.items():
            size = len(LETTERS[script]) + 1
            smooth = table[:size, :size] + 0.5
            smooth += 20 * smooth.sum(0) / smooth.sum()
            whole = np.zeros((ALPHABET, ALPHABET))
            whole[:size, :size] = np.log2(smooth / smooth.sum(1, keepdims=True))
            tables[f"{role}_{script.name}".lower()] = whole.astype(np.float16)
    np.savez_compressed(out, **tables)
    print(f"{out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
