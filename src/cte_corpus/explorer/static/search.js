// Search: what is found while a reader types, below the field or on a page of its own; "/" leads to it.
"use strict";
var CTE = CTE || {};

CTE.search = (() => {
  const { up } = /** @type {{up: string}} */ (document.body.dataset);
  const { entries, load, search } = CTE.lookup;
  const arabic = document.documentElement.lang === "ar";
  const LISTED = 12;
  const ON_PAGE = 100;
  const KINDS = ["codebook", "entities", "documents", "sanctions", "sections", "events"];

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
    place.dataset.for = text;
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

  return { show };
})();
