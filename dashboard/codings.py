"""Content codings: bytes compressed once, for everyone who asks."""

import gzip

import brotli
import zstandard

# Below this, compression saves nothing a network packet would notice.
_WORTH_COMPRESSING = 600  # bytes
_LARGE = 1_000_000  # bytes
_SMALL = 16_384  # bytes: what every viewer is sent at every version, as a rule


def at_once(body: bytes) -> dict[str, bytes]:
    """``body`` by coding, the shortest first, for what is written at every version.

    Level 9 makes a document 4 % smaller than 5 and takes three times as long. What is large is an
    export of a large contest, which few ask for: at 1 it is a third larger and takes a sixth of the
    time, which was a third of a version's. No time inside, so that the same content is the same
    bytes. Empty when compression is not worth it.
    """
    if len(body) < _WORTH_COMPRESSING:
        return {}
    level = 9 if len(body) < _SMALL else 5 if len(body) < _LARGE else 1
    return _shortest_first(
        {
            "br": brotli.compress(body, quality=min(level, 5)),
            "gzip": gzip.compress(body, level, mtime=0),
        }
    )


def for_long(body: bytes) -> dict[str, bytes]:
    """``body`` by coding, the shortest first, for what lasts all night.

    Brotli's 11 would make the chart library 5 % smaller than zstd does, and every start four
    seconds longer.
    """
    if len(body) < _WORTH_COMPRESSING:
        return {}
    return _shortest_first(
        {
            "br": brotli.compress(body, quality=9),
            "gzip": gzip.compress(body, 6 if len(body) > _LARGE else 9, mtime=0),
            "zstd": zstandard.compress(body, 19),
        }
    )


def _shortest_first(encoded: dict[str, bytes]) -> dict[str, bytes]:
    return dict(sorted(encoded.items(), key=lambda item: len(item[1])))
