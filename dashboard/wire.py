"""Snapshots and documents as JSON, and the patches between two documents.

The patch is RFC 7396 (JSON Merge Patch) with one addition, measured in bench/: an array may be
patched by index, written ``{"#": {"17": 3}}``, where RFC 7396 would send all 343 numbers of a map
again because five of them changed. As in the RFC a ``null`` member removes the member, so no
object in a document ever holds ``null`` (arrays may), nor a member called "#".
"""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from .model import Snapshot

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"

_SNAPSHOT = TypeAdapter(Snapshot)
_EPOCH = datetime.fromtimestamp(0, UTC)
INDEX = "#"  # the one member of an index patch
_SAME = object()


def encode(value: Any) -> bytes:
    """Canonical JSON: no spaces, keys as inserted, UTF-8, no NaN (``ValueError``)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()


def snapshot_to_json(snapshot: Snapshot) -> bytes:
    """The whole snapshot, for the watcher that takes over."""
    return _SNAPSHOT.dump_json(snapshot)


def snapshot_from_json(content: bytes) -> Snapshot:
    """The inverse of ``snapshot_to_json``. Raises ``ValueError``."""
    return _SNAPSHOT.validate_json(content)


def snapshot_digest(snapshot: Snapshot) -> str:
    """The digest of what a snapshot says, whatever file said it and when.

    A file saved again without a change, or with another order of rows, is no new version.
    """
    contests = (
        replace(
            c,
            units=dict(sorted(c.units.items())),
            changed=(),
            source_digest="",
            data_at=_EPOCH,
            row_count=0,
            complete_at=None,
        )
        for c in snapshot.contests
    )
    return digest(snapshot_to_json(replace(snapshot, contests=tuple(contests))))


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
        change = _diff(old[key], value) if key in old else value
        if change is not _SAME:
            patch[key] = change
    return patch or _SAME


def _diff_arrays(old: list[Any], new: list[Any]) -> Any:
    changes = {
        str(i): change
        for i, (before, after) in enumerate(zip(old, new, strict=True))
        if before is not after and (change := _diff(before, after)) is not _SAME
    }
    if not changes:
        return _SAME
    patch = {INDEX: changes}
    # Beyond half of it the array itself may be the shorter text; but of a figure's three traces all
    # may change by one number each, and then it is not.
    most = len(changes) * 2 > len(new) > 2
    return new if most and len(encode(new)) <= len(encode(patch)) else patch


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
