/* What few ask for, loaded when the charts are drawn: pictures to take away, and a page of paper. */

// In print, a map is drawn as large as its place about is, and scaled; bars are stretched to theirs.
const MAP = { width: 1000, height: 520, autosize: false };

const COUNTED = new Set(["early", "partial", "complete"]); // states in which there is something to take

function button(figure, kind, name) {
  const made = document.createElement("button");
  made.type = "button";
  Object.assign(made.dataset, { picture: figure, kind });
  made.textContent = kind.toUpperCase();
  made.setAttribute("aria-label", `${made.textContent} (${name})`);
  return made;
}

function offer() {
  const { figures = {}, state, words = {}, swings } = soiree.live.document() || {};
  if (swings) import("./swing.js");
  if (soiree.live.main().querySelector('[data-role="rounds"]')) import("./rounds.js");
  const said = words.picture; // which a document of an older program has not
  for (const place of soiree.live.main().querySelectorAll('[data-role="take"]')) {
    const { figure } = place.dataset;
    place.hidden = !said || !(figure in figures) || !COUNTED.has(state);
    if (place.hidden || place.childElementCount) continue;
    const trouble = document.createElement("span");
    trouble.setAttribute("role", "alert");
    const buttons = ["png", "svg"].map((kind) => button(figure, kind, said[figure]));
    place.append(trouble, said.take, ...buttons);
  }
}

document.addEventListener("soiree:document", offer);
offer();

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-picture]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const trouble = button.parentElement.querySelector("[role=alert]");
  trouble.textContent = "";
  try {
    const { take } = await import("./picture.js");
    await take(button);
  } catch {
    // Its program, a face or an outline did not come, or this browser draws no such picture.
    trouble.textContent = soiree.live.document().words.picture.failed || "";
  } finally {
    button.removeAttribute("aria-busy");
  }
});

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("71-paper.css", import.meta.url);
document.head.append(sheet);

function graphs() {
  const { figures = {} } = soiree.live.document() || {};
  return Object.entries(figures)
    .map(([id, figure]) => [id, figure, document.querySelector(`[id="${id}"] .js-plotly-plot`)])
    .filter(([, , plot]) => plot);
}

/* The browser takes the page as it is when this returns: Plotly draws at once what it has drawn
 * before. On paper always the light theme. */
window.addEventListener("beforeprint", () => {
  for (const [id, figure, plot] of graphs()) {
    const { data, layout } = structuredClone(figure);
    Plotly.react(plot, data, { ...layout, ...(id === "map" ? MAP : {}) });
    for (const svg of plot.querySelectorAll(".main-svg")) {
      const [width, height] = ["width", "height"].map((name) => svg.getAttribute(name));
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      if (id !== "map") svg.setAttribute("preserveAspectRatio", "none");
    }
  }
});

window.addEventListener("afterprint", () => {
  for (const [, , plot] of graphs()) {
    for (const svg of plot.querySelectorAll(".main-svg")) {
      svg.removeAttribute("viewBox");
      svg.removeAttribute("preserveAspectRatio");
    }
  }
  soiree.figures.again();
});
