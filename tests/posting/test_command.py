"""``soiree post``: what it writes, what it keeps, what it says."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.feed import read_posts
from dashboard.model import Post
from dashboard.settings import load_election
from dashboard.text.posting import WORDS
from tests.builders import make_file
from tests.settings.test_feeds import CONTEST, HEAD, UNITS

Room = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    write_election(tmp_path, '[feed]\npath = "feed.csv"\nimage_hosts = ["images.example"]\n')
    return tmp_path


def write_election(folder: Path, feeds: str) -> None:
    (folder / "election.toml").write_text(HEAD + feeds + CONTEST, encoding="utf-8")


def run(folder: Path, *arguments: str, lang: str = "en") -> int:
    return main(["post", str(folder / "election.toml"), "--lang", lang, *arguments])


def posts(folder: Path, name: str = "feed.csv") -> list[Post]:
    election = load_election(folder / "election.toml").election
    (source,) = [feed for feed in election.feeds if feed.location.endswith(name)]
    first, content = election.contests[0], (folder / name).read_bytes()
    found, findings = read_posts(make_file(content), source, first.timezone, first.date)
    assert findings == ()
    return list(found)


def history(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "feed.csv.history.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_to_mark_a_post_for_the_wall_is_no_edit_of_it(folder: Path) -> None:
    assert run(folder, "add", "Un mot", "--id", "a", "--time", "20:45", "--on-screen", "no") == 0
    assert posts(folder)[0].on_screen is False
    assert run(folder, "edit", "a", "--on-screen", "yes") == 0
    (made,) = posts(folder)
    assert made.on_screen and made.edited_at is None


def test_a_life(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "add", "Un « mot »; puis\n\nun autre", "--id", "a", "--time", "20:45",
               "--author", "Anne", "--kind", "reaction") == 0  # fmt: skip
    (made,) = posts(folder)
    assert (made.id, made.text, made.author) == ("a", "Un « mot »; puis\nun autre", "Anne")
    assert "Added: a, at 8:45" in capsys.readouterr().out
    assert run(folder, "edit", "a", "Autre chose", "--place", "Lunel") == 0
    (made,) = posts(folder)
    assert (made.text, made.place, made.author) == ("Autre chose", "Lunel", "Anne")
    assert made.edited_at is not None
    assert run(folder, "pin", "a") == 0
    assert posts(folder)[0].pinned
    assert run(folder, "unpin", "a") == 0
    assert not posts(folder)[0].pinned
    assert run(folder, "retract", "a", "--reason", "faux") == 0
    assert posts(folder) == []
    said = history(folder)
    assert [line["action"] for line in said] == ["add", "edit", "pin", "unpin", "retract"]
    assert said[0]["before"] is None and said[-1]["after"] is None
    assert said[-1]["reason"] == "faux" and "Autre chose" in str(said[-1]["before"])
    assert (folder / "feed.csv.history.jsonl").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith((".", "feed"))) == [
        "feed.csv", "feed.csv.history.jsonl", "feed.csv.lock",
    ]  # fmt: skip


def test_a_post_is_of_now_and_has_an_id_of_its_own(folder: Path) -> None:
    assert run(folder, "add", "Un") == run(folder, "add", "Un") == 0
    first, second = posts(folder)
    assert first.id != second.id
    assert abs((first.at - second.at).total_seconds()) < 60


def test_json_lines_keep_what_nobody_here_knows(folder: Path) -> None:
    write_election(folder, '[feed]\npath = "feed.jsonl"\n')
    (folder / "feed.jsonl").write_text(
        '{"id": "a", "time": "20:10", "text": "Un", "desk": {"x": [1]}}\n\nno json\n', "utf-8"
    )
    assert run(folder, "edit", "a", "Deux") == run(folder, "add", "Trois", "--time", "20:11") == 0
    first, broken, third = (folder / "feed.jsonl").read_text("utf-8").splitlines()
    assert json.loads(first)["desk"] == {"x": [1]} and json.loads(first)["text"] == "Deux"
    assert broken == "no json"
    assert json.loads(third)["text"] == "Trois"


def test_a_table_keeps_its_delimiter_its_columns_and_its_line_ends(folder: Path) -> None:
    content = 'Text,time,desk\r\n"a, b",20:10,x\r\nraggèd\r\n'
    (folder / "feed.csv").write_bytes(b"\xef\xbb\xbf" + content.encode())
    (folder / "feed.csv").chmod(0o664)
    assert run(folder, "add", "c", "--time", "20:11", "--author", "d") == 0
    written = (folder / "feed.csv").read_bytes().decode("utf-8-sig")
    head, first, ragged, second = csv.reader(written.splitlines())
    assert head == ["Text", "time", "desk", "author", "pinned", "id"]
    assert first == ["a, b", "20:10", "x", "", "", ""]
    assert ragged == ["raggèd"]
    assert second[:4] == ["c", "20:11", "", "d"]
    assert written.count("\r\n") == 4
    assert (folder / "feed.csv").stat().st_mode & 0o777 == 0o664


def test_a_row_without_an_id_keeps_the_one_it_was_known_by(folder: Path) -> None:
    (folder / "feed.csv").write_text("time;text\n20:10;Un\n", encoding="utf-8")
    (before,) = posts(folder)
    assert run(folder, "edit", before.id, "Deux") == 0
    (after,) = posts(folder)
    assert (after.id, after.text) == (before.id, "Deux")


def test_of_two_rows_with_one_id_both_are_retracted(folder: Path) -> None:
    (folder / "feed.csv").write_text("id;time;text\na;20:10;Un\na;20:11;Deux\n", encoding="utf-8")
    assert run(folder, "retract", "a") == 0
    assert posts(folder) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_list_says_what_is_and_what_is_wrong(
    folder: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "list", lang=lang) == 0
    assert WORDS[lang]["none"].format(file=folder / "feed.csv") in capsys.readouterr().out
    rows = f"a;20:10;{'x' * 80};1;21:04\nb;soir;y;;\n"
    (folder / "feed.csv").write_text(f"id;time;text;pinned;edited\n{rows}", encoding="utf-8")
    assert run(folder, "list", lang=lang) == 0
    said = capsys.readouterr()
    assert said.out.startswith("a  20:10:00  ") and "x…" in said.out
    assert WORDS[lang]["pinned"] in said.out and WORDS[lang]["edited"] in said.out
    assert "soir" in said.err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["retract", "nobody"], 1),
        (["edit", "a", "Un"], 1),
        (["add", "Deux", "--id", "a"], 1),
        (["add", "Deux", "--time", "soir"], 2),
        (["add", "Deux", "--kind", "rumour"], 2),
        (["add", "Deux", "--source-url", "javascript:alert(1)"], 2),
        (["add", "Deux", "--image", "https://images.example/a.jpg"], 2),
        (["add", "Deux", "--image", "https://elsewhere.example/a.jpg", "--image-text", "x"], 2),
        (["add", "  "], 2),
    ],
)
def test_nothing_is_written_that_would_be_left_out(
    folder: Path, arguments: list[str], code: int, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = b"id;time;text\na;20:10;Un\n"
    (folder / "feed.csv").write_bytes(before)
    assert run(folder, *arguments, lang=lang) == code
    said = capsys.readouterr().err
    assert said.startswith("soiree: ") and said.count("\n") == 1 and "Traceback" not in said
    assert (folder / "feed.csv").read_bytes() == before
    assert not (folder / "feed.csv.history.jsonl").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"<rss version='2.0'/>", 2), (b'{"items": []}', 2), (b"id;time;te", 2), (b"a;b\n1;2\n", 2)],
)
def test_a_file_that_is_no_table_of_posts_stays_as_it_is(
    folder: Path, content: bytes, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "feed.csv").write_bytes(content)
    assert run(folder, "add", "Un") == code
    assert (folder / "feed.csv").read_bytes() == content
    assert capsys.readouterr().err.count("\n") == 1


def test_through_a_link_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "elsewhere.csv").write_text("id;time;text\n", encoding="utf-8")
    (folder / "feed.csv").symlink_to(folder / "elsewhere.csv")
    assert run(folder, "add", "Un") == 3
    assert (folder / "elsewhere.csv").read_text(encoding="utf-8") == "id;time;text\n"
    assert "cannot be written" in capsys.readouterr().err


def test_which_feed_when_there_are_several(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_election(
        folder,
        '[[feed]]\nurl = "https://gazette.example/rss"\n[[feed]]\npath = "feed.csv"\n'
        '[[feed]]\nname = "desk"\npath = "desk.csv"\n',
    )
    assert run(folder, "--feed", "desk", "add", "Un", "--id", "a") == 0
    assert [post.id for post in posts(folder, "desk.csv")] == ["desk-a"]
    # As screens name it, or as the file does.
    assert run(folder, "--feed", "desk", "pin", "desk-a") == 0
    assert run(folder, "--feed", "desk", "unpin", "a") == 0
    assert run(folder, "--feed", "nobody", "list") == 2
    assert "feed-2, desk" in capsys.readouterr().err
    write_election(folder, '[feed]\nurl = "https://gazette.example/rss"\n')
    assert run(folder, "list") == 2


def test_the_words_are_the_same_in_both_languages() -> None:
    assert WORDS["fr"].keys() == WORDS["en"].keys()


def test_a_text_may_come_from_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.read", lambda: "Une ligne\n\nUne autre\n", raising=False)
    assert run(folder, "add", "-") == 0
    assert posts(folder)[0].text == "Une ligne\nUne autre"
