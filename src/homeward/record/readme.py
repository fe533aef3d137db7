"""The text `README.txt` in every `.record` file: fixed, byte for byte, because nobody signs it. A reader refuses any other."""

README = """\
THE RECORD OF AN EXCHANGE                                              format: homeward-record/1

This file is a zip archive of plain text. It holds what the parties agreed (terms), every act in its order,
one signed line each (acts), and the heads under which all parties signed the same acts (heads).
To check it:   homeward record verify FILE     - or open homeward-verify.html in any browser. No network is needed.
No name of any person is in the acts. Compare the digits of the terms aloud with a person you trust.

--- Українська ---
Цей файл - zip-архів із простим текстом. У ньому: умови, про які домовилися сторони (terms), усі дії по порядку,
кожна одним підписаним рядком (acts), і підсумки, під якими всі сторони підписали ті самі дії (heads).
Перевірити:    homeward record verify ФАЙЛ     - або відкрийте homeward-verify.html у браузері. Мережа не потрібна.
У діях немає імен людей. Звірте вголос цифри умов із людиною, якій довіряєте.

--- Русский ---
Этот файл - zip-архив с простым текстом. В нём: условия, о которых договорились стороны (terms), все действия по порядку,
каждое одной подписанной строкой (acts), и итоги, под которыми все стороны подписали одни и те же действия (heads).
Проверить:     homeward record verify ФАЙЛ     - или откройте homeward-verify.html в браузере. Сеть не нужна.
В действиях нет имён людей. Сверьте вслух цифры условий с человеком, которому доверяете.

--- Français ---
Ce fichier est une archive zip de texte simple. Il contient ce que les parties ont convenu (terms), chaque acte à sa place,
une ligne signée par acte (acts), et les états sous lesquels toutes les parties ont signé les mêmes actes (heads).
Vérifier :     homeward record verify FICHIER  - ou ouvrez homeward-verify.html dans un navigateur. Sans réseau.
Aucun nom de personne ne figure dans les actes. Comparez à voix haute les chiffres des termes avec une personne de confiance.

--- العربية ---
هذا الملف أرشيف zip من نصوص بسيطة: ما اتفقت عليه الأطراف (terms)، وكل فعل في ترتيبه بسطر واحد موقّع (acts)،
والخلاصات التي وقّعت تحتها جميع الأطراف على الأفعال نفسها (heads).
للتحقق:        homeward record verify FILE     أو افتح homeward-verify.html في المتصفح. لا حاجة إلى شبكة.
لا يرد اسم أي شخص في الأفعال. قارن أرقام الشروط بصوت مسموع مع شخص تثق به.

--- Español ---
Este archivo es un zip de texto simple. Contiene lo que las partes acordaron (terms), cada acto en su orden,
una línea firmada por acto (acts), y los resúmenes bajo los cuales todas las partes firmaron los mismos actos (heads).
Comprobar:     homeward record verify ARCHIVO  - o abra homeward-verify.html en un navegador. Sin red.
Ningún nombre de persona figura en los actos. Compare en voz alta las cifras de los términos con alguien de confianza.
""".encode()
