"""What makes a feed a podcast: the elements of Apple's namespace and of Podcasting 2.0, as neutral nodes.

RSS alone has them. An item gets its own only if it encloses something that podcast directories play.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from syndicate.feeds.entry import Entry
from syndicate.model import Podcast

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
SPACES = {"itunes": _ITUNES, "podcast": _PODCAST}
_GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, by its specification."""
_PLAYED = frozenset({"m4a", "mp3", "mov", "mp4", "m4v"})
"""Endings that Apple's directory plays (podcasters.apple.com, "RSS feed requirements")."""


@dataclass(frozen=True, slots=True)
class Node:
    """An XML element, as a value: its name with its namespace as lxml writes it."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node", ...] = ()


def channel(said: Podcast, address: str) -> Iterator[Node]:
    """Yield what the channel says; ``address`` is where the feed is served."""
    if said.author:
        yield _itunes("author", said.author)
    if said.email:
        owner = (_itunes("name", said.author),) if said.author else ()
        yield Node(f"{{{_ITUNES}}}owner", children=(*owner, _itunes("email", said.email)))
    if said.image:
        yield Node(f"{{{_ITUNES}}}image", attributes=(("href", said.image),))
    if said.category:
        yield _category(*(part.strip() for part in said.category.split(">", 1)))
    yield _itunes("explicit", _truth(said.explicit))
    yield Node(f"{{{_PODCAST}}}guid", said.guid or guid(address))
    owner_of = (("owner", said.email),) if said.email else ()
    yield Node(f"{{{_PODCAST}}}locked", "yes" if said.locked else "no", owner_of)


def item(entry: Entry) -> Iterator[Node]:
    """Yield what an entry says as an episode; nothing for one that encloses nothing a directory plays."""
    enclosed = entry.enclosed
    if enclosed is None or not enclosed.plays or enclosed.url.rpartition(".")[2].lower() not in _PLAYED:
        return
    if enclosed.duration:
        yield _itunes("duration", str(enclosed.duration))
    episode = entry.episode
    if episode:
        yield from (_itunes("season", str(episode.season)),) if episode.season else ()
        yield from (_itunes("episode", str(episode.number)),) if episode.number else ()
        yield from (_itunes("explicit", _truth(episode.explicit)),) if episode.explicit is not None else ()


def guid(address: str) -> str:
    """Return the identity that an address gives: a UUID of it without scheme and last slashes."""
    return str(uuid5(_GUIDS, address.partition("://")[2].rstrip("/")))


def _category(name: str, below: str = "") -> Node:
    children = (_category(below),) if below else ()
    return Node(f"{{{_ITUNES}}}category", attributes=(("text", name),), children=children)


def _itunes(name: str, text: str) -> Node:
    return Node(f"{{{_ITUNES}}}{name}", text)


def _truth(value: bool) -> str:  # noqa: FBT001 -- what is written is the value itself
    return "true" if value else "false"
