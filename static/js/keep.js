// Never lose a keystroke. What is typed is copied in this browser within a second, sent to the working draft
// two seconds after the last key (ten at the latest), and stored only by the form. While somebody writes, the
// manuscript is in their hand: a heartbeat says so. Without this script the page saves as a plain form.
import { copies } from "./keep-copies.js";

const keep = document.getElementById("keep");
const form = document.getElementById("article_form");
const page = form?.querySelector("[name=keeping_page]")?.value || "";
const set = keep.dataset;
const ms = (name) => Number(set[`${name}Ms`]);
const store = copies(set.person);
const key = `${set.article}:${page}`;

let number = 0; // of the message
let acknowledged = ""; // what the server has, as JSON
let copied = ""; // what this browser has
let first = 0; // when the first key since the last sending was pressed
let timer = 0;
let copying = 0;
let sending = null;
let stopped = false; // the manuscript moved on: sent only on the way to the comparison
let leaving = false;
let touched = Date.now();

// What is typed.

function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !name.startsWith("_") && !own.has(name)) fields[name] = value;
  }
  for (const editor of editors()) fields[editor.element.$.name] = editor.getData();
  return fields;
}

const own = new Set(["csrfmiddlewaretoken", "seen_base", "seen_version", "keeping_page"]);
const editors = () => Object.values(window.CKEDITOR?.instances || {}).filter((editor) => form.contains(editor.element.$));
const value = (name) => form.querySelector(`[name=${name}]`)?.value || "";

function message() {
  return {
    person: Number(set.person), page, over: set.over, number: ++number, version: Number(value("seen_version") || 0),
    base: acknowledged ? {} : JSON.parse(value("seen_base") || "{}"), fields: typed(),
  };
}

// What the status says.

function say(state, words) {
  const status = document.getElementById("keep-status");
  if (!status || (status.dataset.state === state && status.lastElementChild.textContent === words)) return;
  status.dataset.state = state;
  status.lastElementChild.textContent = words;
}

function trouble(words, address, link, away) {
  const box = document.getElementById("keep-trouble");
  if (box.dataset.words === words) return;
  box.dataset.words = words;
  box.replaceChildren(words);
  if (!words || !address) return;
  const a = document.createElement("a");
  a.href = address;
  a.textContent = link;
  if (away) a.target = "_blank";
  else a.addEventListener("click", (event) => { event.preventDefault(); flush().then(() => go(address)); });
  box.append(" ", a);
}

function go(address) {
  leaving = true;
  location.assign(address);
}

// Typing.

function changed() {
  touched = Date.now();
  const now = JSON.stringify(typed());
  if (now === (acknowledged || untouched)) return;
  if (!first) first = Date.now();
  if (!stopped) say("unsaved", set.saidUnsaved);
  if (!copying) copying = setTimeout(copy, ms("copy"));
  if (set.writes !== undefined && lockState() !== "mine") take();
  plan();
}

function plan() {
  if (stopped) return;
  clearTimeout(timer);
  timer = setTimeout(send, Math.max(0, Math.min(ms("pause"), first + ms("most") - Date.now())));
}

async function copy() {
  copying = 0;
  const fields = typed();
  const now = JSON.stringify(fields);
  if (now === acknowledged || now === copied || leaving) return;
  const base = JSON.parse(value("seen_base") || "{}");
  const kept = await store.put({ key, article: set.article, page, version: Number(value("seen_version")), base, fields, at: Date.now() });
  if (!kept) return;
  copied = now;
  if (stopped) say("local", set.saidLocal);
}

// Sending, one message after the other.

function send() {
  clearTimeout(timer);
  sending ??= post().finally(() => { sending = null; });
  return sending;
}

async function post() {
  const sent = message();
  const now = JSON.stringify(sent.fields);
  if (now === acknowledged) return;
  first = 0;
  let response;
  try {
    response = await call(set.draft, JSON.stringify(sent), { "Content-Type": "application/json" });
  } catch {
    await copy();
    say(copied === now ? "offline" : "nowhere", copied === now ? set.saidOffline : set.saidNowhere);
    timer = setTimeout(send, ms("most"));
    return;
  }
  const answer = await readable(response);
  if (answer === null) return loggedOut();
  if (!response.ok && answer.code !== "stale") {
    await copy();
    say("local", set.saidLocal);
    trouble(answer.message);
    return;
  }
  acknowledged = now;
  set.over = "";
  await forget(now);
  if (answer.code === "stale") {
    stopped = true;
    say("stale", `${set.saidSaved} ${answer.saved_at}`);
    trouble(answer.message, answer.compare, set.saidCompare);
    return;
  }
  trouble("");
  if (JSON.stringify(typed()) === now) say("saved", `${set.saidSaved} ${answer.saved_at}`);
  else changed();
}

async function forget(now) {
  if (JSON.stringify(typed()) !== now) return;
  clearTimeout(copying);
  copying = 0;
  await store.remove(key);
  copied = "";
}

function call(address, body, headers = {}, more = {}) {
  const signal = more.keepalive ? undefined : AbortSignal.timeout(15000);
  return fetch(address, { method: "POST", body, signal, ...more, headers: { Accept: "application/json", "X-CSRFToken": token(), ...headers } });
}

async function readable(response) {
  const json = (response.headers.get("Content-Type") || "").includes("json");
  return response.redirected || !json ? null : response.json();
}

// A login in another window changes the token: the cookie knows the present one.
function token() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${set.cookie}=`));
  return cookie ? cookie.slice(set.cookie.length + 1) : value("csrfmiddlewaretoken");
}

async function loggedOut() {
  await copy();
  say("local", set.saidLocal);
  trouble(set.saidLogin, `/desk/login/?next=${encodeURIComponent(location.pathname)}`, set.saidToLogin, true);
  timer = setTimeout(send, ms("most"));
}

async function flush() {
  await sending;
  await send();
}

// Leaving: a last message, if there is anything to say. Nothing larger than 64 KB may be sent on the way out;
// the copy in this browser was made a moment ago in any case.
function lastWords() {
  if (leaving || !page || set.writes === undefined || !dirty()) return;
  copy();
  const body = JSON.stringify(message());
  if (new Blob([body]).size < 60000) call(set.draft, body, { "Content-Type": "application/json" }, { keepalive: true }).catch(() => copy());
}

const dirty = () => JSON.stringify(typed()) !== (acknowledged || untouched);

function submitted(event) {
  if (leaving) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token();
  if (!sending) { leaving = true; return; }
  event.preventDefault(); // a message under way would come back as a draft after the save
  const button = event.submitter;
  sending.finally(() => { leaving = true; form.requestSubmit(button); });
}

// In whose hand the manuscript is.

const lockState = () => document.getElementById("lock")?.dataset.state || "";
let taking = false;

async function lock(what, quiet) {
  let answer, response;
  try {
    response = await call(set.checkOut, new URLSearchParams({ do: what }));
    answer = await readable(response);
  } catch { return null; } // off line: the next heartbeat tries again
  if (answer === null) return null;
  const before = lockState();
  show(answer.html);
  if (before === "mine" && answer.state === "other") lost();
  if (answer.state === "mine" && set.writes === undefined) location.reload();
  if (before === "other" && answer.state === "free" && set.writes === undefined) location.reload();
  if (answer.state === "mine") writable(true);
  if (!quiet && answer.message) trouble(answer.message);
  return answer;
}

async function take() {
  if (taking) return;
  taking = true;
  const answer = await lock("take");
  if (answer?.state !== "mine") setTimeout(() => { taking = false; }, ms("most"));
  else taking = false;
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const old = document.getElementById("lock");
  const was = document.activeElement && old.contains(document.activeElement);
  old.replaceWith(document.adoptNode(fresh));
  if (was) document.querySelector("#lock button, #lock summary")?.focus();
}

function lost() {
  writable(false);
  flush().then(() => trouble(set.saidLost, set.mine, set.saidCompare));
}

function writable(may) {
  if (set.writes === undefined) return;
  form.classList.toggle("resting", !may);
  for (const field of form.querySelectorAll("input[type=text], input[type=number], textarea")) field.readOnly = !may;
  for (const editor of editors()) if (editor.status === "ready") editor.setReadOnly(!may);
}

function beat() {
  const idle = Date.now() - touched > ms("idle");
  if (!idle && (lockState() !== "free" || set.writes === undefined)) lock("beat", true);
}

// What a browser that was killed left behind.

async function offerCopies() {
  const left = (await store.all()).filter((copy) => copy.article === set.article && copy.key !== key);
  for (const copy of left) {
    if (JSON.stringify(copy.fields) === untouched) store.remove(copy.key); // stored by the form meanwhile
    else offer(copy);
  }
}

function offer(copy) {
  const box = document.getElementById("local-offer").content.firstElementChild.cloneNode(true);
  box.querySelector("time").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang);
  const words = new DOMParser().parseFromString(copy.fields.body || "", "text/html").body.textContent;
  box.querySelector(".excerpt").textContent = words.slice(0, 80);
  const older = document.getElementById("offer");
  if (older?.dataset.page === copy.page) older.hidden = true; // the same page, seconds earlier
  box.querySelector("[data-do=discard]").addEventListener("click", async () => {
    await store.remove(copy.key);
    box.remove();
    if (older) older.hidden = false;
  });
  box.querySelector("[data-do=resume]").addEventListener("click", () => resume(copy, box));
  document.getElementById("keep-offers").append(box);
}

async function resume(copy, box) {
  const sent = { ...copy, person: Number(set.person), over: set.over, number: 2 ** 30 };
  try {
    const response = await call(set.draft, JSON.stringify(sent), { "Content-Type": "application/json" });
    const answer = await readable(response);
    if (!response.ok && answer?.code !== "stale") {
      box.querySelector(".failed").textContent = answer ? answer.message : set.saidLogin;
      return;
    }
    await store.remove(copy.key);
    if (answer.code === "stale") return go(answer.compare);
  } catch {
    box.querySelector(".failed").textContent = set.saidOffline;
    return;
  }
  leaving = true;
  const again = document.createElement("form");
  again.method = "post";
  again.hidden = true;
  for (const [name, text] of [["csrfmiddlewaretoken", token()], ["_resume", "1"]]) {
    const field = document.createElement("input");
    [field.name, field.value] = [name, text];
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

// Beginning. The editor writes a text its own way when it opens it: only what comes after that is typing.

let untouched = "";

function listen() {
  untouched = JSON.stringify(typed());
  if (set.resumed !== undefined) acknowledged = untouched;
  for (const editor of editors()) editor.on("change", changed);
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(kind, changed);
  form.addEventListener("submit", submitted);
  addEventListener("pagehide", () => { lastWords(); layDown(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") lastWords(); });
  addEventListener("online", () => { if (dirty() && !stopped) send(); });
  window.django?.jQuery?.(form).on("change", "select", changed); // select2 speaks through jQuery alone
  // The page before this one may have laid the manuscript down after this one was asked for.
  if (set.resumed !== undefined) take();
  else if (lockState() === "mine") lock("beat", true);
  keep.dataset.listening = "";
  offerCopies();
}

function layDown() {
  if (lockState() === "mine" && !leaving) call(set.checkOut, new URLSearchParams({ do: "release" }), {}, { keepalive: true }).catch(() => {});
}

function begin() {
  const waiting = editors().filter((editor) => editor.status !== "ready");
  const textareas = form.querySelectorAll("textarea[data-type=ckeditortype]").length;
  if (waiting.length || (window.CKEDITOR && editors().length < textareas)) return setTimeout(begin, 50);
  listen();
}

keep.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.closest("#lock") || !button) return;
  event.preventDefault();
  touched = Date.now();
  lock(button.value).then((answer) => { if (answer?.state === "mine" && stopped) location.reload(); });
});
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
setInterval(beat, ms("beat"));
if (set.writes !== undefined) begin();
