"""No text leaves the page or lies on another, whatever the names and the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .folder import ELECTION, Folder, make_folder
from .server import Server, eventually

pytestmark = pytest.mark.browser
LONG = {
    "Benoît Hamon": "Marie-Antoinette de La Rochefoucauld-Montmorency",
    'short_name = "Hamon"': 'short_name = "La Rochefoucauld-Montmorency"',
    "Manuel Valls": "Jean-Barthélémy-Maximilien Saint-Hilaire-Beauvoir",
    'short_name = "Valls"': 'short_name = "Saint-Hilaire-Beauvoir"',
    "Primaire d’essai": "Élection municipale et métropolitaine",
}
VILLAGE = "Saint-Barthélemy-de-Bellegarde-sous-Roche {n}"
WALLS = [(1366, 768), (1920, 1080), (3840, 2160), (2560, 1080)]
SCENES = ("overview", "map", "focus", "circles", "quote", "qr", "moment", "large")
SCREENS = [
    ("/", 390, 844),
    ("/", 768, 1024),
    ("/", 1440, 900),
    ("/?lang=en", 1024, 800),
    ("/ecran", 1366, 768),
    ("/ecran", 1920, 1080),
    ("/ecran", 3840, 2160),
    ("/ecran", 2560, 1080),
]
# Boxes of visible text outside the drawings, as [left, top, right, bottom, words]; a line counts
# by its middle, as ascenders and descenders of neighbouring lines may touch, and text that an
# element shortens ("…") by what is left of it.
BOXES = """() => {
  const boxes = [];
  const walk = document.createTreeWalker(document.getElementById('live'), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('svg, datalist, .sr, [hidden]')) continue;
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let [left, right] = [-1e6, 1e6];
    for (let around = element; around.id !== 'live'; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue;
      const frame = around.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
    }
    for (const box of range.getClientRects()) {
      const inset = box.height * 0.25;
      const [from, to] = [Math.max(box.left, left), Math.min(box.right, right)];
      if (to - from > 2 && box.height > 2)
        boxes.push([from, box.top + inset, to, box.bottom - inset, node.data.trim()]);
    }
  }
  return boxes;
}"""


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("long")
    (place / "night").mkdir()
    folder: Folder = make_folder(place / "night")
    text = folder.election.read_text(encoding="utf-8")
    for short, long in LONG.items():
        assert short in ELECTION
        text = text.replace(short, long)
    folder.election.write_text(text, encoding="utf-8")
    units = folder.path / "units.csv"
    listed = units.read_text(encoding="utf-8")
    for n in range(folder.units, 0, -1):
        listed = listed.replace(f"Commune {n};", VILLAGE.format(n=n) + ";")
    units.write_text(listed, encoding="utf-8")
    folder.publish({n: (51_234 + n, 48_765 - n) for n in range(1, folder.units - 5)})
    folder.say("Une réaction de longueur moyenne, telle qu’on en lit un soir de dépouillement.")
    with folder.feed.open("a", encoding="utf-8") as feed:
        feed.write(f"k1;20:50;Bureau centralisateur de la métropole;key;{'Un temps fort. ' * 20}\n")
    with Server(folder.election, place / "state", workers=1) as server:
        eventually("counted", lambda: server.votes().get("hamon", 0) > 0)
        version = server.version()
        folder.publish({n: (51_234 + n, 48_765 - n) for n in range(1, folder.units)})
        eventually("five more came in", lambda: server.version() > version)
        yield server


@pytest.mark.parametrize(("path", "width", "height"), SCREENS)
def test_no_text_is_cut_or_covered(
    path: str, width: int, height: int, browser: Browser, long_names: Server, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(long_names.url + path)
    page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert_whole(page, path, width, height, at_least=15)
    page.close()


def assert_whole(page: Page, path: str, width: int, height: int, at_least: int) -> None:
    boxes: list[list[float]] = page.evaluate(BOXES)
    assert len(boxes) > at_least
    outside = [b[4] for b in boxes if b[0] < -1 or b[2] > width + 1]
    if path.startswith("/ecran"):
        outside += [b[4] for b in boxes if b[1] < 0 or b[3] > height]
    assert outside == []
    covered = [
        (a[4], b[4])
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
        if a[4] != b[4]  # a name shortened with "…" has two boxes, one in the other
        and min(a[2], b[2]) - max(a[0], b[0]) > 2
        and min(a[3], b[3]) - max(a[1], b[1]) > 2
    ]
    assert covered == []
    scroll = page.evaluate("() => document.documentElement.scrollWidth")
    assert scroll <= width


@pytest.fixture(scope="module")
def wall(browser: Browser, long_names: Server) -> Iterator[Page]:
    """``/ecran`` on which one scene after the other is chosen by hand."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1920, "height": 1080})
    page.add_init_script("window.soireeScenes = 'by hand'")
    page.goto(long_names.url + "/ecran?duree=3600")
    page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
    page.evaluate("() => document.fonts.ready")
    yield page
    page.close()


def show(page: Page, scene: str) -> None:
    page.evaluate("([scene]) => Object.assign(document.documentElement.dataset, {scene, slot: 0})",
                  [scene])  # fmt: skip


@pytest.mark.parametrize(("width", "height"), WALLS)
@pytest.mark.parametrize("scene", SCENES)
def test_no_scene_is_cut_or_covered(
    scene: str, width: int, height: int, wall: Page, tmp_path: Path
) -> None:
    wall.set_viewport_size({"width": width, "height": height})
    show(wall, scene)
    wall.screenshot(path=tmp_path / "wall.png")
    assert_whole(wall, "/ecran", width, height, at_least=8)
    clipped = wall.evaluate(CLIPPED)
    assert clipped == []


# Texts that stand below the box that hides what is too much of them, a quarter of a line and more.
CLIPPED = """() => [...document.querySelectorAll('.tv .scene *')].filter((box) => {
  if (!box.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
  const style = getComputedStyle(box);
  return style.overflowY === 'hidden' && style.display !== 'flow-root'
    && style.webkitLineClamp === 'none' && !box.closest('svg, .dash-graph')
    && box.scrollHeight > box.clientHeight + parseFloat(style.fontSize) / 4;
}).map((box) => box.outerHTML.slice(0, 200))"""
# px at 1080p of every visible text of a scene, least first.
SIZES = """(selector) => [...document.querySelectorAll(selector)]
  .filter((e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter((e) => !e.closest('.sr, svg') && [...e.childNodes].some((n) => n.nodeType === 3))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)).sort((a, b) => a - b)"""
TIERS = [
    ("overview", ".tv .big data", 180), ("overview", ".tv .cand .nm *:not(.tag)", 52),
    ("overview", ".tv .vx data", 52), ("overview", ".tv .cl *", 33), ("overview", ".tv .qk *", 33),
    *((scene, f".tv .{box} .tally :is(.nm, data)", 52)
      for scene, box in [("map", "atlas"), ("focus", "atlas"), ("circles", "atlas"),
                         ("quote", "scene.quote"), ("moment", "scene.moment")]),
    ("map", ".tv .latest :is(.nm, b)", 52), ("focus", ".tv .focus :is(h2, .nm, b)", 35),
    ("focus", ".tv .focus :is(h2, .tally .nm, .tally b)", 52), ("circles", ".tv .weight .name", 52),
    ("circles", ".tv .weight .of", 33), ("map", ".tv .short .cl *", 33),
    ("quote", ".tv .whole .by *", 52), ("quote", ".tv .foot .cl *", 33),
    ("large", ".tv .large .nm", 120), ("large", ".tv .large ol data", 280),
    ("large", ".tv .large .cl *", 66),
]  # fmt: skip


@pytest.mark.parametrize(("scene", "texts", "least"), TIERS)
def test_type_is_large_enough_to_be_read_from_afar(
    scene: str, texts: str, least: int, wall: Page
) -> None:
    wall.set_viewport_size({"width": 1920, "height": 1080})
    show(wall, scene)
    sizes = wall.evaluate(SIZES, texts)
    assert sizes and sizes[0] >= least
    assert wall.evaluate(SIZES, ".tv *")[0] >= 26


# Of the map's names: [top and bottom of the text, top and bottom of its dot].
LABELS = """() => {
  const points = document.querySelectorAll('#map .scattergeo .point');
  return [...document.querySelectorAll('#map .scattergeo text')].map((text, n) => {
    const [a, b] = [text.getBoundingClientRect(), points[n].getBoundingClientRect()];
    return [a.top, a.bottom, b.top, b.bottom];
  });
}"""


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (3840, 2160)])
def test_the_names_of_the_wall_s_map_stand_beside_their_dots(
    width: int, height: int, browser: Browser, long_names: Server
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 450})
    page.goto(long_names.url + "/ecran")
    page.locator("main#live[data-figures=drawn]").wait_for(timeout=60_000)
    # A screen that changes its size, as when a television is plugged in, is the harder case.
    page.set_viewport_size({"width": width, "height": height})

    def apart() -> bool:
        boxes = page.evaluate(LABELS)
        type_size = 1.75 * min(width / 120, height / 67.5)
        return len(boxes) == 2 and all(
            (b[1] < b[2] + 1 or b[0] > b[3] - 1) and b[1] - b[0] > type_size for b in boxes
        )

    eventually("names beside their dots", apart)
    page.close()
