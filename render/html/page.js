"use strict";
// Every page: the theme, and tables that sort. What a file says is only ever
// set as text, so that nothing in it can become markup.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// make builds an element of attributes and children; children are text or nodes.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// The theme follows the system until a reader chooses; the choice is kept where
// the browser lets a page keep anything.
function startTheme() {
  const root = document.documentElement, button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", dark());
  try { root.dataset.theme = localStorage.getItem("taut-theme") || ""; } catch { /* a page from a file may have no storage */ }
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("taut-theme", root.dataset.theme); } catch { /* as above */ }
    show();
  });
  system.addEventListener("change", show);
  show();
}

// What a unit is worth in the smallest of its family, so that "512 MiB" comes
// before "1 GiB" and "90 s" before "2 min".
const units = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, ms: 1e-3, min: 60, h: 3600, d: 86400, k: 1e3, M: 1e6 };

// sortKey reads a cell: its key where it has one, the number it begins with in
// a column of numbers, else its text. Undefined values come last.
function sortKey(cell, numeric) {
  const text = cell.dataset.key ?? cell.textContent.trim();
  if (!numeric && cell.dataset.key === undefined) return text.toLowerCase();
  const number = /^[-+]?[\d,]*\.?\d+(e[-+]?\d+)?/i.exec(text);
  if (!number) return -Infinity;
  const unit = /^\s*([A-Za-z]+)/.exec(text.slice(number[0].length));
  return parseFloat(number[0].replaceAll(",", "")) * (unit && units[unit[1]] || 1);
}

function compareKeys(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

// sortBy orders a table by a column: numbers largest first, words from A; a
// second click turns it round. Rows that are equal keep their order.
function sortBy(table, column) {
  const heads = [...table.tHead.rows[0].cells], head = heads[column];
  const numeric = head.classList.contains("num");
  const was = head.getAttribute("aria-sort");
  const direction = was === "none" ? (numeric ? "descending" : "ascending") : was === "ascending" ? "descending" : "ascending";
  for (const h of heads) h.setAttribute("aria-sort", h === head ? direction : "none");
  const sign = direction === "ascending" ? 1 : -1;
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: sortKey(row.cells[column], numeric) }));
  rows.sort((a, b) => sign * compareKeys(a.key, b.key));
  table.tBodies[0].append(...rows.map((r) => r.row));
}

function startTables() {
  for (const table of all("table")) {
    if (!table.tHead) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button", ...(head.textContent.trim() ? {} : { "aria-label": `sort by column ${column + 1}` }) }, ...head.childNodes);
      button.addEventListener("click", () => sortBy(table, column));
      head.setAttribute("aria-sort", "none");
      head.append(button);
    });
  }
}

startTheme();
startTables();
