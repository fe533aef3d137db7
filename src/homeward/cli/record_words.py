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
    "key-proposed": {
        "en": "Our root is lost. We propose the key {key} in its place: {digits}.",
        "uk": "Наш кореневий ключ утрачено. Пропонуємо замість нього ключ {key}: {digits}.",
    },
    "key-accepted": {
        "en": "We have compared the digits in person and accept the new root of act {index}: {says}",
        "uk": "Ми особисто звірили цифри й приймаємо новий кореневий ключ з акту {index}: {says}",
    },
    "key-refused": {
        "en": "We refuse the new root of act {index}: {says}",
        "uk": "Ми не приймаємо нового кореневого ключа з акту {index}: {says}",
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
    # new
    "keys_made": {
        "en": "Keys made. Hand out {file}, and nothing else from this folder.",
        "uk": "Ключі створено. Передайте іншим {file}, і більше нічого з цієї папки.",
    },
    # verify --seal
    "seal_unchanged": {
        "en": "SEAL WHOLE: all {acts} acts are, byte for byte, those that {who} cosigned. The acts themselves were not judged.",
        "uk": "ПЕЧАТКА ЦІЛА: усі {acts} актів байт у байт ті, що підписали {who}. Самі акти не перевірялися.",
    },
    "seal_changed": {"en": "SEAL BROKEN: {what}", "uk": "ПЕЧАТКУ ПОРУШЕНО: {what}"},
    "seal_incomplete": {
        "en": "SEAL WHOLE UP TO ACT {size}, and no further: {what}. The acts themselves were not judged.",
        "uk": "ПЕЧАТКА ЦІЛА ДО АКТУ {size} і не далі: {what}. Самі акти не перевірялися.",
    },
    "seal_unreadable": {"en": "UNREADABLE: {what}", "uk": "НЕ ЧИТАЄТЬСЯ: {what}"},
    "card_made": {
        "en": "The card of {key} is in {file}. It shows the secret: print it on a printer on a cable, test it, delete the file.",
        "uk": "Картка ключа {key} у файлі {file}. На ній секрет: надрукуйте на принтері з кабелем, перевірте, видаліть файл.",
    },
    "type_the_words": {
        "en": "Type the 27 words of the card, or scan its code; then press Enter once more.",
        "uk": "Введіть 27 слів із картки або відскануйте код; потім ще раз натисніть Enter.",
    },
    "card_read": {
        "en": "{key} is back from its card, in {file}.",
        "uk": "Ключ {key} відновлено з картки у файлі {file}.",
    },
    "root_made": {
        "en": "The root has signed its successor {key} in: {digits}. Hand the digits to the other parties; then retire the old root.",
        "uk": "Кореневий ключ підписав наступника {key}: {digits}. Передайте цифри іншим сторонам; потім відкличте старий.",
    },
    "root_proposed": {
        "en": "Two officers propose {key} in place of the lost root: {digits}. Every other party compares the digits in person and "
        "accepts: key-accepted of={leaf}",
        "uk": "Два посадовці пропонують {key} замість утраченого кореневого ключа: {digits}. Кожна інша сторона особисто звіряє цифри "
        "й приймає: key-accepted of={leaf}",
    },
    "no_root_proposed": {
        "en": "no new root with this hash is proposed in the record as it is here, or it is our own",
        "uk": "у цьому записі немає пропозиції нового кореневого ключа з таким гешем, або вона наша власна",
    },
    "root_waits": {
        "en": "{party} proposes {key} in place of its lost root, digits {digits}; accepted by: {accepted}. key-accepted of={leaf}",
        "uk": "{party} пропонує {key} замість утраченого кореня, цифри {digits}; прийняли: {accepted}. key-accepted of={leaf}",
    },
    "label_new_roots": {"en": "new roots", "uk": "нові корені"},
    "read_aloud": {
        "en": "Read these digits aloud to the other parties; they compare them with what they see.",
        "uk": "Прочитайте ці цифри вголос іншим сторонам; вони звіряють їх із тим, що бачать.",
    },
    "charter_made": {"en": "{file} holds the terms and the keys of:", "uk": "{file} містить умови та ключі:"},
    "card": {"en": "terms {card}", "uk": "умови {card}"},
    "party_twice": {
        "en": "{party} is there twice; give one file for each party",
        "uk": "{party} подано двічі; дайте по одному файлу від кожної сторони",
    },
    "party_missing": {
        "en": "the public keys of {party} are missing; add them with --public",
        "uk": "бракує відкритих ключів {party}; додайте їх через --public",
    },
    "one_log": {
        "en": "exactly one party keeps the log; its keys are made with --log",
        "uk": "журнал веде рівно одна сторона; її ключі створюють із --log",
    },
    "no_such_keeper": {"en": "the keeper {party} is not among the parties", "uk": "хранителя {party} немає серед сторін"},
    "office_made": {
        "en": "{party} has its own copy of the record. {waiting} acts wait to be sent to {neutral}.",
        "uk": "{party} має власну копію запису. Актів, що чекають на надсилання до {neutral}: {waiting}.",
    },
    "device_made": {"en": "{key} is signed in: {digits}", "uk": "{key} додано: {digits}"},
    # add, agree
    "no_proposal": {
        "en": "the record here holds no open proposal {act}; see `homeward record state`",
        "uk": "у записі немає відкритої пропозиції {act}; див. `homeward record state`",
    },
    "waits_already": {"en": "the same act is in the outbox already", "uk": "такий самий акт уже чекає на надсилання"},
    "too_few_hands": {
        "en": "not signed: this act needs the keys of {hands} officers",
        "uk": "не підписано: акт потребує ключів {hands} осіб",
    },
    "no_effect": {
        "en": "not signed, because it would have no effect: {reason}. --anyway signs it all the same",
        "uk": "не підписано, бо не мало б дії: {reason}. --anyway підписує попри це",
    },
    "would_count": {"en": "would count; nothing was signed", "uk": "мав би дію; нічого не підписано"},
    "signed": {"en": "signed by {who}, in the outbox: {leaf}", "uk": "підписано: {who}, чекає на надсилання: {leaf}"},
    "signed_anyway": {"en": "it will have no effect as things stand: {reason}", "uk": "наразі не має дії: {reason}"},
    # send, receive, head, cosign, export, import
    "sent": {"en": "carry this file: {file}", "uk": "передайте цей файл: {file}"},
    "no_head_yet": {
        "en": "{acts} acts are under no head yet; the others cannot take them in before `homeward record head`",
        "uk": "актів без голови: {acts}; інші не зможуть їх узяти до `homeward record head`",
    },
    "taken_in": {
        "en": "{file}: {acts} acts and {signatures} signatures are new",
        "uk": "{file}: нових актів {acts}, нових підписів {signatures}",
    },
    "refused": {"en": "refused: {what}", "uk": "відхилено: {what}"},
    "waiting": {
        "en": "{waiting} lines or heads wait for what has not arrived (from act {needs} on)",
        "uk": "рядків або голів, що чекають на відсутнє (від акту {needs}): {waiting}",
    },
    "size": {"en": "{acts} acts here", "uk": "актів тут: {acts}"},
    "head_made": {"en": "head over {size} acts; {missing}", "uk": "голова над актами ({size}); {missing}"},
    "cosigned_now": {
        "en": "cosigned the head over {size} acts; {missing}",
        "uk": "підписано голову над актами ({size}); {missing}",
    },
    "still_missing": {"en": "not yet cosigned here by {who}", "uk": "тут ще не підписали: {who}"},
    "full": {"en": "cosigned by all", "uk": "підписали всі"},
    "exported": {"en": "{file}: {acts} acts", "uk": "{file}: актів {acts}"},
    # state
    "acts_here": {"en": "{acts}, and {waiting} waiting to be sent", "uk": "{acts}, чекають на надсилання: {waiting}"},
    "heads_here": {
        "en": "cosigned by all up to act {full}; the newest at {last}",
        "uk": "підписано всіма до акту {full}; найновіша на {last}",
    },
    "list_row": {
        "en": "{id}  {state}  {count} people, {answered} answered",
        "uk": "{id}  {state}  осіб {count}, відповідей {answered}",
    },
    "to_agree": {"en": "act {act} by {by}: {says} Not yet: {missing}", "uk": "акт {act}, {by}: {says} Ще ні: {missing}"},
    "label_exchange": {"en": "exchange", "uk": "обмін"},
    "label_acts": {"en": "acts", "uk": "акти"},
    "label_outbox": {"en": "outbox", "uk": "до надсилання"},
    "label_heads": {"en": "heads", "uk": "голови"},
    "label_lists": {"en": "lists", "uk": "списки"},
    "label_stages": {"en": "stages", "uk": "етапи"},
    "label_people": {"en": "people", "uk": "люди"},
    "label_to_agree": {"en": "to agree", "uk": "погодити"},
    "label_void": {"en": "no effect", "uk": "без дії"},
    "label_clocks": {"en": "clocks", "uk": "строки"},
    # disclose, check-disclosure
    "list_not_open": {
        "en": "this office has not opened the list {list}; its holder and its receiver can",
        "uk": "ця установа не відкрила список {list}; це можуть утримувач і отримувач",
    },
    "disclosed": {
        "en": "{file} shows {person}: {fields}. Give it to the one it is for, and to nobody else.",
        "uk": "{file} показує {person}: {fields}. Передайте його лише тому, для кого він.",
    },
    "shown": {
        "en": "{person} stood on the list {list} to which its holder is bound by act {index}:",
        "uk": "{person} у списку {list}, яким утримувача зв’язано актом {index}:",
    },
    "no_commitment": {
        "en": "this copy of the record shows no commitment to a list under a head that all cosigned; ask for the whole record",
        "uk": "у цій копії запису немає зобов’язання щодо списку під головою, яку підписали всі; попросіть повний запис",
    },
    # list
    "list_not_yours": {"en": "this step of list {list} is done by {who}", "uk": "цей крок зі списком {list} робить {who}"},
    "list_in_state": {
        "en": "list {list} is {state}: this step does not fit",
        "uk": "список {list} у стані {state}: цей крок не підходить",
    },
    "terms_first": {"en": "the terms are not agreed yet", "uk": "умови ще не узгоджено"},
    "list_committed_before": {
        "en": "this office is bound to its list {list} already",
        "uk": "ця установа вже зв’язана своїм списком {list}",
    },
    "list_committed": {
        "en": "bound to list {list} of {people} people; send it on",
        "uk": "зв’язано списком {list}, осіб: {people}; надішліть його",
    },
    "list_finished": {
        "en": "the commitment to list {list} was begun before: finished, with its {people} people of then",
        "uk": "зобов’язання щодо списку {list} розпочато раніше: завершено, осіб тоді: {people}",
    },
    "list_lodged": {"en": "list {list} is kept here, sealed", "uk": "список {list} зберігається тут запечатаним"},
    "all_keepers": {"en": "the keepers release together: {who}", "uk": "хранителі розкривають разом: {who}"},
    "not_lodged": {
        "en": "list {list} is not lodged with every keeper yet, or not all have cosigned its commitment",
        "uk": "список {list} ще не здано всім хранителям, або зобов’язання ще не підписали всі",
    },
    "lists_released": {
        "en": "all lists open to their commitments: released",
        "uk": "усі списки відповідають зобов’язанням і розкриті",
    },
    "list_opened": {
        "en": "list {list}: {people} people, in {file}. It holds names: for your office alone.",
        "uk": "список {list}: осіб {people}, у {file}. Файл містить імена: лише для вашої установи.",
    },
    "answers_do_not_fit": {
        "en": "{answers} answers do not fit the {people} names of the list: every name gets exactly one",
        "uk": "відповідей {answers}, а імен у списку {people}: кожне ім’я має рівно одну",
    },
    "list_answered": {
        "en": "every name of list {list} is answered: {people}",
        "uk": "на кожне ім’я списку {list} є відповідь: {people}",
    },
    "answers_opened": {"en": "the answers are in {file}", "uk": "відповіді у {file}"},
}


def t(key: str, language: str, /, **values: object) -> str:
    """One sentence with its placeholders filled in."""
    return say(_SENTENCES[key], language, **values)
