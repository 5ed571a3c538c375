"""Where cards are shown, and in which size: outlets as data.

``og`` is what links show everywhere (1.91:1). The others are downloads for people who post by hand. Plain ones have no
type on them: search engines ask for such pictures in three proportions, at least 1200 pixels wide (Google, "Article
structured data").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from syndicate.model import Picture

OG = "og"
PLAIN = "plain"
_BLOWN_UP = 125
"""Percent up to which a picture may be enlarged before one sees it."""
_KEPT = 50
"""Percent of a picture that a crop must at least leave to be called by its name."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A use and its canvas; ``inset`` is what an application covers at the top and at the bottom."""

    name: str
    width: int
    height: int
    inset: int = 0


TYPESET = (
    Outlet(OG, 1200, 630),
    Outlet("square", 1080, 1080),
    Outlet("portrait", 1080, 1350),
    Outlet("pin", 1000, 1500),
    Outlet("story", 1080, 1920, 250),  # names, reactions and links of Instagram, Facebook and TikTok lie there
    Outlet("wide", 1600, 900),
    Outlet("linkedin", 1200, 627),
)
CROPS = (
    Outlet("plain-16x9", 1200, 675),
    Outlet("plain-4x3", 1200, 900),
    Outlet("plain-1x1", 1200, 1200),
)


def chosen(names: Iterable[str]) -> Iterator[Outlet]:
    """Yield the outlets with type of these names, in one order whatever order they are named in."""
    wanted = frozenset(names)
    return (outlet for outlet in TYPESET if outlet.name in wanted)


def crops(names: Iterable[str], picture: Picture | None) -> Iterator[Outlet]:
    """Yield the outlets without type that a picture can fill without being blown up or losing what it shows."""
    if PLAIN in names and picture is not None and picture.asset is not None and not is_card(picture):
        yield from (outlet for outlet in CROPS if covers(picture, outlet) and kept(picture, outlet) >= _KEPT)


def covers(picture: Picture, outlet: Outlet) -> bool:
    """Whether a picture has the pixels to fill an outlet."""
    across, down = picture.width * _BLOWN_UP >= outlet.width * 100, picture.height * _BLOWN_UP >= outlet.height * 100
    return across and down


def kept(picture: Picture, outlet: Outlet) -> int:
    """Return how many percent of a picture are left when it is cropped to an outlet's proportions."""
    one, other = picture.width * outlet.height, picture.height * outlet.width
    return min(one, other) * 100 // max(one, other, 1)


def is_card(picture: Picture) -> bool:
    """Whether a picture seems to be made as a share card, with a title of its own: nothing may be written over it."""
    og = TYPESET[0]
    off = abs(picture.width * og.height - picture.height * og.width)
    return picture.media_type == "image/png" and off * 50 < picture.width * og.height
