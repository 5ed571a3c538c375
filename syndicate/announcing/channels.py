"""Who is told: the channels that a site's settings open, each with what it wants to hear and how it is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from syndicate.announcing import messages
from syndicate.announcing.messages import Change, Post
from syndicate.settings import Announce

WEBSUB, INDEXNOW, WEBHOOK = "websub", "indexnow", "webhook"


@dataclass(frozen=True, slots=True)
class Channel:
    """One that is told. ``compose`` makes the request of at most ``limit`` changes; ``host`` is its name to people.

    One that is not ``ready`` lacks its secret here and now; its news waits.
    """

    name: str
    host: str
    wants: Callable[[Change], bool]
    limit: int
    compose: Callable[[Sequence[Change], datetime], Post]
    ready: bool = True


def channels(settings: Announce, hub: str, base_url: str, secret: str) -> tuple[Channel, ...]:
    """Return the channels that are on. ``secret`` signs what is sent to the webhook."""
    found = []
    if settings.hub and hub:
        found.append(_websub(hub))
    if settings.indexnow_key:
        found.append(_indexnow(settings.indexnow, base_url, settings.indexnow_key))
    if settings.webhook:
        found.append(_webhook(settings.webhook, secret))
    return tuple(found)


def _websub(hub: str) -> Channel:
    def compose(changes: Sequence[Change], _: datetime) -> Post:
        return messages.websub(hub, changes)

    return Channel(WEBSUB, _host(hub), lambda change: change.kind == "feed", messages.TOPICS, compose)


def _indexnow(address: str, base_url: str, key: str) -> Channel:
    def compose(changes: Sequence[Change], _: datetime) -> Post:
        return messages.indexnow(address, base_url, key, changes)

    def wants(change: Change) -> bool:
        return change.kind == "article" and messages.belongs(base_url, change.url)

    return Channel(INDEXNOW, _host(address), wants, messages.URLS, compose)


def _webhook(address: str, secret: str) -> Channel:
    def compose(changes: Sequence[Change], now: datetime) -> Post:
        return messages.webhook(address, secret, changes, now)

    return Channel(WEBHOOK, _host(address), lambda _: True, messages.URLS, compose, ready=bool(secret))


def _host(address: str) -> str:
    """Return what may be shown of an address: paths of webhooks are often secrets."""
    return urlsplit(address).hostname or ""
