"""The chart library of the pages: a third of plotly.js, once tools/plotly/build.sh has made it.

``python -m dashboard.web.bundle`` says which plotly.js the installed Python package carries.
"""

import re
from pathlib import Path

import plotly

BUILT = Path(__file__).resolve().parents[2] / "build"
_FULL = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_VERSION = re.compile(rb"plotly\.js v(\d+\.\d+\.\d+)")


def carried_version() -> str:
    """The plotly.js of the installed package, from its banner. Raises ``ValueError``."""
    found = _VERSION.search(_FULL.read_bytes()[:200])
    if found is None:
        raise ValueError(f"{_FULL}: no banner with a version, expected 'plotly.js v1.2.3'")
    return found[1].decode()


def small_bundle(folder: Path = BUILT) -> bytes | None:
    """The built bundle, or ``None`` when there is none of the very version that is installed."""
    try:
        return (folder / f"plotly-{carried_version()}.min.js").read_bytes()
    except (OSError, ValueError):
        return None


if __name__ == "__main__":
    print(carried_version())
