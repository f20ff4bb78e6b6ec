// Comforts only: every page is complete without this file.

const root = document.documentElement;

function remember(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch { /* not remembered, still applied */ }
}

function setUpThemes() {
  const group = document.querySelector(".themes");
  if (!group) return;
  const buttons = [...group.querySelectorAll("button")];
  const show = () => buttons.forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "")));
  });
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const theme = button.dataset.themeChoice;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    remember(theme);
    show();
  });
  group.hidden = false;
  show();
}

// ← and → turn the page, t opens the contents; never while somebody types or holds a modifier.
const KEYS = { ArrowLeft: "prev", ArrowRight: "next", t: "contents" };

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    const rel = KEYS[event.key];
    if (!rel || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], .table-box, [popover]")) return;
    const link = document.querySelector(`a[rel~="${rel}"], link[rel~="${rel}"]`);
    if (link) location.assign(link.href);
  });
}

// A note opens where it is referred to; without scripts the reference leads to the list of notes.
function setUpNotes() {
  const supported = typeof HTMLElement.prototype.showPopover === "function";
  const references = document.querySelectorAll("a.note-ref");
  if (!supported || !references.length) return;
  const box = document.createElement("aside");
  box.className = "note-popover";
  box.popover = "auto";
  document.body.append(box);
  let opener = null;
  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a.note-ref");
    const note = reference && document.querySelector(reference.hash);
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const copy = note.querySelector(".note-text").cloneNode(true);
    box.replaceChildren(copy);
    box.setAttribute("aria-label", reference.getAttribute("aria-label"));
    opener = reference;
    box.showPopover({ source: reference });
    place(box, reference);
  });
  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && box.contains(document.activeElement)) opener?.focus();
  });
}

function place(box, reference) {
  const at = reference.getBoundingClientRect();
  const width = Math.min(352, innerWidth - 32);
  box.style.setProperty("inline-size", `${width}px`);
  box.style.setProperty("left", `${Math.max(16, Math.min(at.left - width / 2, innerWidth - width - 16))}px`);
  const below = at.bottom + 10;
  const fits = below + box.offsetHeight < innerHeight - 16;
  box.style.setProperty("top", `${fits ? below : Math.max(16, at.top - box.offsetHeight - 10)}px`);
}

function setUpCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}

setUpThemes();
setUpKeys();
setUpNotes();
setUpCopying();
