/* Says how old what is on screen is, and why. Every age is counted from the server's clock, told
 * with each beat; the viewer's own clock may be hours off. */
"use strict";

window.soiree = window.soiree || {};

soiree.timings = {
  tick: 1000, // ms between two looks at the clock
  offline: 11_000, // ms without a word from the server: two beats missed
  unwatched: 12_000, // ms since the source was last looked at: nobody is watching it
  ...window.soireeTimings, // tests shorten these
};

soiree.freshness = (() => {
  const pad = (number) => String(number).padStart(2, "0");
  let offset = null; // server time minus performance.now(), ms
  let contact = performance.now();
  let status = { state: "ok", code: "" };
  let checked = null; // server time of the last look at the source, ms
  let beat = 0; // ms between two times that this is told, beyond what "unwatched" allows for
  let paused = false;
  let shown = { words: {} }; // the document on screen
  let told = "live"; // the state last announced

  // ---- what connection.js and live.js tell -----------------------------------------------------

  /* now: ISO 8601 or ms */
  function hear(now, checkedAt) {
    contact = performance.now();
    if (now) offset = new Date(now).getTime() - contact;
    if (checkedAt) checked = Date.parse(checkedAt);
    tick();
  }

  function expect(seconds) {
    beat = 1000 * seconds;
  }

  function setStatus(next) {
    status = next;
    if (next.checked_at) checked = Math.max(checked || 0, Date.parse(next.checked_at));
    tick();
  }

  function setDocument(document) {
    shown = document;
    tick();
  }

  function setPaused(value) {
    paused = value;
    tick();
  }

  // ---- words -------------------------------------------------------------------------------

  function serverNow() {
    return offset === null ? null : performance.now() + offset;
  }

  function fill(text, values) {
    return (text || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  function clock(moment) {
    const words = shown.words || {};
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: words.timezone || undefined,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    const parts = Object.fromEntries(format.formatToParts(moment).map((p) => [p.type, p.value]));
    const h = Number(parts.hour);
    return fill(words.time || "{hh}:{mm}", {
      h: String(h),
      hh: pad(h),
      h12: String(h % 12 || 12),
      mm: parts.minute,
      ss: parts.second,
      ampm: h < 12 ? "am" : "pm",
    });
  }

  function ago(moment) {
    const words = shown.words || {};
    const seconds = Math.max(0, Math.floor((serverNow() - moment) / 1000));
    if (seconds < 5 && words.ago_now) return words.ago_now;
    if (seconds < 60) return fill(words.ago_seconds, { n: String(seconds) });
    if (seconds < 3600) return fill(words.ago_minutes, { n: String(Math.floor(seconds / 60)) });
    const hours = Math.floor(seconds / 3600);
    if (hours < 48 || !words.ago_days) return fill(words.ago_hours, { n: String(hours) });
    return fill(words.ago_days, { n: String(Math.floor(hours / 24)) });
  }

  // ---- states ------------------------------------------------------------------------------

  function kind() {
    const now = serverNow();
    if (performance.now() - contact > soiree.timings.offline) return "offline";
    if (status.state === "trouble") return "trouble";
    const unwatched = soiree.timings.unwatched + beat;
    if (now !== null && checked !== null && now - checked > unwatched) return "stale";
    if (status.quiet) return "quiet";
    return paused ? "paused" : "live";
  }

  /* The sentence of a state; {time} and {ago} are those of the data on screen. */
  function sentence(state) {
    const words = shown.words || {};
    if (state === "live") return "";
    const at = shown.data_at ? Date.parse(shown.data_at) : null;
    const known = at !== null && serverNow() !== null;
    const values = at === null ? {} : { time: clock(at), ago: known ? ago(at) : "" };
    const late = fill((at === null && words.stale_none) || words.stale, values);
    if (state === "trouble") {
      const trouble = words.trouble || {};
      return `${trouble[status.code] || trouble.other || ""} ${late}`.trim();
    }
    if (state === "stale") return late;
    return fill((at === null && words[`${state}_none`]) || words[state], values);
  }

  function age(state) {
    const words = shown.words || {};
    if (!shown.data_at) return state === "offline" ? "" : words.age_none || "";
    const at = Date.parse(shown.data_at);
    const values = { time: clock(at), ago: serverNow() === null ? "" : ago(at) };
    if (state === "offline") return fill(words.age_offline, values);
    if (paused) return fill(words.age_paused, values);
    return serverNow() === null ? "" : fill(words.age, values);
  }

  // ---- the screen --------------------------------------------------------------------------

  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function each(role, action) {
    soiree.live.main().querySelectorAll(`[data-role="${role}"]`).forEach(action);
  }

  function span(className, text) {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    if (className === "notice-icon") element.setAttribute("aria-hidden", "true");
    return element;
  }

  const ICONS = { offline: "⚡", trouble: "⚠", stale: "⚠", quiet: "◔", paused: "❚❚" };

  function showNotice(element, state, text) {
    if (!text) {
      if (element.firstChild) element.replaceChildren();
      delete element.dataset.kind;
      return;
    }
    element.dataset.kind = state;
    const present = element.querySelector(".notice-text");
    if (present) {
      setText(present, text);
      setText(element.querySelector(".notice-icon"), ICONS[state]);
    } else {
      element.replaceChildren(span("notice-icon", ICONS[state]), span("notice-text", text));
    }
  }

  function countdown(element) {
    const left = Math.max(0, Math.ceil((Date.parse(element.dataset.until) - serverNow()) / 1000));
    setText(
      element,
      fill((shown.words || {}).countdown || "{h}:{mm}:{ss}", {
        h: String(Math.floor(left / 3600)),
        mm: pad(Math.floor((left % 3600) / 60)),
        ss: pad(left % 60),
      }),
    );
  }

  function tick() {
    if (!soiree.live || !soiree.page) return; // still loading
    const main = soiree.live.main();
    const state = kind();
    const word = state === "trouble" ? "stale" : state === "paused" ? "live" : state;
    if (main.dataset.freshness !== word) main.dataset.freshness = word;
    const text = sentence(state);
    each("notice", (element) => showNotice(element, state, text));
    // The notice counts seconds and so cannot be a live region: a new state is told once.
    if (state !== told) {
      told = state;
      soiree.page.announce(text, true);
    }
    each("age", (element) => setText(element, age(state)));
    const now = serverNow();
    if (now === null) return;
    each("clock", (element) => setText(element, clock(now)));
    each("countdown", countdown);
    main.querySelectorAll("time[data-ago]").forEach((element) => {
      setText(element, ago(Date.parse(element.dataset.ago)));
    });
  }

  setInterval(tick, soiree.timings.tick);
  return { hear, expect, setStatus, setDocument, setPaused, fill, clock, tick, serverNow };
})();
