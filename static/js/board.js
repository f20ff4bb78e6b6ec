// The issue board: every move is one of the page's own forms, sent without leaving the page; what comes back is
// the board as the server lays it out. Without this script the same forms reload the page. No rule of the board
// is known here.
const said = document.getElementById("board-said");
const board = () => document.getElementById("board");
const move = () => document.getElementById("board-move");
let busy = false;

async function send(form, button, focus) {
  if (busy) return;
  busy = true;
  board().setAttribute("aria-busy", "true");
  const data = new FormData(form, button);
  const open = [...document.querySelectorAll(".more[open]")].map((fold) => fold.closest("[data-article]").id);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Board": "1" }, credentials: "same-origin" });
    take(await answer.text(), focus, open);
  } catch {
    board().removeAttribute("aria-busy");
    said.textContent = said.dataset.lost;
  }
  busy = false;
}

// Put the new board in the place of the old one; the one who moved stays with what was moved.
function take(page, focus, open) {
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("board");
  if (!fresh) {
    document.location.reload(); // signed out, or a page that is no board
    return;
  }
  const scrolled = [...document.querySelectorAll(".pool, .budget, .flatplan-scroll")].map((pane) => [pane.scrollTop, pane.scrollLeft]);
  board().replaceWith(document.adoptNode(fresh));
  document.querySelectorAll(".pool, .budget, .flatplan-scroll").forEach((pane, n) => pane.scrollTo?.(scrolled[n]?.[1] ?? 0, scrolled[n]?.[0] ?? 0));
  for (const id of open) document.getElementById(id)?.querySelector(".more")?.setAttribute("open", "");
  if ("refused" in fresh.dataset) {
    said.textContent = "";
    document.getElementById("board-refused").focus();
    return;
  }
  said.textContent = fresh.dataset.said;
  const at = focus.map((id) => document.getElementById(id)).find((found) => found && !found.disabled);
  at?.focus({ preventScroll: true });
  at?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function places(article) {
  return [`a-${article}-title`, `f-${article}-title`, `p-${article}-title`, "board-undo", "pool-q"];
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-board]");
  if (!form) return;
  event.preventDefault();
  const article = new FormData(form).get("article");
  const here = document.activeElement?.id;
  send(form, event.submitter, [...(here ? [here] : []), ...places(article)]);
});

function ask(fields, focus) {
  const form = move();
  if (!form) return;
  for (const name of ["do", "article", "other", "page", "side"]) form.elements[name].value = fields[name] ?? "";
  send(form, null, focus ?? places(fields.article));
}

// Keys: Alt+↑/↓ on an article, Ctrl+Z anywhere but in a field, / for the pool.

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=hidden]), textarea, select");
  if (event.altKey && !event.ctrlKey && !event.metaKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const item = event.target.closest("[data-article]");
    if (!item || item.dataset.from || "locked" in item.dataset || !move()) return;
    event.preventDefault();
    ask({ do: event.key === "ArrowUp" ? "up" : "down", article: item.dataset.article }, [event.target.id, ...places(item.dataset.article)].filter(Boolean));
  } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z" && !typing) {
    if (!move()) return;
    event.preventDefault();
    const article = event.target.closest("[data-article]")?.dataset.article;
    ask({ do: "undo" }, [event.target.id, ...(article ? places(article) : []), "board-undo"].filter(Boolean));
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("pool-q")?.focus();
  }
});

// Drag: an article to before or after another, to a free page, or from the pool to any of them.

let dragged = null;

document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[draggable=true][data-article]");
  if (!item || !move()) return;
  dragged = { article: item.dataset.article, pool: "from" in item.dataset };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.dataset.article);
  item.classList.add("dragged");
});

function clear() {
  for (const marked of document.querySelectorAll(".drop-before, .drop-after, .drop-here, .dragged")) {
    if (!(marked.classList.contains("dragged") && dragged)) marked.classList.remove("dragged");
    marked.classList.remove("drop-before", "drop-after", "drop-here");
  }
}

// Where the pointer would drop it: the fields of the move, and what to mark.
function target(event) {
  const leaf = event.target.closest?.(".leaf[data-page]");
  if (leaf) {
    const piece = event.target.closest(".piece") ?? leaf.querySelector(".piece");
    if (!piece) return { mark: leaf, name: "drop-here", fields: { page: leaf.dataset.page } };
    if (piece.dataset.article === dragged.article) return null;
    const later = stands(dragged.article) >= 0 && stands(dragged.article) < stands(piece.dataset.article);
    return { mark: leaf, name: "drop-here", fields: { other: piece.dataset.article, side: later ? "after" : "before" } };
  }
  const row = event.target.closest?.(".rows > .row");
  if (row) {
    if (row.dataset.article === dragged.article) return null;
    const box = row.getBoundingClientRect();
    const side = event.clientY > box.top + box.height / 2 ? "after" : "before";
    return { mark: row, name: `drop-${side}`, fields: { other: row.dataset.article, side } };
  }
  if (dragged.pool && event.target.closest?.(".centre")) return { mark: null, fields: {} };
  return null;
}

function stands(article) {
  const order = [...new Set([...document.querySelectorAll(".rows > .row, .leaf .piece")].map((item) => item.dataset.article))];
  return order.indexOf(article);
}

document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const found = target(event);
  clear();
  if (!found) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  found.mark?.classList.add(found.name);
});

document.addEventListener("drop", (event) => {
  if (!dragged) return;
  const found = target(event);
  if (!found) return;
  event.preventDefault();
  const { article, pool } = dragged;
  const { page, other, side } = found.fields;
  ask({ do: pool ? "place" : page ? "page" : side, article, page, other, side });
});

document.addEventListener("dragend", () => {
  dragged = null;
  clear();
});

// A row that an address points to is where the keyboard goes on.
if (document.location.hash.startsWith("#a-")) document.getElementById(`${document.location.hash.slice(1)}-title`)?.focus();
