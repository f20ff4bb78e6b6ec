// What works on the page of an article: notes, pictures, copying, sharing, addresses of headings.
// Words come from the page. In the mode for the elderly nothing pops up: links lead where they say.

const calm = () => "elder" in document.documentElement.dataset;
const modified = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0;
const said = document.querySelector(".tools .said");

function say(words) {
  if (said) said.textContent = words;
}

// A note opens where it is referred to; otherwise the reference leads to the list of notes.
function setUpNotes() {
  const supported = typeof HTMLElement.prototype.showPopover === "function";
  if (!supported || !document.querySelector("a.note-ref")) return;
  const box = document.createElement("aside");
  box.className = "note-popover";
  box.popover = "auto";
  document.body.append(box);
  let opener = null;
  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a.note-ref");
    const note = reference && document.querySelector(reference.hash);
    if (!note || calm() || modified(event)) return;
    event.preventDefault();
    box.replaceChildren(note.querySelector(".note-text").cloneNode(true));
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

// A picture opens large over the page, with its caption; ← and → go through the pictures, Esc goes back.
function setUpPictures() {
  const box = document.querySelector("dialog.lightbox");
  const links = [...document.querySelectorAll(".article a.picture")];
  if (!box || !links.length) return;
  const [words, file] = [".lightbox-words", ".lightbox-file"].map((name) => box.querySelector(name));
  const image = new Image();
  words.before(image);
  const turns = box.querySelectorAll("[data-turn]");
  let at = 0;
  let opener = null;
  const show = (number) => {
    at = (number + links.length) % links.length;
    const small = links[at].querySelector("img");
    image.src = file.href = links[at].pathname;
    image.alt = small.alt;
    image.width = small.width;
    image.height = small.height;
    const caption = links[at].closest("figure")?.querySelector("figcaption");
    words.replaceChildren(...(caption ? [...caption.cloneNode(true).childNodes] : []));
    box.querySelector(".lightbox-place").textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
  };
  for (const turn of turns) {
    turn.hidden = links.length < 2;
    turn.addEventListener("click", () => show(at + Number(turn.dataset.turn)));
  }
  links.forEach((link, number) => link.addEventListener("click", (event) => {
    if (calm() || modified(event)) return;
    event.preventDefault();
    opener = link;
    show(number);
    box.showModal();
  }));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && links.length > 1) show(at + step);
  });
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest("[data-close]")) box.close();
  });
  box.addEventListener("close", () => opener?.focus());
}

async function copy(words) {
  await navigator.clipboard.writeText(words);
}

function setUpCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}

// The address of a heading is copied as it is gone to.
function setUpHeadings() {
  const words = said?.dataset.heading;
  if (!navigator.clipboard || !words) return;
  for (const link of document.querySelectorAll(".article a.here")) {
    link.addEventListener("click", async (event) => {
      if (modified(event)) return;
      await copy(link.href);
      link.dataset.done = words;
      say(words);
      setTimeout(() => delete link.dataset.done, 2000);
    });
  }
}

// To another program where the device can, else onto the clipboard. The address is the canonical one.
function setUpSharing() {
  const url = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const title = document.querySelector("h1").innerText.replace(/\s+/g, "");
  for (const button of document.querySelectorAll("button[data-share]")) {
    button.hidden = !navigator.share && !navigator.clipboard;
    button.addEventListener("click", () => share({ title, url }));
  }
}

async function share(page) {
  try {
    if (navigator.share) await navigator.share(page);
    else {
      await copy(page.url);
      say(said.dataset.copied);
    }
  } catch (error) {
    if (error.name !== "AbortError") say(said.dataset.failed);
  }
}

document.querySelector("[data-print]")?.addEventListener("click", () => print());
setUpNotes();
setUpPictures();
setUpCopying();
setUpHeadings();
setUpSharing();
