"""The whole comparison in one run: plain Dash, Streamlit, nginx, and us, on the same job.

    make bench
    .venv/bin/python -m bench.yardsticks [--listeners 5000]

One core serves, the other asks. Streamlit runs in .venv-bench, which `make bench` makes.
"""

import argparse
import json
import subprocess
from pathlib import Path

from . import nginx_yardstick, plain_dash, viewers
from .cost import Cost
from .job import CHANGED, OPTIONS, REFRESH_SECONDS, UNITS
from .machine import allow_files, description

ROOT = Path(__file__).parent.parent
STREAMLIT = ROOT / ".venv-bench" / "bin" / "python"
PLAIN_REFRESHES, NGINX_ROUNDS, NGINX_SECONDS = 20, 9, 1
PACKAGES = ("dash", "plotly", "pandas", "gunicorn", "uvicorn", "uvloop")


def streamlit() -> Cost:
    """Measured in Streamlit's own environment; ``SystemExit`` when there is none."""
    if not STREAMLIT.exists():
        raise SystemExit(
            "bench: .venv-bench is missing, the environment of Streamlit: `make bench`."
        )
    command = [str(STREAMLIT), "-m", "bench.streamlit", "--json"]
    command += ["--refreshes", str(PLAIN_REFRESHES)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Cost(**json.loads(said))


def table(costs: dict[str, Cost], yardstick: Cost) -> str:
    """Markdown: each way's refresh, and how many of it the yardstick's costs."""
    lines = ["| a viewer's refresh | CPU | × | viewers per core | bytes | × |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for name, cost in costs.items():
        cheaper, smaller = yardstick.cpu / cost.cpu, yardstick.wire / cost.wire
        lines.append(
            f"| {name} | {cost.cpu * 1e3:.3f} ms | {cheaper:,.1f} "
            f"| {REFRESH_SECONDS / cost.cpu:,.0f} | {cost.wire:,.0f} | {smaller:,.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="The whole comparison in one run")
    parser.add_argument("--listeners", type=int, default=5_000)
    listeners = parser.parse_args().listeners
    allow_files(listeners + 1_000)
    print(description(*PACKAGES))
    print(f"{UNITS} communes, {OPTIONS} options, a map, a feed; {CHANGED} communes change\n")

    dash = plain_dash.measure(PLAIN_REFRESHES)
    costs = {"plain Dash": dash, "Streamlit": streamlit()}
    with viewers.serving() as night:
        news, both, unchanged = viewers.polling(night)
    costs |= {
        "Soirée, polling: a version": news,
        "the same with the watcher's CPU": both,
        "Soirée, polling: unchanged (304)": unchanged,
    }
    with viewers.serving() as night:
        heard = viewers.listening(night, listeners)
    costs[f"Soirée, {listeners:,} listening: a version"] = heard.refresh

    print(table(costs, dash))
    print(f"\n× is how many such refreshes one of plain Dash costs; a viewer refreshes every "
          f"{REFRESH_SECONDS:.0f} s")  # fmt: skip
    print(f"{listeners:,} connections: {heard.memory / 1e3:.1f} kB each")
    print(f"a version, first to last of them: {viewers.spread(heard.first_to_last)}")
    print(f"a version, written to last: {viewers.spread(heard.written_to_last)}")
    for ratios in nginx_yardstick.measure(NGINX_ROUNDS, NGINX_SECONDS):
        print(ratios)


if __name__ == "__main__":
    main()
