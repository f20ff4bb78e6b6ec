// What a contributor types is copied in this browser within a second and kept by the house two seconds after
// the last key (ten at the latest), apart from the manuscript. It is stored by the page's own buttons alone.
import { copies } from "./keep-copies.js";

const form = document.getElementById("manuscript");
const set = form.dataset;
const page = form.elements.keeping_page.value;
const store = copies(set.person);
const key = `${set.article}:${page}`;
const NOT_WORDS = new Set(["csrfmiddlewaretoken", "keeping_page", "version", "declarations", "pictures"]);

let number = 0;
let untouched = "";
let first = 0;
let timer = 0;
let copying = 0;
let leaving = false;

const editor = () => Object.values(window.CKEDITOR?.instances || {})[0];

function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !NOT_WORDS.has(name)) fields[name] = value;
  if (editor()?.status === "ready") fields.body = editor().getData();
  return fields;
}

function say(words) {
  form.querySelector("[data-kept]").textContent = words;
}

function changed() {
  if (leaving || JSON.stringify(typed()) === untouched) return;
  first ||= Date.now();
  copying ||= setTimeout(copy, 1000);
  clearTimeout(timer);
  timer = setTimeout(send, Math.max(0, Math.min(2000, first + 10000 - Date.now())));
}

async function copy() {
  copying = 0;
  const copied = { key, article: set.article, page, version: Number(form.elements.version.value), base: {}, fields: typed(), at: Date.now() };
  if (!(await store.put(copied))) say(set.saidNot);
}

async function send() {
  first = 0;
  const fields = typed();
  const message = { page, number: ++number, person: Number(set.person), version: Number(form.elements.version.value), fields };
  const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  let answer;
  try {
    const response = await fetch(set.keep, { method: "POST", body: JSON.stringify(message), headers });
    answer = response.redirected ? {} : await response.json();
  } catch {
    answer = {};
    timer = setTimeout(send, 10000);
  }
  if (leaving) return;
  if (!answer.saved_at) return say(answer.message || set.saidLocal);
  say(set.saidKept.replace("{time}", answer.saved_at));
  if (JSON.stringify(typed()) === JSON.stringify(fields)) await store.remove(key);
}

// What a browser that was closed left behind.

async function offerCopies() {
  const left = (await store.all()).filter((copied) => copied.article === set.article && copied.key !== key);
  for (const copied of left.sort((a, b) => b.at - a.at).slice(0, 1)) offer(copied);
}

function offer(copied) {
  const template = document.getElementById("left-here");
  const section = template.content.firstElementChild.cloneNode(true);
  section.querySelector("time").textContent = new Date(copied.at).toLocaleString(document.documentElement.lang);
  const text = copied.fields.words || new DOMParser().parseFromString(copied.fields.body || "", "text/html").body.textContent;
  section.querySelector(".excerpt").textContent = (copied.fields.title || "") + " " + text.slice(0, 80);
  section.querySelector("[data-do=discard]").addEventListener("click", () => store.remove(copied.key).then(() => section.remove()));
  section.querySelector("[data-do=resume]").addEventListener("click", () => {
    fill(copied.fields);
    store.remove(copied.key).then(() => section.remove());
    changed();
  });
  template.before(section);
}

function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (name === "body" && editor()) editor().setData(value);
    else if (field && "value" in field && field.type !== "file") field.value = value;
  }
}

// Beginning. The editor writes a text its own way when it opens: only what comes after that is typing.

function listen() {
  untouched = JSON.stringify(typed());
  editor()?.on("change", changed);
  for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); clearTimeout(copying); store.remove(key); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && first && !leaving) { copy(); send(); } });
  form.dataset.listening = "";
  offerCopies();
}

function begin() {
  const rich = form.querySelector("[data-rich]");
  const coming = rich && matchMedia("(min-width: 48rem)").matches;
  if (coming && editor()?.status !== "ready" && performance.now() < 15000) return setTimeout(begin, 50);
  listen();
}

begin();
