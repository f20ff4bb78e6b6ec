// Comforts of the proof page: walk the lines with the arrows, mark an error where it stands, take selected words
// over. Without this script the same form takes the number of the line. Nothing here writes text as mark-up.
const galley = document.getElementById("galley");
const form = document.getElementById("mark-form");
const keys = document.getElementById("proof-keys");
if (galley && form) start();

function start() {
  const lines = [...galley.querySelectorAll("li[data-line]")];
  const home = form.parentElement;
  const field = (name) => form.elements.namedItem(name);
  let here = null;
  keys.hidden = false;
  galley.classList.add("works");
  lines.forEach((line, place) => { line.tabIndex = place ? -1 : 0; });

  function stand(line) {
    for (const other of lines) other.tabIndex = other === line ? 0 : -1;
    line.focus();
    line.scrollIntoView({ block: "nearest" });
  }

  // Words selected in a line, that line's alone.
  function selectedIn(line) {
    const selection = document.getSelection();
    const words = line.querySelector(".words");
    if (selection.isCollapsed || !words.contains(selection.anchorNode) || !words.contains(selection.focusNode)) return "";
    return selection.toString().trim();
  }

  function open(line) {
    const words = selectedIn(line);
    field("line").value = line.dataset.line;
    if (words) {
      field("wrong").value = words;
      field("right").value = words;
    }
    let place = line.querySelector(":scope > .mark-here");
    if (!place) {
      place = document.createElement("div");
      place.className = "mark-here";
      line.append(place);
    }
    here = line;
    home.hidden = true;
    place.append(form);
    (words ? field("right") : field("wrong")).focus();
  }

  function close() {
    if (!here) return;
    const line = here;
    here = null;
    home.hidden = false;
    home.append(form);
    line.querySelector(":scope > .mark-here")?.remove();
    stand(line);
  }

  galley.addEventListener("click", (event) => {
    const line = event.target.closest("li[data-line]");
    if (!line || event.target.closest("a, form")) return;
    if (line === here) return;
    if (here) {
      const empty = !field("wrong").value && !field("right").value;
      if (!empty) { field("line").value = line.dataset.line; return; }
      close();
    }
    open(line);
  });

  galley.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && form.contains(event.target)) { event.preventDefault(); close(); return; }
    const place = lines.indexOf(event.target);
    if (place < 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -lines.length, End: lines.length }[event.key];
    if (step) {
      event.preventDefault();
      stand(lines[Math.min(Math.max(place + step, 0), lines.length - 1)]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (here) close();
      open(lines[place]);
    }
  });

  // The weight of the kind chosen, until somebody gives another.
  const weight = field("weight");
  field("kind").addEventListener("change", (event) => {
    weight.placeholder = event.target.selectedOptions[0]?.dataset.weight ?? "";
  });

  // What was refused opens again where it was typed.
  if (document.getElementById("refusal") && field("line").value) {
    const line = lines[Number(field("line").value) - 1];
    if (line) open(line);
  }
}

// A mark named in the address is shown and holds the focus.
const named = location.hash.startsWith("#mark-") && document.getElementById(location.hash.slice(1));
if (named) named.focus({ preventScroll: false });
