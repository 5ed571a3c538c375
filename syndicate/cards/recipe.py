"""What one share card is made of: its recipe. Nothing is opened before it is rendered."""

from dataclasses import dataclass

from syndicate.artifact import Asset, Read, Rendered
from syndicate.cards.text.fonts import Font
from syndicate.cards.words import Words


@dataclass(frozen=True, slots=True)
class Lead:
    """A picture as an ingredient, and what of it must survive a crop."""

    asset: Asset
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A share card: words, colours, pictures and fonts, for one theme and one size.

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

    def render(self, read: Read) -> Rendered:
        """Make the card."""
        from syndicate.cards import press  # noqa: PLC0415 -- a build with nothing to draw need not open Pillow

        return press.render(self, read)
