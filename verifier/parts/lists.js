// The public lines of a list: who is on it by number and category, and the root that the commitment names.

const DIGEST = HASH_TEXT;
const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const PERSON_OF_A_LIST = /^p-(0[0-9]{3}|[1-9][0-9]{3,8})$/;

/** { root, draw, side, holder, people: [{ id, groups }] }, or null if the file is no public list. */
function readList(bytes) {
  if (!bytes.length || bytes.at(-1) !== 0x0a) return null;
  const lines = [...linesOf(bytes)];
  const parsed = lines.map(parseListLine);
  const header = parsed.shift();
  if (!isHeader(header) || header.get("count") !== parsed.length) return null;
  const digests = new Set(header.get("_sd"));
  let before = 0;
  const people = [];
  for (const line of parsed) {
    if (!isPersonLine(line, header.get("slots"))) return null;
    const number = Number(line.get("person").slice(2));
    if (number <= before) return null;
    before = number;
    for (const digest of line.get("_sd")) {
      if (digests.has(digest)) return null;
      digests.add(digest);
    }
    people.push({ id: line.get("person"), groups: new Set(line.get("category")) });
  }
  const root = base64url(new Tree(lines.map(leafHash)).root(lines.length));
  return { root, draw: header.get("_sd")[0], side: header.get("side"), holder: header.get("holder"), people };
}

function parseListLine(line) {
  try {
    return parseCanonical(decodeUtf8(line) ?? "", /^[a-z_]+$/);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

const hasKeys = (value, keys) => value instanceof Map && [...value.keys()].join() === keys;
const isSortedWords = (value, pattern) =>
  Array.isArray(value) &&
  value.every((word) => typeof word === "string" && pattern.test(word)) &&
  value.every((word, at) => at === 0 || value[at - 1] < word);

function isHeader(value) {
  return (
    hasKeys(value, "_sd,count,format,holder,kind,side,slots") &&
    isSortedWords(value.get("_sd"), DIGEST) &&
    value.get("_sd").length === 1 &&
    Number.isInteger(value.get("count")) &&
    value.get("format") === "homeward-list/1" &&
    ["holder", "kind", "side"].every((key) => typeof value.get(key) === "string" && WORD.test(value.get(key))) &&
    Number.isInteger(value.get("slots")) &&
    value.get("slots") >= 1 &&
    value.get("slots") <= 64
  );
}

function isPersonLine(value, slots) {
  return (
    hasKeys(value, "_sd,category,person") &&
    isSortedWords(value.get("_sd"), DIGEST) &&
    value.get("_sd").length === slots &&
    isSortedWords(value.get("category"), WORD) &&
    typeof value.get("person") === "string" &&
    PERSON_OF_A_LIST.test(value.get("person")) &&
    value.get("person") !== "p-0000"
  );
}
