"""The small chart library: only ever the very release that is installed."""

import json
import re
from pathlib import Path

from bench.night import documents as night_documents
from dashboard.web.bundle import carried_version, small_bundle

TOOLS = Path(__file__).parents[2] / "tools" / "plotly"


def test_the_recipe_names_the_installed_release() -> None:
    recipe = json.loads((TOOLS / "package.json").read_text(encoding="utf-8"))
    assert recipe["dependencies"]["plotly.js"] == carried_version()


def test_a_bundle_of_another_release_is_not_served(tmp_path: Path) -> None:
    assert small_bundle(tmp_path) is None
    (tmp_path / "plotly-1.0.0.min.js").write_bytes(b"old")
    assert small_bundle(tmp_path) is None
    (tmp_path / f"plotly-{carried_version()}.min.js").write_bytes(b"ours")
    assert small_bundle(tmp_path) == b"ours"


def test_the_traces_we_draw_are_in_the_recipe_and_no_others() -> None:
    entry = (TOOLS / "entry.js").read_text(encoding="utf-8")
    registered = set(re.findall(r"plotly\.js/lib/(\w+)", entry)) - {"core"}
    _, documents = next(night_documents())
    drawn = {
        trace["type"]
        for document in documents.values()
        for figure in document["figures"].values()
        for trace in figure["data"]
    }
    assert registered == drawn
