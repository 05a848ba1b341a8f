"""The plain Dash way: server CPU and bytes of one viewer's refresh.

    .venv/bin/python -m bench.plain_dash [--refreshes 20]

``bench/apps/dash_app.py`` under gunicorn as Dash's own guide starts it, asked with the very
request a browser's dcc.Interval makes.
"""

import argparse
import http.client
import json
import sys
import tempfile
from pathlib import Path

from tests.night.server import free_port

from .cost import Cost, cost_of, running
from .job import Count

APPS = Path(__file__).parent / "apps"
WARM = 2


class Viewer:
    """A page whose interval ticks."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ticks = 0
        (callback,) = json.loads(self._ask("GET", "/_dash-dependencies")[1])
        self._output: str = callback["output"]

    def refresh(self) -> int:
        """One tick; the bytes of its answer, headers included."""
        self._ticks += 1
        outputs = [name.split(".") for name in self._output.strip(".").split("...")]
        body = {
            "output": self._output,
            "outputs": [{"id": name, "property": prop} for name, prop in outputs],
            "inputs": [{"id": "tick", "property": "n_intervals", "value": self._ticks}],
            "changedPropIds": ["tick.n_intervals"],
        }
        head, content = self._ask("POST", "/_dash-update-component", json.dumps(body))
        drawn = json.loads(content)["response"]
        assert drawn["map"]["figure"]["data"], "the callback drew no map"
        return head + len(content)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """Bytes of the head, and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status == 200, f"Dash answered {answer.status} to {method} {path}"
        return len(str(answer.msg).encode()) + len("HTTP/1.1 200 OK\r\n"), content


def measure(refreshes: int) -> Cost:
    """The mean of so many refreshes, after two that warm up."""
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place))
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
        command += ["--no-control-socket", "--log-level", "warning", "dash_app:server"]
        environment = {"BENCH_FOLDER": place}
        with running(command, f"http://127.0.0.1:{port}/", environment, APPS) as processes:
            viewer = Viewer(port)

            def refresh() -> int:
                count.goes_on()
                return viewer.refresh()

            cost_of(refresh, WARM, processes)
            return cost_of(refresh, refreshes, processes)


def main() -> None:
    parser = argparse.ArgumentParser(description="The plain Dash way")
    parser.add_argument("--refreshes", type=int, default=20)
    print(f"plain Dash, a viewer's refresh: {measure(parser.parse_args().refreshes)}")


if __name__ == "__main__":
    main()
