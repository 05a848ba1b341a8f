"""Files whole or not at all, with the headers they are served with."""

import os
import stat
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from dashboard.publish.contents import File
from dashboard.publish.destination import Bucket, Folder, open_destination
from dashboard.settings import SettingsError
from dashboard.web.responses import ready

PAGE = File.of(
    "/en/index.html", ready(b"<p>" * 500, "text/html; charset=utf-8", "public, max-age=5")
)


def test_a_folder_keeps_compressed_copies_beside_a_file_readable_by_all(tmp_path: Path) -> None:
    before = os.umask(0o077)  # as a careful service is started
    try:
        Folder(tmp_path / "site").put(PAGE)
    finally:
        os.umask(before)
    page = tmp_path / "site" / "en" / "index.html"
    assert page.read_bytes() == PAGE.body
    assert page.with_name("index.html.gz").read_bytes() == PAGE.encoded["gzip"]
    assert page.with_name("index.html.br").read_bytes() == PAGE.encoded["br"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in page.parent.iterdir()} == {0o644}
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o755


def test_a_copy_that_is_no_longer_made_is_no_longer_served(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put(PAGE)
    short = File.of("/en/index.html", ready(b"<p>", "text/html", "public, max-age=5"))
    folder.put(short)
    assert [path.name for path in (tmp_path / "en").iterdir()] == ["index.html"]
    folder.put(PAGE)
    folder.remove("en/index.html")
    assert list((tmp_path / "en").iterdir()) == []


def test_a_full_disk_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    folder.put(PAGE)

    def tear(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:7])
        raise OSError(28, "No space left on device")

    other = File.of("/en/index.html", ready(b"<b>" * 500, "text/html", "public, max-age=5"))
    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", tear)
        with pytest.raises(OSError, match="No space"):
            folder.put(other)
    assert (tmp_path / "en" / "index.html").read_bytes() == PAGE.body
    assert {path.suffix for path in (tmp_path / "en").iterdir()} == {".html", ".gz", ".br"}


def test_what_a_killed_writer_left_aside_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / ".aside-beat.json").write_bytes(b"{")
    (tmp_path / "live" / ".htaccess").write_bytes(b"theirs")
    assert Folder(tmp_path).listing("live") == {"live/.htaccess": 6}
    assert not (tmp_path / "live" / ".aside-beat.json").exists()


class Recorder(MemoryFileSystem):
    """Notes what a real library would be told; ``protocol`` says which one."""

    cachable = False

    def __init__(self, protocol: tuple[str, ...]) -> None:
        super().__init__()
        self.protocol = protocol
        self.told: dict[str, object] = {}

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **told: object) -> None:
        self.told = {**told, "body": value}


@pytest.mark.parametrize(
    "protocol, told",
    [
        (("s3", "s3a"), {"ContentType": "text/html; charset=utf-8",
                         "CacheControl": "public, max-age=5", "ContentEncoding": "gzip"}),
        (("gs", "gcs"), {"content_type": "text/html; charset=utf-8",
                         "fixed_key_metadata": {"cache_control": "public, max-age=5",
                                                "content_encoding": "gzip"}}),
        (("abfs", "az"), {"content_settings": {"content_type": "text/html; charset=utf-8",
                                               "cache_control": "public, max-age=5",
                                               "content_encoding": "gzip"}}),
        (("webdav",), {}),
    ],
)  # fmt: skip
def test_each_store_is_told_the_headers_in_its_own_way(
    protocol: tuple[str, ...], told: dict[str, object]
) -> None:
    system = Recorder(protocol)
    Bucket(system, "bucket/site").put(PAGE)
    body = PAGE.encoded["gzip"] if told else PAGE.body
    assert system.told == {**told, "body": body}


@pytest.mark.parametrize("address", ["nowhere://bucket", "gs://bucket"])
def test_a_place_nobody_can_write_to_is_one_sentence(address: str) -> None:
    with pytest.raises(SettingsError, match=r"^command line, DEST: found '.*', expected a folder"):
        open_destination(address)
