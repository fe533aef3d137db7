// Act lines, keys that come and go, the order of acts, the tree (record-format.md, sections 4 and 5).

const LINE_BYTES = 2 ** 20;
const HASH_TEXT = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const ENVELOPE = ["act", "at", "by", "in", "n", "prev", "seen"];
const KEY_ACTS = ["key-added", "key-retired", "key-distrusted", "key-proposed", "key-accepted", "key-refused"];

const form = (why) => {
  throw new Fault("form", { why });
};

/** A line taken apart: its form alone. Throws Fault "form". */
function parseLine(line) {
  if (line.length > LINE_BYTES) form("long");
  const text = decodeUtf8(line) ?? form("utf8");
  const [json, ...signed] = text.split("\t");
  if (signed.length < 1 || signed.length > 2) form("signatures");
  let fields;
  try {
    fields = parseCanonical(json);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    form("json " + error.args.why);
  }
  if (!(fields instanceof Map)) form("object");
  for (const name of ENVELOPE) if (!fields.has(name)) form("field " + name);
  const [act, at, by, exchange, n, prev, seen] = ENVELOPE.map((name) => fields.get(name));
  const isText = (value, pattern) => typeof value === "string" && pattern.test(value);
  if (!isText(act, /^[a-z][a-z0-9-]{0,63}$/)) form("field act");
  if (!isRealTime(at)) form("field at");
  if (!isText(by, KEY_NAME)) form("field by");
  if (!isText(exchange, /^[A-Za-z0-9_-]{21}[AQgw]$/)) form("field in");
  if (!Number.isInteger(n) || n < 1) form("field n");
  if (n === 1 ? prev !== "-" : !isText(prev, HASH_TEXT)) form("field prev");
  if (!Array.isArray(seen) || seen.length !== 2 || !Number.isInteger(seen[0]) || seen[0] < 0 || !isText(seen[1], HASH_TEXT)) {
    form("field seen");
  }
  const signatures = signed.map((part) => parseSignature(part) ?? form("signature"));
  if (signatures[0].name !== by || signatures.some((signature) => signature.body.length !== 64)) form("signature");
  const [first, second] = signatures;
  if (second && (second.name === first.name || partyOf(second.name) !== partyOf(first.name))) form("second signature");
  return { act, at, by, exchange, n, prev, seen, fields, signatures, json, party: partyOf(by), leaf: leafHash(line) };
}

function isRealTime(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || text.startsWith("0000")) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text.replace("Z", ".000Z");
}

// ---- the tree: RFC 9162, section 2.1 ------------------------------------------------------------------------------

const EMPTY_ROOT = sha256(new Uint8Array());
const leafHash = (line) => sha256(concat(Uint8Array.of(0), line));
const nodeHash = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

class Tree {
  constructor(leaves = []) {
    this.levels = [[]];
    for (const leaf of leaves) this.push(leaf);
  }

  get size() {
    return this.levels[0].length;
  }

  push(leaf) {
    this.levels[0].push(leaf);
    for (let depth = 0; this.levels[depth].length % 2 === 0; depth++) {
      const [left, right] = this.levels[depth].slice(-2);
      (this.levels[depth + 1] ??= []).push(nodeHash(left, right));
    }
  }

  /** The root over the first `size` leaves. */
  root(size) {
    let root = null;
    // Whole subtrees from the right edge to the left, the smallest first.
    for (let depth = 0, rest = size; rest > 0; depth++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const whole = this.levels[depth][rest - 1];
      root = root === null ? whole : nodeHash(whole, root);
    }
    return root ?? EMPTY_ROOT;
  }
}

// ---- which key, in which order, after having seen what --------------------------------------------------------------

const no = (code, why = code) => {
  throw new Fault(code, { why });
};

class Ledger {
  constructor(charter) {
    this.charter = charter;
    this.tree = new Tree();
    this.keys = new Map();
    this.authors = new Map();
    this.withheld = new Set();
    this.roots = new Map();
    this.proposals = new Map();
    this.enter(charter.log, ["log"], -1);
    for (const party of charter.parties) {
      this.enter(party.root, ["root"], -1);
      for (const key of [party.witness, party.closing]) if (key) this.enter(key, ["witness"], -1);
    }
  }

  get size() {
    return this.tree.size;
  }

  enter(key, roles, added) {
    this.keys.set(key.name, { key, roles, added, retired: null, doubtedFrom: null, signatures: 0 });
  }

  /** May this key sign act `index`, or a head over `index` acts? */
  counts(entry, index) {
    return entry.added < index && (entry.retired === null || index <= entry.retired);
  }

  rootText(size) {
    let text = this.roots.get(size);
    if (text === undefined) this.roots.set(size, (text = base64url(this.tree.root(size))));
    return text;
  }

  /** Take a line in that keeps the rules; gives the keys that must have signed it. Throws Fault. */
  async admit(act) {
    if (act.exchange !== this.charter.exchange) no("exchange");
    const entries = act.signatures.map((signature) => this.signer(signature));
    this.checkOrder(act);
    const [size, root] = act.seen;
    if (size > this.size) no("early", "seen");
    if (root !== this.rootText(size)) no("seen");
    if (KEY_ACTS.includes(act.act)) await this.applyKeyAct(act);
    this.authors.set(act.by, { n: act.n, last: base64url(act.leaf) });
    this.withheld.delete(act.prev);
    this.tree.push(act.leaf);
    return entries;
  }

  passOver(leaf) {
    this.withheld.add(base64url(leaf));
    this.tree.push(leaf);
  }

  signer({ name, id }) {
    const entry = this.keys.get(name);
    if (!entry || entry.key.id !== id) no("key", "unknown");
    if (!this.counts(entry, this.size)) no("key", "retired");
    if (entry.key.kind !== ED25519 || entry.roles.includes("log")) no("key", "heads");
    return entry;
  }

  checkOrder(act) {
    const { n, last } = this.authors.get(act.by) ?? { n: 0, last: "-" };
    const skipped = act.n - n - 1;
    if (act.n <= n) no("again");
    if (act.prev === last) {
      if (skipped > 0) no("previous");
    } else if (skipped === 0) no("fork");
    else if (!this.withheld.has(act.prev) || skipped > this.withheld.size) no("early", "prev");
  }

  // -- acts about keys

  async applyKeyAct(act) {
    const isRoot = (name) => this.keys.get(name).roles.includes("root");
    if (act.act === "key-proposed") {
      if (act.signatures.length < 2 || act.signatures.some(({ name }) => isRoot(name))) no("key-act", "hands");
      const roles = act.fields.get("roles");
      if (!Array.isArray(roles) || roles.length !== 1 || roles[0] !== "root") no("key-act", "roles");
      this.proposals.set(act.party, { leaf: base64url(act.leaf), key: await this.newKey(act), accepted: new Set() });
      return;
    }
    if (!isRoot(act.by)) no("key-act", "root");
    if (act.act === "key-added") this.enter(await this.newKey(act), act.fields.get("roles"), this.size);
    else if (act.act === "key-accepted" || act.act === "key-refused") this.answerProposal(act);
    else this.retire(act);
    // Whoever signed is a root, so that party's root is not lost.
    this.proposals.delete(act.party);
  }

  answerProposal(act) {
    const [party, proposal] = [...this.proposals].find(([, each]) => each.leaf === act.fields.get("of")) ?? [];
    if (!proposal) no("key-act", "proposal");
    if (act.act === "key-refused") {
      this.proposals.delete(party);
      return;
    }
    if (party === act.party || proposal.accepted.has(act.party)) no("key-act", "proposal");
    this.requireNew(proposal.key);
    proposal.accepted.add(act.party);
    if (!this.charter.parties.every(({ code }) => code === party || proposal.accepted.has(code))) return;
    for (const entry of this.keys.values()) {
      if (entry.key.party === party && entry.roles.includes("root") && entry.retired === null) entry.retired = this.size;
    }
    this.enter(proposal.key, ["root"], this.size);
    this.proposals.delete(party);
  }

  retire(act) {
    const entry = this.keys.get(act.fields.get("key"));
    if (!entry || entry.key.party !== act.party) no("key-act", "unknown");
    if (entry.retired !== null) no("key-act", "retired");
    const roots = [...this.keys.values()].filter(
      (other) => other !== entry && other.key.party === act.party && other.roles.includes("root") && other.retired === null,
    );
    if (entry.roles.includes("root") && !roots.length) no("key-act", "last root");
    if (act.act === "key-distrusted") {
      const from = act.fields.get("from");
      if (!Number.isInteger(from) || from < 0 || from > this.size) no("key-act", "from");
      entry.doubtedFrom = from;
    }
    entry.retired = this.size;
  }

  async newKey(act) {
    const text = act.fields.get("key");
    const key = (typeof text === "string" && parseKey(text)) || no("key-act", "unsound");
    const roles = act.fields.get("roles");
    const isRole = (role) => typeof role === "string" && /^[a-z][a-z0-9-]{0,31}$/.test(role);
    if (!Array.isArray(roles) || !roles.length || !roles.every(isRole)) no("key-act", "roles");
    if (roles.some((role, at) => at > 0 && !(roles[at - 1] < role))) no("key-act", "roles");
    const kinds = { root: [ED25519], witness: [COSIGNATURE, ML_DSA_44], log: [ED25519] };
    for (const role of ["root", "witness", "log"]) {
      if (roles.includes(role) && !kinds[role].includes(key.kind)) no("key-act", "kind");
    }
    const forHeads = roles.includes("witness") || roles.includes("log");
    if ((forHeads && roles.length > 1) || (key.kind !== ED25519 && !forHeads)) no("key-act", "roles");
    if (roles.includes("log") && key.party !== this.charter.log.party) no("key-act", "log");
    if (key.party !== act.party) no("key-act", "party");
    this.requireNew(key);
    const proof = typeof act.fields.get("proof") === "string" ? unbase64(act.fields.get("proof")) : null;
    const promise = ascii(`homeward key possession v1\n${this.charter.origin}\n${key.text}\n`);
    if (!proof || !(await verifySignature(key, promise, proof))) no("key-act", "proof");
    return key;
  }

  requireNew(key) {
    if (this.keys.has(key.name)) no("key-act", "name");
    if ([...this.keys.values()].some((entry) => same(entry.key.public, key.public))) no("key-act", "twice");
  }
}
