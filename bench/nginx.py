"""A real nginx on the server's core, with a configuration of its own and in a folder of its own."""

import getpass
import grp
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Self

import psutil

from tests.night.server import eventually, free_port

from .machine import SERVER_CORE, pinned, tree

IN_FRONT = Path(__file__).parent.parent / "deploy" / "nginx.conf"
_STATIC = """
user {user};
worker_processes 1;
pid {place}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    types {{ application/json json; }}
    sendfile on;
    tcp_nopush on;
    access_log off;
    open_file_cache max=100;
    server {{ listen 127.0.0.1:{port}; root {place}/files; }}
}}
"""


def static(place: Path, port: int) -> str:
    """nginx as it is fastest: the files of ``place``/files, held open, no log."""
    return _STATIC.format(user=_user(), place=place, port=port)


def in_front(origin: int, place: Path, port: int) -> str:
    """The repository's own configuration on other ports and folders. All requests of a benchmark
    come from one address, so the limit of an address is counted but never reached."""
    text = IN_FRONT.read_text(encoding="utf-8")
    for found, put in (
        (r"^user .*;", f"user {_user()};"),
        (r"^worker_processes .*;", "worker_processes 1;"),
        (r"listen 80\b", f"listen 127.0.0.1:{port}"),
        (r"^ *listen \[::\]:80\b.*$", ""),
        (r"server 127\.0\.0\.1:8050", f"server 127.0.0.1:{origin}"),
        (r"rate=\d+r/s", "rate=1000000r/s"),
        (r"/var/(lib|log)/nginx|/run(?=/nginx\.pid)", str(place)),
    ):
        text, times = re.subn(found, put, text, flags=re.MULTILINE)
        assert times, f"{IN_FRONT}: found nothing like {found}"
    return text


def _user() -> str:
    """Ourselves: the folders are ours alone."""
    return f"{getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name}"


class Nginx:
    """Started with a configuration, until the end of the ``with``."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.port = free_port()
        self.processes: list[psutil.Process] = []
        self._master: subprocess.Popen[bytes] | None = None

    def start(self, configuration: str) -> Self:
        file = self.place / "nginx.conf"
        file.write_text(configuration, encoding="utf-8")
        command = ["-p", str(self.place), "-c", str(file), "-e", "start.log", "-g", "daemon off;"]
        with pinned(SERVER_CORE):
            self._master = subprocess.Popen([program("nginx"), *command])
        self.processes = eventually("nginx has a worker", self._tree)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._master is not None:
            self._master.terminate()
            self._master.wait(20)

    def _tree(self) -> list[psutil.Process]:
        assert self._master is not None
        assert self._master.poll() is None, f"nginx ended at once, see {self.place}/start.log"
        found = tree(self._master.pid)
        return found if len(found) > 1 else []


def program(name: str) -> str:
    """Where it is; ``SystemExit`` with what to do when it is not."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which(name, path=path)
    if found is None:
        raise SystemExit(f"bench: {name} is not installed; on Debian: sudo apt-get install {name}")
    return found
