"""Feeds of any origin as neutral entries, RSS, Atom or JSON Feed: a door to lxml that only reads.

Nothing of the file is trusted: no entity is expanded, no network asked, no document type loaded. A feed that is not
well formed is mended as readers mend it, and that is remarked on.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from syndicate.addresses import absolute
from syndicate.checking.parity import Item, OldFeed
from syndicate.findings import Finding, finding

LARGEST = 32 << 20
"""Bytes of the largest feed that is read; those in the field stay below five million."""

_ATOM = "http://www.w3.org/2005/Atom"
_ATOM03 = "http://purl.org/atom/ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_RSS1 = "http://purl.org/rss/1.0/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BURNER = "http://rssnamespace.org/feedburner/ext/1.0"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ROOTS = {
    "rss": "rss",
    f"{{{_RDF}}}RDF": "rss",
    f"{{{_ATOM}}}feed": "atom",
    f"{{{_ATOM03}}}feed": "atom",
}

_Element = Any
"""An lxml element; only this module knows that."""


def read(data: bytes, path: str, address: str = "") -> tuple[OldFeed | None, tuple[Finding, ...]]:
    """Return the feed in a file, or ``None`` for a file that is none. ``address`` is where it is served, if known."""
    if len(data) > LARGEST:
        return None, (finding("feed-unread", path, f"has {len(data):,} bytes; {LARGEST:,} are read"),)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json(data, path, address), ()
    return _xml(data, path, address) if start.startswith(b"<") else (None, ())


def _json(data: bytes, path: str, address: str) -> OldFeed | None:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "jsonfeed.org/version/" not in str(document.get("version")):
        return None
    said = _text(document.get("feed_url")) or address
    listed = document.get("items")
    items = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return OldFeed(path=path, dialect="json", address=said, items=tuple(_json_item(one, said) for one in items))


def _json_item(item: dict[str, Any], base: str) -> Item:
    url = _resolved(base, _text(item.get("url")) or _text(item.get("external_url")))
    return Item(
        id=_text(item.get("id")) or url,
        url=url,
        title=_text(item.get("title")),
        published=moment(_text(item.get("date_published"))),
        updated=moment(_text(item.get("date_modified"))),
    )


def _xml(data: bytes, path: str, address: str) -> tuple[OldFeed | None, tuple[Finding, ...]]:
    remarks: tuple[Finding, ...] = ()
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        remarks = (finding("feed-malformed", path, error.msg or "not well formed", line=error.lineno or 0),)
        root = _mended(data)
    dialect = _dialect(root)
    if not dialect:
        return None, ()
    said = _own(root if dialect == "atom" else root.find("channel")) or address
    items = _atom(root, said) if dialect == "atom" else _rss(root, said)
    return OldFeed(path=path, dialect=dialect, address=said, items=tuple(items)), remarks


def document(data: bytes) -> tuple[_Element, str, int]:
    """Return the root of an XML document, or ``None``, why it is not well formed, and at which line."""
    try:
        return etree.fromstring(data, _parser(recover=False)), "", 0
    except etree.XMLSyntaxError as error:
        return None, error.msg or "is not well formed", error.lineno or 0


def _dialect(root: _Element) -> str:
    return _ROOTS.get(str(root.tag), "") if root is not None else ""


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, remove_pis=True)


def _mended(data: bytes) -> _Element:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _atom(root: _Element, base: str) -> Iterator[Item]:
    for entry in (*root.iterfind(f"{{{_ATOM}}}entry"), *root.iterfind(f"{{{_ATOM03}}}entry")):
        url = _link(entry, base)
        yield Item(
            id=_said(entry, "id") or url,
            url=url,
            title=_said(entry, "title"),
            published=moment(_said(entry, "published", "issued")),
            updated=moment(_said(entry, "updated", "modified")),
        )


def _rss(root: _Element, base: str) -> Iterator[Item]:
    for item in (*root.iterfind("channel/item"), *root.iterfind(f"{{{_RSS1}}}item"), *root.iterfind("item")):
        yield _rss_item(item, base)


def _rss_item(item: _Element, base: str) -> Item:
    guid = _child(item, "guid")
    identity = _content(guid)
    link = _said(item, f"{{{_BURNER}}}origLink", "link", f"{{{_RSS1}}}link")
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true" and identity.startswith("http")
    url = _resolved(base, link or (identity if permanent else "") or _link(item, base))
    return Item(
        # Readers take the link where there is no guid; RDF names its items itself.
        id=identity or item.get(f"{{{_RDF}}}about") or url,
        url=url,
        title=_said(item, "title", f"{{{_RSS1}}}title"),
        published=moment(_said(item, "pubDate", f"{{{_DC}}}date", f"{{{_DCTERMS}}}issued")),
        updated=moment(_said(item, f"{{{_ATOM}}}updated", f"{{{_DCTERMS}}}modified")),
    )


def moment(text: str) -> datetime | None:
    """Return the moment a feed names, in RFC 3339 or RFC 822; one without an offset is taken for UTC."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None


def _own(feed: _Element) -> str:
    """Return where a feed says it is served."""
    for link in feed.iterfind(f"{{{_ATOM}}}link") if feed is not None else ():
        if link.get("rel") == "self":
            return str(link.get("href", "")).strip()
    return ""


def _link(entry: _Element, base: str) -> str:
    links = [*entry.iterfind(f"{{{_ATOM}}}link"), *entry.iterfind(f"{{{_ATOM03}}}link")]
    best = sorted((one for one in links if one.get("rel", "alternate") == "alternate"), key=_is_page)
    here = next((one.get(_BASE) for one in entry.iterancestors() if one.get(_BASE)), base)
    return _resolved(entry.get(_BASE) or here, best[0].get("href", "")) if best else ""


def _is_page(link: _Element) -> bool:
    return link.get("type", "text/html") not in {"text/html", "application/xhtml+xml"}


def _resolved(base: str, url: str) -> str:
    """Resolve a reference, and leave an absolute address as it is written: readers compare it so."""
    url = url.strip()
    return url if not base or not url or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) else absolute(base, url)


def _said(parent: _Element, *names: str) -> str:
    """Return the first text among the children of these names; a plain name also counts in Atom's namespaces."""
    return next((text for name in names if (text := _content(_child(parent, name)))), "")


def _child(parent: _Element, name: str) -> _Element:
    spaces = () if name.startswith("{") else (f"{{{_ATOM}}}{name}", f"{{{_ATOM03}}}{name}")
    # RSS 2.0 has no namespace of its own; an Atom element inside it is another thing.
    known = (name, *spaces) if _dialect(parent.getroottree().getroot()) == "atom" else (name,)
    return next((found for one in known if (found := parent.find(one)) is not None), None)


def _content(element: _Element) -> str:
    return "".join(element.itertext(with_tail=False)).strip() if element is not None else ""


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
