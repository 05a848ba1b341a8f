"""The plain Streamlit way: server CPU and bytes of one viewer's refresh.

    .venv-bench/bin/python -m bench.streamlit [--refreshes 20] [--json]

``bench/apps/streamlit_app.py`` under ``streamlit run``, asked over a real WebSocket session with
the message a browser sends when ``run_every`` is over. In an environment of its own: Streamlit is
no part of the product (requirements/bench.lock).
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.night.server import free_port

from .cost import Cost, cost_of, running
from .job import Count

APPS = Path(__file__).parent / "apps"
WARM = 2
WAIT_SECONDS = 60.0
FRAME_HEAD = 10  # bytes before a WebSocket message of this size


class Session:
    """One open page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        first = BackMsg()
        first.rerun_script.query_string = ""
        messages, _ = self._run(first)
        rerun = next(m.auto_rerun for m in messages if m.WhichOneof("type") == "auto_rerun")
        self._again = BackMsg()
        self._again.rerun_script.fragment_id = rerun.fragment_id
        self._again.rerun_script.is_auto_rerun = True

    def refresh(self) -> int:
        """One run of the fragment; the bytes it sent."""
        messages, size = self._run(self._again)
        charts = sum(m.delta.new_element.HasField("plotly_chart") for m in messages)
        assert charts == 2, f"the fragment drew {charts} charts, expected 2"
        return size

    def _run(self, message: BackMsg) -> tuple[list[ForwardMsg], int]:
        self._socket.send(message.SerializeToString())
        messages: list[ForwardMsg] = []
        size = 0
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            content = self._socket.recv(WAIT_SECONDS)
            assert isinstance(content, bytes)
            messages.append(ForwardMsg.FromString(content))
            size += len(content) + FRAME_HEAD
        return messages, size


def measure(refreshes: int) -> Cost:
    """The mean of so many refreshes, after two that warm up."""
    with tempfile.TemporaryDirectory() as place:
        count = Count(Path(place))
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        command += [f"--server.port={port}", "--server.address=127.0.0.1"]
        command += ["--server.headless=true", "--browser.gatherUsageStats=false"]
        command += ["--server.fileWatcherType=none", "--logger.level=warning"]
        health = f"http://127.0.0.1:{port}/_stcore/health"
        with (
            running(command, health, {"BENCH_FOLDER": place}, APPS) as processes,
            connect(
                f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None
            ) as socket,
        ):
            session = Session(socket)

            def refresh() -> int:
                count.goes_on()
                return session.refresh()

            cost_of(refresh, WARM, processes)
            return cost_of(refresh, refreshes, processes)


def main() -> None:
    parser = argparse.ArgumentParser(description="The plain Streamlit way")
    parser.add_argument("--refreshes", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="for bench.yardsticks")
    options = parser.parse_args()
    cost = measure(options.refreshes)
    print(json.dumps(asdict(cost)) if options.json else f"Streamlit, a viewer's refresh: {cost}")


if __name__ == "__main__":
    main()
