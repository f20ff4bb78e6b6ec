// The buttons of saving: on the page of an issue, and on the list of what is saved. All words come from the page.

const box = document.querySelector("[data-saves]");
const possible = "serviceWorker" in navigator && "caches" in window;
const HOUR = 3600 * 1000;

function tell(name, values = {}) {
  const words = box.dataset[name] ?? "";
  box.querySelector(".said").textContent = words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function reason(error) {
  if (error instanceof NotSaid) return "unsaid";
  if (error instanceof NotPublic) return "closed";
  return error.name === "QuotaExceededError" ? "full" : "broken";
}

// -- on the page of an issue

async function showState() {
  const saved = (await listSaved()).some((issue) => issue.path === location.pathname);
  const [save, remove] = ["save", "remove"].map((name) => box.querySelector(`[data-${name}]`));
  save.textContent = saved ? save.dataset.again : save.dataset.first;
  remove.hidden = box.querySelector("a").hidden = !saved;
}

async function save() {
  const progress = box.querySelector("progress");
  progress.hidden = false;
  progress.removeAttribute("value");
  try {
    await navigator.serviceWorker.register("/sw.js");
    await saveIssue(location.pathname, box.dataset.title, (done, all) => {
      [progress.value, progress.max] = [done, all];
      tell("saving", { done, all });
    });
    tell("saved");
  } catch (error) {
    tell(reason(error));
  }
  progress.hidden = true;
  await showState();
}

async function remove(path) {
  await removeIssue(path);
  if ((await listSaved()).length) return;
  await Promise.all([LIST, SHELL].map((name) => caches.delete(name)));
  await (await navigator.serviceWorker.getRegistration("/"))?.unregister();
}

/** Stores of a saving that was broken off, by a closed page say. */
async function sweep() {
  const named = new Set((await listSaved()).map((issue) => issue.name));
  for (const name of await caches.keys()) {
    const begun = Number(name.split(" ").at(-1));
    if (name.startsWith(STORE) && !named.has(name) && Date.now() - begun > HOUR) await caches.delete(name);
  }
}

function onIssuePage() {
  let busy = false;
  box.addEventListener("click", async (event) => {
    if (busy) return;
    busy = true;
    if (event.target.closest("[data-save]")) await save();
    if (event.target.closest("[data-remove]")) {
      await remove(location.pathname);
      tell("removed");
      await showState();
      box.querySelector("[data-save]").focus();
    }
    busy = false;
  });
  box.classList.remove("waiting");
  showState();
}

// -- on the list of what is saved

function row(issue) {
  const item = document.querySelector("#saved-issue").content.cloneNode(true);
  const link = item.querySelector("a");
  [link.href, link.textContent] = [issue.path, issue.title];
  const facts = { pages: issue.pages, size: (issue.bytes / 1e6).toFixed(1), date: new Date(issue.at).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }) };
  const words = item.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  item.querySelector("button").addEventListener("click", async () => {
    await remove(issue.path);
    tell("removed");
    await showList();
    box.focus();
  });
  return item;
}

async function showList() {
  const saved = await listSaved();
  saved.sort((one, other) => other.path.localeCompare(one.path, "en", { numeric: true }));
  box.querySelector("ul").replaceChildren(...saved.map(row));
  box.querySelector(".empty").hidden = saved.length > 0;
}

function onListPage() {
  const here = location.pathname.endsWith(WITHOUT_NETWORK);
  document.querySelector(".no-network").hidden = here;
  if (!possible) box.querySelector(".impossible").hidden = false;
  else showList();
}

if (box?.matches(".saved-issues")) onListPage();
else if (box && possible) onIssuePage();
if (box && possible) sweep();
