"""The plain way to the first page: two figures in a layout, Plotly eagerly loaded, gzip on."""

import json
import tempfile
from pathlib import Path

from dash import Dash, dcc, html
from starlette.middleware.gzip import GZipMiddleware

from tests.web.herault import Herault, loaded

# Plotly would fetch a map of the world from a foreign host; here the plain page is spared that.
_NO_WORLD = """<script>
  window.PlotlyGeoAssets = {topojson: {world_110m: {type: "Topology", arcs: [], objects:
    Object.fromEntries(["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"]
      .map((name) => [name, {type: "GeometryCollection", geometries: []}]))}}};
</script>"""


def page(moment: str) -> Dash:
    """The very figures of the product at that moment; the map's outlines inside, as px does."""
    with tempfile.TemporaryDirectory() as place:
        night = Herault(Path(place) / "state")
        night.publish(moment)
        entry = (night.store.pointer() or {})["documents"]["home.fr"]
        document = json.loads(night.store.blob(entry["digest"]))["document"]
    for trace in document["figures"]["map"]["data"]:
        if trace["type"] == "choropleth":
            trace["geojson"] = json.loads(loaded().geometry[trace["geojson"]])
    app = Dash(__name__, backend="fastapi", eager_loading=True)
    app.index_string = app.index_string.replace("{%config%}", _NO_WORLD + "{%config%}")
    app.layout = html.Div(
        [
            html.H1(document["title"], id="headline"),
            *[dcc.Graph(id=name, figure=figure) for name, figure in document["figures"].items()],
        ]
    )
    app.server.add_middleware(GZipMiddleware)
    return app


def served() -> object:
    """For uvicorn's ``--factory``."""
    return page("partial").server
