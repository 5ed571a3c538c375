"""Whether readers of an old feed will notice the move to ours: which ids, addresses, dates and titles would change.

Pure: two lists of entries in, remarks out. Readers know an article by its id alone, and a feed by its address alone, so
these two are errors; everything else changes what people see, but shows nothing as new that they have read before.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from syndicate.addresses import canonical
from syndicate.findings import Finding, finding

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SHOWN = 60
"""Characters of a title that tell which article is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry as a reader knows it. ``id`` is what it is remembered by; times are ``None`` where nothing is said."""

    id: str
    url: str
    title: str
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldFeed:
    """A feed as it stands today. ``address`` is where readers fetch it, empty where that is not known."""

    path: str
    dialect: str
    address: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What this program would publish: every article, the ids of those in the site's feed, every feed's address.

    ``redirected`` are addresses that lead to one of ours.
    """

    items: tuple[Item, ...]
    window: frozenset[str]
    addresses: frozenset[str]
    redirected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How the two compare: entries that were found again, those of them that stay as they are, and every remark."""

    entries: int
    matched: int
    same: int
    findings: tuple[Finding, ...]


Pair = tuple[Item, Item]


def compare(feeds: Sequence[OldFeed], ours: Ours) -> Parity:
    """Set the feeds of today against what would be published."""
    matches = [match(feed.items, ours.items) for feed in feeds]
    remarks: list[Finding] = []
    same = 0
    for feed, pairs in zip(feeds, matches, strict=True):
        remarks += _moved(feed, ours)
        changes = [tuple(_changes(feed.path, old, new)) for old, new in pairs]
        same += sum(not found for found in changes)
        remarks += [remark for found in changes for remark in found]
        remarks += _gone(feed, {old for old, _ in pairs})
    known = {new.id for pairs in matches for _, new in pairs}
    return Parity(
        entries=sum(len(feed.items) for feed in feeds),
        matched=sum(map(len, matches)),
        same=same,
        findings=(*remarks, *_new(feeds, ours, known)),
    )


def match(old: Iterable[Item], new: Iterable[Item]) -> tuple[Pair, ...]:
    """Find each old entry among the new ones: by id, else by address, else by title and day; each at most once."""
    left, right = list(old), list(new)
    pairs: list[Pair] = []
    for key in (_by_id, _by_address, _by_title_and_day):
        found = _paired(left, right, key)
        pairs += found
        left = [item for item in left if item not in {pair[0] for pair in found}]
        right = [item for item in right if item not in {pair[1] for pair in found}]
    return tuple(pairs)


def folded(url: str) -> str:
    """Return an address as a person compares it: scheme, host in capitals, ``www.`` and a last slash play no part."""
    parts = urlsplit(canonical(url))
    path = re.sub(r"(?:/index\.html?|/)$", "", parts.path)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{path}{query}"


def words(title: str) -> str:
    """Return a title as a person reads it: without markup, references resolved, white space folded."""
    text = html.unescape(_TAG.sub("", html.unescape(title)))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _paired(old: Iterable[Item], new: Iterable[Item], key: Callable[[Item], Hashable]) -> list[Pair]:
    waiting: dict[Hashable, list[Item]] = {}
    for item in new:
        waiting.setdefault(key(item), []).append(item)
    found = ((item, waiting.get(key(item))) for item in old if key(item) is not None)
    return [(item, candidates.pop(0)) for item, candidates in found if candidates]


def _by_id(item: Item) -> str | None:
    return item.id or None


def _by_address(item: Item) -> str | None:
    return folded(item.url) if item.url else None


def _by_title_and_day(item: Item) -> tuple[str, datetime] | None:
    when = item.published or item.updated
    # The day in one zone for both: what counts is that it is the same moment, give or take an offset lost.
    return (words(item.title).casefold(), _day(when)) if when and words(item.title) else None


def _day(when: datetime) -> datetime:
    return when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _moved(feed: OldFeed, ours: Ours) -> Iterator[Finding]:
    if not feed.address:
        message = "it does not say where it is served; if that is not one of the addresses we publish, it moves"
        yield finding("feed-address-unknown", feed.path, message)
    elif canonical(feed.address) not in ours.addresses | ours.redirected:
        message = f"readers fetch it from {feed.address}, where nothing would be published"
        yield finding("feed-moved", feed.path, message, cure=_kept(feed.address, _counterpart(feed, ours)))


def _kept(old: str, new: str) -> str:
    """Say how readers keep a feed."""
    redirect = f"edirect {old} to {new} for good (301)."
    home, _, name = new.rpartition("/")
    if not old.startswith(f"{home}/"):
        return f"R{redirect}"
    return f'Write "{old.removeprefix(f"{home}/")}" = "{name}" under [feeds.also] in syndicate.toml, or r{redirect}'


def _counterpart(feed: OldFeed, ours: Ours) -> str:
    """Return the site's own feed of the same dialect: the shortest address that ends like it."""
    ending = {"atom": "/atom.xml", "json": "/feed.json"}.get(feed.dialect, "/rss.xml")
    return min((one for one in ours.addresses if one.endswith(ending)), key=lambda one: (len(one), one))


def _changes(path: str, old: Item, new: Item) -> Iterator[Finding]:
    name = _name(old)
    if old.id != new.id:
        yield finding("entry-id-changed", path, f"{name}: the id would change from {old.id} to {new.id}")
    if old.url and canonical(old.url) != new.url:
        yield finding("entry-url-changed", path, f"{name}: the address would change from {old.url} to {new.url}")
    if words(old.title) != words(new.title) and _fold(old.title) != _fold(new.title):
        yield finding("entry-title-changed", path, f"{name}: the title would change to {new.title!r}")
    before, after = (old.published, new.published) if old.published else (old.updated, new.updated)
    if before and after and abs(before - after) >= timedelta(seconds=1):
        message = f"{name}: the date would change from {before.isoformat()} to {after.isoformat()}"
        yield finding("entry-date-changed", path, message)


def _fold(title: str) -> str:
    """A title that holds markup literally is the same one when written plainly."""
    return " ".join(title.split())


def _gone(feed: OldFeed, matched: set[Item]) -> Iterator[Finding]:
    for item in feed.items:
        if item not in matched:
            yield finding("entry-gone", feed.path, f"{_name(item)}: {item.url or item.id} is no article of the site")


def _new(feeds: Sequence[OldFeed], ours: Ours, known: set[str]) -> Iterator[Finding]:
    """Remark on what the site's feed would have and none of the old ones has."""
    moments = [item.published or item.updated for feed in feeds for item in feed.items]
    newest = max((when for when in moments if when), default=None)
    for item in ours.items:
        if item.id in ours.window and item.id not in known:
            fresh = newest is None or item.published is None or item.published > newest
            why = "it is newer than all of them" if fresh else "a reader that does not know its id shows it as new"
            yield finding("entry-new", item.url, f"{_name(item)}: is in none of the old feeds; {why}")


def _name(item: Item) -> str:
    title = words(item.title)
    return repr(title if len(title) <= _SHOWN else f"{title[:_SHOWN]}…") if title else item.id
