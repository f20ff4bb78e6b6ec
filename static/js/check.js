// The check screen's comforts: every decision is stored at once, keys, dragging, jumping between both sides.
// Without this script the same forms work as plain forms. The server renders (and escapes) every part that
// changes; it is parsed in an inert document and moved over, so no text is ever read as a script.
const check = document.getElementById("check");
const said = document.getElementById("said");
const refusal = document.getElementById("refusal");
const byId = (id) => document.getElementById(id);
let busy = Promise.resolve();

check.classList.add("editable");

// Sending decisions, one after the other, each with the version the screen shows.

function send(form, data) {
  busy = busy.then(() => post(form, data));
  return busy;
}

async function post(form, data) {
  data.set("version", check.dataset.version);
  let answer;
  try {
    const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (response.redirected || !(response.headers.get("Content-Type") || "").includes("json")) {
      throw new Error("not an answer");
    }
    answer = await response.json();
    if (!response.ok) return refuse(answer.message, response.status === 409);
  } catch {
    return refuse(check.dataset.offline, false);
  }
  refusal.replaceChildren();
  show(answer);
  said.textContent = check.dataset.stored;
  return true;
}

function refuse(message, outdated) {
  refusal.replaceChildren(message);
  if (outdated) {
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = check.dataset.newest;
    refusal.append(" ", link);
  }
  return false;
}

function show(answer) {
  check.dataset.version = answer.version;
  const open = [...document.querySelectorAll("details.edit[open]")].map((d) => d.closest("article").id);
  const focus = document.activeElement;
  const kept = focus && focus.id ? focus.id : focus && focus.closest("[id]") ? focus.closest("[id]").id : "";
  const name = focus && focus.name;
  for (const [id, html] of Object.entries(answer.parts)) {
    const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    byId(id)?.replaceWith(document.adoptNode(fresh));
  }
  for (const id of open) byId(id)?.querySelector("details.edit")?.setAttribute("open", "");
  for (const [block, [tone, label]] of Object.entries(answer.marks)) repaint(block, tone, label);
  restoreFocus(kept, name);
  countTicks();
}

function repaint(block, tone, label) {
  for (const span of check.querySelectorAll(`.s[data-b="${CSS.escape(block)}"]`)) {
    const here = span.classList.contains("here") ? " here" : "";
    span.className = `s ${tone}${here}`;
    if (span.dataset.n !== undefined) span.dataset.n = label;
    span.draggable = tone === "aside" || tone === "nobody";
  }
}

function restoreFocus(id, name) {
  if (document.activeElement !== document.body) return;
  const home = id && byId(id);
  if (!home) return;
  const field = name && home.querySelector(`[name="${CSS.escape(name)}"]`);
  (field || home).focus({ preventScroll: true });
}

check.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("live" in form.dataset)) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const question = form.closest("[data-question]");
  const stored = await send(form, data);
  if (stored && form.id === "bar") for (const box of ticks()) box.checked = false;
  if (stored && question) step(1, true, question.id);
  countTicks();
});

check.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && "onChange" in form.dataset) send(form, new FormData(form));
  if (event.target.name === "block") {
    countTicks();
    if (event.target.checked) point(event.target.value, "source");
  }
  if (event.target.name === "own" || event.target.name === "other") chooseBeside(event.target);
});
check.addEventListener("input", (event) => {
  if (event.target.name === "own") chooseBeside(event.target);
});

function chooseBeside(field) {
  const radio = field.closest(".option")?.querySelector("input[type=radio]");
  if (radio) radio.checked = true;
}

// Ticked paragraphs

function ticks() {
  return [...check.querySelectorAll("input[name=block]:checked")];
}

function countTicks() {
  const output = byId("ticked");
  if (!output) return;
  const count = ticks().length;
  output.form.classList.toggle("some", count > 0);
  output.textContent = count ? `${check.dataset.ticked} ${count}` : check.dataset.tickedNone;
}

// Jumping between the two sides

function point(block, side) {
  check.querySelectorAll(".here").forEach((old) => old.classList.remove("here"));
  check.querySelectorAll(`.s[data-b="${CSS.escape(block)}"]`).forEach((span) => span.classList.add("here"));
  const row = byId(`r-${block}`);
  row?.classList.add("here");
  const target = side === "source" ? byId(`s-${block}`) : row;
  if (side === "result") row?.closest("details")?.setAttribute("open", "");
  target?.scrollIntoView({ block: "center", behavior: "instant" });
}

check.addEventListener("click", (event) => {
  const see = event.target.closest("a.see");
  if (see && see.hash.startsWith("#s-")) {
    event.preventDefault();
    point(see.hash.slice(3), "source");
    return;
  }
  const span = event.target.closest(".s[data-b]");
  if (span && getSelection().isCollapsed) point(span.dataset.b, "result");
});

// Keys: n p 1–9 Enter s u; only outside of fields, and only while the box "keys" is ticked.

function questions() {
  return [...check.querySelectorAll("[data-question]")];
}

function current() {
  return document.activeElement?.closest("[data-question]");
}

function step(by, onlyOpen, from) {
  const all = questions();
  const start = from ? all.findIndex((q) => q.id === from) : all.indexOf(current());
  for (let n = start + by; n >= 0 && n < all.length; n += by) {
    if (onlyOpen && all[n].classList.contains("answered")) continue;
    return go(all[n]);
  }
  if (onlyOpen) {
    const open = all.find((q) => !q.classList.contains("answered"));
    if (open) go(open);
  } else if (start < 0 && all.length) go(all[by > 0 ? 0 : all.length - 1]);
}

function go(question) {
  question.focus({ preventScroll: true });
  question.scrollIntoView({ block: "nearest" });
  const place = question.querySelector("a[data-place]");
  if (place) point(place.hash.slice(3), "source");
}

function choose(number) {
  const option = current()?.querySelectorAll(".option")[number - 1];
  const radio = option?.querySelector("input[type=radio]");
  if (!radio) return;
  radio.checked = true;
  const field = option.querySelector("input[type=text], select, textarea");
  if (field) field.focus();
}

const keys = {
  n: () => step(1, false),
  p: () => step(-1, false),
  u: () => byId("undo")?.click(),
  s: () => current()?.querySelector("a[data-place]")?.click(),
  Enter: () => current()?.querySelector("form")?.requestSubmit(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const place = event.target;
  if (event.key === "Escape" && current()) return current().focus();
  if (place.closest("select, textarea, input:not([type=radio]), button, a, summary, [contenteditable]")) return;
  if (!byId("keys")?.checked) return;
  if (/^[1-9]$/.test(event.key) && current()) choose(Number(event.key));
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});

// Dragging a paragraph onto an article; ticked ones go along. The bar below does the same.

let carried = [];

check.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.(".row[draggable], .s[draggable]");
  if (!item) return;
  const block = item.dataset.b || item.id.slice(2);
  const ticked = ticks().map((box) => box.value);
  carried = ticked.includes(block) ? ticked : [block];
  event.dataTransfer.setData("text/plain", item.textContent.trim());
  event.dataTransfer.effectAllowed = "move";
  setTimeout(() => check.classList.add("dragging"));
});

function target(event) {
  return carried.length ? event.target.closest?.("[data-article]") : null;
}

check.addEventListener("dragover", (event) => {
  const place = target(event);
  check.querySelectorAll(".over").forEach((old) => old !== place && old.classList.remove("over"));
  if (!place) return;
  event.preventDefault();
  place.classList.add("over");
});

check.addEventListener("drop", (event) => {
  const place = target(event);
  if (!place) return;
  event.preventDefault();
  const form = byId("bar");
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("do", place.dataset.article ? "move" : "out");
  data.set("to", place.dataset.article);
  data.set("kind", "");
  carried.forEach((block) => data.append("block", block));
  const first = carried[0];
  send(form, data).then((stored) => stored && point(first, "result"));
  endDrag();
});

function endDrag() {
  carried = [];
  check.classList.remove("dragging");
  check.querySelectorAll(".over").forEach((old) => old.classList.remove("over"));
}
check.addEventListener("dragend", endDrag);

try {
  const box = byId("keys");
  if (box && localStorage.getItem("check-keys") === "off") box.checked = false;
  check.addEventListener("change", (event) => {
    if (event.target.id === "keys") localStorage.setItem("check-keys", event.target.checked ? "on" : "off");
  });
} catch { /* storage is closed to us: the keys are on */ }
countTicks();
