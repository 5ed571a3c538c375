"""What is published, judged file by file: pages and fragments, pictures, feeds, the index of the cards.

Files are read one at a time, mostly once, and no further than ``LARGEST``; nothing is fetched.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from syndicate.addresses import CARDS, PREVIEW
from syndicate.checking import feeds, heads, listing, pictures
from syndicate.findings import Finding, finding, ordered

LARGEST = 64 << 20
"""Bytes of the largest file that is judged."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0"})  # noqa: S104 -- an address to look for
_FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf"})
_JSON = frozenset({".json", ".jsonfeed"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is judged: the paths, what is read of them (``None``: cannot be), and where they are served, if known.

    ``whole`` says that these are all files of a site, not only those that syndicate made; what is ``known`` ought to be
    there, and whether it is has been said already.
    """

    paths: Collection[str]
    read: Callable[[str], bytes | None]
    base: str = ""
    whole: bool = False
    known: Collection[str] = frozenset()

    def path_of(self, address: str) -> str:
        """Return the path that an address stands for; empty for one of another site."""
        if not self.base or not address.startswith(self.base):
            return ""
        return unquote(urlsplit(address[len(self.base) :]).path)

    def lacks(self, path: str) -> bool:
        """Whether a path ought to be there and is not."""
        return (
            path not in self.paths and path not in self.known and (self.whole or path.startswith(("cards/", "feeds/")))
        )


def judge(shelf: Shelf) -> tuple[Finding, ...]:
    """Say why platforms and feed readers would stumble over what is published."""
    return ordered(_Judgement(shelf).all())


class _Judgement:
    """What is remembered from file to file: the cards that were judged already, and what kind of feed is where."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.kinds: dict[str, str] = {}
        self.cards: dict[str, tuple[pictures.Seen | None, tuple[Finding, ...]]] = {}

    def all(self) -> Iterator[Finding]:
        for path in sorted(self.shelf.paths):
            ending = splitext(path)[1].lower()
            if ending in _PAGES or ending in _FEEDS or ending in _JSON or ending == ".opml":
                data = self.shelf.read(path)
                if data is None:
                    yield finding("published-unread", path, "cannot be read, or is larger than any of its kind")
                else:
                    yield from self._one(path, ending, data)
        for _, found in self.cards.values():
            yield from found

    def _one(self, path: str, ending: str, data: bytes) -> Iterator[Finding]:
        if ending in _PAGES:
            yield from self._page(path, data)
        elif path == CARDS:
            yield from self._listing(data)
        else:
            feed = feeds.judge(data, path)
            yield from feed.findings
            yield from self._addresses(path, feed.addresses)

    def _page(self, path: str, data: bytes) -> Iterator[Finding]:
        head, found = heads.judge(data, path)
        yield from found
        if head is None:
            return
        yield from self._addresses(path, head.addresses)
        for link in head.feeds:
            yield from self._linked(path, link)
        for address in head.images[:1]:
            card = self.shelf.path_of(address)
            if card in self.shelf.paths:
                seen = self._card(card)
                yield from heads.declared(head, seen, path) if seen else ()

    def _linked(self, path: str, link: heads.Feed) -> Iterator[Finding]:
        """Compare the type that a page gives a feed with the one it has."""
        there = self.shelf.path_of(link.address)
        if there and self.shelf.lacks(there):
            yield finding("reference-broken", path, f"names {there[:200]}, which is not there")
        kind = self._kind(there) if there in self.shelf.paths else ""
        if kind and link.media_type and kind != link.media_type:
            yield finding("feed-mistyped", path, f"calls {there} {link.media_type}; it is {kind}")

    def _kind(self, path: str) -> str:
        if path not in self.kinds:
            self.kinds[path] = feeds.media_type((self.shelf.read(path) or b"")[: feeds.START])
        return self.kinds[path]

    def _addresses(self, path: str, named: Collection[tuple[str, str]]) -> Iterator[Finding]:
        for what, address in named:
            yield from self._address(path, what, address)

    def _address(self, path: str, what: str, address: str) -> Iterator[Finding]:
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        shown = address[:200]
        if parts.scheme not in {"http", "https"} or not host:
            yield finding("address-relative", path, f"{what} is {shown!r}")
        elif host in _LOCAL:
            # One that was built without a base URL was told so by the build already.
            if not address.startswith(PREVIEW):
                yield finding("address-local", path, f"{what} is {shown}")
        elif parts.scheme == "http" and what == "og:image":
            yield finding("address-insecure", path, f"{what} is {shown}")
        there = self.shelf.path_of(address)
        if there and what == "og:image" and self.shelf.lacks(there):
            yield finding("reference-broken", path, f"names {there[:200]}, which is not there")

    def _card(self, path: str) -> pictures.Seen | None:
        if path not in self.cards:
            data = self.shelf.read(path)
            unread = finding("published-unread", path, "cannot be read, or is larger than any picture")
            self.cards[path] = (None, (unread,)) if data is None else pictures.judge(data, path)
        return self.cards[path][0]

    def _listing(self, data: bytes) -> Iterator[Finding]:
        cards = listing.read(data)
        if cards is None:
            yield finding("published-unread", CARDS, "is no index of cards")
            return
        for card in cards:
            if card.path in self.shelf.known and card.path not in self.shelf.paths:
                continue
            if card.path not in self.shelf.paths:
                yield finding("reference-broken", CARDS, f"names {card.path[:200]}, which is not there")
            elif (found := self.shelf.read(card.path)) is not None:
                yield from listing.compare(card, found)


def base_of(shelf: Shelf) -> str:
    """Return where files seem to be served, as ``cards.json`` or a feed at the top says; empty where none does."""
    cards = listing.read(shelf.read(CARDS) or b"") if CARDS in shelf.paths else None
    for card in cards or ():
        if card.url.endswith(card.path_in_url):
            return card.url.removesuffix(card.path_in_url)
    for path in ("rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json"):
        said = feeds.own(shelf.read(path) or b"") if path in shelf.paths else ""
        if said.endswith(f"/{path}"):
            return said.removesuffix(path)
    return ""
