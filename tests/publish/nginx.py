"""The real nginx with deploy/static.conf: only its port and its folders differ."""

import getpass
import grp
import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Self

from tests.night.server import eventually
from tests.ports import free_port

STATIC = Path(__file__).parents[2] / "deploy" / "static.conf"


def executable() -> str:
    """Raises ``LookupError`` with what to do when there is none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which(os.environ.get("NGINX") or "nginx", path=path)
    if found is None:
        raise LookupError("no nginx found: run `make test`, or name one in NGINX")
    return found


def static(root: Path, port: int) -> str:
    """deploy/static.conf for a folder of a test."""
    text = STATIC.read_text(encoding="utf-8")
    for found, put in (
        (r"listen 80;", f"listen 127.0.0.1:{port};"),
        (r"listen \[::\]:80;", ""),
        (r"root /srv/soiree;", f"root {root};"),
    ):
        text, times = re.subn(found, put, text)
        assert times == 1, f"{STATIC}: nothing like {found}"
    return text


class Nginx:
    """nginx with these servers, on ``port``; its files under ``place``."""

    def __init__(self, servers: str, port: int, place: Path) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._port, self._place = port, place
        self._servers = servers
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def on(cls, root: Path, place: Path) -> Self:
        """As deploy/static.conf serves a published folder."""
        port = free_port()
        return cls(static(root, port), port, place)

    def __enter__(self) -> Self:
        self._place.mkdir(parents=True)
        temporary = "".join(
            f"{module}_temp_path {self._place}/{module};"
            for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        file = self._place / "nginx.conf"
        file.write_text(
            f"user {getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name};"
            f" pid {self._place}/pid; events {{}} http {{ access_log {self._place}/access.log;"
            f" {temporary}\n{self._servers}\n}}\n"
        )
        command = [executable(), "-p", str(self._place), "-c", str(file), "-e", "error.log"]
        with (self._place / "start.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "-g", "daemon off;"], stdout=log, stderr=log
            )
        eventually("nginx listens", self._listens)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._place / "start.log").read_text()
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", self._port)) == 0

    @property
    def asked(self) -> str:
        """The log of requests."""
        return (self._place / "access.log").read_text()
