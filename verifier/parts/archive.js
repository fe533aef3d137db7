// The file: a zip archive with one possible form (record-format.md, section 1). Reading is writing it again and comparing.

const FIXED = ["README.txt", "terms", "acts", "heads", "leaves"];
const MEMBER = /^(lists|sealed)\/([A-Za-z0-9][A-Za-z0-9_-]{0,59})(\.age)?$/;
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
const MOST_MEMBERS = 2000;

function headerField(name, crc, size) {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  [20, 0, 0, 0, 0x21].forEach((value, at) => view.setUint16(2 * at, value, true));
  [crc, size, size].forEach((value, at) => view.setUint32(10 + 4 * at, value, true));
  view.setUint16(22, name.length, true);
  return bytes;
}

const localHeader = (name, crc, size) => concat(ascii("PK\x03\x04"), headerField(name, crc, size), name);

function directoryEntry({ name, crc, size, place }) {
  const rest = new Uint8Array(14);
  new DataView(rest.buffer).setUint32(10, place, true);
  return concat(ascii("PK\x01\x02"), Uint8Array.of(20, 0), headerField(name, crc, size), rest, name);
}

function archiveEnd(count, length, start) {
  const bytes = new Uint8Array(22);
  bytes.set(ascii("PK\x05\x06"));
  const view = new DataView(bytes.buffer);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, length, true);
  view.setUint32(16, start, true);
  return bytes;
}

/** Member name → bytes, in their order. Throws Fault "archive". */
function readArchive(file) {
  const refuse = (why) => {
    throw new Fault("archive", { why });
  };
  const members = [];
  const found = new Map();
  let at = 0;
  while (at + 30 <= file.length && file[at] === 0x50 && file[at + 1] === 0x4b && file[at + 2] === 3 && file[at + 3] === 4) {
    if (members.length >= MOST_MEMBERS) refuse("many");
    const view = new DataView(file.buffer, file.byteOffset + at, 30);
    const [crc, size, length] = [view.getUint32(14, true), view.getUint32(22, true), view.getUint16(26, true)];
    const name = file.subarray(at + 30, at + 30 + length);
    if (!same(file.subarray(at, at + 30 + length), localHeader(name, crc, size))) refuse("header");
    const start = at + 30 + length;
    if (start + size > file.length) refuse("cut");
    const content = file.subarray(start, start + size);
    if (crc32(content) !== crc) refuse("checksum");
    members.push({ name, crc, size, place: at });
    found.set(String.fromCharCode(...name), content);
    at = start + size;
  }
  if (!members.length) refuse("other");
  checkNames(members.map((member) => String.fromCharCode(...member.name)), refuse);
  const directory = concat(...members.map(directoryEntry));
  const rest = concat(directory, archiveEnd(members.length, directory.length, at));
  if (!same(file.subarray(at), rest)) refuse("directory");
  if (hex(sha256(found.get("README.txt"))) !== TABLES.readme) refuse("readme");
  return found;
}

function checkNames(names, refuse) {
  if (FIXED.some((name, at) => names[at] !== name)) refuse("members");
  const rest = names.slice(FIXED.length);
  for (const name of rest) {
    const form = MEMBER.exec(name);
    if (form === null || DEVICE.test(form[2])) refuse("name");
  }
  if (new Set(rest.map((name) => name.toLowerCase())).size !== rest.length) refuse("twice");
  if (rest.some((name, at) => at > 0 && !(rest[at - 1] < name))) refuse("order");
}
