// JSON in its one form (record-format.md, section 4). JSON.parse will not do: it loses repeated keys and rounds large numbers.

/** Characters that show otherwise than they are stored. */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const DEEPEST = 8;
const KEY_OF_AN_ACT = /^[a-z][a-z0-9_-]{0,63}$/;

/** The value that `text` writes in canonical form, objects as Map; throws Fault "json". */
function parseCanonical(text, keyForm = KEY_OF_AN_ACT) {
  let at = 0;
  const refuse = (why) => {
    throw new Fault("json", { why });
  };
  const take = (letter) => {
    if (text[at] !== letter) refuse("form");
    at++;
  };

  function string() {
    take('"');
    let value = "";
    for (;;) {
      const letter = text[at++];
      if (letter === undefined) refuse("form");
      if (letter === '"') break;
      if (letter !== "\\") {
        value += letter;
        continue;
      }
      // Every other escape stands for a control character or for a letter that is written plainly.
      const escaped = text[at++];
      if (escaped !== '"' && escaped !== "\\") refuse("form");
      value += escaped;
    }
    if (FORBIDDEN.test(value)) refuse("character");
    if (value.normalize("NFC") !== value) refuse("nfc");
    return value;
  }

  function number() {
    const written = /^(0|-?[1-9][0-9]{0,16})(?![0-9.eE])/.exec(text.slice(at, at + 20))?.[1];
    if (written === undefined) refuse("number");
    at += written.length;
    const found = Number(written);
    if (!Number.isSafeInteger(found)) refuse("number");
    return found;
  }

  function list(depth) {
    const found = [];
    at++;
    if (text[at] === "]") return at++, found;
    for (;;) {
      found.push(value(depth + 1));
      if (text[at] === "]") return at++, found;
      take(",");
    }
  }

  function object(depth) {
    const found = new Map();
    let before = null;
    at++;
    if (text[at] === "}") return at++, found;
    for (;;) {
      const key = string();
      if (!keyForm.test(key)) refuse("key");
      if (before !== null && !(before < key)) refuse("order");
      before = key;
      take(":");
      found.set(key, value(depth + 1));
      if (text[at] === "}") return at++, found;
      take(",");
    }
  }

  function value(depth) {
    const letter = text[at];
    if (letter === '"') return string();
    if (letter === "{" || letter === "[") {
      if (depth >= DEEPEST) refuse("deep");
      return letter === "{" ? object(depth) : list(depth);
    }
    for (const [word, meaning] of [["true", true], ["false", false]]) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    return number();
  }

  const found = value(0);
  if (at !== text.length) refuse("form");
  return found;
}
