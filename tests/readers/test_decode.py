"""Which encoding a file is in, where it does not say: names are right or the doubt is said."""

import pytest

from dashboard.model import Severity
from dashboard.readers import ReadError, described, formats
from dashboard.readers.content import Content
from dashboard.readers.decode import decode, is_garbled

from .formats.official import FILES, parse

NAMES = (
    "Hérault",
    "Ardèche",
    "Côtes-d'Armor",
    "Sète",
    "Hôtel",
    "français",
    "Noël",
    "Île",
    "naïf",
    "HÉRAULT",
    "SÈTE",
    "NOËL",
    "FRANÇOIS",
    "CÔTE",
    "L'HAŸ",
    "Müller",
    "Peña",
    "Jörg",
)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "L'HAŸ"])
def test_a_name_in_cp850_is_right_and_that_is_said(name: str) -> None:
    """Beside another: alone in a file, a name may not betray its encoding."""
    text, findings = decode(f"a;1ère circonscription de {name};É\n".encode("cp850"))
    assert text == f"a;1ère circonscription de {name};É\n"
    assert [(f.code, f.severity) for f in findings] == [("R112", Severity.FLAG)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_name_in_any_other_encoding_is_right(name: str, encoding: str) -> None:
    text, findings = decode(f"a;{name};1ère\n".encode(encoding))
    assert (text, findings) == (f"a;{name};1ère\n", ())


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_either_order(order: str) -> None:
    assert decode("\ufeffHérault;1\n".encode(order)) == ("Hérault;1\n", ())


@pytest.mark.parametrize(
    "text", ["“Ensemble”", "Saint–Jean", "l’Île", "M… Martin", "«\u00a0Ici\u00a0»", "n° 4", "50 €"]
)
def test_typography_of_cp1252_is_not_taken_for_cp850(text: str) -> None:
    assert decode(f"{text};Sète\n".encode("cp1252")) == (f"{text};Sète\n", ())


@pytest.mark.parametrize("garbled", ["AgonÃ¨s", "H‚rault", "1Šre", "lâ€™Île", "B\ufffdziers"])
def test_a_garbled_name_is_known(garbled: str) -> None:
    assert is_garbled(garbled)
    assert not any(map(is_garbled, NAMES))


def test_a_declared_encoding_is_used_and_nothing_said() -> None:
    assert decode("HÉRAULT\n".encode("cp850"), "cp850") == ("HÉRAULT\n", ())


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [("cp850", ["R112"]), ("cp1252", []), ("utf-8-sig", []), ("utf-16", [])],
)
def test_an_official_file_is_recognised_in_every_encoding(encoding: str, codes: list[str]) -> None:
    text = (FILES / "french-ministry-2022" / "good.csv").read_text(encoding="utf-8")
    content = Content(text.encode(encoding))
    found = formats.recognise(content)
    assert found is not None
    official = found[0].parse(content)
    assert [finding.code for finding in official.findings] == codes
    assert [o.name for o in official.contests[0].options][2] == "Anne Lefèvre"


@pytest.mark.parametrize(
    ("file", "name"),
    [("garbled_candidate.csv", "'Élise MARTINâ€™'"), ("garbled_commune.csv", "'AgonÃ¨s 1'")],
)
def test_a_garbled_name_is_not_made_into_a_contest(file: str, name: str) -> None:
    format_name, official = parse(FILES / "french-ministry-2022" / file)
    with pytest.raises(ReadError) as caught:
        described.contest_of(official, official.contests[0], format_name, file)
    finding = caught.value.finding
    assert finding.code == "R616"
    assert finding.message.startswith(f"The name {name}")
