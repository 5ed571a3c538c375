"""Whether a feed is valid: what the W3C's validator calls errors, and what its format demands, as our own rules.

What is no feed is let be. Nothing of the file is trusted: no entity is expanded, no network asked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from syndicate.checking import jsonfeed, reading
from syndicate.checking.dialects import atom, rss
from syndicate.checking.rules import Entry, Judged, Remark
from syndicate.feeds import HEAVY
from syndicate.findings import Finding, finding

START = 4096
"""Bytes that tell what a feed is."""
_MOST = 20
"""Remarks of one code about one feed: a slip in the template that writes it is in every entry."""
_TYPES = {"rss": "application/rss+xml", "feed": "application/atom+xml", "RDF": "application/rss+xml"}
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF)[\s>]")
_VERSION = re.compile(rb'"version"\s*:\s*"https?://jsonfeed\.org/version/')
_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Feed:
    """What was remarked on a feed, and the addresses that it gives, each with what it is."""

    findings: tuple[Finding, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()


def media_type(start: bytes) -> str:
    """Return the media type of a feed by its first bytes; empty for what is none."""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "application/feed+json" if _VERSION.search(start) else ""
    found = _ROOT.search(start)
    return _TYPES[found[1].decode()] if found else ""


def own(data: bytes) -> str:
    """Return where a feed says that it is served."""
    feed, _ = reading.read(data, "")
    return feed.address if feed else ""


def judge(data: bytes, path: str) -> Feed:
    """Say what is wrong with a feed or an outline; nothing of a file that is neither."""
    if path.endswith(".opml"):
        return Feed(_found(_outline(data), path))
    if not media_type(data[:START]):
        return Feed()
    judged = _judged(data)
    remarks = (*judged.remarks, *_together(judged.entries), *_weight(data))
    links = (judged.own, *judged.links)
    return Feed(_found((*remarks, *_typed(judged, data)), path), tuple(("a link", one) for one in links if one))


def _judged(data: bytes) -> Judged:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return jsonfeed.judge(data)
    root, message, line = reading.document(data)
    if root is None:
        return Judged((Remark("feed-invalid", message, line),))
    if root.tag == f"{_ATOM}feed":
        return atom(root)
    if root.tag == "rss":
        return rss(root)
    return Judged((Remark("feed-doubtful", f"is in an old format, {str(root.tag)[:80]}: readers may stop reading it"),))


def _together(entries: tuple[Entry, ...]) -> Iterator[Remark]:
    """Look at the entries side by side."""
    for identity, times in Counter(one.id for one in entries if one.id).items():
        if times > 1:
            line = [one.line for one in entries if one.id == identity][1]
            yield Remark("feed-id-twice", f"{times} entries have the id {identity[:200]!r}", line)
    dated = [(one, one.when) for one in entries if one.when]
    for (_, newer), (one, older) in pairwise(dated):
        if _before(newer, older):
            yield Remark("feed-order", f"{one.id[:200]!r} is newer than the entry before it", one.line)
            return


def _before(one: datetime, other: datetime) -> bool:
    return one.tzinfo is not None and other.tzinfo is not None and one < other


def _weight(data: bytes) -> Iterator[Remark]:
    if len(data) > HEAVY:
        yield Remark("feed-heavy", f"has {len(data):,} bytes; validators stop at {HEAVY:,}")


def _typed(judged: Judged, data: bytes) -> Iterator[Remark]:
    told, true = judged.own_type, media_type(data[:START])
    if told and told != true:
        yield Remark("feed-mistyped", f"the self link says {told[:80]!r}; it is {true}")


def _outline(data: bytes) -> Iterator[Remark]:
    root, message, line = reading.document(data)
    if root is None:
        yield Remark("feed-invalid", message, line)
        return
    if root.tag != "opml" or root.find("body") is None:
        yield Remark("feed-invalid", "is no OPML with a body")
        return
    for one in root.iter("outline"):
        yield from _subscription(one)


def _subscription(one: Any) -> Iterator[Remark]:  # noqa: ANN401 -- an element
    if not one.get("text"):
        yield Remark("feed-invalid", "an outline has no text", one.sourceline or 0)
    if one.get("type") == "rss" and not one.get("xmlUrl"):
        yield Remark("feed-invalid", "a subscription has no xmlUrl", one.sourceline or 0)


def _found(remarks: Iterable[Remark], path: str) -> tuple[Finding, ...]:
    counts: Counter[str] = Counter()
    found: list[Finding] = []
    for one in remarks:
        counts[one.code] += 1
        if counts[one.code] <= _MOST:
            found.append(finding(one.code, path, one.message, line=one.line))
    return tuple(found)
