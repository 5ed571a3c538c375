"""What answers: webhooks, and those who look after the server. The door to starlette.

A webhook is answered before anything is built. Nothing of a request is kept or shown but the sender's name for it.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import time

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from syndicate.serving.builds import Builds
from syndicate.serving.deliveries import Deliveries
from syndicate.serving.journal import Say
from syndicate.serving.metrics import Meters
from syndicate.serving.senders import SENDERS, Delivery, Refusal, Secret, verify

BODY = 1 << 20
"""Bytes of a webhook; the largest that GitHub sends of a push is far below."""
HEADERS = 100
"""Headers of a request; senders and proxies together need thirty."""
SECONDS = 10.0
"""How long a body may take to arrive."""
STATUS = {
    "accepted": 202,
    "idle": 200,
    "ambiguous": 400,
    "unsigned": 401,
    "forged": 401,
    "late": 401,
    "slow": 408,
    "replayed": 409,
    "oversized": 413,
    "broken": 503,
}
"""What is answered for each outcome."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the receiver works with."""

    secrets: Sequence[Secret]
    deliveries: Deliveries
    builds: Builds
    say: Say
    meters: Meters

    @property
    def senders(self) -> frozenset[str]:
        """Those of whom we know a secret; the others are not there."""
        bound = {secret.sender for secret in self.secrets}
        return frozenset(SENDERS) if "" in bound else frozenset(SENDERS) & bound


def application(desk: Desk) -> Starlette:
    """Return what answers."""

    async def hook(request: Request) -> Response:
        sender = request.path_params["sender"]
        if sender not in desk.senders:
            return _answer(404, "no such sender, or no secret of it is known")
        body = await _body(request)
        outcome, more = _judged(desk, sender, request, body) if isinstance(body, bytes) else (body.outcome, {})
        desk.meters.count("syndicate_webhooks_total", sender=sender, outcome=outcome)
        desk.say("webhook", sender=sender, outcome=outcome, **more)
        return _answer(STATUS[outcome], outcome)

    async def alive(_: Request) -> Response:
        return _answer(200, "alive")

    async def ready(_: Request) -> Response:
        return _answer(503, "stopping") if desk.builds.closing else _answer(200, "ready")

    async def metrics(_: Request) -> Response:
        return PlainTextResponse(desk.meters.page(), media_type="text/plain; version=0.0.4")

    return Starlette(
        routes=[
            Route("/hooks/{sender}", hook, methods=["POST"]),
            Route("/healthz", alive),
            Route("/readyz", ready),
            Route("/metrics", metrics),
        ]
    )


async def _body(request: Request) -> bytes | Refusal:
    names = [name for name, _ in request.scope["headers"]]
    if len(names) > HEADERS:
        return Refusal("oversized")
    if b"content-length" in names and b"transfer-encoding" in names:
        # Two ways to say where the body ends: a proxy before us may have believed the other one.
        return Refusal("ambiguous")
    if int(request.headers.get("content-length", 0)) > BODY:
        return Refusal("oversized")
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY:
                    return Refusal("oversized")
    except (TimeoutError, ClientDisconnect):
        return Refusal("slow")
    return bytes(body)


def _judged(desk: Desk, sender: str, request: Request, body: bytes) -> tuple[str, dict[str, str]]:
    pairs: list[tuple[bytes, bytes]] = request.scope["headers"]
    times = Counter(name for name, _ in pairs)
    headers = {name: value for name, value in pairs if times[name] == 1}
    verdict = verify(sender, headers, body, desk.secrets, time())
    if not isinstance(verdict, Delivery):
        return verdict.outcome, {}
    return _taken(desk, sender, verdict)


def _taken(desk: Desk, sender: str, delivery: Delivery) -> tuple[str, dict[str, str]]:
    named = {"delivery": delivery.id}
    try:
        if not desk.deliveries.take(sender, delivery.marks, time()):
            return "replayed", named
    except sqlite3.Error as error:
        return "broken", {**named, "said": str(error)}
    if delivery.idle:
        return "idle", named
    return "accepted", {**named, "build": desk.builds.ask()}


def _answer(status: int, said: str) -> Response:
    # One request a connection: nobody can hold one open, and what follows a refused body is never read as a request.
    return JSONResponse({"status": said}, status, headers={"Connection": "close", "Cache-Control": "no-store"})
