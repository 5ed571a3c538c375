"""RSS 2.0 and Atom 1.0 through feedgen, made exact on its lxml tree: the only door to both libraries.

feedgen is the object model. What it cannot say (pictures, authors without e-mail, languages of entries, types of links)
two extensions add to its tree; what it would take from the clock, or write by switching the locale of the whole
process, it is never asked for.
"""

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from syndicate.addresses import ATOM, RSS
from syndicate.feeds import podcast
from syndicate.feeds.entry import Entry, Feed, Image
from syndicate.feeds.human import block
from syndicate.feeds.moments import rfc822, rfc3339, whole
from syndicate.model import Author, Podcast

GENERATOR = "syndicate"
RSS_TYPE, ATOM_TYPE = "application/rss+xml", "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKUP = re.compile("([&<>])")
# An article's words about templates are no template: some sites run every file they publish through their engine.
_TEMPLATE = re.compile(rb"\{(?=[{%])")

_Element = Any
"""An lxml element; feedgen's trees are untyped."""


def rss(feed: Feed, address: str, style: str, show: Podcast | None = None) -> bytes:
    """Write the RSS feed that is served at ``address``, with the style sheet at ``style`` for people."""
    made = _generator(feed, address, RSS_TYPE, _Channel(feed, address, "RSS", style, show))
    made.description(feed.description or feed.title)
    made.updated(_UNSAID)
    for entry in feed.entries:
        item = _entry(entry, episode=show is not None)
        item.guid(entry.id, permalink=entry.id == entry.permalink)
        # An item's description is HTML by custom; a summary is not.
        item.summary(html.escape(entry.summary, quote=False) or None)
        made.add_entry(item, order="append")
    return _inert(made.rss_str(pretty=True))


def atom(feed: Feed, address: str, style: str) -> bytes:
    """Write the Atom feed that is served at ``address``, with the style sheet at ``style`` for people."""
    made = _generator(feed, address, ATOM_TYPE, _Channel(feed, address, "Atom", style))
    made.id(feed.id or address)
    made.subtitle(feed.description or None)
    made.updated(whole(feed.updated))
    made.author([_person(author) for author in feed.authors])
    for entry in feed.entries:
        item = _entry(entry)
        item.id(entry.id)
        item.updated(whole(entry.updated))
        item.published(whole(entry.published))
        item.author([_person(author) for author in entry.authors])
        item.summary(entry.summary or None)
        made.add_entry(item, order="append")
    return _inert(made.atom_str(pretty=True))


class _Unsaid(datetime):
    """A moment that feedgen leaves out."""

    def __bool__(self) -> bool:
        return False


_UNSAID = _Unsaid(1970, 1, 1, tzinfo=UTC)


class _Channel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen does not say of a feed."""

    def __init__(self, feed: Feed, address: str, kind: str, style: str, show: Podcast | None = None) -> None:
        self.feed, self.address, self.kind, self.style, self.show = feed, address, kind, style, show

    def extend_ns(self) -> dict[str, str]:
        # Declared where they are used only: what a validator does not know, it warns of.
        history = {"fh": _HISTORY} if self.feed.chain.closed else {}
        tombstones = {"at": _TOMBSTONES} if self.feed.tombstones else {}
        return {"dc": _DC, "media": _MEDIA, **(podcast.SPACES if self.show else {}), **history, **tombstones}

    def extend_rss(self, root: _Element) -> _Element:
        channel = root[0]
        _remove(channel, "docs")
        _literal(channel.find("title"), channel.find("description"))
        if self.feed.entries:
            _add(channel, "lastBuildDate", rfc822(self.feed.updated))
        self._chain(channel, RSS, RSS_TYPE)
        if self.show:
            _nodes(channel, podcast.channel(self.show, self.address))
        self._show(root, channel)
        return root

    def extend_atom(self, root: _Element) -> _Element:
        self._chain(root, ATOM, ATOM_TYPE)
        self._show(root, root)
        for tombstone in self.feed.tombstones:
            said = {"ref": tombstone.id, "when": rfc3339(tombstone.when)}
            etree.SubElement(root, f"{{{_TOMBSTONES}}}deleted-entry", said)
        return root

    def _chain(self, place: _Element, name: str, media_type: str) -> None:
        """Say after the link to itself where a feed's history is, and who passes on what is new."""
        chain = self.feed.chain
        folders = {"next-archive": chain.following, "prev-archive": chain.previous, "current": chain.current}
        links = {relation: (folder + name, media_type) for relation, folder in folders.items() if folder}
        links |= {"hub": (self.feed.hub, "")} if self.feed.hub else {}
        own = next(element for element in place if element.get("rel") == "self")
        for relation, (address, kind) in links.items():
            said = {"href": address, "rel": relation} | ({"type": kind} if kind else {})
            own.addnext(etree.Element(own.tag, said))
        if chain.closed:
            etree.SubElement(place, f"{{{_HISTORY}}}archive")

    def _show(self, root: _Element, place: _Element) -> None:
        place.append(etree.fromstring(block(self.feed, self.address, self.kind)))
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{self.style}"'))


class _Item(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen does not say of an entry."""

    def __init__(self, entry: Entry, *, episode: bool) -> None:
        self.entry, self.episode = entry, episode

    def extend_rss(self, item: _Element) -> _Element:
        entry = self.entry
        _add(item, "pubDate", rfc822(entry.published))
        # One for all: of several creators many readers keep only the last.
        _add(item, f"{{{_DC}}}creator", ", ".join(author.name for author in entry.authors))
        _add(item, f"{{{_ATOM}}}updated", rfc3339(entry.updated))
        _literal(*item.iterchildren("title", "category", f"{{{_DC}}}creator"))
        if entry.enclosed:
            one = entry.enclosed
            etree.SubElement(item, "enclosure", {"url": one.url, "length": str(one.size), "type": one.media_type})
        if self.episode:
            _nodes(item, podcast.item(entry))
        return self._illustrated(item)

    def extend_atom(self, element: _Element) -> _Element:
        # feedgen keeps the address only (its issue 135).
        element.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        self._translate(element)
        for one in self.entry.enclosures:
            said = {"rel": "enclosure", "href": one.url, "type": one.media_type, "length": str(one.size)}
            etree.SubElement(element, "link", said | ({"title": one.title} if one.title else {}))
        return self._illustrated(element)

    def _translate(self, element: _Element) -> None:
        """Name the article in every language. Readers follow the first or the last alternate link: both are it."""
        entry = self.entry
        versions = [(one.language, one.permalink) for one in entry.translations]
        for language, address in [*versions, (entry.language, entry.link)] if versions else ():
            said = {"rel": "alternate", "type": "text/html", "hreflang": language, "href": address}
            etree.SubElement(element, "link", said)

    def _illustrated(self, element: _Element) -> _Element:
        element.set(_LANG, self.entry.language)
        if self.entry.lead:
            _add_picture(element, self.entry.lead)
        return element


def _generator(feed: Feed, address: str, media_type: str, channel: _Channel) -> Any:  # noqa: ANN401 -- feedgen has no types
    made = FeedGenerator()
    made.register_extension("syndicate", lambda: channel)
    made.title(feed.title)
    made.generator(GENERATOR)
    made.language(feed.language)
    made.link(href=address, rel="self", type=media_type)
    # Last, because feedgen takes the last link for the channel's, whatever its relation.
    made.link(href=feed.home, rel="alternate", type="text/html")
    return made


def _entry(entry: Entry, *, episode: bool = False) -> Any:  # noqa: ANN401 -- feedgen has no types
    made = FeedEntry()
    made.register_extension("syndicate", partial(_Item, entry, episode=episode))
    made.title(entry.title)
    made.link(href=entry.link)
    made.content(entry.content or None, type="html")
    made.category([{"term": tag} for tag in entry.tags])
    return made


def _inert(document: bytes) -> bytes:
    return _TEMPLATE.sub(b"&#x7B;", document)


def _add_picture(element: _Element, lead: Image) -> None:
    """Name the lead image by Media RSS, with the very address the body shows, so that readers see it is the same."""
    known = {"fileSize": lead.size, "width": lead.width, "height": lead.height}
    said = {"url": lead.url, "type": lead.media_type, "medium": "image"}
    said |= {name: str(value) for name, value in known.items() if value}
    picture = etree.SubElement(element, f"{{{_MEDIA}}}content", said)
    _add(picture, f"{{{_MEDIA}}}description", lead.alt, type="plain")


def _add(parent: _Element, name: str, text: str, **attributes: str) -> None:
    if text:
        child: _Element = etree.SubElement(parent, name, attributes)
        child.text = text


def _nodes(parent: _Element, nodes: Iterable[podcast.Node]) -> None:
    for node in nodes:
        child: _Element = etree.SubElement(parent, node.name, dict(node.attributes))
        child.text = node.text or None
        _nodes(child, node.children)


def _remove(parent: _Element, name: str) -> None:
    for child in parent.findall(name):
        parent.remove(child)


def _literal(*elements: _Element) -> None:
    """Write the markup characters of texts as hexadecimal references.

    The RSS profile asks for it where an element holds text: some readers take ``&lt;picture>`` for a tag.
    """
    for element in elements:
        first, *rest = _MARKUP.split(element.text or "")
        element.text = first
        for character, tail in zip(rest[::2], rest[1::2], strict=True):
            reference = etree.Entity(f"#x{ord(character):X}")
            reference.tail = tail
            element.append(reference)


def _person(author: Author) -> dict[str, str]:
    return {"name": author.name, "uri": author.url, "email": author.email}
