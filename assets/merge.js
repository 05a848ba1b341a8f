/* Applies a patch to a document: RFC 7396, and {"#": {"17": 3}} for single entries of an array.
 * The same as merge() of dashboard/wire.py. What a patch does not touch stays the same object, so
 * the rest of the page can tell by identity what has changed. */
"use strict";

window.soiree = window.soiree || {};

soiree.merge = (() => {
  const INDEX = "#";

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function merge(target, patch) {
    if (!isObject(patch)) return patch;
    if (Array.isArray(target) && isObject(patch[INDEX])) return mergeArray(target, patch[INDEX]);
    // Without a prototype: a member called "__proto__" is then a member like any other.
    const merged = Object.assign(Object.create(null), isObject(target) ? target : null);
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete merged[key];
      else merged[key] = merge(merged[key], value);
    }
    return merged;
  }

  function mergeArray(target, changes) {
    return target.map((value, i) => (i in changes ? merge(value, changes[i]) : value));
  }

  return merge;
})();
