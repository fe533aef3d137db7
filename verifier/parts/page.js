// The page: a file comes in, the verdict is shown. Everything is put in as text, never as HTML.

const LONGEST_PART = 200; // lines of one part that are shown; the rest is counted

let language = navigator.language?.startsWith("uk") ? "uk" : "en";
let shown = null;

const byId = (id) => document.getElementById(id);

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function render() {
  document.documentElement.lang = language;
  document.title = say(language, "title");
  for (const key of ["title", "lead", "limits"]) byId(key).textContent = say(language, key);
  byId("choose-text").textContent = say(language, "choose");
  byId("language").textContent = say(language, "other");
  const result = byId("result");
  result.replaceChildren();
  if (shown === null) return;
  if (shown.trouble) return void result.append(element("p", shown.trouble, "verdict changed"));
  const { name, verdict } = shown;
  result.append(element("p", name, "file"), element("p", sayVerdict(language, verdict), `verdict ${verdict.kind}`));
  for (const other of findingsOf(verdict).slice(1)) result.append(element("p", sayFinding(language, other)));
  for (const [heading, content] of sayAll(language, verdict)) {
    result.append(element("h2", heading), Array.isArray(content) ? lineList(content) : dataTable(content.rows));
  }
}

function lineList(lines) {
  const list = document.createElement("ul");
  for (const line of lines.slice(0, LONGEST_PART)) list.append(element("li", line));
  if (lines.length > LONGEST_PART) list.append(element("li", say(language, "more", { count: number(lines.length - LONGEST_PART) })));
  return list;
}

function dataTable([heading, ...rows]) {
  const table = document.createElement("table");
  for (const [cells, name] of [[heading, "th"], ...rows.map((row) => [row, "td"])]) {
    const line = document.createElement("tr");
    line.append(...cells.map((cell) => element(name, cell)));
    table.append(line);
  }
  return table;
}

async function take(file) {
  const working = byId("working");
  working.textContent = say(language, "working", { count: "" });
  byId("result").replaceChildren();
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const onProgress = (count) => (working.textContent = say(language, "working", { count: number(count) }));
    shown = { name: file.name, verdict: await judgeFile(bytes, onProgress) };
  } catch (error) {
    const unsupported = ["NotSupportedError", "TypeError"].includes(error.name) && !(await knowsEd25519());
    shown = { trouble: unsupported ? say(language, "unsupported") : String(error) };
  }
  working.textContent = "";
  render();
}

async function knowsEd25519() {
  try {
    const base = fromHex("5866666666666666666666666666666666666666666666666666666666666666");
    await crypto.subtle.importKey("raw", base, { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

byId("file").addEventListener("change", (event) => event.target.files[0] && take(event.target.files[0]));
byId("language").addEventListener("click", () => {
  language = language === "en" ? "uk" : "en";
  render();
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
});
render();

// For tests and for people who script this page: the same verdict as data, and the parts that have vectors of their own.
window.homewardVerify = { judge: judgeFile, sha256, isSoundPoint, verifyEd25519, verifyMlDsa44, sayVerdict, sayAll, WORDS };
