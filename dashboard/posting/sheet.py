"""A feed file as rows that can be changed; what is not changed stays as it was written."""

import csv
import io
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from ..feed import FIELDS
from ..readers.decode import decode
from ..readers.delimited import find_delimiter

NEW_DELIMITER = ";"
_JSON_LINES = (".jsonl", ".ndjson", ".json")
_LINE = re.compile(r"\r\n|\r|\n")


class Sheet(ABC):
    """Rows by number; a number stays with its row for as long as the sheet lives."""

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Those that can be read, in their order."""

    @abstractmethod
    def add(self, values: Mapping[str, str]) -> None:
        """A row at the end."""

    @abstractmethod
    def change(self, number: int, values: Mapping[str, str]) -> None:
        """Some fields of a row."""

    @abstractmethod
    def remove(self, number: int) -> None: ...

    @abstractmethod
    def content(self) -> bytes: ...


def open_sheet(content: bytes | None, name: str) -> Sheet:
    """The sheet of a file that ``feed.read_posts`` reads as a table; a new one for ``None``.

    Raises ReadError for what is no text.
    """
    if content is None or not content.strip():
        return JsonLines("") if name.endswith(_JSON_LINES) else Table.new()
    text, _ = decode(content, has_lines=False)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return JsonLines(text)
    return Table(text)


class Table(Sheet):
    """CSV with whatever delimiter, columns and line ends it has."""

    def __init__(self, text: str) -> None:
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        body = text.removeprefix("\ufeff")
        self._delimiter = find_delimiter(body, list(FIELDS))
        self._end = "\r\n" if "\r\n" in body else "\n"
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=self._delimiter)
        records = [record for record in reader if record]
        self._header = records[0]
        self._records: dict[int, list[str]] = dict(enumerate(records[1:]))

    @classmethod
    def new(cls) -> "Table":
        return cls(NEW_DELIMITER.join(FIELDS) + "\n")

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        fields = self._fields()
        for number, record in self._records.items():
            if len(record) == len(fields):
                yield number, dict(zip(fields, record, strict=True))

    def add(self, values: Mapping[str, str]) -> None:
        number = max(self._records, default=-1) + 1
        self._records[number] = [""] * len(self._header)
        self.change(number, values)

    def change(self, number: int, values: Mapping[str, str]) -> None:
        for field, value in values.items():
            self._records[number][self._place(field)] = value

    def remove(self, number: int) -> None:
        del self._records[number]

    def content(self) -> bytes:
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=self._delimiter, lineterminator=self._end)
        writer.writerow(self._header)
        writer.writerows(self._records.values())
        return (self._mark + written.getvalue()).encode()

    def _fields(self) -> list[str]:
        return [name.strip().casefold() for name in self._header]

    def _place(self, field: str) -> int:
        """The column of a field, made where there is none."""
        fields = self._fields()
        if field not in fields:
            for record in self._records.values():
                if len(record) == len(fields):
                    record.append("")
            self._header.append(field)
        return self._fields().index(field)


class JsonLines(Sheet):
    """One JSON object per line; keys that nobody here knows stay."""

    def __init__(self, text: str) -> None:
        written = [line for line in _LINE.split(text.removeprefix("\ufeff")) if line.strip()]
        self._lines = dict(enumerate(written))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        for number in self._lines:
            found = self._object(number)
            if found is not None:
                yield number, {key: _as_text(value) for key, value in found.items()}

    def add(self, values: Mapping[str, str]) -> None:
        number = max(self._lines, default=-1) + 1
        self._lines[number] = _encoded({key: value for key, value in values.items() if value})

    def change(self, number: int, values: Mapping[str, str]) -> None:
        self._lines[number] = _encoded({**(self._object(number) or {}), **values})

    def remove(self, number: int) -> None:
        del self._lines[number]

    def content(self) -> bytes:
        return "".join(f"{line}\n" for line in self._lines.values()).encode()

    def _object(self, number: int) -> dict[str, Any] | None:
        try:
            found = json.loads(self._lines[number])
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


def _encoded(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value) if isinstance(value, str | int) else ""
