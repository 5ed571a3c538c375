"""What can be remembered without a ledger: the published JSON Feeds say which article goes by which id, and where.

Everything read here may be anybody's: what is not as we write it is passed over.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from syndicate.addresses import ATOM, CARDS, JSON, PREVIEW, archive_folder
from syndicate.feeds.archive import SEALS
from syndicate.feeds.moments import EPOCH
from syndicate.publishing.memory import Known, Memory, place

ReadOutput = Callable[[str], bytes | None]
"""Give the bytes of a published file, or ``None``."""
_HOME = re.compile(rb"<id>([^<]+/)" + re.escape(ATOM.encode()) + rb"</id>")


def recovered(read: ReadOutput) -> Memory:
    """Return what the feeds of an output tell of its articles.

    Those that only a closed document names may have been deleted long ago: they count as gone without a tombstone,
    until they are seen again.
    """
    head = _document(read(JSON))
    if head.get("home_page_url") == PREVIEW:
        return Memory()
    sources = _sources(_document(read(CARDS)))
    closed, current = [], [*_items(head)]
    for number, (data, document) in enumerate(_archives(read), 1):
        if SEALS[JSON].encode() in data:
            closed += [(name, replace(known, volume=number, gone=EPOCH)) for name, known in _items(document)]
        else:
            current += _items(document)
    articles = dict(closed)
    for name, known in current:
        articles[name] = replace(known, volume=articles[name].volume if name in articles else 0)
    named = {name: replace(known, source=sources.get(place(known.permalink), "")) for name, known in articles.items()}
    return Memory(named, None, _home(read(ATOM)))


def _archives(read: ReadOutput) -> Iterator[tuple[bytes, dict[str, Any]]]:
    for number in count(1):
        data = read(archive_folder(number) + JSON)
        if data is None:
            return
        yield data, _document(data)


def _items(document: dict[str, Any]) -> Iterator[tuple[str, Known]]:
    items = document.get("items")
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        name, url, updated = item.get("id"), item.get("url"), _moment(item.get("date_modified"))
        if isinstance(name, str) and isinstance(url, str) and updated:
            # Of an article that lives elsewhere the feed shows that address; its id is most likely its own.
            yield name, Known(name if "external_url" in item else url, "", "", "", updated)


def _sources(cards: dict[str, Any]) -> dict[str, str]:
    """Return articles' sources by their place, for closed documents may name a host that the site has left."""
    articles = cards.get("articles")
    if not isinstance(articles, dict):
        return {}
    said = {link: one.get("source") for link, one in articles.items() if isinstance(one, dict)}
    return {place(link): source for link, source in said.items() if isinstance(source, str)}


def _document(data: bytes | None) -> dict[str, Any]:
    try:
        document = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _home(atom: bytes | None) -> str:
    found = _HOME.search(atom or b"")
    return found[1].decode(errors="replace") if found else ""
