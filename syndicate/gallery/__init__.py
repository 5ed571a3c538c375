"""Pages where people find, preview and download cards.

The front page holds the newest articles, further pages the older ones. These are numbered from the oldest on and filled
up for good, and so are the shards that the search reads: a new article touches the front page and one shard, however
long a site has been writing. Each article has a sheet of its own, which depends on that article alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from syndicate import addresses
from syndicate.artifact import Artifact, Recipe
from syndicate.gallery.concordance import Concordance
from syndicate.gallery.exhibits import Exhibit, Record, exhibit, label, record
from syndicate.gallery.page import Feed, Page, Search
from syndicate.gallery.parts import TOOLS, parts
from syndicate.gallery.sheet import Sheet
from syndicate.model import Card, Site

PAGE = 16
"""Articles on a full page. The front page holds up to twice as many, less one: with seven files each, 140 kB."""
SHARD = 500
"""Articles in a file of the search: some 400 kB where each has seven files."""
_FEEDS = (
    ("RSS", "application/rss+xml", addresses.RSS),
    ("Atom", "application/atom+xml", addresses.ATOM),
    ("JSON Feed", "application/feed+json", addresses.JSON),
)
Tags = Mapping[str, Recipe]
"""The recipes of head fragments by where these are published: what sheets draw their previews from."""


def plan(
    site: Site, cards: Mapping[str, tuple[Card, ...]], tags: Tags | None = None, thumbs: Mapping[str, str] | None = None
) -> Iterable[Artifact]:
    """Plan the gallery: its pages, what searches them all, and a sheet for each article. ``thumbs`` are small cards."""
    if not site.gallery:
        return
    small = thumbs or {}
    exhibits = tuple(
        exhibit(article, cards.get(article.permalink, ()), small.get(article.permalink, ""))
        for article in site.articles
    )
    records = tuple(map(record, site.articles, exhibits))
    further = max(len(exhibits) // PAGE - 1, 0)
    shards = -(-len(exhibits) // SHARD)
    yield _html(site, (0, further, shards), exhibits[: len(exhibits) - further * PAGE])
    for number in range(1, further + 1):
        end = len(exhibits) - (number - 1) * PAGE
        yield _html(site, (number, further, shards), exhibits[end - PAGE : end])
    yield from _shards(site, records, shards)
    yield from _sheets(site, records, tags or {})


def kit(site: Site) -> Iterable[Artifact]:
    """Plan what the pages load: scripts and style, which must stand before any page names them."""
    return parts() if site.gallery and site.articles else ()


def _shards(site: Site, records: tuple[Record, ...], count: int) -> Iterator[Artifact]:
    for number in range(1, count + 1):
        end = len(records) - (number - 1) * SHARD
        recipe = Search(number, site.language, records[max(end - SHARD, 0) : end])
        yield Artifact(addresses.gallery_shard(number), "text/javascript", recipe, points=True)
        said = Concordance(number, tuple(article.html for article in site.articles[max(end - SHARD, 0) : end]))
        yield Artifact(addresses.gallery_words(number), "text/javascript", said, points=True)


def _sheets(site: Site, records: tuple[Record, ...], tags: Tags) -> Iterator[Artifact]:
    name, front = label(site.title), addresses.gallery_page(0, shared=site.shared)
    for article, one in zip(site.articles, records, strict=True):
        path = addresses.gallery_sheet(article.permalink)
        head = tags.get(addresses.tags_path(article.permalink))
        above = "../" * path.count("/")
        recipe = Sheet(
            site=name, language=site.language, base_url=site.base_url, above=above, front=front, record=one, tags=head
        )
        yield Artifact(path, "text/html", recipe, source=article.source, points=True)


def _html(site: Site, place: tuple[int, int, int], exhibits: tuple[Exhibit, ...]) -> Artifact:
    number, further, shards = place
    above = "../" if number or site.shared else ""
    newer, older = _neighbours(site, number, further)
    recipe = Page(
        number=number,
        site=label(site.title),
        description="" if number else label(site.description),
        language=site.language,
        above=above,
        feeds=() if number else tuple(_feeds(site.base_url, above)),
        exhibits=exhibits,
        shards=shards,
        tools=addresses.url(above, TOOLS),
        newer=addresses.url(above, newer) if newer else "",
        older=addresses.url(above, older) if older else "",
    )
    return Artifact(addresses.gallery_page(number, shared=site.shared), "text/html", recipe, points=True)


def _neighbours(site: Site, number: int, further: int) -> tuple[str, str]:
    """Return the paths of the pages before and after one; from new to old these are 0, ``further`` ... 2, 1."""
    page = partial(addresses.gallery_page, shared=site.shared)
    newer = page((number + 1) % (further + 1)) if number else ""
    older = page((number or further + 1) - 1) if further and number != 1 else ""
    return newer, older


def _feeds(base_url: str, above: str) -> Iterator[Feed]:
    for name, media_type, path in _FEEDS:
        yield Feed(name, media_type, addresses.url(above, path), addresses.url(base_url, path))
