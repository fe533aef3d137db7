// TOML 1.0, as much as terms need: everything but checks of dates and odd numbers. Tables are Map, dates stay text.

/** The value of a TOML text; throws Fault "toml". */
function parseToml(text) {
  let at = 0;
  const refuse = () => {
    throw new Fault("toml", { line: text.slice(0, at).split("\n").length });
  };
  const match = (form) => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const blank = () => match(/[ \t]*/y);
  const space = () => match(/(?:[ \t\n]|#[^\n]*)*/y);

  const ESCAPES = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\" };

  function basic(end) {
    let value = "";
    if (end.length === 3) match(/\n/y);
    for (;;) {
      if (text.startsWith(end, at)) {
        at += end.length;
        // Up to two quotes may stand right before the closing three.
        while (end.length === 3 && text[at] === '"') {
          value += '"';
          at++;
        }
        return value;
      }
      const letter = text[at++];
      if (letter === undefined || (letter === "\n" && end.length === 1)) refuse();
      if (letter !== "\\") value += letter;
      else if (end.length === 3 && match(/[ \t]*\n[ \t\n]*/y)) continue;
      else value += escape();
    }
  }

  function escape() {
    const letter = text[at++];
    if (letter in ESCAPES) return ESCAPES[letter];
    const code = (letter === "u" && match(/[0-9a-fA-F]{4}/y)) || (letter === "U" && match(/[0-9a-fA-F]{8}/y)) || refuse();
    const point = parseInt(code[0], 16);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) refuse();
    return String.fromCodePoint(point);
  }

  function literal(end) {
    if (end.length === 3) match(/\n/y);
    let close = text.indexOf(end, at);
    if (close < 0 || (end.length === 1 && text.slice(at, close).includes("\n"))) refuse();
    while (end.length === 3 && text[close + 3] === "'") close++;
    const value = text.slice(at, close);
    at = close + end.length;
    return value;
  }

  function key() {
    if (text[at] === '"') return at++, basic('"');
    if (text[at] === "'") return at++, literal("'");
    return (match(/[A-Za-z0-9_-]+/y) ?? refuse())[0];
  }

  function path() {
    const found = [];
    do {
      blank();
      found.push(key());
      blank();
    } while (match(/\./y));
    return found;
  }

  function value() {
    for (const [end, read] of [['"""', basic], ["'''", literal], ['"', basic], ["'", literal]]) {
      if (text.startsWith(end, at)) return (at += end.length), read(end);
    }
    if (match(/\[/y)) return array();
    if (match(/\{/y)) return inline();
    const word = match(/true|false/y);
    if (word) return word[0] === "true";
    const date = match(/\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?/y);
    if (date) return date[0];
    const number = match(
      /0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[+-]?(?:inf|nan)|[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?/y,
    );
    return number ? Number(number[0].replaceAll("_", "")) : refuse();
  }

  function array() {
    const found = [];
    for (;;) {
      space();
      if (match(/\]/y)) return found;
      found.push(value());
      space();
      if (!match(/,/y)) return match(/\]/y) ? found : refuse();
    }
  }

  function inline() {
    const found = new Map();
    blank();
    if (match(/\}/y)) return closed.add(found), found;
    do {
      assign(found);
    } while (match(/,/y));
    return match(/\}/y) ? (closed.add(found), found) : refuse();
  }

  // Tables that may not grow, tables that a header has named, and tables that dotted keys have made.
  const closed = new Set();
  const named = new Set();
  const dotted = new Set();
  const lists = new Set();

  function assign(table) {
    const keys = path();
    match(/=/y) ?? refuse();
    blank();
    const last = keys.pop();
    for (const name of keys) {
      const next = table.get(name);
      if (next === undefined) {
        const made = new Map();
        dotted.add(made);
        table.set(name, made);
        table = made;
      } else if (next instanceof Map && dotted.has(next)) table = next;
      else refuse();
    }
    if (table.has(last) || closed.has(table)) refuse();
    table.set(last, value());
    blank();
  }

  function header(keys, isList) {
    let table = root;
    const last = keys.pop();
    for (const name of keys) {
      if (!table.has(name)) table.set(name, new Map());
      table = table.get(name);
      if (lists.has(table)) table = table.at(-1);
      if (!(table instanceof Map) || closed.has(table) || dotted.has(table)) refuse();
    }
    const there = table.get(last);
    const made = new Map();
    if (isList) {
      if (there === undefined) {
        const list = [made];
        lists.add(list);
        table.set(last, list);
      } else if (lists.has(there)) there.push(made);
      else refuse();
      return made;
    }
    if (there === undefined) table.set(last, made);
    else if (!(there instanceof Map) || named.has(there) || closed.has(there) || dotted.has(there)) refuse();
    const found = table.get(last);
    named.add(found);
    return found;
  }

  const root = new Map();
  let table = root;
  for (;;) {
    space();
    if (at >= text.length) return root;
    if (match(/\[/y)) {
      const isList = match(/\[/y) !== null;
      table = header(path(), isList);
      match(isList ? /\]\]/y : /\]/y) ?? refuse();
    } else assign(table);
    blank();
    match(/#[^\n]*/y);
    if (at < text.length) match(/\n/y) ?? refuse();
  }
}
