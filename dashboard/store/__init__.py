"""Published snapshots: one writer, many readers, versions that only grow."""

from .directory import DirectoryStore
from .edition import CODINGS, Content, iso
from .errors import Fenced, StoreError

__all__ = ["CODINGS", "Content", "DirectoryStore", "Fenced", "StoreError", "iso"]
