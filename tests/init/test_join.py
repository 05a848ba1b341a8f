"""Units and areas of a map: what joins them, what is repaired, what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.init.join import Join, Shape, join
from dashboard.init.repairs import ARRONDISSEMENTS, OVERSEAS, Merged, compact, fold, plain
from dashboard.model import ReportingUnit

MERGED = Merged.of([("34093", "34144"), ("34330", "34246")])


def units(*codes: str, name: str = "Commune") -> list[ReportingUnit]:
    return [ReportingUnit(code, f"{name} {code}") for code in codes]


def shapes(*codes: str, key: str = "code") -> list[Shape]:
    return [
        Shape({"objectid": str(place), key: code, "nom": f"Zone {code}"})
        for place, code in enumerate(codes)
    ]


def joined(these: list[ReportingUnit], those: list[Shape], merged: Merged = MERGED) -> Join:
    found = join(these, those, merged)
    assert found is not None
    return found


def test_equal_codes() -> None:
    found = joined(units("34001", "34002"), shapes("34002", "34001", "34003"))
    assert (found.key, found.name) == (("code",), "nom")
    assert found.areas == {"34001": ("34001",), "34002": ("34002",)}
    assert (found.repairs, found.astray) == ({}, {})
    assert found.empty == {"34003": "Zone 34003"}
    assert found.served == {"34001", "34002"}


@pytest.mark.parametrize(
    ("unit", "area", "kind"),
    [
        ("1004", "01004", "zeros"),
        ("34172-0001", "34172-1", "zeros"),
        ("1", "01", "zeros"),
        ("2a004", "2A004", ""),
        ("20004", "2A004", "corsica"),
        ("2B033", "20033", "corsica"),
        ("ZA", "971", "overseas"),
        ("ZA101", "97101", "overseas"),
        ("ZN818", "98818", "overseas"),
        ("97302", "ZC302", "overseas"),
        ("988", "ZN", "overseas"),
        ("34093", "34144", "merged"),
        ("75101", "75056", "arrondissements"),
        ("34172-0001", "34172", "station"),
        ("25023", "25-023", ""),
    ],
)
def test_repairs(unit: str, area: str, kind: str) -> None:
    found = joined(units(unit), shapes(area, "99998", "99999"))
    assert found.areas == {unit: (area,)}
    assert found.repairs == ({unit: kind} if kind else {})


def test_a_city_counted_whole_is_all_its_arrondissements() -> None:
    found = joined(units("69123", "69001"), shapes("69001", *ARRONDISSEMENTS["69123"]))
    assert found.areas["69123"] == tuple(str(code) for code in range(69381, 69390))


def test_a_commune_of_today_covers_its_former_ones_on_an_older_map() -> None:
    found = joined(units("34144", "34246"), shapes("34144", "34093", "34246", "34330"))
    assert found.areas == {"34144": ("34144", "34093"), "34246": ("34246", "34330")}
    assert found.repairs == {"34144": "merged", "34246": "merged"}
    assert found.empty == {}


def test_a_former_commune_that_is_counted_keeps_its_own_area() -> None:
    found = joined(units("34144", "34093"), shapes("34144", "34093"))
    assert found.areas == {"34144": ("34144",), "34093": ("34093",)}
    assert found.repairs == {}


def test_two_former_communes_share_the_area_of_today() -> None:
    found = joined(units("34144", "34093"), shapes("34144", "34001"))
    assert found.areas == {"34144": ("34144",), "34093": ("34144",)}


def test_two_codes_that_lose_their_zeros_alike_are_not_guessed() -> None:
    found = joined(units("7", "34001"), shapes("07", "007", "34001"))
    assert found.areas == {"34001": ("34001",)}
    assert found.astray == {"7": ""}


def test_stations_by_two_properties() -> None:
    polygons = [
        Shape({"OBJECTID": str(n), "DEPCO": commune, "BVOTE": str(number), "TITRE": f"École {n}"})
        for n, (commune, number) in enumerate([("29019", 1), ("29019", 2), ("29189", 1)])
    ]
    stations = units("29019-0001", "29019-0002", "29189-0001", "29011-0001")
    found = joined(stations, polygons)
    assert (found.key, found.name) == (("DEPCO", "BVOTE"), "TITRE")
    assert found.areas == {
        "29019-0001": ("29019-1",), "29019-0002": ("29019-2",), "29189-0001": ("29189-1",),
    }  # fmt: skip
    assert list(found.astray) == ["29011-0001"]


def test_by_name_when_the_codes_are_strangers() -> None:
    counties = [ReportingUnit("x1", "Ben Hill"), ReportingUnit("x2", "DeKalb")]
    areas = [
        Shape({"GEOID": "13017", "NAME": "Ben Hill"}),
        Shape({"GEOID": "13089", "NAME": "Dekalb"}),
    ]
    found = joined(counties, areas)
    assert (found.key, found.areas["x1"], found.areas["x2"]) == (
        ("NAME",),
        ("Ben Hill",),
        ("Dekalb",),
    )


def test_two_units_of_one_name_are_not_joined_by_it() -> None:
    twins = [
        ReportingUnit("x1", "Lunas"),
        ReportingUnit("x2", "Lunas"),
        ReportingUnit("x3", "Sète"),
    ]
    found = joined(twins, [Shape({"NAME": "Lunas"}), Shape({"NAME": "Sète"})])
    assert found.areas == {"x3": ("Sète",)}


def test_a_likely_area_is_named_and_not_taken() -> None:
    these = [ReportingUnit("34001", "Agde"), ReportingUnit("99999", "Saint-Martin de Londre")]
    those = [
        Shape({"code": "34001", "nom": "Agde"}),
        Shape({"code": "34274", "nom": "Saint-Martin-de-Londres"}),
    ]
    found = joined(these, those)
    assert found.astray == {"99999": "34274"}
    assert "99999" not in found.areas


def test_row_numbers_are_no_codes() -> None:
    those = [
        Shape({"objectid": str(n), "num": str(n), "nom": f"District {n}"}) for n in range(1, 9)
    ]
    assert joined(units(*map(str, range(1, 9))), those).key == ("num",)


def test_nothing_in_common() -> None:
    assert join(units("a", "b"), shapes("x", "y"), MERGED) is None
    assert join(units("a"), [], MERGED) is None


CODES = st.lists(st.integers(1, 99_999), min_size=1, max_size=30, unique=True)


@given(CODES, st.randoms())
def test_lost_zeros_are_always_found(numbers: list[int], chance: object) -> None:
    areas = [f"{number:05d}" for number in numbers]
    shuffled = sorted(areas, key=lambda code: hash((code, repr(chance))))
    found = joined(units(*map(str, numbers)), shapes(*shuffled), Merged())
    assert found.areas == {str(number): (f"{number:05d}",) for number in numbers}
    assert found.empty == found.astray == {}


@given(
    st.lists(st.sampled_from([f"{n:05d}" for n in range(34001, 34040)]), unique=True, min_size=1),
    st.lists(st.sampled_from([f"{n:05d}" for n in range(34020, 34060)]), unique=True, min_size=1),
)
def test_every_unit_and_area_is_somewhere(codes: list[str], areas: list[str]) -> None:  # fmt: skip
    found = join(units(*codes), shapes(*areas), Merged())
    if found is None:
        assert not set(codes) & set(areas)
        return
    assert set(found.areas) | set(found.astray) == set(codes)
    assert not set(found.areas) & set(found.astray)
    assert found.served | set(found.empty) == set(areas)
    assert not found.served & set(found.empty)


def test_forms_of_a_code() -> None:
    assert (plain("0034-01"), plain("000"), plain("2a004")) == ("34-1", "0", "2A004")
    assert compact("25-023") == "25023"
    assert fold("Saint-Étienne d’Œuf") == "saint etienne d oeuf"
    assert len(OVERSEAS) == 10
