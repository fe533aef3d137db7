// ML-DSA-44 verification, FIPS 204 with an empty context. WebCrypto has no such signature, and a closing head has only a few.

const Q = 8380417;
const K = 4; // rows of the matrix, and (ML-DSA-44) columns too
const DROPPED_BITS = 13;
const TAU = 39;
const GAMMA_1 = 2 ** 17;
const GAMMA_2 = (Q - 1) / 88;
const BETA = 78;
const OMEGA = 80;
const C_BYTES = 32;

// ---- SHAKE, FIPS 202; lanes are BigInt, which is slow and short ------------------------------------------------------

const LANE = 2n ** 64n - 1n;
const rotate = (lane, by) => ((lane << by) | (lane >> (64n - by))) & LANE;

/** The round constants of Keccak, FIPS 202, algorithm 5: bits of a shift register. */
const KECCAK_ROUNDS = (() => {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit++) {
      if (register & 1) constant |= 1n << (2n ** BigInt(bit) - 1n);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
})();

function keccak(lanes) {
  for (const constant of KECCAK_ROUNDS) {
    const parity = [0, 1, 2, 3, 4].map((x) => lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]);
    for (let at = 0; at < 25; at++) lanes[at] ^= parity[(at + 4) % 5] ^ rotate(parity[(at + 1) % 5], 1n);
    let [x, y] = [1, 0];
    let moved = lanes[1];
    for (let t = 0; t < 24; t++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const here = lanes[x + 5 * y];
      lanes[x + 5 * y] = rotate(moved, BigInt((((t + 1) * (t + 2)) / 2) % 64));
      moved = here;
    }
    for (let row = 0; row < 25; row += 5) {
      const old = lanes.slice(row, row + 5);
      for (let at = 0; at < 5; at++) lanes[row + at] = old[at] ^ (~old[(at + 1) % 5] & LANE & old[(at + 2) % 5]);
    }
    lanes[0] ^= constant;
  }
}

/** An endless stream of bytes: SHAKE128 with a rate of 168 bytes, SHAKE256 with 136. */
function* shake(rate, input) {
  const padded = new Uint8Array((Math.floor(input.length / rate) + 1) * rate);
  padded.set(input);
  padded[input.length] ^= 0x1f;
  padded[padded.length - 1] ^= 0x80;
  const lanes = new Array(25).fill(0n);
  const view = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += rate) {
    for (let at = 0; at < rate / 8; at++) lanes[at] ^= view.getBigUint64(block + 8 * at, true);
    keccak(lanes);
  }
  for (;;) {
    for (let at = 0; at < rate; at++) yield Number((lanes[at >> 3] >> BigInt(8 * (at & 7))) & 255n);
    keccak(lanes);
  }
}

function shake256(input, length) {
  const stream = shake(136, input);
  return Uint8Array.from({ length }, () => stream.next().value);
}

// ---- polynomials of 256 coefficients modulo Q ------------------------------------------------------------------------

const modQ = (value) => ((value % Q) + Q) % Q;

const ZETAS = (() => {
  const powers = [1];
  for (let at = 1; at < 256; at++) powers.push((powers[at - 1] * 1753) % Q);
  const reversed = (byte) => parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2);
  return Array.from({ length: 256 }, (_, at) => powers[reversed(at)]);
})();

/** FIPS 204, algorithm 41. */
function ntt(poly) {
  const w = poly.map(modQ);
  for (let length = 128, m = 0; length >= 1; length /= 2) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = ZETAS[++m];
      for (let j = start; j < start + length; j++) {
        const t = (zeta * w[j + length]) % Q;
        w[j + length] = modQ(w[j] - t);
        w[j] = (w[j] + t) % Q;
      }
    }
  }
  return w;
}

/** FIPS 204, algorithm 42. */
function inverseNtt(poly) {
  const w = [...poly];
  for (let length = 1, m = 256; length < 256; length *= 2) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = Q - ZETAS[--m];
      for (let j = start; j < start + length; j++) {
        const t = w[j];
        w[j] = (t + w[j + length]) % Q;
        w[j + length] = (zeta * modQ(t - w[j + length])) % Q;
      }
    }
  }
  return w.map((value) => (value * 8347681) % Q);
}

/** `count` numbers of `width` bits each, the lowest bit first. */
function unpack(bytes, width, count = 256) {
  const found = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held += byte * 2 ** bits;
    for (bits += 8; bits >= width && found.length < count; bits -= width) {
      found.push(held % 2 ** width);
      held = Math.floor(held / 2 ** width);
    }
  }
  return found;
}

function matrixEntry(rho, row, column) {
  const stream = shake(168, concat(rho, Uint8Array.of(column, row)));
  const next = () => stream.next().value;
  const poly = [];
  while (poly.length < 256) {
    const value = next() + next() * 2 ** 8 + (next() & 0x7f) * 2 ** 16;
    if (value < Q) poly.push(value);
  }
  return poly;
}

/** FIPS 204, algorithm 29: a polynomial with TAU coefficients of 1 or -1. */
function sampleInBall(seed) {
  const stream = shake(136, seed);
  const signs = Array.from({ length: 8 }, () => stream.next().value);
  const poly = new Array(256).fill(0);
  for (let i = 256 - TAU; i < 256; i++) {
    let j = stream.next().value;
    while (j > i) j = stream.next().value;
    const sign = i + TAU - 256;
    poly[i] = poly[j];
    poly[j] = (signs[sign >> 3] >> (sign & 7)) & 1 ? -1 : 1;
  }
  return poly;
}

/** FIPS 204, algorithm 21: for each row the places of the hints; null for any other form. */
function unpackHints(bytes) {
  const rows = [];
  let at = 0;
  for (let row = 0; row < K; row++) {
    const end = bytes[OMEGA + row];
    if (end < at || end > OMEGA) return null;
    const places = [...bytes.subarray(at, end)];
    if (places.some((place, index) => index > 0 && places[index - 1] >= place)) return null;
    rows.push(new Set(places));
    at = end;
  }
  return bytes.subarray(at, OMEGA).some((byte) => byte !== 0) ? null : rows;
}

/** FIPS 204, algorithms 36 and 40. */
function useHint(hinted, value) {
  let low = value % (2 * GAMMA_2);
  if (low > GAMMA_2) low -= 2 * GAMMA_2;
  let high = (value - low) / (2 * GAMMA_2);
  if (value - low === Q - 1) {
    high = 0;
    low -= 1;
  }
  return hinted ? (high + (low > 0 ? 1 : 43)) % 44 : high;
}

/** Is this a good signature over `message`? FIPS 204, algorithms 3 and 8. */
function verifyMlDsa44(publicKey, message, signature) {
  if (publicKey.length !== PUBLIC_BYTES[ML_DSA_44] || signature.length !== 2420) return false;
  const rho = publicKey.subarray(0, 32);
  const challenge = signature.subarray(0, C_BYTES);
  const hints = unpackHints(signature.subarray(C_BYTES + K * 576));
  if (hints === null) return false;
  const z = chunks(signature.subarray(C_BYTES, C_BYTES + K * 576), 576).map((part) => unpack(part, 18).map((n) => GAMMA_1 - n));
  if (z.some((poly) => poly.some((value) => Math.abs(value) >= GAMMA_1 - BETA))) return false;
  const t1 = chunks(publicKey.subarray(32), 320).map((part) => unpack(part, 10).map((n) => n * 2 ** DROPPED_BITS));
  const zNtt = z.map(ntt);
  const cNtt = ntt(sampleInBall(challenge));
  const high = [];
  for (let row = 0; row < K; row++) {
    const sum = ntt(t1[row]).map((value, at) => modQ(-cNtt[at] * value));
    for (let column = 0; column < K; column++) {
      matrixEntry(rho, row, column).forEach((value, at) => {
        sum[at] = (sum[at] + value * zNtt[column][at]) % Q;
      });
    }
    high.push(...inverseNtt(sum).map((value, at) => useHint(hints[row].has(at), value)));
  }
  const bound = shake256(concat(shake256(publicKey, 64), Uint8Array.of(0, 0), message), 64);
  return same(shake256(concat(bound, pack6(high)), C_BYTES), challenge);
}

/** Numbers of six bits each, four in three bytes. */
function pack6(numbers) {
  const bytes = new Uint8Array((numbers.length * 6) / 8);
  for (let at = 0; at < numbers.length; at += 4) {
    const [a, b, c, d] = numbers.slice(at, at + 4);
    bytes.set([a | ((b & 3) << 6), (b >> 2) | ((c & 15) << 4), (c >> 4) | (d << 2)], (at / 4) * 3);
  }
  return bytes;
}
