/* Holds the document on screen and puts each new version there: text at once, figures as Plotly
 * draws them, and the version number when all of it is seen. Never goes back. */
"use strict";

window.soiree = window.soiree || {};

soiree.live = (() => {
  const { body } = document;
  let name = body.dataset.document;
  const DRAW_MS = 4000; // the longest a slow drawing may hold back the next version's text

  let held = { version: Number(body.dataset.version), document: null }; // the newest we know
  let shown = { version: held.version, document: null }; // what is on screen
  let past = null; // what of the night is seen again, in place of the newest
  let present = null; // the newest document that was on screen
  let drawingPast = false;
  let main = document.getElementById("live");
  let mounted = false; // whether main is React's
  let applying = false;
  let paused = false;
  let fetching = "";
  let connection = null;

  // ---- receiving ---------------------------------------------------------------------------

  function hold(version, document) {
    if (version <= held.version && held.document) return;
    if (version < held.version) return;
    held = { version, document };
    window.document.dispatchEvent(new Event("soiree:news"));
    update();
  }

  function patch({ from, to, patch: change }) {
    if (to <= held.version) return;
    if (held.document && from === held.version) hold(to, soiree.merge(held.document, change));
    else ask(to).catch(() => {});
  }

  /* A version by address: a whole document, or a patch and, should that be lost, where the whole
   * is. Asked for once however often it is announced. */
  async function address(version, url, otherwise) {
    if ((version <= held.version && held.document) || fetching === url) return;
    fetching = url;
    const ours = name;
    let lost = false;
    try {
      const whole = await (await soiree.get(url)).json();
      if (ours !== name) return;
      if (whole.document) hold(whole.version, whole.document);
      else patch(whole);
    } catch {
      lost = true; // without another address, the next beat or poll tells it again
    } finally {
      if (fetching === url) fetching = "";
    }
    if (lost && otherwise) await address(version, otherwise);
  }

  /* Where our document is now, and how its source does. In a published folder only the first: the
   * rest is in the beat. */
  async function ask(since) {
    const ours = name;
    const response = await soiree.get(`/live/latest/${name}.json?since=${since}`, {
      cache: "no-cache", // the browser's own copy may be old; the server says if it is not
    });
    if (ours !== name) return;
    const { version, url, patch: step, status, build } = await response.json();
    const { headers } = response;
    soiree.freshness.hear(sentAt(headers), headers.get("x-checked-at"));
    if (status) soiree.freshness.setStatus(status);
    soiree.page.built(build);
    if (!version || (version <= held.version && held.document)) return;
    const fits = held.document && step && step.from === held.version;
    if (fits && step.change) hold(version, soiree.merge(held.document, step.change));
    else if (fits) address(version, step.url, url);
    else address(version, url);
  }

  /* The server's clock by an answer that may have lain in a cache. */
  function sentAt(headers) {
    return Date.parse(headers.get("date")) + 1000 * Number(headers.get("age") || 0);
  }

  /* What a published folder says, where nobody can push it: one file for every document. */
  async function askBeat() {
    const response = await soiree.get("/live/beat.json", { cache: "no-cache" });
    const { status, documents, every, ...said } = await response.json();
    soiree.freshness.expect(every);
    soiree.freshness.setStatus(status);
    beat({ ...said, now: sentAt(response.headers), version: documents[name] || 0 });
  }

  function beat({ now, checked_at: checkedAt, version, build }) {
    soiree.freshness.hear(now, checkedAt);
    soiree.page.built(build);
    // An address we failed to fetch is asked for again.
    if (!fetching && (version > held.version || (version && !held.document))) {
      ask(version).catch(() => {}); // the next beat or poll asks again
    }
  }

  /* From now on another document, of a version that has nothing to do with this one's. What is on
   * screen stays until it is here. */
  function follow(other) {
    if (other === name) return;
    name = other;
    held = { version: 0, document: null };
    fetching = "";
    connection.reopen();
  }

  // ---- showing -----------------------------------------------------------------------------

  function containers() {
    return main.querySelectorAll("[data-part]");
  }

  async function update() {
    const next = past || held;
    if (applying || paused || !next.document || next.document === shown.document) return;
    if (past) {
      showText(next);
      drawPast();
      return;
    }
    applying = true;
    showText(next);
    const drawing = showFigures(next);
    // One version at a time, so that text and figures agree; but text never waits for Plotly to
    // be loaded, nor for long.
    if (soiree.figures.ready()) await Promise.race([drawing, pause(DRAW_MS)]);
    applying = false;
    update();
  }

  /* Who scrubs sees each step's text at once, and of the figures those they come to a stop at. */
  async function drawPast() {
    if (drawingPast) return;
    drawingPast = true;
    for (let next = null; past && next !== shown; ) {
      await pause(0); // a step's text is put there in a frame, and on screen after it
      next = shown;
      await Promise.race([showFigures(next), pause(DRAW_MS)]);
    }
    drawingPast = false;
  }

  /* Shows a {version, document} of the night again; null: the newest, as ever. */
  function replay(step) {
    past = step;
    main.toggleAttribute("data-replay", Boolean(past));
    if (paused) setPaused(false);
    else update();
  }

  function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  function showText(next) {
    const before = shown.document;
    const { parts, title, state, contest } = next.document;
    const isOther = before && before.contest !== contest; // whose numbers are no changes
    for (const container of containers()) {
      const { part } = container.dataset;
      // What the reader holds to see the night again is always of the present.
      if (container.closest(".replay") && before) {
        if (!past) soiree.render.part(container, (present || before).parts[part], parts[part]);
      } else if (isOther) soiree.render.part(container, undefined, parts[part]);
      else if (before) soiree.render.part(container, before.parts[part], parts[part]);
      else soiree.render.adopt(container, parts[part]);
    }
    // What the server wrote may be older than the document that was fetched for it.
    if (!before && Number(body.dataset.version) !== next.version) {
      for (const container of containers()) {
        soiree.render.part(container, undefined, parts[container.dataset.part]);
      }
    }
    const isReplay = Boolean(past) || (present && present !== before);
    shown = next;
    if (title) document.title = title;
    main.dataset.state = state;
    if (!past) {
      present = next.document;
      soiree.freshness.setDocument(present);
    }
    soiree.page.rendered(next.document, before, isReplay);
    document.dispatchEvent(new Event("soiree:document"));
  }

  /* Resolves when the figures are drawn and the version is on the main element. */
  function showFigures(next) {
    if (!mounted) return Promise.resolve();
    const { figures = {}, dark = {} } = next.document;
    main.querySelectorAll("[data-figure-box]").forEach((box) => {
      const graph = box.querySelector(".dash-graph");
      box.hidden = Boolean(graph) && !(graph.id in figures);
    });
    main.dataset.figures = "pending";
    return soiree.figures
      .show(figures, dark.figures || {}, soiree.theme.isDark(), Boolean(past))
      .then(() => {
        if (next !== shown) return;
        main.dataset.version = String(next.version);
        main.dataset.figures = "drawn";
        soiree.page.drawn();
      });
  }

  // ---- changing places with React's skeleton -----------------------------------------------

  /* The server wrote the page outside React's root, so that it can be read before React is here.
   * When React has drawn the same skeleton, the content moves over, as it is, in one step. */
  function mount(entry, skeleton) {
    const focused = document.activeElement;
    const { scrollX, scrollY } = window; // before the page is short of what moves
    for (const container of skeleton.querySelectorAll("[data-part]")) {
      const filled = [...containers()].find((c) => c.dataset.part === container.dataset.part);
      if (filled) container.append(...filled.childNodes);
    }
    for (const attribute of ["version", "state", "freshness"]) {
      skeleton.dataset[attribute] = main.dataset[attribute];
    }
    entry.hidden = false;
    main.remove();
    main = skeleton;
    mounted = true;
    window.scrollTo(scrollX, scrollY);
    if (main.contains(focused)) focused.focus({ preventScroll: true });
    soiree.figures.watch(entry);
    soiree.page.rendered(shown.document || { words: {} }, shown.document);
    soiree.freshness.tick();
    main.toggleAttribute("data-replay", Boolean(past));
    if (shown.document) showFigures(shown);
    document.dispatchEvent(new Event("soiree:mounted"));
  }

  function awaitReact() {
    const entry = document.getElementById("react-entry-point");
    const look = () => {
      const skeleton = entry.querySelector("main#live");
      if (skeleton) {
        observer.disconnect();
        mount(entry, skeleton);
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(entry, { childList: true, subtree: true });
  }

  function setPaused(value) {
    paused = value;
    soiree.freshness.setPaused(value);
    update();
  }

  function start() {
    awaitReact();
    if (body.dataset.url) address(held.version, body.dataset.url);
    connection = soiree.connect({
      name: () => name,
      version: () => held.version,
      patch,
      address,
      poll: () => (soiree.published ? askBeat() : ask(held.version)),
      status: soiree.freshness.setStatus,
      beat,
    });
    const again = () => {
      if (shown.document) showFigures(shown);
    };
    document.addEventListener("soiree:theme", again);
    if (document.documentElement.dataset.page === "screen") window.addEventListener("resize", again);
  }

  return {
    start,
    setPaused,
    follow,
    replay,
    name: () => name,
    main: () => main,
    document: () => shown.document,
    present: () => present,
    isMounted: () => mounted,
    version: () => shown.version,
    known: () => held.version,
    isPaused: () => paused,
  };
})();
