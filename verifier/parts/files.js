// The files in lists/ and sealed/: each must be the one that an act names (exchange-verdict.md). Nobody signs them otherwise.

/** The file that an act names, and the hash by which it names it; null for an act that names none. */
function fileNamedBy({ act, fields }) {
  const list = fields.get("list");
  if (typeof list !== "string") return null;
  switch (act) {
    case "list-committed": return [`lists/${list}`, fields.get("root")];
    case "list-lodged": return [`sealed/${list}.age`, fields.get("sealed")];
    case "answers-sent": return [`sealed/answers-${list}.age`, fields.get("digest")];
    default: return null;
  }
}

/** A list goes by the root over its lines, a sealed file by the hash of its bytes. */
function digestOfFile(name, content) {
  if (!name.startsWith("lists/")) return base64url(sha256(content));
  const whole = content.at(-1) === 0x0a ? content : concat(content, Uint8Array.of(0x0a));
  const leaves = [...linesOf(whole)].map(leafHash);
  return base64url(new Tree(leaves).root(leaves.length));
}

/**
 * A finding about the first file, by name, that is not the one that acts mean; null if all are. `without`: the acts without effect.
 * A copy that withholds lines may withhold the act that names a file, and acts seem void there that are not.
 */
function findForeignFile(members, acts, without, isWithheld) {
  const reasons = new Map(without.map(({ index, reason }) => [index, reason]));
  // File → the hashes by which acts name it → the first act that does: with effect, and without it.
  const named = { false: new Map(), true: new Map() };
  for (const { index, act } of acts) {
    const [name, digest] = fileNamedBy(act) ?? [];
    const reason = reasons.get(index);
    if (name === undefined || (isWithheld && (reason === "form" || reason === "role"))) continue;
    const own = named[reason !== undefined && !isWithheld];
    if (!own.has(name)) own.set(name, new Map());
    if (!own.get(name).has(digest)) own.get(name).set(digest, index);
  }
  for (const [name, content] of [...members].slice(FIXED.length)) {
    const own = named.false.get(name) ?? named.true.get(name);
    if (own === undefined && isWithheld) continue;
    if (own === undefined) return finding("file", "file", null, { member: name });
    if (!own.has(digestOfFile(name, content))) return finding("file", "file", Math.max(...own.values()), { member: name });
  }
  return null;
}
