"""What an answer carries, by its key in `homeward.lists.CARRIED`, in Russian, Turkish and Arabic: one English word may mean two things."""

from __future__ import annotations

from collections.abc import Mapping

CARRIED: Mapping[str, tuple[str, str, str]] = {
    "other": ("другая запись", "öteki kayıt", "القيد الآخر"),
    "reason": ("основание", "gerekçe", "السبب"),
    "holder": ("кто удерживает", "elinde tutan", "الجهة الحاجزة"),
    "earlier": ("предыдущий ответ", "önceki yanıt", "الرد السابق"),
    "date": ("дата", "tarih", "التاريخ"),
    "place": ("место", "yer", "المكان"),
    "remains": ("останки", "kalıntılar", "الرفات"),
    "operation": ("операция", "operasyon", "العملية"),
    "missing": ("чего не хватает", "eksik olan", "ما ينقص"),
    "status": ("статус по нашим данным", "bizim bildirdiğimiz statü", "الصفة التي نذكرها"),
    "witness": ("свидетель", "tanık", "الشاهد"),
    "review": ("пересмотреть", "yeniden bakılacak gün", "يُعاد النظر في"),
    "basis": ("правовое основание", "hukuki dayanak", "الأساس القانوني"),
    "until": ("ответим до", "yanıt verilecek gün", "نرد قبل"),
    "due": ("срок был", "son gün", "كان مستحقًا في"),
}
