"""An operator's folder: election file, units, map, results and feed, as people write them."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ELECTION = """
id = "essai"
title = "Primaire d’essai"
[feed]
path = "feed.csv"
poll_seconds = 0.1
[[contest]]
id = "round"
round = "2d tour"
place = "Hérault"
date = 2017-01-29
timezone = "Europe/Paris"
{embargo}
unit_word = "bureau"
row_word = "commune"
[[contest.option]]
id = "hamon"
name = "Benoît Hamon"
short_name = "Hamon"
colour = "#6B3FB8"
[[contest.option]]
id = "valls"
name = "Manuel Valls"
short_name = "Valls"
colour = "#B86E00"
[contest.units]
path = "units.csv"
areas = "areas"
registered_voters = "inscrits"
[contest.geometry]
path = "map.json"
labels = "labels.csv"
[contest.results]
path = "results.csv"
poll_seconds = {poll}
[contest.results.columns]
unit = "code"
ballots_cast = "votants"
blank_ballots = "blancs"
invalid_ballots = "nuls"
valid_votes = "exprimés"
options = {{ hamon = "Hamon", valls = "Valls" }}
[contest.results.status]
by = "column"
column = "état"
values = {{ attente = "waiting", partiel = "partial", complet = "complete" }}
"""

Votes = Mapping[int, tuple[int, int]]  # unit number -> votes of Hamon and of Valls


@dataclass(frozen=True, slots=True)
class Folder:
    """``units`` square communes in a row, numbered from 1."""

    path: Path
    units: int
    going_on: Container[int] = ()  # units whose count is not over

    @property
    def election(self) -> Path:
        return self.path / "essai.toml"

    @property
    def results(self) -> Path:
        return self.path / "results.csv"

    @property
    def feed(self) -> Path:
        return self.path / "feed.csv"

    def content(self, votes: Votes) -> bytes:
        """A results file in which these units are complete, or going on, and the others wait."""
        lines = ["code;nom;état;votants;blancs;nuls;exprimés;Hamon;Valls"]
        for n in range(1, self.units + 1):
            if n in votes:
                a, b = votes[n]
                status = "partiel" if n in self.going_on else "complet"
                lines.append(f"{n:05};Commune {n};{status};{a + b + 5};3;2;{a + b};{a};{b}")
            else:
                lines.append(f"{n:05};Commune {n};attente;;;;;;")
        return ("\n".join(lines) + "\n").encode()

    def publish(self, votes: Votes) -> None:
        """Replaces the results file as an exporter that renames does."""
        aside = self.path / "results.part"
        aside.write_bytes(self.content(votes))
        aside.replace(self.results)

    def say(self, *posts: str) -> None:
        """Replaces the feed: one reaction per text, newest last."""
        rows = [f"p{n};20:{n:02};Auteur {n};reaction;{text}" for n, text in enumerate(posts)]
        aside = self.path / "feed.part"
        aside.write_text("\n".join(["id;time;author;kind;text", *rows, ""]), encoding="utf-8")
        aside.replace(self.feed)


def make_folder(
    path: Path, units: int = 20, embargo: datetime | None = None, poll: float = 0.2
) -> Folder:
    """The whole folder, with nothing counted."""
    hour = f"embargo = {embargo.isoformat(timespec='seconds')}" if embargo else ""
    text = ELECTION.format(embargo=hour, poll=poll)
    (path / "essai.toml").write_text(text, encoding="utf-8")
    rows = [f"{n:05};Commune {n};a{n};9999999" for n in range(1, units + 1)]
    (path / "units.csv").write_text("\n".join(["code;name;areas;inscrits", *rows, ""]))
    features = [_square(n) for n in range(1, units + 1)]
    collection = {"type": "FeatureCollection", "features": features}
    (path / "map.json").write_text(json.dumps(collection))
    (path / "labels.csv").write_text("name,longitude,latitude\nMèze,3.2,43.02\nSète,3.7,43.03\n")
    folder = Folder(path, units)
    folder.publish({})
    folder.say("Les premiers bureaux ferment.")
    return folder


def _square(n: int) -> dict[str, object]:
    west, south = 3 + (n % 20) * 0.05, 43 + (n // 20) * 0.05
    east, north = west + 0.05, south + 0.05
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "id": f"a{n}",
        "properties": {"name": f"Commune {n}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
