// The theme and the language that a reader chose, before the page is drawn.
"use strict";
var CTE = CTE || {};

CTE.theme = (() => {
  const KEY = "cte-theme";

  /** What was chosen, or nothing; a browser may forbid to keep it. */
  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  /** @param {string} theme */
  function keep(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this page alone.
    }
  }

  const chosen = kept();
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const dark = matchMedia("(prefers-color-scheme: dark)").matches;
        const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
        const next = now === "dark" ? "light" : "dark";
        document.documentElement.dataset.theme = next;
        keep(next);
      });
    }
    const language = /** @type {HTMLAnchorElement | null} */ (document.getElementById("lang"));
    const address = language?.getAttribute("href");
    language?.addEventListener("click", () => {
      language.href = address + location.search + location.hash;
    });
  });

  return { kept };
})();
