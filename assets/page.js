/* What a reader does: every button, link and field, by delegation, so that it works on the HTML
 * of the server and on React's skeleton alike. */
"use strict";

window.soiree = window.soiree || {};

soiree.page = (() => {
  const ANNOUNCE_MS = 60_000;
  const RELOAD_MS = 60_000;
  const root = document.documentElement;
  const words = () => (soiree.live.document() || {}).words || {};
  const all = (selector) => soiree.live.main().querySelectorAll(selector);

  // ---- buttons -----------------------------------------------------------------------------

  const actions = {
    theme: () => soiree.theme.toggle(),
    pause: () => {
      soiree.live.setPaused(!soiree.live.isPaused());
      label();
    },
    sort: (button) => soiree.table.sort(button.closest("th")),
    filter: (button) => {
      filter = button.dataset.filter || "*";
      arrangeFeed();
    },
    "show-new": () => {
      hiddenPosts.clear();
      arrangeFeed();
      const [feed] = all('[data-role="feed"]');
      if (feed) feed.scrollIntoView({ block: "start" });
    },
    "select-row": (button) => soiree.table.select(button.dataset.key),
    "close-card": () => soiree.table.close(),
    "replay-play": async () => {
      if (await again()) actions["replay-play"]();
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button && Object.hasOwn(actions, button.dataset.action)) actions[button.dataset.action](button);
    const link = event.target.closest('a[data-role="language"]');
    if (link) keepQuery(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") soiree.table.close();
  });

  /* The other language of this very page: the theme asked for stays. */
  function keepQuery(link) {
    const query = new URLSearchParams(location.search);
    query.delete("lang");
    query.delete("contest");
    link.search = query.toString();
  }

  function write(button, text) {
    if (!text) return;
    const place = button.querySelector("[data-label]");
    if (place) place.textContent = text;
    else button.setAttribute("aria-label", text);
  }

  /* Buttons whose words depend on what only this browser knows. */
  function label() {
    const paused = soiree.live.isPaused();
    for (const button of all('[data-action="pause"]')) {
      button.setAttribute("aria-pressed", String(paused));
      write(button, paused ? words().resume : words().pause);
    }
    for (const button of all('[data-action="theme"]')) {
      write(button, soiree.theme.isDark() ? words().theme_light : words().theme_dark);
    }
  }

  document.addEventListener("soiree:theme", () => soiree.live && label());

  // ---- search ------------------------------------------------------------------------------

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s'’-]+/g, " ").trim();
  }

  function find(text) {
    const wanted = plain(text);
    if (!wanted) return null;
    const names = Object.entries((soiree.live.document() || {}).search || {});
    const exact = names.find(([name]) => plain(name) === wanted);
    if (exact) return { key: exact[1], exact: true };
    const beginning = names.filter(([name]) => plain(name).startsWith(wanted));
    return beginning.length ? { key: beginning[0][1], exact: false } : null;
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches('[data-role="search"]')) return;
    const found = find(event.target.value);
    if (found && found.exact) soiree.table.select(found.key);
  });

  function submitSearch(field) {
    const found = find(field.value);
    if (found) soiree.table.select(found.key);
    else announce(words().not_found, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches('[data-role="search"]')) {
      event.preventDefault();
      submitSearch(event.target);
    }
  });

  // A click on the map: Dash's client-side callback, registered in web/shell.py.
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.soiree = {
    selectArea(click) {
      const area = click && click.points && click.points[0] && click.points[0].location;
      const key = ((soiree.live.document() || {}).areas || {})[area];
      if (key) soiree.table.select(key);
      return window.dash_clientside.no_update;
    },
  };

  // ---- the feed ----------------------------------------------------------------------------

  let filter = "*";
  let known = null; // keys of the posts that were there
  const hiddenPosts = new Set(); // keys of posts that wait for the button

  function isPastTop(feed) {
    return feed.getBoundingClientRect().top < 0 || feed.contains(document.activeElement);
  }

  /* New posts never push what is being read: they wait behind a button then. */
  function holdBackNew() {
    const [feed] = all('[data-role="feed"]');
    if (!feed) return;
    const keys = [...feed.children].map((post) => post.dataset.key);
    const fresh = known && root.dataset.page === "home" ? keys.filter((key) => !known.has(key)) : [];
    // Asking where the feed is makes the browser lay the page out at once.
    if (fresh.length && isPastTop(feed)) fresh.forEach((key) => hiddenPosts.add(key));
    for (const key of hiddenPosts) {
      if (!keys.includes(key)) hiddenPosts.delete(key);
    }
    known = new Set(keys);
  }

  function arrangeFeed() {
    const chips = [...all('[data-action="filter"]')];
    // The last post of a kind may have been withdrawn, and its button with it.
    if (!chips.some((button) => button.dataset.filter === filter)) filter = "*";
    let count = 0; // of posts that the button would show
    for (const feed of all('[data-role="feed"]')) {
      for (const post of feed.children) {
        const other = filter !== "*" && post.dataset.kind !== filter;
        const waits = hiddenPosts.has(post.dataset.key);
        post.hidden = other || waits;
        if (waits && !other) count += 1;
      }
    }
    for (const button of chips) {
      button.setAttribute("aria-pressed", String((button.dataset.filter || "*") === filter));
    }
    for (const button of all('[data-action="show-new"]')) {
      button.hidden = count === 0;
      const text = count === 1 ? words().new_one : words().new_many;
      button.textContent = count ? soiree.freshness.fill(text, { n: String(count) }) : "";
    }
  }

  /* The post that a permalink names (/#post-…), whatever hides it. */
  function showLinked() {
    const id = location.hash.slice(1);
    const post = id.startsWith("post-") && document.getElementById(id);
    for (const other of all("[data-linked]")) delete other.dataset.linked;
    if (!post || !soiree.live.main().contains(post)) return;
    post.dataset.linked = "";
    filter = "*";
    hiddenPosts.delete(post.dataset.key);
    arrangeFeed();
    const rest = post.closest(".feedlist").querySelector(".all input");
    if (rest && !post.getClientRects().length) rest.checked = true;
    post.scrollIntoView({ block: "center" });
  }

  let sought = location.hash; // until there is a feed to look in
  window.addEventListener("hashchange", showLinked);

  // ---- the night again ---------------------------------------------------------------------

  let replay = null;

  /* Loads the program that shows it (assets/replay.js), which then answers for its own buttons;
   * whether it is here. */
  function again() {
    const [src, href] = root.dataset.replay.split(" "); // and the kit, which that script fetches
    replay ||= Promise.all([add("link", { rel: "stylesheet", href }), add("script", { src })]).then(
      () => true,
      () => {
        replay = null;
        announce(words().replay_none, true);
        return false;
      },
    );
    return replay;
  }

  function add(name, attributes) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }

  if (root.dataset.replay && new URLSearchParams(location.search).has("t")) again();

  // ---- saying it ---------------------------------------------------------------------------

  let announced = -Infinity;
  let pending = 0;
  let lastSaid = null;

  /* One polite sentence, at most each minute; urgent ones (a new state) at once. */
  function announce(text, urgent = false) {
    clearTimeout(pending);
    if (!text) return;
    const wait = urgent ? 0 : announced + ANNOUNCE_MS - performance.now();
    if (wait > 0) {
      pending = setTimeout(() => announce(text), wait);
      return;
    }
    if (!urgent) announced = performance.now();
    for (const element of all('[data-role="announcer"]')) element.textContent = text;
  }

  // ---- after every version -----------------------------------------------------------------

  /* isReplay: the step from one version to the other is no news. */
  function rendered(next, before, isReplay = false) {
    soiree.table.rendered();
    if (isReplay) {
      known = null;
      hiddenPosts.clear();
    }
    holdBackNew();
    arrangeFeed();
    if (sought && next.parts) {
      showLinked();
      sought = "";
    }
    label();
    if (before && !isReplay && next.announcement !== lastSaid) announce(next.announcement);
    lastSaid = next.announcement;
  }

  /* What few ask for comes after all that everybody sees. */
  function drawn() {
    if (root.dataset.later) import(root.dataset.later).catch(() => {});
  }

  // ---- a new program -----------------------------------------------------------------------

  let reloading = false;

  function remembered(build) {
    try {
      const seen = sessionStorage.getItem("soiree-build") === build;
      sessionStorage.setItem("soiree-build", build);
      return seen;
    } catch {
      return true; // without memory a page could reload for ever
    }
  }

  /* The server runs another program than this page's: load it once, each viewer at a moment of
   * its own, and only when the server is there to answer. */
  function built(build) {
    if (!build || build === root.dataset.build || reloading || remembered(build)) return;
    reloading = true;
    const most = (window.soireeTimings || {}).reload ?? RELOAD_MS;
    setTimeout(reload, Math.random() * most);
  }

  async function reload() {
    const typing = document.activeElement && document.activeElement.matches("input");
    try {
      if (typing) throw new Error("a reader is typing");
      await soiree.get(location.href, { method: "HEAD", cache: "no-store" });
      location.reload();
    } catch {
      setTimeout(reload, 5_000);
    }
  }

  return { rendered, drawn, announce, built, actions };
})();

soiree.live.start();
