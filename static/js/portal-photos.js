// Photos: several at once, each with its progress, put in order by dragging or with the buttons. Without this
// script the same buttons store the page and do the same.
const box = document.querySelector("[data-photos]");
const list = box?.querySelector(".pictures");
const input = box?.querySelector("#pictures");
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

function progress(file) {
  const line = document.createElement("li");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${box.dataset.sending} ${file.name}`);
  const words = document.createElement("span");
  words.textContent = file.name;
  line.append(words, bar);
  box.querySelector("[data-sendings]").append(line);
  return { line, bar };
}

function fail(line, name, sentence) {
  line.replaceChildren(`${name}：${sentence}`);
  line.className = "problem";
  line.setAttribute("role", "alert");
}

function send(file) {
  const { line, bar } = progress(file);
  const body = new FormData();
  body.append("pictures", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.add);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 201) {
        line.remove();
        put(request.response.html);
      } else fail(line, file.name, request.response?.message || box.dataset.lost);
      resolve();
    });
    request.addEventListener("error", () => { fail(line, file.name, box.dataset.lost); resolve(); });
    request.send(body);
  });
}

function put(html) {
  const card = document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector("li"));
  list.append(card);
  ready(card);
}

async function sendAll(files) {
  for (const old of box.querySelectorAll("[data-sendings] .problem")) old.remove();
  for (const file of files) await send(file); // one after the other: a telephone's line is narrow
  input.value = "";
}

// Order.

const loose = () => [...list.querySelectorAll("[data-loose]")];

async function move(card, step) {
  const cards = loose();
  const to = cards.indexOf(card) + step;
  if (!step || to < 0 || to >= cards.length) return;
  const body = new FormData();
  body.append("do", String(step));
  const address = box.dataset.change.replace(/0\/$/, `${card.dataset.picture}/`);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } }).catch(() => null);
  if (!answer?.ok) return tell((await answer?.json().catch(() => null))?.message || box.dataset.lost);
  cards[to][step < 0 ? "before" : "after"](card);
  tell(box.dataset.moved.replace("{n}", String(to + 1)));
}

function tell(words) {
  box.querySelector("[data-told]").textContent = words;
}

let dragged = null;

function ready(card) {
  if (!("loose" in card.dataset)) return;
  const handle = card.querySelector(".shown");
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.picture);
    card.classList.add("dragged");
  });
  handle.addEventListener("dragend", () => { card.classList.remove("dragged"); dragged = null; });
  card.addEventListener("dragover", (event) => { if (dragged && dragged !== card) event.preventDefault(); });
  card.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const cards = loose();
    move(dragged, cards.indexOf(card) - cards.indexOf(dragged));
  });
}

if (box) {
  box.querySelector("[name=add]").hidden = true;
  input.addEventListener("change", () => sendAll([...input.files]));
  const area = box.querySelector("[data-drop-photos]");
  area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("over"); });
  area.addEventListener("dragleave", () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    area.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
  list.querySelectorAll("li").forEach(ready);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=picture]");
    const step = { up: -1, down: 1 }[button?.value.split(" ")[0]];
    if (!step) return;
    event.preventDefault();
    move(button.closest("li"), step).then(() => button.focus());
  });
}

// One more author.

const more = document.querySelector("[data-more]");
if (more) {
  const total = document.querySelector("[name=authors-TOTAL_FORMS]");
  more.hidden = false;
  more.addEventListener("click", () => {
    const made = more.parentElement.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const part of made.querySelectorAll("[name], [id], [for]")) {
      for (const name of ["name", "id", "for"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__prefix__", total.value));
      }
    }
    total.value = String(Number(total.value) + 1);
    more.parentElement.querySelector("template").before(made);
    made.querySelector("input, select").focus();
  });
}
