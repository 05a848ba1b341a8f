"""The rules of the schema of NIST SP 1500-100 revision 2, for the classes that we write.

A class is its required members and all it may have; "Name: text" is a member that holds another
class, "[Name]" a list of them, "-> Name" the id of one.
"""

from collections.abc import Iterator
from typing import Any

import jsonschema

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_FLAG = {"type": "boolean"}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$"}


def _one_of(*words: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def _a(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def _list(*names: str, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": {"oneOf": [_a(name) for name in names]}, "minItems": least}


_IDS = {"type": "array", "items": _TEXT}
_COUNT_TYPE = _one_of(
    "absentee", "absentee-fwab", "absentee-in-person", "absentee-mail", "early", "election-day",
    "other", "provisional", "seats", "total", "uocava", "write-in",
)  # fmt: skip
_UNIT_TYPE = _one_of(
    "ballot-batch", "ballot-style-area", "borough", "city", "city-council", "combined-precinct",
    "congressional", "country", "county", "county-council", "drop-box", "judicial",
    "municipality", "other", "polling-place", "precinct", "school", "special", "split-precinct",
    "state", "state-house", "state-senate", "town", "township", "utility", "village",
    "vote-center", "ward", "water",
)  # fmt: skip
# Class -> required members, all members.
_CLASSES: dict[str, tuple[str, dict[str, Any]]] = {
    "ElectionReport": (
        "Format GeneratedDate Issuer IssuerAbbreviation SequenceEnd SequenceStart Status"
        " VendorApplicationId",
        {
            "Format": _one_of("precinct-level", "summary-contest"), "GeneratedDate": _MOMENT,
            "Issuer": _TEXT, "IssuerAbbreviation": _TEXT, "SequenceStart": _WHOLE,
            "SequenceEnd": _WHOLE, "VendorApplicationId": _TEXT, "IsTest": _FLAG, "Notes": _TEXT,
            "Status": _one_of(
                "certified", "correction", "pre-election", "recount", "unofficial-complete",
                "unofficial-partial",
            ),
            "GpUnit": _list("ReportingUnit"), "Election": _list("Election"),
        },
    ),
    "Election": (
        "ElectionScopeId EndDate Name StartDate Type",
        {
            "ElectionScopeId": _TEXT, "EndDate": _DATE, "StartDate": _DATE,
            "Name": _a("InternationalizedText"),
            "Type": _one_of(
                "general", "other", "partisan-primary-closed", "partisan-primary-open", "primary",
                "runoff", "special",
            ),
            "Candidate": _list("Candidate"), "Contest": _list("CandidateContest"),
            "BallotCounts": _list("BallotCounts"),
        },
    ),
    "ReportingUnit": (
        "@id Type",
        {
            "@id": _TEXT, "Type": _UNIT_TYPE, "OtherType": _TEXT,
            "Name": _a("InternationalizedText"), "SubUnitsReported": _WHOLE,
            "TotalSubUnits": _WHOLE, "VotersParticipated": _WHOLE, "VotersRegistered": _WHOLE,
            "ComposingGpUnitIds": _IDS, "CountStatus": _list("CountStatus"),
            "ExternalIdentifier": _list("ExternalIdentifier"),
        },
    ),
    "CandidateContest": (
        "@id ElectionDistrictId Name VotesAllowed",
        {
            "@id": _TEXT, "ElectionDistrictId": _TEXT, "Name": _TEXT, "VotesAllowed": _WHOLE,
            "ContestSelection": _list("CandidateSelection"),
        },
    ),
    "CandidateSelection": (
        "@id", {"@id": _TEXT, "CandidateIds": _IDS, "VoteCounts": _list("VoteCounts")},
    ),
    "Candidate": ("@id BallotName", {"@id": _TEXT, "BallotName": _a("InternationalizedText")}),
    "VoteCounts": (
        "Count GpUnitId Type",
        {"Count": {"type": "number"}, "GpUnitId": _TEXT, "Type": _COUNT_TYPE},
    ),
    "BallotCounts": (
        "GpUnitId Type",
        {
            "GpUnitId": _TEXT, "Type": _COUNT_TYPE, "BallotsCast": _WHOLE,
            "BallotsRejected": _WHOLE,
        },
    ),
    "CountStatus": (
        "Status Type",
        {
            "Status": _one_of("completed", "in-process", "not-processed", "unknown"),
            "Type": _COUNT_TYPE,
        },
    ),
    "ExternalIdentifier": (
        "Type Value",
        {
            "Type": _one_of(
                "fips", "local-level", "national-level", "ocd-id", "other", "state-level"
            ),
            "Value": _TEXT,
        },
    ),
    "InternationalizedText": ("Text", {"Text": _list("LanguageString", least=1)}),
    "LanguageString": ("Content Language", {"Content": _TEXT, "Language": _TEXT}),
}  # fmt: skip
_POINTS_TO = {
    "ElectionScopeId": "ReportingUnit", "ElectionDistrictId": "ReportingUnit",
    "GpUnitId": "ReportingUnit", "ComposingGpUnitIds": "ReportingUnit", "CandidateIds": "Candidate",
}  # fmt: skip

SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    **_a("ElectionReport"),
    "definitions": {
        name: {
            "type": "object",
            "additionalProperties": False,
            "required": ["@type", *required.split()],
            "properties": {"@type": _one_of(f"ElectionResults.{name}"), **members},
        }
        for name, (required, members) in _CLASSES.items()
    },
}


def problems(report: Any) -> list[str]:
    """Every rule that a report breaks: shapes, and ids that name nothing or something else."""
    validator = jsonschema.Draft4Validator(SCHEMA)
    found = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(report)]
    classes: dict[str, str] = {}
    for each in _objects(report):
        if "@id" in each:
            if each["@id"] in classes:
                found.append(f"{each['@id']} twice")
            classes[each["@id"]] = each["@type"].removeprefix("ElectionResults.")
    for each in _objects(report):
        for member, name in _POINTS_TO.items():
            ids = each.get(member, [])
            for pointed in [ids] if isinstance(ids, str) else ids:
                if classes.get(pointed) != name:
                    found.append(f"{member} {pointed}: {classes.get(pointed)}")
    return found


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)
