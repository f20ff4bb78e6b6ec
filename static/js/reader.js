// What works on every page of the reader's edition. Comforts only: every page is complete without this file.
// Choices are kept in this browser; theme.js puts them back before the first paint.

const root = document.documentElement;
const OPENER = "[aria-controls^=reading]";
const SIZES = ["small", "", "large", "larger"];

function choose(name, value) {
  apply(name, value);
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch { /* not remembered, still applied */ }
}

const pressed = (button) => button.getAttribute("aria-pressed") === "true";

function apply(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  show();
}

/** Every panel on the page says what is chosen. */
function show() {
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.setAttribute("aria-pressed", String((root.dataset[button.dataset.choose] ?? "") === button.value));
  }
  const size = SIZES.indexOf(root.dataset.size ?? "");
  for (const words of document.querySelectorAll(".size-now")) words.value = words.dataset.words.split("|")[size];
  for (const button of document.querySelectorAll("[data-step]")) {
    button.setAttribute("aria-disabled", String(!(size + Number(button.dataset.step) in SIZES)));
  }
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { choose: name, step } = button.dataset;
  if (name) choose(name, "toggle" in button.dataset && pressed(button) ? "" : button.value);
  if (step) {
    const size = SIZES[SIZES.indexOf(root.dataset.size ?? "") + Number(step)];
    if (size !== undefined) choose("size", size);
  }
  if (button.matches(OPENER)) unfold(button, button.getAttribute("aria-expanded") !== "true");
}

function unfold(button, open) {
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  button.setAttribute("aria-expanded", String(open));
  panel.hidden = !open;
  return panel;
}

// ← and → turn the page, t opens the contents, ? shows the keys; never while somebody types or holds a modifier.
const TURNS = { ArrowLeft: "prev", ArrowRight: "next", t: "contents" };
const BUSY = "input, textarea, select, [contenteditable], .table-box, [popover], dialog";

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(BUSY)) return;
  if (event.key === "?") {
    event.preventDefault();
    unfold(document.querySelector(OPENER), true).focus();
    return;
  }
  const rel = !event.shiftKey && TURNS[event.key];
  const link = rel && document.querySelector(`a[rel~="${rel}"], link[rel~="${rel}"]`);
  if (link) location.assign(link.href);
}

function onEscape(event) {
  const panel = event.key === "Escape" && event.target.closest(".reading");
  if (!panel) return;
  const button = document.querySelector(`[aria-controls="${panel.id}"]`);
  unfold(button, false);
  button.focus();
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onEscape);
addEventListener("storage", (event) => {
  if (["theme", "size", "face", "elder"].includes(event.key)) apply(event.key, event.newValue);
});
show();
