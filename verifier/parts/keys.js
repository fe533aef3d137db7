// Keys, signature lines, and Ed25519 under the rule of record-format.md, section 3.

const ED25519 = 1;
const COSIGNATURE = 4;
const ML_DSA_44 = 6;
const PUBLIC_BYTES = { [ED25519]: 32, [COSIGNATURE]: 32, [ML_DSA_44]: 1312 };
const KEY_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}\/[a-z0-9][a-z0-9-]{0,31}$/;

/** The 14 encodings, canonical or not, of the points whose order divides 8. */
const LOW_ORDER = new Set(
  [
    ["0100000000000000000000000000000000000000000000000000000000000000", 0x80],
    ["ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x80],
    ["0000000000000000000000000000000000000000000000000000000000000000", 0x80],
    ["edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x80],
    ["eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x80],
    ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", 0x80],
    ["c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", 0x80],
  ].flatMap(([text, sign]) => {
    const other = fromHex(text);
    other[31] ^= sign;
    return [text, hex(other)];
  }),
);

// ---- the curve, only for keys that enter a record: RFC 8032, section 5.1 ---------------------------------------

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (value) => ((value % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (let square = mod(base); exponent > 0n; exponent >>= 1n, square = mod(square * square)) {
    if (exponent & 1n) result = mod(result * square);
  }
  return result;
}

const inverse = (value) => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const littleEndian = (bytes) => BigInt("0x" + hex(Uint8Array.from(bytes).reverse()));

/** Is this the canonical encoding of a point of the prime-order group other than the identity? */
function isSoundPoint(bytes) {
  const number = littleEndian(bytes);
  const y = number & (2n ** 255n - 1n);
  if (y >= P || LOW_ORDER.has(hex(bytes))) return false;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x - u) !== 0n) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x - u) !== 0n) return false;
  if ((x & 1n) !== number >> 255n) x = mod(-x);
  const [X, Y, Z] = multiply(L, [x, y, 1n, mod(x * y)]);
  return X === 0n && Y === Z;
}

function multiply(scalar, point) {
  let sum = [0n, 1n, 1n, 0n];
  for (; scalar > 0n; scalar >>= 1n, point = addPoints(point, point)) {
    if (scalar & 1n) sum = addPoints(sum, point);
  }
  return sum;
}

/** Addition in extended coordinates, RFC 8032, section 5.1.4. */
function addPoints([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  return [mod((b - a) * (d - c)), mod((d + c) * (b + a)), mod((d - c) * (d + c)), mod((b - a) * (b + a))];
}

// ---- signatures -------------------------------------------------------------------------------------------------

/** Is `signature` (64 bytes) good? The rule is checked here, whatever the browser's own library would let through. */
async function verifyEd25519(key, message, signature) {
  if (signature.length !== 64 || LOW_ORDER.has(hex(key.public))) return false;
  const r = signature.subarray(0, 32);
  if (LOW_ORDER.has(hex(r)) || (littleEndian(r) & (2n ** 255n - 1n)) >= P) return false;
  if (littleEndian(signature.subarray(32)) >= L) return false;
  key.imported ??= crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, await key.imported, signature, message);
}

/** Is `body` this key's bare signature over `message`? */
async function verifySignature(key, message, body) {
  return key.kind === ML_DSA_44 ? verifyMlDsa44(key.public, message, body) : verifyEd25519(key, message, body);
}

const partyOf = (name) => name.slice(0, name.indexOf("/"));

/** A key's text, taken apart; null for any other text. */
function parseKey(text) {
  const form = /^([A-Za-z0-9_/-]{3,65})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text);
  const data = form && unbase64(form[3]);
  if (!data || !KEY_NAME.test(form[1])) return null;
  const [name, kind, bytes] = [form[1], data[0], data.slice(1)];
  if (PUBLIC_BYTES[kind] !== bytes.length) return null;
  const id = hex(sha256(concat(ascii(name + "\n"), data)).subarray(0, 4));
  if (id !== form[2] || (kind !== ML_DSA_44 && !isSoundPoint(bytes))) return null;
  return { name, kind, public: bytes, id, text, party: partyOf(name) };
}

/** A signature line without its newline, taken apart; null for any other text. */
function parseSignature(line) {
  const form = /^\u2014 ([A-Za-z0-9_/-]{3,65}) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
  const data = form && unbase64(form[2]);
  if (!data || data.length < 5 || !KEY_NAME.test(form[1])) return null;
  return { name: form[1], id: hex(data.subarray(0, 4)), body: data.subarray(4) };
}
