/* Light or dark, decided before the first paint: a file of its own, first in the head, because an
 * inline script would need an exception in the content security policy. */
"use strict";

window.soiree = window.soiree || {};

soiree.theme = (() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const STORED = "soiree-theme";

  // Storage throws where cookies are blocked; the theme then lasts as long as the page.
  function stored() {
    try {
      return localStorage.getItem(STORED);
    } catch {
      return null;
    }
  }

  function chosen() {
    const asked = new URLSearchParams(location.search).get("theme");
    const known = [asked, stored()].find((name) => name === "light" || name === "dark");
    if (known) return known;
    if (root.dataset.page === "screen") return "dark";
    return dark.matches ? "dark" : "light";
  }

  function set(name) {
    if (root.dataset.theme === name) return;
    root.dataset.theme = name;
    document.dispatchEvent(new Event("soiree:theme"));
  }

  function toggle() {
    const name = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(STORED, name);
    } catch {
      // see stored()
    }
    set(name);
  }

  set(chosen());
  dark.addEventListener("change", () => set(chosen()));
  return { toggle, isDark: () => root.dataset.theme === "dark" };
})();
