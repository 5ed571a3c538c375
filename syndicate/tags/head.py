"""The head fragment of an article: what tells platforms which card to show, and readers where the feeds are.

One ``og:image`` only: given two, some messengers show both. No canonical link: that is the page's own to say.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from syndicate import addresses
from syndicate.artifact import Json
from syndicate.characters import one_line
from syndicate.model import Article, Author, Card, Picture, Site, Translation
from syndicate.tags.locales import open_graph

OUTLET = "og"
_PLAIN = "plain-"
_ALT = 420
"""X refuses longer text alternatives (Cards markup, ``twitter:image:alt``)."""
_SITE_NAME = 256
"""Discord shows no preview at all beyond it."""
_X_TITLE, _X_DESCRIPTION = 70, 200
"""X cuts longer ones anywhere (Cards markup); what it gets is cut between words."""
_DESCRIPTION = 300
"""More than any platform shows."""
_TEMPLATE = re.compile(r"\{(?=[{%#])")
"""Fragments are pasted into templates (Liquid, Jinja, Handlebars): an article's words must not run there."""
_LIVE_IN_JSON = re.compile("[<>&\u2028\u2029]|" + _TEMPLATE.pattern)
_FEEDS = (
    ("RSS", "application/rss+xml", addresses.RSS),
    ("Atom", "application/atom+xml", addresses.ATOM),
    ("JSON Feed", "application/feed+json", addresses.JSON),
)

_Lines = Iterator[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The picture that platforms show for a link; ``width`` and ``height`` are 0 where unknown."""

    url: str
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The ingredients of a head fragment. ``pictures`` are for search engines, which ask for some without text.

    ``fallback`` is the version for those who read none of its languages; empty where nothing is translated.
    """

    title: str
    description: str
    permalink: str
    language: str
    site_name: str
    base_url: str
    published: datetime
    updated: datetime
    section: str
    tags: tuple[str, ...]
    tag_feeds: bool
    authors: tuple[Author, ...]
    translations: tuple[Translation, ...]
    fallback: str
    handle: str
    preview: Preview | None
    pictures: tuple[str, ...]


def of_article(site: Site, article: Article, cards: tuple[Card, ...]) -> Head:
    """Return the head of an article whose cards stand at ``cards``."""
    title = one_line(article.title)
    authors = article.authors or site.authors
    return Head(
        title=title,
        description=clipped(one_line(article.summary), _DESCRIPTION),
        permalink=article.permalink,
        language=article.language,
        site_name=clipped(one_line(site.title), _SITE_NAME),
        base_url=site.base_url,
        published=article.published,
        updated=article.updated,
        section=one_line(article.section),
        tags=tuple(filter(None, map(one_line, article.tags))),
        tag_feeds="tags" in site.kinds,
        authors=_named(authors),
        translations=article.translations,
        fallback=_fallback(site, article),
        handle=next((author.handle for author in authors if author.handle), site.handle),
        preview=_preview(cards, article.lead, title),
        pictures=_pictures(cards, article.lead),
    )


def fragment(head: Head) -> str:
    """Write the fragment, a tag a line."""
    return "".join(f"{line}\n" for line in _lines(head))


def feed_links(site_name: str, base_url: str) -> str:
    """Write what belongs into the head of every page of a site: where its feeds are."""
    return f"{_feeds(clipped(one_line(site_name), _SITE_NAME), base_url)}\n"


def clipped(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of a text, cut between words where there are any, with an ellipsis."""
    if len(text) <= limit:
        return text
    start = text[:limit]
    return f"{start.rpartition(' ')[0].rstrip() or start[:-1]}…"


def _lines(head: Head) -> _Lines:
    yield from _meta("name", "description", head.description)
    yield from _meta("name", "author", ", ".join(author.name for author in head.authors))
    yield from _meta("name", "fediverse:creator", head.handle)
    yield from _open_graph(head)
    yield from _shortened("twitter:title", head.title, _X_TITLE)
    yield from _shortened("twitter:description", head.description, _X_DESCRIPTION)
    yield from _picture(head.preview)
    yield from _article(head)
    yield from _languages(head)
    yield _feeds(head.site_name, head.base_url)
    yield from _tag_feeds(head)
    yield f'<script type="application/ld+json">{_linked_data(head)}</script>'


def _open_graph(head: Head) -> _Lines:
    yield from _meta("property", "og:type", "article")
    yield from _meta("property", "og:title", head.title)
    yield from _meta("property", "og:description", head.description)
    yield from _meta("property", "og:url", head.permalink)
    yield from _meta("property", "og:site_name", head.site_name)
    own = open_graph(head.language)
    yield from _meta("property", "og:locale", own)
    others = dict.fromkeys(open_graph(translation.language) for translation in head.translations)
    for locale in others:
        yield from _meta("property", "og:locale:alternate", locale if locale != own else "")


def _shortened(name: str, text: str, limit: int) -> _Lines:
    yield from _meta("name", name, clipped(text, limit) if len(text) > limit else "")


def _picture(preview: Preview | None) -> _Lines:
    yield from _meta("name", "twitter:card", "summary_large_image" if preview else "summary")
    if preview is None:
        return
    secure = preview.url if preview.url.startswith("https://") else ""
    yield from _meta("property", "og:image", preview.url)
    yield from _meta("property", "og:image:secure_url", secure)
    yield from _meta("property", "og:image:type", preview.media_type)
    yield from _meta("property", "og:image:width", str(preview.width or ""))
    yield from _meta("property", "og:image:height", str(preview.height or ""))
    yield from _meta("property", "og:image:alt", preview.alt)
    yield from _meta("name", "twitter:image:alt", preview.alt)


def _article(head: Head) -> _Lines:
    yield from _meta("property", "article:published_time", _moment(head.published))
    yield from _meta("property", "article:modified_time", _moment(head.updated))
    for author in head.authors:
        yield from _meta("property", "article:author", author.url or author.name)
    yield from _meta("property", "article:section", head.section)
    for tag in head.tags:
        yield from _meta("property", "article:tag", tag)


def _languages(head: Head) -> _Lines:
    """Name the page in every language, itself among them, as search engines ask for it."""
    if not head.translations:
        return
    versions = (Translation(language=head.language, permalink=head.permalink), *head.translations)
    for version in sorted(versions, key=lambda one: one.language):
        yield _alternate(version.language, version.permalink)
    if head.fallback:
        yield _alternate("x-default", head.fallback)


def _alternate(language: str, address: str) -> str:
    return f'<link rel="alternate" hreflang="{_escaped(language)}" href="{_escaped(address)}">'


def _fallback(site: Site, article: Article) -> str:
    """Return the version in the site's own language."""
    if article.language == site.language:
        return article.permalink if article.translations else ""
    return next((one.permalink for one in article.translations if one.language == site.language), "")


@lru_cache(maxsize=8)
def _feeds(site_name: str, base_url: str) -> str:
    """Name the site's feeds; the same for each of thousands of articles."""
    feeds = [_feed(name, media_type, addresses.url(base_url, path), site_name) for name, media_type, path in _FEEDS]
    outline = _escaped(addresses.url(base_url, addresses.OPML))
    return "\n".join([*feeds, f'<link rel="outline" type="text/x-opml" href="{outline}">'])


def _tag_feeds(head: Head) -> _Lines:
    for tag in head.tags if head.tag_feeds else ():
        path = addresses.feed_folder("tags", tag) + addresses.RSS
        name, media_type, _ = _FEEDS[0]
        yield _feed(f"{tag}, {name}", media_type, addresses.url(head.base_url, path), head.site_name)


def _feed(name: str, media_type: str, address: str, site_name: str) -> str:
    title = f"{site_name} ({name})" if site_name else name
    return f'<link rel="alternate" type="{media_type}" title="{_escaped(title)}" href="{_escaped(address)}">'


def _meta(kind: str, name: str, content: str) -> _Lines:
    if content:
        yield f'<meta {kind}="{name}" content="{_escaped(content)}">'


def _escaped(text: str) -> str:
    return _TEMPLATE.sub("&#123;", html.escape(text))


def _linked_data(head: Head) -> str:
    """Describe the article in schema.org's words."""
    described: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": head.title,
        "description": head.description,
        "image": list(head.pictures),
        "datePublished": _moment(head.published),
        "dateModified": _moment(head.updated),
        "author": [_person(author) for author in head.authors],
        "publisher": {"@type": "Organization", "name": head.site_name} if head.site_name else None,
        "mainEntityOfPage": head.permalink,
        "inLanguage": head.language,
        "articleSection": head.section,
        "keywords": list(head.tags),
    }
    kept = {key: value for key, value in described.items() if value}
    return _LIVE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(kept, ensure_ascii=False))


def _person(author: Author) -> dict[str, Json]:
    person: dict[str, Json] = {"@type": "Person", "name": author.name}
    return person | ({"url": author.url} if author.url else {})


def _named(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    cleaned = (Author(name=one_line(author.name), url=addresses.followed(author.url)) for author in authors)
    return tuple(author for author in cleaned if author.name)


def _preview(cards: tuple[Card, ...], lead: Picture | None, title: str) -> Preview | None:
    """Return the card for links; the lead image itself where the site has no cards."""
    card = next((card for card in cards if card.outlet == OUTLET), None)
    if card:
        return Preview(
            url=card.url, media_type=card.media_type, width=card.width, height=card.height, alt=clipped(card.alt, _ALT)
        )
    if lead is None:
        return None
    alt = clipped(one_line(lead.alt) or title, _ALT)
    return Preview(url=lead.url, media_type=lead.media_type, width=lead.width, height=lead.height, alt=alt)


def _pictures(cards: tuple[Card, ...], lead: Picture | None) -> tuple[str, ...]:
    """Return the crops without text that Google asks for; else the lead image itself; else the card for links."""
    plain = tuple(card.url for card in cards if card.outlet.startswith(_PLAIN))
    if plain or lead:
        return plain or ((lead.url,) if lead else ())
    return tuple(card.url for card in cards if card.outlet == OUTLET)


def _moment(when: datetime) -> str:
    # Offsets of the time before zones have seconds; ISO 8601 as platforms read it has none.
    return when.isoformat(timespec="seconds")[: len("2024-03-08T15:13:00+01:00")]
