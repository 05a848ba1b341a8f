"""A published night without a watcher: documents of a page's real shape in a real state folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.model import (
    Contest,
    Election,
    Option,
    Post,
    ReportingUnit,
    ResultsSource,
    Snapshot,
    TableColumns,
)
from dashboard.store import Content, DirectoryStore
from dashboard.views.markup import el, keyed
from dashboard.wire import JSON, digest, encode


def contest(contest_id: str = "second-round") -> Contest:
    return Contest(
        id=contest_id,
        title="Primaire",
        round="2d tour",
        place="Hérault",
        date=date(2017, 1, 29),
        timezone="Europe/Paris",
        options=(
            Option("hamon", "Benoît Hamon", "Hamon"),
            Option("valls", "Manuel Valls", "Valls"),
        ),
        units=(ReportingUnit("34001", "Abeilhan"),),
        source=ResultsSource("/nowhere.csv", TableColumns(unit=("code",))),
    )


def election(*ids: str) -> Election:
    contests = tuple(map(contest, ids)) or (contest(),)
    return Election("herault", "Primaire de la gauche", contests)


class Night:
    """A state folder as a watcher leaves it, and the two things a watcher does to it."""

    def __init__(self, root: Path) -> None:
        self.store = DirectoryStore(root)
        self.store.prepare()

    def publish(
        self,
        documents: Mapping[str, JSON] | None = None,
        files: Mapping[str, bytes] = MappingProxyType({}),
        said: Sequence[Post] = (),
        **changes: Any,
    ) -> int:
        """A version of ``documents``, else of every page in both languages as ``document()``
        makes them of ``changes``; ``said``: the posts it was drawn from."""
        content = documents if documents is not None else pages(**changes)
        name = digest(encode(dict(content)))
        snapshot = Snapshot((), tuple(said))
        return self.store.publish(
            Content(name, content, files, "partial", "watcher", snapshot), datetime.now(UTC)
        )

    def report(self, state: str = "ok", code: str = "", **more: Any) -> None:
        """What the watcher says of the source, as of now."""
        now = datetime.now(UTC).isoformat()
        self.store.write_status(
            {
                "state": state,
                "code": code,
                "checked_at": now,
                "data_at": "2017-01-29T19:47:00Z",
                "quiet": False,
                "watcher": {"pid": 4242, "started_at": now},
                **more,
            }
        )


def pages(**changes: Any) -> dict[str, JSON]:
    """Both pages in both languages."""
    return {
        f"{page}.{language}": {**document(page=page, **changes), "lang": language}
        for page in ("home", "screen")
        for language in ("fr", "en")
    }


WORDS: dict[str, Any] = {
    "time": "{h} h {mm}",
    "timezone": "Europe/Paris",
    "ago_seconds": "il y a {n} s",
    "ago_minutes": "il y a {n} min",
    "ago_hours": "il y a {n} h",
    "age": "Données de {time}, {ago}",
    "age_offline": "Hors connexion · données de {time}",
    "age_paused": "Actualisation en pause",
    "stale": "Dernières données reçues à {time}, {ago}.",
    "quiet": "Aucun nouveau résultat depuis {time}.",
    "offline": "Hors connexion : données de {time}.",
    "trouble": {"missing": "Le fichier de résultats est introuvable.", "other": "Illisible."},
    "pause": "Mettre en pause",
    "resume": "Reprendre",
    "paused": "En pause depuis {time}.",
    "theme_dark": "Thème sombre",
    "theme_light": "Thème clair",
    "new_one": "1 nouvelle publication",
    "new_many": "{n} nouvelles publications",
    "close": "Fermer",
    "not_found": "Aucune commune de ce nom.",
}


def document(
    votes: int = 100, posts: int = 1, rows: int = 3, hostile: str = "", page: str = "home"
) -> dict[str, JSON]:
    """A document whose every number follows from ``votes``."""
    share = votes / (votes + 50)
    figure_ids = ["bars", "map"] if page == "home" else ["bars-0", "bars-1", "map"]
    return {
        "lang": "fr",
        "contest": "second-round",
        "title": f"Hamon {votes} voix",
        "description": "La primaire en direct",
        "state": "partial",
        "data_at": "2017-01-29T19:47:00Z",
        "announcement": f"Hamon {votes} voix",
        "parts": {
            "headline": el("h1", f"Hamon en tête {hostile}"),
            "scores": el("div", _score(votes, share), data_option="hamon"),
            "table": _table(rows, votes, hostile),
            "feed": _feed(posts, hostile),
            "strip": el("input", data_role="search", type="search", aria_label="Commune"),
        },
        "figures": {name: _figure(votes) for name in figure_ids},
        "dark": {"figures": {"bars": {"layout": {"paper_bgcolor": "#0b0f16"}}}},
        "search": {"Commune 0": "c0", "Saint-Étienne": "c1"},
        "areas": {"34002": "c2"},
        "words": WORDS,
    }


def _score(votes: int, share: float) -> Any:
    return el(
        "p",
        el("data", str(votes), value=votes, data_field="votes"),
        el("data", f"{share:.1%}", value=f"{share:.6f}", data_field="share"),
    )


def _table(rows: int, votes: int, hostile: str) -> Any:
    head = el(
        "tr",
        el("th", el("button", "Commune", data_action="sort"), scope="col"),
        el("th", el("button", "Voix", data_action="sort"), scope="col"),
    )
    body = keyed((f"c{n}", _row(n, (votes * (7 * n + 3)) % 101, hostile)) for n in range(rows))
    return el("table", el("thead", head), el("tbody", body), data_role="results")


def _row(number: int, votes: int, hostile: str) -> Any:
    name = el("button", f"Commune {number} {hostile}", data_action="select-row",
              data_key=f"c{number}")  # fmt: skip
    return el("tr", el("th", name, scope="row"), el("td", str(votes), data_value=votes))


def _feed(posts: int, hostile: str) -> Any:
    kinds = ("reaction", "key")
    return el(
        "ol",
        keyed(
            (f"p{n}", el("li", f"« Publication {n} » {hostile}", data_kind=kinds[n % 2]))
            for n in reversed(range(posts))
        ),
        data_role="feed",
    )


def _figure(votes: int) -> dict[str, JSON]:
    return {
        "data": [{"type": "bar", "orientation": "h", "x": [votes, 50], "y": ["A", "B"]}],
        "layout": {"paper_bgcolor": "#ffffff", "height": 200, "uirevision": "1"},
    }


GEOMETRY = {f"/geo/{'0' * 64}.json": b'{"type":"FeatureCollection","features":[]}' + b" " * 1000}
