"""Posts: what people say while the count goes on."""

from .incoming import read_posts

__all__ = ["read_posts"]
