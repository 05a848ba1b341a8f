"""Posts: what people say while the count goes on, and what we say of it."""

from .incoming import newest_first, read_posts
from .ours import with_ours

__all__ = ["newest_first", "read_posts", "with_ours"]
