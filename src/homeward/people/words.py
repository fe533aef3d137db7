"""The words lists use, in Ukrainian, Russian, English, Turkish and Arabic, and the codes they stand for.

One table per closed vocabulary of `person.CODES`, one for the two stated absences, one for the months, and one for the rows
that are totals or signatures. Words are compared in small letters, without dots, with one space between them, ё as е.

>>> code_of(Field.RANK, "Ст. лейтенант"), code_of(Field.SEX, "чол."), code_of(Field.RANK, "гвардии рядовой")
('lieutenant', 'M', 'private')
>>> absence_of("н/д"), absence_of("не розголошується"), absence_of("Київ")
(<Absence.UNKNOWN: 'unknown'>, <Absence.WITHHELD: 'withheld'>, None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from homeward.people.person import CODES, Absence, Field

#: Field -> code -> words, separated by `|`. The code itself is always a word.
VOCABULARY: Mapping[Field, Mapping[str, str]] = MappingProxyType({
    Field.SEX: {
        "F": "ж|жін|жіноча|жінка|жен|женский|женщина|female|woman|w|kadın|k|bayan|أنثى|انثى|امرأة",
        "M": "ч|чол|чоловіча|чоловік|м|муж|мужской|мужчина|male|man|erkek|e|bay|ذكر|رجل",
    },
    Field.STATUS: {
        "military": (
            "військовий|військова|військовослужбовець|військовослужбовиця|військовополонений|військовополонена|вп|"
            "военный|военнослужащий|военнослужащая|военнопленный|военнопленная|"
            "soldier|serviceman|servicewoman|combatant|prisoner of war|pow|armed forces|"
            "asker|askeri personel|muharip|savaş esiri|harp esiri|عسكري|عسكرية|جندي|مقاتل|أسير حرب|أسيرة حرب"
        ),
        "civilian": (
            "цивільний|цивільна|цивільна особа|цивільний заручник|гражданский|гражданская|гражданское лицо|civil|"
            "civilian internee|civilian detainee|sivil|sivil kişi|sivil enterne|مدني|مدنية|معتقل مدني|محتجز مدني"
        ),
        "retained": (
            "медик|медичний персонал|капелан|священник|затриманий персонал|медицинский персонал|капеллан|священнослужитель|"
            "удерживаемый персонал|медицинский или духовный персонал|медичний або духовний персонал|"
            "medical or religious staff|medical personnel|medic|chaplain|retained personnel|religious personnel|"
            "sağlık ya da din personeli|sağlık personeli|din personeli|din görevlisi|alıkonulan personel|"
            "أفراد الخدمات الطبية أو الدينية|أفراد الخدمات الطبية|أفراد الخدمات الدينية|الأفراد المستبقون|طبيب|مسعف|رجل دين"
        ),
    },
    Field.MEDICAL: {
        "well": (
            "здоровий|здорова|задовільний|здоров|здоровый|здоровая|удовлетворительное|healthy|good|fit|no injuries|"
            "sağlıklı|sağlam|iyi|سليم|سليمة|جيد|جيدة|بصحة جيدة"
        ),
        "slightly_wounded": (
            "легкопоранений|легкопоранена|легке поранення|поранений легко|легкораненый|легкораненая|легкое ранение|"
            "slightly wounded|lightly wounded|minor wound|minor injury|"
            "hafif yaralı|مصاب بجروح طفيفة|جروح طفيفة|إصابة طفيفة|جريح إصابة طفيفة"
        ),
        "sick": "хворий|хвора|захворювання|болен|больной|больная|болеет|ill|sick|illness|hasta|hastalık|مريض|مريضة|مرض",
        "convalescent": (
            "одужує|реабілітація|видужує|выздоравливает|выздоравливающий|реабилитация|recovering|convalescing|"
            "iyileşiyor|nekahette|في طور النقاهة|نقاهة|يتعافى"
        ),
        "seriously_wounded": (
            "тяжкопоранений|тяжкопоранена|важкопоранений|важкопоранена|тяжке поранення|важке поранення|поранений тяжко|"
            "тяжелораненый|тяжелораненая|тяжелое ранение|тяжело ранен|тяжело ранена|"
            "seriously wounded|severely wounded|heavily wounded|severe wound|"
            "ağır yaralı|مصاب بجروح خطيرة|جروح خطيرة|جروح بالغة|إصابة خطيرة|جريح إصابة خطيرة"
        ),
        "seriously_ill": (
            "тяжкохворий|тяжкохвора|важкохворий|важкохвора|тяжело болен|тяжело больна|тяжелобольной|тяжелобольная|"
            "seriously ill|severely ill|gravely ill|ağır hasta|مصاب بمرض خطير|مريض بمرض خطير|مرض خطير"
        ),
    },
    Field.MOBILITY: {
        "walking": (
            "ходить|ходить сам|ходить сама|самостійно|ходячий|сам|самостоятельно|ходит|walks|walks alone|ambulatory|on foot|"
            "yürüyor|yürüyebiliyor|ayakta|يمشي|تمشي|يسير|يمشي وحده"
        ),
        "assisted": (
            "з допомогою|із супроводом|милиці|на милицях|крісло колісне|візок|с помощью|с сопровождением|костыли|на костылях|"
            "инвалидная коляска|коляска|with help|with assistance|crutches|wheelchair|needs help|"
            "yardımla|destekle|koltuk değneği|tekerlekli sandalye|بمساعدة|يحتاج إلى مساعدة|عكازات|عكاز|كرسي متحرك"
        ),
        "stretcher": (
            "ноші|на ношах|лежачий|лежача|носилки|на носилках|лежачий|лежачая|on stretcher|on a stretcher|bedridden|lying|"
            "sedye|sedyede|sedyeyle|yatalak|على نقالة|نقالة|مستلقٍ|طريح الفراش"
        ),
    },
    Field.STATE: {
        "missing": (
            "зниклий безвісти|зникла безвісти|безвісти|зник безвісти|безвісти зниклий|пропал без вести|пропавший без вести|"
            "без вести пропавший|пропала без вести|missing in action|mia|kayıp|مفقود|مفقودة"
        ),
        "believed_held": (
            "ймовірно в полоні|імовірно в полоні|можливо в полоні|вероятно в плену|предположительно в плену|возможно в плену|"
            "імовірно утримують|предположительно удерживается|believed to be held|"
            "believed held|probably held|believed captured|presumed captive|"
            "elde tutulduğu sanılıyor|muhtemelen esir|يعتقد أنه محتجز|يُعتقد أنه محتجز|يرجح أنه أسير|محتمل الأسر"
        ),
        "acknowledged": (
            "визнано|визнаний|підтверджено стороною|признан|признано|подтвержден стороной|acknowledged by the other side|"
            "визнаний тим, хто утримує|признан удерживающей стороной|acknowledged by the holder|"
            "admitted|elinde tutan tarafça kabul edildi|karşı tarafça kabul edildi|أقر به الطرف الحاجز|أقر به الطرف الآخر|معترف به"
        ),
        "confirmed": (
            "підтверджено|підтверджений|підтверджена|підтверджено мкчх|в полоні|полон|полонений|подтвержден|подтверждено|"
            "подтверждена|подтверждено мккк|в плену|плен|confirmed by icrc|confirmed by neutral|in captivity|captive|held|"
            "підтверджений нейтральною стороною|подтверждён нейтральной стороной|confirmed by the neutral|"
            "doğrulandı|tarafsız tarafça doğrulandı|esir|esarette|أكده الطرف المحايد|مؤكد|أسير|أسيرة|في الأسر|محتجز"
        ),
        "released": (
            "звільнений|звільнена|звільнено|обміняний|обміняна|обміняно|повернувся|повернулася|вдома|"
            "освобожден|освобождена|освобожденный|обменян|обменяна|вернулся|вернулась|дома|exchanged|returned|home|freed|"
            "serbest|serbest bırakıldı|takas edildi|döndü|evinde|أفرج عنه|أُفرج عنه|أفرج عنها|محرر|عاد|عادت|جرى تبادله"
        ),
        "dead": (
            "помер|померла|загинув|загинула|загиблий|загибла|мертвий|умер|умерла|погиб|погибла|погибший|мертв|died|deceased|"
            "killed|kia|ölü|öldü|vefat etti|hayatını kaybetti|متوفى|متوفي|متوفاة|توفي|توفيت|قتيل|ميت"
        ),
        "refused": (
            "відмовився|відмовилася|відмова|отказался|отказалась|отказ|declined|refuses|"
            "відмовився від передачі|отказался от передачи|refused to be transferred|"
            "reddetti|nakli reddetti|رفض|رفضت|رفض النقل"
        ),
    },
    Field.RANK: {
        "private": (
            "солдат|старший солдат|рядовий|рядова|матрос|старший матрос|рекрут|ряд|ст солдат|солд|ст матрос|"
            "рядовой|рядовая|ефрейтор|курсант|private first class|lance corporal|soldier|sailor|seaman|pvt|pfc|"
            "er|onbaşı|uzman er|جندي|جندي أول|مجند"
        ),
        "nco": (
            "сержант|молодший сержант|старший сержант|головний сержант|штаб-сержант|майстер-сержант|старший майстер-сержант|"
            "головний майстер-сержант|старшина|головний старшина|молодший старшина|старшина 1 статті|старшина 2 статті|"
            "мол сержант|ст сержант|гол сержант|с-т|мол с-т|ст с-т|серж|молодша сержантка|сержантка|"
            "младший сержант|мл сержант|мл с-т|старшина 1 статьи|старшина 2 статьи|главный старшина|"
            "главный корабельный старшина|"
            "sergeant|junior sergeant|senior sergeant|staff sergeant|master sergeant|chief sergeant|corporal|petty officer|"
            "non-commissioned officer|sgt|cpl|"
            "astsubay|çavuş|uzman çavuş|uzman onbaşı|astsubay çavuş|üstçavuş|başçavuş|kıdemli başçavuş|"
            "ضابط صف|عريف|عريف أول|رقيب|رقيب أول|وكيل رقيب"
        ),
        "warrant": (
            "прапорщик|старший прапорщик|мічман|старший мічман|ст прапорщик|прап|мичман|старший мичман|"
            "warrant officer|praporshchik|midshipman|wo|kıdemli astsubay|مساعد|مساعد أول|نائب ضابط|وكيل ضابط"
        ),
        "lieutenant": (
            "лейтенант|молодший лейтенант|старший лейтенант|мол лейтенант|ст лейтенант|ст л-т|мол л-т|л-т|"
            "младший лейтенант|мл лейтенант|мл л-т|лейт|ст лейт|"
            "junior lieutenant|senior lieutenant|first lieutenant|second lieutenant|1st lieutenant|2nd lieutenant|lt|sr lt|"
            "jr lt|teğmen|asteğmen|üsteğmen|ملازم|ملازم أول|ملازم ثان|ملازم ثاني"
        ),
        "captain": "капітан|капітан-лейтенант|к-н|капитан|капитан-лейтенант|кап|capt|cpt|captain lieutenant|yüzbaşı|نقيب",
        "major": "майор|капітан 3 рангу|м-р|капитан 3 ранга|maj|captain 3rd rank|binbaşı|رائد",
        "lieutenant_colonel": (
            "підполковник|капітан 2 рангу|п/п-к|пп-к|підп-к|подполковник|капитан 2 ранга|"
            "lieutenant colonel|lieutenant-colonel|lt colonel|lt col|captain 2nd rank|yarbay|مقدم"
        ),
        "colonel": "полковник|капітан 1 рангу|п-к|полк|капитан 1 ранга|col|captain 1st rank|albay|عقيد",
        "brigadier_general": (
            "бригадний генерал|коммодор|комодор|"
            "brigadier general|brigadier-general|brigadier|бригадный генерал|tuğgeneral|عميد"
        ),
        "major_general": "генерал-майор|контр-адмірал|контр-адмирал|major general|major-general|rear admiral|tümgeneral|لواء",
        "general": (
            "генерал|генерал-лейтенант|генерал-полковник|генерал армії|віце-адмірал|адмірал|генерал армии|вице-адмирал|адмирал|"
            "lieutenant general|colonel general|admiral|vice admiral|general of the army|korgeneral|orgeneral|amiral|فريق|"
            "فريق أول|عماد"
        ),
    },
})  # fmt: skip

#: Words with which a source says that it does not know, or that it may not say.
ABSENCES: Mapping[Absence, str] = MappingProxyType({
    Absence.UNKNOWN: (
        "?|??|???|-|--|---|–|—|невідомо|невідомий|невідома|невідоме|не відомо|не встановлено|не встановлений|немає даних|"
        "дані відсутні|дані уточнюються|уточнюється|н/д|нд|н/в|"
        "неизвестно|неизвестный|неизвестна|не известно|не установлено|не установлен|нет данных|нет сведений|данные отсутствуют|"
        "уточняется|unknown|not known|no data|no information|n/a|n/k|nk|"
        "bilinmiyor|bilinmeyen|bilgi yok|belirlenemedi|غير معروف|غير معروفة|مجهول|مجهولة|لا توجد معلومات|غير محدد"
    ),
    Absence.WITHHELD: (
        "не розголошується|не підлягає розголошенню|приховано|засекречено|таємно|відомості закриті|"
        "не разглашается|не сообщается|не подлежит разглашению|скрыто|засекречено|секретно|сведения закрыты|"
        "withheld|not disclosed|undisclosed|classified|redacted|gizli|açıklanmıyor|açıklanmadı|سري|محجوب|محجوبة|لا يفصح عنه"
    ),
})  # fmt: skip

#: The month's number -> how its name begins or stands, in small letters (genitive and nominative, five languages; Arabic has the
#: names of the east and of the west).
MONTHS: Mapping[int, str] = MappingProxyType({
    1: "січень|січня|січ|январь|января|янв|january|jan|ocak|كانون الثاني|يناير|i",
    2: "лютий|лютого|лют|февраль|февраля|фев|февр|february|feb|şubat|شباط|فبراير|ii",
    3: "березень|березня|бер|март|марта|мар|march|mar|mart|آذار|مارس|iii",
    4: "квітень|квітня|квіт|кві|апрель|апреля|апр|april|apr|nisan|نيسان|أبريل|إبريل|ابريل|iv",
    5: "травень|травня|трав|тра|май|мая|may|mayıs|أيار|ايار|مايو|v",
    6: "червень|червня|черв|чер|июнь|июня|июн|june|jun|haziran|حزيران|يونيو|يونيه|vi",
    7: "липень|липня|лип|июль|июля|июл|july|jul|temmuz|تموز|يوليو|يوليه|vii",
    8: "серпень|серпня|серп|сер|август|августа|авг|august|aug|ağustos|آب|أغسطس|اغسطس|viii",
    9: "вересень|вересня|вер|сентябрь|сентября|сен|сент|september|sep|sept|eylül|أيلول|ايلول|سبتمبر|ix",
    10: "жовтень|жовтня|жовт|жов|октябрь|октября|окт|october|oct|ekim|تشرين الأول|أكتوبر|اكتوبر|x",
    11: "листопад|листопада|лист|лис|ноябрь|ноября|ноя|нояб|november|nov|kasım|تشرين الثاني|نوفمبر|xi",
    12: "грудень|грудня|груд|гру|декабрь|декабря|дек|december|dec|aralık|كانون الأول|ديسمبر|xii",
})  # fmt: skip

#: A row whose first words are one of these is a total.
TOTALS = (
    "всього|усього|разом|підсумок|всього осіб|итого|всего|всего человек|total|totals|grand total|sum|toplam|"
    "genel toplam|المجموع|الإجمالي|المجموع الكلي"
)

#: A row that begins like this and fills at most two cells is a signature or a closing line.
CLOSINGS = (
    "склав|склала|підпис|підписав|начальник|виконавець|список складено|перевірив|погоджено|затверджую|"
    "составил|составила|подпись|исполнитель|список составлен|проверил|согласовано|утверждаю|"
    "prepared by|signed|signature|compiled by|approved by|checked by|page|"
    "hazırlayan|düzenleyen|imza|onaylayan|kontrol eden|أعدها|أعده|إعداد|التوقيع|المصادقة|دققها"
)

#: Words that stand before or after a rank and do not change it.
_RANK_EXTRAS = re.compile(
    r"\b(?:гвардії|гвардии|гв|юстиції|юстиции|медичної служби|медицинской службы|мед служби|запасу|запаса|у відставці|в отставке"
    r"|поліції|полиции|міліції|милиции|внутрішньої служби|внутренней службы|цивільного захисту|retired|ret)\b"
)
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Small letters, no dots or commas, one space between words, ё as е, the Turkish ı as i, one kind of hyphen."""
    text = (
        text.casefold()
        .replace("ı", "i")
        .replace("\u0307", "")
        .replace("ё", "е")
        .replace(".", " ")
        .replace(",", " ")
        .replace("ʼ", "'")
        .replace("’", "'")
    )
    text = text.replace("‑", "-").replace("–", "-")
    return _SPACES.sub(" ", text).strip()


def _index(words: Mapping[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for code, spellings in words.items():
        for word in (code, code.replace("_", " "), *spellings.split("|")):
            assert table.setdefault(plain(word), code) == code, f"the word {word!r} stands for two codes"
    return table


_CODES = {field: _index(words) for field, words in VOCABULARY.items()}
_ABSENCES = {plain(word): absence for absence, words in ABSENCES.items() for word in (absence.value, *words.split("|"))}
_MONTHS = {plain(word).replace(" ", ""): number for number, words in MONTHS.items() for word in words.split("|")}
_TOTALS = frozenset(map(plain, TOTALS.split("|")))
_CLOSINGS = frozenset(map(plain, CLOSINGS.split("|")))
_CLOSING_BEGINNINGS = tuple(word + sign for word in _CLOSINGS for sign in (" ", ":"))
assert all(set(_CODES[field].values()) == set(codes) for field, codes in CODES.items()), "a code has no words"


def code_of(field: Field, text: str) -> str | None:
    """The code of a closed vocabulary that a word stands for, or None."""
    folded = plain(text)
    found = _CODES[field].get(folded)
    if found is None and field is Field.RANK:
        found = _CODES[field].get(_SPACES.sub(" ", _RANK_EXTRAS.sub(" ", folded)).strip())
    return found


def absence_of(text: str) -> Absence | None:
    """The absence that a cell states, or None when it states a value."""
    return None if len(text) > 40 else _ABSENCES.get(text.strip()) or _ABSENCES.get(plain(text))


def month_of(word: str) -> int | None:
    """The number of a month from its name in one of the five languages, or from a Roman numeral."""
    return _MONTHS.get(plain(word).replace(" ", ""))


_PAGE_LETTERS = frozenset(plain(word)[0] for word in (*_TOTALS, *_CLOSINGS))


def may_end_a_table(text: str) -> bool:
    """A quick look before `is_total` and `is_closing`: whether one of their words begins as this text does."""
    first = plain(text[:8])[:1]
    return not first or first in _PAGE_LETTERS


def is_total(text: str) -> bool:
    """Whether a row that begins with this text is a total: `Всього: 25 осіб`, `Итого`, `Total 25`."""
    if len(text) > 80:
        return False
    folded = plain(text.split(":", maxsplit=1)[0])
    words = folded.rstrip(" 0123456789-=").split()
    return folded in _TOTALS or " ".join(words) in _TOTALS or (bool(words) and words[0] in _TOTALS and ":" in text)


def is_closing(text: str) -> bool:
    """Whether a text begins as a signature or closing line does."""
    folded = plain(text[:80])
    return folded in _CLOSINGS or folded.startswith(_CLOSING_BEGINNINGS)
