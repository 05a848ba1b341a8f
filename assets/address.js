/* In a published folder a query chooses no page: go where that page has its path. First in the
 * head, and only of pages that are published. */
"use strict";

(() => {
  const { languages, contests } = document.documentElement.dataset;
  const query = new URLSearchParams(location.search);
  const [, lang, contest, rest] = location.pathname.match(
    /^\/(?:([a-z]{2})\/)?(?:contest\/([^/]+)\/)?(.*)$/,
  );

  /* What was asked for; the first of those known is what the bare path shows. */
  function asked(name, known) {
    const value = query.get(name) || "";
    query.delete(name);
    return value === known.split(" ")[0] ? "" : encodeURIComponent(value);
  }

  function folder(...names) {
    return names.every(Boolean) ? `${names.join("/")}/` : "";
  }

  const askedLang = asked("lang", languages);
  const known = languages.split(" ").includes(askedLang) ? askedLang : "";
  const askedContest = asked("contest", contests);
  const path = `/${folder(lang || known)}${folder("contest", contest || askedContest)}${rest}`;
  if (path === location.pathname) return;
  const search = query.toString();
  location.replace(path + (search && `?${search}`) + location.hash);
})();
