"""A night whose versions were published at known times."""

import json
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from dashboard import views
from dashboard.feed import with_ours
from dashboard.model import ContestResult, Snapshot, SourceFile
from dashboard.pipeline import read_contest
from dashboard.store import Content
from dashboard.wire import digest, encode
from tests.web.herault import EVENING, Herault, feed, loaded, result, steps

STEPS = ("waiting", "early", "partial", "complete")  # each ten minutes after the other
TIMES = ["20 h 47", "20 h 57", "21 h 07", "21 h 17"]


class Evening(Herault):
    """Hérault's, with what was served of its dashboard in ``served``."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.served: list[dict[str, Any]] = []
        for step, moment in enumerate(STEPS):
            self.tell(step, moment)

    def tell(self, step: int, moment: str) -> None:
        results = [result(contest, moment) for contest in loaded().election.contests]
        self.show(step, tuple(results))

    def correct(self, step: int, again: int | None = None) -> None:
        """Canet, counted since the third step, has other numbers than those told until now; and
        others once more."""
        contests, content = loaded().election.contests, steps()[-1].results
        results = tuple(result(contest, "complete") for contest in contests)
        for at, votes in ((step, b"109;150"), (again, b"119;140")):
            changed = content.replace(b"264;5;259;139;120;Canet", b"264;5;259;%s;Canet" % votes)
            assert changed != content
            file = SourceFile("results.csv", changed, digest(changed), EVENING)
            results = tuple(map(partial(read_contest, file), contests, results))
            if at is not None:
                self.show(at, results)

    def show(self, step: int, results: tuple[ContestResult, ...]) -> None:
        election = loaded().election
        posts = with_ours(feed(step), election.contests, results)
        documents = views.documents(election, Snapshot(results, posts), frozenset())
        content = Content(digest(encode(documents)), documents, {}, str(step), "test")
        self.store.publish(content, EVENING + timedelta(minutes=10 * step))
        entry = (self.store.pointer() or {})["documents"]["home.fr"]
        self.served.append(json.loads(self.store.blob(entry["digest"]))["document"])
