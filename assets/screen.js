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
  const scheduler = soiree.scheduler(presets);
  let step = 0;
  let idle = 0;
  let offered = null;
  let visible = null;

  // ---- scenes ------------------------------------------------------------------------------

  /* Seconds of a page that is running: a laptop that slept shows no dozen scenes at once. */
  const now = () => performance.now();

  function tick() {
    const known = soiree.live.document();
    if (known && known !== offered) {
      offered = known;
      scheduler.offer(known.scenes || {}, now());
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
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || NO_STEP.has(event.key)) return;
    event.preventDefault();
    if (event.key === " ") scheduler.toggle(now());
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") scheduler.back(now());
    else scheduler.next(now());
    tick();
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
  document.addEventListener("mousemove", moved, { passive: true });
  document.addEventListener("visibilitychange", stayAwake);
  window.addEventListener("scroll", () => window.scrollTo(0, 0));
  setInterval(shift, SHIFT_MS);
  setInterval(tick, TICK_MS);
  shift();
  moved();
  tick();
  stayAwake();
})();
