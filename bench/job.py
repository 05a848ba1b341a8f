"""The job of every yardstick: 342 communes of Hérault, 2 options, a map, a feed; five change.

Standard library only: it also runs in the environment that has Streamlit and not the product.
"""

import json
import random
from dataclasses import replace
from pathlib import Path

from tests.night.folder import Folder, make_folder

UNITS, OPTIONS, COUNTED, CHANGED, POSTS = 342, 2, 200, 5, 12
GOING_ON = range(COUNTED + 1, UNITS + 1)
REFRESH_SECONDS = 5.0  # how often a viewer looks, for whatever is counted in viewers per core
OUTLINES = Path(__file__).parent.parent / "data" / "geography" / "herault-2017.geojson"


class Count:
    """An operator's folder in ``path`` and the count that goes on in it."""

    def __init__(self, path: Path, poll: float = 0.1) -> None:
        path.mkdir(parents=True, exist_ok=True)
        made = make_folder(path, units=UNITS, poll=poll)
        # A commune that is complete and changes would be a correction, with all that is said of it.
        self.folder: Folder = replace(made, going_on=GOING_ON)
        self._use_real_outlines()
        self._chance = random.Random(2017)
        self._votes = {n: self._some_votes() for n in range(1, COUNTED + 1)}
        self.folder.say(*(f"Réaction numéro {n}." for n in range(POSTS)))
        self.folder.publish(self._votes)

    @property
    def total(self) -> int:
        """Votes counted for both options."""
        return sum(first + second for first, second in self._votes.values())

    def goes_on(self) -> None:
        """Replaces the results file by one in which five communes have more votes."""
        for n in self._chance.sample(GOING_ON, CHANGED):
            # Counts only grow: a file that takes votes back waits on purpose.
            first, second = self._votes.get(n, (0, 0))
            more = self._some_votes()
            self._votes[n] = (first + more[0], second + more[1])
        self.folder.publish(self._votes)

    def _some_votes(self) -> tuple[int, int]:
        return self._chance.randrange(9, 99), self._chance.randrange(9, 99)

    def _use_real_outlines(self) -> None:
        text = OUTLINES.read_text(encoding="utf-8")
        (self.folder.path / "map.json").write_text(text, encoding="utf-8")
        rows = ["code;name;areas;inscrits"]
        for n, feature in enumerate(json.loads(text)["features"], start=1):
            rows.append(f"{n:05};{feature['properties']['name']};{feature['id']};9999999")
        units = "\n".join([*rows, ""])
        (self.folder.path / "units.csv").write_text(units, encoding="utf-8")
