"""Snapshots and documents as JSON, and the patches between two documents.

The patch is RFC 7396 (JSON Merge Patch) with one addition, measured in bench/: an array may be
patched by index, written ``{"#": {"17": 3}}``, where RFC 7396 would send all 343 numbers of a map
again because five of them changed. As in the RFC a ``null`` member removes the member, so no
object in a document ever holds ``null`` (arrays may), nor a member called "#".
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from pydantic import ConfigDict, TypeAdapter

from .model import ContestResult, Finding, Post, Snapshot, UnitResult

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"

_ANY = TypeAdapter(Any, config=ConfigDict(ser_json_inf_nan="constants"))
_SNAPSHOT = TypeAdapter(Snapshot)
_CONTEST = TypeAdapter(ContestResult)
_MEMBER = TypeAdapter(dict[str, UnitResult]).serializer  # itself: it is asked 70,000 times
_FINDINGS = TypeAdapter(tuple[Finding, ...])
_POSTS = TypeAdapter(tuple[Post, ...])
INDEX = "#"  # the one member of an index patch
_SAME = object()


def encode(value: Any) -> bytes:
    """Canonical JSON: no spaces, keys as inserted, UTF-8, no NaN (``ValueError``).

    Pydantic's writer gives the same bytes as ``json`` in a third of the time.
    """
    text = _ANY.dump_json(value)
    if b"NaN" in text or b"Infinity" in text:  # a number, or only a name?
        json.dumps(value, allow_nan=False)
    return text


def digest(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()


def snapshot_to_json(snapshot: Snapshot) -> bytes:
    """The whole snapshot, for the watcher that takes over."""
    _UNITS.keep_only(unit for contest in snapshot.contests for unit in contest.units.values())
    contests = b",".join(map(_contest_to_json, snapshot.contests))
    return b'{"contests":[%s],"posts":%s}' % (contests, _POSTS.dump_json(snapshot.posts))


def snapshot_from_json(content: bytes) -> Snapshot:
    """The inverse of ``snapshot_to_json``. Raises ``ValueError``."""
    return _SNAPSHOT.validate_json(content)


def snapshot_digest(snapshot: Snapshot) -> str:
    """The digest of what a snapshot says, whatever file said it and when.

    A file saved again without a change, or with another order of rows, is no new version.
    """
    said = hashlib.sha256(_POSTS.dump_json(snapshot.posts))
    for contest in snapshot.contests:
        units = _UNITS.members(map(contest.units.__getitem__, sorted(contest.units)))
        said.update(encode(contest.contest_id) + b",".join(units))
        said.update(_FINDINGS.dump_json(contest.findings))
    return said.hexdigest()


def _contest_to_json(contest: ContestResult) -> bytes:
    units = b",".join(_UNITS.members(contest.units.values()))
    rest = _CONTEST.dump_json(contest, exclude={"units", "sound"})
    return b'{"units":{%s},%s' % (units, rest.removeprefix(b"{"))


class _Members:
    """Units as members of a JSON object, ``"code":{…}``.

    What was written once is kept by identity (and the unit with it, so that no other takes its
    place): of 70,000 units few are new in a version, and to write them all takes most of a second.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[UnitResult, bytes]] = {}

    def members(self, units: Iterable[UnitResult]) -> list[bytes]:
        """One per unit, in this order."""
        kept, found = self._kept, []
        for unit in units:
            known = kept.get(id(unit))
            if known is None:
                member = _MEMBER.to_json({unit.code: unit})[1:-1]
                kept[id(unit)] = known = unit, member
            found.append(known[1])
        return found

    def keep_only(self, units: Iterable[UnitResult]) -> None:
        """Forgets all other units."""
        self._kept = {n: self._kept[n] for n in map(id, units) if n in self._kept}


_UNITS = _Members()


def diff(old: JSON, new: JSON) -> JSON:
    """The patch that turns ``old`` into ``new``: ``merge(old, diff(old, new)) == new``.

    ``{}`` when they are equal. Both are objects without ``null`` members.
    """
    patch = _diff(old, new)
    return {} if patch is _SAME else patch


def _diff(old: Any, new: Any) -> Any:
    if old is new:  # most of a document is what it was, and some of it the very same object
        return _SAME
    kind = type(old)
    if kind is not type(new):  # 1 == 1.0 == True in Python but not in JSON text
        return new
    if kind is dict:
        return _diff_objects(old, new)
    if kind is list and len(old) == len(new):
        return _diff_arrays(old, new)
    return _SAME if old == new else new


def _diff_objects(old: dict[str, Any], new: dict[str, Any]) -> Any:
    patch: dict[str, Any] = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif (before := old[key]) is not value and (change := _diff(before, value)) is not _SAME:
            patch[key] = change
    return patch or _SAME


def _diff_arrays(old: list[Any], new: list[Any]) -> Any:
    changes, replaced = {}, 0
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is after:
            continue
        change = _diff(before, after)
        if change is not _SAME:
            changes[str(place)] = change
            replaced += change is after
    if not changes:
        return _SAME
    # With most of its values others, the array itself is the shorter text; but of a figure's three
    # traces all may change by one number each, and then it is not.
    return new if replaced * 2 > len(new) else {INDEX: changes}


def merge(target: JSON, patch: JSON) -> JSON:
    """``target`` with ``patch`` applied; neither argument is changed."""
    if not isinstance(patch, dict):
        return patch
    if isinstance(target, list) and isinstance(changes := patch.get(INDEX), dict):
        return [merge(v, changes[str(i)]) if str(i) in changes else v for i, v in enumerate(target)]
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged
