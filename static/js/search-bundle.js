// Search without a server: reads the index a bundle brings along (journal/edition/bundle/index.py says how it
// is written) and finds what the server's search would find. Exported for the tests; the page starts itself.

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const A_PAGE = 20;
const BEFORE = 24;
const QUOTED = 110;

const replaced = (text, table) => Array.from(text, (one) => table(one)).join("");

// A number of seven bits a byte, the lowest first.
class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }

  get left() { return this.at < this.bytes.length; }

  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  take(length) { return this.bytes.subarray(this.at, this.at += length); }
}

// How a text is cut into units: a port of articles/search/words.py, its tables and limits come with the index.
export class Words {
  constructor(rules) {
    const table = (pairs) => new Map(pairs.split(" ").map((pair) => {
      const [old] = pair;
      return [old, pair.slice(old.length)];
    }));
    this.rules = rules;
    this.capitals = table(rules.capitals);
    this.variants = table(rules.variants);
    this.wide = new RegExp(`[${rules.wide}]`, "u");
    this.unit = new RegExp(`[${rules.wide}]|\\p{Nd}+|(?:(?![${rules.wide}\\p{Nd}])[\\p{L}\\p{N}])+`, "gu");
    this.folded = new Map();
  }

  fold(text) {
    const lower = replaced(text.normalize("NFKC"), (one) => this.capitals.get(one) ?? one.toLowerCase());
    return replaced(lower.normalize("NFKC"), (one) => this.variants.get(one) ?? one);
  }

  shortened(unit) {
    return unit.length > this.rules.longestWord ? Array.from(unit).slice(0, this.rules.longestWord).join("") : unit;
  }

  units(text) {
    return (this.fold(text).match(this.unit) ?? []).map((unit) => this.shortened(unit));
  }

  terms(query) {
    const parts = this.fold(query).split(BLANKS).map((part) => this.units(part).slice(0, this.rules.mostUnits));
    return parts.filter((term) => term.length).slice(0, this.rules.mostTerms);
  }

  pair(one, two) {
    return this.wide.test(one) && this.wide.test(two) ? one + two : one + this.rules.mark + two;
  }

  // The units of a text with where they stand in it, character by character: good enough to mark a hit.
  placed(text) {
    let folded = "";
    const from = [];
    let at = 0;
    for (const one of text) {
      if (!this.folded.has(one)) this.folded.set(one, this.fold(one));
      const piece = this.folded.get(one);
      for (let i = 0; i < piece.length; i += 1) from.push(at);
      folded += piece;
      at += one.length;
    }
    from.push(text.length);
    return Array.from(folded.matchAll(this.unit), (found) => ({
      unit: this.shortened(found[0]),
      start: from[found.index],
      end: Math.max(from[found.index + found[0].length], from[found.index] + 1),
    }));
  }

  // Where the terms stand in a text, as [start, end], in order and without overlaps.
  marks(text, terms) {
    const units = this.placed(text);
    const found = [];
    for (let i = 0; i < units.length;) {
      const term = terms.find((one) => one.every((unit, n) => units[i + n]?.unit === unit));
      if (term) found.push([units[i].start, units[i + term.length - 1].end]);
      i += term ? term.length : 1;
    }
    return found;
  }
}

const has = (units, term) => units.some((_, i) => term.every((unit, n) => units[i + n] === unit));

export class Index {
  constructor(folder, head) {
    this.folder = folder;
    this.head = head;
    this.words = new Words(head.words);
    this.files = new Map();
    this.codes = head.codes.split(" ");
  }

  static async open(folder) {
    return new Index(folder, await (await got(new URL("index.json", folder))).json());
  }

  // The list of a token, as bytes; nothing when no article has it.
  async list(token) {
    const begins = this.head.files;
    let low = 0, high = begins.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (begins[middle] <= token) low = middle + 1; else high = middle;
    }
    if (!low) return null;
    if (!this.files.has(low - 1)) this.files.set(low - 1, this.file(low - 1));
    return (await this.files.get(low - 1)).get(token) ?? null;
  }

  async file(number) {
    const bytes = new Bytes(new Uint8Array(await (await got(new URL(`${number}.bin`, this.folder))).arrayBuffer()));
    const decoder = new TextDecoder();
    const lengths = [];
    let name = new Uint8Array(0);
    for (let left = bytes.number(); left; left -= 1) {
      const shared = name.subarray(0, bytes.number());
      const rest = bytes.take(bytes.number());
      name = new Uint8Array([...shared, ...rest]);
      lengths.push([decoder.decode(name), bytes.number()]);
    }
    return new Map(lengths.map(([token, length]) => [token, bytes.take(length)]));
  }

  // Article → places of a pair.
  async placesOf(pair) {
    const found = new Map();
    const list = new Bytes(await this.list(pair) ?? []);
    for (let article = 0; list.left;) {
      const step = list.number();
      article += step >> 1;
      const places = [];
      let at = 0;
      for (let left = step & 1 ? 1 : list.number(); left; left -= 1) places.push(at += list.number());
      found.set(article, places);
    }
    return found;
  }

  async withUnit(unit) {
    const found = new Map();
    const list = new Bytes(await this.list(unit) ?? []);
    for (let article = 0; list.left;) {
      const step = list.number();
      found.set(article += step >> 1, Boolean(step & 1));
    }
    return found;
  }

  // Every second pair says as much as all of them: each unit is in one of them, at its place.
  async withPhrase(term) {
    const last = term.length - 2;
    const kept = [...term.keys()].filter((n) => n === last || (n < last && n % 2 === 0));
    const lists = await Promise.all(kept.map((n) => this.placesOf(this.words.pair(term[n], term[n + 1]))));
    const found = new Map();
    for (const [article, starts] of lists[0]) {
      const others = lists.slice(1).map((list) => new Set(list.get(article)));
      const whole = starts.filter((start) => others.every((places, i) => places.has(start + kept[i + 1])));
      if (whole.length) found.set(article, whole[0] < this.head.titleUnits[article]);
    }
    return found;
  }

  // Article → whether the term stands in a title of it.
  async articlesWith(term) {
    const found = term.length === 1 ? await this.withUnit(term[0]) : await this.withPhrase(term);
    this.head.sections.forEach((name, section) => {
      if (!has(this.words.units(name), term)) return;
      this.head.inSection.forEach((at, article) => {
        if (at === section && !found.has(article)) found.set(article, false);
      });
    });
    return found;
  }

  // The articles (numbers) every term is in: those with all terms in a title first, of each the newest first.
  async find(query) {
    const terms = this.words.terms(query);
    if (!terms.length) return [];
    const each = await Promise.all(terms.map((term) => this.articlesWith(term)));
    const found = [...each[0].keys()].filter((article) => each.every((one) => one.has(article)));
    const titled = new Set(found.filter((article) => each.every((one) => one.get(article))));
    return found.sort((a, b) => titled.has(b) - titled.has(a) || b - a);
  }

  issue(article) {
    const [year, number, label] = this.head.issues[this.head.inIssue[article]];
    return { year, number, label };
  }

  section(article) { return this.head.sections[this.head.inSection[article]] ?? ""; }

  address(article) {
    const { year, number } = this.issue(article);
    return `issues/${year}/${number}/${this.codes[article]}/`;
  }

  async text(article) {
    const { year, number } = this.issue(article);
    return (await got(new URL(`../texts/${year}/${number}/${this.codes[article]}.json`, this.folder))).json();
  }
}

async function got(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

// -- the page

const element = (name) => document.querySelector(`[data-search="${name}"]`);
const say = (where, values = {}) => where.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function marked(text, marks, from = 0, to = text.length) {
  const pieces = document.createDocumentFragment();
  let at = from;
  for (const [start, end] of marks) {
    if (start < from || end > to) continue;
    pieces.append(text.slice(at, start));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    pieces.append(mark);
    at = end;
  }
  pieces.append(text.slice(at, to));
  return pieces;
}

// The part of the first text that holds a term; without one the beginning of the first text.
function quoted(words, texts, terms) {
  const found = texts.map((text) => [text, words.marks(text, terms)]).find(([, marks]) => marks.length);
  const [text, marks] = found ?? [texts[0] ?? "", []];
  const from = marks.length && marks[0][0] > BEFORE ? marks[0][0] - BEFORE : 0;
  const to = Math.min(text.length, Math.max(from + QUOTED, marks[0]?.[1] ?? 0));
  const part = document.createDocumentFragment();
  part.append(from ? "…" : "", marked(text, marks, from, to), to < text.length ? "…" : "");
  return part;
}

function addressOf(asked, changes) {
  const next = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value); else next.delete(name);
  }
  return `?${next}`;
}

function showHit(index, article, shown, terms) {
  const hit = element("hit").content.cloneNode(true);
  const part = (name) => hit.querySelector(`.${name}`);
  part("hit-link").href = new URL(`../../${index.address(article)}`, index.folder);
  part("hit-link").append(marked(shown.title, index.words.marks(shown.title, terms)));
  for (const name of ["kicker", "subtitle"]) {
    if (shown[name]) part(`hit-${name}`).append(marked(shown[name], index.words.marks(shown[name], terms)));
    else part(`hit-${name}`).remove();
  }
  part("hit-quote").append(quoted(index.words, shown.texts, terms));
  const names = shown.names.join(" ");
  part("hit-names").append(marked(names, index.words.marks(names, terms)));
  part("hit-issue").textContent = index.issue(article).label;
  part("hit-section").textContent = index.section(article);
  return hit;
}

function showFacet(name, values, asked) {
  const box = element(name);
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  const chosen = asked.get(name);
  if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
  box.hidden = counts.size < 2 && !chosen;
  const sorted = [...counts].sort(([a, many], [b, few]) => (name === "year" ? b - a : few - many));
  box.querySelector("ul").append(...sorted.map(([value, count]) => {
    const line = element("choice").content.cloneNode(true);
    const link = line.querySelector("a");
    const on = value === chosen;
    link.href = addressOf(asked, { [name]: on ? "" : value, page: "" });
    if (on) link.setAttribute("aria-current", "true");
    line.querySelector(".choice-name").textContent = value;
    line.querySelector(".choice-count").textContent = count;
    return line;
  }));
}

function showPaging(asked, page, pages) {
  element("paging").hidden = pages < 2;
  for (const [name, to] of [["previous", page - 1], ["next", page + 1]]) {
    const link = element(name);
    link.hidden = to < 1 || to > pages;
    link.href = addressOf(asked, { page: to > 1 ? to : "" });
  }
}

async function show(index, asked) {
  const query = asked.get("q");
  const told = element("told");
  const terms = index.words.terms(query);
  const all = await index.find(query);
  const year = (article) => String(index.issue(article).year);
  const fits = (name, of) => (article) => !asked.get(name) || of(article) === asked.get(name);
  const inYear = fits("year", year);
  const inSection = fits("section", (article) => index.section(article));
  const found = all.filter((article) => inYear(article) && inSection(article));
  const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
  const page = Math.min(pages, Math.max(1, Math.floor(asked.get("page")) || 1));
  const here = found.slice((page - 1) * A_PAGE, page * A_PAGE);
  const shown = await Promise.all(here.map((article) => index.text(article)));
  element("hits").append(...here.map((article, i) => showHit(index, article, shown[i], terms)));
  showFacet("year", all.filter(inSection).map(year), asked);
  showFacet("section", all.filter(inYear).map((article) => index.section(article)), asked);
  showPaging(asked, page, pages);
  const sentence = found.length ? (pages > 1 ? told.dataset.pages : told.dataset.found) : told.dataset.none;
  told.textContent = say(sentence, { count: found.length, query, page, pages });
  element("results").hidden = !all.length;
}

async function start(form) {
  const asked = new URLSearchParams(location.search);
  const query = asked.get("q") ?? "";
  form.elements.q.value = query;
  if (!query.trim()) return;
  const told = element("told");
  document.title = `${query} - ${document.title}`;
  told.textContent = told.dataset.busy;
  try {
    await show(await Index.open(new URL(form.dataset.index, location)), asked);
  } catch (error) {
    told.textContent = told.dataset.failed;
    console.error(error);
  }
}

const form = element("form");
if (form) start(form);
