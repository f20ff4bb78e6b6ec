// Runs before the first paint, so that nothing chosen by the reader ever flashes. Everything else is in reader.js.
document.documentElement.dataset.scripted = "";
try {
  const known = { theme: "light dark paper", size: "small large larger", face: "hei", elder: "on" };
  for (const name in known) {
    const value = localStorage.getItem(name);
    if (value && known[name].split(" ").includes(value)) document.documentElement.dataset[name] = value;
  }
} catch { /* storage is closed to us: the device decides */ }
