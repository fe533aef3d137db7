"""What the reader of lists remarks on a row or a file: English → Russian, Turkish, Arabic."""

from __future__ import annotations

from collections.abc import Mapping

REMARKS: Mapping[str, tuple[str, str, str]] = {
    "the row names nobody: no surname, no given name and no service number.": (
        "строка никого не называет: нет ни фамилии, ни имени, ни личного номера.",
        "satır kimseyi adlandırmıyor: soyadı, ad ve sicil numarası yok.",
        "الصف لا يسمّي أحدًا: لا اسم عائلة ولا اسم شخصي ولا رقم عسكري.",
    ),
    "the same identifier already stands in row {row}.": (
        "такой же идентификатор уже есть в строке {row}.",
        "aynı tanımlayıcı {row} numaralı satırda zaten var.",
        "المعرِّف نفسه موجود في الصف {row}.",
    ),
    "the row repeats the header of the table.": (
        "строка повторяет заголовок таблицы.",
        "satır tablonun başlığını yineliyor.",
        "الصف يكرر عنوان الجدول.",
    ),
    "the row is a total, not a person.": ("это итог, а не человек.", "satır bir toplam, kişi değil.", "الصف مجموع وليس شخصًا."),
    "the row is a signature or a closing line, not a person.": (
        "это подпись или заключительная строка, а не человек.",
        "satır bir imza ya da kapanış satırı, kişi değil.",
        "الصف توقيع أو سطر ختامي وليس شخصًا.",
    ),
    "one cell spans the table: a title, not a person.": (
        "одна ячейка на всю таблицу: это заголовок, а не человек.",
        "bir hücre bütün tabloyu kaplıyor: başlık, kişi değil.",
        "خلية واحدة تمتد على الجدول: عنوان وليس شخصًا.",
    ),
    "the cell is empty; the row number stands in for it.": (
        "ячейка пуста; вместо неё взят номер строки.",
        "hücre boş; yerine satır numarası kullanıldı.",
        "الخلية فارغة؛ وحل رقم الصف محلها.",
    ),
    "it looks the same as the identifier in row {row} but is written with other letters.": (
        "выглядит так же, как идентификатор в строке {row}, но написан другими буквами.",
        "{row} numaralı satırdaki tanımlayıcıyla aynı görünüyor ama başka harflerle yazılmış.",
        "يبدو مطابقًا للمعرِّف في الصف {row} لكنه مكتوب بأحرف أخرى.",
    ),
    "the row is hidden in the sheet; it was read.": (
        "строка на листе скрыта; она прочитана.",
        "satır sayfada gizli; okundu.",
        "الصف مخفي في ورقة العمل؛ وقد قُرئ.",
    ),
    "the value comes from a cell merged over several rows.": (
        "значение взято из ячейки, объединённой на несколько строк.",
        "değer, birkaç satıra birleştirilmiş bir hücreden geliyor.",
        "القيمة من خلية مدموجة على عدة صفوف.",
    ),
    "the cell holds a spreadsheet error.": (
        "в ячейке ошибка электронной таблицы.",
        "hücrede hesap tablosu hatası var.",
        "في الخلية خطأ من الجدول الإلكتروني.",
    ),
    "the cell holds a formula without a stored value.": (
        "в ячейке формула без сохранённого значения.",
        "hücrede saklı değeri olmayan bir formül var.",
        "في الخلية صيغة بلا قيمة محفوظة.",
    ),
    "the cell holds true or false instead of a value.": (
        "в ячейке «истина» или «ложь» вместо значения.",
        "hücrede değer yerine doğru/yanlış var.",
        "في الخلية صواب أو خطأ بدل قيمة.",
    ),
    "the cell is longer than a spreadsheet allows and was cut.": (
        "ячейка длиннее, чем допускает электронная таблица; она обрезана.",
        "hücre, hesap tablosunun izin verdiğinden uzun; kesildi.",
        "الخلية أطول مما يسمح به الجدول الإلكتروني فقُصّت.",
    ),
    "the word is not in the table of known words.": (
        "этого слова нет в таблице известных слов.",
        "bu sözcük bilinen sözcükler tablosunda yok.",
        "الكلمة ليست في جدول الكلمات المعروفة.",
    ),
    "invisible characters were left out of the value.": (
        "из значения убраны невидимые знаки.",
        "görünmeyen karakterler değerden çıkarıldı.",
        "حُذفت من القيمة محارف غير مرئية.",
    ),
    "marks that change the direction of writing were left out of the value.": (
        "из значения убраны знаки, меняющие направление письма.",
        "yazı yönünü değiştiren işaretler değerden çıkarıldı.",
        "حُذفت من القيمة علامات تغيّر اتجاه الكتابة.",
    ),
    "Latin and Cyrillic letters that look alike are mixed in one word; the value was repaired.": (
        "в одном слове смешаны похожие латинские и кириллические буквы; значение исправлено.",
        "tek sözcükte birbirine benzeyen Latin ve Kiril harfleri karışmış; değer onarıldı.",
        "اختلطت في كلمة واحدة أحرف لاتينية وسيريلية متشابهة؛ وأُصلحت القيمة.",
    ),
    "letters of two scripts are mixed in one word; the value was left as written.": (
        "в одном слове смешаны буквы двух письменностей; значение оставлено как написано.",
        "tek sözcükte iki yazının harfleri karışmış; değer yazıldığı gibi bırakıldı.",
        "اختلطت في كلمة واحدة أحرف كتابتين؛ وتُركت القيمة كما كُتبت.",
    ),
    "there is a digit in the name.": ("в имени есть цифра.", "adda rakam var.", "في الاسم رقم."),
    "there is no letter in the name; it was not read.": (
        "в имени нет ни одной буквы; оно не прочитано.",
        "adda harf yok; okunmadı.",
        "لا حرف في الاسم؛ فلم يُقرأ.",
    ),
    "a note of death stands beside the name; it was left out of the value and proves nothing.": (
        "рядом с именем стоит пометка о смерти; в значение она не вошла и ничего не доказывает.",
        "adın yanında ölüm notu var; değere alınmadı, bir şey kanıtlamaz.",
        "بجانب الاسم إشارة إلى وفاة؛ لم تُدرج في القيمة ولا تثبت شيئًا.",
    ),
    "a note in brackets stands beside the name; it was left out of the value.": (
        "рядом с именем стоит пометка в скобках; в значение она не вошла.",
        "adın yanında ayraç içinde bir not var; değere alınmadı.",
        "بجانب الاسم ملاحظة بين قوسين؛ لم تُدرج في القيمة.",
    ),
    "a rank stands beside the name; it was left out of the value.": (
        "рядом с именем стоит звание; в значение оно не вошло.",
        "adın yanında rütbe var; değere alınmadı.",
        "بجانب الاسم رتبة؛ لم تُدرج في القيمة.",
    ),
    "the full name is one word; it was read as the surname.": (
        "полное имя — одно слово; оно прочитано как фамилия.",
        "tam ad tek sözcük; soyadı olarak okundu.",
        "الاسم الكامل كلمة واحدة؛ قُرئت اسمَ عائلة.",
    ),
    "there are only initials.": ("есть только инициалы.", "yalnızca baş harfler var.", "لا توجد إلا الأحرف الأولى."),
    "which word is the surname was decided by rule, not by the writing.": (
        "какое слово — фамилия, решено по правилу, а не по написанию.",
        "hangi sözcüğün soyadı olduğuna yazıma göre değil, kurala göre karar verildi.",
        "حُدّدت كلمة اسم العائلة بقاعدة لا بطريقة الكتابة.",
    ),
    "the full name has more words than expected; check how it was split.": (
        "в полном имени больше слов, чем ожидалось; проверьте, как оно разделено.",
        "tam adda beklenenden çok sözcük var; nasıl bölündüğünü denetleyin.",
        "في الاسم الكامل كلمات أكثر من المتوقع؛ تحقّق من طريقة تقسيمه.",
    ),
    "the whole name stands in the column of the surname; it was split.": (
        "всё имя стоит в столбце фамилии; оно разделено.",
        "adın tamamı soyadı sütununda; bölündü.",
        "الاسم كله في عمود اسم العائلة؛ وقد قُسّم.",
    ),
    "there is no such day in the calendar.": (
        "такого дня нет в календаре.",
        "takvimde böyle bir gün yok.",
        "لا يوجد يوم كهذا في التقويم.",
    ),
    "this could not be read as a date.": (
        "это не удалось прочитать как дату.",
        "bu, tarih olarak okunamadı.",
        "تعذّرت قراءة هذا كتاريخ.",
    ),
    "the year cannot be right; the date was not read.": (
        "год не может быть верным; дата не прочитана.",
        "yıl doğru olamaz; tarih okunmadı.",
        "لا يمكن أن تكون السنة صحيحة؛ فلم يُقرأ التاريخ.",
    ),
    "this is an age, not a date; it was not read.": (
        "это возраст, а не дата; не прочитано.",
        "bu bir yaş, tarih değil; okunmadı.",
        "هذا عمر وليس تاريخًا؛ فلم يُقرأ.",
    ),
    "the year has two digits and was completed by rule.": (
        "год записан двумя цифрами и дополнен по правилу.",
        "yıl iki rakamlı; kurala göre tamamlandı.",
        "السنة من رقمين وأُكملت بقاعدة.",
    ),
    "the date was stored as a number of days and was counted back.": (
        "дата хранилась как число дней и пересчитана.",
        "tarih gün sayısı olarak saklanmış; geri hesaplandı.",
        "حُفظ التاريخ كعدد أيام فأُعيد حسابه.",
    ),
    "the month stands before the day; no other reading is possible.": (
        "месяц стоит перед днём; иначе прочитать нельзя.",
        "ay günden önce; başka türlü okunamaz.",
        "الشهر قبل اليوم؛ ولا قراءة أخرى ممكنة.",
    ),
    "day and month could be swapped; the day was read first.": (
        "день и месяц могут быть переставлены; первым прочитан день.",
        "gün ile ay yer değiştirmiş olabilir; önce gün okundu.",
        "قد يكون اليوم والشهر متبادلين؛ قُرئ اليوم أولًا.",
    ),
    "the date is written as approximate.": (
        "дата записана как приблизительная.",
        "tarih yaklaşık olarak yazılmış.",
        "كُتب التاريخ على أنه تقريبي.",
    ),
    "letters stand in place of digits; they were read as digits.": (
        "вместо цифр стоят буквы; они прочитаны как цифры.",
        "rakam yerine harf var; rakam olarak okundu.",
        "أحرف مكان الأرقام؛ قُرئت أرقامًا.",
    ),
    "the date of capture lies before the date of birth.": (
        "дата пленения раньше даты рождения.",
        "esir alınma tarihi doğum tarihinden önce.",
        "تاريخ الأسر قبل تاريخ الميلاد.",
    ),
    "columns that no table knows were kept as written: {headings}.": (
        "столбцы, которых нет ни в одной таблице, сохранены как написано: {headings}.",
        "hiçbir tablonun bilmediği sütunlar yazıldığı gibi saklandı: {headings}.",
        "أعمدة لا يعرفها أي جدول حُفظت كما كُتبت: {headings}.",
    ),
    "more than one column is headed as this field; the first was read and these were kept as written: {headings}.": (
        "этим полем озаглавлено несколько столбцов; первый прочитан, эти сохранены как написано: {headings}.",
        "birden çok sütunun başlığı bu alan; ilki okundu, bunlar yazıldığı gibi saklandı: {headings}.",
        "أكثر من عمود بعنوان هذا الحقل؛ قُرئ الأول وحُفظت هذه كما كُتبت: {headings}.",
    ),
    "the mapping names headings that the file does not have: {headings}.": (
        "соответствие называет заголовки, которых в файле нет: {headings}.",
        "eşleme, dosyada olmayan başlıkları adlandırıyor: {headings}.",
        "يذكر ملف المطابقة عناوين ليست في الملف: {headings}.",
    ),
    "row {row} under the header numbers the columns and was not counted as a row.": (
        "строка {row} под заголовком нумерует столбцы и за строку не считалась.",
        "başlığın altındaki {row} numaralı satır sütunları numaralıyor; satır sayılmadı.",
        "الصف {row} تحت العنوان يرقّم الأعمدة ولم يُعد صفًا.",
    ),
    "the text file was read as {encoding}.": (
        "текстовый файл прочитан как {encoding}.",
        "metin dosyası {encoding} olarak okundu.",
        "قُرئ الملف النصي بترميز {encoding}.",
    ),
    "{count} characters of the text file were damaged and are shown as �.": (
        "повреждённых знаков в текстовом файле: {count}; они показаны как �.",
        "metin dosyasında {count} karakter bozuk; � olarak gösteriliyor.",
        "{count} من محارف الملف النصي تالفة وتظهر �.",
    ),
    "the sheet is hidden; it was read.": ("лист скрыт; он прочитан.", "sayfa gizli; okundu.", "ورقة العمل مخفية؛ وقد قُرئت."),
    "a hidden sheet also holds a list and was not read: {sheets}.": (
        "на скрытом листе тоже есть список, он не прочитан: {sheets}.",
        "gizli bir sayfada da liste var, okunmadı: {sheets}.",
        "في ورقة مخفية قائمة أيضًا ولم تُقرأ: {sheets}.",
    ),
    "hidden columns were read: {columns}.": (
        "прочитаны скрытые столбцы: {columns}.",
        "gizli sütunlar okundu: {columns}.",
        "قُرئت أعمدة مخفية: {columns}.",
    ),
    "some dates have the month first, others could be read either way: check the {count} marked rows.": (
        "в одних датах месяц стоит первым, другие читаются двояко: проверьте отмеченные строки ({count}).",
        "bazı tarihlerde ay önce, bazıları iki türlü okunabilir: işaretli {count} satırı denetleyin.",
        "في بعض التواريخ الشهر أولًا وبعضها يُقرأ بالوجهين: تحقّق من الصفوف المعلَّمة ({count}).",
    ),
}
