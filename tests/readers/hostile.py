"""Small files made to hurt whoever reads them, by what they are; each must be refused."""

from collections.abc import Callable, Mapping

MANY = 1_000_000

_LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)  # a billion of the first


def _xml(inside: str = "", before: str = "", attributes: str = "") -> bytes:
    return f'<?xml version="1.0"?>\n{before}<r {attributes}>{inside}</r>'.encode()


XML: Mapping[str, Callable[[], bytes]] = {
    "billion laughs": lambda: _xml("&l9;", f'<!DOCTYPE r [<!ENTITY l0 "ha">{_LAUGHS}]>'),
    "quadratic blow-up": lambda: _xml(
        "&a;" * 100_000, f'<!DOCTYPE r [<!ENTITY a "{"a" * 100_000}">]>'
    ),
    "document type alone": lambda: _xml("", "<!DOCTYPE r>"),
    "external entity": lambda: _xml(
        "&a;", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "external subset": lambda: _xml("", '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">'),
    "parameter entity": lambda: _xml(
        "", '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a">%a;]>'
    ),
    "entity without a document type": lambda: _xml("&a;"),
    "deep nesting": lambda: _xml("<a>" * 100_000 + "</a>" * 100_000),
    "a million attributes": lambda: _xml(attributes=" ".join(f'a{n}=""' for n in range(MANY))),
    "a million namespaces": lambda: _xml(
        attributes=" ".join(f'xmlns:a{n}="u"' for n in range(MANY))
    ),
    "a hundred attributes": lambda: _xml(attributes=" ".join(f'a{n}=""' for n in range(100))),
    "an endless tag": lambda: b'<?xml version="1.0"?><r a="' + b"a" * 10 * MANY,
    "an endless comment": lambda: _xml(f"<!--{'a' * 10 * MANY}-->"),
    "an endless instruction": lambda: _xml(f"<?a {'a' * 10 * MANY}?>"),
    "endless text": lambda: _xml("a" * 10 * MANY),
    "endless CDATA": lambda: _xml(f"<![CDATA[{'a' * 10 * MANY}]]>"),
    "text in pieces": lambda: _xml("a<b/>" * 11_000),
    "UTF-16 announced, UTF-8 written": lambda: b'<?xml version="1.0" encoding="utf-16"?><r/>',
    "UTF-8 announced, Latin-1 written": lambda: (
        b'<?xml version="1.0" encoding="utf-8"?><r>H\xe9rault</r>'
    ),
    "an encoding nobody knows": lambda: b'<?xml version="1.0" encoding="klingon"?><r/>',
    "an encoding that is none": lambda: b'<?xml version="1.0" encoding="rot13"?><r/>',
    "an encoding of several bytes": lambda: b'<?xml version="1.0" encoding="utf-32"?><r/>',
    "half of UTF-16": lambda: "<r>Hérault</r>".encode("utf-16")[:-1],
    "a NUL": lambda: _xml("\0"),
    "a surrogate": lambda: _xml("&#xD800;"),
    "two roots": lambda: b"<r/><r/>",
    "no root": lambda: b'<?xml version="1.0"?>\n<!-- nothing -->',
    "crossed tags": lambda: _xml("<a><b></a></b>"),
    "an attribute twice": lambda: _xml('<a n="1" n="2"/>'),
}
JSON: Mapping[str, Callable[[], bytes]] = {
    "deep arrays": lambda: b"[" * 100_000,
    "deep arrays that end": lambda: b"[" * 100_000 + b"]" * 100_000,
    "deep objects": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "NaN": lambda: b'{"a": NaN}',
    "Infinity": lambda: b'{"a": Infinity}',
    "minus Infinity": lambda: b'{"a": -Infinity}',
    "a number beyond numbers": lambda: b'{"a": 1e999}',
    "5,000 digits": lambda: b'{"a": ' + b"9" * 5_000 + b"}",
    "a million digits": lambda: b'{"a": ' + b"9" * MANY + b"}",
    "a key twice": lambda: b'{"a": 1, "b": 2, "a": 3}',
    "a key twice, deep inside": lambda: b'[[{"b": {"a": 1, "\\u0061": 1}}]]',
    "too many values": lambda: b"[" + b"[]," * 6 * MANY + b"[]]",
    "a NUL": lambda: b'{"a": "\0"}',
    "half of UTF-16": lambda: '{"a": "é"}'.encode("utf-16")[:-1],
    "half of a character": lambda: b'{"a": "\\ud800"}',
    "half of a character as a key": lambda: b'[{"\\uDFFF": 1}]',
    "a comment": lambda: b'{"a": 1} // one',
    "two values": lambda: b'{"a": 1}{"a": 1}',
    "a trailing comma": lambda: b'{"a": 1,}',
    "no value": lambda: b'{"a": }',
}
