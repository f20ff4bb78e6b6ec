// Search without a server: reads the index a bundle brings along (journal/edition/bundle/index.py says how it
// is written) and finds what the server's search would find. Exported for the tests; the page starts itself.

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const A_PAGE = 10;
const MOST_VALUES = 12;
const QUOTED = 96, LEAD = 24, BEGINNING = 90;
const FACETS = ["section", "year", "author"];

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
  constructor(folder, head, texts) {
    this.folder = folder;
    this.texts = texts;
    this.head = head;
    this.words = new Words(head.words);
    this.files = new Map();
    this.codes = head.codes.split(" ");
  }

  // With ``names`` the words shown are a variant's own: in traditional characters, say.
  static async open(address, names) {
    const [head, own] = await Promise.all([address, names].map(async (one) => one && (await got(one)).json()));
    return new Index(new URL(".", address), { ...head, ...own }, new URL("../texts/", names ?? address));
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

  // Article → rank of its best place: 3 in a title, 2 in a name, 1 elsewhere in the head, 0 in the text.
  async withUnit(unit) {
    const found = new Map();
    const list = new Bytes(await this.list(unit) ?? []);
    for (let article = 0; list.left;) {
      const step = list.number();
      found.set(article += step >> 2, step & 3);
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
      const first = starts.find((start) => others.every((places, i) => places.has(start + kept[i + 1])));
      if (first !== undefined) found.set(article, this.rank(article, first));
    }
    return found;
  }

  rank(article, place) {
    return this.head.ends.slice(3 * article, 3 * article + 3).filter((end) => place < end).length;
  }

  with(term) { return term.length === 1 ? this.withUnit(term[0]) : this.withPhrase(term); }

  // The articles (numbers) every term is in, as the server ranks them: terms side by side as they were typed
  // before scattered ones, titles before names before the head before the text; then the newest.
  async find(query) {
    const terms = this.words.terms(query);
    if (!terms.length) return [];
    const each = await Promise.all(terms.map((term) => this.with(term)));
    const beside = terms.length > 1 ? await this.with(terms.flat().slice(0, this.words.rules.mostUnits)) : each[0];
    const longest = each[terms.indexOf(terms.reduce((one, other) => (other.length > one.length ? other : one)))];
    const found = [...each[0].keys()].filter((article) => each.every((one) => one.has(article)));
    const place = (article) => {
      if (!longest.get(article) && !beside.get(article)) return 0;
      return Math.max(1, Math.min(...each.map((one) => one.get(article))));
    };
    const keys = new Map(found.map((article) => [article, 4 * beside.has(article) + place(article)]));
    return found.sort((a, b) => keys.get(b) - keys.get(a) || b - a);
  }

  issue(article) {
    const [year, number, label] = this.head.issues[this.head.inIssue[article]];
    return { year, number, label };
  }

  // What an article can be narrowed by: pairs of a code, as it stands in an address, and a name.
  values(article, facet) {
    if (facet === "section") return [this.head.sections[this.head.inSection[article]]].filter(Boolean);
    if (facet === "author") return this.head.by[article].map((author) => this.head.authors[author]);
    const year = String(this.issue(article).year);
    return [[year, year]];
  }

  address(article) {
    const { year, number } = this.issue(article);
    return `issues/${year}/${number}/${this.codes[article]}/`;
  }

  async text(article) {
    const { year, number } = this.issue(article);
    return (await got(new URL(`${year}/${number}/${this.codes[article]}.json`, this.texts))).json();
  }
}

async function got(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

// -- the page

const part = (name) => document.querySelector(`[data-search="${name}"]`);
const copy = (name) => part(name).content.firstElementChild.cloneNode(true);
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function addressOf(asked, changes) {
  const next = new URLSearchParams(asked);
  next.delete("page");
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value); else next.delete(name);
  }
  return `?${next}`;
}

function marked(text, marks, from = 0, to = text.length) {
  const pieces = document.createDocumentFragment();
  let at = from;
  for (const [start, end] of marks) {
    if (start < at || end > to) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    pieces.append(text.slice(at, start), mark);
    at = end;
  }
  pieces.append(text.slice(at, to));
  return pieces;
}

// With the hit's sentence, if that begins near; else so that the hit stands early.
function beginning(text, hit) {
  const near = Math.max(0, hit - LEAD);
  const sentence = Math.max(...Array.from("。！？；\n", (end) => text.lastIndexOf(end, hit - 1)));
  return sentence >= near && hit ? sentence + 1 : near;
}

// The part of the first text that holds a term; without one how the first begins.
function quoted(words, texts, terms) {
  for (const text of texts) {
    const marks = words.marks(text, terms);
    if (!marks.length) continue;
    const from = beginning(text, marks[0][0]);
    const to = Math.max(Math.min(text.length, from + QUOTED), marks[0][1]);
    const shown = document.createDocumentFragment();
    shown.append(from ? "……" : "", marked(text, marks, from, to), to < text.length ? "……" : "");
    return shown;
  }
  const [first = ""] = texts;
  return first.slice(0, BEGINNING) + (first.length > BEGINNING ? "……" : "");
}

function hitOf(index, article, shown, terms) {
  const hit = copy("hit");
  const [link, text, name, issue, section] = ["a", ".hit-text", ".name", ".issue", ".section"].map((one) => hit.querySelector(one));
  const put = (place, words) => place.append(marked(words, index.words.marks(words, terms)));
  link.href = new URL(`../${index.address(article)}`, location.href.replace(/index\.html(?=$|[?#])/, ""));
  put(link, shown.title);
  text.append(quoted(index.words, shown.texts, terms));
  if (shown.names.length) put(name, shown.names.join(" ")); else name.remove();
  issue.textContent = index.issue(article).label;
  section.textContent = index.values(article, "section")[0]?.[1] ?? "";
  return hit;
}

// The most frequent values of a facet; not what would leave all hits, nor one that is chosen already.
function fillFacet(box, values, asked) {
  const name = box.dataset.facet;
  const counts = new Map();
  for (const [code, label] of values) counts.set(code, { label, count: (counts.get(code)?.count ?? 0) + 1 });
  if (asked.has(name) || counts.size < 2) return box.remove();
  const most = [...counts].sort(([, one], [, other]) => other.count - one.count).slice(0, MOST_VALUES);
  box.querySelector("ul").append(...most.map(([code, { label, count }]) => {
    const line = copy("value");
    const [words, number] = line.querySelectorAll("span");
    line.querySelector("a").href = addressOf(asked, { [name]: code });
    words.textContent = label;
    number.textContent = count;
    return line;
  }));
}

function fillChosen(index, asked) {
  const known = new Map([...index.head.sections, ...index.head.authors]);
  part("chosen").append(...FACETS.filter((name) => asked.has(name)).map((name) => {
    const line = copy("way-out");
    line.querySelector("a").href = addressOf(asked, { [name]: "" });
    line.querySelector(".choice").textContent = known.get(asked.get(name)) ?? asked.get(name);
    return line;
  }));
}

function fillPaging(box, asked, page, pages) {
  if (pages < 2) return box.remove();
  const place = box.querySelector(".page");
  place.textContent = filled(place.textContent, { page, pages });
  for (const [rel, to] of [["prev", page - 1], ["next", page + 1]]) {
    const link = box.querySelector(`.${rel}`);
    if (to < 1 || to > pages) link.replaceWith(document.createElement("span"));
    else Object.assign(link, { rel, href: addressOf(asked, { page: to > 1 ? to : "" }) });
  }
}

function fillOrder(box, asked) {
  const newest = asked.get("sort") === "newest";
  for (const [name, on, sort] of [["best", !newest, ""], ["newest", newest, "newest"]]) {
    const link = box.querySelector(`.${name}`);
    if (on) link.setAttribute("aria-current", "true");
    else link.href = addressOf(asked, { sort });
  }
}

async function show(index, query, asked) {
  const terms = index.words.terms(query);
  const fits = (article) => FACETS.every((name) => !asked.has(name) ||
    index.values(article, name).some(([code]) => code === asked.get(name)));
  const found = (await index.find(query)).filter(fits);
  if (asked.get("sort") === "newest") found.sort((a, b) => b - a);
  fillChosen(index, asked);
  const told = part("told");
  if (!found.length) {
    told.textContent = filled(told.dataset.none, { query });
    return;
  }
  const pages = Math.ceil(found.length / A_PAGE);
  const page = Math.min(pages, Math.max(1, Math.floor(asked.get("page")) || 1));
  const here = found.slice((page - 1) * A_PAGE, page * A_PAGE);
  const shown = await Promise.all(here.map((article) => index.text(article)));
  const columns = copy("columns");
  const count = columns.querySelector(".count");
  count.textContent = filled(count.textContent, { count: found.length });
  columns.querySelector(".hits").append(...here.map((article, i) => hitOf(index, article, shown[i], terms)));
  fillOrder(columns, asked);
  fillPaging(columns.querySelector(".paging"), asked, page, pages);
  for (const box of columns.querySelectorAll(".facet")) {
    fillFacet(box, found.flatMap((article) => index.values(article, box.dataset.facet)), asked);
  }
  if (!columns.querySelector(".facet")) columns.querySelector(".facets").remove();
  told.remove();
  part("found").append(columns);
}

async function start(form) {
  const asked = new URLSearchParams(location.search);
  const query = (asked.get("q") ?? "").trim();
  if (!query) return form.elements.q.focus();
  form.elements.q.value = query;
  document.title = `${query} - ${document.title}`;
  const told = part("told");
  told.textContent = told.dataset.busy;
  try {
    const { index, names } = form.dataset;
    await show(await Index.open(new URL(index, location), names && new URL(names, location)), query, asked);
  } catch (error) {
    told.textContent = told.dataset.failed;
    console.error(error);
  }
}

const form = part("form");
if (form) start(form);
