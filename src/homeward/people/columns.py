"""Which heading means which field: one table of spellings, read by the reader, the documentation and the tests alike.

Headings are compared after folding: capitals, dots, spaces, apostrophes, ё/е, a hint in brackets, Latin letters that look
like Cyrillic ones, and Arabic vowel marks make no difference. So `П.І.Б.`, `ПІБ` and `п. і. б` are one heading.

>>> field_of("Дата народж. (дд.мм.рррр)"), field_of("ДАТА  РОЖДЕНИЯ"), field_of("Date of birth")
('birth_date', 'birth_date', 'birth_date')
>>> field_of("№ з/п"), field_of("Ідентифікатор"), field_of("Улюблена пісня")
('row_number', 'id', None)

Four kinds of column are not a field of a person by themselves:

* `full_name`: surname first, then given name and patronymic, in one column (a patronymic decides when the order differs);
* `full_name_given_first`: the same with the given name first, as `Name` means in English;
* `given_and_patronymic`: given name and patronymic in one column;
* `row_number`: a running number (`№`, `№ з/п`). It changes whenever a row is inserted, so it never identifies anybody. It is
  kept as written. A *number in the list or register* is an identifier, because answers and corrections refer to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from homeward.people.person import Field

FULL_NAME = "full_name"
FULL_NAME_GIVEN_FIRST = "full_name_given_first"
GIVEN_AND_PATRONYMIC = "given_and_patronymic"
ROW_NUMBER = "row_number"
#: In a mapping file: keep the column as written and do not mention it.
OTHER = "other"

#: Columns that can name somebody.
NAME_COLUMNS = frozenset({Field.SURNAME.value, Field.GIVEN_NAMES.value, FULL_NAME, FULL_NAME_GIVEN_FIRST, GIVEN_AND_PATRONYMIC})

#: Everything a mapping file may name, in the order of the documentation.
COLUMN_KINDS: tuple[str, ...] = (
    *(f.value for f in Field),
    FULL_NAME,
    FULL_NAME_GIVEN_FIRST,
    GIVEN_AND_PATRONYMIC,
    ROW_NUMBER,
    OTHER,
)

#: column kind -> spellings, separated by `|`: Ukrainian, Russian, English, Turkish, Arabic.
HEADINGS: Mapping[str, str] = MappingProxyType({
    Field.ID.value: (
        "ідентифікатор|код особи|номер особи|номер у списку|№ у списку|номер за списком|№ за списком|номер у реєстрі|"
        "№ у реєстрі|"
        "реєстраційний номер|номер картки|номер справи|"
        "идентификатор|код лица|номер в списке|№ в списке|номер по списку|№ по списку|номер в реестре|№ в реестре|"
        "регистрационный номер|номер карточки|номер дела|"
        "id|identifier|person id|person code|list id|list number|number in list|register number|registration number|record id|"
        "case number|case no|internment serial number|isn|"
        "kimlik|tanımlayıcı|kişi kodu|kişi numarası|listedeki numara|liste no|kayıt numarası|dosya no|esir numarası|"
        "المعرف|رقم الشخص|رقم القيد|الرقم في القائمة|الرقم في السجل|رقم الملف|رقم الأسير"
    ),
    Field.SURNAME.value: (
        "прізвище|прізв|фамилия|фам|surname|last name|lastname|family name|familyname|soyadı|soyad|soyisim|"
        "اللقب|اسم العائلة|الكنية|الشهرة"
    ),
    Field.GIVEN_NAMES.value: (
        "ім'я|імя|власне ім'я|имя|given name|given names|givenname|first name|first names|firstname|forename|forenames|"
        "adı|ad|isim|ön adı|الاسم الأول|الاسم الشخصي"
    ),
    Field.PATRONYMIC.value: "по батькові|побатькові|отчество|отч|patronymic|patronym|middle name|father's patronymic|"
    "baba adından türeyen ad|اسم الأب المشتق",
    Field.FATHER_NAME.value: (
        "ім'я батька|батько|имя отца|отец|father's name|father name|name of father|first name of father|father|baba adı|"
        "babasının adı|اسم الأب|اسم الوالد"
    ),
    Field.MOTHER_MAIDEN_NAME.value: (
        "дівоче прізвище матері|дошлюбне прізвище матері|девичья фамилия матери|mother's maiden name|maiden name of mother|"
        "mother maiden name|anne kızlık soyadı|annesinin kızlık soyadı|اسم عائلة الأم قبل الزواج|اسم عائلة الأم|لقب الأم"
    ),
    Field.BIRTH_DATE.value: (
        "дата народження|дата народж|дн|д нар|день народження|рік народження|рік народж|рн|народився|народжений|"
        "дата рождения|дата рожд|др|год рождения|год рожд|гр|день рождения|родился|"
        "date of birth|birth date|birthdate|dob|born|year of birth|birth year|date birth|"
        "doğum tarihi|doğum yılı|doğum günü|تاريخ الميلاد|تاريخ الولادة|سنة الميلاد|سنة الولادة|المواليد"
    ),
    Field.BIRTH_PLACE.value: (
        "місце народження|місце народж|место рождения|место рожд|place of birth|birthplace|birth place|pob|doğum yeri|"
        "محل الميلاد|محل الولادة|"
        "مكان الميلاد|مكان الولادة"
    ),
    Field.SERVICE_NUMBER.value: (
        "особистий номер|особовий номер|номер жетона|жетон|№ жетона|військовий квиток|номер військового квитка|"
        "личный номер|номер жетона|военный билет|номер военного билета|"
        "service number|service no|army number|regimental number|military id|military number|personal number|serial number|"
        "tag number|dog tag|sicil no|sicil numarası|künye no|künye numarası|askeri sicil no|"
        "الرقم العسكري|رقم القيد العسكري|رقم الهوية العسكرية|الرقم الشخصي"
    ),
    Field.RANK.value: (
        "звання|військове звання|в/зв|в/звання|звание|воинское звание|в/звание|rank|military rank|rütbe|rütbesi|askeri rütbe|"
        "الرتبة|الرتبة العسكرية"
    ),
    Field.UNIT.value: (
        "військова частина|в/ч|вч|частина|підрозділ|військова частина підрозділ|воинская часть|войсковая часть|часть|"
        "подразделение|"
        "unit|military unit|regiment|brigade|birlik|birliği|askeri birlik|الوحدة|الوحدة العسكرية|التشكيل"
    ),
    Field.NATIONALITY.value: (
        "громадянство|держава підпорядкування|гражданство|nationality|citizenship|power of origin|uyruk|uyruğu|"
        "vatandaşlık|vatandaşlığı|الجنسية"
    ),
    Field.SEX.value: "стать|пол|sex|gender|cinsiyet|cinsiyeti|الجنس|النوع",
    Field.STATUS.value: (
        "статус|статус особи|військовий цивільний|статус лица|военный гражданский|status|legal status|person status|"
        "military or civilian|statü|statüsü|hukuki statü|asker sivil|الصفة|الوضع القانوني|عسكري أو مدني"
    ),
    Field.MEDICAL.value: (
        "стан здоров'я|медичний стан|здоров'я|поранення|состояние здоровья|здоровье|ранение|"
        "medical|medical condition|medical category|health|health condition|sağlık durumu|sağlık|yaralanma|"
        "الحالة الصحية|الوضع الصحي|الصحة|الإصابة"
    ),
    Field.MOBILITY.value: "пересування|рухливість|здатність пересуватися|передвижение|подвижность|mobility|travel needs|"
    "hareket yeteneği|hareket kabiliyeti|القدرة على الحركة|الحركة|التنقل",
    Field.CAPTURED_ON.value: (
        "дата полону|дата потрапляння в полон|дата полонення|дата взяття в полон|дата затримання|дата зникнення|"
        "дата плена|дата пленения|дата взятия в плен|дата попадания в плен|дата задержания|дата исчезновения|"
        "date of capture|capture date|captured on|captured|date captured|date of detention|detained on|"
        "esir alınma tarihi|esaret tarihi|esir düştüğü tarih|gözaltı tarihi|alıkonulma tarihi|kaybolma tarihi|"
        "تاريخ الأسر|تاريخ الوقوع في الأسر|تاريخ الاحتجاز|تاريخ الاعتقال|تاريخ الفقدان"
    ),
    Field.CAPTURED_AT.value: (
        "місце полону|місце потрапляння в полон|місце полонення|місце затримання|місце зникнення|"
        "место плена|место пленения|место взятия в плен|место попадания в плен|место задержания|место исчезновения|"
        "place of capture|capture place|captured at|where captured|place of detention|esir alındığı yer|"
        "esir düştüğü yer|gözaltı yeri|kaybolduğu yer|مكان الأسر|مكان الوقوع في الأسر|مكان الاعتقال|مكان الفقدان"
    ),
    Field.SITE.value: (
        "місце утримання|місце перебування|установа|место содержания|место удержания|место нахождения|учреждение|"
        "place held|held at|site|detention site|place of internment|camp|facility|"
        "tutulduğu yer|bulunduğu yer|kamp|kurum|مكان الاحتجاز|المعسكر|السجن|المنشأة"
    ),
    Field.REGION.value: "область|регіон|регион|край|region|province|oblast|bölge|il|المحافظة|المنطقة|الإقليم",
    Field.FAMILY.value: (
        "родина|сім'я|родичі|контакт родини|контакти родичів|близькі родичі|семья|родственники|контакты родственников|"
        "family|next of kin|relatives|family contact|person to be informed|aile|ailesi|yakınları|yakını|aile iletişim|"
        "العائلة|الأسرة|الأقارب|ذوو الأسير|جهة الاتصال بالعائلة"
    ),
    Field.CHARGE.value: "обвинувачення|стаття|обвинение|статья|charge|charges|accusation|suçlama|isnat|التهمة|الاتهام",
    Field.SENTENCE.value: "вирок|строк покарання|приговор|срок наказания|sentence|verdict|conviction|hüküm|ceza|الحكم|مدة الحكم",
    Field.CATEGORY.value: (
        "категорія|категорія обміну|категория|категория обмена|category|exchange category|kategori|takas kategorisi|"
        "değişim kategorisi|الفئة|فئة التبادل"
    ),
    Field.STATE.value: (
        "стан|стан розшуку|стан обліку|состояние|состояние розыска|state|knowledge state|register state|durum|"
        "arama durumu|الحالة|حالة البحث|الوضع"
    ),
    Field.STATE_SINCE.value: (
        "стан від|стан з|дата стану|состояние с|дата состояния|state since|since|state date|durumun başlangıcı|"
        "durum tarihi|الحالة منذ|تاريخ الحالة"
    ),
    Field.NOTE.value: (
        "примітка|примітки|зауваження|коментар|примечание|примечания|комментарий|note|notes|comment|comments|remark|remarks|"
        "not|notlar|açıklama|açıklamalar|ملاحظات|ملاحظة|تعليق|البيان"
    ),
    FULL_NAME: (
        "піб|п.і.б.|прізвище ім'я по батькові|прізвище ім'я та по батькові|прізвище власне ім'я по батькові|прізвище ім'я|"
        "прізвище та ім'я|прізвище ініціали|прізвище та ініціали|"
        "фио|ф.и.о.|фамилия имя отчество|фамилия имя и отчество|фамилия имя|фамилия и имя|фамилия инициалы|фамилия и инициалы|"
        "surname and given names|surname given names|surname given names patronymic|surname name|surname name patronymic|"
        "last name first name|surname first name|soyadı adı|soyad ad|soyadı ve adı|اسم العائلة والاسم|اللقب والاسم|"
        "піб військовослужбовця|піб військовополоненого|піб особи|фио военнослужащего|фио военнопленного"
    ),
    FULL_NAME_GIVEN_FIRST: (
        "full name|name|names|fullname|name and surname|given name and surname|first and last name|first name last name|"
        "ім'я та прізвище|ім'я прізвище|имя и фамилия|имя фамилия|adı soyadı|ad soyad|isim soyisim|adı ve soyadı|"
        "الاسم|الاسم الكامل|الاسم الثلاثي|الاسم الرباعي|الاسم واللقب|الاسم والشهرة|اسم الأسير"
    ),
    GIVEN_AND_PATRONYMIC: (
        "ім'я по батькові|ім'я та по батькові|ім'я і по батькові|имя отчество|имя и отчество|имя отч|given names and patronymic"
    ),
    ROW_NUMBER: (
        "№|№ з/п|№ п/п|n з/п|n п/п|з/п|п/п|номер|порядковий номер|№№|номер з/п|номер п/п|порядковый номер|#|no|nr|n|s/n|"
        "row|row number|"
        "line|line number|sıra|sıra no|sıra numarası|م|ت|الرقم|الرقم التسلسلي|التسلسل|رقم الصف"
    ),
})  # fmt: skip

#: Cyrillic letters with a Latin double, as capitals or as small letters: both fold to the Latin one. Arabic letters that hurried
#: hands write for each other (the forms of alif, of the last ya, the tied ta) fold to the plainest.
_DOUBLES = str.maketrans("авекмнорстухіјѕёıأإآٱىيةک", "abekmhopctyxijseiااااييهك")
#: Left out: what the Turkish capital İ keeps, apostrophes, quotation marks, the Arabic vowel marks and the stretching mark.
_DROPPED = str.maketrans(
    "",
    "",
    "\u0307'’‘ʼ`´′\"«»“”„\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670",
)
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NOT_WORD = re.compile(r"[^\w№#]+|_+")


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("№", "\ue000")).replace("\ue000", "№").casefold()
    text = unicodedata.normalize("NFC", text).translate(_DROPPED).translate(_DOUBLES).replace("№", " № ")
    words: list[str] = []
    run = ""
    for word in _NOT_WORD.sub(" ", text).split():
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            words.append(run)
            run = ""
        words.append(word)
    if run:
        words.append(run)
    return " ".join(words)


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """The form in which headings are compared. Text of more than 200 characters is no heading and folds to ""."""
    return "" if len(text) > 200 else _fold(text)


@lru_cache(maxsize=4096)
def _without_brackets(text: str) -> str:
    return "" if len(text) > 200 else _fold(_BRACKETS.sub(" ", text))


def _build() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for kind, spellings in HEADINGS.items():
        own = (kind,) if kind in set(Field) else ()
        for spelling in (*own, *spellings.split("|")):
            folded = _fold(spelling)
            assert table.setdefault(folded, kind) == kind, f"the heading {spelling!r} stands for two fields"
    return MappingProxyType(table)


_TABLE = _build()
_FIRST_LETTERS = frozenset(folded[0] for folded in _TABLE)
_FIRST_PAIRS = frozenset(folded[:2] for folded in _TABLE)
#: Letters that fold one by one; the third tells that no accent belongs to the second.
_BASIC = re.compile("[A-Za-zА-Яа-яІіЇїЄєҐґ]{3}")


def field_of(heading: str, mapping: Mapping[str, str] | None = None) -> str | None:
    """The column kind (a `Field` value or one of the four others) that a heading means, or None.

    `mapping` holds folded headings (see `fold_mapping`) and wins over the table.
    """
    folded = fold_heading(heading)
    if not folded:
        return None
    if mapping and folded in mapping:
        return mapping[folded]
    found = _TABLE.get(folded)
    if found is None and ("(" in heading or "[" in heading):
        found = _TABLE.get(_without_brackets(heading))
    return found


def may_be_heading(text: str, mapping: Mapping[str, str] | None = None) -> bool:
    """A quick look before `field_of`: whether any heading begins with the letters that this text begins with."""
    if not mapping and _BASIC.match(text):
        return text[:2].casefold().translate(_DOUBLES) in _FIRST_PAIRS
    first = text.lstrip(" \"'«(")[:1].casefold().translate(_DOUBLES)
    return bool(mapping) or not first.isalnum() or first in _FIRST_LETTERS


def fold_mapping(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """Fold the headings of a mapping. A value that is no column kind raises `ValueError` (files are checked by `read_mapping`)."""
    folded: dict[str, str] = {}
    for heading, kind in (mapping or {}).items():
        if str(kind) not in COLUMN_KINDS:
            raise ValueError(f"{kind!r} is no field; use one of {', '.join(COLUMN_KINDS)}")
        folded[fold_heading(heading)] = str(kind)
    return folded
