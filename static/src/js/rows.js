// Add another, take away: rows of the same small form. Emptied rows are dropped by the server.
import { initAll } from "../../vendor/govuk-frontend.js";
import { startMoments } from "./moment.js";
import { startPickers } from "./picker.js";

export function startRows() {
  for (const rows of document.querySelectorAll("[data-rows]")) watch(rows);
}

function watch(rows) {
  const { rowsPrefix: prefix, rowsNoun: noun } = rows.dataset;
  const least = Number(rows.dataset.rowsLeast);
  const most = Number(rows.dataset.rowsMost);
  const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const empty = rows.querySelector("[data-row-empty]");
  const add = rows.querySelector("[data-row-add]");
  const all = () => [...rows.querySelectorAll("[data-row]")];
  const shown = () => all().filter((row) => !row.hidden);

  const number = () => {
    shown().forEach((row, index) => {
      row.querySelector("[data-row-title]").textContent =
        `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${index + 1}`;
    });
    add.hidden = shown().length >= most;
  };
  const dress = (row) => {
    if (all().indexOf(row) < least) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "house-button-link";
    button.textContent = `Take away this ${noun}`;
    button.addEventListener("click", () => {
      for (const control of controls(row)) clear(control);
      row.hidden = true;
      number();
      add.focus();
    });
    row.append(button);
  };

  all().forEach(dress);
  // The spare row is for those without scripts; it waits until it is asked for.
  all().forEach((row, index) => {
    if (index >= Math.max(least, 1) && controls(row).every(isEmpty)) row.hidden = true;
  });
  add.addEventListener("click", () => {
    const spare = all().find((row) => row.hidden);
    const row = spare || copyOf(empty, total.value);
    if (!spare) {
      empty.before(row);
      total.value = Number(total.value) + 1;
      total.dispatchEvent(new Event("change", { bubbles: true }));
      dress(row);
      startMoments(row);
      startPickers(row);
      initAll({ scope: row });
    }
    row.hidden = false;
    number();
    controls(row)[0]?.focus();
  });
  number();
}

const controls = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];

const isEmpty = (control) =>
  ["checkbox", "radio"].includes(control.type) ? !control.checked : control.value === "";

function clear(control) {
  if (["checkbox", "radio"].includes(control.type)) control.checked = false;
  else control.value = "";
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

function copyOf(template, index) {
  const row = template.content.firstElementChild.cloneNode(true);
  for (const element of row.querySelectorAll("*")) {
    for (const name of ["id", "for", "name", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("__prefix__", index));
    }
  }
  return row;
}
