// The rich editor on wide screens; on small ones, and without this script, the plain field stays.
const box = document.querySelector("[data-text]");
if (box && matchMedia("(min-width: 48rem)").matches) open();

function open() {
  const rich = box.querySelector("[data-rich]");
  window.CKEDITOR_BASEPATH = rich.dataset.base;
  const script = document.createElement("script");
  script.src = rich.dataset.script;
  script.addEventListener("load", () => replace(rich));
  document.head.append(script);
}

function replace(rich) {
  // Else the editor would be put on itself, with everything its own package would like to load.
  CKEDITOR.disableAutoInline = true;
  const area = rich.querySelector("textarea");
  const plain = box.querySelector("[data-plain]");
  for (const [name, path, file] of JSON.parse(area.dataset.externalPluginResources)) {
    CKEDITOR.plugins.addExternal(name, path, file);
  }
  area.disabled = false;
  area.dataset.processed = "1";
  rich.hidden = false;
  plain.hidden = true;
  for (const field of plain.querySelectorAll("textarea")) field.disabled = true;
  CKEDITOR.replace(area.id, JSON.parse(area.dataset.config));
}
