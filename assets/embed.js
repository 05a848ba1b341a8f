/* A chart in another site's page: tells the page around it how high it is. docs/embed.md has the
 * lines that listen. Nothing that is said here is a secret, so any page may hear it. */
"use strict";

(() => {
  let told = 0;

  function tell() {
    const { bottom } = soiree.live.main().getBoundingClientRect();
    const height = Math.ceil(bottom + window.scrollY);
    if (height === told || height === 0) return;
    told = height;
    window.parent.postMessage({ soiree: "height", height }, "*");
  }

  new ResizeObserver(tell).observe(document.body);
  document.addEventListener("soiree:document", tell);
  window.addEventListener("load", tell);
  tell();
})();
