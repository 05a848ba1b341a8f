"""Results as page documents: what each screen shows, in each language, once per version."""

from .drawing import Documents, documents

__all__ = ["Documents", "documents"]
