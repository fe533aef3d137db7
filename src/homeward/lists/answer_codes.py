"""The sixteen answers that one side may give to a listed name: one table for the code, the files, the documents and the tests.

A list is answered in one of two directions. An OFFER ("we hold these people") is answered by the home side; a REQUEST ("we ask
for these people") is answered by the holder. The code is the same, the meaning differs, and both are written down here.

`carries` is what an answer with this code must bring along; a value may be stated as `Absence.UNKNOWN` or `Absence.WITHHELD`,
which is different from leaving it out. Codes of which practice knows two words are one code with a `detail`.

>>> rule = ANSWER_CODES["DUPLICATE_OF"]
>>> rule.carries, rule.final("OFFER"), rule.available
(('other',), True, False)
>>> rule.meaning("REQUEST")
'The same person stands on the list twice; the other entry is answered.'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """One code: what it means in either direction, what it must and may carry, and what follows for the plan."""

    code: str
    offer: tuple[str, str]
    request: tuple[str, str]
    carries: tuple[str, ...] = ()
    may_carry: tuple[str, ...] = ()
    #: The words that make this code precise; empty when it needs none. The first is the default.
    details: tuple[str, ...] = ()
    #: Whether the person can be planned for a stage with this answer.
    available: bool = False
    #: The directions in which the answer ends the talk about this entry. Every other answer may change, and is asked about again.
    ends: tuple[str, ...] = ()
    #: Whether the answer admits that the person is (or was) in the answering side's hands, or is known to it.
    acknowledges: bool = False

    def final(self, kind: str) -> bool:
        """Whether this answer to a list of this kind ends the talk about the entry."""
        return _direction(kind) in self.ends

    def meaning(self, kind: str, language: str = "en") -> str:
        """The meaning for a list of this kind: `REQUEST` reads the holder's column, every other kind the home side's."""
        return (self.request if _direction(kind) == "REQUEST" else self.offer)[1 if language == "uk" else 0]


def _direction(kind: str) -> str:
    return "REQUEST" if kind == "REQUEST" else "OFFER"


_RULES: tuple[AnswerRule, ...] = (
    AnswerRule(
        "ACKNOWLEDGED_HELD",
        ("Recognised as a person of ours; we agree to receive this person.", "Визнаємо своєю особою; згодні прийняти."),
        ("Held by us; open for this exchange.", "Утримується нами; може бути в цьому обміні."),
        available=True, acknowledges=True,
    ),
    AnswerRule(
        "ACKNOWLEDGED_NOT_FOR_EXCHANGE",
        ("Recognised as a person of ours, but not as one to be exchanged.", "Визнаємо своєю особою, але не для обміну."),
        ("Held by us, and refused for this exchange.", "Утримується нами; для цього обміну відмовлено."),
        carries=("reason",), acknowledges=True,
    ),
    AnswerRule(
        "HELD_BY_ALLY_OR_OTHER",
        ("To our knowledge another party holds this person.", "За нашими даними, особу утримує інша сторона."),
        ("Not in our hands; another party holds this person.", "Не в нас; особу утримує інша сторона."),
        carries=("holder",),
    ),
    AnswerRule(
        "NOT_HELD",
        ("Not a person of ours, or not known to us.", "Не наша особа або нам невідома."),
        ("Not held by us, or not known to us.", "Не утримується нами або нам невідома."),
        details=("unknown_to_us", "not_held"),
    ),
    AnswerRule(
        "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED",
        ("We recognised this person earlier and cannot confirm it now.", "Раніше визнавали цю особу, тепер не підтверджуємо."),
        ("Acknowledged as held earlier, denied now.", "Раніше визнано, що утримується; тепер заперечено."),
        carries=("earlier",),
    ),
    AnswerRule(
        "DECEASED",
        ("Recorded as dead by us; if you hold this person alive, say so and we correct the record.",
         "За нашим записом, особа померла; якщо утримуєте її живою, повідомте, і ми виправимо запис."),
        ("Died; the notification of death follows or was sent.",
         "Особа померла; повідомлення про смерть надіслано або буде надіслано."),
        carries=("date",), may_carry=("place", "remains"),
        # People recorded as dead at home have come back alive: a holder who offers such a person has to be asked.
        ends=("REQUEST",),
    ),
    AnswerRule(
        "ALREADY_RELEASED",
        ("Already home.", "Уже вдома."),
        ("Already released by us.", "Уже звільнено нами."),
        carries=("date",), may_carry=("operation",), ends=("OFFER", "REQUEST"),
    ),
    AnswerRule(
        "DUPLICATE_OF",
        ("The same person stands on the list twice; the other entry is answered.",
         "Ту саму особу записано двічі; відповідь – при іншому записі."),
        ("The same person stands on the list twice; the other entry is answered.",
         "Ту саму особу записано двічі; відповідь – при іншому записі."),
        carries=("other",), ends=("OFFER", "REQUEST"),
    ),
    AnswerRule(
        "INSUFFICIENT_DATA",
        ("The entry identifies nobody; more is needed.", "Запис нікого не визначає; потрібно більше даних."),
        ("The entry identifies nobody; more is needed.", "Запис нікого не визначає; потрібно більше даних."),
        carries=("missing",),
    ),
    AnswerRule(
        "DISPUTED_STATUS",
        ("Recognised, but listed under a status that we dispute.", "Визнаємо, але заперечуємо вказаний статус."),
        ("Held by us under another status than the list says.", "Утримується нами в іншому статусі, ніж у списку."),
        carries=("status",), acknowledges=True,
    ),
    AnswerRule(
        "REFUSES_TRANSFER",
        ("To our knowledge this person does not wish to be transferred.", "За нашими даними, особа не бажає передання."),
        ("Held by us; does not wish to be transferred.", "Утримується нами; не бажає передання."),
        carries=("witness",), may_carry=("date",), acknowledges=True,
    ),
    AnswerRule(
        "MEDICALLY_UNFIT",
        ("Recognised; to our knowledge not yet fit to travel, or no longer in the sick category.",
         "Визнаємо; за нашими даними, ще не може їхати або вже не належить до категорії хворих."),
        ("Held by us; not yet fit to travel, or recovered and no longer in the category.",
         "Утримується нами; ще не може їхати або одужала й не належить до категорії."),
        may_carry=("review",), details=("unfit", "recovered"), acknowledges=True,
    ),
    AnswerRule(
        "LEGAL_HOLD",
        ("Recognised; we know of a tribunal's or court's hold.", "Визнаємо; знаємо про рішення суду чи трибуналу."),
        ("Held by us for a pending criminal case or a tribunal.", "Утримується нами через кримінальну справу або трибунал."),
        carries=("basis",), acknowledges=True,
    ),
    AnswerRule(
        "NATIONALITY_UNCONFIRMED",
        ("We have not yet confirmed that this is a person of ours.", "Ще не підтверджено, що це наша особа."),
        ("Held by us; the home side must confirm the nationality.",
         "Утримується нами; громадянство має підтвердити інша сторона."),
        may_carry=("until",),
    ),
    AnswerRule(
        "UNDER_INQUIRY",
        ("Being looked into; we ask for time.", "З'ясовуємо; просимо часу."),
        ("Being looked into; we ask for time.", "З'ясовуємо; просимо часу."),
        carries=("until",),
    ),
    AnswerRule(
        "NO_ANSWER",
        ("No answer came before the clock ran out.", "До кінця строку відповіді не надійшло."),
        ("No answer came before the clock ran out.", "До кінця строку відповіді не надійшло."),
        carries=("due",),
    ),
)  # fmt: skip

ANSWER_CODES: Mapping[str, AnswerRule] = {rule.code: rule for rule in _RULES}
assert len(ANSWER_CODES) == len(_RULES) == 16, "there are sixteen answers"

#: What an answer may carry, and how the column is headed (en, uk).
CARRIED: Mapping[str, tuple[str, str]] = {
    "other": ("other entry", "інший запис"),
    "reason": ("reason", "підстава"),
    "holder": ("held by", "хто утримує"),
    "earlier": ("earlier answer", "попередня відповідь"),
    "date": ("date", "дата"),
    "place": ("place", "місце"),
    "remains": ("remains", "тіло"),
    "operation": ("operation", "операція"),
    "missing": ("missing", "чого бракує"),
    "status": ("status we state", "статус за нами"),
    "witness": ("witness", "свідок"),
    "review": ("looked at again on", "переглянути"),
    "basis": ("basis", "правова підстава"),
    "until": ("answer by", "відповімо до"),
    "due": ("was due", "строк був"),
}

#: Grounds on which a held person may be refused for an exchange. A disciplinary punishment is none of them (GC III 115).
NOT_FOR_EXCHANGE_REASONS: Mapping[str, tuple[str, str]] = {
    "convicted": ("serves a sentence of a court", "відбуває покарання за вироком суду"),
    "not_a_prisoner_of_war": ("is not regarded as a prisoner of war", "не вважається військовополоненим"),
    "own_national": ("is regarded as a national of the holder", "вважається громадянином сторони, що утримує"),
    "protection_claim": ("asks for protection from return", "просить захисту від повернення"),
    "other_track": ("is dealt with on another track", "розглядається в іншому порядку"),
}
