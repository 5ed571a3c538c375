"""How each sender signs what it sends. Pure: headers, raw bytes and secrets to a delivery, or to why it is refused.

Every comparison is of bytes, in constant time: header values may hold anything. What is signed differs: most sign the
body alone, so that a copy of it verifies for ever; those also are known by the digest of the body, since a copy can
bear any delivery id. Ghost and Standard Webhooks sign a moment, which must be near ours.

GitHub: docs.github.com, "Validating webhook deliveries". GitLab: docs.gitlab.com, "Webhooks": secret, signing tokens.
Gitea and Forgejo: their "Webhooks" pages. Ghost: ghost.org/docs/webhooks and its ``webhook-trigger`` service. Standard
Webhooks: standardwebhooks.com, the specification's "Verifying signatures".
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from syndicate.announcing.messages import key_of

TOLERANCE = 300
"""Seconds that a sender's clock and ours may differ, and a delivery may take."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a sender and we know. ``sender`` is empty where any may use it; its value is never shown."""

    value: str
    sender: str = ""

    def __repr__(self) -> str:
        return f"Secret(sender={self.sender!r})"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A genuine one. ``id`` is what the sender calls it, ``marks`` what a copy of it would be known by.

    ``idle`` says that it only tries the line: nothing is to be built for it.
    """

    id: str
    marks: tuple[str, ...]
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it was not taken, in a word for people and for counting."""

    outcome: str


Headers = Mapping[bytes, bytes]
Verdict = Delivery | Refusal
_FORGED, _LATE, _UNSIGNED = Refusal("forged"), Refusal("late"), Refusal("unsigned")


def verify(sender: str, headers: Headers, body: bytes, secrets: Sequence[Secret], now: float) -> Verdict:
    """Judge a delivery. ``headers`` have lower-case names; one that came twice counts as none."""
    keys = [secret.value for secret in secrets if secret.sender in {"", sender}]
    return SENDERS[sender](headers, body, keys, now)


def _github(headers: Headers, body: bytes, keys: Sequence[str], _: float) -> Verdict:
    given = headers.get(b"x-hub-signature-256", b"")
    if not given.startswith(b"sha256="):
        return _UNSIGNED
    idle = headers.get(b"x-github-event") == b"ping"
    return _hexadecimal(given[7:], body, keys) or _copied(headers, b"x-github-delivery", body, idle=idle)


def _gitea(headers: Headers, body: bytes, keys: Sequence[str], _: float) -> Verdict:
    return _bare(headers, body, keys, b"gitea")


def _forgejo(headers: Headers, body: bytes, keys: Sequence[str], _: float) -> Verdict:
    return _bare(headers, body, keys, b"forgejo" if b"x-forgejo-signature" in headers else b"gitea")


def _bare(headers: Headers, body: bytes, keys: Sequence[str], name: bytes) -> Verdict:
    given = headers.get(b"x-" + name + b"-signature", b"")
    if not given:
        return _UNSIGNED
    return _hexadecimal(given, body, keys) or _copied(headers, b"x-" + name + b"-delivery", body)


def _gitlab(headers: Headers, body: bytes, keys: Sequence[str], now: float) -> Verdict:
    if b"webhook-signature" in headers:
        return _standard(headers, body, keys, now)
    given = headers.get(b"x-gitlab-token", b"")
    if not given:
        return _UNSIGNED
    # Digests first: a comparison of the tokens themselves would tell how long ours is.
    known = [_same(_sha256(given), _sha256(key.encode())) for key in keys]
    name = b"idempotency-key" if b"idempotency-key" in headers else b"x-gitlab-event-uuid"
    return _copied(headers, name, body) if any(known) else _FORGED


def _ghost(headers: Headers, body: bytes, keys: Sequence[str], now: float) -> Verdict:
    given = headers.get(b"x-ghost-signature", b"")
    parts = dict(part.strip().partition(b"=")[::2] for part in given.split(b",")[:4])
    mark, moment = parts.get(b"sha256", b""), parts.get(b"t", b"")
    if not (mark and moment.isdigit()) or len(moment) > 16:  # noqa: PLR2004 -- milliseconds have thirteen digits
        return _UNSIGNED
    refused = _hexadecimal(mark, body + moment, keys)
    if refused:
        return refused
    name = f"{moment.decode()}:{hashlib.sha256(body).hexdigest()}"
    return Delivery(name[:24], (f"signed {name}",)) if _near(int(moment) / 1000, now) else _LATE


def _standard(headers: Headers, body: bytes, keys: Sequence[str], now: float) -> Verdict:
    name, moment = headers.get(b"webhook-id", b""), headers.get(b"webhook-timestamp", b"")
    given = headers.get(b"webhook-signature", b"")
    if not (name and given and moment.isdigit()) or len(moment) > 12:  # noqa: PLR2004 -- seconds have ten digits
        return _UNSIGNED
    message = b".".join((name, moment, body))
    expected = [b"v1," + base64.b64encode(_hmac(key_of(key), message)) for key in keys]
    # The sender signs with each of its secrets while it changes them, and so do we look with each of ours.
    known = [_same(one, mark) for one in given.split(b" ")[:8] for mark in expected]
    if not any(known):
        return _FORGED
    return Delivery(_word(name), (f"id {_sha256(name).hex()}",)) if _near(int(moment), now) else _LATE


SENDERS: dict[str, Callable[[Headers, bytes, Sequence[str], float], Verdict]] = {
    "github": _github,
    "gitlab": _gitlab,
    "gitea": _gitea,
    "forgejo": _forgejo,
    "ghost": _ghost,
    "standard": _standard,
}


def _hexadecimal(given: bytes, message: bytes, keys: Sequence[str]) -> Refusal | None:
    known = [_same(given.lower(), _hmac(key.encode(), message).hex().encode()) for key in keys]
    return None if any(known) else _FORGED


def _copied(headers: Headers, name: bytes, body: bytes, *, idle: bool = False) -> Delivery:
    given = headers.get(name, b"")
    marks = (f"body {hashlib.sha256(body).hexdigest()}", *([f"id {_sha256(given).hex()}"] if given else []))
    return Delivery(_word(given), marks, idle)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _same(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)


def _near(moment: float, now: float) -> bool:
    return abs(now - moment) <= TOLERANCE


def _word(data: bytes) -> str:
    return data.decode("ascii", "backslashreplace")[:64]
