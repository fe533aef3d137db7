"""The words of the charts of a plan, in the report of an exchange and in the page of a plan alone; part of the table of words."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange.words import Sentence


def _(en: str, uk: str) -> Sentence:
    return {"en": en, "uk": uk}


PLAN_WORDS: Mapping[str, Sentence] = {
    "plan": _("The plan: stages, priorities, limits", "План: етапи, пріоритети, межі"),
    "plan_stages_chart": _("How many go in each stage, and how many stay", "Скільки людей їде кожного етапу та скільки лишається"),
    "plan_stages_note": _(
        "Whoever stays is not struck off: they are on the list, and the plan can say of each of them why (homeward plan why).",
        "Хто лишається, того не викреслено: ці люди у списку, і про кожну з них план каже, чому (homeward plan why).",
    ),
    "plan_stages_table": _("People by stage", "Люди за етапами"),
    "plan_stages_basis": _(
        "everybody who could go under the terms; reserves as named / as many as the agreed risk asks for",
        "усі, хто міг би їхати за умовами; у резерві названо / скільки потребує узгоджений ризик",
    ),
    "plan_priorities_chart": _(
        "Who goes when, by priority: each bar is everybody at that level", "Хто коли їде, за пріоритетами: кожна смуга – усі цього рівня"
    ),
    "plan_priorities_note": _(
        "The first priority decides first, the next only among plans that are equally good by it. Bars of one priority that are dark "
        "to the end go early; a limit or the balance between the sides is why a bar of a high priority may have a light end.",
        "Спершу вирішує перший пріоритет, наступний – лише серед планів, однаково добрих за попереднім. Темна смуга їде рано; "
        "світлий кінець смуги високого пріоритету – наслідок межі або рівноваги між сторонами.",
    ),
    "plan_priorities_table": _("People by priority and stage", "Люди за пріоритетом і етапом"),
    "plan_priorities_basis": _(
        "everybody who could go under the terms; people may stand in several priorities",
        "усі, хто міг би їхати за умовами; одна особа може бути в кількох пріоритетах",
    ),
    "plan_limits_chart": _("How much of each limit is used", "Скільки кожної межі використано"),
    "plan_limits_note": _(
        "A limit that is full may be what keeps others back; which one keeps back whom, homeward plan why says of each person.",
        "Повна межа може бути тим, що затримує інших; яка з них кого саме, про кожну особу каже homeward plan why.",
    ),
    "plan_limits_table": _("Limits of the terms and their use", "Межі за умовами та їх використання"),
    "plan_limits_basis": _(
        "upper limits of the clauses; where a fact is not known, the person counts against the limit",
        "верхні межі пунктів; якщо факт невідомий, особу зараховано до межі",
    ),
    "plan_limits_fullest": _("the {shown} fullest of {all} are shown", "показано {shown} найповніших із {all}"),
    "no_plan_limits": _("The terms set no upper limits.", "Умови не ставлять верхніх меж."),
    "no_plan": _("The plan’s numbers are not in this report.", "Чисел плану в цьому звіті немає."),
    "plan_stage": _("Stage", "Етап"),
    "plan_stay": _("stay", "лишаються"),
    "plan_all": _("everybody", "усі"),
    "plan_level": _("Level", "Рівень"),
    "plan_members": _("known to belong to it", "належать, і це відомо"),
    "plan_not_known": _("not known", "невідомо"),
    "plan_from_to": _("{low} to {high}", "від {low} до {high}"),
    "plan_reserves": _("In reserve", "У резерві"),
    "plan_going": _("Go", "Їдуть"),
    "plan_clause": _("Clause", "Пункт"),
    "plan_counted": _("Counted", "Рахують"),
    "plan_this_stage": _("in stage {stage}", "етап {stage}"),
    "plan_so_far": _("up to stage {stage}", "до кінця етапу {stage}"),
    "plan_used": _("Used", "Використано"),
    "plan_limit": _("Limit", "Межа"),
    "plan_share": _("Share", "Частка"),
    # The page of a plan alone.
    "kind_of_plan": _("Plan of an exchange", "План обміну"),
    "plan_verdict": _("Is there a better plan?", "Чи є кращий план?"),
    "plan_best": _("No: proven", "Ні: доведено"),
    "plan_perhaps_not_best": _("Not proven", "Не доведено"),
    "plan_changed": _("Changed on the day", "Змінено в день обміну"),
    "plan_as_of": _("as planned, before anybody has been handed over", "за планом, до передачі будь-кого"),
    "plan_made_from": _("Made from", "Зроблено з"),
    "plan_section_stages": _("Stages", "Етапи"),
    "plan_section_priorities": _("Priorities", "Пріоритети"),
    "plan_section_limits": _("Limits", "Межі"),
    "plan_section_proof": _("The proof", "Доказ"),
    "plan_section_again": _("Check it yourself", "Перевірте самі"),
    "plan_again_1": _(
        "A program that shares no code with the solver adds up every clause again, person by person:",
        "Програма, що не має спільного коду з розв’язувачем, наново рахує кожен пункт, особу за особою:",
    ),
    "plan_again_2": _(
        "From the same terms and lists anybody gets the same plan:", "З тих самих умов і списків кожен отримає той самий план:"
    ),
    "plan_again_3": _("Why one person stays, or goes no earlier:", "Чому одна особа лишається або не їде раніше:"),
    "plan_again_4": _(
        "Where all are equal, the draw decides; anybody can repeat it:",
        "Де всі рівні, вирішує жереб; повторити його може кожен:",
    ),
    "plan_no_names": _(
        "This page holds no names and no ids of people, only numbers. The workbooks beside it say who goes.",
        "На цій сторінці немає ні імен, ні номерів осіб, лише кількості. Хто їде, сказано в таблицях поруч.",
    ),
    "plan_made_with": _(
        "Made with Homeward. The page opens without a network and contains no scripts.",
        "Створено за допомогою Homeward. Сторінка відкривається без мережі й не містить скриптів.",
    ),
}  # fmt: skip
