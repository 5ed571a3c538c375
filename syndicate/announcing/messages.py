"""What is said to whom: the requests of WebSub, IndexNow and signed webhooks. Pure: what changed to posts.

WebSub: W3C Recommendation of 23 January 2018, section 7, in the form all hubs know (``hub.mode=publish``). IndexNow:
indexnow.org/documentation. Webhooks: the Standard Webhooks specification, standardwebhooks.com.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from syndicate.addresses import key_path, url

TOPICS = 100
"""Feeds named to a hub in one request."""
URLS = 10_000
"""URLs of one request: IndexNow's limit, and a body under a megabyte."""
PREFIX = "whsec_"
"""Begins a secret whose key is written in base64, as Standard Webhooks has it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A request to send."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it. ``status`` is 0 where none came back; ``final`` says that asking again would not help."""

    status: int
    what: str
    retry_after: int = 0
    final: bool = False

    @property
    def taken(self) -> bool:
        """Whether the other side has it."""
        return self.status // 100 == 2  # noqa: PLR2004 -- HTTP's class of success


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to tell: an address whose bytes changed, or that is gone; ``kind`` is feed, article or file."""

    url: str
    kind: str
    gone: bool = False


def websub(hub: str, changes: Sequence[Change]) -> Post:
    """Tell a hub which feeds changed."""
    fields = [("hub.mode", "publish"), *(("hub.url", change.url) for change in changes)]
    return Post(hub, (("Content-Type", "application/x-www-form-urlencoded"),), urlencode(fields).encode())


def indexnow(address: str, base_url: str, key: str, changes: Sequence[Change]) -> Post:
    """Tell search engines which pages changed or are gone."""
    document = {
        "host": urlsplit(base_url).netloc,
        "key": key,
        "keyLocation": url(base_url, key_path(key)),
        "urlList": [change.url for change in changes],
    }
    return Post(address, (("Content-Type", "application/json; charset=utf-8"),), _json(document))


def webhook(address: str, secret: str, changes: Sequence[Change], now: datetime) -> Post:
    """Tell a program of the site's own what was published; signed, so that it can believe it."""
    document = {
        "type": "syndicate.published",
        "data": {
            "feeds": [change.url for change in changes if change.kind == "feed"],
            "articles": [change.url for change in changes if change.kind == "article" and not change.gone],
            "deleted": [change.url for change in changes if change.kind == "article" and change.gone],
            "files": [change.url for change in changes if change.kind == "file" and not change.gone],
            "removed": [change.url for change in changes if change.kind == "file" and change.gone],
        },
    }
    body = _json(document)
    # The same news has the same id however often it is sent, so that a receiver can tell a repetition.
    name = f"msg_{hashlib.sha256(body).hexdigest()[:32]}"
    moment = str(int(now.timestamp()))
    headers = (
        ("Content-Type", "application/json"),
        ("webhook-id", name),
        ("webhook-timestamp", moment),
        ("webhook-signature", signature(secret, name, moment, body)),
    )
    return Post(address, headers, body)


def signature(secret: str, name: str, moment: str, body: bytes) -> str:
    """Sign a message as Standard Webhooks says: version 1, HMAC-SHA256 over id, timestamp and body."""
    mark = hmac.new(key_of(secret), f"{name}.{moment}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mark.digest()).decode()}"


def key_of(secret: str) -> bytes:
    """Return the key that a secret spells."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            return secret.encode()
    return secret.encode()


def belongs(base_url: str, link: str) -> bool:
    """Whether the key file published at a base URL speaks for an address (IndexNow: same host, same folder)."""
    return link.startswith(base_url)


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
