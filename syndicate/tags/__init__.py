"""Head tags that tell platforms which card to show: a fragment an article, and an index of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.model import Card, Site
from syndicate.tags.head import Head, feed_links, fragment, of_article
from syndicate.tags.index import Listing, document


def plan(site: Site, cards: Mapping[str, tuple[Card, ...]]) -> Iterable[Artifact]:
    """The head fragment of each article, that of all other pages, and the index of all cards."""
    if not site.tags:
        return
    listings = []
    for article in site.articles:
        own = cards.get(article.permalink, ())
        head = of_article(site, article, own)
        path = addresses.tags_path(article.permalink)
        yield Artifact(path, "text/html", Fragment(head), source=article.source, points=True)
        listings.append(Listing(head=head, source=article.source, cards=own))
    yield Artifact(addresses.FEED_LINKS, "text/html", Links(site.title, site.base_url), points=True)
    yield Artifact(addresses.CARDS, "application/json", Index(tuple(listings)), points=True)


@dataclass(frozen=True, slots=True)
class Fragment:
    """The ingredients of ``tags/<article>.html``."""

    head: Head

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(fragment(self.head).encode())


@dataclass(frozen=True, slots=True)
class Links:
    """The ingredients of the fragment for pages that are no articles."""

    site_name: str
    base_url: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(feed_links(self.site_name, self.base_url).encode())


@dataclass(frozen=True, slots=True)
class Index:
    """The ingredients of ``cards.json``."""

    listings: tuple[Listing, ...]

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(document(self.listings))
