"""Published snapshots: one writer, many readers, versions that only grow."""

from .directory import DirectoryStore
from .edition import Content, iso
from .errors import Fenced, StoreError

__all__ = ["Content", "DirectoryStore", "Fenced", "StoreError", "iso"]
