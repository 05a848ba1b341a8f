/* Hears from the server: server-sent events, and polling for as long as they do not arrive. Never
 * gives up, never navigates, never waits for ever on a dead socket. */
"use strict";

window.soiree = window.soiree || {};

soiree.timings = {
  silence: 7_000, // ms without an event after which polling begins: a beat comes every 5 s
  dead: 15_000, // ms without an event after which the stream is given up and opened again
  grace: 3_000, // ms the first event may take
  poll: 2_500, // ms between two polls, ± 20 %
  retry: 1_000, // ms before the first new attempt; doubles
  retryMost: 8_000,
  fetch: 8_000, // ms any request may take: a hung socket is the classic freeze
  sleep: 10_000, // ms the clock may jump before we believe the machine slept
  ...soiree.timings,
  ...window.soireeTimings,
};

/* A published folder: files, and nobody to listen to. */
soiree.published = "languages" in document.documentElement.dataset;

/* handlers: name() → of the document; version() → number held of it; patch({from, to, patch}); address(version, url);
 * poll() → promise; status(status); beat(beat). reopen() when the name is another. */
soiree.connect = (handlers) => {
  const { timings } = soiree;
  const jitter = (ms) => ms * (0.8 + 0.4 * Math.random());
  let source = null;
  let failures = 0;
  let lastEvent = soiree.published
    ? -Infinity
    : performance.now() - timings.silence + timings.grace;
  let nextOpen = 0;
  let nextPoll = 0;
  let polling = false;
  let lastTick = Date.now();

  // ---- events ------------------------------------------------------------------------------

  function open() {
    if (soiree.published) return;
    close();
    const since = String(handlers.version());
    const query = new URLSearchParams({ document: handlers.name(), since });
    source = new EventSource(`/live/events?${query}`);
    source.onerror = failed;
    for (const kind of ["patch", "document", "status", "beat"]) {
      source.addEventListener(kind, (event) => heard(kind, event));
    }
    // Silence is counted from here: an opening that hangs is as dead as any other.
    nextOpen = performance.now() + timings.dead;
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  function failed() {
    close();
    failures += 1;
    const wait = Math.min(timings.retryMost, timings.retry * 2 ** (failures - 1));
    nextOpen = performance.now() + jitter(wait);
    lastEvent = -Infinity;
  }

  function heard(kind, event) {
    failures = 0;
    lastEvent = performance.now();
    nextOpen = lastEvent + timings.dead;
    const data = JSON.parse(event.data);
    if (kind === "document") handlers.address(data.version, data.url);
    else handlers[kind](data);
  }

  // ---- polling -----------------------------------------------------------------------------

  async function poll() {
    polling = true;
    nextPoll = performance.now() + jitter(timings.poll);
    try {
      await handlers.poll();
    } catch {
      // Silence is what the reader is told about, by freshness.js.
    } finally {
      polling = false;
    }
  }

  // ---- the clock ---------------------------------------------------------------------------

  function tick() {
    const now = performance.now();
    const jump = Date.now() - lastTick;
    lastTick = Date.now();
    if (jump > timings.sleep) restart();
    if (now >= nextOpen) open();
    if (!polling && now >= nextPoll && now - lastEvent > timings.silence) poll();
  }

  /* After sleep, or when the network is back: whatever is open may be dead without knowing. */
  function restart() {
    failures = 0;
    lastEvent = -Infinity;
    nextOpen = 0;
    nextPoll = 0;
  }

  function wake() {
    if (document.visibilityState === "visible" && performance.now() - lastEvent > timings.silence) {
      restart();
      tick();
    }
  }

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", () => {
    restart();
    tick();
  });
  window.addEventListener("pagehide", close);
  setInterval(tick, 250);
  open();

  function reopen() {
    nextPoll = 0;
    open();
  }

  return { reopen };
};

/* fetch with an end to it; rejects for anything but an answer of 200 or 304. */
soiree.get = async (url, options = {}) => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), soiree.timings.fetch);
  try {
    const response = await fetch(url, { ...options, signal: abort.signal });
    if (!response.ok) throw new Error(`${response.status} for ${url}`);
    const body = await response.blob(); // the deadline covers the body too
    return new Response(body, { headers: response.headers });
  } finally {
    clearTimeout(timer);
  }
};
