"""The neutral entry that all dialects are made from, and the feed that holds it: the ingredients of a feed, no more.

What an article has and a feed does not show (the picture's file and focus, the section) stays out, so
that a change there renders no feed. Texts pass the gate once more here: a character that XML forbids, from whatever
source, would cost every reader the whole feed.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from syndicate.addresses import ATOM, followed, url
from syndicate.artifact import Read, Text, text_of
from syndicate.characters import one_line, prose
from syndicate.feeds.kinds import Shelf
from syndicate.feeds.moments import EPOCH
from syndicate.model import Article, Author, Enclosure, Episode, Picture, Site, Tombstone, Translation
from syndicate.recent import Recent

_SHOWS = re.compile(
    r"""<(?:img|source|video)((?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)""", re.IGNORECASE
)
_SOURCE = re.compile(r"""\s(src|srcset|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_RIGHT_TO_LEFT = frozenset("ar arc azb ckb dv fa glk he iw ji khw lrc mzn nqo pnb prs ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
_SCRIPT_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The lead image as a feed names it; ``width``, ``height`` and ``size`` are 0 where unknown."""

    url: str
    alt: str
    media_type: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as readers get it. ``full`` says whether with its body or with its summary alone.

    ``link`` is where a click should lead; ``html`` is empty unless ``full``.
    """

    id: str
    permalink: str
    link: str
    title: str
    published: datetime
    updated: datetime
    language: str
    summary: str
    full: bool
    html: str | Text
    tags: tuple[str, ...]
    authors: tuple[Author, ...]
    lead: Image | None
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode | None = None
    translations: tuple[Translation, ...] = ()

    @property
    def enclosed(self) -> Enclosure | None:
        """The one file that a dialect with room for one names: what plays first, else the first of all."""
        return next((one for one in self.enclosures if one.plays), next(iter(self.enclosures), None))

    @property
    def elsewhere(self) -> bool:
        """Whether the article lives on another site."""
        return self.link != self.permalink

    @property
    def content(self) -> str:
        """The body as HTML, with the lead image in it once; nothing where the summary must do."""
        if not self.full:
            return ""
        assert isinstance(self.html, str)  # noqa: S101 -- for the type checker: who reads it has filled the feed
        text = self.html or f"<p>{html.escape(self.summary)}</p>"
        body = _img(self.lead) + text if self.lead and self.lead.url not in _shown(text) else text
        if not right_to_left(self.language):
            return body
        # Readers set entries of all languages on one page, in the direction of their own.
        return f'<div dir="rtl" lang="{html.escape(self.language)}">{body}</div>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Where a document stands in its feed's history (RFC 5005): the addresses of the folders of its neighbours.

    ``current`` is empty in the feed itself, ``previous`` leads to what is older, ``following`` to what is newer.
    ``closed`` says that the document will never change again.
    """

    current: str = ""
    previous: str = ""
    following: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What all dialects of one feed share. ``home`` is the page it belongs to.

    ``id`` is what Atom knows it by, ``hub`` who passes its changes on (WebSub); ``tombstones`` and ``deleted`` tell
    what was taken out of it, recently and last, and ``chain`` where its older entries are. ``later`` are articles whose
    entries are made when the feed is written (see ``filled``), ``full`` whether with their bodies.
    """

    title: str
    description: str
    home: str
    language: str
    authors: tuple[Author, ...]
    entries: tuple[Entry, ...]
    id: str = ""
    hub: str = ""
    tombstones: tuple[Tombstone, ...] = ()
    deleted: datetime | None = None
    chain: Chain = Chain()
    later: tuple[Article, ...] = ()
    full: bool = True

    @property
    def updated(self) -> datetime:
        """When the newest change of any entry was: never the time of the build, which is no news to anyone."""
        changes = [entry.updated for entry in self.entries] + ([self.deleted] if self.deleted else [])
        return max(changes, default=EPOCH)


Make = Callable[[Article], Entry]


def maker(site: Site) -> Make:
    """Return what makes the entries of a site's articles, each once: an article stands in the feeds of all its tags."""
    return cache(partial(of_article, full=site.full_content))


def of_site(site: Site, make: Make, some: Sequence[Article] | None = None) -> Feed:
    """Return the feed of a site's newest articles, or of some others."""
    newest = site.articles[: site.feed_limit] if some is None else some
    return replace(_empty(site, newest), entries=tuple(map(make, newest)))


def of_volume(site: Site, articles: Sequence[Article]) -> Feed:
    """Return the feed of a closed archive document: it is written once, so few builds need its entries."""
    return replace(_empty(site, articles), later=tuple(articles), full=site.full_content)


def _empty(site: Site, articles: Sequence[Article]) -> Feed:
    return Feed(
        title=(site.podcast.title if site.podcast else "") or _name(site),
        description=one_line(site.description),
        home=site.base_url,
        language=site.language,
        authors=_feed_authors(site, site.authors, articles),
        entries=(),
        id=_id(site),
        hub=site.hub,
        tombstones=site.history.tombstones,
        deleted=site.history.deleted,
    )


def of_shelf(site: Site, shelf: Shelf, make: Make) -> Feed:
    """Return the feed of the newest articles of a tag, an author, a section or a language."""
    newest = shelf.articles[: site.feed_limit]
    return Feed(
        title=f"{_name(site)} – {shelf.label}",
        description=one_line(site.description),
        home=site.base_url,
        language=shelf.language,
        authors=_feed_authors(site, shelf.authors or site.authors, newest),
        entries=tuple(map(make, newest)),
        id=_id(site, shelf.folder),
        hub=site.hub,
    )


def of_article(article: Article, *, full: bool) -> Entry:
    """Return the entry of an article, with its body or with its summary alone."""
    title = one_line(article.title) or article.permalink
    # A kept text has passed the gate.
    body = (article.html if isinstance(article.html, Text) else prose(article.html)) if full else ""
    return Entry(
        id=one_line(article.id),
        permalink=article.permalink,
        link=followed(article.link) or article.permalink,
        title=title,
        published=article.published,
        updated=article.updated,
        language=article.language,
        # An entry without any text is taken for a broken one.
        summary=prose(article.summary) or ("" if body else title),
        full=full,
        html=body,
        tags=_distinct(one_line(tag) for tag in article.tags),
        authors=_named(article.authors),
        lead=_image(article.lead) if article.lead else None,
        enclosures=article.enclosures,
        episode=article.episode,
        translations=article.translations,
    )


def filled(feed: Feed, read: Read) -> Feed:
    """Return a feed with all its bodies at hand; the dialects of a feed are written one after the other."""
    if not feed.later and all(isinstance(entry.html, str) for entry in feed.entries):
        return feed
    if made := _filled.of(feed):
        return made
    entries = (*feed.entries, *(of_article(article, full=feed.full) for article in feed.later))
    whole = tuple(replace(entry, html=text_of(entry.html, read)) for entry in entries)
    return _filled.keep(replace(feed, entries=whole, later=()), feed)


_filled: Recent[Feed] = Recent(1)


def right_to_left(language: str) -> bool:
    """Whether a BCP 47 tag names a language that is written from right to left; a script subtag decides first."""
    primary, *others = language.lower().split("-")
    script = next((part for part in others if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    return script in _RTL_SCRIPTS if script else primary in _RIGHT_TO_LEFT


def _name(site: Site) -> str:
    return one_line(site.title) or site.base_url


def _id(site: Site, folder: str = "") -> str:
    """Return a feed's id: where it was first published, even if the site has moved since."""
    return url(site.history.home or site.base_url, folder + ATOM)


def _feed_authors(site: Site, said: Sequence[Author], newest: Sequence[Article]) -> tuple[Author, ...]:
    authors = _named(said)
    # Atom demands an author of the feed unless each entry has its own; then the site itself speaks.
    if authors or (newest and all(_named(article.authors) for article in newest)):
        return authors
    return (Author(name=_name(site)),)


def _named(authors: Sequence[Author]) -> tuple[Author, ...]:
    cleaned = (Author(name=one_line(one.name), url=followed(one.url), email=one_line(one.email)) for one in authors)
    return tuple(author for author in cleaned if author.name)


def _distinct(labels: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for label in labels if label))


def _image(lead: Picture) -> Image:
    return Image(
        url=lead.url,
        alt=one_line(lead.alt),
        media_type=lead.media_type,
        width=lead.width,
        height=lead.height,
        size=lead.size,
    )


def _img(lead: Image) -> str:
    size = f' width="{lead.width}" height="{lead.height}"' if lead.width and lead.height else ""
    return f'<p><img src="{html.escape(lead.url)}" alt="{html.escape(lead.alt)}"{size}></p>\n'


def _shown(body: str) -> frozenset[str]:
    """Name the addresses of every picture the body shows, in any of its resolutions."""
    return frozenset(
        address
        for tag in _SHOWS.finditer(body)
        for name, *values in _SOURCE.findall(tag[1])
        for address in _addresses(name.lower(), html.unescape("".join(values)))
    )


def _addresses(name: str, value: str) -> Iterator[str]:
    if name != "srcset":
        yield value
        return
    for candidate in value.split(", "):
        yield candidate.strip().partition(" ")[0]
