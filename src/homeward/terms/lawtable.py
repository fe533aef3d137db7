"""The rules of law that terms and lists are checked against: article, severity, and the sentence in two languages.

GC III is the Third Geneva Convention (prisoners of war), GC IV the Fourth (civilians), both of 12 August 1949. They bind as
such in international armed conflict; elsewhere parties apply them by agreement, so a finding is a statement to the parties
and never an order. A *refusal* names what the rule forbids; a *remark* names what it asks the parties to look at.

>>> LAWS["disciplinary"].article, LAWS["disciplinary"].severity
('GC III 115', 'refusal')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["remark", "refusal"]


@dataclass(frozen=True, slots=True)
class Law:
    """One rule: `{clauses}` and `{count}` in its sentences are filled by the check."""

    article: str
    severity: Severity
    en: str
    uk: str


LAWS: Mapping[str, Law] = {
    # What the terms themselves say.
    "man for man": Law(
        "GC III 109, 110",
        "refusal",
        "the seriously wounded and ill are sent back regardless of number or rank, but clauses {clauses} count "
        "or limit them; "
        "write a clause of kind all for them, or take them out of the count",
        "тяжкопоранених і тяжкохворих повертають незалежно від кількості та звання, а пункти {clauses} їх "
        "рахують або обмежують; "
        "запишіть для них пункт виду all або вилучіть їх із підрахунку",
    ),
    "held back by numbers": Law(
        "GC III 109, 110",
        "remark",
        "clauses {clauses} may hold back seriously wounded or ill people for the sake of numbers, and no clause "
        "sends them all; "
        "add a clause of kind all for them, or send them outside the count",
        "пункти {clauses} можуть затримати тяжкопоранених або тяжкохворих заради кількості, а жоден пункт не "
        "відправляє їх усіх; "
        "додайте для них пункт виду all або відправте їх поза підрахунком",
    ),
    "not first": Law(
        "GC III 109, 110",
        "remark",
        "the priorities do not put the seriously wounded and ill first; put their group first",
        "черговість не ставить тяжкопоранених і тяжкохворих на перше місце; поставте їхню групу першою",
    ),
    "serious kept out": Law(
        "GC III 109, 110",
        "refusal",
        "the exclusions {clauses} keep out seriously wounded or ill people; narrow the group",
        "винятки {clauses} не випускають тяжкопоранених або тяжкохворих; звузьте групу",
    ),
    "civilians with soldiers": Law(
        "GC IV 45, 132-135",
        "remark",
        "clauses {clauses} count civilians and soldiers in one number; give civilians a track of their own, free "
        "of counting against "
        "soldiers",
        "пункти {clauses} рахують цивільних і військових одним числом; дайте цивільним окремий шлях без "
        "зарахування проти військових",
    ),
    "civilians balanced": Law(
        "GC IV 45, 132-135",
        "remark",
        "clauses {clauses} make the release of civilians depend on how many others are released; civilians are "
        "released when the reason "
        "for holding them ends",
        "пункти {clauses} ставлять звільнення цивільних у залежність від кількості інших; цивільних звільняють, "
        "коли відпала причина їх "
        "утримувати",
    ),
    "disciplinary": Law(
        "GC III 115",
        "refusal",
        "the exclusions {clauses} rest on disciplinary punishment, which is no ground for keeping anybody back; take them out",
        "винятки {clauses} спираються на дисциплінарне покарання, а воно не підстава когось затримувати; вилучіть їх",
    ),
    "kept for trial": Law(
        "GC III 119",
        "remark",
        "the exclusions {clauses} keep people for a criminal case; their names are to be told to the other party",
        "винятки {clauses} затримують людей через кримінальну справу; їхні імена слід повідомити іншій стороні",
    ),
    "no way to refuse": Law(
        "GC III 109; GC IV 45",
        "remark",
        "nothing in the terms lets a person refuse, or protects one who fears persecution; add an exclusion with "
        "the ground refusal",
        "умови не дають людині відмовитися і не захищають того, хто боїться переслідування; додайте виняток із "
        "підставою refusal",
    ),
    "no interview": Law(
        "GC III 109; practice of Dayton 1995",
        "remark",
        "no interview is foreseen; nobody goes on a manifest without the outcome of a private interview, so add "
        "the clock interviews or a "
        "gate",
        "співбесіди не передбачено; нікого не вносять до відомості без результату особистої співбесіди, тож "
        "додайте строк interviews або "
        "умову відкриття етапу",
    ),
    "late interview": Law(
        "practice of Dayton 1995",
        "remark",
        "the interview is less than 48 hours before the stage; allow 48 hours or more",
        "співбесіда менш ніж за 48 годин до етапу; відведіть 48 годин або більше",
    ),
    "late card": Law(
        "GC III 70",
        "refusal",
        "the capture card is sent within one week of arrival at the latest; shorten the clock capture_card",
        "картку полоненого надсилають щонайпізніше за тиждень після прибуття; скоротіть строк capture_card",
    ),
    "late civilian notice": Law(
        "GC IV 136",
        "refusal",
        "the bureau is told of a civilian who is held for more than two weeks; shorten the clock civilian_notice",
        "бюро повідомляють про цивільного, якого утримують понад два тижні; скоротіть строк civilian_notice",
    ),
    "reprisals": Law(
        "practice of Dayton 1995 and Croatia 1991",
        "remark",
        "nothing protects people who refuse, or their families, from reprisals; add the obligation no-reprisals",
        "ніщо не захищає від помсти тих, хто відмовився, та їхні родини; додайте зобов'язання no-reprisals",
    ),
    "service": Law(
        "GC III 117",
        "remark",
        "the terms do not say whether the released may serve again; add the obligation no-active-service with its scope",
        "умови не кажуть, чи можуть звільнені знову служити; додайте зобов'язання no-active-service із його межами",
    ),
    "published": Law(
        "GC III 13; GC IV 27, 137",
        "remark",
        "a list is to be published ({clauses}); weigh for each person the harm to them and to their relatives first",
        "список мають оприлюднити ({clauses}); спершу зважте для кожної людини шкоду для неї та рідних",
    ),
    # What a list under the terms shows.
    "serious outside": Law(
        "GC III 109, 110",
        "remark",
        "seriously wounded or ill and not covered by the terms: {count}; they are due to be sent back apart from any exchange",
        "тяжкопоранені або тяжкохворі поза умовами: {count}; їх належить повернути окремо від будь-якого обміну",
    ),
    "serious barred": Law(
        "GC III 109, 110",
        "refusal",
        "seriously wounded or ill and barred by clauses {clauses}: {count}; they may not be held back",
        "тяжкопоранені або тяжкохворі, яких не пускають пункти {clauses}: {count}; їх не можна затримувати",
    ),
    "civilians counted": Law(
        "GC IV 45, 132-135",
        "remark",
        "civilians whom clauses {clauses} count together with soldiers: {count}",
        "цивільні, яких пункти {clauses} рахують разом із військовими: {count}",
    ),
    "against their will": Law(
        "GC III 109",
        "refusal",
        "refused to be transferred: {count}; nobody is moved against their will",
        "відмовилися від передачі: {count}; нікого не передають проти волі",
    ),
    "retained staff": Law(
        "GC III 33",
        "remark",
        "medical or religious staff: {count}; they are not prisoners of war and are not counted against any",
        "медичний або духовний персонал: {count}; вони не військовополонені, і їх не зараховують проти інших",
    ),
    "not notified": Law(
        "GC III 70, 122",
        "remark",
        "captured more than 7 days before and not acknowledged: {count}; the capture card is overdue",
        "у полоні понад 7 днів і не підтверджені: {count}; картка полоненого прострочена",
    ),
    "civilians not notified": Law(
        "GC IV 136",
        "remark",
        "civilians held for more than 14 days and not acknowledged: {count}; the notice to the bureau is overdue",
        "цивільні, яких утримують понад 14 днів без підтвердження: {count}; повідомлення бюро прострочене",
    ),
    "harm test": Law(
        "GC III 13; GC IV 27, 137",
        "remark",
        "on a list that is to be published ({clauses}): {count}; weigh for each of them the harm to them and to their relatives, "
        "and keep the record of it",
        "у списку, який мають оприлюднити ({clauses}): {count}; для кожної з цих осіб зважте шкоду для неї та її рідних "
        "і збережіть запис про це",
    ),
    "withheld": Law(
        "GC IV 137, 140; GC III 122, 123",
        "remark",
        "rows that withhold something from the other party: {count}; that is allowed where telling it would harm the person or "
        "their relatives, and it is told to the Central Tracing Agency all the same",
        "рядки, у яких щось приховано від іншої сторони: {count}; це дозволено, якщо повідомлення зашкодило б особі або її "
        "рідним, і це однаково повідомляють Центральному агентству з розшуку",
    ),
    "no outcome": Law(
        "GC III 109; practice of Dayton 1995",
        "refusal",
        "on the manifest without the outcome of an interview or a recorded reason why there was none: {count}",
        "у відомості без результату співбесіди й без записаної причини, чому її не було: {count}",
    ),
}
