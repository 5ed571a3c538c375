"""Which typeface draws which character: the choice is made once, here, for planning and for setting alike.

The first typeface that has all of a grapheme cluster draws it. A cluster of neutral characters (a number, a closing
parenthesis) stays with the typeface of the letters before it, at the start of a text with that of the first letters, so
that it matches what it belongs to. Emoji go to the typeface of colour glyphs. Chinese, Japanese and Korean share
characters but not shapes: the language decides which comes first.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from syndicate.artifact import Asset, Read
from syndicate.cards.text import emoji, icu
from syndicate.cards.text.typography import prepare
from syndicate.model import Typeface
from syndicate.recent import Recent

if TYPE_CHECKING:
    from syndicate.cards.text.shape import Face

_IGNORABLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs that are format characters by category, and yet are seen (Prepended_Concatenation_Mark)."""
_REGIONS = {"ja": ("JP",), "ko": ("KR",), "zh": ("SC", "CN"), "zh-hant": ("TC", "TW", "HK"), "ur": ("Urdu",)}
_PREFERRED = frozenset(word for words in _REGIONS.values() for word in words)


_SHIPPED = "syndicate:"
_SPACE = 0x20
_ADDED, _LONG = "-…", 60
"""What setting may add, to texts longer than that."""


@dataclass(frozen=True, slots=True)
class Font:
    """A typeface as an ingredient: what a recipe carries of it; its characters are read from its bytes when used."""

    asset: Asset
    name: str
    colour: bool = False
    variable: bool = False


class Drawer(Protocol):
    """Something that has glyphs for some characters: a ``Typeface`` when planning, an opened ``Face`` when setting."""

    @property
    def covers(self) -> frozenset[int]:
        """The characters it has glyphs for."""
        ...

    @property
    def colour(self) -> bool:
        """Whether its glyphs bring their own colours."""
        ...


def needed(texts: Iterable[str], language: str, typefaces: tuple[Typeface, ...], first: str = "") -> tuple[Font, ...]:
    """Return the fonts these texts need, in order of preference; of equals, those of the family ``first``."""
    ranked = preferred(typefaces, language, first)
    used: set[int] = set()
    for text in texts:
        said = prepare(text, language) + _ADDED * (len(text) > _LONG)
        used.update(index for index in _chosen(said, language, ranked) if index is not None)
    if not used and ranked:
        used.add(0)
    return tuple(_font(ranked[index]) for index in sorted(used))


def missing(text: str, typefaces: Sequence[Typeface]) -> tuple[str, ...]:
    """Name the characters that no typeface has, once each, as ``U+1234``."""
    codes = set(map(ord, unicodedata.normalize("NFC", text)))
    for one in typefaces:
        codes = codes - one.covers
        if not codes:
            return ()
    return tuple(f"U+{code:04X}" for code in sorted(codes) if not invisible(chr(code)))


def choose(cluster: str, drawers: Sequence[Drawer], before: int | None) -> int | None:
    """Return the index of the one that draws a grapheme cluster; ``None`` where none has its first character.

    ``before`` is the one that draws the letters it goes with.
    """
    codes = [ord(character) for character in cluster if not invisible(character)]
    if not codes:
        return _blank(cluster, drawers, before)
    colour = emoji.is_emoji(cluster)
    stays = before is not None and not colour and not drawers[before].colour and _neutral(cluster)
    if before is not None and stays and drawers[before].covers.issuperset(codes):
        return before
    order = sorted(range(len(drawers)), key=lambda index: drawers[index].colour != colour)
    for wanted in (codes, codes[:1]):
        for index in order:
            if drawers[index].covers.issuperset(wanted):
                return index
    return None


def assigned(clusters: Sequence[str], drawers: Sequence[Drawer]) -> list[int | None]:
    """Return for each grapheme cluster of a text which one draws it; ``None`` where none can."""
    before = _first(clusters, drawers)
    chosen: list[int | None] = []
    for cluster in clusters:
        found = choose(cluster, drawers, before)
        before = before if found is None or drawers[found].colour else found
        chosen.append(found)
    return chosen


def preferred(typefaces: tuple[Typeface, ...], language: str, first: str = "") -> tuple[Typeface, ...]:
    """Order typefaces for a language: among those made for one region or language, its own comes first.

    Of equals, those of the family ``first`` do.
    """
    asked = language, first
    ranked = _ranked.of(typefaces, asked)
    if ranked is None:
        named = sorted(typefaces, key=lambda one: one.name != first) if first else typefaces
        ranked = _ranked.keep(_by_language(named, language), typefaces, asked)
    return ranked


_ranked: Recent[tuple[Typeface, ...]] = Recent(32)
"""A site's articles share its typefaces, and most of them a language and a theme."""


def _by_language(typefaces: Sequence[Typeface], language: str) -> tuple[Typeface, ...]:
    tag = language.lower()
    base = tag.partition("-")[0]
    traditional = base == "zh" and any(part in {"hant", "tw", "hk", "mo"} for part in tag.split("-")[1:])
    own = (_REGIONS["zh-hant"], _REGIONS["zh"]) if traditional else (_REGIONS.get(base, ()),)
    return tuple(sorted(typefaces, key=lambda one: _rank(one, own)))


def invisible(character: str) -> bool:
    """Whether a character needs no glyph: spaces, joiners, variation selectors, directional marks."""
    return (
        character in _IGNORABLE
        or character.isspace()
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e0fff"
        or (unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zs"} and character not in _SIGNS)
    )


class Faces:
    """The opened fonts of one render, in order of preference; those of the same fonts are equal."""

    def __init__(self, fonts: Sequence[Font], read: Read) -> None:
        self.fonts = tuple(fonts)
        self.read = read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Faces) and self.fonts == other.fonts

    def __hash__(self) -> int:
        return hash(self.fonts)

    @property
    def opened(self) -> tuple["Face", ...]:
        """The faces, as a shaper knows them."""
        from syndicate.cards.text import shape  # noqa: PLC0415 -- 40 ms that planning need not pay

        return tuple(shape.face(font.asset, self.read, colour=font.colour) for font in self.fonts)


def _chosen(text: str, language: str, ranked: Sequence[Typeface]) -> Iterable[int | None]:
    if ranked and not ranked[0].colour and not emoji.may_be(text) and ranked[0].covers.issuperset(map(ord, text)):
        return (0,)
    return assigned(icu.clusters(text, language), ranked)


def _first(clusters: Sequence[str], drawers: Sequence[Drawer]) -> int | None:
    """The one that draws the first letters of a text: what is neutral before them goes with them."""
    for cluster in clusters:
        if not (_neutral(cluster) or emoji.is_emoji(cluster) or all(map(invisible, cluster))):
            found = choose(cluster, drawers, None)
            if found is not None:
                return found
    return None


def _blank(cluster: str, drawers: Sequence[Drawer], before: int | None) -> int | None:
    """White space keeps the width it has in the typeface before it; that of an emoji would be as wide as an emoji."""
    able = [index for index, one in enumerate(drawers) if _SPACE in one.covers or ord(cluster[0]) in one.covers]
    plain = [index for index in able if not drawers[index].colour]
    if before in plain or not (plain or able):
        return before
    return (plain or able)[0] if cluster.isspace() or before is None else before


def _neutral(cluster: str) -> bool:
    return all(unicodedata.category(character)[0] in "PZ" or character.isdigit() for character in cluster)


def _rank(typeface: Typeface, own: tuple[tuple[str, ...], ...]) -> int:
    """A site's own typefaces come first, then those for the language, the nearest first, then the rest."""
    region = typeface.name.rpartition(" ")[2]
    near = next((number for number, names in enumerate(own, 1) if region in names), 0)
    if near:
        return near
    if region in _PREFERRED:
        return 4
    return 3 if typeface.asset.path.startswith(_SHIPPED) else 0


def _font(typeface: Typeface) -> Font:
    return Font(typeface.asset, typeface.name, typeface.colour, typeface.variable)
