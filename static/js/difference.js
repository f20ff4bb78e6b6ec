// Walks along the changes of a text (keys n and p) and switches how they are shown, without loading the page
// again. Without this script the switch is a form and the count stands still.
const root = document.getElementById("difference");
const walk = root?.querySelector(".difference-walk");
const views = root?.querySelector(".difference-views");
const folded = new Set();
let now = 0;

const inSight = () => [...root.querySelectorAll("[data-change]")].filter((place) =>
  place.checkVisibility() || place.closest("details:not([open])"));

function go(step) {
  const places = inSight();
  if (!places.length) return;
  const here = places.findIndex((place) => Number(place.dataset.change) >= now);
  const exact = here >= 0 && Number(places[here].dataset.change) === now;
  let next = here < 0 ? (step > 0 ? 0 : places.length - 1) : here + (exact ? step : Math.min(step, 0));
  next = (next + places.length) % places.length;
  const place = places[next];
  now = Number(place.dataset.change);
  place.closest("details:not([open])")?.setAttribute("open", "");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
  tell();
}

function tell() {
  const all = root.querySelectorAll("[data-change]").length;
  walk.querySelector("output").textContent = now
    ? root.dataset.of.replace("{number}", now).replace("{all}", all) : "";
}

function show(view) {
  const clean = view === "clean";
  for (const fold of root.querySelectorAll("details.difference-fold")) {
    if (clean && !fold.open) folded.add(fold);
    if (clean) fold.open = true;
    else if (folded.delete(fold)) fold.open = false;
  }
  root.dataset.view = view;
  const address = new URL(location.href);
  address.searchParams.set("view", view);
  history.replaceState(history.state, "", address);
  for (const link of document.querySelectorAll("input[type=hidden][name=view]")) link.value = view;
}

if (walk) {
  walk.hidden = false;
  root.classList.add("scripted");
  walk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.step));
  });
  views.addEventListener("change", (event) => show(event.target.value));
  root.addEventListener("focusin", (event) => {
    const place = event.target.closest("[data-change]");
    if (place) now = Number(place.dataset.change);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
    if (event.key !== "n" && event.key !== "p") return;
    event.preventDefault();
    go(event.key === "n" ? 1 : -1);
  });
}
