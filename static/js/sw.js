// The worker that answers for saved issues when there is no network. It is there only while an issue is saved,
// and stands behind the functions of saved.js (both are sent as one file, /sw.js). Pages come from the network
// first, so a new edition shows at once and what was taken down is replaced; a saved page is shown when the
// network does not answer. Everything else goes its way as if there were no worker.

const DAY = 24 * 3600 * 1000;
const CLOSED = /^\/(desk|members|preview|login|logout|register|password|account|manuscripts)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || CLOSED.test(pathname)) return;
  const picture = pathname.match(PICTURE)?.[0];
  if (picture) event.respondWith(pictureOf(request, picture));
  else if (LASTING.test(pathname)) event.respondWith(savedFirst(request));
  else if (request.mode === "navigate") event.respondWith(networkFirst(event, pathname));
});

async function savedFirst(request) {
  return (await caches.match(request.url, FOUND)) ?? fetch(request);
}

/** A saved picture stands in for all its sizes, when the one asked for does not come. */
async function pictureOf(request, picture) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(picture, FOUND)) ?? Response.error();
  }
}

async function networkFirst(event, path) {
  const issue = await savedWith(path);
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return (issue && (await caches.match(path, FOUND))) ?? (await caches.match(WITHOUT_NETWORK, FOUND)) ?? Response.error();
  }
  if (issue && response.status >= 500) return (await caches.match(path, FOUND)) ?? response;
  if (issue) event.waitUntil(follow(issue, path, response.clone()));
  event.waitUntil(lookAgain());
  return response;
}

/** A saved page becomes what the network says of it now; what it no longer shows is not kept either. */
async function follow(issue, path, response) {
  const store = await caches.open(issue.name);
  const old = await store.match(path, FOUND);
  if (!old) return;
  if (!isPublic(response)) {
    if (response.type === "opaqueredirect") return;
    if (path === issue.path) await removeIssue(path);
    else await store.delete(path, FOUND);
    return;
  }
  const shown = filesIn(await response.clone().text());
  await keep(store, path, response);
  const gone = [...filesIn(await old.text()).keys()].filter((key) => PICTURE.test(key) && !shown.has(key));
  await Promise.all(gone.map((key) => store.delete(key, FOUND)));
}

/** Once a day every saved issue is saved anew, one at a time, while somebody reads here anyway. */
async function lookAgain() {
  const due = (await listSaved()).find((issue) => Date.now() - issue.at > DAY);
  if (!due) return;
  await note({ ...due, at: Date.now() });
  try {
    await saveIssue(due.path, due.title);
  } catch (error) {
    // Without network or room the copy of yesterday stays, and tomorrow is another day.
    if (error instanceof NotPublic) await removeIssue(due.path);
  }
}
