/* The night as it was published (dashboard/store/replay.py): its documents by step, its moments,
 * and the clock of the election's place. Loaded when somebody asks to see it, never before. */
"use strict";

window.soiree = window.soiree || {};

soiree.night = (() => {
  const KEPT = 16; // steps between two documents that stay at hand
  const DAY = 86_400_000;
  const HOLD_MS = 1500; // of a key moment, a change of lead, a correction
  const MOST_MS = 700; // of any other step: what is silent is passed over
  const MOST_HELD = 0.7; // of all the time, however many of them there are
  const HELD = new Set(["lead", "key", "correction"]);

  async function load(name) {
    const response = await soiree.get(`/live/replay/${name}.json`);
    return of((await response.json()).steps);
  }

  function of(steps) {
    const times = steps.map((step) => Date.parse(step.at));
    const kept = new Map([[0, steps[0].document]]);
    let last = [0, steps[0].document];

    /* The document of a step, from the nearest one at hand. */
    function document(index) {
      let from = index - (index % KEPT);
      while (!kept.has(from)) from -= KEPT;
      let [at, found] = last[0] <= index && last[0] >= from ? last : [from, kept.get(from)];
      while (at < index) {
        at += 1;
        found = soiree.merge(found, steps[at].patch);
        if (at % KEPT === 0) kept.set(at, found);
      }
      last = [index, found];
      return found;
    }

    /* The last step not after a moment in ms, at least the first. */
    function at(moment) {
      const after = times.findIndex((time) => time > moment);
      return after === -1 ? steps.length - 1 : Math.max(0, after - 1);
    }

    const corrected = marked(document(steps.length - 1));

    /* Keys of the rows that were corrected after a step, be it once more. */
    function correctedAfter(index) {
      if (!corrected.size) return new Set();
      const before = marked(document(index));
      const since = [...corrected].filter(([key, times]) => times > (before.get(key) || 0));
      return new Set(since.map(([key]) => key));
    }

    /* How long each step is looked at when the night shall take so many ms: paced by what
     * happens, not by the clock. A short night takes less. */
    function pace(length) {
      const held = steps.filter(({ kind }) => HELD.has(kind)).length;
      const hold = Math.min(HOLD_MS, (MOST_HELD * length) / Math.max(1, held));
      const even = (length - held * hold) / Math.max(1, steps.length - held);
      return steps.map(({ kind }) => (HELD.has(kind) ? hold : Math.min(MOST_MS, even)));
    }

    return {
      times,
      start: times[0],
      end: times.at(-1),
      moments: momentsOf(steps),
      kind: (index) => steps[index].kind,
      version: (index) => steps[index].version,
      document,
      correctedAfter,
      at,
      pace,
    };
  }

  function momentsOf(steps) {
    let moment = steps[0].document.moment || {};
    return steps.map(({ patch }) => {
      if (patch && "moment" in patch) moment = soiree.merge(moment, patch.moment) || {};
      return moment;
    });
  }

  const told = new WeakMap(); // a row that did not change is the same object in many documents

  /* How often a row says it was corrected (views/table.py). */
  function timesOf(row) {
    if (!told.has(row)) {
      const tag = /row-corrected"(?:,"data-times":"(\d+)")?/.exec(JSON.stringify(row));
      told.set(row, tag ? Number(tag[1] || 1) : 0);
    }
    return told.get(row);
  }

  /* The same by key, of the rows that say so. */
  function marked(document) {
    const rows = new Map();
    const look = (node) => {
      if (Array.isArray(node)) node.slice(2).forEach(look);
      else if (node && typeof node === "object") {
        for (const [key, row] of Object.entries(node)) {
          if (timesOf(row)) rows.set(key, timesOf(row));
        }
      }
    };
    look((document.parts || {}).table);
    return rows;
  }

  // ---- hours -------------------------------------------------------------------------------

  const HOUR = /^(\d{1,2})[:h]?(\d{2})(?::?(\d{2}))?$/;

  /* What a clock in that place shows at a moment, as if it were UTC: ms. */
  function wall(moment, timeZone) {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone, year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    const p = Object.fromEntries(format.formatToParts(moment).map((x) => [x.type, Number(x.value)]));
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
  }

  /* How far the clocks there are ahead of UTC, ms. */
  function shift(night, timeZone) {
    return wall(night.start, timeZone) - Math.floor(night.start / 1000) * 1000;
  }

  /* Of "20:31" (all of that minute) or "20:31:05": {index}, and where the night does not have that
   * hour, "before" or "after" in out. null for what is no hour. */
  function find(night, text, timeZone) {
    const match = HOUR.exec(text);
    if (!match || match[1] > 23 || match[2] > 59 || (match[3] || 0) > 59) return null;
    const [, h, m, s = "59"] = match;
    const start = wall(night.start, timeZone);
    const length = night.end - night.start;
    const of = (h * 3600 + m * 60 + Number(s)) * 1000 - (start % DAY); // after the start, that day
    // A night goes past midnight: its second day has the hours that the first one had not.
    const after = of < -60_000 && of + DAY <= length + 60_000 ? of + DAY : of;
    const moment = start - shift(night, timeZone) + after + 999;
    const out = after < 0 ? "before" : after > length + 60_000 ? "after" : "";
    return { index: night.at(moment), out };
  }

  /* The shortest hour that find() brings back to the same step. */
  function hour(night, index, timeZone) {
    const text = new Date(wall(night.times[index], timeZone)).toISOString().slice(11, 19);
    const short = text.slice(0, 5);
    return find(night, short, timeZone).index === index ? short : text;
  }

  return { load, of, find, hour, shift };
})();
