// Checking a record (record-format.md, section 7): are these the lines that all parties cosigned, and is anything missing?

const CLOCK_TOLERANCE = 3600;
const SIGNATURES_AT_ONCE = 512;

/** A finding: `place` is file, terms, heads, leaves or acts; `index` counts acts (or heads) from 0. */
const finding = (code, place, index, args = {}) => ({ code, place, index, args });

/** Check everything but the meaning. Gives the verdict, the acts that kept the rules, and the sizes of the full heads. */
async function checkRecord(file, onProgress = () => {}) {
  let step = "file";
  let members, charter, heads;
  try {
    members = readArchive(file);
    step = "terms";
    charter = readCharter(members.get("terms"));
    step = "heads";
    heads = parseHeads(members.get("heads"));
    step = "file";
    if (members.get("acts").length && members.get("acts").at(-1) !== 0x0a) throw new Fault("archive", { why: "line" });
    for (const line of linesOf(members.get("acts"))) if (line.length > LINE_BYTES) throw new Fault("archive", { why: "long" });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const code = { file: "file", terms: "terms", heads: "head" }[step];
    return { verdict: { kind: "unreadable", findings: [finding(code, step, null, error.args)] }, charter, members };
  }
  const run = await runThrough(members.get("acts"), charter, heads, onProgress);
  const { standings, headFault } = await judgeHeads(heads, run.ledger);
  const full = standings.filter((item) => item.full);
  const stored = chunks(members.get("leaves"), 32);
  const changed = [locate(stored, standings, run), run.fault, headFault].filter(Boolean);
  const findings = changed.length > 1 ? mostTelling(changed) : changed;
  const missing = changed.length ? [] : whatIsMissing(standings, full, run, charter);
  const last = full.at(-1);
  const verdict = {
    kind: changed.length ? "changed" : missing.length ? "incomplete" : "unchanged",
    findings: changed.length ? findings : missing,
    remarks: run.remarks,
    card: charter.card,
    origin: charter.origin,
    acts: run.leaves.length,
    withheld: run.withheld,
    signatures: run.signatures,
    keys: [...run.ledger.keys.values()]
      .map(({ key, roles, added, retired, doubtedFrom, signatures }) => ({
        name: key.name, party: key.party, roles, added, retired, doubted_from: doubtedFrom, signatures,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    heads: heads.length,
    full_heads: full.length,
    last_full: last?.head.size ?? 0,
    cosigned: Object.fromEntries(last?.cosigned ?? []),
    reach: Object.fromEntries(charter.cosigners.map((code) => [code, reach(standings, code)])),
    sealed: last?.sealed ?? false,
  };
  return { verdict, charter, members, acts: run.acts, fullSizes: full.map((item) => item.head.size) };
}

function* linesOf(bytes) {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function chunks(bytes, size) {
  const found = [];
  for (let at = 0; at < bytes.length; at += size) found.push(bytes.subarray(at, at + size));
  return found;
}

// ---- steps 2 and 3: the lines -----------------------------------------------------------------------------------

async function runThrough(bytes, charter, heads, onProgress) {
  const run = { ledger: new Ledger(charter), leaves: [], acts: [], fault: null, withheld: 0, signatures: 0, remarks: [] };
  const clock = new Clock(heads);
  let waiting = [];
  let falseAct = null;
  const checkWaiting = async () => {
    const good = await Promise.all(waiting.map(({ key, message, body }) => verifySignature(key, message, body)));
    good.forEach((isGood, at) => {
      if (!isGood && (falseAct === null || waiting[at].index < falseAct)) falseAct = waiting[at].index;
    });
    waiting = [];
  };
  let index = -1;
  for (const line of linesOf(bytes)) {
    index++;
    if (index % 1024 === 0) onProgress(index);
    const leaf = line[0] === 0x23 ? withheldLeaf(line) : null;
    if (leaf !== null) {
      run.withheld++;
      run.leaves.push(leaf);
      if (run.fault === null) run.ledger.passOver(leaf);
      continue;
    }
    run.leaves.push(leafHash(line));
    if (run.fault !== null) continue;
    try {
      const act = parseLine(line);
      const entries = await run.ledger.admit(act);
      act.byRoot = entries[0].roles.includes("root");
      const message = toUtf8(act.json + "\n");
      entries.forEach((entry, at) => {
        entry.signatures++;
        run.signatures++;
        waiting.push({ index, key: entry.key, message, body: act.signatures[at].body });
      });
      run.acts.push({ index, act });
      run.remarks.push(...clock.remarks(index, act));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      run.fault = finding(error.code, "acts", index, error.args);
    }
    if (waiting.length >= SIGNATURES_AT_ONCE) await checkWaiting();
  }
  await checkWaiting();
  if (falseAct !== null) run.fault = finding("signature", "acts", falseAct);
  return run;
}

/** The leaf hash that a line `#…` stands for; null for a line of another form, which is then judged as an act. */
function withheldLeaf(line) {
  const text = decodeUtf8(line);
  const leaf = text === null ? null : unbase64url(text.slice(1));
  return leaf?.length === 32 ? leaf : null;
}

/** Acts whose own time cannot be right by the cosigners' clocks: remarked upon, never judged. */
class Clock {
  constructor(heads) {
    this.timed = heads
      .map(({ size, signatures }) => ({
        size,
        times: signatures
          .filter(({ body }) => body.length > 64)
          .map(({ body }) => Number(new DataView(body.buffer, body.byteOffset).getBigUint64(0))),
      }))
      .filter(({ times }) => times.length);
  }

  remarks(index, act) {
    const at = Date.parse(act.at) / 1000;
    const seen = this.timed.findLast(({ size }) => size <= act.seen[0]);
    const covering = this.timed.find(({ size }) => size > index);
    const found = [];
    if (seen && at < Math.min(...seen.times) - CLOCK_TOLERANCE) found.push(finding("before", "acts", index));
    if (covering && at > Math.max(...covering.times) + CLOCK_TOLERANCE) found.push(finding("after", "acts", index));
    return found;
  }
}

// ---- heads ------------------------------------------------------------------------------------------------------

async function judgeHeads(heads, ledger) {
  const standings = [];
  for (const [number, head] of heads.entries()) {
    try {
      const item = await judgeHead(head, ledger);
      const earlier = standings.at(-1);
      const args = { size: head.size, earlier: earlier?.head.size };
      if (earlier && head.size <= earlier.head.size) throw new Fault("head", { why: "falls", ...args });
      if (earlier && !earlier.full) throw new Fault("head", { why: "not full", ...args });
      standings.push(item);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { standings, headFault: finding("head", "heads", number, error.args) };
    }
  }
  return { standings, headFault: null };
}

const reach = (standings, code) => Math.max(0, ...standings.filter((item) => item.cosigned.has(code)).map((item) => item.head.size));

// ---- step 4: which line is it? ----------------------------------------------------------------------------------

function locate(stored, standings, run) {
  const { leaves } = run;
  const tree = new Tree(leaves);
  const leads = (to, head) => head.size <= to.size && same(to.root(head.size), head.root);
  const broken = standings.find((item) => !leads(tree, item.head));
  const firstDifference = (left, right) => {
    const length = Math.min(left.length, right.length);
    for (let at = 0; at < length; at++) if (!same(left[at], right[at])) return at;
    return length;
  };
  if (!broken) {
    const at = firstDifference(stored, leaves);
    const covered = standings.at(-1)?.head.size ?? 0;
    const equal = at === stored.length && at === leaves.length;
    // Beyond the last head nothing vouches for either: the rule that the line breaks says more.
    return equal || (at >= covered && run.fault !== null) ? null : finding("leaves", "leaves", at);
  }
  const known = new Tree(stored.filter((leaf) => leaf.length === 32));
  const vouched = standings.findLast((item) => leads(known, item.head));
  if (vouched && broken.head.size <= vouched.head.size) {
    const signed = stored.slice(0, vouched.head.size);
    const at = firstDifference(signed, leaves.slice(0, vouched.head.size));
    const head = standings.find((item) => item.head.size > at);
    return describe(at, signed, leaves, { size: head.head.size, full: head.full });
  }
  const args = { size: broken.head.size, full: broken.full };
  if (broken.head.size > tree.size) return finding("cut-off", "acts", tree.size, args);
  const start = Math.max(0, ...standings.map((item) => item.head.size).filter((size) => size < broken.head.size));
  return finding("root", "acts", start, args);
}

function describe(at, signed, leaves, args) {
  const [here, following] = [leaves[at], leaves[at + 1]];
  const stands = (leaf, place) => leaf !== undefined && place < signed.length && same(leaf, signed[place]);
  if (here === undefined) return finding("cut-off", "acts", at, args);
  if (stands(following, at)) return finding("inserted", "acts", at, args);
  if (stands(here, at + 1)) return finding("missing", "acts", at, args);
  const from = signed.findIndex((leaf) => same(leaf, here));
  return from >= 0 ? finding("moved", "acts", at, { ...args, from }) : finding("differs", "acts", at, args);
}

/** The lowest act first; a whole stretch of acts gives way to one act, and a head to any act. */
function mostTelling(findings) {
  const vague = findings.filter(({ code }) => code === "root");
  const heads = findings.filter(({ place }) => place === "heads");
  const exact = findings.filter(({ code, place }) => code !== "root" && place !== "heads");
  return [...exact.sort((a, b) => a.index - b.index), ...vague, ...heads];
}

// ---- step 5 -----------------------------------------------------------------------------------------------------

function whatIsMissing(standings, full, run, charter) {
  if (!standings.length) return [finding("no-head", "heads", null), ...withheldFinding(run)];
  const found = standings
    .at(-1)
    .missing.map((code) => finding("cosigner", "heads", standings.length - 1, { code, reach: reach(standings, code) }));
  const covered = full.at(-1)?.head.size ?? 0;
  const behind = run.leaves.length - covered;
  if (behind > 0) found.push(finding("uncovered", "acts", covered, { count: behind }));
  return [...found, ...withheldFinding(run)];
}

const withheldFinding = (run) => (run.withheld ? [finding("withheld", "acts", null, { count: run.withheld })] : []);
