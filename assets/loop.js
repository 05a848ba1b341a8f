/* The night seen again on the wall when the count is over: from its beginning to its end, by
 * itself, and the word for it on screen for as long as anything past is. */
"use strict";

window.soiree = window.soiree || {};

/* isHeld(): whether somebody holds what is on screen. over(): the night is at its end, or there is
 * none, or something new is known, which waits for nothing. */
soiree.loop = ({ isHeld, over }) => {
  const NIGHT_MS = 50_000;
  const END_MS = (window.soireeTimings || {}).end ?? 4_000; // of the last step, more than any other's
  const LEAST_MS = 100; // between two steps on screen; what lies between them is passed over
  const STILL_MS = 1_500; // the same for who wishes that little moves
  const JUMP_MS = 2_000; // more is a machine that slept
  const root = document.documentElement;
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = null; // what of which night; null: the present
  let timer = 0;

  /* title: what is said all the time, "Relecture · {time}". Until the night is here, the present
   * stays. */
  async function begin(title) {
    end();
    const ours = { title, night: null, ends: [], at: 0, last: 0, index: -1 };
    playing = ours;
    try {
      ours.night = await soiree.night.load(soiree.live.name());
    } catch {
      // no such file, or no network: the next round asks again
    }
    if (ours !== playing) return;
    if (!ours.night || ours.night.times.length < 2) {
      over();
      return;
    }
    let sum = 0;
    ours.ends = ours.night.pace(NIGHT_MS).map((ms) => (sum += ms));
    ours.ends.push(ours.ends.pop() + END_MS);
    ours.last = performance.now();
    step();
  }

  function step() {
    const now = performance.now();
    if (!isHeld()) playing.at += Math.min(JUMP_MS, now - playing.last);
    playing.last = now;
    const index = playing.ends.findIndex((end) => end > playing.at);
    if (index === -1) {
      over();
      return;
    }
    if (index !== playing.index) show(index);
    const least = stillness.matches ? STILL_MS : LEAST_MS;
    timer = setTimeout(step, Math.max(least, playing.ends[index] - playing.at));
  }

  /* The word first: no past number stands without it, in the title of the window neither. */
  function show(index) {
    const { night, title } = playing;
    playing.index = index;
    const said = soiree.freshness.fill(title, { time: soiree.freshness.clock(night.times[index]) });
    const shown = night.document(index);
    say(said, (night.times[index] - night.start) / Math.max(1, night.end - night.start));
    soiree.live.replay({ version: night.version(index), document: shown });
    document.title = `${said} · ${shown.title || ""}`;
  }

  function say(text, share) {
    root.style.setProperty("--past", String(share));
    for (const element of soiree.live.main().querySelectorAll('[data-role="past"]')) {
      element.textContent = text;
    }
  }

  function end() {
    clearTimeout(timer);
    const wasPast = playing !== null && playing.index >= 0;
    playing = null;
    if (!wasPast) return;
    soiree.live.replay(null);
    say("", 0);
  }

  document.addEventListener("soiree:news", () => playing && over());
  return { begin, end };
};
