// What the page's scripts find beside what the browser has: markdown-it, of which they use one call.
declare function markdownit(preset: "commonmark"): {
  parse(text: string, env: object): unknown[];
};
