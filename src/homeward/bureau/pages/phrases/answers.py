"""What the sixteen answers to a listed name say: English → Russian, Turkish, Arabic."""

from __future__ import annotations

from collections.abc import Mapping

ANSWERS: Mapping[str, tuple[str, str, str]] = {
    "Recognised as a person of ours; we agree to receive this person.": (
        "Признаём своим человеком; согласны принять.",
        "Bizden biri olarak tanıyoruz; teslim almayı kabul ediyoruz.",
        "نعترف به شخصًا منا؛ ونوافق على استلامه.",
    ),
    "Recognised as a person of ours, but not as one to be exchanged.": (
        "Признаём своим человеком, но не для обмена.",
        "Bizden biri olarak tanıyoruz, ancak değişim için değil.",
        "نعترف به شخصًا منا، لكن ليس للتبادل.",
    ),
    "To our knowledge another party holds this person.": (
        "По нашим данным, этого человека удерживает другая сторона.",
        "Bildiğimize göre bu kişiyi başka bir taraf elinde tutuyor.",
        "بحسب علمنا يحتجز هذا الشخصَ طرف آخر.",
    ),
    "Not a person of ours, or not known to us.": (
        "Не наш человек или нам неизвестен.",
        "Bizden biri değil ya da bizce bilinmiyor.",
        "ليس شخصًا منا، أو غير معروف لدينا.",
    ),
    "We recognised this person earlier and cannot confirm it now.": (
        "Раньше признавали этого человека, сейчас подтвердить не можем.",
        "Bu kişiyi daha önce tanımıştık, şimdi doğrulayamıyoruz.",
        "اعترفنا بهذا الشخص سابقًا ولا نستطيع تأكيد ذلك الآن.",
    ),
    "Recorded as dead by us; if you hold this person alive, say so and we correct the record.": (
        "По нашим записям, человек умер; если вы удерживаете его живым, сообщите, и мы исправим запись.",
        "Kayıtlarımızda ölü; sağ olarak elinizde tutuyorsanız bildirin, kaydı düzeltiriz.",
        "مسجَّل لدينا متوفى؛ إن كنتم تحتجزونه حيًا فأخبرونا لنصحح القيد.",
    ),
    "Already home.": ("Уже дома.", "Evine döndü.", "عاد إلى دياره."),
    "The same person stands on the list twice; the other entry is answered.": (
        "Тот же человек записан дважды; ответ дан на другую запись.",
        "Aynı kişi listede iki kez var; öteki kayıt yanıtlandı.",
        "الشخص نفسه وارد مرتين في القائمة؛ والرد على القيد الآخر.",
    ),
    "The entry identifies nobody; more is needed.": (
        "Запись никого не определяет; нужно больше данных.",
        "Kayıt kimseyi belirlemiyor; daha çok bilgi gerekir.",
        "القيد لا يحدد أحدًا؛ ويلزم المزيد.",
    ),
    "Recognised, but listed under a status that we dispute.": (
        "Признаём, но оспариваем указанный статус.",
        "Tanıyoruz, ancak listedeki statüsüne itiraz ediyoruz.",
        "نعترف به، لكننا نعترض على الصفة المدرج بها.",
    ),
    "To our knowledge this person does not wish to be transferred.": (
        "По нашим данным, этот человек не желает передачи.",
        "Bildiğimize göre bu kişi nakledilmek istemiyor.",
        "بحسب علمنا لا يرغب هذا الشخص في أن يُنقل.",
    ),
    "Recognised; to our knowledge not yet fit to travel, or no longer in the sick category.": (
        "Признаём; по нашим данным, ещё не может ехать или уже не относится к категории больных.",
        "Tanıyoruz; bildiğimize göre henüz yolculuk edemez ya da artık hastalar grubunda değil.",
        "نعترف به؛ وبحسب علمنا لا يقدر بعد على السفر، أو لم يعد من فئة المرضى.",
    ),
    "Recognised; we know of a tribunal's or court's hold.": (
        "Признаём; знаем о решении суда или трибунала об удержании.",
        "Tanıyoruz; bir mahkemenin tutma kararını biliyoruz.",
        "نعترف به؛ ونعلم بأمر حجز من محكمة.",
    ),
    "We have not yet confirmed that this is a person of ours.": (
        "Ещё не подтвердили, что это наш человек.",
        "Bizden biri olduğunu henüz doğrulamadık.",
        "لم نؤكد بعد أنه شخص منا.",
    ),
    "Being looked into; we ask for time.": (
        "Выясняем; просим времени.",
        "Araştırıyoruz; süre istiyoruz.",
        "قيد البحث؛ نطلب مهلة.",
    ),
    "No answer came before the clock ran out.": (
        "До конца срока ответа не поступило.",
        "Süre dolana dek yanıt gelmedi.",
        "لم يصل رد قبل انتهاء المهلة.",
    ),
}
