/* Gives Plotly figures to Dash's graphs, and knows when every one of them has been drawn. */
"use strict";

window.soiree = window.soiree || {};

/* Every Plotly choropleth asks a foreign host for a map of the world, even when all shapes are
 * ours, and draws nothing when that fails. An empty world at hand answers it. */
window.PlotlyGeoAssets = {
  topojson: {
    world_110m: {
      type: "Topology",
      arcs: [],
      objects: Object.fromEntries(
        ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"].map((layer) => [
          layer,
          { type: "GeometryCollection", geometries: [] },
        ]),
      ),
    },
  },
};

soiree.figures = (() => {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const asked = new Map(); // figure id -> {light, dark, token}: what it was last told to show
  const drawn = new Map(); // figure id -> the token of what it shows
  const hooked = new WeakSet(); // graph elements whose events we hear
  const lens = {}; // figure id -> what changes a copy of it, for a reader who asked
  let waiting = []; // {tokens, resolve}
  let token = 0;

  function graph(id) {
    return document.querySelector(`#react-entry-point [id="${CSS.escape(id)}"]`);
  }

  function plot(id) {
    const box = graph(id);
    return box && box.querySelector(".js-plotly-plot");
  }

  /* Plotly keeps the layout it was given: its meta says which figure a drawing was made from. */
  function tokenOf(element) {
    return (element.layout && element.layout.meta && element.layout.meta.soiree) || 0;
  }

  function hear(id, element) {
    if (hooked.has(element) || typeof element.on !== "function") return;
    hooked.add(element);
    const note = () => {
      drawn.set(id, tokenOf(element));
      settle();
    };
    // A figure with a transition reports plotly_react only.
    element.on("plotly_afterplot", note);
    element.on("plotly_react", note);
    // The first drawing may be over before anyone could listen; _promises holds what it waits for.
    if (element._fullLayout) {
      Promise.all(element._promises || []).then(() => requestAnimationFrame(note));
    }
  }

  function settle() {
    waiting = waiting.filter(({ tokens, resolve }) => {
      const done = [...tokens].every(([id, wanted]) => (drawn.get(id) || 0) >= wanted);
      if (done) resolve();
      return !done;
    });
  }

  /* The wall's type grows with the screen (its rem), and so must what Plotly is given in px, or
   * the names of a map stand on their dots. Python's sizes are for a rem of 16 px. */
  function growth() {
    if (document.documentElement.dataset.page !== "screen") return 1;
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  }

  function grow(figure, factor) {
    for (const { type, marker, textfont } of figure.data) {
      if (type !== "scattergeo") continue;
      if (textfont) textfont.size *= factor;
      marker.size = [marker.size].flat().map((size) => size * factor);
      if (marker.size.length === 1) [marker.size] = marker.size;
      marker.line.width *= factor;
    }
  }

  /* Of a layer that has a value for few areas, those: Plotly draws every area it is told of. */
  function thin({ data }) {
    for (const trace of data) {
      if (trace.type !== "choropleth" || trace.text) continue; // to each place its own tip
      const isThere = (_, place) => trace.z[place] !== null;
      trace.locations = trace.locations.filter(isThere);
      trace.z = trace.z.filter(isThere);
    }
  }

  function themed(id, figure, dark, factor, still) {
    const patch = soiree.theme.isDark() ? dark[id] : undefined;
    const whole = patch === undefined ? figure : soiree.merge(figure, patch);
    // A copy: Plotly writes into what it is given, and the document must stay what it was.
    const copy = JSON.parse(JSON.stringify(whole));
    copy.layout = { ...copy.layout, meta: { ...(copy.layout || {}).meta, soiree: token } };
    grow(copy, factor);
    if (lens[id]) lens[id](copy);
    thin(copy);
    // plotly.js knows nothing of this wish of the reader.
    if (still || stillness.matches) copy.layout.transition = { duration: 0 };
    return copy;
  }

  /* Shows the figures of a document; resolves when all of them are drawn as they are there.
   * still: without a transition. */
  function show(figures, dark, theme, still = false) {
    const factor = growth();
    for (const [id, figure] of Object.entries(figures)) {
      const last = asked.get(id);
      const same =
        last &&
        last.figure === figure &&
        last.dark === dark[id] &&
        last.theme === theme &&
        last.factor === factor &&
        last.lens === lens[id];
      if (same || !graph(id)) continue;
      token += 1;
      asked.set(id, { figure, dark: dark[id], theme, factor, token, lens: lens[id] });
      dash_clientside.set_props(id, { figure: themed(id, figure, dark, factor, still) });
    }
    const tokens = new Map([...asked].map(([id, { token: wanted }]) => [id, wanted]));
    for (const id of tokens.keys()) {
      const element = plot(id);
      if (element) hear(id, element);
    }
    return new Promise((resolve) => {
      waiting.push({ tokens, resolve });
      settle();
    });
  }

  /* Graphs appear when Plotly has been loaded: hear each from its first moment. */
  function watch(root) {
    const observer = new MutationObserver(() => {
      for (const id of asked.keys()) {
        const element = plot(id);
        if (element) hear(id, element);
      }
      const all = [...asked.keys()].every((id) => hooked.has(plot(id) || root));
      if (asked.size && all) observer.disconnect();
    });
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ["class"] });
  }

  /* Whether every figure asked for has a Plotly behind it, so that waiting for it is short. */
  function ready() {
    return [...asked.keys()].every((id) => {
      const element = plot(id);
      return element && hooked.has(element);
    });
  }

  /* Shows what is shown, whatever was drawn over it. */
  function again() {
    asked.clear();
    document.dispatchEvent(new Event("soiree:theme"));
  }

  return { show, watch, ready, again, lens };
})();
