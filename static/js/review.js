// The review screen's comforts: a remark on selected words, wordings put into an opinion, keys. Without this
// script the same forms take the words typed by hand. Nothing here writes text as mark-up.
const review = document.getElementById("review");
const text = document.getElementById("text");
const side = document.getElementById("side");
const bar = document.getElementById("bar");
const newRemark = document.getElementById("new-remark");
const field = (name) => document.getElementById(`remark_${name}`);

// Words of the text as they stand now: what was deleted and what is said for the ear alone is left out.

const UNSAID = "del, .visually-hidden, [aria-hidden=true], [data-unsaid], [hidden]";

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(UNSAID)) found.push(walker.currentNode);
  return found;
}

function blockOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest("[data-block]");
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const nodes = textNodes(text).filter((node) => range.intersectsNode(node));
  const first = nodes.map(blockOf).find(Boolean) ?? null;
  const words = nodes
    .filter((node) => blockOf(node) === first || !first)
    .map((node) => node.data.slice(node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : undefined))
    .join("").replace(/\s+/g, " ").trim();
  return words ? { words, block: first?.dataset.block ?? "", range } : null;
}

// A remark on the selection

const here = document.createElement("button");
here.type = "button";
here.id = "remark-here";
here.className = "button default";
here.hidden = true;
if (newRemark) {
  here.textContent = newRemark.querySelector("summary").textContent;
  document.body.append(here);
  // A press on the button must not take the selection away before it is read.
  here.addEventListener("pointerdown", (event) => event.preventDefault());
  here.addEventListener("click", () => startRemark());
  document.addEventListener("selectionchange", () => { if (document.activeElement !== here) place(selected()); });
}

function place(found) {
  here.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  here.style.setProperty("inset-block-start", `${Math.max(box.top + scrollY - 44, scrollY + 4)}px`);
  here.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(box.left + scrollX, innerWidth - 120))}px`);
}

function startRemark() {
  if (!newRemark) return;
  const found = selected();
  newRemark.open = true;
  if (found) {
    field("quotation").value = found.words.slice(0, 500);
    field("paragraph").value = found.block;
  }
  here.hidden = true;
  field("text").focus();
  newRemark.scrollIntoView({ block: "nearest" });
}

// Where each open remark hangs: painted by the browser, no node of the text is touched.

const marks = globalThis.Highlight && CSS.highlights ? { all: new Highlight(), one: new Highlight() } : null;
if (marks) {
  CSS.highlights.set("remarks", marks.all);
  CSS.highlights.set("remark-now", marks.one);
}
const squeezed = (words) => words.replace(/\s+/g, "");

function rangeOf(block, quotation) {
  const wanted = squeezed(quotation);
  const spots = [];
  for (const node of textNodes(block)) {
    for (let place = 0; place < node.data.length; place += 1) if (!/\s/.test(node.data[place])) spots.push([node, place]);
  }
  const at = spots.map(([node, place]) => node.data[place]).join("").indexOf(wanted);
  if (!wanted || at < 0) return null;
  const range = new Range();
  range.setStart(...spots[at]);
  const [node, place] = spots[at + wanted.length - 1];
  range.setEnd(node, place + 1);
  return range;
}

const places = [];
for (const thread of document.querySelectorAll(".threads > .thread[data-place]")) {
  const quotation = thread.querySelector(":scope > .quoted")?.textContent ?? "";
  for (const block of text.querySelectorAll(`[data-block="${thread.dataset.place}"]`)) {
    const range = rangeOf(block, quotation);
    if (!range) continue;
    places.push({ thread, block, range });
    if (!thread.closest(".settled")) marks?.all.add(range);
  }
}

function show(found) {
  marks?.one.clear();
  marks?.one.add(found.range);
}

for (const found of places) {
  found.thread.addEventListener("pointerenter", () => show(found));
  found.thread.addEventListener("focusin", () => show(found));
  found.thread.addEventListener("pointerleave", () => marks?.one.clear());
  found.thread.querySelector(".to-text")?.addEventListener("click", (event) => {
    event.preventDefault();
    found.block.closest("details:not([open])")?.setAttribute("open", "");
    found.range.startContainer.parentElement.scrollIntoView({ block: "center" });
    show(found);
  });
}

text.addEventListener("click", (event) => {
  if (!document.getSelection().isCollapsed) return;
  const found = places.find(({ range }) => [...range.getClientRects()].some((box) =>
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom));
  if (!found || found.thread.closest(".settled")) return;
  found.thread.focus();
  found.thread.scrollIntoView({ block: "nearest" });
});

// Wordings go to where the opinion is being written.

bar?.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-words]");
  const opinion = phrase?.closest(".step").querySelector("textarea[name=opinion]");
  if (!opinion) return;
  event.preventDefault();
  const start = opinion.value && !opinion.value.endsWith("\n") && opinion.selectionStart === opinion.value.length ? "\n" : "";
  opinion.setRangeText(start + phrase.dataset.words, opinion.selectionStart, opinion.selectionEnd, "end");
  opinion.dispatchEvent(new Event("input", { bubbles: true }));
  opinion.focus();
});

// What was typed into a step outlives a reload of the page: storing a remark is one.

const key = `review:${review.dataset.key}`;
const typed = () => [...(bar?.querySelectorAll("textarea, input[type=date], input[type=radio]") ?? [])];
const remembered = (element) => `${element.form.action.value}/${element.name}/${element.type === "radio" ? element.value : ""}`;

function remember() {
  const words = {};
  for (const element of typed()) {
    if (element.type === "radio" ? element.checked : element.value !== element.defaultValue) words[remembered(element)] = element.value;
  }
  try { sessionStorage.setItem(key, JSON.stringify(words)); } catch { /* storage is closed to us */ }
}

function recall() {
  let words = {};
  try { words = JSON.parse(sessionStorage.getItem(key) ?? "{}"); } catch { /* storage is closed to us */ }
  for (const element of typed()) {
    const kept = words[remembered(element)];
    if (kept === undefined) continue;
    if (element.type === "radio") element.checked = true;
    else if (element.value === "" || element.type === "date") element.value = kept;
  }
}

bar?.addEventListener("input", remember);
bar?.addEventListener("submit", () => { try { sessionStorage.removeItem(key); } catch { /* as above */ } });
recall();

// A stored remark reloads the page: the text stays where it was read.

const wide = matchMedia("(min-width: 70rem)");
for (const form of side.querySelectorAll("form")) {
  form.addEventListener("submit", () => { try { sessionStorage.setItem(`${key}:at`, scrollY); } catch { /* as above */ } });
}
try {
  const at = sessionStorage.getItem(`${key}:at`);
  sessionStorage.removeItem(`${key}:at`);
  if (at !== null && wide.matches) requestAnimationFrame(() => scrollTo(0, Number(at)));
} catch { /* as above */ }

// Keys

for (const step of bar?.querySelectorAll(".step") ?? []) {
  step.addEventListener("toggle", () => { if (step.open) (step.querySelector(".panel :is(textarea, input:not([type=hidden]))") ?? step.querySelector(".panel"))?.focus(); });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeStep();
  if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[123]$/.test(event.code)) {
    event.preventDefault();
    [text, side, bar][event.code.at(-1) - 1]?.focus();
  } else if (event.key === "c" && !event.altKey && !event.ctrlKey && !event.metaKey && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    startRemark();
  }
});

function closeStep() {
  const open = bar?.querySelector(".step[open]");
  here.hidden = true;
  if (!open?.contains(document.activeElement)) return;
  open.open = false;
  open.querySelector("summary").focus();
}
