"use strict";
// Each item has one decision; the newest stands, with the time at which it was made.
const items = [...document.querySelectorAll("li[data-at]")];
const decisions = new Map();
const role = document.querySelector("#role");
const told = document.querySelector("#told");
const marks = { accepted: "✓ ", corrected: "✎ ", refused: "✗ " };
let current = 0;
let isSaved = true;

function tell() {
  const left = items.length - decisions.size;
  told.textContent = `${decisions.size} of ${items.length} decided` + (left ? "" : ": save them");
}

function show(number) {
  items[current].removeAttribute("aria-current");
  current = Math.max(0, Math.min(items.length - 1, number));
  const item = items[current];
  item.setAttribute("aria-current", "true");
  item.scrollIntoView({ block: "nearest" });
  const link = item.querySelector("a[href^='#c']");
  if (link) document.querySelector(link.getAttribute("href")).scrollIntoView({ block: "center" });
}

function put(item, verdict, value) {
  decisions.set(item.dataset.at, {
    at: item.dataset.at, verdict, on: new Date().toISOString(), ...(value && { value }),
  });
  item.dataset.verdict = verdict;
  item.querySelector(".verdict").textContent = marks[verdict] + (value ? `${value} for ` : "");
  isSaved = false;
}

function decide(verdict, value) {
  put(items[current], verdict, value);
  if (verdict === "refused") {
    // What is said of a thing that is not there falls with it.
    const under = `${items[current].dataset.at}.`;
    items.filter((item) => item.dataset.at.startsWith(under)).forEach((item) => put(item, verdict));
  }
  tell();
  const next = items.findIndex((item, at) => at > current && !decisions.has(item.dataset.at));
  show(next < 0 ? current + 1 : next);
}

function correct() {
  const item = items[current];
  if (item.querySelector("input") || !("value" in item.dataset)) return;
  const field = document.createElement("input");
  field.value = item.dataset.value;
  field.setAttribute("aria-label", "Corrected value");
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    field.remove();
    if (event.key === "Enter" && field.value.trim()) decide("corrected", field.value.trim());
  });
  item.append(field);
  field.focus();
}

function save() {
  if (!role.value) {
    told.textContent = "Say in which role you decide, then save";
    role.focus();
    return;
  }
  const made = { sha256: document.body.dataset.sha256, by: role.value,
    decisions: [...decisions.values()] };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(made, null, 1)]));
  link.download = document.body.dataset.file;
  link.click();
  isSaved = true;
}

const keys = {
  a: () => decide("accepted"), c: correct, r: () => decide("refused"), s: save,
  j: () => show(current + 1), k: () => show(current - 1),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target === role) return;
  if (event.key in keys) {
    event.preventDefault();
    keys[event.key]();
  }
});
document.querySelectorAll("button[data-key]").forEach((button) => {
  button.addEventListener("click", () => keys[button.dataset.key]());
});
items.forEach((item, at) => item.addEventListener("click", (event) => {
  if (event.target.tagName !== "INPUT") show(at);
}));
addEventListener("beforeunload", (event) => isSaved || event.preventDefault());
if (items.length) show(0);
tell();
