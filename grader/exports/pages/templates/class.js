"use strict";
(() => {
  const RANKS = ["failed", "blocked", "ungraded", "pending", "carried", "passed"];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const shown = document.getElementById("shown");
  const field = document.getElementById("find");
  const found = document.getElementById("table");

  // A key to sort by; null stands last whichever way one sorts.
  const key = (cell, by) => {
    if (by === "number") return cell.dataset.key ? Number(cell.dataset.key) : null;
    if (by === "outcome") return cell.classList.contains("none") ? null : RANKS.indexOf(cell.classList[0]);
    return cell.textContent.trim() || null;
  };
  const compare = (one, other) =>
    typeof one === "number" ? one - other : collator.compare(one, other);

  const sort = (table, header, direction) => {
    const column = header.cellIndex;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [key(row.cells[column], header.dataset.by), row]);
    rows.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return direction * compare(one, other);
    });
    body.remove(); // rows move faster where nobody looks
    body.append(...rows.map(([, row]) => row));
    table.append(body);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  };

  const plain = (text) => text.normalize("NFKC").toLocaleLowerCase();
  const say = (text, words) => text.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);

  let sorted = "";
  const tell = () => {
    if (!shown) return;
    const rows = Array.from(found.tBodies[0].rows);
    const visible = rows.filter((row) => !row.hidden).length;
    const count = say(shown.dataset.shown, { shown: visible, total: rows.length });
    shown.textContent = sorted ? `${count}; ${sorted}` : count;
  };

  for (const table of document.querySelectorAll("table[data-sorts]")) {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      const name = header.textContent;
      button.append(...header.childNodes.length === 1 && header.firstElementChild
        ? header.firstElementChild.childNodes : header.childNodes);
      header.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = header.getAttribute("aria-sort") === "ascending";
        sort(table, header, up ? -1 : 1);
        if (table === found && shown) {
          sorted = say(up ? shown.dataset.down : shown.dataset.up, { column: name });
          tell();
        }
      });
    }
  }

  if (field) {
    field.closest("[hidden]").hidden = false;
    const rows = Array.from(found.tBodies[0].rows, (row) => {
      const remarks = row.querySelector(".remarks");
      return [row, plain(`${row.cells[0].textContent} ${remarks ? remarks.textContent : ""}`)];
    });
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
      tell();
    });
    tell();
  }
})();
