"""Posts: what people say while the count goes on, and what we say of it."""

from .entry import FIELDS, Reader
from .incoming import is_table, newest_first, read_posts
from .ours import with_ours

__all__ = ["FIELDS", "Reader", "is_table", "newest_first", "read_posts", "with_ours"]
