"""A theme's TOML file as a value, with file, line and key in every complaint."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Meta

from syndicate.cards.themes import slots
from syndicate.errors import SettingsError
from syndicate.settings import address, read

SCALE = (160, 148, 138, 128, 120, 112, 104, 96, 90, 84, 78, 72, 68, 64, 60, 56, 52, 48, 45, 42, 39, 36, 33, 30, 28, 26)
SMALL = (34, 32, 30, 29, 28, 27, 26, 25, 24, 22)
"""Sizes in pixels for a canvas 630 high, for titles and for small type."""
_TITLE_SMALLEST = 36
_SIZE = Meta(ge=20, le=160)
_TEXT = Meta(max_length=slots.LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How one text is set, and from what: sizes in pixels for a canvas 630 high, leading and tracking in em."""

    text: Annotated[str, _TEXT]
    largest: Annotated[int, _SIZE]
    smallest: Annotated[int, _SIZE] = 22
    weight: Annotated[int, Meta(ge=300, le=800)] = 600
    leading: Annotated[float, Meta(ge=0.9, le=2)] = 1.2
    lines: Annotated[int, Meta(ge=1, le=12)] = 1
    tracking: Annotated[float, Meta(ge=-0.05, le=0.2)] = 0.0

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes to try, largest first."""
        scale = SCALE if self.largest >= _TITLE_SMALLEST else SMALL
        return tuple(size for size in scale if self.smallest <= size <= self.largest) or (self.largest,)


_KICKER = Type(text="{{ kicker }}", largest=29, weight=600, tracking=0.01)
_SITE = Type(text="{{ site }}", largest=30, weight=600)
_DATE = Type(text="{{ date }}", largest=28, weight=450)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a card looks like.

    ``arrangement``: a picture that fills the card, one beside the type, or type alone. ``ornament``: what decorates
    type that stands alone. ``ground``: its colour, before the site's own. ``typeface`` names a family to prefer.
    """

    description: str
    arrangement: Literal["full", "beside", "type"]
    title: Type
    kicker: Type = _KICKER
    site: Type = _SITE
    date: Type = _DATE
    ornament: Literal["none", "shapes", "band", "quotation", "calendar"] = "none"
    ground: Literal["auto", "deep", "bold", "paper"] = "auto"
    typeface: str = ""
    bar: bool = True
    path: str = ""

    @property
    def name(self) -> str:
        """Its file's name."""
        return self.path.rpartition("/")[2].removesuffix(".toml")

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The templates of its texts, by the key they stand under."""
        kinds = (("title", self.title), ("kicker", self.kicker), ("site", self.site), ("date", self.date))
        return tuple((name, kind.text) for name, kind in kinds)


@lru_cache(maxsize=32)
def parse(text: str, path: str) -> Theme:
    """Return the theme a TOML document holds. Raises ``SettingsError`` with path, line and key."""
    theme = replace(read(text, path, Theme), path=path)
    for name, template in theme.texts:
        wrong = slots.mistake(template)
        if wrong:
            where = address(text, path, (name,), "text")
            raise SettingsError(f"{where}: {name}.text: {wrong}", f"Known names: {', '.join(slots.NAMES)}.")
    return theme
