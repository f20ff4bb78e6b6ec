// Runs before the first paint, so that a remembered theme never flashes. Everything else is in reader.js.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark" || theme === "paper") document.documentElement.dataset.theme = theme;
} catch { /* storage is closed to us: the device decides */ }
