/* Which scene of the wall is visible, and what its address asks for. Both are functions of what
 * they are given: the clock and the document come from screen.js. */
"use strict";

window.soiree = window.soiree || {};

/* The presets of an address: ?scenes=overview,map&duree=20&marge=3&taille=grande&contests=a,b. What
 * is not known is ignored. */
soiree.presets = (search) => {
  const NAMES = {
    overview: "overview", ensemble: "overview", map: "map", carte: "map", focus: "focus",
    commune: "focus", circles: "circles", voix: "circles", quote: "quote", reaction: "quote",
    qr: "qr", replay: "replay", relecture: "replay",
  };
  const query = new URLSearchParams(search);
  const asked = (query.get("scenes") || "").split(",").map((name) => NAMES[name.trim()]);
  const scenes = asked.filter(Boolean);
  const seconds = Number(query.get("duree"));
  const margin = query.get("marge");
  return {
    contests: (query.get("contests") || "").split(",").filter(Boolean),
    scenes: scenes.length ? new Set(scenes) : null,
    hold: seconds >= 3 && seconds <= 3600 ? seconds * 1000 : 0,
    margin: ["0", "3", "5"].includes(margin) ? margin : "5",
    isLarge: query.get("taille") === "grande",
  };
};

/* Takes the scenes of each version (dashboard/views/screen_scenes.py) and says which one is
 * visible at a moment. The overview returns after every other scene; a round is over when all of
 * the others that are due have been there. Then turn() is asked whether another contest's scenes
 * will come; until they do the overview stays. Each contest has rounds of its own. */
soiree.scheduler = ({ scenes = null, hold = 0, turn = () => false } = {}) => {
  const OVERVIEW = { scene: "overview", hold: 25_000 };
  const OWN_HOLD = new Set(["moment", "replay"]); // whatever the address says
  const PAST = 20;
  let rotation = [OVERVIEW];
  let moment = null;
  let known; // the moment that is no news
  let current = rotation[0];
  let since = null;
  let held = false;
  const contests = new Map();
  let contest = "";
  let own = begun(contest); // round; inRound; shown: of what is shown once
  const past = [];

  function begun(id) {
    if (!contests.has(id)) contests.set(id, { round: 1, inRound: new Set(), shown: new Set() });
    return contests.get(id);
  }

  const name = (entry) => `${entry.scene} ${entry.once || ""}`;
  const isOverview = (entry) => entry.scene === "overview";

  function isDue(entry) {
    if (isOverview(entry) || own.inRound.has(name(entry)) || own.shown.has(name(entry))) return false;
    return !entry.every || own.round % entry.every === 0;
  }

  function firstDue() {
    const found = rotation.find(isDue);
    if (found || !own.inRound.size) return found;
    own.round += 1;
    own.inRound.clear();
    return rotation.find(isDue);
  }

  function following() {
    const overview = rotation.find(isOverview);
    if (overview && !isOverview(current)) return overview;
    const due = firstDue();
    if (due) return due;
    own.round += 1; // a round of nothing but the overview
    return rotation.find(isDue) || overview || rotation[0];
  }

  function show(entry, now) {
    current = entry;
    since = now;
    if (isOverview(entry)) return;
    own.inRound.add(name(entry));
    if (entry.once) own.shown.add(name(entry));
  }

  /* The last of a round is the overview, where it is among the scenes at all. */
  function isOver() {
    const last = isOverview(current) || !rotation.some(isOverview);
    return last && !rotation.some(isDue);
  }

  function step(now) {
    if (isOver() && turn()) {
      since = now;
      return;
    }
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

  /* Another contest's turn: its overview first, in a round of its own. */
  function begin(id, now) {
    contest = id;
    if (own.inRound.size) own.round += 1;
    own.inRound.clear();
    own = begun(id);
    past.length = 0;
    show(rotation.find(isOverview) || rotation[0], now);
  }

  /* A new version. What is on screen stays if it still exists: it may have new words. */
  function offer(said, now) {
    const all = said.rotation || [OVERVIEW];
    const wanted = all.filter((entry) => !scenes || scenes.has(entry.scene));
    // After the past the present is seen, whatever was asked for.
    const isNow = wanted.some((entry) => entry.scene !== "replay");
    rotation = isNow ? wanted : [OVERVIEW, ...wanted];
    if ((said.contest || "") !== contest) begin(said.contest || "", now);
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
    return OWN_HOLD.has(current.scene) ? current.hold : hold || current.hold;
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
