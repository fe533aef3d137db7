"""What acts, deviations and reasons say: English → Russian, Turkish, Arabic."""

from __future__ import annotations

from collections.abc import Mapping

EXCHANGE: Mapping[str, tuple[str, str, str]] = {
    "We propose these terms, byte for byte.": (
        "Мы предлагаем эти условия, байт в байт.",
        "Bu koşulları baytı baytına öneriyoruz.",
        "نقترح هذه الشروط، بايتًا ببايت.",
    ),
    "We are bound to our list {list} of {count} people; nobody has seen it yet.": (
        "Мы связаны своим списком {list}, человек в нём: {count}; его ещё никто не видел.",
        "{count} kişilik {list} listemize bağlıyız; henüz kimse görmedi.",
        "نحن ملتزمون بقائمتنا {list} وعدد من فيها {count}؛ ولم يرها أحد بعد.",
    ),
    "We keep the sealed list {list}.": (
        "Мы храним запечатанный список {list}.",
        "Mühürlü {list} listesini emanette tutuyoruz.",
        "نحفظ القائمة المختومة {list}.",
    ),
    "All lists opened to their commitments. They are released together.": (
        "Все списки открылись в соответствии с обязательствами. Они раскрыты одновременно.",
        "Bütün listeler taahhütlerine uygun açıldı. Birlikte açıklandılar.",
        "انفتحت كل القوائم وفق التزاماتها. ويُفصح عنها معًا.",
    ),
    "Our answer to {person} is {code}.": (
        "Наш ответ по {person}: {code}.",
        "{person} için yanıtımız: {code}.",
        "ردنا على {person} هو {code}.",
    ),
    "Our {count} answers to list {list}, with what each carries, went to its holder in this sealed file.": (
        "Наши ответы на список {list} ({count}) со всеми данными отправлены удерживающей стороне в этом запечатанном файле.",
        "{list} listesine {count} yanıtımız, taşıdıklarıyla birlikte, bu mühürlü dosyada elinde tutan tarafa gitti.",
        "ردودنا على القائمة {list} وعددها {count}، بما يحمله كل منها، أُرسلت إلى الطرف الحاجز في هذا الملف المختوم.",
    ),
    "We received {what} ({list}): {count} entries.": (
        "Мы получили: {what} ({list}), записей: {count}.",
        "Teslim aldık: {what} ({list}), {count} kayıt.",
        "استلمنا {what} ({list}): عدد القيود {count}.",
    ),
    "You hold somebody who is not on your list {list}; we keep the name.": (
        "Вы удерживаете человека, которого нет в вашем списке {list}; имя у нас.",
        "{list} listenizde olmayan birini elinizde tutuyorsunuz; adı bizde.",
        "تحتجزون شخصًا ليس في قائمتكم {list}؛ والاسم لدينا.",
    ),
    "We take {person} off our list: {reason}.": (
        "Мы исключаем {person} из нашего списка: {reason}.",
        "{person} listemizden çıkarıldı: {reason}.",
        "نرفع {person} من قائمتنا: {reason}.",
    ),
    "We no longer ask for {person}: {reason}.": (
        "Мы больше не просим о {person}: {reason}.",
        "{person} için artık talepte bulunmuyoruz: {reason}.",
        "لم نعد نطلب {person}: {reason}.",
    ),
    "The list {list} is final with {agreed} people agreed. Every later change is a deviation.": (
        "Список {list} окончательный, согласовано человек: {agreed}. Каждое дальнейшее изменение — отклонение.",
        "{list} listesi, kabul edilen {agreed} kişiyle kesindir. Sonraki her değişiklik sapmadır.",
        "القائمة {list} نهائية، والمتفق عليهم {agreed}. وكل تغيير لاحق انحراف.",
    ),
    "Private interview of {person}: {outcome}.": (
        "Беседа наедине с {person}: {outcome}.",
        "{person} ile özel görüşme: {outcome}.",
        "مقابلة {person} على انفراد: {outcome}.",
    ),
    "These people go in stage {stage}.": (
        "Эти люди едут на этапе {stage}.",
        "Bu kişiler {stage} aşamasında gidiyor.",
        "يذهب هؤلاء الأشخاص في المرحلة {stage}.",
    ),
    "GO for stage {stage}.": (
        "Разрешение на этап {stage}.",
        "{stage} aşaması için hareket izni.",
        "الإذن بانطلاق المرحلة {stage}.",
    ),
    "{person} steps in for {for} in stage {stage}.": (
        "{person} заменяет {for} на этапе {stage}.",
        "{stage} aşamasında {for} yerine {person} geçiyor.",
        "{person} يحل محل {for} في المرحلة {stage}.",
    ),
    "We handed over {person} in stage {stage}.": (
        "Мы передали {person} на этапе {stage}.",
        "{person} {stage} aşamasında bizce teslim edildi.",
        "سلّمنا {person} في المرحلة {stage}.",
    ),
    "We received {person} in stage {stage}.": (
        "Мы приняли {person} на этапе {stage}.",
        "{person} {stage} aşamasında bizce teslim alındı.",
        "استلمنا {person} في المرحلة {stage}.",
    ),
    "We did not accept who was presented as {person}: {reason}.": (
        "Мы не приняли того, кого представили как {person}: {reason}.",
        "{person} olarak getirilen kişiyi kabul etmedik: {reason}.",
        "لم نقبل من أُحضر على أنه {person}: {reason}.",
    ),
    "Deviation from the terms: {kind}.": (
        "Отклонение от условий: {kind}.",
        "Koşullardan sapma: {kind}.",
        "انحراف عن الشروط: {kind}.",
    ),
    "Stage {stage} is closed with this balance.": (
        "Этап {stage} закрыт с этим балансом.",
        "{stage} aşaması bu bilançoyla kapatıldı.",
        "أُغلقت المرحلة {stage} بهذه الحصيلة.",
    ),
    "The exchange is closed.": ("Обмен завершён.", "Değişim kapatıldı.", "أُغلق التبادل."),
    "We break off the exchange: {reason}.": (
        "Мы прекращаем обмен: {reason}.",
        "Değişimi kesiyoruz: {reason}.",
        "نقطع التبادل: {reason}.",
    ),
    "We agree to the act {of}.": ("Мы согласны с актом {of}.", "{of} işlemini kabul ediyoruz.", "نوافق على الإجراء {of}."),
    "a person on the manifest was not presented": (
        "человек из ведомости не представлен",
        "sevk listesindeki bir kişi getirilmedi",
        "لم يُحضَر شخص وارد في كشف النقل",
    ),
    "somebody else was presented in a person's place": (
        "вместо человека представлен кто-то другой",
        "bir kişinin yerine başkası getirildi",
        "أُحضر شخص آخر مكان الشخص",
    ),
    "more people were presented than agreed": (
        "представлено больше людей, чем согласовано",
        "anlaşılandan çok kişi getirildi",
        "أُحضر أشخاص أكثر من المتفق عليه",
    ),
    "a person is of another category than listed": (
        "человек относится к другой категории, чем в списке",
        "bir kişi listedekinden başka kategoride",
        "شخص من فئة غير المدرجة",
    ),
    "something came later than agreed": (
        "что-то произошло позже, чем согласовано",
        "bir şey anlaşılandan geç oldu",
        "حدث شيء بعد موعده المتفق عليه",
    ),
    "the place was changed": ("место изменено", "yer değiştirildi", "غُيّر المكان"),
    "something was made public before the receipts": (
        "что-то обнародовано до подписания расписок",
        "alındılardan önce bir şey kamuya açıklandı",
        "أُعلن شيء قبل توقيع الإيصالات",
    ),
    "conduct other than agreed": ("поведение вопреки согласованному", "anlaşılandan farklı davranış", "سلوك غير المتفق عليه"),
    "a person died on the way": ("человек умер в пути", "bir kişi yolda öldü", "توفي شخص في الطريق"),
    "a person escaped on the way": ("человек бежал в пути", "bir kişi yolda kaçtı", "فرّ شخص في الطريق"),
    "a person refused to cross at the line": (
        "человек отказался переходить на линии",
        "bir kişi hatta geçmeyi reddetti",
        "رفض شخص العبور عند الخط",
    ),
    "the agreed route was left": (
        "отклонились от согласованного маршрута",
        "anlaşılan güzergâhtan çıkıldı",
        "جرى الخروج عن الطريق المتفق عليه",
    ),
    "a party did not answer in time": (
        "сторона не ответила вовремя",
        "bir taraf zamanında yanıt vermedi",
        "لم يرد طرف في الوقت المحدد",
    ),
    "two counts of the same people differ": (
        "два подсчёта одних и тех же людей расходятся",
        "aynı kişilerin iki sayımı farklı",
        "اختلف عدّان للأشخاص أنفسهم",
    ),
    "remains turned out to be another person's": (
        "останки оказались останками другого человека",
        "kalıntıların başka birine ait olduğu anlaşıldı",
        "تبيّن أن الرفات لشخص آخر",
    ),
    "we could not confirm that it is the person named": (
        "мы не смогли подтвердить, что это названный человек",
        "adı verilen kişi olduğunu doğrulayamadık",
        "لم نستطع تأكيد أنه الشخص المسمَّى",
    ),
    "somebody else was presented under this number": (
        "под этим номером представлен другой человек",
        "bu numarayla başka biri getirildi",
        "أُحضر شخص آخر بهذا الرقم",
    ),
    "the person told us not to wish to come over": (
        "человек сказал нам, что не желает переходить",
        "kişi bize geçmek istemediğini söyledi",
        "أخبرنا الشخص أنه لا يرغب في العبور",
    ),
    "the person cannot travel on without care that is not at hand": (
        "человек не может ехать дальше без помощи, которой здесь нет",
        "kişi, burada bulunmayan bir bakım olmadan yola devam edemez",
        "لا يستطيع الشخص متابعة السفر دون رعاية غير متوفرة هنا",
    ),
    "papers that the terms ask for were missing": (
        "не хватало документов, которых требуют условия",
        "koşulların istediği belgeler eksikti",
        "نقصت أوراق تطلبها الشروط",
    ),
    "the crossing was not safe at that time": (
        "переход в то время не был безопасным",
        "geçiş o sırada güvenli değildi",
        "لم يكن العبور آمنًا في ذلك الوقت",
    ),
    "no reason is stated": ("причина не названа", "neden belirtilmedi", "لم يُذكر سبب"),
    "released already": ("уже освобождён", "zaten serbest bırakıldı", "أُفرج عنه من قبل"),
    "the person has died": ("человек умер", "kişi öldü", "توفي الشخص"),
    "the person refuses to go": ("человек отказывается ехать", "kişi gitmeyi reddediyor", "يرفض الشخص الذهاب"),
    "not the person that was meant": ("не тот человек, о котором шла речь", "kastedilen kişi değil", "ليس الشخص المقصود"),
    "the person is not held": ("человек не удерживается", "kişi elde tutulmuyor", "الشخص غير محتجز"),
    "another reason": ("другая причина", "başka bir neden", "سبب آخر"),
    "the terms were broken": ("условия нарушены", "koşullara uyulmadı", "خولفت الشروط"),
    "the other side did not come": ("другая сторона не прибыла", "karşı taraf gelmedi", "لم يحضر الطرف الآخر"),
    "there was no safe passage": ("не было безопасного прохода", "güvenli geçiş yoktu", "لم يكن هناك ممر آمن"),
    "a political decision": ("политическое решение", "siyasi karar", "قرار سياسي"),
    "force majeure": ("непреодолимая сила", "mücbir sebep", "قوة قاهرة"),
    "no access was given": ("доступ не предоставлен", "erişim verilmedi", "لم يُسمح بالوصول"),
    "the person was not fit to talk": (
        "человек не мог беседовать по состоянию здоровья",
        "kişi görüşecek durumda değildi",
        "لم يكن الشخص قادرًا على الكلام",
    ),
    "there was no interpreter": ("не было переводчика", "tercüman yoktu", "لم يكن هناك مترجم"),
    "the person did not wish to talk": ("человек не пожелал беседовать", "kişi görüşmek istemedi", "لم يرغب الشخص في الكلام"),
}
