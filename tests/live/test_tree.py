"""An index and the files it lists, over HTTP and in a folder (F6 to F11, F45)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import pipeline
from dashboard.live import shelf, tree
from dashboard.live.fetch import FetchError, Look
from dashboard.live.tree import Tree, is_tree
from dashboard.model import Contest
from dashboard.readers import ReadError, described, formats
from dashboard.readers.content import Content
from tests.builders import make_file

from .bench import Bench
from .test_url import FaultServer, Headers, whole

VOTES = {"34": (550, 380), "30": (1200, 1000), "11": (90, 60)}


def body(code: str, name: str, votes: tuple[int, int]) -> bytes:
    """A département's own file, as PR2022 had them."""
    valid = sum(votes)
    mentions = {"Inscrits": valid + 500, "Votants": valid + 15, "Blancs": 10, "Nuls": 5,
                "Exprimes": valid}  # fmt: skip
    said = "".join(f"<{k}><Nombre>{n}</Nombre></{k}>" for k, n in mentions.items())
    options = "".join(
        f"<Candidat><NumPanneauCand>{n}</NumPanneauCand><NomPsn>{who}</NomPsn>"
        f"<PrenomPsn>A</PrenomPsn><NbVoix>{v}</NbVoix></Candidat>"
        for n, (who, v) in enumerate(zip(("MARTIN", "DURAND"), votes, strict=True), start=1)
    )
    return (
        "<Election><Scrutin><Type>Présidentielle</Type><Annee>2022</Annee></Scrutin>"
        f"<Departement><CodDpt>{code}</CodDpt><LibDpt>{name}</LibDpt><Tours><Tour>"
        f"<NumTour>1</NumTour><Mentions>{said}</Mentions><Resultats><Candidats>{options}"
        "</Candidats></Resultats></Tour></Tours></Departement></Election>"
    ).encode()


def index(**hours: str) -> bytes:
    """What the index says: of each département (d34="21:00:00") when it changed."""
    listed = "".join(
        f"<Departement><CodReg3Car>076</CodReg3Car><CodDpt>{code}</CodDpt>"
        f"<CodDpt3Car>0{code}</CodDpt3Car><LibDpt>Dept {code}</LibDpt>"
        f"<DateDerMaj>{'10/04/2022' if hour else ''}</DateDerMaj><HeureDerMaj>{hour}</HeureDerMaj>"
        "<Complet>O</Complet></Departement>"
        for code, hour in ((key[1:], hour) for key, hour in hours.items())
    )
    return f"<Election><Departements>{listed}</Departements></Election>\n".encode()


class Ministry:
    """The files of a set, served for real; ``asked`` is what was asked for since last looked at."""

    def __init__(self, server: FaultServer, folder: str = "/PR2022/resultatsT1") -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{server.port}{folder}/index.xml"
        self.files: dict[str, bytes | str | list[bytes | float]] = {}
        self.asked: list[str] = []
        server.answer = self._answer

    def _answer(self, headers: Headers) -> list[bytes | float]:
        path = headers["path"].removeprefix(f"{self.folder}/")
        self.asked.append(path)
        content = self.files.get(path, "404 Not Found")
        if isinstance(content, list):
            return content
        return whole(content) if isinstance(content, bytes) else whole(b"no", content)

    def publish(self, *codes: str, votes: tuple[int, int] | None = None) -> None:
        for code in codes:
            part = body(code, f"Dept {code}", votes or VOTES[code])
            self.files[f"076/0{code}/0{code}.xml"] = part

    def take(self) -> list[str]:
        """What was asked for, once each and sorted."""
        asked, self.asked = sorted(set(self.asked)), []
        return asked


@pytest.fixture
def server() -> Iterator[FaultServer]:
    server = FaultServer()
    yield server
    server.close()


@pytest.fixture
def ministry(server: FaultServer) -> Ministry:
    made = Ministry(server)
    made.files["index.xml"] = index(d30="21:00:00", d34="21:00:00", d11="")
    made.publish("30", "34")
    return made


def totals(look: Look | None) -> dict[str, int]:
    """Valid votes of each département in a bundle; those that wait are left out."""
    assert look is not None
    content = Content(look.file.content)
    found = formats.recognise(content)
    assert found is not None and found[0].name == "french-ministry-xml"
    [contest] = found[0].parse(content).contests
    return {row.code: int(row.cells["valid_votes"]) for row in contest.rows if row.cells}


def test_only_what_the_index_says_has_changed_is_asked_for(ministry: Ministry) -> None:
    source = Tree(ministry.url, "departement")
    assert totals(source.look(False)) == {"30": 2200, "34": 930}
    ministry.take()
    assert source.look(False) is None
    assert ministry.take() == ["index.xml"]
    ministry.publish("34", votes=(600, 400))
    ministry.publish("11")
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:09:00", d11="21:10:00")
    assert totals(source.look(False)) == {"30": 2200, "34": 1000, "11": 150}
    assert ministry.take() == ["076/011/011.xml", "076/034/034.xml", "index.xml"]


def test_the_same_files_are_the_same_content(ministry: Ministry) -> None:
    first = Tree(ministry.url, "departement").look(False)
    second = Tree(ministry.url, "departement").look(False)
    assert first is not None and second is not None
    assert first.file.content == second.file.content
    assert first.file.name == "resultatsT1.zip"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("500 Oops", "http"),
        (b"<Election><Departement>", "torn"),
        (b"<html><body>Maintenance</body></html>", "unreadable"),
        (whole(b"", content_length="900"), "torn"),
        (whole(b"", "302 Found", location="http://127.0.0.2/secret.xml"), "http"),
    ],
    ids=["an error", "half a file", "a page", "a cut answer", "a private address"],
)
def test_F06_F45_a_file_that_fails_leaves_its_last_good_bytes(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch, broken: str | bytes, code: str
) -> None:
    monkeypatch.setattr(tree, "FIRST_PAUSE", 0.0)
    source = Tree(ministry.url, "departement")
    source.look(False)
    good = ministry.files["076/034/034.xml"]
    ministry.files["076/034/034.xml"] = broken  # type: ignore[assignment]
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:09:00", d11="21:10:00")
    ministry.publish("11")
    assert totals(source.look(False)) == {"30": 2200, "34": 930, "11": 150}
    with pytest.raises(FetchError) as caught:
        source.look(False)
    assert caught.value.code == code
    assert totals(source.look(True)) == {"30": 2200, "34": 930, "11": 150}
    ministry.files["076/034/034.xml"] = good
    ministry.publish("34", votes=(600, 400))
    assert totals(source.look(False)) == {"30": 2200, "34": 1000, "11": 150}
    assert source.look(False) is None


def test_F08_a_file_that_never_ends_keeps_nobody_waiting(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "PART_SECONDS", 0.5)
    source = Tree(ministry.url, "departement")
    source.look(False)
    ministry.files["076/034/034.xml"] = [30.0]
    ministry.publish("11")
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:09:00", d11="21:10:00")
    assert totals(source.look(False)) == {"30": 2200, "34": 930, "11": 150}


def test_a_failing_file_is_asked_for_ever_more_rarely(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(tree.time, "monotonic", lambda: now[0])
    source = Tree(ministry.url, "departement")
    source.look(False)
    ministry.files["076/034/034.xml"] = "500 Oops"
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:09:00")
    source.look(False)
    ministry.take()
    asked = []
    for _ in range(40):
        now[0] += 1.0
        with pytest.raises(FetchError):
            source.look(False)
        asked += [now[0] - 1000.0] if "076/034/034.xml" in ministry.take() else []
    assert asked == [1.0, 3.0, 7.0, 15.0, 31.0]


def test_F20_an_index_ahead_of_its_files_is_caught_up_with(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache between us and the ministry may give the new index and the old file."""
    now = [1000.0]
    monkeypatch.setattr(tree.time, "monotonic", lambda: now[0])
    source = Tree(ministry.url, "departement")
    source.look(False)
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:09:00")
    assert totals(source.look(False)) == {"30": 2200, "34": 930}
    ministry.publish("34", votes=(600, 400))
    assert source.look(False) is None
    now[0] += tree.REREAD_SECONDS + 1
    assert totals(source.look(False)) == {"30": 2200, "34": 1000}


def test_files_are_found_where_each_election_had_them(server: FaultServer) -> None:
    ministry = Ministry(server, "/LG2024/resultatsT2")
    ministry.url = ministry.url.replace("index.xml", "INDEX2FE.xml")
    listed = index(d30="21:00:00", d34="21:00:00").replace(b"<Departements>", b"<EnsembleGeo><Depa"
        b"rtements>").replace(b"</Departements>", b"</Departements></EnsembleGeo>")  # fmt: skip
    ministry.files["INDEX2FE.xml"] = listed
    for code in ("34", "30"):
        ministry.files[f"{code}/R2{code}CIR.xml"] = body(code, "Dept", VOTES[code])
    source = Tree(ministry.url)
    assert totals(source.look(False)) == {"30": 2200, "34": 930}
    asked = ministry.take()
    assert len([path for path in asked if "30" in path]) > 3, "the first is looked for everywhere"
    assert [path for path in asked if "34" in path] == ["34/R234CIR.xml"]


def test_F45_a_code_that_is_no_code_is_never_part_of_an_address(server: FaultServer) -> None:
    ministry = Ministry(server)
    hostile = index(d34="21:00:00").replace(b">34<", b">../../secret<").replace(b"076", b"a/../b")
    ministry.files["index.xml"] = hostile + b""
    with_one_good = hostile.replace(
        b"<Departements>", b"<Departements>" + index(d30="21:00:00").split(b"<Departements>")[1]
        .split(b"</Departements>")[0],
    )  # fmt: skip
    ministry.files["index.xml"] = with_one_good
    ministry.publish("30")
    assert totals(Tree(ministry.url, "departement").look(False)) == {"30": 2200}
    assert not any("secret" in path or ".." in path for path in ministry.take())


def test_before_the_first_result_there_is_only_an_index(ministry: Ministry) -> None:
    ministry.files["index.xml"] = index(d30="", d34="")
    source = Tree(ministry.url)
    assert source.look(False) is None
    assert ministry.take() == ["index.xml"]


def test_an_index_that_is_none_is_trouble(ministry: Ministry) -> None:
    ministry.files["index.xml"] = b"<html>Maintenance"
    with pytest.raises(FetchError) as caught:
        Tree(ministry.url).look(False)
    assert caught.value.code == "torn"
    del ministry.files["index.xml"]
    with pytest.raises(FetchError) as caught:
        Tree(ministry.url).look(False)
    assert caught.value.code == "missing"


def write(folder: Path, ministry: Ministry) -> None:
    for name, content in ministry.files.items():
        assert isinstance(content, bytes)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_a_folder_holds_the_same_set(tmp_path: Path, ministry: Ministry) -> None:
    folder = tmp_path / "PR2022" / "resultatsT1"
    write(folder, ministry)
    over_http = Tree(ministry.url, "departement").look(False)
    for location in (folder, folder / "index.xml"):
        found = Tree(str(location), "departement").look(False)
        assert found is not None and over_http is not None
        assert found.file.content == over_http.file.content


@pytest.mark.parametrize(
    ("location", "is_one"),
    [
        ("https://example.org/PR2022/resultatsT1/index.xml", True),
        ("https://example.org/LG2024/resultatsT2/INDEX2FE.xml?key=1", True),
        ("https://example.org/PR2022/resultatsT1/034/034com.xml", False),
        ("/srv/PR2022/resultatsT1", True),
        ("/srv/PR2022/resultatsT1/index.xml", True),
        ("/srv/night.zip", False),
        ("/srv/034com.xml", False),
    ],
)
def test_what_is_a_set(location: str, is_one: bool) -> None:
    assert is_tree(location) is is_one


def contest_of(look: Look | None) -> Contest:
    assert look is not None
    content = Content(look.file.content)
    found = formats.recognise(content)
    assert found is not None
    official = found[0].parse(content)
    return described.contest_of(official, official.contests[0], found[0].name, "")


def test_the_watcher_follows_the_index(tmp_path: Path, ministry: Ministry) -> None:
    made = contest_of(Tree(ministry.url, "departement").look(False))
    source = replace(made.source, location=ministry.url, level="departement", poll_seconds=0.05)
    contest = replace(made, source=source)
    bench = Bench(tmp_path, contests=(contest,))

    def votes() -> dict[str, int]:
        found: dict[str, int] = bench.document(contest.id)["votes"]
        return found

    bench.until("both départements", lambda: votes() == {"martin": 1750, "durand": 1380})
    ministry.publish("11")
    ministry.files["index.xml"] = index(d30="21:00:00", d34="21:00:00", d11="21:10:00")
    bench.until("all three", lambda: votes() == {"martin": 1840, "durand": 1440})
    kept = sorted(bench.store.archive.glob("[!.]*resultatsT1.zip"))
    assert len(kept) == 2
    again = pipeline.read_contest(make_file(kept[-1].read_bytes()), contest, None)
    assert sum(unit.counts.valid_votes for unit in again.units.values() if unit.counts) == 3280


def test_a_rehearsal_is_not_published(tmp_path: Path, server: FaultServer) -> None:
    rehearsal = Ministry(server, "/EssaiPR2022/resultatsT1")
    rehearsal.files["index.xml"] = index(d30="21:00:00")
    rehearsal.publish("30")
    look = Tree(rehearsal.url, "departement").look(False)
    made = contest_of(look)
    assert made.source.accept_test
    strict = replace(made, source=replace(made.source, accept_test=False))
    assert look is not None
    with pytest.raises(ReadError, match="it is a test"):
        pipeline.read_contest(make_file(look.file.content), strict, None)
