"""What a person sees who opens a feed in a browser: an XHTML block and a style sheet, without XSLT and without script.

Browsers are giving up XSLT, so the feed itself carries real links in one block of the XHTML namespace, which readers
ignore, and the style sheet hides the rest. The block speaks the feed's language where it is spoken here, else English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files

from syndicate.feeds.entry import Entry, Feed, right_to_left

STYLE = files(__package__).joinpath("feed.css").read_text("utf-8")
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language of the block."""

    language: str
    kind: str
    how: str
    site: str
    address: str
    empty: str
    months: tuple[str, ...]


_ENGLISH = Words(
    language="en",
    kind="{} feed",
    how="This page is a feed. Paste its address into a feed reader, and every new article will come to you.",
    site="Go to the site",
    address="Address of this feed",
    empty="No articles yet.",
    months=tuple("January February March April May June July August September October November December".split()),
)
_FRENCH = Words(
    language="fr",
    kind="Flux {}",
    how="Cette page est un flux. Collez son adresse dans un lecteur de flux, et chaque nouvel article viendra à vous.",
    site="Aller au site",
    address="Adresse de ce flux",
    empty="Aucun article pour l’instant.",
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
)
_SPOKEN = {words.language: words for words in (_ENGLISH, _FRENCH)}


def block(feed: Feed, address: str, kind: str) -> str:
    """Write the block of a feed of a kind ("RSS", "Atom") that is served at ``address``, as an XML fragment."""
    words = _SPOKEN.get(feed.language.lower().partition("-")[0], _ENGLISH)
    lines = "".join(_lines(feed, address, kind, words))
    return f'<div xmlns="{_XHTML}" lang="{words.language}" dir="{_direction(feed.language)}">{lines}</div>'


def day(when: datetime, words: Words) -> str:
    """Write a day, as its author's clock showed it."""
    number = "1er" if when.day == 1 and words is _FRENCH else str(when.day)
    return f"{number}\u00a0{words.months[when.month - 1]} {when.year}"


def _lines(feed: Feed, address: str, kind: str, words: Words) -> Iterator[str]:
    yield f'<p class="kind">{words.kind.format(kind)}</p>'
    yield f"<h1{_language(feed.language)}>{escape(feed.title)}</h1>"
    if feed.description:
        yield f'<p class="about"{_language(feed.language)}>{escape(feed.description)}</p>'
    yield f'<div class="how" dir="ltr"><p>{words.how}</p><p class="address"><span>{words.address}</span>'
    yield f'<code>{escape(address)}</code></p><p><a href="{escape(feed.home)}">{words.site}</a></p></div>'
    if feed.entries:
        yield f"<ol>{''.join(_item(entry, words) for entry in feed.entries)}</ol>"
    else:
        yield f"<p>{words.empty}</p>"


def _item(entry: Entry, words: Words) -> str:
    when = entry.published
    title = f'<a href="{escape(entry.link)}"{_language(entry.language)}>{escape(entry.title)}</a>'
    date = f'<time datetime="{when.date().isoformat()}">{day(when, words)}</time>'
    return f'<li dir="{_direction(entry.language)}">{title} {date}{_picture(entry)}</li>'


def _picture(entry: Entry) -> str:
    """The lead image, small: what the title says already needs no words, so it is decoration here."""
    lead = entry.lead
    if lead is None:
        return ""
    size = f' width="{lead.width}" height="{lead.height}"' if lead.width and lead.height else ""
    return f' <img src="{escape(lead.url)}" alt=""{size} loading="lazy"/>'


def _language(language: str) -> str:
    return f' lang="{escape(language)}" dir="{_direction(language)}"'


def _direction(language: str) -> str:
    return "rtl" if right_to_left(language) else "ltr"
