"use strict";
const all = [...document.querySelectorAll(".finding")];
const files = [...document.querySelectorAll(".file")];
const form = document.querySelector(".filters");
const search = document.getElementById("search");
const fixable = document.getElementById("fixable");
const levels = [...document.querySelectorAll(".level")];
const families = [...document.querySelectorAll(".family")];
const words = new Map(all.map((each) => [each, each.textContent.toLowerCase()]));

const pressed = (button) => button.getAttribute("aria-pressed") === "true";
const press = (button, on) => button.setAttribute("aria-pressed", String(on));
const visible = () => all.filter((each) => !each.hidden);

function filter() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const severities = new Set(levels.filter(pressed).map((button) => button.dataset.severity));
  const chosen = new Set(families.filter(pressed).map((button) => button.dataset.family));
  for (const each of all) {
    const path = each.closest(".file").querySelector("h2").textContent.toLowerCase();
    each.hidden = !(
      severities.has(each.dataset.severity) &&
      (chosen.size === 0 || chosen.has(each.dataset.family)) &&
      (!fixable || !fixable.checked || each.dataset.fixable) &&
      wanted.every((word) => words.get(each).includes(word) || path.includes(word))
    );
  }
  for (const file of files) file.hidden = !file.querySelector(".finding:not([hidden])");
  const number = visible().length;
  const some = number === all.length ? String(number) : number + " of " + all.length;
  document.getElementById("showing").textContent = some + (all.length === 1 ? " finding" : " findings");
  document.getElementById("none").hidden = number > 0 || all.length === 0;
}

function everything() {
  search.value = "";
  if (fixable) fixable.checked = false;
  for (const button of levels) press(button, true);
  for (const button of families) press(button, false);
  filter();
}

function step(by) {
  const shown = visible();
  const current = document.activeElement.closest(".finding");
  const at = shown.indexOf(current);
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
  if (!shown[next]) return;
  shown[next].focus({ preventScroll: true });
  shown[next].scrollIntoView({ block: "start" });
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    everything();
    document.activeElement.blur();
  } else if (event.target.closest("input:not([type=checkbox])")) {
    return;
  } else if (event.key === "/") {
    search.focus();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if ("123".includes(event.key)) {
    const name = ["error", "warning", "hint"][Number(event.key) - 1];
    const button = levels.find((each) => each.dataset.severity === name);
    if (button) button.click();
  } else {
    return;
  }
  event.preventDefault();
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  for (const button of [...levels, ...families]) {
    button.addEventListener("click", () => {
      press(button, !pressed(button));
      filter();
    });
  }
  document.addEventListener("keydown", keys);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.getElementById("theme").addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });
}
