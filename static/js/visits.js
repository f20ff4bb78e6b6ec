// Tells that an article is being read, and shows how often it and others were. Nothing is shown, and nothing is
// missing, without a server behind the page.

const LOOKED_AT = 5000;

async function figures(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // off line, or a copy of the site without its server
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

function tell(address, code) {
  try {
    if (sessionStorage.getItem(`read ${code}`)) return; // reloaded, or come back to
    sessionStorage.setItem(`read ${code}`, "1");
  } catch { /* no storage: the server knows a reader again for a while */ }
  navigator.sendBeacon(address, code);
}

async function setUpArticle(place) {
  const { visits: code, figures: address, tell: door } = place.dataset;
  const found = await figures(address);
  if (!found) return;
  if (found[code]) {
    place.querySelector("span").textContent = found[code].toLocaleString("zh-CN");
    place.classList.add("known");
  }
  whenRead(() => tell(door, code));
}

// Fetched when the reader opens it: the front page needs no figures, and nothing moves by itself.
async function fill(box) {
  const rows = (await figures(box.dataset.mostRead))?.lately ?? [];
  const [variant] = box.querySelector("p a").pathname.split("/most-read/");
  box.querySelector("ol").replaceChildren(...rows.map(([title, address, visits]) => {
    const [item, link, number] = ["li", "a", "span"].map((name) => document.createElement(name));
    link.href = variant + address;
    link.textContent = title;
    number.textContent = visits.toLocaleString("zh-CN");
    item.append(link, " ", number);
    return item;
  }));
}

if (location.protocol.startsWith("http")) {
  document.querySelectorAll("[data-visits]").forEach(setUpArticle);
  for (const box of document.querySelectorAll("[data-most-read]")) {
    box.addEventListener("toggle", () => fill(box), { once: true });
  }
}
