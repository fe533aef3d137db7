// The little that pages need beyond HTMX. No page depends on it to be read or to be sent.
"use strict";

// A choice that is sent as soon as it is made: <select data-submit>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// Keys for whole pages: <button data-key="j">, <a data-key="n">. Not while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([disabled])`);
  if (wanted) {
    event.preventDefault();
    if (wanted.matches("input, select, textarea")) wanted.focus();
    else wanted.click();
  }
});

// After a part of the page was replaced, the focus goes where the new part asks for it: data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const wanted = event.target.querySelector("[data-focus]");
  if (wanted) wanted.focus();
});

// A wide table that scrolls within the page can be reached, and scrolled, by keyboard.
function reachScrollers() {
  for (const each of document.querySelectorAll(".scroll:not([tabindex])")) {
    if (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight) each.tabIndex = 0;
  }
}
document.addEventListener("DOMContentLoaded", reachScrollers);
document.addEventListener("htmx:afterSettle", reachScrollers);

// A security key that did not answer, or was the wrong one: said on the page, for everybody to hear.
document.addEventListener("allauth.error", (event) => {
  const said = document.getElementById("key_failed");
  if (!said) return;
  said.hidden = false;
  event.preventDefault();
});

// Charts: <canvas data-chart="id-of-a-json-script">. The numbers stand in a table beside every chart, too.
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Chart === "undefined") return;
  const style = getComputedStyle(document.documentElement);
  Chart.defaults.color = style.getPropertyValue("--ink-2").trim();
  Chart.defaults.borderColor = style.getPropertyValue("--line").trim();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.animation = false;
  const tones = ["--accent", "--good", "--warn", "--bad", "--busy", "--ink-3"].map((name) => style.getPropertyValue(name).trim());
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const given = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    given.data.datasets.forEach((set, place) => {
      set.backgroundColor ??= tones[place % tones.length];
    });
    new Chart(canvas, given);
  }
});
