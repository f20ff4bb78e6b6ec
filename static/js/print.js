// The print button of a form; without it the browser's own menu prints the same page.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
