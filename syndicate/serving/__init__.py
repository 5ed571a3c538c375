"""Preview server and webhook receiver: at present, what receives webhooks and has the site built for them."""

import asyncio
import signal
import socket
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from syndicate.errors import SettingsError
from syndicate.serving.builds import Builds, Work
from syndicate.serving.deliveries import DELIVERIES, Deliveries
from syndicate.serving.journal import journal
from syndicate.serving.metrics import Meters
from syndicate.serving.receiver import Desk, application
from syndicate.serving.senders import SENDERS, Secret
from syndicate.serving.server import listening, prepared

SHORTEST = 16
"""Characters of a secret: a shorter one can be guessed from one signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What to receive, where, and what to build for it."""

    site: Path
    work: Work
    secrets: Sequence[Secret]
    host: str
    port: int


def secrets_in(text: str) -> tuple[Secret, ...]:
    """Read secrets, separated by white space; ``github:...`` is one that only GitHub may use.

    Several may hold at once, so that one can be changed without losing a delivery. Raises ``SettingsError``, which
    never shows one.
    """
    found = tuple(_secret(word) for word in text.split())
    if not found:
        raise SettingsError("no webhook secret is known", "Name a file with --secret-file, or set the variable.")
    short = sum(len(secret.value) < SHORTEST for secret in found)
    if short:
        cure = f"Make one of at least {SHORTEST} characters, such as `openssl rand -hex 32` prints."
        raise SettingsError(f"{short} of {len(found)} webhook secrets are shorter than {SHORTEST} characters", cure)
    return found


def serve(hooks: Hooks) -> int:
    """Receive webhooks until told to stop; let the running build finish; return the signal that ended it."""
    door = listening(hooks.host, hooks.port)
    try:
        deliveries = Deliveries(hooks.site / DELIVERIES)
    except (sqlite3.Error, OSError) as error:
        door.close()
        raise SettingsError(f"{hooks.site / DELIVERIES}: {error}", "Let the folder be writable.") from None
    try:
        return asyncio.run(_serve(hooks, deliveries, door))
    finally:
        deliveries.close()


async def _serve(hooks: Hooks, deliveries: Deliveries, door: socket.socket) -> int:
    meters = Meters()
    builds = Builds(hooks.work, journal, meters)
    desk = Desk(hooks.secrets, deliveries, builds, journal, meters)
    serving = prepared(application(desk), journal)
    building = asyncio.create_task(builds.run())
    host, port = door.getsockname()[:2]
    journal("listening", host=host, port=port, senders=sorted(desk.senders))
    builds.ask()  # whatever was sent while nobody listened
    await serving.serve(sockets=[door])
    journal("stopping", signal=signal.Signals(serving.told).name if serving.told else "", running=builds.running)
    builds.close()
    await building
    journal("stopped")
    return serving.told


def _secret(word: str) -> Secret:
    sender, colon, value = word.partition(":")
    return Secret(value, sender) if colon and sender in SENDERS else Secret(word)
