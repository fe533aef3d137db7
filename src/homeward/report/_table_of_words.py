"""The table behind `homeward.report.words`: key → the words in English and in Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange.words import Sentence
from homeward.report._words_of_plans import PLAN_WORDS


def _(en: str, uk: str) -> Sentence:
    return {"en": en, "uk": uk}


_HEAD: Mapping[str, Sentence] = {
    "kind_of_document": _("Report on an exchange", "Звіт про обмін"),
    "invented_banner": _("Rehearsal with invented people", "Репетиція з вигаданими людьми"),
    "invented_note": _(
        "Nobody in it exists. The files, signatures, checks and this report were made as in a real exchange.",
        "Нікого з них не існує. Файли, підписи, перевірки та цей звіт зроблено так, як у справжньому обміні.",
    ),
    "no_names": _(
        "This report holds no names. A person is a number (such as p-0417) that only the two sides can look up.",
        "У цьому звіті немає імен. Особа – це номер (як-от p-0417), який можуть розкрити лише дві сторони.",
    ),
    "parties": _("Parties", "Сторони"),
    "others": _("Also signing", "Також підписує"),
    "period": _("Record kept", "Записи велися"),
    "period_of": _("{first} – {last}", "{first} – {last}"),
    "stages_on": _("Stages", "Етапи"),
    "date_unknown": _("date not known", "дата невідома"),
    "none_yet": _("none yet", "ще немає"),
    "neutral_name": _("Neutral", "Нейтральна сторона"),
    "contents": _("Contents", "Зміст"),
    "skip": _("Skip to the content", "Перейти до змісту"),
    "verdict": _("Verdict", "Висновок"),
    "verdict_complete": _("Complete and unchanged", "Повний і незмінений"),
    "verdict_incomplete": _("Incomplete", "Неповний"),
    "verdict_changed": _("Changed", "Змінено"),
    "verdict_unreadable": _("Unreadable", "Не читається"),
    "meaning_complete": _(
        "No act of the record is missing, moved or altered, every signature fits, and the exchange is closed.",
        "Жоден акт запису не пропущено, не переставлено й не змінено, усі підписи дійсні, обмін завершено.",
    ),
    "meaning_incomplete": _(
        "What the record holds fits together as far as it goes, but something is still missing; the text of the verdict names it.",
        "Те, що є в записі, узгоджується між собою, але чогось ще бракує; у тексті висновку сказано, чого саме.",
    ),
    "meaning_changed": _(
        "At least one part of the record is not what the parties signed; the text of the verdict names the place.",
        "Принаймні одна частина запису не є тим, що підписали сторони; у тексті висновку названо це місце.",
    ),
    "meaning_unreadable": _("The file could not be read as a record.", "Файл не вдалося прочитати як запис."),
    "meaning_other": _("The text of the verdict says what it means.", "Значення пояснює текст висновку."),
    "digits": _("Compare aloud", "Звірте вголос"),
    "digits_note": _(
        "These digits stand for the terms and for the keys that signed them. Whoever reads the same {count} digits from their own "
        "copy holds the same agreement.",
        "Ці цифри відповідають умовам і ключам, якими їх підписано. Хто прочитає ті самі {count} цифр зі своєї копії, "
        "має ту саму домовленість.",
    ),
    "no_digits": _("The record gives no digits to compare.", "Запис не містить цифр для звірки."),
    "as_of": _("as of act {acts}, {moment}", "станом на акт {acts}, {moment}"),
    "as_of_nothing": _("before the first act", "до першого акту"),
    "basis": _("Basis", "Основа"),
    "how_to_read": _("How to read this", "Як це читати"),
    "scroll": _("{title} (scrolls sideways on small screens)", "{title} (на малих екранах прокручується вбік)"),
}

_KEY_FIGURES: Mapping[str, Sentence] = {
    "key_figures": _("Key figures", "Головні числа"),
    "handed_over": _("Handed over", "Передано"),
    "received": _("Received", "Прийнято"),
    "deviations": _("Deviations", "Відхилення"),
    "acts": _("Signed acts", "Підписані акти"),
    "rows_on_lists": _("Rows on the lists", "Рядки у списках"),
    "people_basis": _("people on all lists; stages closed: {stages}", "люди з усіх списків; завершених етапів: {stages}"),
    "deviations_agreed": _("agreed by a second party", "погоджено другою стороною"),
    "deviations_reserves": _("a reserve stepped in", "заступив резерв"),
    "deviations_basis": _("differences from the terms that somebody stated", "відмінності від умов, про які хтось заявив"),
    "acts_first": _("first", "перший"),
    "acts_last": _("last", "останній"),
    "acts_basis": _("in the record, by all parties", "у записі, від усіх сторін"),
    "accepted": _("Accepted", "Прийнято"),
    "remarked": _("Accepted with remarks", "Прийнято із зауваженнями"),
    "refused": _("Refused", "Відхилено"),
    "rows_basis": _("in the files as they were read, before any answer", "у файлах, як їх прочитано, до будь-яких відповідей"),
    "key_note": _(
        "“Handed over” is what the giving side signed, “received” what the taking side signed. Where the two differ, "
        "the balance and the deviations below say why.",
        "«Передано» підписує сторона, яка передає, «прийнято» – сторона, яка приймає. Якщо ці числа різняться, "
        "баланс і відхилення нижче пояснюють чому.",
    ),
}

_TERMS: Mapping[str, Sentence] = {
    "terms": _("The terms", "Умови"),
    "terms_intro": _(
        "What the parties agreed, written out from the file that all of them signed byte for byte. The file is what counts.",
        "Про що домовилися сторони: виклад файлу, який усі підписали байт у байт. Чинним є файл.",
    ),
    "terms_summary": _("Text of the terms", "Текст умов"),
    "no_terms": _("The report was given no terms.", "До звіту не надано умов."),
    "legal_remarks": _("Legal remarks", "Правові зауваження"),
    "legal_note": _(
        "Made by rule from the terms, for a lawyer to look at. They judge nobody and change nothing.",
        "Складені за правилами з умов, щоб їх переглянув юрист. Вони нікого не оцінюють і нічого не змінюють.",
    ),
    "no_legal_remarks": _("The terms gave rise to no legal remark.", "Умови не дали підстав для правових зауважень."),
}

_LISTS: Mapping[str, Sentence] = {
    "lists": _("Quality of the lists", "Якість списків"),
    "lists_chart": _(
        "Rows accepted, accepted with remarks, and refused", "Рядки прийняті, прийняті із зауваженнями та відхилені"
    ),
    "lists_note": _(
        "A remark does not stop a row: it says what an officer should look at before the list goes. A refused row could not be read "
        "as a person. One row may have several findings.",
        "Зауваження не зупиняє рядок: воно вказує, на що слід глянути перед надсиланням. Відхилений рядок не вдалося прочитати "
        "як особу. Один рядок може мати кілька знахідок.",
    ),
    "lists_table": _("Rows of each list", "Рядки кожного списку"),
    "lists_basis": _(
        "every row of each file as it was read, before any answer", "усі рядки кожного файлу, до будь-яких відповідей"
    ),
    "list": _("List", "Список"),
    "rows": _("Rows", "Рядки"),
    "adds_up": _("Adds up", "Сходиться"),
    "yes": _("yes", "так"),
    "no_by": _("no, by {number}", "ні, на {number}"),
    "findings_table": _("Findings", "Знахідки"),
    "findings_basis": _(
        "number of findings per list; a finding may concern one row, several, or the list as a whole",
        "кількість знахідок у списку; знахідка може стосуватися одного рядка, кількох або всього списку",
    ),
    "finding": _("Finding", "Знахідка"),
    "meaning": _("Meaning", "Значення"),
    "to_do": _("What to do", "Що робити"),
    "no_findings": _("The check found nothing to remark.", "Перевірка не виявила нічого."),
    "no_lists": _("No list has been read yet.", "Ще не прочитано жодного списку."),
    "finding_ROW_REFUSED": _("Row that could not be read as a person", "Рядок, який не вдалося прочитати як особу"),
    "finding_IDENTIFIES_NOBODY": _("Row that identifies nobody", "Рядок, який нікого не визначає"),
    "finding_SAME_ID": _("The same id on several rows", "Той самий ідентифікатор у кількох рядках"),
    "finding_REPEAT": _("One person listed twice", "Одну особу записано двічі"),
    "finding_POSSIBLE_REPEAT": _("Perhaps one person listed twice", "Можливо, одну особу записано двічі"),
    "finding_NAMESAKE": _("Same name, different birth dates", "Однакове ім’я, різні дати народження"),
    "finding_ALREADY_RELEASED": _("Already released", "Уже на волі"),
    "finding_DEAD": _("Recorded as dead", "Записано як померлу особу"),
    "finding_REFUSED_TRANSFER": _("Recorded as refusing transfer", "Записано відмову від передання"),
    "finding_MAYBE_OUT": _("Perhaps released or dead", "Можливо, на волі або померла особа"),
    "finding_CIVILIAN_AS_SOLDIER": _("Civilian listed as a soldier", "Цивільну особу записано військовою"),
    "finding_SOLDIER_AS_CIVILIAN": _("Soldier listed as a civilian", "Військову особу записано цивільною"),
    "finding_NOT_IN_REGISTER": _("Not found in the register", "Не знайдено в реєстрі"),
    "finding_AGE_OUTSIDE": _("Age outside the category", "Вік поза межами категорії"),
    "finding_CATEGORY_UNPROVEN": _("Category without the facts for it", "Категорія без підтвердження"),
    "finding_CATEGORY_NOT_IN_TERMS": _("Category that the terms do not name", "Категорія, якої немає в умовах"),
    "finding_DATE_DOUBTFUL": _("Doubtful date", "Сумнівна дата"),
    "finding_UNDER_AGE": _("Under age", "Неповнолітня особа"),
    "finding_CLAUSE_FAILED": _("Clause that the list breaks", "Пункт, який список порушує"),
    "finding_LEGAL_REFUSAL": _("Against the law as written into the terms", "Суперечить праву, закладеному в умови"),
    "severity_stops_sending": _("stops sending", "зупиняє надсилання"),
    "severity_look": _("to be looked at", "варто глянути"),
    "severity_note": _("note", "до відома"),
    "severity": _("Weight", "Вага"),
    "finding_WRONG_CATEGORY": _("Category and facts disagree", "Категорія не відповідає фактам"),
    "finding_DATE_IMPOSSIBLE": _("Date that cannot be", "Неможлива дата"),
    "finding_MISSING_DATA": _("Required data missing", "Бракує потрібних даних"),
    "finding_MISSING_MORE": _("Useful data missing", "Бракує корисних даних"),
    "finding_READER_REMARK": _("Cell read with a remark", "Клітинку прочитано із зауваженням"),
    "finding_CLAUSE_UNDECIDED": _("Clause that the list alone cannot decide", "Пункт, який самим списком не перевірити"),
    "finding_LEGAL_REMARK": _("Legal remark on the terms", "Правове зауваження до умов"),
    "finding_SERIOUS_CASES": _("Seriously wounded or ill people", "Тяжкопоранені або тяжкохворі"),
}

_MATCHING: Mapping[str, Sentence] = {
    "matching": _("Matching with the home registers", "Звірка з власними реєстрами"),
    "matching_chart": _("How sure the machine was of each proposal", "Наскільки машина була певна кожної пропозиції"),
    "matching_note": _(
        "A machine only proposes that two records are the same person, with a probability. Two officers decide every pair. "
        "“Not decided” means that they could not say yet; no answer is built on it.",
        "Машина лише пропонує, що два записи – це одна особа, і дає ймовірність. Кожну пару вирішують двоє посадовців. "
        "«Не вирішено» означає, що вони ще не можуть сказати; жодна відповідь на цьому не ґрунтується.",
    ),
    "matching_basis": _(
        "proposals: pairs of a row of the list and a record of the home register; decisions: all pairs on the review sheets, "
        "repeats within the list included",
        "пропозиції: пари «рядок списку – запис реєстру»; рішення: усі пари на аркушах звірки, разом із повторами в самому списку",
    ),
    "matching_table": _("Decisions of the officers", "Рішення посадовців"),
    "proposals": _("Proposals", "Пропозиції"),
    "decided_same": _("Same person", "Та сама особа"),
    "decided_different": _("Different people", "Різні особи"),
    "decided_undecided": _("Not decided", "Не вирішено"),
    "decided_not_given": _("Decision not given here", "Рішення тут не вказано"),
    "decided_unsure": _("Unsure", "Непевно"),
    "below": _("under {high} %", "до {high} %"),
    "between": _("{low} – {high} %", "{low} – {high} %"),
    "above": _("over {low} %", "понад {low} %"),
    "no_matching": _("No list has been matched yet.", "Ще жодного списку не звірено."),
}

_FUNNEL: Mapping[str, Sentence] = {
    "funnel": _("From listed to home", "Від списку додому"),
    "funnel_chart": _("How many people got as far as each step", "Скільки людей дійшло до кожного кроку"),
    "funnel_groups_chart": _("The same for each group of the terms", "Те саме для кожної групи умов"),
    "funnel_note": _(
        "Each bar counts the people who reached that step; the share is of those listed. A shorter bar is not a loss of people: "
        "the terms fix how many go, and whoever is not planned stays on the list. Groups overlap (a wounded woman is in several), "
        "so they do not add up to all.",
        "Кожна смуга – це люди, які дійшли до цього кроку; частка – від усіх у списку. Коротша смуга не означає втрату людей: "
        "умови визначають, скільки їде, а хто не запланований, лишається у списку. Групи перетинаються (поранена жінка – у кількох), "
        "тому їхня сума не дорівнює загалу.",
    ),
    "funnel_table": _("{side}: people at each step, by group", "{side}: люди на кожному кроці, за групами"),
    "funnel_basis": _("everybody on list {list}; all stages", "усі у списку {list}; усі етапи"),
    "group": _("Group", "Група"),
    "group_all": _("All people", "Усі люди"),
    "step_listed": _("Listed", "У списку"),
    "step_agreed": _("Agreed", "Погоджено"),
    "step_may_go": _("May go", "Може їхати"),
    "step_planned": _("Planned", "Заплановано"),
    "step_handed_over": _("Handed over", "Передано"),
    "step_received": _("Received", "Прийнято"),
    "explain_may_go": _(
        "“May go”: the outcome of a private interview, or the reason why there was none, is on the record. "
        "“Planned” includes the reserves who were called.",
        "«Може їхати»: результат приватної розмови або причина її відсутності є в записі. "
        "«Заплановано» – разом із викликаним резервом.",
    ),
    "answers_table": _("Answers to the names", "Відповіді на імена"),
    "answers_basis": _(
        "one answer for every name on the list; the last one counts", "одна відповідь на кожне ім’я; чинна остання"
    ),
    "answer": _("Answer", "Відповідь"),
    "total": _("Total", "Разом"),
    "unanswered": _("No answer yet", "Ще без відповіді"),
    "no_sides": _("No list is on the record yet.", "У записі ще немає списків."),
    "no_answers": _("No name has been answered yet.", "Ще немає відповіді на жодне ім’я."),
}

_BALANCE: Mapping[str, Sentence] = {
    "balance": _("Balance after each stage", "Баланс після кожного етапу"),
    "balance_chart": _("Received so far, after each stage", "Прийнято загалом після кожного етапу"),
    "balance_note": _(
        "Double entry: everybody who was planned or called from the reserve must stand in exactly one column of outcomes. "
        "The last column is the check. In the picture, “of” and a dashed outline show how many more were planned by then.",
        "Подвійний запис: кожен, хто був запланований або викликаний з резерву, має стояти рівно в одному стовпці наслідків. "
        "Останній стовпець – перевірка. На рисунку «з» і пунктирний контур показують, скільки більше було заплановано на той час.",
    ),
    "balance_table": _("Everybody planned, and what became of them", "Усі заплановані та що з ними сталося"),
    "balance_basis": _(
        "people on the manifests of the closed stages, both signatures; stages {stages}",
        "люди з маніфестів завершених етапів, обидва підписи; етапи {stages}",
    ),
    "of": _("{part} of {all}", "{part} з {all}"),
    "stage": _("Stage", "Етап"),
    "side": _("Side", "Сторона"),
    "planned": _("Planned", "Заплановано"),
    "planned_so_far": _("Planned so far", "Заплановано загалом"),
    "received_so_far": _("Received so far", "Прийнято загалом"),
    "plus_reserves": _("+\xa0Reserves called", "+\xa0Викликано резерв"),
    "equals_people": _("=\xa0People", "=\xa0Людей"),
    "sum_of_outcomes": _("=\xa0Sum of outcomes", "=\xa0Сума наслідків"),
    "all_stages": _("All stages", "Усі етапи"),
    "column_received": _("Received", "Прийнято"),
    "column_returned": _("Returned", "Повернено"),
    "column_not_presented": _("Not presented", "Не представлено"),
    "column_wrong_person": _("Somebody else", "Інша особа"),
    "column_died": _("Died", "Померли"),
    "column_escaped": _("Escaped", "Втекли"),
    "column_declined": _("Declined", "Відмовилися"),
    "column_between_columns": _("Not yet settled", "Ще не з’ясовано"),
    "balance_ok": _(
        "Check: all {rows} rows add up. Every person planned or called stands in one column.",
        "Перевірка: усі рядки ({rows}) сходяться. Кожна запланована чи викликана особа стоїть в одному стовпці.",
    ),
    "balance_bad": _(
        "Check: {bad} of {rows} rows do not add up; the last column says by how many people.",
        "Перевірка: не сходяться рядки: {bad} з {rows}; в останньому стовпці сказано, на скільки людей.",
    ),
    "across_ok": _(
        "Check: {side}: {balance} received in the balance, {way} in the way from listed to home.",
        "Перевірка: {side}: прийнято {balance} у балансі, {way} на шляху від списку додому.",
    ),
    "across_bad": _(
        "Check: {side}: the balance says {balance} received, the way from listed to home says {way}. They should be equal.",
        "Перевірка: {side}: у балансі прийнято {balance}, на шляху від списку додому {way}. Ці числа мають бути однакові.",
    ),
    "differences": _("Clauses not met exactly, and what explains them", "Пункти, виконані неточно, і чим це пояснено"),
    "no_differences": _("Every clause that was due was met exactly.", "Усі пункти, термін яких настав, виконано точно."),
    "no_stages": _("No stage has been closed yet.", "Ще не завершено жодного етапу."),
}

_DEVIATIONS: Mapping[str, Sentence] = {
    "deviations_note": _(
        "A deviation counts as agreed once a second party has signed it. One that only one party states stays visible as stated.",
        "Відхилення вважається погодженим, коли його підписала друга сторона. Те, про яке заявила лише одна, лишається видимим як "
        "заявлене.",
    ),
    "deviations_table": _("What went otherwise than agreed", "Що сталося інакше, ніж домовлено"),
    "deviations_table_basis": _("all deviations on the record, in its order", "усі відхилення в записі, за його порядком"),
    "act": _("Act", "Акт"),
    "what": _("What happened", "Що сталося"),
    "person": _("Person", "Особа"),
    "stated_by": _("Stated by", "Заявив"),
    "agreed_by": _("Agreed by", "Погодив"),
    "nobody_yet": _("nobody yet", "ще ніхто"),
    "reserve": _("Reserve who stepped in", "Хто заступив із резерву"),
    "no_reserve": _("none", "ніхто"),
    "not_said": _("–", "–"),
    "no_deviations": _("No deviation is on the record.", "У записі немає відхилень."),
}

_TIMELINE: Mapping[str, Sentence] = {
    "timeline": _("Timeline", "Перебіг"),
    "timeline_chart": _("How the record grew", "Як зростав запис"),
    "timeline_note": _(
        "Above: how many acts the record held at each time. Below: who signed the key moments. Shaded bands are the days of stages. "
        "The record’s own order counts; clocks can be wrong, so times may run backwards between parties.",
        "Угорі: скільки актів було в записі на кожен час. Унизу: хто підписав головні моменти. Затінено дні етапів. "
        "Чинним є порядок у записі; годинники можуть помилятися, тож час різних сторін може йти назад.",
    ),
    "timeline_table": _("Key moments", "Головні моменти"),
    "timeline_basis": _(
        "acts that move the exchange on; “…” stands for a run of acts of the same kind; times in UTC as signed",
        "акти, що рухають обмін; «…» позначає низку однакових актів; час за UTC, як підписано",
    ),
    "left_out": _(
        "{number} moments left out here; the record holds them all.", "Тут пропущено моментів: {number}; у записі є всі."
    ),
    "time": _("Time", "Час"),
    "signed_by": _("Signed by", "Підписав"),
    "moment": _("Moment", "Момент"),
    "acts_axis": _("acts in the record", "акти в записі"),
    "no_acts": _("The record holds no act yet.", "У записі ще немає актів."),
}

_PROOF: Mapping[str, Sentence] = {
    "proof": _("The plan’s proof", "Доказ плану"),
    "proof_note": _(
        "The plan says who goes in which stage so that all terms hold. Anybody with the same lists, terms and public draw can make "
        "it again. “Proven optimal” means that no plan serves the agreed order of importance better.",
        "План визначає, хто в якому етапі їде, щоб виконувалися всі умови. Будь-хто з тими самими списками, умовами й публічним "
        "жеребом може скласти його знову. «Доведено найкращий» означає, що жоден план не відповідає узгодженому порядку краще.",
    ),
    "no_proof": _("No plan has been made yet.", "Плану ще немає."),
    "verify": _("Verdict, and how to check it yourself", "Висновок і як перевірити самому"),
    "verify_text": _("Verdict as the program gives it", "Висновок, як його дає програма"),
    "no_verdict": _("The record has not been checked yet.", "Запис ще не перевірено."),
    "verify_note": _(
        "This page is a picture of the record, and nobody has signed it. The record is what counts: every party holds the same file, "
        "byte for byte, and anybody can check it alone, with no network.",
        "Ця сторінка – лише зображення запису, її ніхто не підписував. Чинним є запис: кожна сторона має той самий файл, "
        "байт у байт, і будь-хто може перевірити його самостійно, без мережі.",
    ),
    "verify_1": _("Take the .record file from any party, on any carrier.",
        "Візьміть файл .record у будь-якої сторони, на будь-якому носії."),
    "verify_2": _("On a machine without a network, run:", "На комп’ютері без мережі виконайте:"),
    "verify_3": _(
        "Compare the verdict with the text above, and the digits with those that the parties read aloud.",
        "Порівняйте висновок із текстом вище, а цифри – з тими, які сторони зачитали вголос.",
    ),
    "verify_4": _(
        "If one byte of the file was changed, the program says which act it belongs to.",
        "Якщо у файлі змінено хоча б один байт, програма скаже, до якого акту він належить.",
    ),
    "made_with": _("Made with Homeward. The report opens without a network and contains no scripts.",
                   "Створено за допомогою Homeward. Звіт відкривається без мережі й не містить скриптів."),
}  # fmt: skip

TABLE: Mapping[str, Sentence] = {
    **_HEAD,
    **_KEY_FIGURES,
    **_TERMS,
    **_LISTS,
    **_MATCHING,
    **_FUNNEL,
    **PLAN_WORDS,
    **_BALANCE,
    **_DEVIATIONS,
    **_TIMELINE,
    **_PROOF,
}
