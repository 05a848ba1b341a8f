# /// script
# requires-python = ">=3.11"
# ///
"""Hérault, 29 January 2017: the published totals, spread over 156 stations of our own.

    python data/nights/herault-2017/make_night.py

The totals are facts and are asserted. Which communes shared a station, what each station counted
and when it came in were never published: they are drawn here from a fixed seed. See README.md.
"""

import csv
import itertools
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, exp, hypot, radians
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GEOJSON = HERE.parents[1] / "geography" / "herault-2017.geojson"
SEED = 34

# Facts, as published.
STATIONS = 156
BALLOTS, BLANK_OR_INVALID, HAMON, VALLS = 42_624, 644, 24_638, 17_342
VALID = HAMON + VALLS
MONTPELLIER_SHARE = 0.65
SHARE_AT_22H = (0.590, 0.5945)  # published as 59 %

# Choices of ours. Seats of several stations; every other seat has one.
SEVERAL = {
    "Montpellier": 38, "Béziers": 10, "Sète": 6, "Agde": 3, "Lunel": 3, "Frontignan": 3,
    "Castelnau-le-Lez": 3, "Mauguio": 2, "Lattes": 2,
}  # fmt: skip
KEENER = {"Montpellier": 1.25}  # a primary of the left draws more people in its stronghold
LATE = {"Béziers": 2.4, "Agde": 2.2, "Sète": 1.5}  # they come in as if they were this much larger
# On the log-odds of a vote for Hamon; a choice of ours like the rest, not a finding.
COOLER = {"Béziers": -0.25, "Agde": -0.25, "La Grande-Motte": -0.5}

# Share of the stations in, and the second of the day when they are: a line between the points.
Curve = tuple[tuple[float, int], ...]


def second(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


ELSEWHERE: Curve = (
    (0.00, second("19:21:00")), (0.10, second("19:44:00")), (0.45, second("20:16:00")),
    (0.78, second("21:07:00")), (0.92, second("21:57:00")), (1.00, second("23:03:00")),
)  # fmt: skip
IN_MONTPELLIER: Curve = (
    (0.00, second("20:16:00")), (0.32, second("21:08:00")), (0.85, second("21:58:00")),
    (1.00, second("22:38:00")),
)  # fmt: skip
JITTER = 60  # seconds: stations do not come in at even steps
TICK = 50  # the counting centre types in what has reached it, so some stations share an instant


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    population: int
    longitude: float
    latitude: float

    def distance(self, other: "Commune") -> float:
        """In degrees of latitude; close enough to compare neighbours."""
        width = (self.longitude - other.longitude) * cos(radians(43.6))
        return hypot(width, self.latitude - other.latitude)


@dataclass(frozen=True)
class Station:
    code: str
    name: str
    seat: Commune
    areas: tuple[str, ...]
    people: float  # inhabitants served


@dataclass(frozen=True)
class Count:
    ballots: int
    blank: int
    hamon: int

    @property
    def valid(self) -> int:
        return self.ballots - self.blank

    @property
    def valls(self) -> int:
        return self.valid - self.hamon


def read_communes() -> list[Commune]:
    with (HERE / "populations.csv").open(encoding="utf-8", newline="") as file:
        people = {
            row["area"]: int(row["population"]) for row in csv.DictReader(file, delimiter=";")
        }
    features = json.loads(GEOJSON.read_text(encoding="utf-8"))["features"]
    return [
        Commune(f["id"], f["properties"]["name"], people[f["id"]], *centre(f["geometry"]))
        for f in features
    ]


def centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """The middle of the outline's box: enough to tell which seat is near."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    xs, ys = zip(*(point for polygon in polygons for point in polygon[0]), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def choose_seats(communes: list[Commune]) -> list[Commune]:
    """The towns above, then one by one the commune with the most people furthest from a seat."""
    seats = [c for c in communes if c.name in SEVERAL]
    assert len(seats) == len(SEVERAL)
    for _ in range(STATIONS - sum(SEVERAL.values())):
        others = (c for c in communes if c not in seats)
        seats.append(max(others, key=lambda c: c.population * min(map(c.distance, seats))))
    return sorted(seats, key=lambda c: c.code)


def make_stations(communes: list[Commune]) -> list[Station]:
    seats = choose_seats(communes)
    served: dict[str, list[Commune]] = {seat.code: [] for seat in seats}
    for commune in communes:
        served[min(seats, key=commune.distance).code].append(commune)

    stations: list[Station] = []
    for seat in seats:
        guests = [c for c in served[seat.code] if c is not seat]
        several = SEVERAL.get(seat.name, 1)
        for number in range(1, several + 1):
            # Neighbours of a town with many stations vote in its first one.
            here = guests if number == 1 else []
            stations.append(
                Station(
                    code=f"34-{len(stations) + 1:03}",
                    name=seat.name if several == 1 else f"{seat.name} {number}",
                    seat=seat,
                    areas=(seat.code, *(c.code for c in here)),
                    people=seat.population / several + sum(c.population for c in here),
                )
            )
    return stations


def apportion(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Split a total in integers, by largest remainder."""
    scale = total / sum(weights.values())
    exact = {key: weight * scale for key, weight in weights.items()}
    parts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def lean(station: Station, rng: random.Random) -> float:
    """Log-odds for Hamon before any total is met: the hills above the coast, town above village."""
    if station.seat.name == "Montpellier":
        return rng.gauss(0, 0.16)
    hills = (station.seat.latitude - 43.5) * 0.7
    town = min(station.people, 12_000) / 12_000 * 0.25
    return hills + town + COOLER.get(station.seat.name, 0) + rng.gauss(0, 0.15)


def split_votes(total: int, valid: Mapping[str, int], leans: Mapping[str, float]) -> dict[str, int]:
    """Votes for Hamon in each station: shift all the leans alike until the total is met."""

    def votes(shift: float) -> dict[str, float]:
        return {code: valid[code] / (1 + exp(-shift - leans[code])) for code in valid}

    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(votes(middle).values()) < total else (low, middle)
    return apportion(total, votes(low))


def make_counts(stations: list[Station], rng: random.Random) -> dict[str, Count]:
    ballots = apportion(
        BALLOTS,
        {
            s.code: s.people * KEENER.get(s.seat.name, 1) * rng.lognormvariate(0, 0.15)
            for s in stations
        },
    )
    blank = apportion(
        BLANK_OR_INVALID, {code: n * rng.lognormvariate(0, 0.3) for code, n in ballots.items()}
    )
    valid = {code: ballots[code] - blank[code] for code in ballots}
    leans = {s.code: lean(s, rng) for s in stations}

    city = {s.code: valid[s.code] for s in stations if s.seat.name == "Montpellier"}
    rest = {code: n for code, n in valid.items() if code not in city}
    in_city = round(sum(city.values()) * MONTPELLIER_SHARE)
    hamon = split_votes(in_city, city, leans) | split_votes(HAMON - in_city, rest, leans)
    return {code: Count(ballots[code], blank[code], hamon[code]) for code in ballots}


def moment(rank: float, curve: Curve) -> int:
    for (r0, t0), (r1, t1) in itertools.pairwise(curve):
        if rank <= r1:
            return round(t0 + (t1 - t0) * (rank - r0) / (r1 - r0))
    raise ValueError(f"a rank is between 0 and 1, not {rank}")


def make_arrivals(
    stations: list[Station], counts: Mapping[str, Count], rng: random.Random
) -> dict[str, int]:
    """The second of the day when each station comes in: the small ones count faster."""
    arrivals: dict[str, int] = {}
    for in_city, curve, noise in ((False, ELSEWHERE, 0.35), (True, IN_MONTPELLIER, 1.0)):
        size = {
            s.code: counts[s.code].ballots * LATE.get(s.seat.name, 1) * rng.lognormvariate(0, noise)
            for s in stations
            if (s.seat.name == "Montpellier") == in_city
        }
        for rank, code in enumerate(sorted(size, key=lambda code: size[code])):
            exact = moment(rank / (len(size) - 1), curve) + rng.gauss(0, JITTER)
            within = min(max(exact, curve[0][1]), curve[-1][1])
            arrivals[code] = int(within) // TICK * TICK + TICK // 2
    return arrivals


def clock(second_of_day: int) -> str:
    minutes, seconds = divmod(second_of_day, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def check(stations: list[Station], counts: Mapping[str, Count], arrivals: dict[str, int]) -> None:
    assert len(stations) == len(counts) == len(arrivals) == STATIONS
    assert sum(c.ballots for c in counts.values()) == BALLOTS
    assert sum(c.blank for c in counts.values()) == BLANK_OR_INVALID
    assert sum(c.hamon for c in counts.values()) == HAMON
    assert sum(c.valls for c in counts.values()) == VALLS
    assert all(c.ballots > 20 and min(c.blank, c.hamon, c.valls) >= 0 for c in counts.values())

    city = [counts[s.code] for s in stations if s.seat.name == "Montpellier"]
    share = sum(c.hamon for c in city) / sum(c.valid for c in city)
    assert 0.648 <= share <= 0.652

    at_22h = [counts[code] for code, time in arrivals.items() if time <= second("22:00:00")]
    share = sum(c.hamon for c in at_22h) / sum(c.valid for c in at_22h)
    assert SHARE_AT_22H[0] <= share < SHARE_AT_22H[1], share
    assert second("19:20:00") <= min(arrivals.values()) <= max(arrivals.values())
    assert max(arrivals.values()) <= second("23:05:00")
    assert 110 <= len(set(arrivals.values())) <= 130, len(set(arrivals.values()))
    assert 100 <= sum(time <= second("21:10:00") for time in arrivals.values()) <= 108


def write(name: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header.split(";"))
        writer.writerows(rows)


def main() -> None:
    rng = random.Random(SEED)
    communes = read_communes()
    stations = make_stations(communes)
    assert {area for s in stations for area in s.areas} == {c.code for c in communes}
    counts = make_counts(stations, rng)
    arrivals = make_arrivals(stations, counts, rng)
    check(stations, counts, arrivals)

    write(
        "units.csv",
        "code;name;parent;areas",
        ((s.code, s.name, s.seat.name, " ".join(s.areas)) for s in stations),
    )
    write(
        "final.csv",
        "code;ballots_cast;blank_or_invalid;valid_votes;hamon;valls",
        ((k, c.ballots, c.blank, c.valid, c.hamon, c.valls) for k, c in sorted(counts.items())),
    )
    in_order = sorted(arrivals.items(), key=lambda item: (item[1], item[0]))
    write("arrivals.csv", "code;time", ((code, clock(time)) for code, time in in_order))


if __name__ == "__main__":
    main()
