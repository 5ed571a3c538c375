"""What one share card is made of: words, colours, pictures and fonts, as values."""

from dataclasses import dataclass

from syndicate.artifact import Asset
from syndicate.cards.outlets import Outlet
from syndicate.cards.text.fonts import Font
from syndicate.cards.themes.reading import Theme
from syndicate.cards.words import Words


@dataclass(frozen=True, slots=True)
class Lead:
    """A picture as an ingredient, how many pixels of it are needed, and what of it must survive a crop.

    All cards of an article ask for the same number, those of the largest, so that one decoding serves them all.
    """

    asset: Asset
    width: int
    height: int
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A share card to be drawn, in one theme and for one outlet.

    ``why`` tells how the theme was chosen. ``form`` is the ending of its file ("jpg", "png"), ``seed`` turns through
    the theme's variations. ``source`` is the article's, for remarks. ``whole`` says that nothing of the picture may be
    cut: it looks like a card with a title of its own.
    """

    source: str
    words: Words
    theme: Theme
    why: str
    form: str
    outlet: Outlet
    accent: str
    ground: str
    tone: str
    seed: int
    fonts: tuple[Font, ...]
    lead: Lead | None = None
    logo: Lead | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A part of a picture to be cut out for an outlet, with nothing written on it."""

    source: str
    outlet: Outlet
    lead: Lead
