"""The server itself: sockets, signals, and a short life for every connection. The door to uvicorn."""

import asyncio
import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from syndicate.errors import SettingsError
from syndicate.serving.journal import Foreign, Say

LIFETIME = 20.0
"""Seconds after which a connection ends, whatever it is doing: who sends a header a minute gains nothing."""
CONNECTIONS = 256
"""Where another one comes, the oldest ends: it is the slowest, and keeps nobody else out."""
_HEADERS = 32 << 10


class _Brief(H11Protocol):
    """A connection that ends in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.began = self.loop.time()
        if len(self.connections) >= CONNECTIONS:
            oldest = min((one for one in self.connections if isinstance(one, _Brief)), key=_age)
            self.connections.discard(oldest)  # at once: more may come before the loop gets to know that it ended
            oldest.transport.abort()
        self.end = self.loop.call_later(LIFETIME, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self.end.cancel()
        super().connection_lost(exc)


def _age(connection: _Brief) -> float:
    return connection.began


class Server(uvicorn.Server):
    """A server that ends quietly when told to, and says by which signal."""

    told: int = 0

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to what ends programs, without raising it again."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number)
        yield

    def _stop(self, number: int) -> None:
        self.told = number
        self.should_exit = True


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ``SettingsError`` where that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"{host}:{port}: cannot be listened at: {error}", "Name another --host or --port."
        ) from None


def prepared(application: ASGIApp, say: Say) -> Server:
    """Return a server that answers as told, logs as told, and bounds what a stranger can cost."""
    log = logging.getLogger("uvicorn")
    log.handlers, log.propagate = [Foreign(say)], False
    return Server(
        uvicorn.Config(
            application,
            http=_Brief,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_graceful_shutdown=int(LIFETIME),
        )
    )
