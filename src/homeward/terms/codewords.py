"""What the codes of the schema are called in the agreement's text, in English and Ukrainian.

A code that stands in two lists with two meanings has its second meaning under a longer name: "at lists" is the event from
which a time limit runs, "lists" the thing that is due.

>>> CODE_WORDS["border"]
('border crossing', 'пункт на кордоні')
"""

from __future__ import annotations

from collections.abc import Mapping

#: Words for the codes of the schema, by table and code.
CODE_WORDS: Mapping[str, tuple[str, str]] = {
    "mediator": ("mediator", "посередник"),
    "guarantor": ("guarantor", "гарант"),
    "host": ("host", "приймає на своїй землі"),
    "supervisor": ("supervisor", "наглядає"),
    "observer": ("observer", "спостерігає"),
    "interviewer": ("holds the interviews", "проводить співбесіди"),
    "carrier": ("carries the people", "перевозить людей"),
    "medical": ("medical help", "медична допомога"),
    "gives the go": ("gives the word to begin", "дає знак починати"),
    "border": ("border crossing", "пункт на кордоні"),
    "airport": ("airport", "аеропорт"),
    "field": ("open field", "відкрита місцевість"),
    "bridge": ("bridge", "міст"),
    "port": ("port", "порт"),
    "prison": ("place of detention", "місце утримання"),
    "point": ("point", "пункт"),
    "public": ("everybody", "усім"),
    "parties": ("the parties", "сторонам"),
    "sealed": ("those who sign", "тим, хто підписує"),
    "legal-hold": ("held for a court", "утримують для суду"),
    "refusal": ("does not wish to be transferred, or fears persecution", "не бажає передачі або боїться переслідування"),
    "dead": ("dead", "померлі"),
    "released-earlier": ("released before", "звільнені раніше"),
    "not-identified": ("not identified", "не встановлені"),
    "conviction": ("convicted", "засуджені"),
    "disciplinary": ("disciplinary punishment", "дисциплінарне покарання"),
    "status": ("status in dispute", "спірний статус"),
    "other": ("as the parties say", "як кажуть сторони"),
    "reconciled": ("the accounts of the stage before agree", "рахунки попереднього етапу збігаються"),
    "receipts": ("the receipts of the stage before are signed", "розписки попереднього етапу підписано"),
    "interviews": ("every person has been interviewed in private", "з кожною людиною проведено особисту співбесіду"),
    "gate medical": ("every person has been seen by a doctor", "кожну людину оглянув лікар"),
    "conduct": ("the agreed conduct is kept", "узгодженої поведінки дотримано"),
    "no-side-exchanges": ("no other exchange takes place meanwhile", "тим часом немає інших обмінів"),
    "gate consideration": ("what is given besides people has been handed over", "передано те, що належить, крім людей"),
    "no-active-service": (
        "The released do not return to active military service",
        "Звільнені не повертаються на дійсну військову службу",
    ),
    "third-country-stay": ("The released stay in a third country", "Звільнені перебувають у третій країні"),
    "no-rearrest": (
        "The released are not arrested again for the same reason",
        "Звільнених не затримують знову з тієї самої причини",
    ),
    "no-reprisals": (
        "Nobody suffers for having refused, nor do their relatives",
        "Ніхто не зазнає шкоди за відмову, як і рідні",
    ),
    "legal-clearing": ("Criminal cases against the released are closed", "Кримінальні справи проти звільнених закривають"),
    "papers-returned": ("Identity papers are returned", "Документи повертають"),
    "property-returned": ("Property is returned", "Майно повертають"),
    "later-found-released": ("People found later are released", "Знайдених пізніше звільняють"),
    "reciprocal-release": ("A release is owed in return", "Винне звільнення у відповідь"),
    "visits": ("Places of detention are opened to visits", "Місця утримання відкривають для відвідин"),
    "search-for-remains": ("Remains are searched for and handed over", "Останки шукають і передають"),
    "lists": ("The lists are handed over", "Списки передають"),
    "answers": ("Every name is answered", "На кожне ім'я відповідають"),
    "remarks": ("Remarks on the answers are made", "Зауваги до відповідей подають"),
    "final_reply": ("The last reply is given", "Останню відповідь дають"),
    "clock interviews": ("Every person is interviewed in private", "З кожною людиною проводять особисту співбесіду"),
    "names": ("The names of a stage are given", "Імена етапу називають"),
    "release": ("The release begins", "Звільнення починають"),
    "completion": ("Everybody is released", "Усіх звільняють"),
    "capture_card": ("The capture card is sent", "Картку полоненого надсилають"),
    "civilian_notice": ("The bureau is told of a detained civilian", "Бюро повідомляють про затриманого цивільного"),
    "signature": ("the signature", "підписання"),
    "entry into force": ("the entry into force", "набуття чинності"),
    "at lists": ("the lists are received", "отримання списків"),
    "at answers": ("the answers are received", "отримання відповідей"),
    "at remarks": ("the remarks are received", "отримання зауваг"),
    "final lists": ("the final lists are signed", "підписання остаточних списків"),
    "at stage": ("the stage", "етапу"),
    "capture": ("the capture", "взяття в полон"),
    "arrival": ("the arrival in a camp", "прибуття до табору"),
    "detention": ("the beginning of detention", "початку утримання"),
}
