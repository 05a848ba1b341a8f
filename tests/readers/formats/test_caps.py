"""What an official file may ask for is bounded, even where its bytes are few."""

import pytest

from dashboard.readers import ReadError, official
from dashboard.readers.content import Content
from dashboard.readers.formats import nist_1500_100, nist_units

from .official import FILES, night


def test_F17_units_times_options(monkeypatch: pytest.MonkeyPatch) -> None:
    good = FILES / "clarity" / "good.xml"
    mayor = night(good, "1")
    monkeypatch.setattr(official, "MOST_CELLS", 6)  # three precincts of two options
    assert mayor.findings(good) == []
    monkeypatch.setattr(official, "MOST_CELLS", 5)
    assert mayor.findings(good) == ["R106"]


def test_F17_units_of_many_districts(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Content((FILES / "nist-1500-100" / "good.json").read_bytes())
    monkeypatch.setattr(nist_units, "MOST_MEMBERS", 5)  # the county and its precincts, one precinct
    assert len(nist_1500_100.FORMAT.parse(good).contests) == 2
    monkeypatch.setattr(nist_units, "MOST_MEMBERS", 4)
    with pytest.raises(ReadError) as caught:
        nist_1500_100.FORMAT.parse(good)
    assert caught.value.finding.code == "R106"


def test_units_that_enclose_each_other_are_no_loop() -> None:
    text = (FILES / "nist-1500-100" / "good.json").read_bytes()
    looped = text.replace(
        b'"Type": "precinct",', b'"Type": "precinct", "ComposingGpUnitIds": ["county"],'
    )
    assert looped != text
    contests = nist_1500_100.FORMAT.parse(Content(looped)).contests
    assert [row.code for row in contests[0].rows] == ["lake", "hill", "mill"]
