/* The night seen again: the scrubber, its keys, its pace, and the addresses of its moments. */
"use strict";

window.soiree = window.soiree || {};

soiree.replay = (() => {
  const NIGHT_MS = 60_000; // a whole night at speed 1
  const LEAST_MS = 60; // of a step
  const PAGE_MS = 10 * 60_000; // of PageUp and PageDown
  const ADDRESS_MS = 300; // browsers count how often an address is written
  const FRESH_MS = 30_000;
  const SPEEDS = [1, 2, 4];

  let kit = null; // what shows a night (views/replay.py)
  let night = null;
  let loaded = -Infinity;
  let index = null; // the step on screen; null: the present
  let out = "";
  let speed = 1;
  let timer = 0;
  let writing = 0;
  let pending = 0;
  let followed = false;
  let corrected = []; // the heads of the rows that say so

  const words = () => (soiree.live.present() || {}).words || {};
  const say = (key, values = {}) => soiree.freshness.fill(kit.words[key], values);
  const zone = () => words().timezone || "UTC";
  const role = (name) => soiree.live.main().querySelector(`[data-role="replay-${name}"]`);
  const button = (name) => soiree.live.main().querySelector(`[data-action="replay-${name}"]`);
  const range = () => soiree.live.main().querySelector('[data-role="replay-range"] input');
  const hour = (step) => soiree.freshness.clock(night.times[step]);

  // ---- the night ---------------------------------------------------------------------------

  /* Whether it is there. While one watches the present, it is fetched again when it is older. */
  async function ready() {
    const isFresh = performance.now() - loaded < FRESH_MS || index !== null;
    if (night && isFresh) return true;
    try {
      const [first, second] = await Promise.all([kit || loadKit(), soiree.night.load(soiree.live.name())]);
      kit = first;
      night = second;
      loaded = performance.now();
    } catch {
      if (!night) soiree.page.announce(words().replay_none, true);
    }
    if (night) lay();
    return Boolean(night);
  }

  async function loadKit() {
    const [, , url] = document.documentElement.dataset.replay.split(" ");
    return (await soiree.get(url)).json();
  }

  function lay() {
    if (!role("band").firstChild) {
      soiree.render.part(role("band"), undefined, kit.band);
      soiree.render.part(role("legend"), undefined, kit.legend);
    }
    const track = role("track");
    track.hidden = false;
    let field = range();
    if (!field) {
      field = document.createElement("input");
      field.type = "range";
      field.min = "0";
      field.step = "1";
      role("range").replaceChildren(field);
    }
    field.max = String(Math.max(1, night.end - night.start));
    if (index === null) field.value = field.max;
    field.setAttribute("aria-label", say("scrub"));
    field.setAttribute("aria-valuetext", hour(night.times.length - 1));
    draw();
    role("moments").replaceChildren(...soiree.timeline.moments(night, kit.words));
  }

  function draw() {
    if (!night || !soiree.live.isMounted()) return;
    soiree.timeline.show(kit, night, soiree.night.shift(night, zone()));
  }

  // ---- moving ------------------------------------------------------------------------------

  function go(step, reason = "") {
    index = Math.max(0, Math.min(night.times.length - 1, step));
    out = reason;
    // One step each frame, however fast the thumb is dragged.
    if (!pending) pending = requestAnimationFrame(show);
  }

  function show() {
    pending = 0;
    if (index === null) return;
    const document_ = night.document(index);
    soiree.live.replay({ version: night.version(index), document: document_ });
    const field = range();
    field.value = String(night.times[index] - night.start);
    field.setAttribute("aria-valuetext", `${hour(index)}. ${document_.announcement || ""}`.trim());
    mark();
    label();
    clearTimeout(writing);
    writing = setTimeout(write, ADDRESS_MS);
  }

  function leave() {
    stop();
    index = null;
    out = "";
    cancelAnimationFrame(pending);
    pending = 0;
    soiree.live.replay(null);
    if (range()) range().value = range().max;
    clearTimeout(writing);
    write();
    mark();
    label();
  }

  /* The names of rows whose figures were corrected after what is shown say so; nothing is said of
   * those that were not in. */
  function mark() {
    const main = soiree.live.main();
    for (const th of main.querySelectorAll("th[data-corrected-since]")) {
      th.removeAttribute("data-corrected-since");
    }
    corrected = [];
    const rows = index === null ? new Set() : night.correctedAfter(index);
    if (!rows.size) return;
    for (const tr of main.querySelectorAll('[data-part="table"] tbody tr:not(.pend)')) {
      if (rows.has(tr.dataset.key)) corrected.push(tr.querySelector("th"));
    }
    for (const th of corrected) th.dataset.correctedSince = kit.words.since;
  }

  // ---- playing -----------------------------------------------------------------------------

  function wait(step) {
    return Math.max(LEAST_MS, night.pace(NIGHT_MS)[step]) / speed;
  }

  function play() {
    if (index === null || index === night.times.length - 1) go(0);
    const next = () => {
      if (index === night.times.length - 1) return stop();
      go(index + 1);
      timer = setTimeout(next, wait(index));
      return undefined;
    };
    timer = setTimeout(next, wait(index));
    label();
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    label();
  }

  // ---- words -------------------------------------------------------------------------------

  function text(element, value) {
    if (element && element.textContent !== value) element.textContent = value;
  }

  function label() {
    if (!night) return;
    const isPast = index !== null;
    role("band").hidden = !isPast;
    const start = button("play");
    if (start) {
      start.classList.toggle("playing", Boolean(timer));
      text(start.querySelector("[data-label]"), say(timer ? "stop" : "play"));
      button("speed").hidden = false;
      text(button("speed"), `×${speed}`);
      button("speed").setAttribute("aria-label", `${say("speed")} ×${speed}`);
    }
    if (!isPast) {
      text(role("hour"), "");
      return;
    }
    const title = say("at", { time: hour(index) });
    text(role("hour"), hour(index));
    text(role("at"), title);
    text(role("more"), [outside(), since()].filter(Boolean).join(" "));
    document.title = `${title} · ${night.document(index).title || ""}`;
  }

  function outside() {
    if (!out) return "";
    return say(out, { time: hour(out === "before" ? 0 : night.times.length - 1) });
  }

  function since() {
    const names = corrected.map((th) => th.dataset.value);
    return names.length ? say("corrected", { names: names.slice(0, 3).join(", ") }) : "";
  }

  // ---- addresses ---------------------------------------------------------------------------

  function write() {
    const query = new URLSearchParams(location.search);
    query.delete("t");
    const rest = query.toString();
    const t = index === null ? "" : `t=${soiree.night.hour(night, index, zone())}`;
    const search = [rest, t].filter(Boolean).join("&");
    history.replaceState(null, "", location.pathname + (search && `?${search}`) + location.hash);
  }

  /* Once: when there is a present to come back to, in the page that stays. */
  async function follow() {
    if (followed || !soiree.live.present() || !soiree.live.isMounted()) return;
    followed = true;
    if (night) {
      lay(); // somebody was quicker than React
      if (index !== null) show();
    }
    const asked = new URLSearchParams(location.search).get("t");
    if (asked === null || !button("play") || !(await ready())) return;
    const found = soiree.night.find(night, asked, zone());
    if (found) go(found.index, found.out);
    else soiree.page.announce(say("no_hour"), true);
  }

  // ---- what a reader does ------------------------------------------------------------------

  const KEYS = {
    ArrowLeft: () => index - 1,
    ArrowDown: () => index - 1,
    ArrowRight: () => index + 1,
    ArrowUp: () => index + 1,
    PageDown: () => night.at(night.times[index] - PAGE_MS),
    PageUp: () => night.at(night.times[index] + PAGE_MS),
    Home: () => 0,
    End: () => night.times.length - 1,
  };

  function key(event) {
    if (event.target !== range()) return;
    if (event.key === " ") toggle();
    else if (KEYS[event.key]) {
      stop();
      if (index === null) index = night.times.length - 1;
      go(KEYS[event.key]());
    } else return;
    event.preventDefault();
  }

  async function toggle() {
    if (timer) stop();
    else if (await ready()) play();
  }

  Object.assign(soiree.page.actions, {
    "replay-play": toggle,
    "replay-speed": () => {
      speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
      label();
    },
    "replay-live": leave,
    "replay-moment": (chosen) => {
      stop();
      go(Number(chosen.dataset.step));
    },
  });
  document.addEventListener("keydown", key);
  document.addEventListener("input", (event) => {
    if (event.target !== range()) return;
    stop();
    go(night.at(night.start + Number(event.target.value)));
  });
  document.addEventListener("soiree:theme", draw);
  document.addEventListener("soiree:document", follow);
  document.addEventListener("soiree:mounted", follow);
  follow();
})();
