"""A set of files as one: what a source that publishes many small files becomes when it is kept.

A plain zip whose bytes follow from what is in it, so that the same files have the same digest; any
tool opens it. It is told from a workbook, a zip as well, by what is not in it.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping

from .codes import refuse
from .decode import LARGEST_FILE, too_many

MAGIC = b"PK\x03\x04"
LARGEST_INFLATED = 512 * 2**20  # bytes of all parts together: the communes of a country are 200
MOST_PARTS = 2_000
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
_LEVEL = 1  # nearly as small as any, at ten times the speed


def make_bundle(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these parts, in the order of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), parts[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def is_bundle(content: bytes) -> bool:
    """Whether a file is an archive of XML, and no workbook."""
    names = names_of(content) if content.startswith(MAGIC) else []
    is_office = "[Content_Types].xml" in names or "mimetype" in names
    return not is_office and any(name.lower().endswith(".xml") for name in names)


def names_of(content: bytes) -> list[str]:
    """What an archive says that it holds; nothing of a broken one."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:  # zipfile meets broken archives with many
        return []


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each XML file of an archive and its name, one at a time: together they may be large.

    Raises ReadError: torn, encrypted, a name twice, beyond a cap.
    """
    if len(content) > LARGEST_FILE:
        raise too_many("bytes", "octets", len(content), LARGEST_FILE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [m for m in archive.infolist() if m.filename.lower().endswith(".xml")]
    except Exception as error:
        raise refuse("R618") from error
    _reject_excess(members)
    if len({member.filename for member in members}) < len(members):
        raise refuse("R618")
    for member in members:
        try:
            part = archive.read(member)
        except Exception as error:
            raise refuse("R618") from error
        yield member.filename, part


def _reject_excess(members: list[zipfile.ZipInfo]) -> None:
    # zipfile never inflates a member beyond the size its directory states.
    largest = max((member.file_size for member in members), default=0)
    for found, limit, what, what_fr in (
        (len(members), MOST_PARTS, "files", "fichiers"),
        (largest, LARGEST_FILE, "bytes in one file", "octets dans un fichier"),
        (sum(member.file_size for member in members), LARGEST_INFLATED, "inflated bytes",
         "octets décompressés"),
    ):  # fmt: skip
        if found > limit:
            raise too_many(what, what_fr, found, limit)
