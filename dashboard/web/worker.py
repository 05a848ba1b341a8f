"""The gunicorn worker: uvicorn's, without what a public server should not say or do."""

from typing import Any, ClassVar

from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):  # type: ignore[misc]
    """No Server header, no WebSocket, no line per request; the application has a lifespan."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "auto",
        "http": "auto",
        "ws": "none",
        "lifespan": "on",
        "server_header": False,
        "access_log": False,
    }
