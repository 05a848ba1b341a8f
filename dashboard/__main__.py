"""The command line: ``soiree serve``, ``publish``, ``demo``, ``replay``, ``check``, ``init``,
``release`` and ``post``.

Exit codes: 0 all is well, 1 ``check`` found something, 2 a wrong setting or an unreadable file,
3 a state folder, or a place to publish to, that cannot be used.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import __version__, demo, rehearsal
from .init.options import add_init
from .posting.options import add_post
from .settings import Settings, SettingsError, load_election, rehearsed, source_names

FOUND, WRONG, NO_STATE = 1, 2, 3
BEAT_SECONDS = 5.0  # a small file written anew: on S3 some 0.4 cents an hour
DEMO_SPEED = 40.0  # simulated seconds to the second: something moves every three seconds or so


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except SettingsError as error:
        print(f"soiree: {error}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="soiree", description="The live election-night dashboard")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="watch a results file and serve the screens")
    serve.add_argument("election", metavar="ELECTION.toml", type=Path)
    _listening(serve)
    serve.add_argument("--workers", help="gunicorn workers, 2 unless said otherwise")
    serve.set_defaults(run=_serve)

    site = commands.add_parser("publish", help="keep a folder or a bucket up to date with the site")
    site.add_argument("election", metavar="ELECTION.toml", type=Path)
    site.add_argument(
        "destination", metavar="DEST", help="a folder, or s3://bucket, gs://bucket, …"
    )
    site.add_argument("--beat", type=_beat, default=BEAT_SECONDS, metavar="SECONDS",
                      help="how often the folder says that the source is watched (5)")  # fmt: skip
    site.add_argument("--once", action="store_true", help="publish what there is, and end")
    site.set_defaults(run=_publish)

    show = commands.add_parser("demo", help="a night that lives, in a temporary folder")
    show.add_argument("night", nargs="?", default=demo.NIGHTS[0], choices=demo.NIGHTS)
    show.add_argument("--speed", type=_positive, default=DEMO_SPEED, metavar="X")
    _listening(show)
    show.set_defaults(run=_demo)

    replay = commands.add_parser("replay", help="rehearse: an archived night as if it were live")
    replay.add_argument("night", metavar="NIGHT", type=Path,
                        help="a state folder, its archive, or a folder of files")  # fmt: skip
    replay.add_argument("--election", metavar="ELECTION.toml", type=Path, required=True)
    replay.add_argument("--speed", type=_positive, default=1.0, metavar="X")
    _listening(replay)
    replay.set_defaults(run=_replay)

    release = commands.add_parser("release", help="publish a file that waits in quarantine, now")
    release.add_argument("election", metavar="ELECTION.toml", type=Path)
    release.add_argument("reason", nargs="?", default="", metavar="REASON")
    release.add_argument("--contest", default="", metavar="ID", help="when several wait")
    release.add_argument("--lang", choices=("fr", "en"), default=_language())
    release.set_defaults(run=_release)

    check = commands.add_parser("check", help="say what a results file holds, and what is wrong")
    check.add_argument("results", metavar="RESULTS", type=Path)
    check.add_argument("--election", metavar="ELECTION.toml", type=Path)
    check.add_argument("--contest", default="", metavar="ID", help="show that one only, in full")
    check.add_argument("--json", action="store_true", help="for machines")
    check.add_argument("--lang", choices=("fr", "en"), default=_language())
    check.set_defaults(run=_check)
    add_init(commands, _language())
    add_post(commands, _language())
    return parser


def _listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="127.0.0.1 unless said otherwise")
    parser.add_argument("--port", help="8050 unless PORT or this says otherwise")


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100_000:
        raise argparse.ArgumentTypeError(f"found {text}, expected a number from 0 to 100000")
    return value


def _beat(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 60:
        raise argparse.ArgumentTypeError(f"found {text}, expected a number from 1 to 60")
    return value


def _language() -> str:
    """English unless the shell speaks French."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "fr" if spoken.startswith("fr") else "en"


def _serve(options: argparse.Namespace) -> int:
    settings = _listening_settings(options, options.election, workers=options.workers)
    os.environ.update(settings.to_environment())
    command = _gunicorn()
    os.execv(command[0], command)  # gunicorn takes this process over: signals reach it directly


def _publish(options: argparse.Namespace) -> int:
    settings = _settings({"SOIREE_ELECTION": str(options.election)})
    os.environ.update(settings.to_environment())
    from .publish.command import publish  # Dash and fsspec: only this command waits for them

    return publish(settings, options.destination, options.beat, once=options.once)


def _release(options: argparse.Namespace) -> int:
    settings = _settings({"SOIREE_ELECTION": str(options.election)})
    from .live.release import release  # the core: only this command waits for it

    return release(settings, options.contest, options.reason, options.lang)


def _demo(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="soiree-") as folder:
        election = demo.prepare(options.night, Path(folder))
        settings = _listening_settings(options, election)
        return _serve_while(settings, demo.live(options.night, Path(folder), options.speed))


def _replay(options: argparse.Namespace) -> int:
    """Everything in a temporary folder: the state of the real night is not touched."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    election = load_election(options.election).election
    found = rehearsal.arrivals(options.night, source_names(election))
    with tempfile.TemporaryDirectory(prefix="soiree-") as folder:
        came = Path(folder) / "source"
        came.mkdir()
        rehearsed(election, came)  # refuses here what cannot be rehearsed
        os.environ["SOIREE_STATE"] = str(Path(folder) / "state")
        settings = replace(_listening_settings(options, options.election), rehearsal=came)
        return _serve_while(settings, rehearsal.give(found, came, options.speed))


def _serve_while(settings: Settings, night: Iterator[object]) -> int:
    """The server while ``night`` goes on and after it, until somebody ends it; its exit code."""
    environment = os.environ | settings.to_environment()
    with subprocess.Popen(_gunicorn(), env=environment) as server:
        try:
            print(f"Soirée: http://localhost:{settings.port}", flush=True)
            for _ in night:
                if server.poll() is not None:
                    return server.returncode
            return server.wait()
        finally:
            server.terminate()


def _listening_settings(
    options: argparse.Namespace, election: Path, workers: str | None = None
) -> Settings:
    said = {
        "SOIREE_ELECTION": str(election),
        "SOIREE_HOST": options.host,
        "PORT": options.port,
        "WEB_CONCURRENCY": workers,
    }
    settings = _settings({key: value for key, value in said.items() if value is not None})
    if not settings.public_url:
        settings = replace(settings, public_url=_public_url(settings.host, settings.port))
    return settings


def _settings(said: Mapping[str, str]) -> Settings:
    """The environment with the command line over it, checked before anything starts."""
    settings = Settings.from_environment({**os.environ, **said})
    for warning in load_election(settings.election).warnings:
        print(f"soiree: warning: {warning}", file=sys.stderr)
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"soiree: {settings.state}: {error.strerror}: the state folder must be writable "
              "(SOIREE_STATE names another).", file=sys.stderr)  # fmt: skip
        raise SystemExit(NO_STATE) from error
    return settings


def _public_url(host: str, port: int) -> str:
    """What the QR code opens unless told otherwise: this machine, as its neighbours see it."""
    if host in {"", "0.0.0.0", "::"}:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses a route
                host = probe.getsockname()[0]
            except OSError:
                host = socket.gethostname()
    return f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"


def _gunicorn() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--config", "python:dashboard.web.gunicorn_config"]


def _check(options: argparse.Namespace) -> int:
    from .checking import check_file  # pandas: only this command waits for it

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `soiree check … | head` ends quietly

    return check_file(
        options.results, options.election, options.lang, options.contest, as_json=options.json
    )


if __name__ == "__main__":
    sys.exit(main())
