// The desk's panel: asks for the page again and changes places, unless someone reads an opened part.
"use strict";
(() => {
  const EVERY_MS = 2000;

  async function refresh() {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = document.querySelector("main");
    const next = page.querySelector("main");
    if (!next || main.innerHTML === next.innerHTML || main.querySelector("details[open]")) return;
    main.replaceWith(document.adoptNode(next));
  }

  async function run() {
    try {
      await refresh();
      document.body.removeAttribute("data-offline");
    } catch {
      document.body.setAttribute("data-offline", "");
    }
    setTimeout(run, EVERY_MS);
  }

  setTimeout(run, EVERY_MS);
})();
