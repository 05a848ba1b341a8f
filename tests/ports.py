"""A port for a server of a test."""

import random
import socket

# Below the range that kernels give to outgoing connections: none of those can be in the way.
_LOWEST, _HIGHEST = 20_000, 30_000


def free_port() -> int:
    """One that nobody listens on, chosen by chance: several test runs may be looking at once."""
    while True:
        port = random.randrange(_LOWEST, _HIGHEST)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
