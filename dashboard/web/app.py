"""The web side, put together."""

from collections.abc import Mapping

from ..model import Election
from .desk import Desk, Files
from .events import Events
from .follower import Follower, Store
from .front import Front
from .lifespan import BEAT_SECONDS, Companion, Lifespan
from .site import assemble


def create_app(
    election: Election,
    store: Store,
    geometry: Mapping[str, bytes],
    companion: Companion | None = None,
    beat_seconds: float = BEAT_SECONDS,
    desk: Files | None = None,
    desk_token: str = "",
) -> Front:
    """The ASGI application.

    ``geometry``: GeoJSON bytes by URL ("/geo/….json"). ``companion`` is called when a worker
    starts and gives the function that ends what it began. ``desk``: what the panel is read from,
    without which there is none.
    """
    site = assemble(election, geometry)
    follower = Follower(store, site.build)
    events = Events(follower)
    lifespan = Lifespan(follower, events, companion, beat_seconds)
    panel = Desk(desk, follower, site, desk_token) if desk is not None else None
    return Front(site, follower, events, lifespan, panel)
