"""The same entries in the dialects readers speak: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

``entry`` decides what a feed says, the dialects only how it is spelled; so no reader gets more than another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.feeds import jsonfeed
from syndicate.feeds.entry import Feed, of_site
from syndicate.model import Card, Site


def plan(site: Site, _cards: Mapping[str, tuple[Card, ...]]) -> Iterable[Artifact]:
    """The site's feeds. Cards stay out of them: in a reader they would be a second picture, and one of the title."""
    yield from _dialects(of_site(site, site.articles), site.base_url)


@dataclass(frozen=True, slots=True)
class Rss:
    """The ingredients of an RSS feed served at ``address``."""

    feed: Feed
    address: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        from syndicate.feeds import xml  # noqa: PLC0415 -- feedgen costs 80 ms that a build with nothing to do need not pay

        return Rendered(xml.rss(self.feed, self.address))


@dataclass(frozen=True, slots=True)
class Atom:
    """The ingredients of an Atom feed served at ``address``."""

    feed: Feed
    address: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        from syndicate.feeds import xml  # noqa: PLC0415 -- as above

        return Rendered(xml.atom(self.feed, self.address))


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The ingredients of a JSON Feed served at ``address``."""

    feed: Feed
    address: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(jsonfeed.document(self.feed, self.address))


DIALECTS = (
    (addresses.RSS, "application/rss+xml", Rss),
    (addresses.ATOM, "application/atom+xml", Atom),
    (addresses.JSON, "application/feed+json", JsonFeed),
)


def _dialects(feed: Feed, base_url: str, folder: str = "") -> Iterator[Artifact]:
    for name, media_type, recipe in DIALECTS:
        path = folder + name
        yield Artifact(path, media_type, recipe(feed, addresses.url(base_url, path)), points=True)
