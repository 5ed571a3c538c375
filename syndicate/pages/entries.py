"""What the feeds of a built site say of its articles: when they were published, and by which id readers know them."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.parsers import expat

from syndicate.characters import one_line

_MOST = 50_000
_LONG = 2000
_PLACE = re.compile(rb"<loc>([^<]{1,2000})</loc>")
_ATOM, _DUBLIN = "http://www.w3.org/2005/Atom ", "http://purl.org/dc/elements/1.1/ "
_SAYS = {
    "link": "address",
    "guid": "id",
    f"{_ATOM}id": "id",
    "pubDate": "published",
    f"{_DUBLIN}date": "published",
    f"{_ATOM}published": "published",
    f"{_ATOM}updated": "updated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed, in the feed's own words; empty where it says nothing."""

    address: str = ""
    id: str = ""
    published: str = ""
    updated: str = ""


def entries(data: bytes) -> tuple[Entry, ...]:
    """Return the entries of a feed in RSS, Atom or JSON; none for any other document, and those before a fault."""
    if data.lstrip()[:1] == b"{":
        return tuple(_of_json(data))
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reading.begin, reading.end
    parser.CharacterDataHandler = reading.text
    parser.EntityDeclHandler = _refuse
    with suppress(expat.ExpatError, ValueError):  # what was read until then holds
        parser.Parse(data, True)  # noqa: FBT003 -- expat's signature
    return tuple(reading.found)


def places(data: bytes) -> tuple[str, ...]:
    """Return the addresses that a sitemap lists."""
    return tuple(unescape(one.decode("utf-8", "replace")).strip() for one in _PLACE.findall(data))[:_MOST]


def _refuse(*_: object) -> None:
    raise ValueError("a feed that declares entities")


class _Reading:
    """Reads a feed element by element: gone when it is read."""

    def __init__(self) -> None:
        self.found: list[Entry] = []
        self.said: dict[str, str] | None = None
        self.parts: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.parts = []
        if name in {"item", f"{_ATOM}entry"} and len(self.found) < _MOST:
            self.said = {}
        elif name == f"{_ATOM}link" and self.said is not None and attributes.get("rel", "alternate") == "alternate":
            self.said.setdefault("address", attributes.get("href", ""))

    def text(self, text: str) -> None:
        """Some text of an element."""
        if self.said is not None and len(self.parts) < _LONG:
            self.parts.append(text[:_LONG])

    def end(self, name: str) -> None:
        """An element ends."""
        if self.said is None:
            return
        if name in {"item", f"{_ATOM}entry"}:
            self.found.append(Entry(**self.said))
            self.said = None
        elif name in _SAYS:
            self.said.setdefault(_SAYS[name], one_line("".join(self.parts)[:_LONG]))
        self.parts = []


def _of_json(data: bytes) -> Iterator[Entry]:
    try:
        items = json.loads(data)["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for item in items[:_MOST] if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield Entry(
                address=_text(item.get("url")),
                id=_text(item.get("id")),
                published=_text(item.get("date_published")),
                updated=_text(item.get("date_modified")),
            )


def _text(value: Any) -> str:  # noqa: ANN401 -- JSON holds anything
    return one_line(value[:_LONG]) if isinstance(value, str) else ""
