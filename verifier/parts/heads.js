// Heads: their form, and who signed them (record-format.md, section 6).

const FIRST_TIME = 946684800; // 2000-01-01
const LAST_TIME = 7258118400; // 2200-01-01, the first moment that is too late

/** All heads of the file; throws Fault "head" with the number of the head that has another form. */
function parseHeads(bytes) {
  const heads = [];
  const refuse = () => {
    throw new Fault("head", { number: heads.length + 1 });
  };
  const text = decodeUtf8(bytes) ?? refuse();
  const lines = text.split("\n");
  if (lines.pop() !== "") refuse();
  for (let at = 0; at < lines.length; ) {
    const [origin, size, root, empty] = lines.slice(at, at + 4);
    const digest = root === undefined ? null : unbase64(root);
    const good =
      origin.startsWith("homeward/") &&
      HASH_TEXT.test(origin.slice(9)) &&
      /^(0|[1-9][0-9]{0,15})$/.test(size) &&
      Number.isSafeInteger(Number(size)) &&
      digest?.length === 32 &&
      empty === "";
    if (!good) refuse();
    const signatures = [];
    const seen = new Set();
    for (at += 4; at < lines.length && !lines[at].startsWith("homeward/"); at++) {
      signatures.push(parseSignature(lines[at]) ?? refuse());
      if (seen.has(lines[at])) refuse();
      seen.add(lines[at]);
    }
    if (!signatures.length) refuse();
    heads.push({ origin, size: Number(size), root: digest, text: `${origin}\n${size}\n${root}\n`, signatures });
  }
  return heads;
}

/** Judge the signatures under a head by the keys of the ledger; throws Fault "head". */
async function judgeHead(head, ledger) {
  const { charter } = ledger;
  const refuse = (why, name = "") => {
    throw new Fault("head", { why, name, size: head.size });
  };
  if (head.origin !== charter.origin) refuse("origin");
  const rank = new Map(charter.parties.map((party, at) => [party.code, at + 1]));
  const cosigned = new Map();
  const sealed = new Map();
  const places = [];
  for (const { name, id, body } of head.signatures) {
    const entry = ledger.keys.get(name);
    const isLog = entry?.roles.includes("log");
    const may = entry && entry.key.id === id && (isLog || entry.roles.includes("witness")) && ledger.counts(entry, head.size);
    if (!may) refuse("stranger", name);
    const { kind, party } = entry.key;
    const time = isLog || body.length < 8 ? null : new DataView(body.buffer, body.byteOffset).getBigUint64(0);
    const good = isLog
      ? await verifySignature(entry.key, ascii(head.text), body)
      : time !== null && (await verifySignature(entry.key, cosignedBytes(head, entry.key, time), body.subarray(8)));
    if (!good) refuse("false", name);
    if (time !== null && (time < FIRST_TIME || time >= LAST_TIME)) refuse("time", name);
    const times = kind === COSIGNATURE ? cosigned : sealed;
    if (!isLog && !times.has(party)) times.set(party, Number(time));
    places.push([isLog ? 0 : rank.get(party), isLog ? 0 : kind, name]);
  }
  for (let at = 1; at < places.length; at++) if (!before(places[at - 1], places[at])) refuse("order");
  if (places[0][0] !== 0) refuse("log");
  const missing = charter.cosigners.filter((code) => !cosigned.has(code));
  const full = !missing.length;
  return { head, cosigned, missing, full, sealed: full && [...cosigned.keys()].every((code) => sealed.has(code)) };
}

function before(left, right) {
  for (let at = 0; at < left.length; at++) {
    if (left[at] !== right[at]) return left[at] < right[at];
  }
  return false;
}

/** What a cosigner signs: text with kind 4, a packed structure with kind 6. */
function cosignedBytes(head, key, time) {
  if (key.kind === COSIGNATURE) return ascii(`cosignature/v1\ntime ${time}\n${head.text}`);
  const [name, origin] = [ascii(key.name), ascii(head.origin)];
  return concat(
    ascii("subtree/v1\n\0"), Uint8Array.of(name.length), name, bigEndian(time),
    Uint8Array.of(origin.length), origin, bigEndian(0), bigEndian(head.size), head.root,
  );
}
