"""The only place that calls out: one POST to one public address, within a time and a size.

The door to the HTTP client. The name is resolved here, what it resolved to is judged, and exactly that address is
dialled, with the name in the Host header and the TLS handshake: a name that resolves to something else the next moment
gains nothing. Redirects are not followed: whoever moved says so to people, and the settings are corrected.
No proxy of the environment is used.
"""

import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from typing import Any

import httpcore2

from syndicate.addresses import canonical
from syndicate.announcing.destinations import is_public
from syndicate.announcing.messages import Answer, Post

SECONDS = 10.0
"""How long one announcement may take from the name's resolution to the answer."""
_CONNECTING = 5.0
_ANSWER_BYTES = 64 << 10
"""As much of an answer is read as keeps the other side content; only its status counts."""
_ADDRESSES = 3
"""Addresses of one name that are tried."""

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Caller:
    """How to call: whether addresses that are not public may be dialled (a hub on one's own network), how long."""

    allow_private: bool = False
    seconds: float = SECONDS

    def post(self, message: Post) -> Answer:
        """Send a message and say what became of it; never raises for what the network does."""
        backend = _Guarded(monotonic() + self.seconds, allow_private=self.allow_private)
        try:
            with httpcore2.ConnectionPool(network_backend=backend) as pool:
                return _exchange(pool, message)
        except _Refused as refusal:
            return Answer(0, str(refusal), final=True)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            return Answer(0, _words(error))
        except (OSError, ssl.SSLError, ValueError, httpcore2.UnsupportedProtocol) as error:
            return Answer(0, _words(error))


class _Refused(Exception):  # noqa: N818 -- a decision, not a mistake
    """The name leads to no address that may be dialled."""


class _Guarded(httpcore2.SyncBackend):
    """Sockets to judged addresses only, all of them under one deadline."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self.deadline = deadline
        self.allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = resolved(host, port, left(self.deadline, timeout))
        allowed = [one for one in addresses if self.allow_private or is_public(one)]
        if addresses and not allowed:
            raise _Refused(f"{host} is not on the public Internet (announce.allow_private would allow it)")
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in allowed[:_ADDRESSES]:
            try:
                seconds = min(_CONNECTING, left(self.deadline))
                stream = super().connect_tcp(address, port, seconds, local_address, socket_options)
                return _Hurried(stream, self.deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class _Hurried(httpcore2.NetworkStream):
    """A stream whose every step ends at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, left(self.deadline, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        inner = self.stream.start_tls(ssl_context, server_hostname, left(self.deadline, timeout))
        return _Hurried(inner, self.deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- the protocol's
        return self.stream.get_extra_info(info)


def left(deadline: float, timeout: float | None = None) -> float:
    """Seconds until the deadline, or until a step's own time is over. Raises ``ReadTimeout`` after the deadline."""
    seconds = min(deadline - monotonic(), timeout or SECONDS)
    if seconds <= 0:
        raise httpcore2.ReadTimeout("it took too long")
    return seconds


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a name; raises ``ConnectError`` where it has none, or nobody answers in time."""
    found: list[list[str]] = []
    # The system's resolver cannot be told when to stop, so it is left behind in a thread that keeps nobody waiting.
    asking = Thread(target=lambda: found.append(_addresses(host, port)), daemon=True)
    asking.start()
    asking.join(min(_CONNECTING, seconds))
    if not found or not found[0]:
        raise httpcore2.ConnectError(f"{host} cannot be resolved")
    return found[0]


def _addresses(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _exchange(pool: httpcore2.ConnectionPool, message: Post) -> Answer:
    headers = [(name.encode(), value.encode()) for name, value in message.headers]
    with pool.stream("POST", canonical(message.url), headers=headers, content=message.body) as response:
        taken = 0
        for chunk in response.iter_stream():
            taken += len(chunk)
            if taken > _ANSWER_BYTES:
                break
        waits = {name.lower(): value for name, value in response.headers}.get(b"retry-after", b"")
        return Answer(response.status, f"status {response.status}", retry_after=_seconds(waits))


def _seconds(header: bytes) -> int:
    return int(header) if header.isdigit() and len(header) < 7 else 0  # noqa: PLR2004 -- twelve days are enough


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
