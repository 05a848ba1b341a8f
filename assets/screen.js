/* The big screen, alone all evening: it stays awake, shows no cursor, does not burn in. */
"use strict";

(() => {
  const root = document.documentElement;
  const IDLE_MS = 3_000;
  const SHIFT_MS = 180_000;
  // A square of ± 4 px in sixteen steps, inside the safe area.
  const SHIFTS = [
    [0, 0], [2, 0], [4, 0], [4, 2], [4, 4], [2, 4], [0, 4], [-2, 4],
    [-4, 4], [-4, 2], [-4, 0], [-4, -2], [-4, -4], [-2, -4], [0, -4], [2, -2],
  ];
  let step = 0;
  let idle = 0;

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

  document.addEventListener("mousemove", moved, { passive: true });
  document.addEventListener("visibilitychange", stayAwake);
  window.addEventListener("scroll", () => window.scrollTo(0, 0));
  setInterval(shift, SHIFT_MS);
  shift();
  moved();
  stayAwake();
})();
