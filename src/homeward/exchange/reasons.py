"""The closed lists of reasons that acts with a reason are given, and what each says: what pages offer and what readers are shown.

An act's own form asks for a short code and no more, so that a record with a reason of another program stays readable; whoever signs
with this one chooses from here.

>>> reason_says("refused", "another_person")
'somebody else was presented under this number'
>>> reason_says("refused", "a_code_of_others")
'a_code_of_others'
"""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange.words import Sentence, say

Reasons = Mapping[str, Sentence]

#: Why somebody presented at the line is not accepted.
_REFUSED: Reasons = {
    "identity_not_confirmed": {
        "en": "we could not confirm that it is the person named",
        "uk": "ми не змогли підтвердити, що це названа особа",
    },
    "another_person": {
        "en": "somebody else was presented under this number",
        "uk": "під цим номером представлено іншу особу",
    },
    "wishes_to_stay": {
        "en": "the person told us not to wish to come over",
        "uk": "особа сказала нам, що не бажає переходити",
    },
    "not_fit_to_travel": {
        "en": "the person cannot travel on without care that is not at hand",
        "uk": "особа не може їхати далі без допомоги, якої тут немає",
    },
    "papers_missing": {
        "en": "papers that the terms ask for were missing",
        "uk": "бракувало документів, яких вимагають умови",
    },
    "not_safe": {"en": "the crossing was not safe at that time", "uk": "перехід у той час не був безпечним"},
    "not_stated": {"en": "no reason is stated", "uk": "причину не названо"},
}

#: Why a holder takes somebody off its list, or a receiver no longer asks.
_DROPPED: Reasons = {
    "released": {"en": "released already", "uk": "уже на волі"},
    "dead": {"en": "the person has died", "uk": "особа померла"},
    "refuses": {"en": "the person refuses to go", "uk": "особа відмовляється їхати"},
    "not_identified": {"en": "not the person that was meant", "uk": "це не та особа, яку мали на увазі"},
    "not_held": {"en": "the person is not held", "uk": "особу не утримують"},
    "other": {"en": "another reason", "uk": "інша причина"},
}

_BROKEN_OFF: Reasons = {
    "terms_broken": {"en": "the terms were broken", "uk": "умови порушено"},
    "other_side_absent": {"en": "the other side did not come", "uk": "інша сторона не прибула"},
    "security": {"en": "there was no safe passage", "uk": "не було безпечного проходу"},
    "political_decision": {"en": "a political decision", "uk": "політичне рішення"},
    "force_majeure": {"en": "force majeure", "uk": "непереборна сила"},
}

#: Why no private interview was held.
_NOT_HELD: Reasons = {
    "not_stated": {"en": "no reason is stated", "uk": "причину не названо"},
    "no_access": {"en": "no access was given", "uk": "доступу не надано"},
    "not_fit_to_talk": {"en": "the person was not fit to talk", "uk": "особа не могла розмовляти за станом здоров’я"},
    "no_interpreter": {"en": "there was no interpreter", "uk": "не було перекладача"},
    "declined_to_talk": {"en": "the person did not wish to talk", "uk": "особа не побажала розмовляти"},
}

#: Act → the reasons that it is given, the usual first.
REASONS_FOR: Mapping[str, Reasons] = {
    "refused": _REFUSED,
    "withdrawn": _DROPPED,
    "struck": _DROPPED,
    "broken-off": _BROKEN_OFF,
    "interviewed": _NOT_HELD,
}


def reason_says(act: str, code: str, language: str = "en") -> str:
    """The reason in words; a code of another program stays as it is."""
    sentence = REASONS_FOR.get(act, {}).get(code)
    return say(sentence, language) if sentence is not None else code
