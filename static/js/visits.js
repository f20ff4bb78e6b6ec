// Tells that an article is being read, and shows how often it and others were. Nothing is shown, and nothing is
// missing, without a server behind the page.

const DOOR = "/visits/";
const LOOKED_AT = 5000;

async function figures(name) {
  try {
    const answer = await fetch(`${DOOR}${name}.json`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // off line
  }
}

// Runs once the page has been in sight for some seconds; a page opened ahead or behind others is not read yet.
function whenRead(run) {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      run();
    }, LOOKED_AT);
  };
  document.addEventListener("visibilitychange", look);
  look();
}

function tell(code) {
  try {
    if (sessionStorage.getItem(`read ${code}`)) return; // reloaded, or come back to
    sessionStorage.setItem(`read ${code}`, "1");
  } catch { /* no storage: the server knows a reader again for a while */ }
  navigator.sendBeacon(DOOR, code);
}

async function setUpArticle(place) {
  const { visits: code, issue } = place.dataset;
  const found = await figures(issue);
  if (!found) return;
  if (found[code]) {
    place.querySelector("span").textContent = found[code];
    place.classList.add("known");
  }
  whenRead(() => tell(code));
}

// Fetched when the reader opens it: the front page needs no figures, and nothing moves by itself.
async function fill(box) {
  const rows = (await figures("most-read"))?.lately;
  if (!rows) return;
  const [variant] = box.querySelector("p a").pathname.split("/most-read/");
  box.classList.toggle("none", !rows.length);
  box.querySelector("ol").replaceChildren(...rows.map(([title, address, visits]) => {
    const [item, link, number] = ["li", "a", "span"].map((name) => document.createElement(name));
    link.href = variant + address;
    link.textContent = title;
    number.textContent = visits;
    item.append(link, " ", number);
    return item;
  }));
}

// In a copy of the site without its server, links to what only the server answers lead to another house.
const isAtHome = (box) => box.querySelector("a").origin === location.origin;

for (const place of document.querySelectorAll("[data-visits]")) {
  if (isAtHome(place)) setUpArticle(place);
}
for (const box of document.querySelectorAll("[data-most-read]")) {
  if (isAtHome(box)) box.addEventListener("toggle", () => fill(box), { once: true });
}
