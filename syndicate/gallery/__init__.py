"""Pages where people find, preview and download cards.

The front page holds the newest articles, further pages the older ones. These are numbered from the oldest on and filled
up for good, so that a new article touches the front page and the search, however long a site has been writing.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from syndicate import addresses
from syndicate.artifact import Artifact
from syndicate.gallery.exhibits import Exhibit, exhibit, label
from syndicate.gallery.page import Feed, Page, Search
from syndicate.model import Card, Site

PAGE = 20
"""Articles on a full page. The front page holds up to twice as many, less one: with seven files each, 135 kB."""
_FEEDS = (
    ("RSS", "application/rss+xml", addresses.RSS),
    ("Atom", "application/atom+xml", addresses.ATOM),
    ("JSON Feed", "application/feed+json", addresses.JSON),
)


def plan(site: Site, cards: Mapping[str, tuple[Card, ...]]) -> Iterable[Artifact]:
    """Plan the gallery: its front page, further pages where there are many articles, and what searches them all."""
    if not site.gallery:
        return
    exhibits = tuple(exhibit(article, cards.get(article.permalink, ())) for article in site.articles)
    further = max(len(exhibits) // PAGE - 1, 0)
    yield _html(site, 0, further, exhibits[: len(exhibits) - further * PAGE])
    for number in range(1, further + 1):
        end = len(exhibits) - (number - 1) * PAGE
        yield _html(site, number, further, exhibits[end - PAGE : end])
    if further:
        recipe = Search(site.language, exhibits)
        yield Artifact(addresses.GALLERY_SEARCH, "text/javascript", recipe, points=True)


def _html(site: Site, number: int, further: int, exhibits: tuple[Exhibit, ...]) -> Artifact:
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
        search=addresses.url(above, addresses.GALLERY_SEARCH) if further else "",
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
