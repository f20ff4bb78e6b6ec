// Issues a reader has saved on this device. The page that saves and the worker that answers without a network
// (sw.js) both stand on these functions. An issue is saved into a store of its own and named in the list only
// when it is whole; saving it again builds a new store beside the old one. Kept is only what the answer itself
// calls public: nothing for signed-in readers, inside networks, the desk or a preview can get in.

const LIST = "kanwu-saved";
const STORE = "kanwu-issue";
const SHELL = "kanwu-shell";
const WITHOUT_NETWORK = "/offline/";
const PICTURE = /^\/media\/figures\/[0-9a-f]{32}/;
const LASTING = /^\/(?:media\/figures\/|static\/.*\.[0-9a-f]{12}\.\w+$)/;
const FOUND = { ignoreVary: true, ignoreSearch: true };

class NotPublic extends Error {}
/** The server says nothing of who may keep the answer: it is no house of ours, and not set up as one. */
class NotSaid extends NotPublic {}

/** Who asks is nobody, and the answer is the newest there is. */
async function fetchPublic(path) {
  const response = await fetch(path, { credentials: "omit", cache: LASTING.test(path) ? "default" : "no-cache" });
  if (response.status >= 500) throw new TypeError(`${path}: ${response.status}`);
  if (!isPublic(response)) throw new (response.ok && !response.headers.has("Cache-Control") ? NotSaid : NotPublic)(path);
  return response;
}

function isPublic(response) {
  const words = (response.headers.get("Cache-Control") ?? "").toLowerCase();
  return response.status === 200 && !response.redirected && /\bpublic\b/.test(words) && !/\b(private|no-store)\b/.test(words);
}

/**
 * What a page is made of, as key → address: style and script under their own names, each picture once, under
 * its name without width and kind, whatever the page offers of it.
 */
function filesIn(html) {
  const named = [...html.matchAll(/\s(?:src|href|srcset)="([^"]+)"/g)].flatMap((found) => found[1].split(/,\s*/));
  const files = new Map();
  for (const path of named.map((one) => one.trim().split(/\s/)[0]).filter((one) => LASTING.test(one))) {
    const picture = path.match(PICTURE)?.[0];
    if (!picture) files.set(path, path);
    else if (worth(path) > worth(files.get(picture) ?? "")) files.set(picture, path);
  }
  return files;
}

/** Of a picture's files the WebP a telephone would take, else the picture itself. */
function worth(path) {
  const width = Number(path.match(/-(\d+)\.webp$/)?.[1] ?? 0);
  if (width) return width <= 960 ? 2 + width : 1;
  return /\.(jpg|png|webp)$/.test(path) ? 2 : 0;
}

/** The pages below an issue that its contents lead to. */
function pagesIn(html, issue) {
  const links = [...html.matchAll(/\shref="([^"#?]+)/g)].map((found) => found[1]);
  return [...new Set(links)].filter((path) => path.startsWith(issue) && path !== issue && path.endsWith("/"));
}

async function listSaved() {
  if (!(await caches.has(LIST))) return [];
  const list = await caches.open(LIST);
  const keys = await list.keys();
  return Promise.all(keys.map(async (key) => (await list.match(key)).json()));
}

async function note(issue) {
  await (await caches.open(LIST)).put(issue.path, new Response(JSON.stringify(issue)));
}

/** Put a page and what it is made of into a store; gives the bytes that came with it. */
async function keep(store, path, response) {
  const html = await response.clone().text();
  await store.put(path, response);
  let bytes = html.length;
  for (const [key, address] of filesIn(html)) {
    if (await store.match(key, FOUND)) continue;
    const file = (await caches.match(key, FOUND)) ?? (await fetchPublic(address));
    bytes += (await file.clone().blob()).size;
    await store.put(key, file);
  }
  return bytes;
}

/**
 * Save the issue whose contents stand at ``path``; ``tell(done, all)`` is called for every page.
 * Rejects with NotPublic, QuotaExceededError or TypeError (no network); then nothing of it is kept.
 */
async function saveIssue(path, title, tell = () => {}) {
  const name = `${STORE} ${path} ${Date.now()}`;
  const before = (await listSaved()).find((issue) => issue.path === path);
  try {
    const store = await caches.open(name);
    const contents = await fetchPublic(path);
    const pages = pagesIn(await contents.clone().text(), path);
    let bytes = await keep(store, path, contents);
    tell(1, pages.length + 1);
    for (const [place, page] of pages.entries()) {
      bytes += await keep(store, page, await fetchPublic(page));
      tell(place + 2, pages.length + 1);
    }
    await keep(await caches.open(SHELL), WITHOUT_NETWORK, await fetchPublic(WITHOUT_NETWORK));
    await note({ path, title, name, bytes, pages: pages.length, at: Date.now() });
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  if (before) await caches.delete(before.name);
}

async function removeIssue(path) {
  const issue = (await listSaved()).find((one) => one.path === path);
  await (await caches.open(LIST)).delete(path);
  if (issue) await caches.delete(issue.name);
}

/** The saved issue a page belongs to. */
async function savedWith(path) {
  return (await listSaved()).find((issue) => path.startsWith(issue.path));
}
