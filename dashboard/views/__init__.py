"""Results as page documents: what each screen shows, in each language, once per version."""

from .drawing import Documents, documents
from .replay import replay_kit

__all__ = ["Documents", "documents", "replay_kit"]
