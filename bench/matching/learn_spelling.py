"""Learn the spelling tables of `homeward.matching.names.spelling` from public name pairs.

    python bench/matching/learn_spelling.py NAMES_DIR OUT.npz

`NAMES_DIR` holds the Wikidata name pairs and clusters (CC0). Needs, besides this package, numba, names_translator (MIT;
Ukrainian and Russian spellings of one name) and translitua (MIT; 28 romanisation tables). Deterministic: pairs are drawn by
a fixed seed and summed in a fixed order. Takes about a minute on two cores.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numba
import numpy as np
import translitua
from names_translator.dicts import default_dicts

from homeward.matching.names.folding import ALPHABET, CONTEXTS, LONGEST_WORD, Script, encode, script_of, words

ROWS = ALPHABET * CONTEXTS
ROUNDS = 10
#: Smoothing, in pairs seen: what a letter never seen at a place is worth.
SMOOTH = 0.02


#: How Polish papers write names from the east; the romanisation packages have no such table.
POLISH = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя",
        ("a b w h g d e je jo ż z y i ji j k l m n o p r s t u u f ch c cz sz szcz _ y _ e ju ja").split(),  # noqa: SIM905
        strict=True,
    )
)


def polish(name: str, rng: np.random.Generator) -> str:
    """One Polish spelling; the letters that Polish writers choose between are drawn."""
    out = "".join(POLISH.get(letter, "") for letter in name.lower()).replace("_", "")
    if rng.random() < 0.5:
        out = out.replace("lj", "li").replace("nj", "ni").replace("rj", "ri").replace("yj", "y")
    if rng.random() < 0.3:
        out = out.replace("h", "g").replace("cg", "ch")
    return out


def one_word(text: str) -> str | None:
    found = words(text)
    return found[0] if len(found) == 1 and 2 <= len(found[0]) <= LONGEST_WORD else None


def slavic_pairs(rng: np.random.Generator) -> list[tuple[str, str, float]]:
    """Ukrainian, Russian and romanised spellings of the names of the register behind names_translator."""
    dicts = default_dicts()
    ukrainian = [getattr(translitua, n) for n in dir(translitua) if n.startswith("Ukrainian")]
    russian = [getattr(translitua, n) for n in dir(translitua) if n.startswith("Russian")]
    pairs: list[tuple[str, str, float]] = []
    for category in ("first", "patronymic", "last"):
        for uk, translations in sorted(dicts.as_dict(category).items()):
            ru = translations[0]
            cyr = [one_word(uk), one_word(ru)]
            if None in cyr:
                continue
            spelled = [
                [one_word(translitua.translit(name.title(), tables[k])) for k in rng.choice(len(tables), 3, replace=False)]
                for name, tables in ((uk, ukrainian), (ru, russian))
            ]
            a, b = cyr[0], cyr[1]
            assert a is not None
            assert b is not None
            pairs += [(a, b, 0.5), (b, a, 0.5), (a, a, 0.2), (b, b, 0.2)]
            for c, latin in ((a, spelled[0]), (b, spelled[1]), (a, spelled[1]), (b, spelled[0])):
                # The crossed readings (a Ukrainian name romanised from Russian) are rarer but real.
                weight = 0.34 if (c == a) == (latin is spelled[0]) else 0.1
                pairs += [(c, w, weight) for w in latin if w] + [(w, c, weight) for w in latin if w]
            if rng.random() < 0.5:
                for cyrillic in (a, b):
                    if latin_form := one_word(polish(cyrillic, rng)):
                        pairs += [(cyrillic, latin_form, 0.2), (latin_form, cyrillic, 0.2)]
                        spelled[0].append(latin_form)
            flat = [w for latin in spelled for w in latin if w]
            for _ in range(3):
                i, j = rng.integers(len(flat), size=2)
                pairs.append((flat[i], flat[j], 0.3))
    return pairs


def cluster_pairs(path: Path, rng: np.random.Generator) -> list[tuple[str, str, float]]:
    pairs: list[tuple[str, str, float]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = sorted({w for part in line.split(" => ")[0].split(",") if (w := one_word(part))})
        by_script = defaultdict(list)
        for word in forms:
            by_script[script_of(word)].append(word)
        slavic = any(
            set(w) & set("іїєґўы") or w.endswith(("ий", "ко", "ук", "юк", "ов", "ев", "ин")) for w in by_script[Script.CYRILLIC]
        )
        for s in (Script.LATIN, Script.CYRILLIC, Script.HEBREW, Script.ARABIC):
            for t in (Script.LATIN, Script.CYRILLIC, Script.HEBREW, Script.ARABIC):
                left, right = by_script[s], by_script[t]
                if not left or not right or (s == t and len(left) < 2):
                    continue
                weight = 0.5 if slavic else 0.15
                for _ in range(min(4, len(left) * len(right))):
                    a, b = left[rng.integers(len(left))], right[rng.integers(len(right))]
                    pairs.append((a, b, weight))
    return pairs


def wikidata_pairs(folder: Path) -> list[tuple[str, str, float]]:
    pairs: list[tuple[str, str, float]] = []
    for name, weight in (("russian", 0.15), ("arabic", 1.0), ("hebrew", 1.0)):
        for line in (folder / f"wd_{name}_80.tsv").read_text(encoding="utf-8").splitlines():
            latin, other, count = line.split("\t")
            a, b = one_word(latin), one_word(other.replace(" ", ""))
            if a and b:
                w = weight * min(float(count), 8.0) ** 0.5
                pairs += [(a, b, w), (b, a, w)]
    return pairs


@numba.njit(cache=True)
def expect(A, PA, NA, B, NB, W, sub, ins, dele, cs, ci, cd, cm):  # type: ignore[no-untyped-def]  # noqa: N803, PLR0917
    total = 0.0
    f = np.zeros((LONGEST_WORD + 1, LONGEST_WORD + 1))
    g = np.zeros((LONGEST_WORD + 1, LONGEST_WORD + 1))
    for p in range(len(W)):
        n, m = NA[p], NB[p]
        for i in range(n + 1):
            for j in range(m + 1):
                v = 1.0 if i == 0 and j == 0 else 0.0
                row = PA[p, i - 1] if i else 0
                if j:
                    v += f[i, j - 1] * ins[row, B[p, j - 1]]
                if i:
                    move = 1.0
                    prow = PA[p, i - 2] if i > 1 else 0
                    move = ins[prow, 0]
                    v += f[i - 1, j] * move * dele[row]
                    if j:
                        v += f[i - 1, j - 1] * move * sub[row, B[p, j - 1]]
                f[i, j] = v
        last = ins[PA[p, n - 1], 0]
        z = f[n, m] * last
        if z < 1e-280:
            continue
        total += W[p] * np.log2(z)
        for i in range(n, -1, -1):
            row = PA[p, i - 1] if i else 0
            for j in range(m, -1, -1):
                v = last if i == n and j == m else 0.0
                if j < m:
                    v += ins[row, B[p, j]] * g[i, j + 1]
                if i < n:
                    nrow = PA[p, i]
                    v += ins[row, 0] * dele[nrow] * g[i + 1, j]
                    if j < m:
                        v += ins[row, 0] * sub[nrow, B[p, j]] * g[i + 1, j + 1]
                g[i, j] = v
        w = W[p] / z
        for i in range(n + 1):
            row = PA[p, i - 1] if i else 0
            for j in range(m + 1):
                fi = f[i, j] * w
                if fi == 0.0:
                    continue
                if j < m:
                    ci[row, B[p, j]] += fi * ins[row, B[p, j]] * g[i, j + 1]
                if i < n:
                    nrow = PA[p, i]
                    x = fi * ins[row, 0] * dele[nrow] * g[i + 1, j]
                    cd[nrow] += x
                    cm[row] += x
                    if j < m:
                        x = fi * ins[row, 0] * sub[nrow, B[p, j]] * g[i + 1, j + 1]
                        cs[nrow, B[p, j]] += x
                        cm[row] += x
        cm[PA[p, n - 1]] += W[p]
    return total


def train(pairs: list[tuple[str, str, float]]) -> dict[str, np.ndarray]:
    size = len(pairs)
    A = np.zeros((size, LONGEST_WORD), np.int16)  # noqa: N806
    PA, B = A.copy(), A.copy()  # noqa: N806
    NA, NB, W = np.zeros(size, np.int64), np.zeros(size, np.int64), np.array([w for _, _, w in pairs])  # noqa: N806
    for k, (a, b, _) in enumerate(pairs):
        plain, placed = encode(a)
        NA[k], A[k, : len(plain)], PA[k, : len(plain)] = len(plain), plain, placed
        plain, _ = encode(b)
        NB[k], B[k, : len(plain)] = len(plain), plain
    keep = (NA > 0) & (NB > 0)
    A, PA, B, NA, NB, W = A[keep], PA[keep], B[keep], NA[keep], NB[keep], W[keep]  # noqa: N806
    letters = np.bincount(B[B > 0].ravel(), minlength=ALPHABET).astype(float) + 1.0
    letters[0] = 0.0
    letters /= letters.sum()
    same = encode(pairs[0][0]) is not None and script_of(pairs[0][0]) == script_of(pairs[0][1])
    sub = np.tile(0.85 * letters, (ROWS, 1))
    if same:
        for row in range(ROWS):
            sub[row] *= 0.2
            sub[row, row % ALPHABET] += 0.68
    dele = np.full(ROWS, 0.15)
    ins = np.tile(0.15 * letters, (ROWS, 1))
    ins[:, 0] = 0.85
    for round_ in range(ROUNDS):
        cs, ci = np.zeros_like(sub), np.zeros_like(ins)
        cd, cm = np.zeros(ROWS), np.zeros(ROWS)
        total = expect(A, PA, NA, B, NB, W, sub, ins, dele, cs, ci, cd, cm)

        # A row seldom seen in its place leans on the same letter in all places, and that on all letters.
        def lean(counts: np.ndarray, strength: float) -> np.ndarray:
            pooled = counts.reshape(CONTEXTS, ALPHABET, -1).sum(0)
            pooled = pooled + SMOOTH * counts.sum(0) / counts.sum() * 50
            pooled /= pooled.sum(1, keepdims=True)
            return counts + strength * np.tile(pooled, (CONTEXTS, 1))

        sd = lean(np.column_stack([cd, cs[:, 1:]]), 5.0)
        sd /= sd.sum(1, keepdims=True)
        dele, sub = sd[:, 0].copy(), sd.copy()
        sub[:, 0] = 0.0
        im = lean(np.column_stack([cm, ci[:, 1:]]), 5.0)
        ins = im / im.sum(1, keepdims=True)
        print(f"    round {round_}: {-total / W.sum():.3f} bits a pair", flush=True)
    return {"sub": sub.astype(np.float32), "ins": ins.astype(np.float32), "dele": dele.astype(np.float32)}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rng = np.random.default_rng(1)
    pairs = slavic_pairs(rng) + cluster_pairs(folder / "wikidata_name_clusters.txt", rng) + wikidata_pairs(folder)
    by_scripts: dict[tuple[Script, Script], list[tuple[str, str, float]]] = defaultdict(list)
    for a, b, w in pairs:
        by_scripts[script_of(a), script_of(b)].append((a, b, w))
    tables: dict[str, np.ndarray] = {}
    for (s, t), some in sorted(by_scripts.items()):
        if Script.OTHER in (s, t) or len(some) < 2000:
            continue
        print(s.name, t.name, len(some), flush=True)
        for key, table in train(some).items():
            tables[f"{s.name}_{t.name}_{key}".lower()] = table.astype(np.float16)
    np.savez_compressed(out, **tables)
    print(f"{out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
