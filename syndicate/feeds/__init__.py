"""The same entries in the dialects readers speak: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

``entry`` decides what a feed says, the dialects only how it is spelled; so no reader gets more than another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.feeds import archive, human, jsonfeed, moved, opml, packed, serving
from syndicate.feeds.entry import Feed, filled, maker, of_shelf
from syndicate.feeds.kinds import Shelf, shelves
from syndicate.findings import finding
from syndicate.model import Podcast, Site

HEAVY = 5_000_000
"""Bytes at which the W3C validator stops reading; some readers stop sooner."""


def plan(site: Site) -> Iterable[Artifact]:
    """The feeds of the site, with its archives, and of its tags, authors, sections and languages; the list of them all.

    Cards stay out of them: in a reader they would be a second picture, and one of the title.
    """
    for made in _plan(site):
        yield made
        yield from packed.siblings(made, site.packed)
        yield from _copies(made, site)
    yield from serving.plan(site.base_url, site.servers, site.packed, site.hub)
    yield from moved.plan(site.servers, site.moved)


def _plan(site: Site) -> Iterator[Artifact]:
    yield Artifact(addresses.FEED_STYLE, "text/css", Style(human.STYLE), points=True)
    make = maker(site)
    (_, whole), *archives = archive.documents(site, make)
    yield from _dialects(whole, site.base_url, podcast=site.podcast)
    for folder, document in archives:
        yield from _dialects(document, site.base_url, folder, site.podcast)
    outlines = [_outline(whole, site.base_url)]
    for shelf in shelves(site):
        feed = of_shelf(site, shelf, make)
        yield from _dialects(feed, site.base_url, shelf.folder)
        outlines.append(_outline(feed, site.base_url, shelf))
    yield Artifact(addresses.OPML, "text/x-opml", Opml(whole.title, site.language, tuple(outlines)), points=True)


@dataclass(frozen=True, slots=True)
class Rss:
    """The ingredients of an RSS feed served at ``address``; ``style`` leads from there to the style sheet."""

    feed: Feed
    address: str
    style: str
    podcast: Podcast | None = None

    def render(self, read: Read, /) -> Rendered:
        """Write it."""
        from syndicate.feeds import xml  # noqa: PLC0415 -- feedgen costs 80 ms that a build with nothing to do need not pay

        return _weighed(xml.rss(filled(self.feed, read), self.address, self.style, self.podcast), self.address)


@dataclass(frozen=True, slots=True)
class Atom:
    """The ingredients of an Atom feed served at ``address``; ``style`` leads from there to the style sheet."""

    feed: Feed
    address: str
    style: str

    def render(self, read: Read, /) -> Rendered:
        """Write it."""
        from syndicate.feeds import xml  # noqa: PLC0415 -- as above

        return _weighed(xml.atom(filled(self.feed, read), self.address, self.style), self.address)


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The ingredients of a JSON Feed served at ``address``."""

    feed: Feed
    address: str

    def render(self, read: Read, /) -> Rendered:
        """Write it."""
        return _weighed(jsonfeed.document(filled(self.feed, read), self.address), self.address)


@dataclass(frozen=True, slots=True)
class Style:
    """The ingredients of the style sheet: itself."""

    css: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(self.css.encode())


@dataclass(frozen=True, slots=True)
class Opml:
    """The ingredients of the list of feeds."""

    title: str
    language: str
    outlines: tuple[opml.Outline, ...]

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(opml.document(self.title, self.language, self.outlines))


def _copies(made: Artifact, site: Site) -> Iterator[Artifact]:
    """Yield a feed once more for each path at which it stands, too; there it names that address as its own."""
    for old, new in site.also:
        if new != made.path or made.seal:
            continue
        address = addresses.url(site.base_url, old)
        match made.recipe:
            case Rss() | Atom() as recipe:
                style = "../" * old.count("/") + addresses.FEED_STYLE
                yield replace(made, path=old, recipe=replace(recipe, address=address, style=style))
            case JsonFeed() as recipe:
                yield replace(made, path=old, recipe=replace(recipe, address=address))
            case _:  # no feed
                pass


def _weighed(data: bytes, address: str) -> Rendered:
    if len(data) <= HEAVY:
        return Rendered(data)
    message = f"the feed has {len(data) / 1e6:.1f} MB; beyond {HEAVY / 1e6:.0f} MB validators and readers give up"
    return Rendered(data, findings=(finding("feed-heavy", address, message),))


def _outline(feed: Feed, base_url: str, shelf: Shelf | None = None) -> opml.Outline:
    return opml.Outline(
        kind=shelf.kind if shelf else "",
        title=feed.title,
        address=addresses.url(base_url, (shelf.folder if shelf else "") + addresses.RSS),
        home=feed.home,
        language=feed.language,
    )


def _dialects(feed: Feed, base_url: str, folder: str = "", podcast: Podcast | None = None) -> Iterator[Artifact]:
    def address(name: str) -> str:
        return addresses.url(base_url, folder + name)

    style = "../" * folder.count("/") + addresses.FEED_STYLE
    rss = Rss(feed, address(addresses.RSS), style, podcast)
    atom = Atom(feed, address(addresses.ATOM), style)
    # What is built for nowhere yet may still change.
    sealed = feed.chain.closed and base_url != addresses.PREVIEW
    seals = archive.SEALS if sealed else dict.fromkeys(archive.SEALS, "")
    yield Artifact(folder + addresses.RSS, "application/rss+xml", rss, points=True, seal=seals[addresses.RSS])
    yield Artifact(folder + addresses.ATOM, "application/atom+xml", atom, points=True, seal=seals[addresses.ATOM])
    json = JsonFeed(feed, address(addresses.JSON))
    yield Artifact(folder + addresses.JSON, "application/feed+json", json, points=True, seal=seals[addresses.JSON])
