"""What a page claims to be: an article or not, and if so which, in words that the page itself says of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from syndicate.addresses import absolute, canonical
from syndicate.pages.linked import Described, described
from syndicate.pages.reading import Page

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "dcterms.issued", "dc.date.created", "publish_date", "pubdate",
    "parsely-pub-date", "sailthru.date", "citation_publication_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
)
_PUBLISHED_MARKS = frozenset(
    {"dt-published", "datepublished", "pubdate", "published", "entry-date", "post-date", "datecreated"}
)
_UPDATED_MARKS = frozenset({"dt-updated", "datemodified", "updated"})
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dcterms.description")
_PICTURES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_KINDS = ("Article", "Posting", "Report")
_WORDS = 60
"""Bytes of text outside of links: less is no article, but what leads to one."""
_DASHES = " |-–—·•:»«›~"
_PARTED = re.compile(r"\s+[|\-–—·•:»«›~]+\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a page says of what it shows, unjudged: dates and addresses as they stand there.

    ``article`` says that it is one: it calls itself so, or shows one thing with a time; ``single`` that it is no list
    of several. ``authors`` are pairs of name and address, ``translations`` of language and address. ``preview`` is the
    picture that its tags name.
    """

    article: bool
    single: bool
    title: str
    description: str
    published: str
    updated: str
    language: str
    section: str
    tags: tuple[str, ...]
    authors: tuple[tuple[str, str], ...]
    address: str
    translations: tuple[tuple[str, str], ...]
    preview: str
    alt: str
    hidden: bool


def claim(page: Page) -> Claim | None:
    """Return what a page claims; ``None`` for one that only sends its visitors elsewhere."""
    if page.moved:
        return None
    linked = described(page.linked)
    kind = page.meta("og:type").lower()
    single = page.entries <= 1 and page.articles <= 1 and not _teases(page)
    published = _published(page, linked or Described(), single=single)
    sure = linked is not None or kind == "article" or bool(page.meta(*_PUBLISHED[:2]))
    typed = page.entries or page.articles or any(one.endswith(_KINDS) for one in page.kinds)
    looks = bool(single and typed and published) and kind not in {"website", "profile"}
    return replace(_claim(page, linked or Described(), published), article=sure or looks, single=single)


def site_name(page: Page) -> str:
    """Return what a page's own tags call its site."""
    return page.meta("og:site_name", "application-name", "apple-mobile-web-app-title")


def without_site(title: str, name: str) -> str:
    """Return a title without the name of the site, before or after it."""
    parts = _PARTED.split(title)
    if len(parts) > 1 and _same(parts[-1], name):
        return title[: title.rindex(parts[-1])].rstrip(_DASHES)
    if len(parts) > 1 and _same(parts[0], name):
        return title[len(parts[0]) :].lstrip(_DASHES)
    return title


def endings(title: str) -> tuple[str, ...]:
    """Return what may be the name of the site in a title: its first and its last part."""
    parts = _PARTED.split(title)
    return (parts[-1], parts[0]) if len(parts) > 1 else ()


def _claim(page: Page, linked: Described, published: str) -> Claim:
    headings = page.headings if len(page.headings) == 1 else ()
    titles = (page.meta("og:title", "twitter:title", "dcterms.title"), linked.title, *headings, page.title)
    return Claim(
        article=False,
        single=False,
        title=next(filter(None, titles), ""),
        description=page.meta(*_DESCRIPTIONS) or linked.description,
        published=published,
        updated=page.meta(*_UPDATED) or linked.updated or _timed(page, _UPDATED_MARKS),
        language=page.language or linked.language or page.meta("content-language", "og:locale"),
        section=page.meta("article:section") or linked.section,
        tags=page.all("article:tag") or linked.tags or page.tags or _listed(page.meta("keywords", "news_keywords")),
        authors=linked.authors or tuple((one, "") for one in _authors(page)),
        address=page.link("canonical") or page.meta("og:url") or linked.url,
        translations=tuple((one.language, one.href) for one in page.links if one.language and "alternate" in one.rel)[
            :50
        ],
        preview=page.meta(*_PICTURES) or linked.image,
        alt=page.meta("og:image:alt", "twitter:image:alt") or linked.alt,
        hidden="noindex" in page.meta("robots").lower(),
    )


def _teases(page: Page) -> bool:
    """Whether the one article of a page is another page's, which it links to: a list that happens to have one item."""
    if not (page.articles or page.entries):
        return False
    own = page.link("canonical") or page.meta("og:url")
    elsewhere = bool(page.titled and own) and absolute(own, page.titled).partition("#")[0] != canonical(own)
    return page.words < _WORDS or elsewhere


def _published(page: Page, linked: Described, *, single: bool) -> str:
    """Return when a page says that it was published; of a page that shows one thing, its first time counts."""
    said = page.meta(*_PUBLISHED) or linked.published or _timed(page, _PUBLISHED_MARKS)
    return said or (page.times[0].value if page.times and single and (page.articles or page.entries) else "")


def _timed(page: Page, marks: frozenset[str]) -> str:
    return next((one.value for one in page.times if one.marks & marks), "")


def _authors(page: Page) -> Iterable[str]:
    named = [one for one in page.all("article:author") if "://" not in one]
    return named or page.all("author") or page.all("dc.creator") or page.authors[:1]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())[:20]


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
