// Logging out takes the copies in this browser along: the next person at this computer finds none. Words that
// never reached the office are asked about first.
import { copies, destroy } from "./keep-copies.js";

const form = document.getElementById("logout-form");
const person = form?.dataset.person;

if (person) form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const left = await copies(person).all();
  if (left.length && !confirm(form.dataset.unsent)) return;
  await Promise.race([destroy(person).catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000))]);
  form.submit();
});
