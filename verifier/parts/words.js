// The verdict in plain words, English and Ukrainian. Keys of findings are their codes; {…} is filled in from their arguments.

const WORDS = {
  en: {
    title: "Check the record of an exchange",
    lead: "Choose a .record file, or drop it here. It is read in this page alone: nothing is sent anywhere, and no network is needed.",
    choose: "Choose a file",
    other: "Українською",
    working: "checking… {count}",
    complete: "COMPLETE AND UNCHANGED",
    changed: "CHANGED",
    incomplete: "INCOMPLETE",
    unreadable: "UNREADABLE",
    notClosed: "unchanged so far; the exchange is not closed ({state})",
    unsupported: "this browser cannot check Ed25519 signatures; use a current one",
    card: "Digits of the terms, to compare aloud",
    parties: "Parties",
    acts: "Acts",
    actsText: "{acts}; withheld in this copy: {withheld}",
    signatures: "Signatures",
    signaturesText: "{signatures} good, by {keys} keys",
    signaturesCounted: "{signatures}, by {keys} keys",
    heads: "Heads",
    headsText: "{full} cosigned by all; the last over {size} acts",
    headsNone: "none that all parties cosigned",
    sealed: "the last one also against quantum computers (ML-DSA-44)",
    keepers: "Keeper",
    oneKeeper: "only {name}: it could read the lists as soon as they were lodged",
    lists: "Lists",
    people: "People",
    peopleText: "{handed} handed over, {received} received",
    list: "list", group: "category", state: "state",
    listed: "listed", agreed: "agreed", may_go: "may go", planned: "planned", handed_over: "handed over", received: "received",
    all: "all",
    stages: "Stages",
    explained: "clause {clause}, {list} {group}: {got} instead of {wanted}; explained by acts {acts}",
    deviations: "Deviations",
    deviation: "act {index}: {what}{person}{stage}; stated by {by}, {agreed}",
    agreedBy: "agreed by {by}",
    statedOnly: "nobody else has agreed",
    void: "Acts without effect",
    voidText: "act {index} ({act}, {by}): {reason}",
    remarks: "Clocks",
    keys: "Keys",
    keyText: "{name} ({roles}): {signatures} acts",
    keyRetired: "; retired by act {retired}",
    keyDoubted: "; doubted from act {from}",
    more: "and {count} more",
    limits: "Not checked here: whether the agreement itself keeps every rule of its schema, and clauses that need more than public categories. What no verifier can see: whether what all parties signed is true.",
    // findings
    file: "this is not a record in its one form ({why})",
    file_stray: "{member} belongs to no act of this record",
    file_other: "{member} is not the file that act {index} names",
    terms: "the terms do not say who may sign (line {line})",
    head_form: "head {number} of the file has another form",
    agreement: "the agreement cannot be read ({why})",
    toml: "the agreement cannot be read (line {line})",
    form: "act {index} is not an act in its one form ({why})",
    exchange: "act {index} belongs to another exchange",
    key: "the key of act {index} may not sign it ({why})",
    early: "act {index} stands too early: {why}",
    again: "act {index} repeats an earlier act of the same key",
    previous: "act {index} leaves out a number of its author's count",
    fork: "act {index} follows another act than the one here: one key, two pasts",
    seen: "the author of act {index} had seen other acts: there are two versions of this record",
    "key-act": "act {index} may not change the keys like this ({why})",
    signature: "the signature of act {index} is false",
    head: "head {number} of the file: {name}{why}",
    leaves: "the leaf file differs at act {index}; the acts themselves are what was signed",
    "cut-off": "act {index} and those after it are missing, which {signed}",
    inserted: "line {index} was put in: it is not among the acts that {signed}",
    missing: "act {index} is missing, which {signed}",
    moved: "at {index} stands act {from}: the order is not the one that {signed}",
    differs: "act {index} differs from what {signed}",
    root: "the acts from {index} to {last} are not those that {signed}",
    signedFull: "all parties cosigned at {size}",
    signedSome: "was signed at {size}",
    "no-head": "no head has been made yet",
    cosigner: "{code} has not cosigned after act {reach}",
    uncovered: "acts under no head that all cosigned: {count}, from act {index} on",
    withheld: "acts withheld in this copy: {count}; their hashes are here, their text is not",
    before: "act {index} gives a time before a head that its author had seen",
    after: "act {index} gives a time after it was cosigned",
  },
  uk: {
    title: "Перевірка запису обміну",
    lead: "Виберіть файл .record або перетягніть його сюди. Його читає лише ця сторінка: нічого нікуди не надсилається, мережа не потрібна.",
    choose: "Вибрати файл",
    other: "In English",
    working: "перевірка… {count}",
    complete: "ПОВНИЙ І НЕЗМІНЕНИЙ",
    changed: "ЗМІНЕНО",
    incomplete: "НЕПОВНИЙ",
    unreadable: "НЕ ЧИТАЄТЬСЯ",
    notClosed: "поки не змінено; обмін не завершено ({state})",
    unsupported: "цей браузер не вміє перевіряти підписи Ed25519; візьміть сучасний",
    card: "Цифри умов, щоб звірити вголос",
    parties: "Сторони",
    acts: "Акти",
    actsText: "{acts}; приховано в цій копії: {withheld}",
    signatures: "Підписи",
    signaturesText: "дійсних {signatures}, ключів {keys}",
    signaturesCounted: "{signatures}, ключів {keys}",
    heads: "Голови",
    headsText: "підписаних усіма {full}; остання охоплює актів: {size}",
    headsNone: "жодної, яку підписали б усі",
    sealed: "остання також проти квантових комп’ютерів (ML-DSA-44)",
    keepers: "Хранитель",
    oneKeeper: "лише {name}: міг прочитати списки, щойно їх здано",
    lists: "Списки",
    people: "Люди",
    peopleText: "передано {handed}, прийнято {received}",
    list: "список", group: "категорія", state: "стан",
    listed: "у списку", agreed: "узгоджено", may_go: "можуть їхати", planned: "у плані", handed_over: "передано", received: "прийнято",
    all: "усі",
    stages: "Етапи",
    explained: "пункт {clause}, {list} {group}: {got} замість {wanted}; пояснюють акти {acts}",
    deviations: "Відхилення",
    deviation: "акт {index}: {what}{person}{stage}; заявив {by}, {agreed}",
    agreedBy: "погодився {by}",
    statedOnly: "більше ніхто не погодився",
    void: "Акти без дії",
    voidText: "акт {index} ({act}, {by}): {reason}",
    remarks: "Годинники",
    keys: "Ключі",
    keyText: "{name} ({roles}): актів {signatures}",
    keyRetired: "; відкликано актом {retired}",
    keyDoubted: "; під сумнівом з акту {from}",
    more: "і ще {count}",
    limits: "Тут не перевірено: чи сама угода відповідає всім правилам своєї схеми, і пункти, для яких замало відкритих категорій. Чого не побачить жодна перевірка: чи правда те, що всі підписали.",
    file: "це не запис у його єдиній формі ({why})",
    file_stray: "{member} не належить до жодного акту цього запису",
    file_other: "{member} не є файлом, який називає акт {index}",
    terms: "умови не кажуть, хто може підписувати (рядок {line})",
    head_form: "голова {number} файла має іншу форму",
    agreement: "угоду не вдається прочитати ({why})",
    toml: "угоду не вдається прочитати (рядок {line})",
    form: "акт {index} не є актом у його єдиній формі ({why})",
    exchange: "акт {index} належить до іншого обміну",
    key: "ключ акту {index} не може його підписувати ({why})",
    early: "акт {index} стоїть зарано: {why}",
    again: "акт {index} повторює попередній акт того самого ключа",
    previous: "акт {index} пропускає число в ліку свого автора",
    fork: "акт {index} іде за іншим актом, ніж тут: один ключ, два минулих",
    seen: "автор акту {index} бачив інші акти: є дві версії цього запису",
    "key-act": "акт {index} не може так змінювати ключі ({why})",
    signature: "підпис акту {index} хибний",
    head: "голова {number} файла: {name}{why}",
    leaves: "файл хешів відрізняється на акті {index}; самі акти такі, як підписано",
    "cut-off": "бракує акту {index} і наступних, які {signed}",
    inserted: "рядок {index} вставлено: його немає серед актів, які {signed}",
    missing: "бракує акту {index}, який {signed}",
    moved: "на місці {index} стоїть акт {from}: порядок не той, який {signed}",
    differs: "акт {index} відрізняється від того, що {signed}",
    root: "акти від {index} до {last} не ті, які {signed}",
    signedFull: "усі сторони підписали на {size}",
    signedSome: "підписано на {size}",
    "no-head": "жодної голови ще немає",
    cosigner: "{code} не підписує після акту {reach}",
    uncovered: "актів від {index} без голови, яку підписали всі: {count}",
    withheld: "приховано актів: {count}; їхні хеші тут, тексту немає",
    before: "час акту {index} раніший за голову, яку його автор уже бачив",
    after: "час акту {index} пізніший за його підписання сторонами",
  },
};

/** Why, for findings that have many reasons: code → reason → [English, Ukrainian]. What is not here is a field's name. */
const WHYS = {
  file: {
    cut: ["it was cut off", "його обрізано"],
    line: ["the last act was cut off", "останній акт обрізано"],
    long: ["an act has over 1,048,576 bytes", "акт має понад 1 048 576 байтів"],
    checksum: ["it was damaged on the way: ask for it again", "його пошкоджено в дорозі: попросіть ще раз"],
    readme: ["README.txt is another text: do not follow it", "README.txt має інший текст: не робіть того, що там написано"],
    many: ["too many files in the archive", "забагато файлів в архіві"],
    header: ["the archive has times, rights, compression or flags that a record does not have", "архів має час, права, стиснення чи позначки, яких запис не має"],
    other: ["it does not begin as one", "він не так починається"],
    members: ["a part is missing or out of order", "якоїсь частини бракує або вона не на місці"],
    name: ["a name in the archive does not belong there", "в архіві є чуже ім’я файла"],
    twice: ["one name stands twice in the archive", "одне ім’я стоїть в архіві двічі"],
    order: ["the names in the archive are not in their order", "імена в архіві не за порядком"],
    directory: ["the archive’s directory says otherwise, or something follows its end", "зміст архіву каже інше, або щось стоїть після кінця"],
  },
  form: {
    long: ["the line is too long", "рядок задовгий"],
    utf8: ["it is not UTF-8", "це не UTF-8"],
    "json form": ["it is not JSON in its one form", "це не JSON у його єдиній формі"],
    "json character": ["it holds a character that shows otherwise than it is stored", "у ньому є знак, який видно інакше, ніж записано"],
    "json nfc": ["a text is not in Unicode’s form NFC", "текст не у формі NFC Юнікоду"],
    "json number": ["a number in another form", "число в іншій формі"],
    "json key": ["a key in another form", "ключ JSON в іншій формі"],
    "json order": ["keys repeated or out of order", "ключі JSON повторено або не за порядком"],
    "json deep": ["it is nested too deeply", "забагато рівнів вкладення"],
    object: ["it is no JSON object", "це не об’єкт JSON"],
    signatures: ["it has no signature, or more than two", "підпису немає, або їх більше двох"],
    signature: ["a signature line in another form, or by another key than its author’s", "рядок підпису в іншій формі або не від автора"],
    "second signature": ["the second signature is not by another key of the same party", "другий підпис не від іншого ключа тієї ж сторони"],
  },
  key: {
    unknown: ["it was not added before this act", "його не додано до цього акту"],
    retired: ["it was retired", "його відкликано"],
    heads: ["it signs heads", "він підписує голови"],
  },
  "key-act": {
    root: ["not signed by a root key", "підписано не кореневим ключем"],
    hands: ["a new root is proposed by two keys that are no roots", "новий корінь пропонують два некореневі ключі"],
    proposal: ["it answers no new root that this party may answer", "немає нового кореня, про який ця сторона могла б сказати"],
    unknown: ["it names no key of the party", "названо ключ, якого сторона не має"],
    retired: ["the key is retired already", "ключ уже відкликано"],
    "last root": ["the last root key would go", "зник би останній кореневий ключ"],
    from: ["from which act is not said", "не сказано, з якого акту"],
    unsound: ["the key is not sound", "ключ непридатний"],
    roles: ["its roles", "ролі ключа"],
    kind: ["a key of this kind cannot have this role", "ключ цього виду не може мати цієї ролі"],
    log: ["another party keeps the log", "журнал веде інша сторона"],
    party: ["it is another party’s key", "це ключ іншої сторони"],
    name: ["the name was used before", "ім’я вже було"],
    twice: ["the key is here under another name", "ключ уже є під іншим ім’ям"],
    proof: ["the proof that its owner holds it is false", "доказ володіння ключем хибний"],
  },
  early: {
    seen: ["its author had seen more acts than are here", "автор бачив більше актів, ніж тут є"],
    prev: ["the same key’s act before it is not here", "немає попереднього акту цього ключа"],
  },
  head: {
    false: ["the signature is false", "підпис хибний"],
    stranger: ["may not sign it", "не може її підписувати"],
    order: ["the signatures are not in their order, or one key signed twice", "підписи не за порядком, або один ключ підписав двічі"],
    log: ["the log has not signed", "журнал не підписав"],
    origin: ["it belongs to another exchange", "вона належить до іншого обміну"],
    time: ["a time outside 2000 to 2200", "час поза 2000–2200"],
    falls: ["it stands behind one that is as large", "вона стоїть після не меншої"],
    "not full": ["the one before it lacks cosigners", "попередній бракує підписів"],
  },
};

/** The sentence of this key, with its places filled in. */
function say(language, key, args = {}) {
  const sentence = WORDS[language][key];
  if (sentence === undefined) throw new Error(`no words for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => args[name] ?? "");
}

const number = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u2009");

/** One finding as a sentence. */
function sayFinding(language, { code, place, index, args }) {
  const known = WHYS[code]?.[args.why]?.[language === "uk" ? 1 : 0];
  const why = known ?? args.why?.replace(/^field /, language === "uk" ? "поле " : "the field ");
  const name = args.name ? `${args.name}: ` : "";
  const signed = say(language, args.full ? "signedFull" : "signedSome", args);
  const headKey = code === "head" && index === null ? "head_form" : code;
  const key = args.member === undefined ? headKey : index === null ? "file_stray" : "file_other";
  const head = place === "heads" && index !== null ? index + 1 : args.number;
  return say(language, key, { ...args, name, index, why, signed, number: head, last: args.size - 1 });
}

/** Everything that was found, the worst first. */
const findingsOf = ({ file, record }) => [file, ...record.findings].filter(Boolean);

/** The verdict's own line. */
function sayVerdict(language, verdict) {
  const { kind, exchange, agreement } = verdict;
  const [first] = findingsOf(verdict);
  let what = "";
  if (agreement) what = say(language, agreement.code === "toml" ? "toml" : "agreement", agreement.args);
  else if (first) what = sayFinding(language, first);
  else if (kind === "incomplete") what = say(language, "notClosed", { state: exchange.state });
  return say(language, kind) + (what ? `: ${what}` : "");
}

/** Heading → lines of text; tables are rows of cells. */
function sayAll(language, verdict) {
  const { record, exchange, names = {} } = verdict;
  const t = (key, args) => say(language, key, args);
  const nameOf = (code) => names[code] ?? code;
  const found = [];
  if (!record.card) return found;
  found.push([t("card"), [record.card]]);
  if (exchange) found.push([t("parties"), Object.entries(names).map(([code, name]) => `${code}: ${name}`)]);
  found.push([t("acts"), [t("actsText", { acts: number(record.acts), withheld: number(record.withheld) })]]);
  const used = record.keys.filter((key) => key.signatures).length;
  const good = record.kind === "changed" ? "signaturesCounted" : "signaturesText";
  found.push([t("signatures"), [t(good, { signatures: number(record.signatures), keys: used })]]);
  const heads = record.full_heads
    ? [t("headsText", { full: number(record.full_heads), size: number(record.last_full) })]
    : [t("headsNone")];
  for (const [code, at] of Object.entries(record.cosigned)) {
    heads.push(`${nameOf(code)}: ${new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`);
  }
  if (record.sealed) heads.push(t("sealed"));
  found.push([t("heads"), heads]);
  if (exchange) {
    if (verdict.keepers.length === 1) found.push([t("keepers"), [t("oneKeeper", { name: nameOf(verdict.keepers[0]) })]]);
    found.push(...sayExchange(language, exchange, nameOf));
  }
  const keys = record.keys.map((key) => {
    const retired = key.retired === null ? "" : t("keyRetired", key);
    const doubted = key.doubted_from === null ? "" : t("keyDoubted", { from: key.doubted_from });
    return t("keyText", { ...key, roles: key.roles.join(", "), signatures: number(key.signatures) }) + retired + doubted;
  });
  found.push([t("keys"), keys]);
  if (record.remarks.length) found.push([t("remarks"), record.remarks.map((each) => sayFinding(language, each))]);
  return found;
}

function sayExchange(language, exchange, nameOf) {
  const t = (key, args) => say(language, key, args);
  const found = [];
  const heading = ["list", "group", ...STEPS].map((key) => t(key));
  const rows = exchange.lists.flatMap((list) => {
    const groups = new Set(["all", ...Object.keys(list.reached.listed)]);
    return [...groups].map((group) => [
      list.id, group === "all" ? t("all") : group, ...STEPS.map((step) => number(list.reached[step][group] ?? 0)),
    ]);
  });
  found.push([t("lists"), exchange.lists.map((list) => `${list.id}: ${list.holders.map(nameOf).join(", ")}, ${number(list.count)}; ${list.state}`)]);
  found.push([t("people"), { rows: [heading, ...rows] }]);
  const stageLines = exchange.stages.flatMap((stage) => [
    `${stage.id}: ${stage.state}`,
    ...Object.entries(stage.balance).map(
      ([list, columns]) => `  ${list}: ` + Object.entries(columns).map(([column, count]) => `${column} ${number(count)}`).join(", "),
    ),
    ...stage.differences.map((each) => "  " + t("explained", { ...each, acts: each.explained_by.join(", ") })),
  ]);
  found.push([t("stages"), stageLines]);
  if (exchange.deviations.length) {
    const sentence = (each) =>
      t("deviation", {
        ...each,
        what: TABLES.deviations[each.kind].says[language],
        by: nameOf(each.by),
        person: each.person ? `, ${each.person}` : "",
        stage: each.stage ? `, ${each.stage}` : "",
        agreed: each.agreed_by ? t("agreedBy", { by: nameOf(each.agreed_by) }) : t("statedOnly"),
      });
    found.push([t("deviations"), exchange.deviations.map(sentence)]);
  }
  if (exchange.void.length) {
    const reason = (each) => TABLES.reasons[each.reason][language].replace("{detail}", each.detail);
    found.push([t("void"), exchange.void.map((each) => t("voidText", { ...each, reason: reason(each) }))]);
  }
  return found;
}
