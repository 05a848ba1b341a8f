/* The map by how much an option has moved since an earlier vote. Of the map that Python drew only
 * classes, colours and tips are others; which option, the address says. */

const NAME = "swing";
let chosen = new URLSearchParams(location.search).get(NAME) || "";

function swings() {
  return (soiree.live.document() || {}).swings;
}

/* What is chosen, while this document knows it. */
function shown() {
  const { options = {} } = swings() || {};
  return Object.hasOwn(options, chosen) ? chosen : "";
}

let known = null; // the swings that the lens was made for

/* Another function for other swings: the map is drawn again though its own figure is the same. */
function look() {
  known = swings();
  soiree.figures.lens.map = (figure) => {
    if (!shown()) return;
    const { scales, options } = known;
    const { z, tips } = options[chosen];
    const colorscale = scales[soiree.theme.isDark() ? 1 : 0];
    const zmax = colorscale.length / 2 - 0.5;
    Object.assign(figure.data[0], { z, customdata: tips, colorscale, zmax });
  };
}

function label() {
  if (known !== swings()) look();
  const main = soiree.live.main();
  const now = shown();
  main.toggleAttribute("data-swing-shown", Boolean(now));
  for (const button of main.querySelectorAll("[data-swing]")) {
    button.disabled = false;
    button.setAttribute("aria-pressed", String(button.dataset.swing === now));
  }
  for (const legend of main.querySelectorAll(".legend")) {
    legend.hidden = (legend.dataset.swingLegend || "") !== now;
  }
}

function choose(option) {
  chosen = option;
  const url = new URL(location.href);
  if (option) url.searchParams.set(NAME, option);
  else url.searchParams.delete(NAME);
  history.replaceState(history.state, "", url);
  label();
  soiree.figures.again();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-swing]");
  if (button) choose(button.dataset.swing);
});

document.addEventListener("soiree:document", label);
label();
if (shown()) soiree.figures.again();
