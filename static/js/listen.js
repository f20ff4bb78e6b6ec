// Reads an article aloud, a paragraph at a time, with the voice of the device. Shown only where there is one.
// A pause ends the sentence and goes on from its paragraph: not every browser can hold its breath.

const speech = window.speechSynthesis;
const bar = document.querySelector(".listen");
const TEXT = ".piece-title, .abstract > p:not(.keywords), .article > :is(p, h2, h3, h4, blockquote, ul, ol)";
const SILENT = ".note-mark, .end-mark, rt, rp, .part";
const LONGEST = 150; // characters; longer ones are broken off by some voices

let place = 0;
let state = "off";
let run = 0; // what an utterance of an earlier run still says does not count

function voice() {
  const voices = speech.getVoices().filter((one) => /^(zh|cmn)/i.test(one.lang));
  return voices.find((one) => /^(zh|cmn)[-_]*(hans[-_])?cn/i.test(one.lang)) ?? voices[0];
}

function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const silent of copy.querySelectorAll(SILENT)) silent.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Whole sentences together up to LONGEST; a sentence longer than that is cut at its commas. */
function pieces(words) {
  const parts = words.match(/[^。！？；，、：]+[。！？；，、：」』”’）]*|[。！？；，、：」』”’）]+/g) ?? [];
  return parts.reduce((found, part) => {
    const last = found.at(-1);
    if (last !== undefined && last.length + part.length <= LONGEST) found[found.length - 1] = last + part;
    else found.push(part);
    return found;
  }, []);
}

const paragraphs = () => [...document.querySelectorAll(TEXT)].filter((one) => wordsOf(one));

function read(all) {
  const element = all[place];
  const own = ++run;
  mark(element);
  if (!element) {
    stop();
    return;
  }
  const said = pieces(wordsOf(element)).map((words) => {
    const one = new SpeechSynthesisUtterance(words);
    one.voice = voice();
    one.lang = one.voice?.lang ?? "zh-CN";
    return one;
  });
  said.at(-1).onend = () => {
    if (state !== "on" || own !== run) return;
    place += 1;
    read(all);
  };
  for (const one of said) speech.speak(one);
}

function mark(element) {
  document.querySelector(".being-read")?.classList.remove("being-read");
  if (!element) return;
  element.classList.add("being-read");
  const at = element.getBoundingClientRect();
  if (at.top < 0 || at.bottom > innerHeight * .8) element.scrollIntoView({ block: "center" });
}

function become(next) {
  state = next;
  const [button, end] = bar.querySelectorAll("button");
  button.textContent = button.dataset[next];
  end.hidden = next === "off";
  bar.classList.toggle("on", next !== "off");
}

function stop() {
  become("off");
  speech.cancel();
  place = 0;
  mark(null);
}

function press() {
  if (state === "on") {
    become("held");
    speech.cancel();
  } else {
    become("on");
    speech.cancel();
    read(paragraphs());
  }
}

function offer() {
  bar.classList.toggle("waiting", !voice());
}

if (speech && bar) {
  const [button, end] = bar.querySelectorAll("button");
  button.addEventListener("click", press);
  end.addEventListener("click", () => { stop(); button.focus(); });
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", stop);
  offer();
}
