"""``soiree init``: its two files are an election that reads the very file it was given."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest

from dashboard import pipeline, tally
from dashboard.__main__ import main
from dashboard.checking import source_file
from dashboard.readers import ReadError
from dashboard.settings import LoadedElection, load_election

FILES = Path(__file__).parents[1] / "files"
MINISTRY = FILES / "french-ministry-2024" / "good.csv"
HERAULT = FILES.parents[1] / "data" / "nights" / "herault-2017" / "final.csv"
pytestmark = pytest.mark.usefixtures("default_signals")
DAY = ("--date", "2024-06-30")
# Every good file of every official format; "table" has files no headers of which can be guessed.
GOOD = sorted(path for path in FILES.glob("*/good*") if path.parent.name not in {"table", "feed"})


def init(*arguments: str | Path) -> int:
    return main(["init", *map(str, arguments)])


def written(folder: Path) -> LoadedElection:
    [path] = folder.glob("*.toml")
    return load_election(path)


def geojson(path: Path, *codes: str, **more: str) -> Path:
    """A map of squares in a row, beside each other near Montpellier."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": f"Zone {code}", **more},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[3 + n / 10, 43], [3.1 + n / 10, 43], [3.1 + n / 10, 43.1], [3 + n / 10, 43]]
                ],
            },
        }
        for n, code in enumerate(codes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("good", GOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_good_file_becomes_an_election_that_reads_it(
    good: Path, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--lang", lang, "--out", tmp_path / "night")
    if init(good, *out) and "--date" in capsys.readouterr().err:
        init(good, *DAY, *out)
    assert capsys.readouterr().err == ""
    loaded = written(tmp_path / "night")
    assert loaded.election.language == lang
    assert loaded.election.contests
    main(["check", str(good), "--json"])  # what is wrong with the file itself, if anything
    checked = json.loads(capsys.readouterr().out)
    own = {f["code"] for part in (checked, *checked["contests"]) for f in part["findings"]}
    for contest in loaded.election.contests:
        result = pipeline.read_contest(source_file(good), contest, None)
        assert [f.message for f in result.findings if f.code not in own] == []
        assert {unit.code for unit in contest.units} == set(result.units)


def test_there_are_good_files() -> None:
    assert len({path.parent.name for path in GOOD}) >= 2


def test_two_contests_share_a_table_of_units(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(MINISTRY, *DAY, "--title", "Législatives 2024", "--out", tmp_path / "night") == 0
    loaded = written(tmp_path / "night")
    assert (loaded.election.id, loaded.election.title) == ("legislatives-2024", "Législatives 2024")
    assert [c.id for c in loaded.election.contests] == ["34-martin", "34-petit"]
    first = loaded.election.contests[0]
    assert (first.title, first.timezone, first.unit_word) == (
        "Législatives 2024", "Europe/Paris", "bureau",
    )  # fmt: skip
    assert [(u.code, u.name, u.registered_voters) for u in first.units] == [
        ("34172-0001", "Montpellier 1", 1000), ("34172-0002", "Montpellier 2", 900),
    ]  # fmt: skip
    assert [(o.id, o.name, o.short_name, o.list_name) for o in first.options] == [
        ("martin", "Élise Martin", "Martin", "ENS"), ("durand", "Paul Durand", "Durand", "UG"),
    ]  # fmt: skip
    assert len({o.colour for o in first.options}) == 2
    table = (tmp_path / "night" / "units.csv").read_text("utf-8")
    assert table.splitlines()[0] == "contest;code;name;parent;registered_voters"
    assert "soiree serve" in capsys.readouterr().out


def test_only_the_contest_asked_for(tmp_path: Path) -> None:
    assert init(MINISTRY, *DAY, "--contest", "34 Petit", "--out", tmp_path / "night") == 0
    [contest] = written(tmp_path / "night").election.contests
    assert (contest.source.contest, contest.place) == ("34 Petit", "Lattes")
    table = (tmp_path / "night" / "units.csv").read_text("utf-8")
    assert "contest" not in table.splitlines()[0]


def test_two_files_are_two_rounds(tmp_path: Path) -> None:
    for name in ("x-tour1.csv", "x-tour2.csv"):
        (tmp_path / name).write_bytes(MINISTRY.read_bytes())
    files = (tmp_path / "x-tour1.csv", tmp_path / "x-tour2.csv")
    assert init(*files, *DAY, "--out", tmp_path / "night") == 0
    contests = written(tmp_path / "night").election.contests
    assert [(c.id, c.round, Path(c.source.location).name) for c in contests] == [
        ("34-martin", "1er tour", "x-tour1.csv"),
        ("34-petit", "1er tour", "x-tour1.csv"),
        ("34-martin-2", "2d tour", "x-tour2.csv"),
        ("34-petit-2", "2d tour", "x-tour2.csv"),
    ]


def test_a_plain_table_is_described(tmp_path: Path) -> None:
    assert init(HERAULT, "--date", "2017-01-29", "--lang", "fr", "--out", tmp_path / "night") == 0
    [contest] = written(tmp_path / "night").election.contests
    result = pipeline.read_contest(source_file(HERAULT), contest, None)
    counts = tally.total(result.units.values())
    assert counts is not None and result.findings == ()
    assert counts.votes == {"hamon": 24638, "valls": 17342}
    assert contest.source.format == "table"


def test_on_a_map_with_repairs_and_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = geojson(tmp_path / "map.geojson", "34172-1", "34172-2", "34129-1", "34999-7")
    folder = tmp_path / "night"
    assert init(MINISTRY, *DAY, "--geometry", place, "--lang", "fr", "--out", folder) == 0
    loaded = written(folder)
    assert loaded.warnings == ()
    areas = [[unit.areas for unit in contest.units] for contest in loaded.election.contests]
    assert areas == [[("34172-1",), ("34172-2",)], [("34129-1",), ()]]
    text = next(folder.glob("*.toml")).read_text("utf-8")
    out = capsys.readouterr().out
    for said in (
        "Carte\u00a0: 2 unités sur 2 y sont, par code.",
        "Réparé\u00a0: 2 codes sans leurs zéros de tête.",
        "Pas sur la carte (1)\u00a0:",
        "Lattes 10 (34129-0010)",
        "Zone 34999-7 (34999-7)",
    ):
        assert said in text and said in out
    first, second = loaded.election.contests
    assert first.geometry and second.geometry
    assert [area.id for area in first.geometry.areas] == ["34172-1", "34172-2"]


def test_ids_of_areas_may_hold_spaces(tmp_path: Path) -> None:
    place = geojson(tmp_path / "map.geojson", "Montpellier 1", "Montpellier 2", "Lattes 1")
    assert init(MINISTRY, *DAY, "--geometry", place, "--out", tmp_path / "night") == 0
    first, _ = written(tmp_path / "night").election.contests
    assert [unit.areas for unit in first.units] == [("Montpellier 1",), ("Montpellier 2",)]


def test_nothing_is_overwritten_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "night"
    arguments = (MINISTRY, *DAY, "--out", folder, "--lang", "en")
    assert init(*arguments) == 0
    (folder / "units.csv").write_text("mine", "utf-8")
    assert init(*arguments) == 2
    assert "exists already: --force replaces it" in capsys.readouterr().err
    assert (folder / "units.csv").read_text("utf-8") == "mine"
    assert init(*arguments, "--force") == 0
    assert (folder / "units.csv").read_text("utf-8") != "mine"


def test_a_file_that_was_given_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "units.csv"
    given.write_bytes(MINISTRY.read_bytes())
    assert init(given, *DAY, "--out", tmp_path, "--force", "--lang", "en") == 2
    assert "is one of the files given" in capsys.readouterr().err
    assert given.read_bytes() == MINISTRY.read_bytes()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "ne dit pas quel jour on vote\u00a0: ajoutez --date"),
        ("en", "does not say on which day the votes are cast: add --date"),
    ],
)
def test_a_day_nobody_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, sentence: str
) -> None:
    assert init(MINISTRY, "--lang", lang, "--out", tmp_path / "night") == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_another_day_than_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swiss = FILES / "onegov" / "good_vote_2017.csv"
    assert init(swiss, *DAY, "--lang", "en", "--out", tmp_path / "night") == 2
    assert "is of the election of 2017-05-21: leave out --date 2024-06-30." in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("map.topojson", '{"type": "Topology", "objects": {}}', "a TopoJSON map"),
        ("map.geojson", '{"type": "Feature"}', "FeatureCollection with areas was expected"),
        ("map.geojson", '{"type": "FeatureCollection", "features": []}', "was expected"),
        ("map.geojson", "{", "not well-formed JSON"),
        ("map.geojson", None, "No such file"),
        ("map.geojson", "strangers", "no property of the map names the units"),
        ("map.geojson", "metres", "degrees (WGS 84)"),
    ],
)
def test_a_map_that_is_none_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None,
    sentence: str,
) -> None:  # fmt: skip
    place = tmp_path / name
    if content == "strangers":
        geojson(place, "x", "y")
    elif content == "metres":
        geojson(place, "34172-1", "34129-1")
        place.write_text(place.read_text("utf-8").replace("[3", "[700003"), "utf-8")
    elif content is not None:
        place.write_text(content, "utf-8")
    folder = tmp_path / "night"
    assert init(MINISTRY, *DAY, "--geometry", place, "--lang", "en", "--out", folder) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert not folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ([name] if content is not None else [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--contest", "34 Grand"), "has no contest 34 Grand; it has: 34 Martin"),
        (("--level", "county"), "does not count by county; its levels are: bureau"),
    ],
)
def test_a_contest_or_level_there_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], sentence: str
) -> None:
    folder = tmp_path / "night"
    assert init(MINISTRY, *DAY, *arguments, "--lang", "en", "--out", folder) == 2
    assert sentence in capsys.readouterr().err


def test_too_many_contests_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header, row, *_ = MINISTRY.read_text(encoding="utf-8").splitlines()
    many = tmp_path / "many.csv"
    rows = [row.replace("MARTIN", f"MARTIN{n}").replace(";34172;", f";{n};") for n in range(30)]
    many.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert init(many, *DAY, "--lang", "en", "--out", tmp_path / "night") == 2
    assert "holds 30 contests: name those to show with --contest: 34 Martin0" in (
        capsys.readouterr().err
    )
    assert init(many, *DAY, "--contest", "34 Martin7", "--out", tmp_path / "night") == 0


@pytest.mark.parametrize("name", ["torn.csv", "header_only.csv"])
def test_an_unreadable_file_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert init(MINISTRY.with_name(name), *DAY, "--out", tmp_path / "night") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "nothing.csv", "--out", tmp_path / "night") == 2
    assert (
        capsys.readouterr().err
        == f"soiree: {tmp_path / 'nothing.csv'}: No such file or directory.\n"
    )


def test_the_text_is_readable_and_its_embargo_one_sign_away(tmp_path: Path) -> None:
    assert init(MINISTRY, *DAY, "--lang", "fr", "--out", tmp_path / "night") == 0
    [path] = (tmp_path / "night").glob("*.toml")
    text = path.read_text("utf-8")
    assert "# embargo = 2024-06-30T20:00:00  # aucun chiffre ne sort avant" in text
    sealed = tomllib.loads(text.replace("# embargo", "embargo"))
    assert str(sealed["contest"][0]["embargo"]) == "2024-06-30 20:00:00"
    assert (
        "../" in sealed["contest"][0]["results"]["path"]
        or Path(sealed["contest"][0]["results"]["path"]).is_absolute()
    )


def test_the_units_table_is_a_table(tmp_path: Path) -> None:
    assert init(MINISTRY, *DAY, "--out", tmp_path / "night") == 0
    text = (tmp_path / "night" / "units.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["parent"] for row in rows] == ["Montpellier"] * 2 + ["Lattes"] * 2


def test_without_out_the_folder_is_the_elections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert init(MINISTRY, *DAY, "--title", "Ma soirée") == 0
    assert sorted(path.name for path in (tmp_path / "ma-soiree").iterdir()) == [
        "ma-soiree.toml", "units.csv",
    ]  # fmt: skip


def test_a_wrong_cell_is_said_and_the_night_can_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = MINISTRY.with_name("cell_letters.csv")
    assert init(wrong, *DAY, "--lang", "en", "--out", tmp_path / "night") == 0
    assert "R402: Line 2, unit 34172-0001" in capsys.readouterr().out
    written(tmp_path / "night")
    with pytest.raises(ReadError):
        contest = written(tmp_path / "night").election.contests[0]
        pipeline.read_contest(source_file(MINISTRY.with_name("torn.csv")), contest, None)
