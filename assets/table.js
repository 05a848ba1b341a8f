/* The table of results: the reader's own order of rows, and one row as a card. */
"use strict";

window.soiree = window.soiree || {};

soiree.table = (() => {
  const collators = {};

  function results() {
    return soiree.live.main().querySelector('[data-role="results"]');
  }

  // ---- sorting -----------------------------------------------------------------------------

  function valueOf(row, column) {
    const cell = row.cells[column];
    if (!cell) return "";
    const data = cell.querySelector("data[value]");
    const text = cell.dataset.value ?? (data ? data.getAttribute("value") : cell.textContent);
    return text !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    const language = document.documentElement.lang;
    collators[language] ||= new Intl.Collator(language);
    return collators[language].compare(a, b);
  }

  /* Numbers begin with the largest, names with A; a second press turns the order round. */
  function sort(header) {
    const table = header.closest("table");
    const present = header.getAttribute("aria-sort");
    const body = table.tBodies[0];
    const first = body.rows[0] && valueOf(body.rows[0], header.cellIndex);
    const natural = typeof first === "number" ? "descending" : "ascending";
    const other = natural === "ascending" ? "descending" : "ascending";
    const direction = present === natural ? other : natural;
    table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", direction);
    body.dataset.sorted = `${header.cellIndex} ${direction}`;
    arrange(table);
  }

  function arrange(table) {
    const body = table.tBodies[0];
    const [column, direction] = body.dataset.sorted.split(" ");
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, Number(column)) }));
    const sorted = rows.slice().sort((a, b) => {
      // Rows without a value stay at the end whichever way one looks.
      if (a.value === "" || b.value === "") return (a.value === "") - (b.value === "");
      return sign * compare(a.value, b.value);
    });
    // Rows that are in place already are not touched: moving one takes the focus away.
    let cursor = body.firstElementChild;
    for (const { row } of sorted) {
      if (row === cursor) cursor = cursor.nextElementSibling;
      else body.insertBefore(row, cursor);
    }
  }

  function rendered() {
    soiree.live
      .main()
      .querySelectorAll("tbody[data-sorted]")
      .forEach((body) => arrange(body.closest("table")));
    if (selected) showCard();
  }

  // ---- one row as a card -------------------------------------------------------------------

  let selected = "";

  function row() {
    const table = results();
    return table && table.querySelector(`tr[data-key="${CSS.escape(selected)}"]`);
  }

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  function closeButton() {
    const button = make("button", "card-close", "×");
    button.type = "button";
    button.dataset.action = "close-card";
    button.setAttribute("aria-label", (soiree.live.document().words || {}).close || "×");
    return button;
  }

  /* The same cells as in the table, each under its header: nothing is computed here. */
  function cardOf(line) {
    const headers = [...results().tHead.rows[results().tHead.rows.length - 1].cells];
    const title = [...line.cells].find((cell) => cell.tagName === "TH") || line.cells[0];
    const link = title.querySelector("a");
    const name = make("h3", "card-title", link ? link.cloneNode(true) : title.textContent);
    const list = make("dl", "card-values");
    [...line.cells].forEach((cell, i) => {
      if (cell === title || !headers[i]) return;
      const term = make("dt", "", headers[i].textContent);
      const value = make("dd", "", ...[...cell.childNodes].map((node) => node.cloneNode(true)));
      list.append(make("div", "card-value", term, value));
    });
    return [name, closeButton(), list];
  }

  function showCard() {
    const card = soiree.live.main().querySelector('[data-role="card"]');
    const line = row();
    if (!card || !line) return;
    const focused = card.contains(document.activeElement);
    card.replaceChildren(...cardOf(line));
    card.hidden = false;
    if (focused) card.querySelector("button").focus();
    for (const other of results().querySelectorAll("tr[data-selected]")) {
      if (other !== line) delete other.dataset.selected;
    }
    line.dataset.selected = "";
  }

  /* Shows the row of that key; false when there is none. */
  function select(key) {
    selected = key;
    if (!row()) {
      selected = "";
      return false;
    }
    showCard();
    return true;
  }

  function close() {
    const line = row();
    selected = "";
    if (line) delete line.dataset.selected;
    const card = soiree.live.main().querySelector('[data-role="card"]');
    if (!card) return;
    card.hidden = true;
    card.replaceChildren();
  }

  return { sort, select, close, rendered };
})();
