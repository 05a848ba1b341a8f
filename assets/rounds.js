/* The table of both rounds (views/rounds.py): fetched when somebody opens it, and anew, now and
 * then, for as long as it is open. */

const AGAIN_MS = 30_000;
const FORMULA = /^[=+\-@\t\r]/; // what a spreadsheet would run

let last = -Infinity;
let timer = 0;
let shown = null; // {place, node}

const role = (name) => soiree.live.main().querySelector(`[data-role="${name}"]`);

async function load() {
  timer = 0;
  last = performance.now();
  const name = soiree.live.name().replace(/^home/, "rounds");
  let node = null;
  try {
    const latest = await soiree.get(`/live/latest/${name}.json`, { cache: "no-cache" });
    const { url } = await latest.json();
    node = (await (await soiree.get(url)).json()).document.parts.rounds;
  } catch {
    // What is there already stays.
  }
  const place = role("rounds-table");
  if (!place) return;
  role("rounds-none").hidden = Boolean(node || place.firstChild);
  if (!node) return;
  soiree.render.part(place, shown && shown.place === place ? shown.node : undefined, node);
  shown = { place, node };
}

function look() {
  const fold = role("rounds");
  if (!fold || !fold.open || timer) return;
  timer = setTimeout(load, Math.max(0, last + AGAIN_MS - performance.now()));
}

function cell({ dataset, textContent }) {
  const text = dataset.value ?? textContent;
  const said = dataset.value === undefined && FORMULA.test(text) ? `'${text}` : text;
  return `"${said.replaceAll('"', '""')}"`;
}

/* One line of names: of the head's two rows the second, behind the place. */
function csv(table) {
  const [first, second] = table.tHead.rows;
  const head = [first.cells[0], ...second.cells];
  const lines = [head, ...[...table.tBodies[0].rows].map((row) => [...row.cells])];
  return lines.map((cells) => cells.map(cell).join(";")).join("\r\n");
}

function save(table) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", csv(table), "\r\n"], { type: "text/csv" }));
  link.download = `${soiree.live.document().contest}-rounds.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

document.addEventListener("toggle", look, true);
document.addEventListener("soiree:document", look);
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-rounds-csv]")) save(role("rounds").querySelector("table"));
});
look();
