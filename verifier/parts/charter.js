// Who may sign: the signing section that ends the terms (record-format.md, section 2).

const CODE_OF_A_PARTY = /^\[signing\.party\.([A-Za-z][A-Za-z0-9_-]{0,31})\]$/;

/** The terms as a verifier needs them; throws Fault "terms" with the line that is wrong. */
function readCharter(bytes) {
  const refuse = (line) => {
    throw new Fault("terms", { line });
  };
  if (bytes.length > 4 * 2 ** 20) refuse(1);
  const text = decodeUtf8(bytes) ?? refuse(1);
  const lines = text.split("\n");
  lines.forEach((line, at) => FORBIDDEN.test(line.replaceAll("\t", " ")) && refuse(at + 1));
  if (lines.pop() !== "" || lines.filter((line) => line === "[signing]").length !== 1) refuse(lines.length);

  let at = lines.indexOf("[signing]") + 1;
  const next = () => lines[at++] ?? refuse(at);
  const starts = (name) => lines[at]?.startsWith(name + " ") ?? false;
  const word = (name) => {
    const form = /^([a-z]+) = "([A-Za-z0-9+/=_ -]*)"$/.exec(next());
    return form?.[1] === name ? form[2] : refuse(at);
  };
  const keyOf = (name, kind) => {
    const key = parseKey(word(name));
    return key?.kind === kind ? key : refuse(at);
  };

  if (word("format") !== "homeward-signing/1") refuse(at);
  const log = keyOf("log", ED25519);
  if (word("quorum") !== "all") refuse(at);
  const keepers = starts("keepers") ? readKeepers(next()) ?? refuse(at) : [];
  const parties = [];
  while (at < lines.length) {
    if (next() !== "") refuse(at);
    const code = CODE_OF_A_PARTY.exec(next())?.[1] ?? refuse(at);
    const party = { code, root: keyOf("root", ED25519), witness: null, closing: null };
    if (starts("witness")) party.witness = keyOf("witness", COSIGNATURE);
    if (starts("closing")) party.closing = keyOf("closing", ML_DSA_44);
    for (const key of [party.root, party.witness, party.closing]) if (key && key.party !== code) refuse(at);
    if (starts("recipient") && !/^age1[a-z0-9]{10,4000}$/.test(word("recipient"))) refuse(at);
    parties.push(party);
  }

  const codes = parties.map((party) => party.code);
  const keys = [log, ...parties.flatMap((party) => [party.root, party.witness, party.closing].filter(Boolean))];
  const different = (found) => new Set(found).size === found.length;
  const good =
    codes.every((code, index) => index === 0 || codes[index - 1] < code) &&
    codes.includes(log.party) &&
    keepers.every((code) => codes.includes(code)) &&
    different(keepers) &&
    parties.filter((party) => party.witness).length >= 2 &&
    different(keys.map((key) => hex(key.public))) &&
    different(keys.map((key) => key.name));
  if (!good) refuse(lines.length);

  const digest = sha256(bytes);
  const digits = (BigInt("0x" + hex(digest)) % 10n ** 40n).toString().padStart(40, "0");
  return {
    text,
    log,
    keepers,
    parties,
    origin: "homeward/" + base64url(digest),
    exchange: base64url(digest.subarray(0, 16)),
    card: digits.match(/..../g).join(" "),
    cosigners: parties.filter((party) => party.witness).map((party) => party.code),
  };
}

function readKeepers(line) {
  const form = /^keepers = \[("[A-Za-z0-9_-]+"(?:, "[A-Za-z0-9_-]+")*)\]$/.exec(line);
  return form && form[1].split(", ").map((quoted) => quoted.slice(1, -1));
}
