"""What can go wrong while publishing. Readers never see any of it."""


class StoreError(Exception):
    """Nothing was published; what was published before stays. One sentence says why."""


class Unreachable(StoreError):
    """The store that several machines share does not answer, or not as it should."""


class Fenced(StoreError):
    """Another process is, or may be, the writer: this one must never write again."""
