// The verdict over a file: the lines (record.js) and what they mean (exchange.js), as plain data that words.js puts into words.

const STEPS = ["listed", "agreed", "may_go", "planned", "handed_over", "received"];

async function judgeFile(bytes, onProgress) {
  const { verdict, charter, members, acts, fullSizes } = await checkRecord(bytes, onProgress);
  const found = { record: verdict, kind: verdict.kind, file: null, exchange: null };
  if (verdict.kind === "unreadable") return found;
  let terms;
  try {
    terms = readTerms(charter);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // What is not what was signed is said first, whatever the terms have become.
    if (verdict.kind === "changed") return found;
    return { ...found, kind: "unreadable", agreement: { code: error.code, args: error.args } };
  }
  const lists = new Map();
  for (const [name, content] of members) {
    if (!name.startsWith("lists/")) continue;
    const list = readList(content);
    if (list) lists.set(name.slice(6), list);
  }
  const exchange = new Exchange(terms, lists);
  const sizes = [...fullSizes];
  for (const { index, act } of acts) {
    while (sizes.length && sizes[0] <= index) exchange.fullHead = sizes.shift();
    exchange.add(index, act);
  }
  exchange.fullHead = verdict.last_full;
  const file = verdict.kind === "changed" ? null : findForeignFile(members, acts, exchange.void, verdict.withheld > 0);
  const unchangedKind = exchange.state === "CLOSED" ? "complete" : "incomplete";
  return {
    ...found,
    kind: file ? "changed" : verdict.kind === "unchanged" ? unchangedKind : verdict.kind,
    file,
    title: terms.title,
    names: Object.fromEntries(terms.names),
    keepers: terms.keepers,
    exchange: summarise(exchange),
  };
}

/** What happened, counted: per list from listed to received, per stage the balance. */
function summarise(exchange) {
  const sorted = (rows) => Object.fromEntries(sortedRows(rows));
  const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const lists = [...exchange.lists.values()].map((list) => {
    const people = [...exchange.people.values()].filter((person) => person.list === list.id);
    const answers = new Map();
    const reached = Object.fromEntries(STEPS.map((step) => [step, new Map([["all", 0]])]));
    for (const person of people) {
      if (person.answer !== null) count(answers, person.answer);
      for (const step of stepsOf(person)) for (const group of new Set(["all", ...person.groups])) count(reached[step], group);
    }
    return {
      id: list.id, holders: [...list.holders].sort(), receivers: [...list.receivers].sort(), state: list.state,
      count: list.count, categories: sorted(list.categories), answers: sorted(answers), claims: list.claims,
      reached: Object.fromEntries(STEPS.map((step) => [step, sorted(reached[step])])),
    };
  });
  const stages = [...exchange.stages.values()].map(({ id, state, balance, differences: found, filled }) => ({
    id, state, balance, differences: found, reserves_called: Object.fromEntries(filled),
  }));
  return { state: exchange.state, lists, stages, deviations: exchange.deviations, void: exchange.void };
}

function stepsOf({ stage, state, interview }) {
  const steps = ["listed"];
  if (stage !== null || state === "AGREED") {
    steps.push("agreed");
    if (TABLES.mayGo.includes(interview)) steps.push("may_go");
  }
  if (stage !== null) steps.push("planned");
  if (["HANDED_OVER", "RECEIVED", "RETURNED", "WRONG_PERSON"].includes(state)) steps.push("handed_over");
  if (state === "RECEIVED") steps.push("received");
  return steps;
}
