"""Everybody at once: 10,000 viewers within ten seconds, a cold server, nginx in front.

    .venv/bin/python -m bench.stampede [--viewers 10000] [--within 10]

Each has a connection and an address of its own and fetches the page, the pointer and the document;
one in a hundred also every script, style, font and outline. What reaches the origin is counted on
its way. The crowd runs on the same cores as the servers.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

import psutil

from tests.deploy.proxy import Proxy, busiest_second, listening_port
from tests.deploy.stampede import stampede
from tests.deploy.viewers import run
from tests.night.folder import make_folder
from tests.night.server import Server, eventually

UNITS = 342


def cpu(server: Server | Proxy) -> float:
    """Seconds of CPU that it and its living children have used."""
    assert server.process is not None
    main = psutil.Process(server.process.pid)
    processes = [main, *main.children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--viewers", type=int, default=10_000)
    parser.add_argument("--within", type=float, default=10.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "night").mkdir()
        folder = make_folder(place / "night", units=UNITS)
        folder.publish({n: (50 + n, 40 + n) for n in range(1, 200)})
        server = Server(folder.election, place / "state")
        server.port = listening_port()
        with server, Proxy(server.port, place / "nginx", tapped=True) as proxy:
            eventually("published", lambda: server.votes().get("hamon"))
            before = cpu(server), cpu(proxy)
            crowd = run(stampede(proxy.port, options.viewers, options.within))
            used = cpu(server) - before[0], cpu(proxy) - before[1]
            reached = proxy.reached()
    waits = sorted(crowd.waits)
    print(f"{crowd.arrived} viewers in {crowd.seconds:.1f} s, {crowd.answered} requests, "
          f"{len(crowd.errors)} errors")  # fmt: skip
    print(f"page, pointer and document had: median {1000 * median(waits):.0f} ms, "
          f"99 % {1000 * waits[int(len(waits) * 0.99) - 1]:.0f} ms")  # fmt: skip
    print(f"asked of the origin: {sum(map(len, reached.values()))} requests, "
          f"{sum(map(len, reached.values())) / crowd.answered:.2%} of all")  # fmt: skip
    print(f"CPU: origin {used[0]:.2f} s, nginx {used[1]:.2f} s")
    print("most in one second:")
    for path, moments in sorted(reached.items()):
        if len(moments) > 3:  # what lasts all night is asked for once in each coding
            print(f"  {busiest_second(moments)}  ({len(moments)} in all)  {path[:40]}")
    for error in crowd.errors[:10]:
        print(error)


if __name__ == "__main__":
    main()
