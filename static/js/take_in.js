// Comforts only: dropping files and folders, keeping the folders' names, reading on by itself.
// Every form works without this file.

const form = document.querySelector("form[data-take-in]");
if (form) {
  const files = form.querySelector("#id_files");
  const folder = form.querySelector("#id_folder");
  const chosen = form.querySelector(".chosen");
  const tooMany = form.querySelector("[data-too-many]");
  const working = form.querySelector(".working");
  const most = Number(form.dataset.most);
  let dropped = new Map(); // File → the folder path it was dropped with

  const all = () => [...files.files, ...folder.files];
  const pathOf = (file) => dropped.get(file) || file.webkitRelativePath || file.name;

  const show = () => {
    const list = all();
    chosen.hidden = !list.length;
    tooMany.hidden = list.length <= most;
    chosen.querySelector("output").textContent = list.length;
    chosen.querySelector("ul").replaceChildren(
      ...list.map((file) => Object.assign(document.createElement("li"), { textContent: pathOf(file) })),
    );
  };
  files.addEventListener("change", () => {
    dropped = new Map();
    show();
  });
  folder.addEventListener("change", show);

  const filesBelow = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [[file, entry.fullPath.replace(/^\//, "")]];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      for (const inner of some) found.push(...(await filesBelow(inner)));
    }
    return found;
  };

  const drop = async (transfer) => {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...transfer.files].map((file) => [file, file.name]);
    const pairs = entries.length ? (await Promise.all(entries.map(filesBelow))).flat() : plain;
    const kept = new DataTransfer();
    const paths = [];
    for (const [file, path] of pairs) {
      kept.items.add(file);
      paths.push(path);
    }
    files.files = kept.files;
    dropped = new Map([...files.files].map((file, n) => [file, paths[n]]));
    show();
  };

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    drop(event.dataTransfer);
  });
  form.addEventListener("submit", (event) => {
    const list = all();
    if (list.length > most) {
      event.preventDefault();
      tooMany.hidden = false;
      return;
    }
    form.elements.paths.value = JSON.stringify(list.map(pathOf));
    working.textContent = working.dataset.words;
  });
}

const reading = document.querySelector("form[data-reading]");
if (reading) {
  const bar = reading.querySelector("progress");
  const told = reading.querySelector("output");
  const readOn = async () => {
    const answer = await fetch(reading.action, {
      method: "POST",
      body: new FormData(reading),
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const run = async () => {
    bar.hidden = false;
    reading.querySelector("button").hidden = true;
    try {
      for (;;) {
        const { left, read } = await readOn();
        bar.max = Math.max(bar.max, left);
        bar.value = bar.max - left;
        told.textContent = reading.dataset.words.replace("{left}", left);
        if (!left) break;
        if (!read) throw new Error("another window reads");
      }
      location.reload();
    } catch {
      told.textContent = reading.dataset.failed;
      reading.querySelector("button").hidden = false;
    }
  };
  run();
}
