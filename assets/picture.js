/* A chart as a picture to take away: what the page says of it at that moment, drawn again as one
 * SVG. Loaded when it is asked for (paper.js).
 *
 * Title, state of the count, time and source are in the picture, because a picture travels alone.
 * Everything in the file is plain: no style sheet, no class, no variable, nothing but its fonts. */

const WIDTH = 1200; // px, of the SVG
const EDGE = 56;
const INNER = WIDTH - 2 * EDGE;
const MAP = { width: 800, least: 300, most: 900 }; // as Plotly draws it: names are placed for that
const ROW = 64; // of a ranking: the bars' own
const DISPLAY = "Barlow Condensed";
const TEXT = "Public Sans";
const pen = document.createElement("canvas").getContext("2d"); // measures text

const xml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const main = () => soiree.live.main();
const words = (selector, from = main()) => (from.querySelector(selector)?.textContent || "").trim();
const joined = (...selectors) => selectors.map((one) => words(one)).filter(Boolean).join(" · ");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function font({ size, weight = 400, family = TEXT }) {
  return `${weight} ${size}px "${family}", sans-serif`;
}

function measure(text, style) {
  pen.font = font(style);
  return pen.measureText(text).width;
}

function write(text, x, y, style) {
  const { size, weight = 400, family = TEXT, fill = colour("ink"), anchor = "start" } = style;
  return (
    `<text x="${x}" y="${y}" fill="${fill}" font-family="${family}, sans-serif" ` +
    `font-size="${size}" font-weight="${weight}" text-anchor="${anchor}">${xml(text)}</text>`
  );
}

function box(x, y, width, height, fill) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

/* As many words a line as fit. */
function lines(text, style, width) {
  const found = [];
  for (const word of text.split(" ")) {
    const longer = `${found.at(-1)} ${word}`;
    if (found.length && measure(longer, style) <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

/* Text from the top edge y on; returns what is drawn and where it ends. */
function paragraph(text, y, style) {
  if (!text) return ["", y];
  const step = style.size * 1.3;
  const drawn = lines(text, style, INNER).map((line, n) => write(line, EDGE, y + step * (n + 0.8), style));
  return [drawn.join(""), y + step * drawn.length];
}

/* Names that are too long for their place are set smaller. */
function fitted(text, x, y, style, width) {
  const size = Math.min(style.size, (style.size * width) / Math.max(1, measure(text, style)));
  return write(text, x, y, { ...style, size: Math.floor(size * 10) / 10 });
}

// ---- what Plotly draws --------------------------------------------------------------------------

/* The figure of the document whose words are on the page, at x, y and so much larger. */
async function plotly(id, x, y, { width, height }, scale = 1) {
  const { figures, dark = {} } = soiree.live.document();
  const patch = soiree.theme.isDark() ? (dark.figures || {})[id] : undefined;
  const figure = structuredClone(patch ? soiree.merge(figures[id], patch) : figures[id]);
  const svg = await Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
  return `<g transform="translate(${x} ${y}) scale(${scale})">${svg}</g>`;
}

/* What the style sheet makes of a map (32-map.css): two colours stand for a pattern, and names have
 * a rim. */
function patterned(svg) {
  return svg
    .replace(/rgb\(236, 239, 243\)|rgb\(28, 37, 52\)/g, "url(#hatch)")
    .replace(/rgba\(1, 2, 3, 0\.01\)|rgb\(1, 2, 3\)(?:; fill-opacity: 0\.01)/g, "url(#stripes)")
    .replace(/<text /g, `<text paint-order="stroke" stroke="${colour("surface")}" stroke-width="4" stroke-linejoin="round" `);
}

function patterns() {
  const { innerHTML } = document.querySelector("svg.patterns defs");
  return innerHTML.replace(/var\(--([a-z0-9-]+)\)/g, (_, name) => colour(name));
}

// ---- the charts ---------------------------------------------------------------------------------

async function duel(y) {
  const [first, second] = main().querySelectorAll('[data-part="scores"] .cand');
  const side = (cand, x, anchor) => {
    const hue = getComputedStyle(cand.querySelector("b")).color;
    const name = [".first", ".nm b"].map((part) => words(part, cand)).join(" ").trim();
    const display = { family: DISPLAY, anchor };
    return [
      fitted(name, x, y + 34, { ...display, size: 36, weight: 600, fill: hue }, INNER * 0.4),
      write(words(".big", cand), x, y + 134, { ...display, size: 112, weight: 700, fill: hue }),
      write(words(".vx", cand), x, y + 170, { size: 22, fill: colour("ink-2"), anchor }),
    ].join("");
  };
  const [gap, unit, votes] = [...main().querySelectorAll(".gap p")].map((p) => p.textContent);
  const middle = { size: 20, fill: colour("ink-2"), anchor: "middle" };
  const drawn = [
    side(first, EDGE, "start"),
    side(second, WIDTH - EDGE, "end"),
    gap ? write(gap, WIDTH / 2, y + 92, { ...middle, size: 44, weight: 600, family: DISPLAY, fill: colour("ink") }) : "",
    unit ? write(unit, WIDTH / 2, y + 122, middle) : "",
    votes ? write(votes, WIDTH / 2, y + 150, middle) : "",
    await plotly("bars", EDGE, y + 188, { width: INNER, height: 80 }),
    write(words(".half"), WIDTH / 2, y + 268, { ...middle, size: 16 }),
  ];
  return [drawn.join(""), y + 276];
}

async function ranking(y) {
  const rows = [...main().querySelectorAll('[data-part="scores"] .rows > li')];
  const names = 330;
  const numbers = 250;
  const drawn = rows.map((row, n) => {
    const base = y + ROW * n;
    const list = words(".list", row);
    return [
      fitted(words(".nm", row), EDGE, base + (list ? 32 : 41), { size: 27, weight: 600, family: DISPLAY }, names),
      list ? fitted(list, EDGE, base + 52, { size: 16, fill: colour("ink-2") }, names) : "",
      write(words(".pc", row), WIDTH - EDGE - 110, base + 42, { size: 34, weight: 700, family: DISPLAY, anchor: "end" }),
      write(words(".vx data", row) || words(".vx", row), WIDTH - EDGE, base + 41, { size: 19, fill: colour("ink-2"), anchor: "end" }),
    ].join("");
  });
  const size = { width: INNER - names - numbers, height: ROW * rows.length };
  drawn.push(await plotly("bars", EDGE + names + 20, y, size));
  return [drawn.join(""), y + size.height];
}

/* As high as what it shows is, with a little air. */
function mapHeight() {
  const { lonaxis, lataxis } = soiree.live.document().figures.map.layout.geo;
  const north = (degrees) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
  const [west, east] = lonaxis.range;
  const [bottom, top] = lataxis.range.map(north);
  const ratio = (top - bottom) / (((east - west) * Math.PI) / 180);
  return Math.min(MAP.most, Math.max(MAP.least, Math.round(MAP.width * ratio) + 16));
}

async function map(y) {
  const scale = INNER / MAP.width;
  const size = { width: MAP.width, height: mapHeight() };
  const drawn = patterned(await plotly("map", EDGE, y, size, scale));
  const [key, end] = legend(y + size.height * scale + 28);
  return [drawn + key, end];
}

/* The ramps in a column, the patterns beside them. */
function legend(y) {
  const style = { size: 19, fill: colour("ink-2") };
  const ramps = [...main().querySelectorAll(".legend .ramps li")];
  const wide = Math.max(0, ...ramps.map((ramp) => measure(words(".lgn", ramp), style)));
  const column = EDGE + wide + 20;
  const drawn = ramps.map((ramp, n) => {
    const top = y + 30 * n;
    const fills = [...ramp.querySelectorAll(".sw")].map((sw) => getComputedStyle(sw).backgroundColor);
    const ticks = [...ramp.querySelectorAll(".tk span")].map((tick) => tick.textContent);
    return [
      write(words(".lgn", ramp), EDGE, top + 16, style),
      ...fills.map((fill, place) => box(column + 48 * place, top, 47, 20, fill)),
      ...ticks.map((tick, place) => write(tick, column + 48 * place, top + 14, { ...style, size: 16 })),
      ticks.length ? write(words(".unit", ramp), column + 200, top + 14, { ...style, size: 16 }) : "",
    ].join("");
  });
  const others = [...main().querySelectorAll(".legend .patterns li")];
  others.forEach((other, n) => {
    const [x, top] = [WIDTH / 2 + 120, y + 30 * n];
    const name = ["hatch", "partial", "tie"].find((kind) => other.querySelector(`.${kind}`));
    const ground = name === "hatch" ? "url(#hatch)" : colour("ink-3");
    drawn.push(box(x, top, 28, 20, ground));
    if (name === "partial") drawn.push(box(x, top, 28, 20, "url(#stripes)"));
    drawn.push(write(other.textContent, x + 42, top + 16, style));
  });
  return [drawn.join(""), y + 30 * Math.max(ramps.length, others.length)];
}

// ---- the whole ----------------------------------------------------------------------------------

/* The faces that the page has loaded, in the file: where it goes nobody may have them. */
async function faces() {
  const urls = performance.getEntriesByType("resource").map((entry) => entry.name);
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const wanted = rules.filter((rule) => rule instanceof CSSFontFaceRule);
  const written = wanted.map(async ({ style }) => {
    const source = style.getPropertyValue("src").match(/url\("?([^")]+)/)?.[1];
    const url = new URL(source, location.href).href;
    if (!urls.includes(url)) return "";
    const content = new Uint8Array(await (await soiree.get(url)).arrayBuffer());
    const binary = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
    const kept = ["font-family", "font-weight", "unicode-range"];
    const said = kept.map((name) => `${name}:${style.getPropertyValue(name)};`).join("");
    return `@font-face{${said}src:url(data:font/woff2;base64,${btoa(binary)})}`;
  });
  return (await Promise.all(written)).join("");
}

/* { svg, width, height } of the figure "bars" or "map". */
async function draw(id) {
  const quiet = { size: 18, fill: colour("ink-2") };
  const [label, afterLabel] = paragraph(joined(".sim b", ".sim span"), EDGE - 16, { ...quiet, weight: 650 });
  const title = joined(".brand strong", ".brand .sub");
  const [head, afterHead] = paragraph(title, afterLabel + 6, { size: 44, weight: 700, family: DISPLAY });
  const state = joined(".progress .pl", ".progress .pr");
  const [said, afterSaid] = paragraph(state, afterHead + 4, { size: 22, weight: 600 });
  const chart = id === "map" ? map : main().querySelector(".duel .cand") ? duel : ranking;
  const [drawn, afterChart] = await chart(afterSaid + 24);
  const sources = ["bars", ...(id === "map" ? ["map"] : [])].map((name) => `[data-source="${name}"]`);
  const foot = joined(".upd", ...sources);
  const [small, end] = paragraph(foot, afterChart + 24, { ...quiet, size: 17 });
  const height = Math.ceil(end + 32);
  const body = box(0, 0, WIDTH, height, colour("surface")) + label + head + said + drawn + small;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">` +
    `<title>${xml(`${title}. ${state}`)}</title><defs>${patterns()}<style>${await faces()}</style></defs>` +
    `${body}</svg>`;
  return { svg, width: WIDTH, height };
}

/* Twice as many points as px. By a data address: the policy allows those for images, and no blob. */
async function png({ svg, width, height }) {
  const image = new Image(2 * width, 2 * height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/* What a button asks for: data-picture "bars" or "map", data-kind "png" or "svg". */
export async function take({ dataset: { picture, kind } }) {
  const at = (main().querySelector(".upd time")?.dateTime || "").replace(/\D/g, "").slice(0, 12);
  const drawn = await draw(picture);
  const blob = kind === "png" ? await png(drawn) : new Blob([drawn.svg], { type: "image/svg+xml" });
  save(blob, [soiree.live.document().contest, picture, at].filter(Boolean).join("-") + `.${kind}`);
}
