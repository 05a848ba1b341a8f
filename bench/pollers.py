"""Many viewers that poll over connections kept open: raw sockets and epoll, so that the client
costs less than what it measures."""

import re
import select
import socket
from collections.abc import Iterable, Iterator

BROWSER = (
    "Host: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36\r\n"
    "Accept: */*\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: fr-FR,fr;q=0.9,en;q=0.8\r\n"
    "Referer: http://127.0.0.1/\r\n"
    "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"
    "Connection: keep-alive\r\n"
)
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"
WAIT_SECONDS = 20.0


def request(path: str, *headers: str) -> bytes:
    """What a browser sends to ask for ``path``."""
    lines = "".join(f"{line}\r\n" for line in headers)
    return f"GET {path} HTTP/1.1\r\n{BROWSER}{lines}\r\n".encode()


def whole(answer: bytes) -> bool:
    """Whether an answer has been received to its end."""
    head, found, body = answer.partition(_HEAD_END)
    length = _LENGTH.search(head)
    return bool(found) and len(body) >= (int(length[1]) if length else 0)


class Pollers:
    """``connections`` connections that ask again and again. A context manager."""

    def __init__(self, port: int, connections: int) -> None:
        self._sockets = {}
        self._ready = select.epoll()
        for _ in range(connections):
            opened = socket.create_connection(("127.0.0.1", port), WAIT_SECONDS)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets[opened.fileno()] = opened
            self._ready.register(opened, select.EPOLLIN)

    def __enter__(self) -> "Pollers":
        return self

    def __exit__(self, *_: object) -> None:
        self._ready.close()
        for opened in self._sockets.values():
            opened.close()

    def ask(self, request: bytes) -> bytes:
        """One connection asks once; the whole answer."""
        return self.run([[request]])[1]

    def run(self, visits: Iterable[list[bytes]], status: int = 200) -> tuple[int, bytes]:
        """Every visit is a list of requests that one connection makes one after the other, while
        the others make theirs. (Bytes of all answers, the last answer).

        Raises ``AssertionError`` for an answer of another status, or none in twenty seconds.
        """
        waiting: Iterator[list[bytes]] = iter(visits)
        busy: dict[int, Iterator[bytes]] = {}
        expected = f"HTTP/1.1 {status} ".encode()
        received, last = 0, b""
        answers: dict[int, bytes] = {}
        for number in self._sockets:
            self._next(number, busy, waiting)
        while busy:
            events = self._ready.poll(WAIT_SECONDS)
            assert events, f"no answer in {WAIT_SECONDS:.0f} s"
            for number, _ in events:
                content = self._sockets[number].recv(262_144)
                assert content, "the server closed a connection"
                answer = answers.pop(number, b"") + content
                if not whole(answer):
                    answers[number] = answer
                    continue
                assert answer.startswith(expected), answer[:200]
                received, last = received + len(answer), answer
                self._next(number, busy, waiting)
        return received, last

    def _next(
        self, number: int, busy: dict[int, Iterator[bytes]], waiting: Iterator[list[bytes]]
    ) -> None:
        """The connection's next request: of its visit, or of the next visit."""
        content = next(busy.get(number, iter(())), None)
        if content is None:
            visit = next(waiting, None)
            if visit is None:
                busy.pop(number, None)
                return
            busy[number] = iter(visit)
            content = next(busy[number])
        self._sockets[number].sendall(content)
