"""Bytes of a refresh: our patch, RFC 7396's, and the whole document, over a whole night.

.venv/bin/python -m bench.patch_size
"""

import gzip
import itertools
from statistics import median
from typing import Any

from dashboard import wire

from .night import documents


def rfc_7396(old: Any, new: Any) -> Any:
    """The difference as the RFC has it: an array that changed is sent whole."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    patch: dict[str, Any] = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old or old[key] != value:
            patch[key] = rfc_7396(old.get(key), value)
    return patch


def size(value: Any) -> int:
    return len(gzip.compress(wire.encode(value), 9))


def main() -> None:
    versions = list(documents())
    print("bytes, gzip -9; median over the versions of the night; patch = 1")
    for name in ("home.fr", "screen.fr"):
        rows = [
            (size(wire.diff(old[name], new[name])), size(rfc_7396(old[name], new[name])),
             size(new[name]))
            for (_, old), (_, new) in itertools.pairwise(versions)
        ]  # fmt: skip
        ours, rfc, whole = (median(column) for column in zip(*rows, strict=True))
        print(f"{name:10} patch {ours:7.0f}   RFC 7396 {rfc:7.0f} ({rfc / ours:4.1f}x)   "
              f"document {whole:7.0f} ({whole / ours:4.1f}x)")  # fmt: skip
    changed = median(count for count, _ in versions[1:])
    print(f"{len(versions)} versions, {changed:.0f} stations changed in the median one")


if __name__ == "__main__":
    main()
