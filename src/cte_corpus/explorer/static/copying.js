// Buttons that copy a citation or a line of code.
"use strict";
var CTE = CTE || {};

CTE.copying = (() => {
  /**
   * The citation of a record: that of its document and of the corpus, and the record with its digest.
   * @param {HTMLElement} button
   */
  function citation(button) {
    const main = /** @type {HTMLElement} */ (button.closest("main"));
    const urn = button.closest(".record")?.querySelector(".urn a code")?.textContent ?? "";
    const lines = (main.dataset.cited || main.dataset.corpus || "").split("\n");
    const last = lines[lines.length - 1];
    const head = last.split(/\. (?:Record |SHA-256 )/)[0];
    const called = button.dataset.called ? ` (${button.dataset.called})` : "";
    const digest = `${button.dataset.digest}${main.dataset.unreleased ?? ""}`;
    return [...lines.slice(0, -1), `${head}. Record ${urn}${called}, SHA-256 ${digest}.`].join("\n");
  }

  /** @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.copy"))) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(button.dataset.copy ?? citation(button));
      if (done) button.textContent = `✓ ${button.dataset.done}`;
      setTimeout(() => {
        button.textContent = label;
      }, 2000);
    });
  }

  return { citation };
})();
