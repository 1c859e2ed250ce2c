// Search: the words of a query are looked up in shards of the index, which are scripts, so that it works from a folder.
"use strict";
var CTE = CTE || {};

/** @typedef {[kind: number, page: string, english: string, arabic: string, standing: string]} Entry */
/** @typedef {{firsts: string[], size: number, number: number, kinds: Record<string, Record<string, string>>, standings: Record<string, Record<string, string>>}} Index */

CTE.search = (() => {
  const { root, up } = /** @type {{root: string, up: string}} */ (document.body.dataset);
  const arabic = document.documentElement.lang === "ar";
  const LISTED = 12;
  const ON_PAGE = 100;
  const KINDS = ["codebook", "entities", "documents", "sanctions", "sections", "events"];
  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();
  /** @type {Map<string, any>} */
  const loaded = new Map();

  /** @type {(text: string) => string} */
  const fold = CTE.fold?.short ?? ((text) => text.normalize("NFKD").replace(/[\p{Mn}\u0640]/gu, "").replace(/[ىی]/g, "ي").replace(/ة/g, "ه").toLowerCase());

  /**
   * Take what a script of the index hands over.
   * @param {string} what
   * @param {any} key
   * @param {any} value
   */
  function receive(what, key, value) {
    if (what === "index") loaded.set("index", key);
    else loaded.set(what[0] + key, what === "terms" ? value.split("\n").map(postings) : value);
  }

  /**
   * A line of a shard: a term, and the differences between the numbers of its entries.
   * @param {string} line
   * @returns {[string, string]}
   */
  function postings(line) {
    const at = line.indexOf(" ");
    return [line.slice(0, at), line.slice(at + 1)];
  }

  /**
   * A part of the index.
   * @param {string} name
   * @returns {Promise<any>}
   */
  function load(name) {
    let found = loading.get(name);
    if (!found) {
      found = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}data/search/${name}.js`;
        script.onload = () => resolve(loaded.get(name));
        script.onerror = () => reject(new Error(`no ${script.src}`));
        document.head.append(script);
      });
      loading.set(name, found);
    }
    return found;
  }

  /**
   * What is typed, as the index has words.
   * @param {string} text
   */
  function words(text) {
    return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])].map((word) => word.slice(0, 40));
  }

  /**
   * The entries of the terms that begin so, with how well: 2 for the word itself, 1 for a longer one.
   * @param {Index} index
   * @param {string} word
   * @returns {Promise<Map<number, number>>}
   */
  async function find(index, word) {
    const found = new Map();
    let shard = index.firsts.findLastIndex((first) => first <= word);
    if (shard < 0) shard = 0;
    for (let more = 0; more < 3 && shard < index.firsts.length; more += 1, shard += 1) {
      if (more && !index.firsts[shard].startsWith(word)) break;
      for (const [term, packed] of await load(`t${shard}`)) {
        if (term.startsWith(word)) {
          let entry = 0;
          for (const step of packed.split(",")) {
            entry += parseInt(step, 36);
            const value = term === word ? 2 : 1;
            if ((found.get(entry) ?? 0) < value) found.set(entry, value);
          }
        }
      }
    }
    return found;
  }

  /**
   * The numbers of the entries that hold all words, the best first.
   * @param {string} text
   * @returns {Promise<number[]>}
   */
  async function search(text) {
    const index = await load("index");
    const each = await Promise.all(words(text).map((word) => find(index, word)));
    if (!each.length) return [];
    const [first, ...others] = each.sort((one, other) => one.size - other.size);
    const all = [...first].filter(([entry]) => others.every((found) => found.has(entry)));
    const worth = new Map(all.map(([entry]) => [entry, each.reduce((sum, found) => sum + (found.get(entry) ?? 0), 0)]));
    return [...worth.keys()].sort((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0) || one - other);
  }

  /**
   * The entries of some numbers.
   * @param {number[]} numbers
   * @returns {Promise<Entry[]>}
   */
  async function entries(numbers) {
    const { size } = await load("index");
    return Promise.all(numbers.map(async (number) => (await load(`e${Math.floor(number / size)}`))[number % size]));
  }

  /**
   * A list of what was found.
   * @param {Entry[]} found
   * @param {Index} index
   */
  function list(found, index) {
    const language = arabic ? "ar" : "en";
    const items = found.map(([kind, page, english, other, standing]) => {
      const link = document.createElement("a");
      link.href = up + page;
      const title = document.createElement("bdi");
      title.textContent = (arabic && other) || english;
      const about = document.createElement("small");
      const also = arabic ? english : other;
      const told = standing ? ` · ${index.standings[language][standing]}` : "";
      about.append(index.kinds[language][KINDS[kind]] + told);
      if (also && also !== title.textContent && kind < 3) {
        const name = document.createElement("bdi");
        name.textContent = also;
        about.append(" · ", name);
      }
      link.append(title, about);
      const item = document.createElement("li");
      item.append(link);
      return item;
    });
    const made = document.createElement("ul");
    made.className = "hits";
    made.append(...items);
    return made;
  }

  const input = /** @type {HTMLInputElement} */ (document.getElementById("find"));
  const form = /** @type {HTMLFormElement} */ (input.form);
  const results = document.getElementById("results");
  const kinds = document.getElementById("kinds");
  const panel = document.createElement("div");
  panel.className = "found";
  panel.hidden = true;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-live", "polite");
  panel.setAttribute("aria-label", form.querySelector("label")?.textContent ?? "");
  form.append(panel);
  let asked = 0;

  /** Show what is found while a reader types: the first few below the field, or all on the page of the search. */
  async function show() {
    const mine = (asked += 1);
    const text = input.value.trim();
    const place = results ?? panel;
    if (text.length < 2) {
      place.replaceChildren();
      kinds?.replaceChildren();
      panel.hidden = true;
      return;
    }
    const index = await load("index");
    let numbers = await search(text);
    const most = results ? ON_PAGE : LISTED;
    if (results && kinds) numbers = await filtered(numbers, index);
    const found = await entries(numbers.slice(0, most));
    if (mine !== asked) return;
    const count = document.createElement("p");
    count.className = "number";
    const { none, count: many } = /** @type {{none: string, count: string}} */ (input.dataset);
    count.textContent = numbers.length ? many.replace("{}", numbers.length.toLocaleString("en")) : none;
    place.replaceChildren(count, list(found, index));
    panel.hidden = Boolean(results);
  }

  /**
   * Those of the kind that is chosen, with boxes to choose one; entries stand in the order of their kinds.
   * @param {number[]} numbers
   * @param {Index} index
   */
  async function filtered(numbers, index) {
    const some = numbers.slice(0, 2000);
    const found = await entries(some);
    const wanted = new URLSearchParams(location.search).get("kind") ?? "";
    const labels = ["", ...KINDS.filter((_, kind) => found.some((entry) => entry[0] === kind))].map((kind) => {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "radio";
      box.name = "kind";
      box.value = kind;
      box.checked = kind === wanted;
      label.append(box, kind ? index.kinds[arabic ? "ar" : "en"][kind] : (input.dataset.all ?? ""));
      return label;
    });
    const field = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = input.dataset.filter ?? "";
    field.append(legend, ...labels);
    const focused = kinds?.contains(document.activeElement);
    kinds?.replaceChildren(field);
    if (focused) /** @type {HTMLElement | null} */ (kinds?.querySelector("input:checked"))?.focus();
    return wanted ? some.filter((_, at) => KINDS[found[at][0]] === wanted) : numbers;
  }

  /** What the address asks for, on the page of the search. */
  function read() {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    void show();
  }

  /** @param {boolean} replace */
  function write(replace) {
    const query = new URLSearchParams(location.search);
    query.set("q", input.value);
    history[replace ? "replaceState" : "pushState"](null, "", `?${query}`);
  }

  input.addEventListener("input", () => {
    if (results) write(true);
    void show();
  });
  input.addEventListener("focus", () => {
    if (!results) void show();
  });
  kinds?.addEventListener("change", (event) => {
    const query = new URLSearchParams(location.search);
    query.set("kind", /** @type {HTMLInputElement} */ (event.target).value);
    history.pushState(null, "", `?${query}`);
    void show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (results) write(false);
    else location.href = `${up}search.html?${new URLSearchParams({ q: input.value })}`;
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape" && !panel.hidden) {
      panel.hidden = true;
      input.focus();
      panel.hidden = true;
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && form.contains(document.activeElement) && !panel.hidden) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!form.contains(/** @type {Node} */ (event.target))) panel.hidden = true;
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(/** @type {Node} */ (event.target))) panel.hidden = true;
  });

  /**
   * Go up or down in what was found.
   * @param {number} step
   */
  function move(step) {
    const stops = /** @type {HTMLElement[]} */ ([input, ...panel.querySelectorAll("a")]);
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    stops[(at + step + stops.length) % stops.length].focus();
  }

  if (results) {
    addEventListener("popstate", read);
    read();
  }

  return Object.assign(receive, { entries, search, words });
})();
