/* Lays nodes out (dashboard/views/markup.py): a node is a text, or [tag, attributes, ...children];
 * one mapping {key: node} may stand in place of the children. Only what differs between the old
 * node and the new one is touched, so a reader keeps scroll, focus, selection and open details.
 * Text is text and never markup: there is no innerHTML here, and what is not on these lists is
 * left out. */
"use strict";

window.soiree = window.soiree || {};

soiree.render = (() => {
  // The allow-list of markup.py.
  const TAGS = new Set(
    ("a abbr article b blockquote button caption cite col colgroup data datalist dd details " +
      "div dl dt em figcaption figure footer h1 h2 h3 header i img input label li nav ol option p q " +
      "section small span strong sub summary sup svg path table tbody td th thead time tr ul wbr " +
      "br hr").split(" "),
  );
  const ATTRIBUTES = new Set(
    ("class id href rel target hreflang title lang dir role type name value list for scope " +
      "colspan rowspan datetime placeholder autocomplete inputmode spellcheck enterkeyhint " +
      "tabindex hidden open disabled label cite start reversed viewBox preserveAspectRatio " +
      "width height d fill focusable shape-rendering alt loading decoding referrerpolicy").split(" "),
  );
  const SVG = new Set(["svg", "path"]);
  const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
  // Numbers and colours for the style sheet, nothing else: style="--share: 59.4%; --l: #6b3fb8".
  const STYLE =
    /^(\s*--[a-z][a-z0-9-]*\s*:\s*(#[0-9a-f]{6}|-?[\d.]+(%|px|rem|fr)?)\s*;?)*\s*$/i;
  const LINK = /^(https?:\/\/|[/?#](?!\/))/i;
  const IMAGE = /^https:\/\//i; // from hosts that the page's policy allows
  const CHANGED_MS = 1200;

  // ---- nodes -------------------------------------------------------------------------------

  function isMapping(node) {
    return node !== null && typeof node === "object" && !Array.isArray(node);
  }

  function keyedNode(key, [tag, attributes, ...children]) {
    return [tag, { ...attributes, "data-key": key }, ...children];
  }

  function order(node) {
    return Number(node[1]["data-order"]);
  }

  /* Children as HTML would have them: neighbouring texts are one text, an empty one is none. */
  function plainChildren(children) {
    const flat = [];
    for (const child of children) {
      if (typeof child !== "string") flat.push(child);
      else if (child && typeof flat.at(-1) === "string") flat.push(flat.pop() + child);
      else if (child) flat.push(child);
    }
    return flat;
  }

  function keyedChildren(children) {
    if (children.length !== 1 || !isMapping(children[0])) return null;
    const sorted = Object.entries(children[0]).sort((a, b) => order(a[1]) - order(b[1]));
    return new Map(sorted);
  }

  // ---- building ----------------------------------------------------------------------------

  function build(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    if (!TAGS.has(tag)) return document.createTextNode("");
    const element = SVG.has(tag)
      ? document.createElementNS(SVG_NAMESPACE, tag)
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
    element.append(...buildAll(children));
    return element;
  }

  function buildAll(children) {
    return plainChildren(children).flatMap((child) =>
      isMapping(child)
        ? [...keyedChildren([child])].map(([key, node]) => build(keyedNode(key, node)))
        : [build(child)],
    );
  }

  function setAttribute(element, name, value) {
    if (name === "style") setStyle(element, value);
    else if (isAllowed(name, value)) element.setAttribute(name, value);
  }

  function isAllowed(name, value) {
    if (name === "href" || name === "cite") return LINK.test(value);
    if (name === "src") return IMAGE.test(value);
    return ATTRIBUTES.has(name) || name.startsWith("data-") || name.startsWith("aria-");
  }

  function setStyle(element, value) {
    if (!STYLE.test(value)) return;
    for (const declaration of value.split(";")) {
      const [property, number] = declaration.split(":");
      if (number !== undefined) element.style.setProperty(property.trim(), number.trim());
    }
  }

  // ---- changing ----------------------------------------------------------------------------

  /* Returns the element that stands there afterwards: the same one, or another in its place. */
  function change(dom, from, to) {
    if (from === to) return dom;
    if (typeof to === "string" && typeof from === "string") {
      changeText(dom, to);
      return dom;
    }
    if (typeof to === "string" || typeof from === "string" || from[0] !== to[0]) {
      const other = build(to);
      dom.replaceWith(other);
      return other;
    }
    changeAttributes(dom, from[1], to[1]);
    changeChildren(dom, from.slice(2), to.slice(2));
    return dom;
  }

  function changeText(dom, text) {
    if (dom.data === text) return;
    dom.data = text;
    const field = dom.parentElement.closest("[data-field]");
    if (field) mark(field);
  }

  /* One quiet fade on the figure that changed; CSS decides how it looks. */
  function mark(field) {
    field.dataset.changed = "";
    clearTimeout(field.soireeMark);
    field.soireeMark = setTimeout(() => delete field.dataset.changed, CHANGED_MS);
  }

  function changeAttributes(element, from, to) {
    for (const name of Object.keys(from)) {
      if (!Object.hasOwn(to, name)) element.removeAttribute(name);
    }
    for (const [name, value] of Object.entries(to)) {
      if (from[name] !== value) setAttribute(element, name, value);
    }
  }

  function changeChildren(parent, from, to) {
    const oldKeyed = keyedChildren(from);
    const newKeyed = keyedChildren(to);
    if (oldKeyed && newKeyed && holds(parent, oldKeyed)) {
      changeKeyed(parent, oldKeyed, newKeyed);
      return;
    }
    const before = plainChildren(from);
    const after = plainChildren(to);
    const simple = !before.some(isMapping) && !after.some(isMapping);
    if (!simple || parent.childNodes.length !== before.length) {
      if (from.length || to.length) parent.replaceChildren(...buildAll(to));
      return;
    }
    const present = [...parent.childNodes];
    after.forEach((node, i) => {
      if (i < before.length) change(present[i], before[i], node);
      else parent.append(build(node));
    });
    present.slice(after.length).forEach((node) => node.remove());
  }

  /* Whether exactly these keyed children are there. */
  function holds(parent, keyed) {
    const keys = [...parent.children].map((child) => child.dataset.key);
    return keys.length === keyed.size && keys.every((key) => keyed.has(key));
  }

  function changeKeyed(parent, from, to) {
    const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
    for (const [key, element] of present) {
      if (!to.has(key)) element.remove();
    }
    // A table the reader has sorted keeps the reader's order (table.js puts new rows in place).
    const sorted = "sorted" in parent.dataset;
    let cursor = parent.firstElementChild;
    for (const [key, node] of to) {
      const old = present.get(key);
      const element = old ? change(old, keyedNode(key, from.get(key)), keyedNode(key, node))
        : build(keyedNode(key, node));
      if (old && cursor === old) cursor = element;
      if (sorted && old) continue;
      if (element === cursor && !sorted) cursor = cursor.nextElementSibling;
      else parent.insertBefore(element, sorted ? null : cursor);
    }
  }

  // ---- taking over what the server wrote -----------------------------------------------------

  /* Whether the DOM under parent is what the nodes say, as far as a change relies on it. */
  function matches(parent, children) {
    const keyed = keyedChildren(children);
    if (keyed) {
      const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
      return holds(parent, keyed) && [...keyed].every(([key, node]) => fits(present.get(key), node));
    }
    const plain = plainChildren(children);
    if (plain.some(isMapping)) return true; // always built again when it changes
    if (plain.length === 0) return true; // filled by a script, or empty
    return (
      parent.childNodes.length === plain.length &&
      plain.every((node, i) => fits(parent.childNodes[i], node))
    );
  }

  function fits(dom, node) {
    if (typeof node === "string") return dom.nodeType === Node.TEXT_NODE;
    return dom.localName === node[0] && matches(dom, node.slice(2));
  }

  // ---- parts -------------------------------------------------------------------------------

  function asChildren(node) {
    return node === undefined ? [] : [node];
  }

  /* Brings one [data-part] from one node to another. */
  function part(container, from, to) {
    if (from === to) return;
    const focused = document.activeElement;
    changeChildren(container, asChildren(from), asChildren(to));
    // A row that was moved to another place has lost the focus on its way.
    if (focused !== document.activeElement && container.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  /* Takes over what the server wrote for that node; builds it again if it is anything else. */
  function adopt(container, node) {
    const children = asChildren(node);
    if (!matches(container, children)) container.replaceChildren(...buildAll(children));
    // The server may not write style attributes, and gave these elements theirs by a style sheet.
    for (const element of container.querySelectorAll("[data-style]")) {
      setStyle(element, element.dataset.style);
      delete element.dataset.style;
    }
  }

  return { part, adopt };
})();
