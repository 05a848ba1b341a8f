"""What both plain applications show: read the file, draw the bars and the map, list the feed.

Nothing is cached, as in the examples of both frameworks; nothing is slower than it need be either:
the map has one trace, because one for each candidate repeats the outlines and takes ten times
as long.
"""

import json
import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))
OPTIONS = ["Hamon", "Valls"]


def read_results() -> pd.DataFrame:
    """One row for each commune, with its area on the map and the first option's share."""
    results = pd.read_csv(FOLDER / "results.csv", sep=";", dtype={"code": str})
    units = pd.read_csv(FOLDER / "units.csv", sep=";", dtype={"code": str, "areas": str})
    table = results.merge(units[["code", "name", "areas"]], on="code")
    table["share"] = table["Hamon"] / table["exprimés"]
    return table


def bars(table: pd.DataFrame) -> Figure:
    votes = table[OPTIONS].sum().rename_axis("option").reset_index(name="votes")
    return px.bar(votes, x="votes", y="option", color="option", orientation="h")


def choropleth(table: pd.DataFrame) -> Figure:
    outlines = json.loads((FOLDER / "map.json").read_text(encoding="utf-8"))
    figure = px.choropleth(
        table,
        geojson=outlines,
        locations="areas",
        featureidkey="id",
        color="share",
        hover_name="name",
        hover_data=OPTIONS,
    )
    figure.update_geos(fitbounds="locations", visible=False)
    return figure


def posts() -> list[str]:
    feed = pd.read_csv(FOLDER / "feed.csv", sep=";")
    return [f"{row.time} {row.author}: {row.text}" for row in feed.itertuples()]
