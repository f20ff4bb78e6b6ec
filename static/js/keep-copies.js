// Copies of unsent words in this browser, one database a person: gone once they reached the office, and when
// the person logs out. IndexedDB, because it is on the disk at once; local storage may wait a minute.

const NAME = (person) => `kanwu-keep-${person}`;

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(person) {
  const request = indexedDB.open(NAME(person), 1);
  request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "key" });
  return asPromise(request).then((database) => {
    database.onversionchange = () => database.close();
    return database;
  });
}

// ``put`` says whether it is kept; a browser without storage keeps nothing and says so.
export function copies(person) {
  async function within(mode, act) {
    const database = await open(person);
    try {
      const transaction = database.transaction("copies", mode);
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      const result = await asPromise(act(transaction.objectStore("copies")));
      await done;
      return result;
    } finally {
      database.close();
    }
  }
  return {
    put: (copy) => within("readwrite", (rows) => rows.put(copy)).then(() => true, () => false),
    remove: (key) => within("readwrite", (rows) => rows.delete(key)).catch(() => {}),
    all: () => within("readonly", (rows) => rows.getAll()).catch(() => []),
  };
}

export function destroy(person) {
  return asPromise(indexedDB.deleteDatabase(NAME(person)));
}
