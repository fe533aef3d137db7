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

/** A finding about the first file, by name, that is not the one that the first act to name it means; null if all are. */
function findForeignFile(members, acts) {
  const named = new Map();
  for (const { index, act } of acts) {
    const [name, digest] = fileNamedBy(act) ?? [];
    if (name !== undefined && !named.has(name)) named.set(name, { digest, index });
  }
  for (const [name, content] of [...members].slice(FIXED.length)) {
    const own = named.get(name);
    if (own === undefined) return finding("file", "file", null, { member: name });
    if (digestOfFile(name, content) !== own.digest) return finding("file", "file", own.index, { member: name });
  }
  return null;
}
