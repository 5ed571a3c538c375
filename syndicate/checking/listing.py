"""``cards.json`` against the files that it names: size, bytes, type and digest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syndicate.addresses import CARDS, url
from syndicate.artifact import digest_of
from syndicate.characters import strip_illegal
from syndicate.checking.pictures import mistyped, see
from syndicate.findings import Finding, finding


@dataclass(frozen=True, slots=True)
class Listed:
    """What the index says of one card, as it stands there."""

    path: str
    url: str
    facts: tuple[tuple[str, str], ...]

    @property
    def path_in_url(self) -> str:
        """The path as an address spells it."""
        return url("", self.path)


_FACTS = ("width", "height", "media_type", "bytes", "digest")


def read(data: bytes) -> tuple[Listed, ...] | None:
    """Return the cards that the index lists; ``None`` for what is no index."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    articles = document.get("articles") if isinstance(document, dict) else None
    if not isinstance(articles, dict):
        return None
    return tuple(_listed(card) for one in articles.values() for card in _cards(one))


def compare(card: Listed, data: bytes) -> Iterator[Finding]:
    """Compare what is said of a card with its file."""
    seen = see(data)
    if seen is None:
        yield finding("picture-mistyped", card.path, "is no picture that can be read")
        return
    yield from mistyped(seen, card.path)
    true = (str(seen.width), str(seen.height), seen.media_type, str(len(data)), digest_of(data))
    for (name, told), is_ in zip(card.facts, true, strict=True):
        if told != is_:
            yield finding("card-listed-wrong", CARDS, f"{card.path}: {name} is {told[:80]!r} here, {is_!r} in the file")


def _cards(article: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- whatever stands there
    cards = article.get("cards") if isinstance(article, dict) else None
    yield from (card for card in cards if isinstance(card, dict)) if isinstance(cards, list) else ()


def _listed(card: dict[str, Any]) -> Listed:
    facts = tuple((name, str(card.get(name, ""))) for name in _FACTS)
    return Listed(strip_illegal(str(card.get("path", ""))), str(card.get("url", "")), facts)
