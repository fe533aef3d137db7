"""Why an act would have no effect: English → Russian, Turkish, Arabic."""

from __future__ import annotations

from collections.abc import Mapping

GUARDS: Mapping[str, tuple[str, str, str]] = {
    "the act is not well formed: {detail}": (
        "акт составлен неправильно: {detail}",
        "işlem doğru biçimde değil: {detail}",
        "صيغة الإجراء غير سليمة: {detail}",
    ),
    "{detail} may not sign this act": (
        "{detail} не может подписать этот акт",
        "{detail} bu işlemi imzalayamaz",
        "لا يجوز لـ {detail} توقيع هذا الإجراء",
    ),
    "this act needs two people's signatures": (
        "этому акту нужны подписи двух человек",
        "bu işlem iki kişinin imzasını gerektirir",
        "يحتاج هذا الإجراء إلى توقيع شخصين",
    ),
    "it does not fit the state {detail}": (
        "он не соответствует состоянию {detail}",
        "{detail} durumuna uymuyor",
        "لا يوافق الحالة {detail}",
    ),
    "the terms are not agreed yet": ("условия ещё не согласованы", "koşullar henüz kabul edilmedi", "لم يُتفق على الشروط بعد"),
    "the exchange is already {detail}": (
        "обмен уже в состоянии {detail}",
        "değişim zaten şu durumda: {detail}",
        "التبادل في الحالة {detail}",
    ),
    "{detail} is not in this exchange": (
        "{detail} нет в этом обмене",
        "{detail} bu değişimde yok",
        "{detail} ليس في هذا التبادل",
    ),
    "no open proposal has this hash": (
        "нет открытого предложения с таким хешем",
        "bu özete sahip açık öneri yok",
        "لا اقتراح مفتوحًا بهذه البصمة",
    ),
    "terms are signed by a root key, not by {detail}": (
        "условия подписывает корневой ключ, а не {detail}",
        "koşulları kök anahtar imzalar, {detail} değil",
        "يوقّع الشروطَ مفتاح جذري لا {detail}",
    ),
    "stage {detail} is not closed": ("этап {detail} не закрыт", "{detail} aşaması kapatılmadı", "المرحلة {detail} غير مغلقة"),
    "the list does not open to its commitment: {detail}": (
        "список не соответствует обязательству: {detail}",
        "liste taahhüdüne uymuyor: {detail}",
        "القائمة لا توافق التزامها: {detail}",
    ),
    "it names another version of list {detail}": (
        "назван другой вариант списка {detail}",
        "{detail} listesinin başka bir sürümünü gösteriyor",
        "يذكر نسخة أخرى من القائمة {detail}",
    ),
    "not lodged with every keeper: {detail}": (
        "не сдан на хранение всем хранителям: {detail}",
        "her emanetçiye verilmedi: {detail}",
        "غير مودَعة لدى كل أمين حفظ: {detail}",
    ),
    "the commitment to {detail} is not yet cosigned by all parties": (
        "обязательство по {detail} ещё не заверено всеми сторонами",
        "{detail} taahhüdü henüz bütün taraflarca birlikte imzalanmadı",
        "لم توقّع كل الأطراف بعد على الالتزام بـ {detail}",
    ),
    "the number for the draw does not open: {detail}": (
        "число для жребия не соответствует: {detail}",
        "kura sayısı uymuyor: {detail}",
        "رقم القرعة لا يوافق التزامه: {detail}",
    ),
    "list {detail} is not released": (
        "список {detail} ещё не раскрыт",
        "{detail} listesi açıklanmadı",
        "لم يُفصح عن القائمة {detail}",
    ),
    "list {detail} is frozen": ("список {detail} заморожен", "{detail} listesi donduruldu", "القائمة {detail} مجمَّدة"),
    "there is no answer {detail}": ("нет ответа {detail}", "{detail} diye bir yanıt yok", "لا يوجد رد {detail}"),
    "no interview of {detail}, and no reason why": (
        "беседы с {detail} не было, и причина не названа",
        "{detail} ile görüşme yok, nedeni de yok",
        "لا مقابلة لـ {detail} ولا سبب لذلك",
    ),
    "only {detail} names are answered": (
        "ответов дано только на столько имён: {detail}",
        "yalnızca {detail} ad yanıtlandı",
        "لم يُرد إلا على {detail} من الأسماء",
    ),
    "{detail} people are agreed": ("согласовано человек: {detail}", "kabul edilen kişi: {detail}", "المتفق عليهم: {detail}"),
    "list {detail} is not frozen under a full head": (
        "список {detail} не заморожен под подписью всех",
        "{detail} listesi herkesin imzaladığı baş özetiyle dondurulmadı",
        "القائمة {detail} غير مجمَّدة تحت رأس وقّعه الجميع",
    ),
    "stage {detail} comes first": ("сначала этап {detail}", "önce {detail} aşaması", "المرحلة {detail} أولًا"),
    "{detail} may not be planned": (
        "{detail} нельзя включить в план",
        "{detail} planlanamaz",
        "لا يجوز إدراج {detail} في الخطة",
    ),
    "it names another plan of stage {detail}": (
        "назван другой план этапа {detail}",
        "{detail} aşamasının başka bir planını gösteriyor",
        "يذكر خطة أخرى للمرحلة {detail}",
    ),
    "the plan of stage {detail} is not yet cosigned by all": (
        "план этапа {detail} ещё не заверен всеми",
        "{detail} aşamasının planı henüz herkesçe birlikte imzalanmadı",
        "لم يوقّع الجميع بعد على خطة المرحلة {detail}",
    ),
    "stage {detail} is not open for this person": (
        "этап {detail} не открыт для этого человека",
        "{detail} aşaması bu kişi için açık değil",
        "المرحلة {detail} غير مفتوحة لهذا الشخص",
    ),
    "{detail} is not in the reserve": ("{detail} нет в резерве", "{detail} yedekte değil", "{detail} ليس في الاحتياط"),
    "the place of {detail} is not free": (
        "место {detail} не свободно",
        "{detail} için ayrılan yer boş değil",
        "مكان {detail} غير شاغر",
    ),
    "it does not fit where {detail} is": (
        "это не соответствует тому, где находится {detail}",
        "{detail} kişisinin bulunduğu duruma uymuyor",
        "لا يوافق موضع {detail}",
    ),
    "{detail} is between two columns": ("{detail} между двумя колонками", "{detail} iki sütun arasında", "{detail} بين عمودين"),
    "the columns of stage {detail} add up otherwise": (
        "колонки этапа {detail} дают другую сумму",
        "{detail} aşamasının sütunları başka toplam veriyor",
        "أعمدة المرحلة {detail} تعطي مجموعًا آخر",
    ),
    "a difference is not explained by deviations: {detail}": (
        "разница не объяснена отклонениями: {detail}",
        "bir fark sapmalarla açıklanmadı: {detail}",
        "فرق لا تفسره الانحرافات: {detail}",
    ),
}
