"""Posts: what people say while the count goes on."""

from .corrections import with_corrections
from .incoming import read_posts

__all__ = ["read_posts", "with_corrections"]
