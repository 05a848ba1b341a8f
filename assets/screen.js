/* The big screen, alone all evening: it changes scenes, stays awake, shows no cursor, does not burn
 * in. */
"use strict";

(() => {
  const root = document.documentElement;
  const IDLE_MS = 3_000;
  const SHIFT_MS = 180_000;
  const TICK_MS = 250;
  const NO_STEP = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "F5", "F11"]);
  // A square of ± 4 px in sixteen steps, inside the safe area.
  const SHIFTS = [
    [0, 0], [2, 0], [4, 0], [4, 2], [4, 4], [2, 4], [0, 4], [-2, 4],
    [-4, 4], [-4, 2], [-4, 0], [-4, -2], [-4, -4], [-2, -4], [0, -4], [2, -2],
  ];
  const presets = soiree.presets(location.search);
  const contests = inTurn();
  const scheduler = soiree.scheduler({ ...presets, turn });
  const loop = soiree.loop({ isHeld: scheduler.isHeld, over: next });
  let place = 0; // of the contest whose document is, or will be, on screen
  let step = 0;
  let idle = 0;
  let offered = null;
  let visible = null;

  // ---- scenes ------------------------------------------------------------------------------

  /* Seconds of a page that is running: a laptop that slept shows no dozen scenes at once. */
  const now = () => performance.now();

  function tick() {
    const known = soiree.live.present(); // what is seen again has no say
    if (known && known !== offered) {
      offered = known;
      scheduler.offer({ ...known.scenes, contest: known.contest }, now());
      if (contests.length) reshape(known);
    }
    const entry = scheduler.at(now());
    root.toggleAttribute("data-held", scheduler.isHeld());
    if (entry !== visible) show(entry);
  }

  function show(entry) {
    visible = entry;
    const { state } = offered || {};
    const isLarge = presets.isLarge && entry.scene !== "moment" && state !== "embargo";
    root.dataset.scene = isLarge ? "large" : entry.scene;
    if (entry.slot !== undefined) root.dataset.slot = String(entry.slot);
    // Last: what it puts on screen may bring the next scene.
    if (entry.scene === "replay") loop.begin(entry.title);
    else loop.end();
  }

  function next() {
    scheduler.next(now());
    tick();
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || NO_STEP.has(event.key)) return;
    event.preventDefault();
    if (event.key === " ") scheduler.toggle(now());
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") scheduler.back(now());
    else scheduler.next(now());
    tick();
  }

  // ---- several contests --------------------------------------------------------------------

  /* All of the election on the wall of its first contest, unless the address names some. */
  function inTurn() {
    const all = (soiree.live.main().dataset.contests || "").split(" ").filter(Boolean);
    const some = all.filter((id) => presets.contests.includes(id));
    return some.length ? some : all;
  }

  /* Whether another contest comes. One that was asked for and is not here lets the rest go on. */
  function turn() {
    const shown = offered && offered.contest;
    if (contests.length < 2 || contests[place] !== shown) return false;
    place = (place + 1) % contests.length;
    follow(contests[place]);
    return true;
  }

  /* The document of the first contest has the page's own name. */
  function follow(id) {
    const lang = document.body.dataset.document.split(".").pop();
    const isFirst = soiree.live.main().dataset.contests.split(" ")[0] === id;
    soiree.live.follow(isFirst ? `screen.${lang}` : `screen.${id}.${lang}`);
  }

  function reshape({ shape, has_map: hasMap }) {
    const main = soiree.live.main();
    main.classList.toggle("no-map", !hasMap);
    main.querySelector(".overview .result").className = `result ${shape}`;
  }

  // ---- an unattended screen ----------------------------------------------------------------

  function shift() {
    const [x, y] = SHIFTS[step % SHIFTS.length];
    step += 1;
    root.style.setProperty("--shift-x", `${x}px`);
    root.style.setProperty("--shift-y", `${y}px`);
  }

  /* Browsers let go of the lock whenever the page is hidden; a refusal is no reason to stop. */
  async function stayAwake() {
    try {
      if (document.visibilityState === "visible") await navigator.wakeLock.request("screen");
    } catch {
      // no secure context, an old television: the installer switches off the energy saving
    }
  }

  function moved() {
    delete root.dataset.idle;
    clearTimeout(idle);
    idle = setTimeout(() => {
      root.dataset.idle = "";
    }, IDLE_MS);
  }

  root.dataset.marge = presets.margin;
  document.addEventListener("keydown", key);
  document.addEventListener("soiree:document", tick);
  document.addEventListener("mousemove", moved, { passive: true });
  document.addEventListener("visibilitychange", stayAwake);
  window.addEventListener("scroll", () => window.scrollTo(0, 0));
  setInterval(shift, SHIFT_MS);
  setInterval(tick, TICK_MS);
  if (contests.length) follow(contests[0]);
  shift();
  moved();
  tick();
  stayAwake();
})();
