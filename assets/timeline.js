/* The drawing behind the scrubber: the figure that Python wrote (charts/timeline.py), filled with
 * the moments of a night; and its key moments as buttons. */
"use strict";

window.soiree = window.soiree || {};

soiree.timeline = (() => {
  const MINUTE = 60_000;
  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720].map((n) => n * MINUTE);
  const TELLING = new Set(["lead", "key", "correction"]);
  const MOST_MOMENTS = 24;

  /* {x, y} of a trace by its name. */
  function series(night, name) {
    const x = night.times.map((time) => time - night.start);
    const { moments } = night;
    if (name === "counted") return { x, y: moments.map((m) => m.counted || 0) };
    if (name.startsWith("share:")) {
      const option = name.slice("share:".length);
      // Each stretch of a leader ends where the next one's begins.
      const isFirst = moments.map((m) => m.leader === option);
      const y = moments.map((m, i) => {
        if (isFirst[i]) return m.share;
        return i && isFirst[i - 1] ? moments[i - 1].share : null;
      });
      return { x, y };
    }
    // What is told with new results is a post too.
    const isPost = (i) => i && moments[i].posts > moments[i - 1].posts;
    const at = x.filter((_, i) => night.kind(i) === name || (name === "post" && isPost(i)));
    return { x: at, y: at.map(() => (name === "lead" ? 0.5 : 0.08)) };
  }

  /* Three to six hours under the drawing, round ones of that place. */
  function ticks(night, shift) {
    const length = night.end - night.start;
    const step = STEPS.find((each) => length / each <= 6) || STEPS.at(-1);
    const first = Math.ceil((night.start + shift) / step) * step - shift;
    const found = [];
    for (let at = first; at <= night.end; at += step) found.push(at);
    return {
      tickmode: "array",
      tickvals: found.map((at) => at - night.start),
      ticktext: found.map((at) => soiree.freshness.clock(at)),
    };
  }

  function filled(figure, night, shift) {
    const data = figure.data.map((trace) => ({ ...trace, ...series(night, trace.name) }));
    const { layout } = figure;
    const range = [0, Math.max(1, night.end - night.start)];
    const xaxis = { ...layout.xaxis, ...ticks(night, shift), range };
    return { data, layout: { ...layout, xaxis } };
  }

  /* Draws it into its place. Its graph comes only now: nobody else's page has one more to start. */
  function show({ light, dark }, night, shift) {
    const props = {
      id: "timeline-graph",
      config: { staticPlot: true, displayModeBar: false, responsive: true },
      figure: filled(soiree.theme.isDark() ? dark : light, night, shift),
    };
    const graph = { namespace: "dash_core_components", type: "Graph", props };
    dash_clientside.set_props("timeline", { children: graph });
  }

  /* The buttons of what stands out. */
  function moments(night, words) {
    const found = night.times.map((_, index) => index).filter((i) => TELLING.has(night.kind(i)));
    return found.slice(-MOST_MOMENTS).map((index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.action = "replay-moment";
      button.dataset.step = String(index);
      const hour = document.createElement("b");
      hour.textContent = soiree.freshness.clock(night.times[index]);
      button.append(hour, ` ${words[`key_${night.kind(index)}`]}`);
      return button;
    });
  }

  return { show, moments };
})();
