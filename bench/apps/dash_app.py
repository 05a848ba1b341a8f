"""The plain Dash way: an interval, and a callback that rebuilds what it shows."""

from dash import Dash, Input, Output, callback, dcc, html
from drawing import bars, choropleth, posts, read_results
from plotly.graph_objects import Figure

app = Dash(__name__)
server = app.server
app.layout = html.Main(
    [
        dcc.Interval(id="tick", interval=5_000),
        dcc.Graph(id="bars"),
        dcc.Graph(id="map"),
        html.Ul(id="feed"),
    ]
)


@callback(
    Output("bars", "figure"),
    Output("map", "figure"),
    Output("feed", "children"),
    Input("tick", "n_intervals"),
)
def refresh(_ticks: int | None) -> tuple[Figure, Figure, list[html.Li]]:
    table = read_results()
    return bars(table), choropleth(table), [html.Li(text) for text in posts()]
