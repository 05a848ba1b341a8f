"""One file per official format; ``ALL`` in the order in which they are tried."""

from .. import not_results
from ..codes import refuse
from ..content import Content
from ..official import Format
from . import (
    ap,
    clarity,
    ech_0252,
    elex,
    eml_510,
    french_city,
    french_ministry_2022,
    french_ministry_2024,
    french_ministry_xml,
    kerg2,
    nist_1500_100,
    onegov,
    openelections,
)

ALL: tuple[Format, ...] = (
    french_ministry_2024.FORMAT,
    french_ministry_2022.FORMAT,
    french_ministry_xml.FORMAT,
    french_city.FORMAT,
    clarity.FORMAT,
    ech_0252.FORMAT,
    onegov.FORMAT,
    ap.FORMAT,
    elex.FORMAT,
    eml_510.FORMAT,
    nist_1500_100.FORMAT,
    openelections.FORMAT,
    kerg2.FORMAT,
)
BY_NAME = {form.name: form for form in ALL}


def recognise(content: Content) -> tuple[Format, str] | None:
    """The format a file is in and what gives it away; ``None`` of one that no format knows."""
    for form in ALL:
        if evidence := form.recognise(content):
            return form, evidence
    return None


def need(name: str, content: Content) -> Format:
    """The format an election file names.

    Raises ReadError of a file in another one (R606), or of one that holds no counts (R605): an
    error page instead of results.
    """
    wanted = BY_NAME[name]
    if wanted.recognise(content):
        return wanted
    found = recognise(content)
    if found is None:
        not_results.reject(content)
        reject_malformed(content)
    raise refuse("R606", expected=name, actual=found[0].name if found else content.kind)


def reject_malformed(content: Content) -> None:
    """ReadError of JSON or XML that cannot be read to its end: nothing can be told by its keys."""
    if content.kind == "json":
        _ = content.json
    elif content.kind == "xml":
        _ = content.xml
