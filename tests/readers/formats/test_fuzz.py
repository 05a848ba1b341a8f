"""Whatever happens to the bytes of an official file: a result or a ReadError, nothing else.

Every good file of every format in tests/files takes part by itself. A few examples each run with
the suite; ``SOIREE_FUZZ_EXAMPLES=5000`` runs as many (``bench.fuzz`` goes on for hours).
"""

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import pipeline, readers
from dashboard.model import ContestResult, CountStatus, Severity
from dashboard.readers import ReadError, formats
from dashboard.readers.content import Content
from tests.builders import make_file

from .official import FILES, Night, night

EXAMPLES = int(os.environ.get("SOIREE_FUZZ_EXAMPLES", "15"))
GOOD = sorted(path for name in formats.BY_NAME for path in (FILES / name).glob("good*"))
PIECES = st.binary(max_size=4) | st.sampled_from(
    [b'"', b"'", b"<", b">", b"/", b"&", b";", b",", b"{", b"}", b"[", b"]", b":", b"\n", b"\0",
     b"\xe9", b"\xff\xfe", b"-1", b"1e3", b"9" * 400, b"null", b"&#0;", b"]]>", b"<!--"]
)  # fmt: skip


@cache
def night_of(path: Path) -> Night:
    return night(path)


@st.composite
def mutated(draw: st.DrawFn, path: Path) -> bytes:
    """A good file with up to four changes: a piece put in, taken out or put elsewhere, a line
    twice or gone, a bit turned, an end cut off."""
    content = bytearray(path.read_bytes())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(content) - 1)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["replace", "line", "bit", "swap", "cut"])):
            case "replace":
                content[start:end] = draw(PIECES)
            case "line":
                lines = content.splitlines(keepends=True)
                chosen = draw(st.integers(0, max(0, len(lines) - 1)))
                lines[chosen : chosen + 1] = lines[chosen : chosen + 1] * draw(
                    st.sampled_from([0, 2])
                )
                content = bytearray(b"".join(lines))
            case "bit" if content:
                content[start] ^= 1 << draw(st.integers(0, 7))
            case "swap":
                content[start:end] = content[end : end + (end - start)]
            case "cut":
                del content[start:]
    return bytes(content)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_file(path: Path, data: st.DataObject) -> None:
    content = data.draw(mutated(path))
    try:
        result = pipeline.read_contest(make_file(content), night_of(path).contest, None)
    except ReadError as error:
        assert error.finding.message and error.finding.message_fr
    else:
        _is_sound(result)
    try:
        found = formats.recognise(Content(content))
        _ = found and found[0].parse(Content(content))
        readers.identify(make_file(content))
    except ReadError:
        pass


def _is_sound(result: ContestResult) -> None:
    """What is held shows nothing new, and no vote is negative."""
    held = {finding.unit for finding in result.findings if finding.severity is Severity.HOLD}
    for code, unit in result.units.items():
        if code in held:
            assert (unit.held, unit.counts) == (True, None)
        elif unit.status is not CountStatus.WAITING:
            assert unit.counts is not None
            assert min(unit.counts.votes.values()) >= 0
