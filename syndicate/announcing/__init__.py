"""Tell the world, after everything stands: a hub, search engines, a webhook of one's own.

Two steps, so that nothing is told too early and nothing is forgotten: ``note`` writes down, once the ledger stands,
what changed and who has to hear of it; ``deliver`` sends what waits and may be sent now. What nobody took waits for
the next build, or for ``syndicate announce``. A hub that is down is a warning, never a failure.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from syndicate.announcing import topics as matter
from syndicate.announcing.channels import Channel, channels
from syndicate.announcing.messages import Answer, Change, Post
from syndicate.announcing.outbox import Outbox, Waiting, opened
from syndicate.announcing.schedule import Line, after, hopeless
from syndicate.announcing.topics import Topics
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding
from syndicate.settings import Announce

OUTBOX = ".syndicate/outbox.db"
WHERE = "syndicate.toml"
_POSTS = 40
"""Requests to one channel in one round; what is left goes with the next."""
_ROUND = 25.0
"""Seconds after which a round begins no further request: an editor is waiting."""

Send = Callable[[Post], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a site's announcements are kept, and who is told: of the output ``output``, published at ``base_url``."""

    place: Path
    output: str
    base_url: str
    settings: Announce
    hub: str = ""

    @property
    def on(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self._wanted)

    @property
    def _wanted(self) -> tuple[bool, ...]:
        wanted = (self.settings.hub and self.hub, self.settings.indexnow_key, self.settings.webhook)
        return tuple(True for one in wanted if one)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Who can be told now."""
        return channels(self.settings, self.hub, self.base_url, self.secret)

    @property
    def secret(self) -> str:
        """The webhook's secret, from the environment variable that the settings name; never shown."""
        return os.environ.get(self.settings.webhook_secret_env, "") if self.settings.webhook_secret_env else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a publish did: the topics before it and after it, and the paths it wrote and removed."""

    before: Topics
    now: Topics
    written: Iterable[str] = ()
    removed: Iterable[str] = ()


def desk(root: Path, output: Path | str, base_url: str, settings: Announce, hub: str) -> Desk:
    """Return the desk of a site's folder."""
    name = str(output.resolve()) if isinstance(output, Path) else output
    return Desk(place=root / OUTBOX, output=name, base_url=base_url, settings=settings, hub=hub)


def begin(desk: Desk, before: Topics, now: datetime) -> tuple[Finding, ...]:
    """Write down what stands, where nothing was noted yet; call it before anything is published."""
    if not desk.on:
        return ()
    try:
        with opened(desk.place, desk.output) as outbox:
            if outbox.noted() is None:
                outbox.note(before, {}, now)
    except (sqlite3.Error, OSError) as error:
        return (_unusable(error),)
    return ()


def note(desk: Desk, news: News, now: datetime) -> tuple[Finding, ...]:
    """Write down what changed, for each channel; call it when the ledger stands, before the lock is let go."""
    if not desk.on:
        return ()
    try:
        with opened(desk.place, desk.output) as outbox:
            _note(desk, outbox, news, now)
    except (sqlite3.Error, OSError) as error:
        return (_unusable(error),)
    return ()


def deliver(desk: Desk, now: datetime, send: Send | None = None) -> tuple[Finding, ...]:
    """Send what waits to every channel that does not rest; ``send`` stands in for the network in tests."""
    if not desk.on or not desk.place.exists():
        return ()
    deadline = monotonic() + _ROUND
    remarks = _unsigned(desk)
    try:
        with opened(desk.place, desk.output) as outbox:
            for channel in desk.channels:
                remarks += _serve(outbox, channel, now, send or _caller(desk), deadline)
    except (sqlite3.Error, OSError) as error:
        remarks.append(_unusable(error))
    return tuple(remarks)


def waiting(desk: Desk) -> tuple[tuple[Channel, tuple[Waiting, ...]], ...]:
    """Return what each channel is still to be told. Raises ``SettingsError`` where the outbox cannot be read."""
    if not desk.on or not desk.place.exists():
        return ()
    try:
        with opened(desk.place, desk.output) as outbox:
            return tuple((channel, outbox.waiting(channel.name)) for channel in desk.channels)
    except (sqlite3.Error, OSError) as error:
        raise SettingsError(f"{desk.place}: {error}", "It may be deleted; then only later news is told.") from None


def foreseen(desk: Desk, changes: Iterable[Change]) -> tuple[tuple[Channel, tuple[Change, ...]], ...]:
    """Say what each channel would be told of changes, without writing anything down."""
    told = tuple(changes)
    return tuple((channel, tuple(one for one in told if channel.wants(one))) for channel in desk.channels)


def _note(desk: Desk, outbox: Outbox, news: News, now: datetime) -> None:
    # A damaged or new outbox knows nothing: then this publish tells what it changed itself, and no more.
    noted = outbox.noted()
    changed = matter.changes(noted or news.before, news.now)
    touched = matter.files(desk.base_url, news.written, news.removed)
    if changed or touched or noted is None:
        told = foreseen(desk, (*changed, *touched))
        outbox.note(news.now, {channel.name: wanted for channel, wanted in told}, now)


def _serve(outbox: Outbox, channel: Channel, now: datetime, send: Send, deadline: float) -> list[Finding]:
    dropped = outbox.drop_stale(channel.name, now)
    remarks = [_given_up(channel, dropped, "nobody took them for days")] if dropped else []
    if not (channel.ready and outbox.count(channel.name)):
        return remarks
    line = outbox.claim(channel.name, now)
    for _ in range(_POSTS if line else 0):
        batch = outbox.waiting(channel.name, channel.limit)
        if not batch or monotonic() > deadline:
            outbox.settle(channel.name, Line(), ())
            break
        answer = send(channel.compose(tuple(one.change for one in batch), now))
        line = after(line or Line(), answer, now)
        done = answer.taken or hopeless(answer)
        outbox.settle(channel.name, line, batch if done else ())
        if hopeless(answer):
            remarks.append(_given_up(channel, len(batch), answer.what))
        if not done:
            remarks.append(_waits(channel, outbox.count(channel.name), answer.what))
            break
    return remarks


def _caller(desk: Desk) -> Send:
    from syndicate.announcing.wire import Caller  # noqa: PLC0415 -- a tenth of a second that only calls need

    return Caller(allow_private=desk.settings.allow_private).post


def _unsigned(desk: Desk) -> list[Finding]:
    if not desk.settings.webhook or desk.secret:
        return []
    name = desk.settings.webhook_secret_env or "that webhook_secret_env names"
    return [finding("announcement-unsigned", WHERE, f"the environment variable {name} holds no secret")]


def _waits(channel: Channel, count: int, what: str) -> Finding:
    message = f"{channel.host} did not take what is new ({what}); {count} announcements wait"
    return finding("announcement-waits", WHERE, message)


def _given_up(channel: Channel, count: int, what: str) -> Finding:
    return finding("announcement-refused", WHERE, f"{channel.host}: {count} announcements were given up: {what}")


def _unusable(error: Exception) -> Finding:
    return finding("outbox-unusable", OUTBOX, f"{error}; nothing was announced")
