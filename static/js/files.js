// The files of an issue: while one is being made the list is asked for again. Without this script a link does it.
const said = document.getElementById("files-said");
const list = () => document.getElementById("files");
const PAUSE = 1000;

async function look() {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Files": "1" }, credentials: "same-origin" });
    take(await answer.text());
  } catch {
    said.textContent = said.dataset.lost;
  }
  again();
}

// Put the new list in the place of the old one if it differs; who is somewhere in it stays there.
function take(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("files");
  if (!fresh) {
    location.reload(); // signed out, or a page that is no list
    return;
  }
  const done = "working" in list().dataset && !("working" in fresh.dataset);
  if (words(fresh) === words(list())) return;
  const fold = list().querySelector("#single");
  if (fold) fresh.querySelector("#single")?.toggleAttribute("open", fold.open);
  const at = document.activeElement?.closest("#files [id]")?.id;
  list().replaceWith(document.adoptNode(fresh));
  if (at) document.getElementById(at)?.focus({ preventScroll: true });
  said.textContent = done ? said.dataset.done : "";
}

// Each answer has secrets of its own in its forms: what is read is compared.
function words(list) {
  return list.textContent.replace(/\s+/g, " ");
}

function again() {
  if ("working" in list().dataset) setTimeout(look, PAUSE);
}

again();
