"""A QR code as an SVG path."""

import segno

from .markup import Node, el

QUIET = 4  # modules of white around it, as the standard asks


def qr_code(url: str, label: str) -> Node:
    """Error level M, dark on white, whatever the theme: cameras need it so."""
    rows = list(segno.make(url, error="m", micro=False).matrix)
    size = len(rows) + 2 * QUIET
    # One subpath per run of dark modules keeps the path short.
    runs = [
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(bytes(row))
    ]
    return el(
        "svg",
        el("path", d=f"M0 0h{size}v{size}h-{size}z", fill="#FFFFFF"),
        el("path", d="".join(runs), fill="#0B0F16"),
        viewBox=f"0 0 {size} {size}", role="img", aria_label=label, shape_rendering="crispEdges",
    )  # fmt: skip


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and runs[-1][0] + runs[-1][1] == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
