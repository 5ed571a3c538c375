"""What one share card is made of: words, colours, pictures and fonts, as values."""

from dataclasses import dataclass

from syndicate.artifact import Asset
from syndicate.cards.text.fonts import Font
from syndicate.cards.words import Words


@dataclass(frozen=True, slots=True)
class Lead:
    """A picture as an ingredient, and what of it must survive a crop."""

    asset: Asset
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A share card to be drawn, in one theme and one size.

    ``form`` is the ending of its file ("jpg", "png"), ``seed`` turns through the theme's variations. ``source`` is the
    article's, for remarks.
    """

    source: str
    words: Words
    theme: str
    form: str
    width: int
    height: int
    accent: str
    ground: str
    seed: int
    fonts: tuple[Font, ...]
    lead: Lead | None = None
    logo: Lead | None = None
