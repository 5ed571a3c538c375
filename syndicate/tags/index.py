"""``cards.json``: every article's cards and head fragment in one file, for programs that build pages.

Templates look an article up by its permalink; people find why a card looks as it does.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from syndicate.artifact import Json
from syndicate.model import Card
from syndicate.tags.head import Head, fragment


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the index says of one article."""

    head: Head
    source: str
    cards: tuple[Card, ...]


def document(listings: Iterable[Listing]) -> bytes:
    """Write the index, an article a line, in the order given: so a difference between two of them can be read."""
    lines = (f"{_json(listing.head.permalink)}: {_json(_article(listing))}" for listing in listings)
    articles = ",\n".join(lines)
    return f'{{"generator": "syndicate", "articles": {{\n{articles}\n}}}}\n'.encode()


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _article(listing: Listing) -> dict[str, Json]:
    head = listing.head
    return {
        "title": head.title,
        "source": listing.source,
        "alt": head.preview.alt if head.preview else "",
        "cards": [_card(card) for card in listing.cards],
        "head": fragment(head),
    }


def _card(card: Card) -> dict[str, Json]:
    return {
        "path": card.path,
        "url": card.url,
        "width": card.width,
        "height": card.height,
        "media_type": card.media_type,
        "bytes": card.size,
        "digest": card.digest,
        "outlet": card.outlet,
        "alt": card.alt,
        "facts": dict(card.facts),
    }
