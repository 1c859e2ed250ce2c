// Recipes: from a copy to the text in which offsets count, as `cte_corpus.text.view` does it.
"use strict";
var CTE = CTE || {};

CTE.recipe = (() => {
  const { SPACE, split, trim } = CTE.fold;
  const WORD = "[\\p{L}\\p{N}_]";
  const SPACES = new RegExp(`(?:(?!\\n)[${SPACE}])+`, "g");
  const FRONT_MATTER = /^\ufeff?---\n[^]*?^---\n/m;
  const BLOCK = /^\ufeff?---[ \t]*\n([^]*?)^---[ \t]*(?:\n|(?![^]))/m;
  const KEY = new RegExp(`^((?:${WORD}|-)+(?:\\.(?:${WORD}|-)+)*):(?:[ \\t]+([^\\n]*))?$`, "u");
  const MORE = /^(?:[ \t]|#|- |-$|$)/;
  const FOLDED = /^[|>][-+0-9]*$/;
  const COMMENT = /(?:^|[ \t])#[^\n]*/g;
  const BREAK = /<br\b[^>]*>/gi;

  const MAX_TEXT = 2_000_000;
  const SLACK = 100_000;
  const MARKS = /\p{M}{31}/u;

  /** @typedef {{type: string, content: string, children: Token[] | null}} Token of markdown-it */

  /**
   * NFC; runs of white space to one space; lines stripped; at most one blank line; ends stripped.
   * @param {string} text
   */
  function plain(text) {
    const lines = unix(text.normalize("NFC")).replace(SPACES, " ").split("\n");
    return trim(
      lines
        .map((line) => line.replace(/^ +| +$/g, ""))
        .join("\n")
        .replace(/\n{3,}/g, "\n\n"),
    );
  }

  /** @param {string} text */
  const unix = (text) => text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");

  /** @param {string} text */
  const parse = (text) => /** @type {Token[]} */ (globalThis.markdownit("commonmark").parse(text, {}));

  /** @param {Token} child */
  function inline(child) {
    if (child.type === "softbreak") return " ";
    if (child.type === "hardbreak") return "\n";
    return child.type === "html_inline" ? "" : child.content;
  }

  /**
   * @param {string} text
   */
  const isBreak = (text) => new RegExp(`^(?:${BREAK.source})$`, "i").test(text);

  /** @param {string} text */
  const unstarred = (text) => text.replace(/\*{2,}/g, "");

  /**
   * What a reader of the page sees: no front matter or Markdown, a blank line between blocks; then `plain`.
   * @param {string} text
   */
  function markdown1(text) {
    const source = unix(text);
    const matter = FRONT_MATTER.exec(source);
    const body = matter && !matter.index ? source.slice(matter[0].length) : source;
    const blocks = parse(body).flatMap((token) => {
      if (token.type === "inline") return [(token.children ?? []).map(inline).join("")];
      return token.type === "code_block" || token.type === "fence" ? [token.content] : [];
    });
    return plain(unstarred(blocks.join("\n\n")));
  }

  /**
   * As `markdown1`, with the headline; a rule in the first line is front matter only before a mapping.
   * @param {string} text
   */
  function markdown2(text) {
    const [title, body] = frontMatter(unix(text));
    const found = parse(body).flatMap(block).map(unstarred);
    const first = found.find((item) => trim(item)) ?? "";
    return plain((title && plain(title) !== plain(first) ? [title, ...found] : found).join("\n\n"));
  }

  /**
   * @param {Token} token
   * @returns {string[]}
   */
  function block(token) {
    if (token.type === "inline") {
      const parts = token.children ?? [];
      return [parts.map((one) => (one.type === "html_inline" && isBreak(one.content) ? "\n" : inline(one))).join("")];
    }
    if (token.type === "code_block" || token.type === "fence") return [token.content];
    if (token.type !== "html_block") return [];
    const content = token.content.replace(BREAK, "\n");
    return [content.includes("<") ? "" : content];
  }

  /**
   * The title in the front matter of a text, and the text after it.
   * @param {string} text
   * @returns {[string, string]}
   */
  function frontMatter(text) {
    const found = BLOCK.exec(text);
    if (!found || found.index) return ["", text];
    const lines = found[1].replace(/\n$/, "").split("\n");
    if (!KEY.test(lines[0]) || !lines.every((line) => KEY.test(line) || MORE.test(line))) return ["", text];
    return [title(lines), text.slice(found[0].length)];
  }

  /** @param {string[]} lines */
  function title(lines) {
    const at = lines.findIndex((line) => KEY.exec(line)?.[1] === "title");
    if (at < 0) return "";
    const end = lines.findIndex((line, index) => index > at && !/^[ \t]/.test(line));
    const parts = [KEY.exec(lines[at])?.[2] ?? "", ...lines.slice(at + 1, end < 0 ? undefined : end)];
    if (FOLDED.test(trim(parts[0]))) return split(parts.slice(1).join(" ")).join(" ");
    return scalar(split(parts.join(" ")).join(" "));
  }

  /**
   * A plain or quoted scalar as its text.
   * @param {string} value
   */
  function scalar(value) {
    if (value.startsWith("'")) return /^'((?:[^']|'')*)'/.exec(value)?.[1].replaceAll("''", "'") ?? value;
    if (value.startsWith('"')) {
      const quoted = /^"(?:[^"\\]|\\.)*"/.exec(value);
      try {
        return quoted ? String(JSON.parse(quoted[0])) : value;
      } catch {
        return value.replace(/^"+|"+$/g, ""); // an escape that YAML has and JSON has not
      }
    }
    return value.replace(COMMENT, "");
  }

  /**
   * Take a text that can be normalised and folded in bounded time and memory.
   * @param {string} text
   * @throws {RangeError} with the reason: `long`, `expands` or `marks`
   */
  function judge(text) {
    if (text.length > MAX_TEXT) throw new RangeError("long");
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
    let more = 0;
    for (const [char, number] of counts) more += ([...char.normalize("NFKD")].length - 1) * number;
    if (more > text.length + SLACK) throw new RangeError("expands");
    if (MARKS.test(text)) throw new RangeError("marks");
  }

  /** @type {Record<string, (text: string) => string>} */
  const RECIPES = { "plain-1": plain, "markdown-1": markdown1, "markdown-2": markdown2 };

  /**
   * A copy after the recipe.
   * @param {string} name
   * @param {string} copy
   * @throws {RangeError} the recipe is not known
   */
  function apply(name, copy) {
    if (!Object.hasOwn(RECIPES, name)) throw new RangeError(`no recipe ${name}`);
    return RECIPES[name](copy);
  }

  return { apply, judge };
})();
