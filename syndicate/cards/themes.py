"""The built-in themes as data, and which of them an article gets.

A card with a good picture shows it all across (``photograph``). A picture that would be blown up, or whose proportions
no crop can serve, stands beside the type (``beside``). Without one, type alone makes the card (``editorial``).
"""

from dataclasses import dataclass

from syndicate.cards import outlets
from syndicate.cards.outlets import Outlet
from syndicate.model import Picture

PHOTOGRAPH, BESIDE, EDITORIAL = "photograph", "beside", "editorial"
_KEPT = 45
"""Percent of a picture that a crop must at least leave."""
_TINY = 120
"""A picture with a side shorter than this is an icon: nothing to look at on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How one text is set: sizes in pixels for a canvas 630 high, largest first."""

    sizes: tuple[int, ...]
    weight: int
    leading: float
    lines: int
    tracking: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What the texts of a card look like."""

    title: Type
    kicker: Type
    site: Type
    date: Type


_DOWN = (72, 68, 64, 60, 56, 52, 48, 45, 42, 39, 36, 33, 30, 28, 26)
_KICKER = Type(sizes=(29, 27, 25, 22), weight=600, leading=1.2, lines=1, tracking=0.01)
_SITE = Type(sizes=(30, 28, 26, 24, 22), weight=600, leading=1.2, lines=1)
_DATE = Type(sizes=(28, 26, 24, 22), weight=450, leading=1.2, lines=1)

THEMES = {
    PHOTOGRAPH: Theme(
        title=Type(sizes=(96, 90, 84, 78, *_DOWN), weight=740, leading=1.12, lines=6, tracking=-0.018),
        kicker=_KICKER,
        site=_SITE,
        date=_DATE,
    ),
    BESIDE: Theme(
        title=Type(sizes=(76, *_DOWN), weight=740, leading=1.14, lines=9, tracking=-0.016),
        kicker=_KICKER,
        site=_SITE,
        date=_DATE,
    ),
    EDITORIAL: Theme(
        title=Type(
            sizes=(128, 120, 112, 104, 96, 90, 84, 78, *_DOWN), weight=740, leading=1.1, lines=8, tracking=-0.02
        ),
        kicker=_KICKER,
        site=_SITE,
        date=_DATE,
    ),
}


def choose(wanted: str, lead: Picture | None, outlet: Outlet) -> str:
    """Return the theme for a card at an outlet. ``wanted`` is the site's word; it is kept where a picture allows it."""
    if wanted == EDITORIAL or lead is None or lead.asset is None or min(lead.width, lead.height) < _TINY:
        return EDITORIAL
    if outlets.is_card(lead):
        return BESIDE
    return PHOTOGRAPH if outlets.covers(lead, outlet) and outlets.kept(lead, outlet) >= _KEPT else BESIDE
