"""The sentences of `homeward record` in both languages. Placeholders hold ids, numbers and names of files, never names of people.

>>> t("same", "uk", acts=3)
'обидві копії однакові: актів 3'
"""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange.words import Sentence, say

_SENTENCES: Mapping[str, Sentence] = {
    # verify
    "card_same": {"en": "The digits of the terms are the same.", "uk": "Цифри умов однакові."},
    "card_differs": {
        "en": "THE DIGITS DIFFER: this record is of other terms than those whose digits you gave.",
        "uk": "ЦИФРИ РІЗНЯТЬСЯ: цей запис стосується інших умов, ніж ті, чиї цифри ви вказали.",
    },
    # compare
    "same": {"en": "both copies are the same: {acts} acts", "uk": "обидві копії однакові: актів {acts}"},
    "other_terms": {
        "en": "two different exchanges: the terms are not the same",
        "uk": "два різні обміни: умови неоднакові",
    },
    "split": {
        "en": "TWO VERSIONS: act {index} is another one in each copy",
        "uk": "ДВІ ВЕРСІЇ: акт {index} у кожній копії інший",
    },
    "longer": {
        "en": "the first {acts} acts are the same; {longer} has {more} more. {shorter} is its beginning",
        "uk": "перші акти ({acts}) однакові; {longer} має ще {more}. {shorter} є його початком",
    },
    "copy_changed": {
        "en": "{file} does not pass verification itself, so what it says about signatures counts for nothing: {what}",
        "uk": "{file} сам не проходить перевірки, тож його підписи нічого не доводять: {what}",
    },
    "cosigned": {
        "en": "{file}: act {index} is under heads signed by {who}",
        "uk": "{file}: акт {index} охоплено головами, які підписали {who}",
    },
    "nobody": {"en": "nobody", "uk": "ніхто"},
    "both": {
        "en": "signed both versions: {who}. That is dishonest, or the key was copied",
        "uk": "підписали обидві версії: {who}. Це нечесність або скопійований ключ",
    },
    # show
    "withheld": {"en": "withheld in this copy", "uk": "у цій копії приховано"},
    "unknown": {
        "en": "an act of the kind {act}, which this program does not know",
        "uk": "акт виду {act}, невідомий цій програмі",
    },
    "agrees": {"en": "We agree to act {index}: {says}", "uk": "Ми погоджуємося з актом {index}: {says}"},
    "key-added": {
        "en": "We bring in the key {key}: {digits}.",
        "uk": "Ми додаємо ключ {key}: {digits}.",
    },
    "key-retired": {"en": "We retire the key {key}.", "uk": "Ми відкликаємо ключ {key}."},
    "key-distrusted": {
        "en": "We do not stand by what the key {key} signed from act {start} on.",
        "uk": "Ми не відповідаємо за підписане ключем {key} від акту {start}.",
    },
    "not_checked": {
        "en": "These acts were read, not checked: `homeward record verify` checks them.",
        "uk": "Ці акти прочитано, але не перевірено: перевіряє `homeward record verify`.",
    },
    "nothing_found": {"en": "no act fits", "uk": "жоден акт не підходить"},
    # redact
    "redacted": {
        "en": "{file}: {withheld} of {acts} acts withheld, sealed files left out ({sealed}). Acts about keys stay.",
        "uk": "{file}: приховано актів {withheld} з {acts}, запечатані файли вилучено ({sealed}). Акти про ключі лишаються.",
    },
}


def t(key: str, language: str, /, **values: object) -> str:
    """One sentence with its placeholders filled in."""
    return say(_SENTENCES[key], language, **values)
