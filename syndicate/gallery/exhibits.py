"""What the gallery shows of an article, and no more: that is all its pages depend on."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from syndicate import addresses
from syndicate.characters import one_line
from syndicate.gallery.words import Words, day, direction, weight
from syndicate.model import Article, Card

LONGEST = 300
"""Characters of a title that are shown; a card never holds as many."""
_ALT = 2_000
"""Characters of a text alternative: the most a network takes (Bluesky, 2026)."""
_SUMMARY = 500
"""Characters of a summary: what goes into a caption."""
_MANY, _LABEL = 12, 80
"""Tags and authors shown, and characters of each."""
_SLUG, _PART = 150, 24
"""Bytes of a file's name that the slug, and any other part of it, may take; a disk allows 255."""
_PAGE_ENDINGS = re.compile(r"\.(html?|php|aspx?|md)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Download:
    """A card's file, and what it holds."""

    path: str
    outlet: str
    width: int
    height: int
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One article with its cards. Texts are bounded here and cleaned when shown, so that planning stays cheap.

    ``link`` is where readers find the article, empty where its address is none a browser should follow; ``thumb`` is
    the path of its first card in small, empty where there is none.
    """

    title: str
    language: str
    published: datetime
    permalink: str
    link: str
    alt: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    downloads: tuple[Download, ...]
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An exhibit with what only the search, the sheet and captions ask of its article."""

    exhibit: Exhibit
    summary: str
    section: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A download as it is shown: ``label`` is ``1200 × 630 · JPEG · 84 kB``, ``brief`` without the JPEG."""

    href: str
    name: str
    label: str
    width: int
    height: int
    use: str
    brief: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit put into words, as the page and the search print it. ``day`` is a date for machines."""

    title: str
    language: str
    direction: str
    day: str
    date: str
    link: str
    alt: str
    tags: tuple[str, ...]
    authors: str
    files: tuple[File, ...]
    sheet: str
    thumb: str


def exhibit(article: Article, cards: tuple[Card, ...], thumb: str = "") -> Exhibit:
    """Pick what is shown of an article. Foreign texts are cut to a bounded length here."""
    return Exhibit(
        title=article.title[: LONGEST + 1],
        language=article.language,
        published=article.published,
        permalink=article.permalink,
        link=addresses.followed(article.link or article.permalink),
        alt=cards[0].alt[: _ALT + 1] if cards else "",
        tags=tuple(tag[: _LABEL + 1] for tag in article.tags[:_MANY]),
        authors=tuple(author.name[: _LABEL + 1] for author in article.authors[:_MANY]),
        downloads=tuple(
            Download(card.path, card.outlet, card.width, card.height, card.media_type, card.size) for card in cards
        ),
        thumb=thumb if cards else "",
    )


def show(one: Exhibit, words: Words, language: str, above: str = "") -> Shown:
    """Put an exhibit into words, dates in ``language``; ``above`` leads from the page to the output (``../``)."""
    title = label(one.title, LONGEST) or one.permalink
    return Shown(
        title=title,
        language=one.language,
        direction=direction(title, one.language),
        day=one.published.date().isoformat(),
        date=day(one.published, language),
        link=one.link,
        alt=label(one.alt, _ALT),
        tags=_labels(one.tags),
        authors=", ".join(_labels(one.authors)),
        files=tuple(_file(one, download, words, above) for download in one.downloads),
        sheet=addresses.url(above, addresses.gallery_sheet(one.permalink)),
        thumb=addresses.url(above, one.thumb) if one.thumb else "",
    )


def record(article: Article, shown: Exhibit) -> Record:
    """Add to an exhibit what captions and filters ask, bounded as well."""
    return Record(shown, article.summary[: _SUMMARY + 1], article.section[: _LABEL + 1], article.updated)


def summary(one: Record) -> str:
    """Return the summary as one clean line."""
    return label(one.summary, _SUMMARY)


def hashtags(one: Exhibit) -> str:
    """Return the tags as networks link them and screen readers speak them: ``#ÉnergieRenouvelable``."""
    joined = ("".join(word[0].upper() + word[1:] for word in _words(tag)) for tag in _labels(one.tags))
    return " ".join(dict.fromkeys(f"#{tag}" for tag in joined if tag and not tag.isdigit()))


def label(text: str, length: int = LONGEST) -> str:
    """Return a foreign text as one clean line of a bounded length."""
    clean = one_line(text)
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def file_name(one: Exhibit, download: Download) -> str:
    """Return an honest name for a card: ``2024-03-08_slug_og-1200x630_fr.jpg``, safe on any disk."""
    place = addresses.article_path(one.permalink).removesuffix("/index.html")
    slug = _plain(_PAGE_ENDINGS.sub("", place.rpartition("/")[2]), _SLUG) or "article"
    size = f"{_plain(download.outlet)}-{download.width}x{download.height}"
    kind = download.media_type.rpartition("/")[2]
    ending = "jpg" if kind == "jpeg" else _plain(kind)
    return f"{one.published.date().isoformat()}_{slug}_{size}_{_plain(one.language)}.{ending}"


def _file(one: Exhibit, download: Download, words: Words, above: str) -> File:
    kind = download.media_type.rpartition("/")[2].upper()
    pixels, heavy = f"{download.width}\u00a0×\u00a0{download.height}", weight(download.size, words)
    href, use = addresses.url(above, download.path), words.use(download.outlet)
    what = f"{pixels} · {kind} · {heavy}"
    return File(href, file_name(one, download), what, download.width, download.height, use, f"{pixels} · {heavy}")


def _words(tag: str) -> list[str]:
    """Part a tag where anything stands that no hashtag may hold."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" or c == "_" else " " for c in tag).split()


def _plain(text: str, size: int = _PART) -> str:
    """Keep letters, marks, digits and ``-._~``: what names may hold everywhere and no reader misreads."""
    kept = (c if unicodedata.category(c)[0] in "LMN" or c in "-._~" else "-" for c in text)
    return re.sub("-{2,}", "-", "".join(kept)).encode()[:size].decode(errors="ignore").strip("-.")


def _labels(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean for clean in (label(text, _LABEL) for text in texts) if clean)
