"""The real nginx with the configuration of `deploy/`: only ports, folders and the user differ."""

import contextlib
import getpass
import grp
import os
import random
import re
import shutil
import signal
import socket
import subprocess
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.night.server import eventually

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "nginx.conf"

# A server of nothing but a log between the cache and the origin: a cache's own log leaves out
# what it asked for to renew what it had.
_TAP = """
    log_format tap '$msec $request_method $request_uri "$http_accept_encoding" '
                   '$http_cookie $http_forwarded $http_x_forwarded_host $http_range '
                   '$request_time';
    upstream behind_the_tap {{ server 127.0.0.1:{origin}; keepalive 64; }}
    server {{
        listen 127.0.0.1:{tap} backlog=4096;
        access_log {place}/tap.log tap;
        limit_req_dry_run on;
        location / {{
            proxy_pass http://behind_the_tap;
            proxy_pass_request_headers on;
            proxy_set_header Connection "";
            proxy_set_header Accept-Encoding $http_accept_encoding;
            proxy_buffering off;
            gunzip off;
        }}
    }}
"""


def listening_port() -> int:
    """A free port that no outgoing connection is given: one that knocks at a dead neighbour's door
    again and again would, in the end, be given that very number, and meet itself."""
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            port = random.randrange(10_000, 32_768)
            probe.bind(("127.0.0.1", port))
            return port


def nginx() -> str:
    """Raises ``LookupError`` with what to do when there is none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which(os.environ.get("NGINX") or "nginx", path=path)
    if found is None:
        raise LookupError("no nginx found: run `make test`, or name one in NGINX")
    return found


class Proxy:
    """nginx in front of ``origin``, on a port of its own, with an empty cache.

    ``tapped``: every request that reaches the origin is counted on its way (``reached``).
    """

    def __init__(self, origin: int, place: Path, *, tapped: bool = False) -> None:
        self.port = listening_port()
        self.place = place
        self._tap = listening_port() if tapped else 0
        self._origin = origin
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def configuration(self) -> str:
        """What nginx is given."""
        group = grp.getgrgid(os.getgid()).gr_name
        text = CONFIGURATION.read_text(encoding="utf-8")
        unused = "".join(
            f"    {module}_temp_path {self.place}/{module};\n"
            for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        tap = _TAP.format(origin=self._origin, tap=self._tap, place=self.place)
        http = f"http {{\n{unused}{tap if self._tap else ''}"
        for found, put in (
            (r"^user .*;", f"user {getpass.getuser()} {group};"),
            (r"^http \{", http),
            (r"listen 80\b", f"listen 127.0.0.1:{self.port}"),
            (r"^ *listen \[::\]:80\b.*$", ""),
            (r"server 127\.0\.0\.1:8050", f"server 127.0.0.1:{self._tap or self._origin}"),
            (r"/var/(lib|log)/nginx|/run(?=/nginx\.pid)", str(self.place)),
        ):
            text, times = re.subn(found, put.replace("\\", r"\\"), text, flags=re.MULTILINE)
            assert times, f"{CONFIGURATION}: nothing like {found}"
        return text

    def start(self) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        file = self.place / "nginx.conf"
        file.write_text(self.configuration(), encoding="utf-8")
        command = [nginx(), "-p", str(self.place), "-c", str(file)]
        with (self.place / "start.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "-e", "error.log", "-g", "daemon off;"], stdout=log, stderr=log
            )
        eventually("nginx listens", self._listens)

    def _listens(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.place / "start.log").read_text()
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def reached(self) -> dict[str, list[float]]:
        """When (s) the origin was asked for each path, whatever it made of it."""
        asked: dict[str, list[float]] = defaultdict(list)
        for line in self._tapped():
            answered, _, target = line.split(" ", 3)[:3]
            took = float(line.rpartition(" ")[2])
            asked[target.partition("?")[0]].append(float(answered) - took)
        return asked

    def variants(self, path: str) -> Counter[str]:
        """How often the origin was asked for ``path`` in each Accept-Encoding."""
        lines = (line.split(" ", 3) for line in self._tapped())
        return Counter(
            coding.split('"')[1]
            for _, _, target, coding in lines
            if target.partition("?")[0] == path
        )

    def _tapped(self) -> list[str]:
        return (self.place / "tap.log").read_text().splitlines()


# Scripts, styles, fonts and outlines: once in a night, in each of the codings browsers ask for.
_LASTING = re.compile(r"/(assets|geo|_dash-component-suites)/")
_CODINGS = 3
_IN_A_SECOND = 2


def asked_too_often(reached: Mapping[str, list[float]]) -> dict[str, int]:
    """The paths for which too much reached the origin, and by how much: more than two
    requests in any second, or of what lasts more than one for each coding in all."""
    most = {
        path: len(moments) - _CODINGS if _LASTING.match(path)
        else busiest_second(moments) - _IN_A_SECOND
        for path, moments in reached.items()
    }  # fmt: skip
    return {path: excess for path, excess in most.items() if excess > 0}


def busiest_second(moments: list[float]) -> int:
    """The most of ``moments`` that fell within any one second."""
    moments = sorted(moments)
    first = most = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most
