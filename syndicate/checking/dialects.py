"""The rules of RSS 2.0 (rssboard.org/rss-specification) and of Atom 1.0 (RFC 4287), element by element."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from syndicate.checking.rules import LANGUAGE, MEDIA_TYPE, Entry, Judged, Remark, is_iri, is_web, rfc822, rfc3339

_ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_MIXED = frozenset({"text", "html", "xhtml"})
_ONCE_IN_ITEM = ("title", "link", "description", "author", "comments", "guid", "pubDate")
_ONCE_IN_ENTRY = ("title", "id", "updated", "published", "summary", "content", "rights", "source")

_Element = Any
"""An lxml element; only ``reading`` knows that."""


def rss(root: _Element) -> Judged:
    """Judge an RSS document."""
    channels = root.findall("channel")
    if root.get("version") != "2.0" or len(channels) != 1:
        return Judged((_wrong(root, "is no RSS 2.0 with one channel"),))
    channel = channels[0]
    items = channel.findall("item")
    selves = [one for one in channel.findall(f"{_ATOM}link") if one.get("rel") == "self"]
    remarks = [*_channel(channel), *_self(selves), *(remark for item in items for remark in _item(item))]
    entries = tuple(Entry(_said(one, "guid"), rfc822(_said(one, "pubDate")), one.sourceline or 0) for one in items)
    links = (_said(channel, "link"), *(_said(one, "link") for one in items))
    return Judged(tuple(remarks), entries, *_named(selves), links)


def _channel(channel: _Element) -> Iterator[Remark]:
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield _wrong(channel, f"the channel has no {name}")
    yield from _once(channel, ("title", "link", "description", "language", "pubDate", "lastBuildDate", "ttl"))
    language = _said(channel, "language")
    if language and not LANGUAGE.fullmatch(language):
        yield _wrong(channel, f"the language is {language[:40]!r}")
    for name in ("pubDate", "lastBuildDate"):
        yield from _date(channel, name)
    ttl = _said(channel, "ttl")
    if ttl and not ttl.isdigit():
        yield _wrong(channel, f"ttl is {ttl[:40]!r}, no number of minutes")


def _item(item: _Element) -> Iterator[Remark]:
    if item.find("title") is None and item.find("description") is None:
        yield _wrong(item, "an item has neither title nor description")
    yield from _once(item, _ONCE_IN_ITEM)
    yield from _date(item, "pubDate")
    yield from _guid(item)
    author = _said(item, "author")
    if author and "@" not in author:
        yield _wrong(item, f"author is {author[:80]!r}, no address of electronic mail (dc:creator takes a name)")
    enclosures = item.findall("enclosure")
    for one in enclosures:
        yield from _enclosure(one)
    if len(enclosures) > 1:
        yield _doubt(item, "an item has several enclosures: readers take one")


def _guid(item: _Element) -> Iterator[Remark]:
    guid = item.find("guid")
    if guid is None or not _text(guid):
        yield _doubt(item, "an item has no guid: readers take an edited one for new")
    elif guid.get("isPermaLink", "true") == "true" and not is_web(_text(guid)):
        yield _wrong(guid, f'the guid {_text(guid)[:200]!r} is no address, and does not say isPermaLink="false"')


def _enclosure(one: _Element) -> Iterator[Remark]:
    for name in ("url", "length", "type"):
        if not one.get(name):
            yield _wrong(one, f"an enclosure has no {name}")
    if one.get("length") and not one.get("length").isdigit():
        yield _wrong(one, f"the length of an enclosure is {one.get('length')[:40]!r}")
    if one.get("type") and not MEDIA_TYPE.fullmatch(one.get("type")):
        yield _wrong(one, f"the type of an enclosure is {one.get('type')[:40]!r}")
    if one.get("url") and not is_web(one.get("url")):
        yield _wrong(one, f"the address of an enclosure is {one.get('url')[:200]!r}")


def _date(parent: _Element, name: str) -> Iterator[Remark]:
    for one in parent.findall(name):
        if rfc822(_text(one)) is None:
            yield _wrong(one, f"{name} is {_text(one)[:80]!r}, no date of RFC 822 (Fri, 08 Mar 2024 15:13:00 +0100)")


def atom(root: _Element) -> Judged:
    """Judge an Atom document."""
    entries = root.findall(f"{_ATOM}entry")
    selves = [one for one in root.findall(f"{_ATOM}link") if one.get("rel") == "self"]
    remarks = [
        *_common(root, "the feed"),
        *_self(selves),
        *_authors(root, entries),
        *(remark for one in entries for remark in _entry(one)),
    ]
    listed = tuple(Entry(_said(one, f"{_ATOM}id"), _when(one), one.sourceline or 0) for one in entries)
    return Judged(tuple(remarks), listed, *_named(selves))


def _when(entry: _Element) -> datetime | None:
    return rfc3339(_said(entry, f"{_ATOM}published")) or rfc3339(_said(entry, f"{_ATOM}updated"))


def _common(parent: _Element, what: str) -> Iterator[Remark]:
    for name in ("id", "title", "updated"):
        if parent.find(f"{_ATOM}{name}") is None:
            yield _wrong(parent, f"{what} has no {name}")
    yield from _once(parent, _ONCE_IN_ENTRY, _ATOM)
    yield from _identity(parent, what)
    yield from _moments(parent)
    yield from _links(parent, what)
    for name in ("title", "subtitle", "summary", "rights"):
        for one in parent.findall(f"{_ATOM}{name}"):
            if one.get("type", "text") not in _MIXED:
                yield _wrong(one, f"the type of {name} is {one.get('type')[:40]!r}: not text, html or xhtml")


def _identity(parent: _Element, what: str) -> Iterator[Remark]:
    identity = _said(parent, f"{_ATOM}id")
    if parent.find(f"{_ATOM}id") is not None and not is_iri(identity):
        yield _wrong(parent, f"the id {identity[:200]!r} of {what} is no absolute IRI")


def _moments(parent: _Element) -> Iterator[Remark]:
    for name in ("updated", "published"):
        for one in parent.findall(f"{_ATOM}{name}"):
            if rfc3339(_text(one)) is None:
                yield _wrong(one, f"{name} is {_text(one)[:80]!r}, no date of RFC 3339 (2024-03-08T15:13:00+01:00)")


def _links(parent: _Element, what: str) -> Iterator[Remark]:
    links = parent.findall(f"{_ATOM}link")
    for one in links:
        if not one.get("href"):
            yield _wrong(one, f"a link of {what} has no href")
    pages = Counter(
        (one.get("type"), one.get("hreflang")) for one in links if one.get("rel", "alternate") == "alternate"
    )
    if any(times > 1 for times in pages.values()):
        yield _wrong(parent, f"{what} has two alternate links of one type and language")


def _authors(root: _Element, entries: list[_Element]) -> Iterator[Remark]:
    if root.find(f"{_ATOM}author") is None:
        nobody = (one for one in entries if one.find(f"{_ATOM}author") is None)
        yield from (_wrong(one, "an entry has no author, nor has the feed") for one in nobody)
    for one in root.iter(f"{_ATOM}author"):
        if not _said(one, f"{_ATOM}name"):
            yield _wrong(one, "an author has no name")


def _entry(entry: _Element) -> Iterator[Remark]:
    yield from _common(entry, "an entry")
    content = entry.find(f"{_ATOM}content")
    pages = [one for one in entry.findall(f"{_ATOM}link") if one.get("rel", "alternate") == "alternate"]
    if content is None and not pages:
        yield _wrong(entry, "an entry has neither content nor an alternate link")
    if content is not None:
        yield from _content(entry, content)


def _content(entry: _Element, content: _Element) -> Iterator[Remark]:
    if content.get("src") and entry.find(f"{_ATOM}summary") is None:
        yield _wrong(content, "content that is elsewhere needs a summary")
    if content.get("type") == "xhtml" and [one.tag for one in content] != [f"{_XHTML}div"]:
        yield _wrong(content, "content of type xhtml is not one div")
    if content.get("type", "text") in {"text", "html"} and len(content):
        yield _wrong(content, "content of type text or html holds elements: they have to be escaped")


def _self(selves: list[_Element]) -> Iterator[Remark]:
    if not any(one.get("href") for one in selves):
        yield Remark("feed-self-missing", "has no atom:link with rel self")


def _named(selves: list[_Element]) -> tuple[str, str]:
    """Return where a feed says it is served, and as what."""
    return (selves[0].get("href") or "", selves[0].get("type") or "") if selves else ("", "")


def _once(parent: _Element, names: tuple[str, ...], space: str = "") -> Iterator[Remark]:
    for name in names:
        if len(parent.findall(f"{space}{name}")) > 1:
            yield _wrong(parent, f"{parent.tag.rpartition('}')[2]} has more than one {name}")


def _wrong(element: _Element, message: str) -> Remark:
    return Remark("feed-invalid", message, element.sourceline or 0)


def _doubt(element: _Element, message: str) -> Remark:
    return Remark("feed-doubtful", message, element.sourceline or 0)


def _said(parent: _Element, name: str) -> str:
    found = parent.find(name)
    return _text(found) if found is not None else ""


def _text(element: _Element) -> str:
    return "".join(element.itertext(with_tail=False)).strip()
