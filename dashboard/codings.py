"""Content codings: bytes compressed once, for everyone who asks."""

import gzip

import brotli
import zstandard

# Below this, compression saves nothing a network packet would notice.
_WORTH_COMPRESSING = 600  # bytes
_LARGE = 1_000_000  # bytes
# Levels of gzip and Brotli by size, for what is new at every version and compressed while somebody
# waits: a step or a pointer, what every viewer is sent, a page's document, one of a large
# département. From 9 to 5 a document grows by 4 %, from 5 to 3 by 10 to 15 %; each step halves the
# time. Brotli's 10 makes a step 7 % smaller than 6, in 2 ms.
_LEVELS = {8_192: (9, 10), 16_384: (9, 6), 160_000: (5, 5), _LARGE: (3, 3)}


def at_once(body: bytes) -> dict[str, bytes]:
    """``body`` by coding, the shortest first, for what is new at every version.

    The open results of a country, which few ask for, are made smaller in the quickest way, and
    once. No time inside, so that the same content is the same bytes. Empty when compression is not
    worth it.
    """
    if len(body) < _WORTH_COMPRESSING:
        return {}
    if len(body) >= _LARGE:
        return {"gzip": gzip.compress(body, 1, mtime=0)}
    return at_levels(body, *next(levels for size, levels in _LEVELS.items() if len(body) < size))


def at_levels(body: bytes, for_gzip: int, for_brotli: int) -> dict[str, bytes]:
    """``body`` by coding, the shortest first; no zstd."""
    return _shortest_first(
        {
            "br": brotli.compress(body, quality=for_brotli),
            "gzip": gzip.compress(body, for_gzip, mtime=0),
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
