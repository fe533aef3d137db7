// What the acts mean (acts.md and exchange-verdict.md): one act after another, what has effect, and why the rest has none.
// The tables TABLES.acts, .rules, .deviations and .answers are data, written into the page from the ones that acts.md shows.

/** What the fold needs of the terms; throws Fault "agreement" for terms that do not say it. */
function readTerms(charter) {
  const refuse = (why) => {
    throw new Fault("agreement", { why });
  };
  const data = parseToml(charter.text);
  const table = (name) => (data.get(name) instanceof Map ? data.get(name) : refuse(name));
  const rows = (name) => {
    const found = data.get(name);
    return Array.isArray(found) && found.every((row) => row instanceof Map) ? found : refuse(name);
  };
  const said = (text) => (text instanceof Map ? text.get("en") ?? [...text.values()][0] : text);
  if (data.get("schema") !== "exchange-terms/1") refuse("schema");
  const parties = new Map([...table("parties")].map(([code, name]) => [code, said(name)]));
  const blocs = data.get("blocs") ?? new Map();
  const members = (code) => new Set(blocs.get(code) ?? (parties.has(code) ? [code] : refuse("sides")));
  const sides = [...table("sides")].map(([id, side]) => ({
    id, holders: members(side.get("from")), receivers: members(side.get("to")),
  }));
  const stages = rows("stages").map((stage) => stage.get("id") ?? refuse("stages"));
  if (!sides.length || !stages.length || new Set(stages).size !== stages.length) refuse("sides");
  const clauses = rows("terms").map((entry) => ({
    id: entry.get("id") ?? refuse("terms"),
    kind: entry.get("kind") ?? refuse("terms"),
    group: entry.get("group") ?? "all",
    groups: entry.get("groups") ?? [],
    sides: entry.get("sides") ?? [],
    over: entry.get("over") ?? "end",
    low: entry.get("equals") ?? entry.get("min") ?? null,
    high: entry.get("equals") ?? entry.get("max") ?? null,
    tolerance: entry.get("tolerance") ?? 0,
    counted: !["weights", "per_holder", "per_receiver"].some((name) => entry.has(name)),
  }));
  const others = charter.parties.map((party) => party.code).filter((code) => !parties.has(code));
  const neutral = others[0] ?? charter.log.party;
  const keepers = charter.keepers.length ? charter.keepers : [neutral];
  const neutralName = said(data.get("neutral")?.get(neutral)?.get("name")) ?? neutral;
  const names = new Map([...parties, [neutral, neutralName]]);
  return { title: said(data.get("title")) ?? "", parties: [...parties.keys()], sides, stages, clauses, neutral, keepers, names };
}

// ---- the form of each kind of act -----------------------------------------------------------------------------------

const isCode = (value) => typeof value === "string" && /^[A-Za-z][A-Za-z0-9_.+-]{0,63}$/.test(value);
const isPerson = (value) => typeof value === "string" && /^p-[0-9]{4,9}$/.test(value);
const isCount = (value) => Number.isInteger(value) && value >= 0;
const isDisclosure = (value) => typeof value === "string" && /^[A-Za-z0-9_-]{1,400}$/.test(value);
const isTable = (holds) => (value) =>
  Array.isArray(value) &&
  value.every((row) => Array.isArray(row) && row.length === 2 && isCode(row[0]) && holds(row[1])) &&
  value.every((row, at) => at === 0 || value[at - 1][0] < row[0]);

const FORMS = {
  person: isPerson,
  code: isCode,
  hash: (value) => typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value),
  count: isCount,
  counts: isTable(isCount),
  disclosures: isTable(isDisclosure),
  people: isTable((people) => Array.isArray(people) && people.every(isPerson)),
  balance: isTable(isTable(isCount)),
  deviation: (value) => typeof value === "string" && value in TABLES.deviations,
  outcome: (value) => TABLES.outcomes.includes(value),
};

function isWellFormed(act, fields) {
  const own = TABLES.acts[act];
  if (!own) return false;
  return (
    Object.entries(own.needs).every(([name, form]) => fields.has(name) && FORMS[form](fields.get(name))) &&
    [...fields].every(([name, value]) => name in own.needs || (name in own.may && FORMS[own.may[name]](value)))
  );
}

// ---- the fold -------------------------------------------------------------------------------------------------------

const without = (reason, detail = "") => {
  throw new Fault(reason, { detail });
};

class Exchange {
  constructor(terms, lists) {
    this.terms = terms;
    this.public = lists;
    this.state = "NEW";
    this.everyone = new Set([...terms.parties, terms.neutral]);
    this.lists = new Map(
      terms.sides.map((side) => [side.id, {
        ...side, state: "NONE", root: null, draw: null, count: 0, categories: [], committed: null,
        lodged: new Set(), claims: 0, answered: 0,
      }]),
    );
    this.stages = new Map(
      terms.stages.map((id) => [id, {
        id, state: "WAITING", plan: null, going: new Map(), reserves: new Map(), people: new Map(), filled: new Map(),
        balance: {}, differences: [],
      }]),
    );
    this.people = new Map();
    this.proposals = new Map();
    this.settled = new Map();
    this.deviations = [];
    this.void = [];
    this.fullHead = 0;
  }

  add(index, act) {
    if (KEY_ACTS.includes(act.act)) return;
    const fields = new Map([...act.fields].filter(([name]) => !ENVELOPE.includes(name)));
    const hands = act.signatures.length;
    const entry = { index, act: act.act, by: act.by, party: act.party, hands, byRoot: act.byRoot, leaf: base64url(act.leaf), fields };
    try {
      this.fold(entry);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.void.push({ index, act: act.act, by: act.by, reason: error.code, detail: error.args.detail });
    }
  }

  fold(entry) {
    if (!isWellFormed(entry.act, entry.fields)) without("form", entry.act);
    if (this.state === "CLOSED" || this.state === "BROKEN_OFF") without("over", this.state);
    if (this.state === "NEW" && !["terms-proposed", "agreed", "broken-off"].includes(entry.act)) without("not_agreed_yet");
    if (entry.act === "agreed") return this.assent(entry);
    const own = TABLES.acts[entry.act];
    const subjects = this.subjects(entry);
    const list = this.listOf(subjects);
    if (!this.allowed(own.role, entry.party, list)) without("role", entry.party);
    if (entry.hands < own.hands) without("hands");
    this.checkRules(entry, subjects);
    if (own.assent === "nobody") return this.apply(entry, subjects, entry);
    const needs = this.needs(own.assent, entry.party, list);
    const enough = own.assent === "one other party" ? 1 : needs.size;
    const proposal = { entry, needs, enough, agreed: new Set(), settled: null };
    this.proposals.set(entry.leaf, proposal);
    if (entry.act === "deviation") this.deviations.push(stated(entry));
    if (!needs.size) this.settle(proposal, entry, subjects);
  }

  allowed(role, party, list) {
    switch (role) {
      case "anyone": return this.everyone.has(party);
      case "party": return this.terms.parties.includes(party);
      case "neutral": return party === this.terms.neutral;
      case "keeper": return this.terms.keepers.includes(party);
      case "holder": return list?.holders.has(party) ?? false;
      case "receiver": return list?.receivers.has(party) ?? false;
      default: throw new Error(role);
    }
  }

  needs(assent, party, list) {
    const others = (codes) => new Set([...codes].filter((code) => code !== party));
    switch (assent) {
      case "every other party and the neutral": return others(this.everyone);
      case "one other party": return others(this.everyone);
      case "every other keeper": return others(this.terms.keepers);
      case "the receiver": return list.receivers;
      default: throw new Error(assent);
    }
  }

  assent(entry) {
    const proposal = this.proposals.get(entry.fields.get("of"));
    if (!proposal || proposal.settled !== null) without("nothing_to_agree");
    if (!proposal.needs.has(entry.party) || proposal.agreed.has(entry.party)) without("role", entry.party);
    const { act } = proposal.entry;
    if (entry.hands < TABLES.acts[act].hands) without("hands");
    if (act === "terms-proposed" && !entry.byRoot) without("signed_by_root", entry.by);
    const subjects = this.subjects(proposal.entry);
    this.checkRules(proposal.entry, subjects);
    proposal.agreed.add(entry.party);
    if (proposal.agreed.size >= proposal.enough) this.settle(proposal, entry, subjects);
  }

  settle(proposal, last, subjects) {
    const { entry } = proposal;
    proposal.settled = last.index;
    const about = entry.fields.get("stage") ?? entry.fields.get("list") ?? "";
    if (entry.act !== "deviation") this.settled.set(`${entry.act} ${about}`, proposal);
    this.apply(entry, subjects, last);
  }

  inForce(proposal) {
    return proposal !== undefined && proposal.settled !== null && proposal.settled < this.fullHead;
  }

  settledInForce(act, about = "") {
    return this.inForce(this.settled.get(`${act} ${about}`));
  }

  // -- what an act is about

  subjects({ act, fields }) {
    if (["terms-proposed", "closed", "broken-off"].includes(act)) return [["exchange", ""]];
    if (act === "lists-released") return [...this.lists.keys()].map((id) => ["list", id]);
    const found = [];
    const add = (kind, table, id) => (table.has(id) ? found.push([kind, id]) : without("unknown_subject", id));
    if (fields.has("list") && act !== "deviation") add("list", this.lists, fields.get("list"));
    if (["stage-planned", "stage-opened", "stage-closed"].includes(act)) add("stage", this.stages, fields.get("stage"));
    if (fields.has("person")) add("person", this.people, fields.get("person"));
    return found;
  }

  listOf(subjects) {
    for (const [kind, id] of subjects) {
      if (kind === "list") return this.lists.get(id);
      if (kind === "person") return this.lists.get(this.people.get(id).list);
    }
    return null;
  }

  stateOf([kind, id]) {
    if (kind === "exchange") return this.state;
    return { list: this.lists, stage: this.stages, person: this.people }[kind].get(id).state;
  }

  ruleFor(subject, act) {
    const state = this.stateOf(subject);
    return TABLES.rules.find((rule) => rule.subject === subject[0] && rule.state === state && rule.act === act);
  }

  checkRules(entry, subjects) {
    for (const subject of subjects) {
      const rule = this.ruleFor(subject, entry.act);
      if (!rule) without("no_rule", `${subject[1]} ${this.stateOf(subject)}`.trim());
      for (const guard of rule.guards) {
        const failed = GUARDS[guard](this, entry, subject[1]);
        if (failed !== null) without(guard, failed);
      }
    }
  }

  // -- what changes

  apply(entry, subjects, last) {
    for (const subject of subjects) {
      const { then } = this.ruleFor(subject, entry.act);
      const [kind, id] = subject;
      if (kind === "exchange") this.state = then;
      if (kind === "list") this.applyToList(entry, this.lists.get(id), then);
      if (kind === "stage") this.applyToStage(entry, this.stages.get(id), then);
      if (kind === "person") this.applyToPerson(entry, this.people.get(id), then);
    }
    if (entry.act === "deviation") {
      const own = this.deviations.find((each) => each.index === entry.index);
      own.agreed_by = last.party;
    }
  }

  applyToList({ act, index, party, fields }, list, then) {
    list.state = then;
    if (act === "list-committed") {
      list.root = fields.get("root");
      list.draw = fields.get("draw");
      list.count = fields.get("count");
      list.categories = fields.get("categories");
      list.committed = index;
      for (const { id, groups } of this.public.get(list.id).people) {
        this.people.set(id, { id, list: list.id, groups, state: "LISTED", answer: null, interview: null, stage: null });
      }
    }
    if (act === "list-lodged") list.lodged.add(party);
    if (act === "claimed") list.claims++;
  }

  applyToStage(entry, stage, then) {
    stage.state = then;
    if (entry.act === "stage-planned") {
      stage.plan = entry.leaf;
      stage.going = new Map(entry.fields.get("going"));
      stage.reserves = new Map(entry.fields.get("reserves"));
      for (const [list, people] of stage.going) {
        stage.people.set(list, [...people]);
        for (const id of people) Object.assign(this.people.get(id), { state: "PLANNED", stage: stage.id });
      }
    }
    if (entry.act === "stage-closed") {
      stage.balance = balanceOf(this, stage);
      stage.differences = differences(this, stage.id);
    }
  }

  applyToPerson({ act, index, party, fields }, person, then) {
    const list = this.lists.get(person.list);
    switch (act) {
      case "answered":
        if (person.answer === null) list.answered++;
        person.answer = fields.get("code");
        person.state = TABLES.answers[person.answer] ? "AGREED" : "SET_ASIDE";
        return;
      case "deviation":
        person.state = TABLES.deviations[fields.get("kind")].then ?? person.state;
        return;
      case "interviewed":
        person.interview = fields.get("outcome");
        break;
      case "reserve-called": {
        const stage = this.stages.get(fields.get("stage"));
        person.stage = stage.id;
        if (!stage.people.has(person.list)) stage.people.set(person.list, []);
        stage.people.get(person.list).push(person.id);
        stage.filled.set(person.id, fields.get("for"));
        break;
      }
      case "withdrawn":
      case "struck":
        if (list.state === "FROZEN") {
          const of = { kind: "NON_DELIVERY", stage: person.stage, list: list.id, person: person.id };
          this.deviations.push({ index, by: party, count: null, agreed_by: null, ...of });
        }
        if (person.answer === null) list.answered++;
        break;
    }
    person.state = then;
  }
}

const stated = ({ index, party, fields }) => ({
  index,
  kind: fields.get("kind"),
  by: party,
  stage: fields.get("stage") ?? null,
  list: fields.get("list") ?? null,
  person: fields.get("person") ?? null,
  count: fields.get("count") ?? null,
  agreed_by: null,
});
