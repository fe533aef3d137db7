// Ticks of one vehicle: every tick goes into an outbox in this page's memory under a number of its own (UUID), is shown there until the
// node has it on its disk, and is sent again until then. Sent twice, it counts once. Nothing is stored in the browser.
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const outbox = new Map();
  const box = document.getElementById("outbox");
  const refused = document.getElementById("refused");
  const FIRST_WAIT = 1000, LONGEST_WAIT = 15000, PATIENCE = 10000, AT_ONCE = 50, SHOWN_AFTER = 1500;
  let wait = FIRST_WAIT, timer = 0, sending = false, why = "";

  const token = (page) => page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  let csrf = token(document);

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const row = (person) => desk.querySelector(`[data-person="${CSS.escape(person)}"]`);

  // -- what is shown

  function show(person, now) {
    const line = row(person);
    if (!line) return;
    line.dataset.state = now.state;
    const word = line.querySelector("[data-word]");
    word.textContent = now.word;
    word.className = `person__state state state--${now.tone || "plain"}`;
    const undo = line.querySelector("[name=takes_back]");
    if (undo && now.keys) undo.value = now.keys.join(",");
    filter();
  }

  function showOutbox() {
    const late = [...outbox.values()].filter((each) => why || Date.now() - each.since > SHOWN_AFTER);
    box.hidden = late.length === 0;
    box.querySelector("[data-outbox-count]").textContent = outbox.size;
    for (const text of box.querySelectorAll("[data-outbox-why]")) text.hidden = text.dataset.outboxWhy !== (why || "offline");
    box.querySelector("[data-outbox-list]").replaceChildren(...[...outbox.values()].map((each) => item(each)));
  }

  function item(each) {
    const found = document.createElement("li");
    const since = new Date(each.since).toLocaleTimeString(document.documentElement.lang);
    found.textContent = `${each.tick.person}: ${each.title} (${since})`;
    return found;
  }

  function showRefused(each, text) {
    const list = refused.querySelector("[data-refused-list]");
    const found = item(each);
    const seen = Object.assign(document.createElement("button"), { type: "button", className: "tick", textContent: list.dataset.wordSeen });
    seen.addEventListener("click", () => {
      found.remove();
      refused.hidden = list.childElementCount === 0;
    });
    found.append(" ", text, " ", seen);
    list.append(found);
    refused.hidden = false;
  }

  // -- ticking

  desk.addEventListener("submit", (event) => {
    const line = event.target.closest("[data-person]"), button = event.submitter;
    if (!line || !button) return;
    event.preventDefault();
    const person = line.dataset.person;
    if (button.name === "outcome") put({ person, outcome: button.value }, button.dataset.title);
    else for (const key of button.value.split(",").filter(Boolean)) put({ person, takes_back: key }, button.dataset.title);
    const sent = button.name === "outcome" ? `${button.dataset.title} · ${desk.dataset.wordSending}` : desk.dataset.wordTakingBack;
    show(person, { state: "sending", word: sent, tone: "busy" });
    line.querySelector("details")?.removeAttribute("open");
    goOn(line);
    flush();
  });

  // The button that was pressed is gone now; who works by keyboard goes on with the next person who is not ticked.
  function goOn(line) {
    let next = line.nextElementSibling;
    while (next && (next.hidden || next.dataset.state !== "open")) next = next.nextElementSibling;
    (next?.querySelector(".tick--main") || line.querySelector(".tick--undo"))?.focus({ preventScroll: !next });
  }

  function put(tick, title) {
    const key = uuid();
    outbox.set(key, { tick: { key, ticked_at: new Date().toISOString(), ...tick }, title, since: Date.now() });
    setTimeout(showOutbox, SHOWN_AFTER + 50);
  }

  // -- sending

  async function flush() {
    clearTimeout(timer);
    if (sending || outbox.size === 0) return;
    sending = true;
    const some = [...outbox.values()].slice(0, AT_ONCE);
    try {
      const answer = await fetch(desk.dataset.tick, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, "HX-Request": "true" },
        body: JSON.stringify({ ticks: some.map((each) => each.tick) }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      await take(answer, some);
    } catch {
      failed("offline");
    } finally {
      sending = false;
    }
    showOutbox();
    if (outbox.size) timer = setTimeout(flush, wait);
  }

  async function take(answer, some) {
    if (answer.status === 401) return failed("login");
    if (answer.status === 403) {
      // Signing in again in another window changes the token; the page is read anew for it, and the ticks stay here.
      const page = await fetch(location.href, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE) });
      csrf = token(new DOMParser().parseFromString(await page.text(), "text/html")) || csrf;
      return failed(page.status === 401 ? "login" : "offline");
    }
    if (!answer.ok) return failed("offline");
    const told = await answer.json();
    for (const each of told.results) {
      const kept = outbox.get(each.key);
      outbox.delete(each.key);
      if (kept && each.verdict !== "taken") showRefused(kept, each.text);
    }
    for (const each of some) if (!told.people[each.tick.person]) show(each.tick.person, { state: "open", word: "–", tone: "" });
    settle(told.people);
    why = "";
    wait = outbox.size ? 50 : FIRST_WAIT;
    document.body.dispatchEvent(new Event("ticked"));
  }

  function settle(people) {
    const busy = new Set([...outbox.values()].map((each) => each.tick.person));
    for (const [person, now] of Object.entries(people)) if (!busy.has(person)) show(person, now);
  }

  function failed(reason) {
    why = reason;
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  box.querySelector("[data-outbox-now]").addEventListener("click", flush);
  addEventListener("online", flush);
  addEventListener("beforeunload", (event) => {
    if (outbox.size) event.preventDefault();
  });

  // -- what other tablets at this vehicle ticked

  async function look() {
    try {
      const answer = await fetch(desk.dataset.state, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok && (answer.headers.get("Content-Type") || "").includes("json")) {
        const before = [...desk.querySelectorAll("[data-person]")].map((line) => line.dataset.state).join();
        settle((await answer.json()).people);
        const after = [...desk.querySelectorAll("[data-person]")].map((line) => line.dataset.state).join();
        if (before !== after) document.body.dispatchEvent(new Event("ticked"));
      }
    } catch {
      // The outbox tells when the node does not answer; looking is tried again anyhow.
    }
    setTimeout(look, 10000);
  }
  setTimeout(look, 10000);

  // -- finding somebody on this page: in memory, nothing is sent

  const wanted = desk.querySelector("[data-filter]"), openOnly = desk.querySelector("[data-filter-open]");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function filter() {
    const words = plain(wanted.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    const lines = desk.querySelectorAll("[data-person]");
    for (const line of lines) {
      const text = plain(`${line.querySelector(".person__seat").textContent} ${line.querySelector(".person__who").textContent}`);
      const open = !openOnly.checked || line.dataset.state === "open" || line.dataset.state === "conflict" || line.contains(document.activeElement);
      line.hidden = !(open && words.every((word) => text.includes(word)));
      shown += line.hidden ? 0 : 1;
    }
    desk.querySelector("[data-filter-count]").textContent = shown < lines.length ? `${shown} / ${lines.length}` : "";
  }
  wanted.addEventListener("input", filter);
  openOnly.addEventListener("change", filter);
})();
