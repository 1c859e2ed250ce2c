// Filters of a list by how its events stand; what is chosen is in the address, so that it can be shared and gone back to.
"use strict";
var CTE = CTE || {};

CTE.filter = (() => {
  const fields = /** @type {NodeListOf<HTMLFieldSetElement>} */ (document.querySelectorAll("fieldset[data-filters]"));

  /** @param {HTMLFieldSetElement} field */
  function boxes(field) {
    return /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll("input")]);
  }

  /** Show what is chosen. */
  function show() {
    for (const field of fields) {
      const shown = new Set(boxes(field).filter((box) => box.checked).map((box) => box.value));
      const list = /** @type {HTMLElement} */ (field.parentElement);
      for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-standing]"))) {
        item.hidden = !shown.has(String(item.dataset.standing));
      }
    }
  }

  /** Take over what the address says. */
  function read() {
    const hidden = new Set((new URLSearchParams(location.search).get("without") ?? "").split("."));
    for (const field of fields) for (const box of boxes(field)) box.checked = !hidden.has(box.value);
    show();
  }

  for (const field of fields) {
    field.hidden = false;
    field.addEventListener("change", () => {
      const without = boxes(field).filter((box) => !box.checked).map((box) => box.value).join(".");
      history.pushState(null, "", `${without ? `?without=${without}` : location.pathname}${location.hash}`);
      show();
    });
  }
  if (fields.length) {
    addEventListener("popstate", read);
    read();
  }

  return { read };
})();
