/* Which scene of the wall is visible, and what its address asks for. Both are functions of what
 * they are given: the clock and the document come from screen.js. */
"use strict";

window.soiree = window.soiree || {};

/* The presets of an address: ?scenes=overview,map&duree=20&marge=3&taille=grande. What is not
 * known is ignored. */
soiree.presets = (search) => {
  const NAMES = {
    overview: "overview", ensemble: "overview", map: "map", carte: "map", focus: "focus",
    commune: "focus", circles: "circles", voix: "circles", quote: "quote", reaction: "quote",
    qr: "qr",
  };
  const query = new URLSearchParams(search);
  const asked = (query.get("scenes") || "").split(",").map((name) => NAMES[name.trim()]);
  const scenes = asked.filter(Boolean);
  const seconds = Number(query.get("duree"));
  const margin = query.get("marge");
  return {
    scenes: scenes.length ? new Set(scenes) : null,
    hold: seconds >= 3 && seconds <= 3600 ? seconds * 1000 : 0,
    margin: ["0", "3", "5"].includes(margin) ? margin : "5",
    isLarge: query.get("taille") === "grande",
  };
};

/* Takes the scenes of each version (dashboard/views/screen_scenes.py) and says which one is
 * visible at a moment. The overview returns after every other scene; a round is over when all of
 * the others that are due have been there. */
soiree.scheduler = ({ scenes = null, hold = 0 } = {}) => {
  const OVERVIEW = { scene: "overview", hold: 25_000 };
  const PAST = 20;
  let rotation = [OVERVIEW];
  let moment = null;
  let known; // the moment that is no news
  let current = rotation[0];
  let since = null;
  let round = 1;
  let held = false;
  const inRound = new Set();
  const shown = new Set(); // of what is shown once
  const past = [];

  const name = (entry) => `${entry.scene} ${entry.once || ""}`;
  const isOverview = (entry) => entry.scene === "overview";

  function isDue(entry) {
    if (isOverview(entry) || inRound.has(name(entry)) || shown.has(name(entry))) return false;
    return !entry.every || round % entry.every === 0;
  }

  function firstDue() {
    const found = rotation.find(isDue);
    if (found || !inRound.size) return found;
    round += 1;
    inRound.clear();
    return rotation.find(isDue);
  }

  function following() {
    const overview = rotation.find(isOverview);
    if (overview && !isOverview(current)) return overview;
    const due = firstDue();
    if (due) return due;
    round += 1; // a round of nothing but the overview
    return rotation.find(isDue) || overview || rotation[0];
  }

  function show(entry, now) {
    current = entry;
    since = now;
    if (isOverview(entry)) return;
    inRound.add(name(entry));
    if (entry.once) shown.add(name(entry));
  }

  function step(now) {
    past.push(current);
    if (past.length > PAST) past.shift();
    show(following(), now);
  }

  function interrupt(now) {
    if (held || !moment || moment.once === known) return;
    known = moment.once;
    past.push(current);
    show(moment, now);
  }

  /* A new version. What is on screen stays if it still exists: it may have new words. */
  function offer(said, now) {
    const all = said.rotation || [OVERVIEW];
    const wanted = all.filter((entry) => !scenes || scenes.has(entry.scene));
    rotation = wanted.length ? wanted : [OVERVIEW];
    const first = known === undefined;
    moment = said.moment || null;
    if (first) known = moment ? moment.once : null;
    const place = [...rotation, moment].find((entry) => entry && name(entry) === name(current));
    if (place) current = place;
    else show(rotation.find(isOverview) || rotation[0], now);
    if (since === null) since = now;
    interrupt(now);
  }

  function duration() {
    return current.scene === "moment" ? current.hold : hold || current.hold;
  }

  function at(now) {
    if (since === null) since = now;
    interrupt(now);
    if (!held && now - since >= duration()) step(now);
    return current;
  }

  function back(now) {
    const kept = new Set(rotation.map(name));
    let entry = past.pop();
    while (entry && !kept.has(name(entry))) entry = past.pop();
    if (entry) show(entry, now);
  }

  function toggle(now) {
    held = !held;
    since = now;
  }

  return { offer, at, next: step, back, toggle, isHeld: () => held };
};
