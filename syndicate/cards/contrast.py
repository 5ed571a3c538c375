"""How dark the scrim must be, and what contrast the published file really has.

White type on a photograph is legible when each of its surroundings is dark enough (WCAG 2.2, success criterion 1.4.3).
Both questions are answered with 8-bit operations, so that every machine draws the same scrim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

from syndicate.cards.colours import LINEAR, Colour

LEAST = 460
"""Hundredths of a contrast ratio that a published file must reach: 4.5, and a little for other decoders."""
_CELL = 4
"""The scrim is worked out on cells of that many pixels squared."""
_TILE = 24
"""The published file is measured in tiles of that many pixels squared."""
_FINE = 1020
"""Luminance counts in parts of this, cut off at 255: grounds are dark, and there it matters."""
_LARGE_LIMIT = 150
_SMALL_LIMIT = 124
"""The brightest ground, of ``_FINE``, that large and small type may have: small type loses more when compressed."""
_ANY = [0] + [255] * 255
_FROM_FULL = [0] * 250 + [255] * 6
_FROM_FAINT = [0] * 8 + [255] * 248
"""What counts as type, and what is no longer ground."""
_MOST = 2100
_FEWEST = 20
"""Pixels of ink and of ground a tile needs before its contrast means something."""


def strength(picture: Image.Image, shape: Image.Image, tint: Colour, large: Image.Image, small: Image.Image) -> int:
    """Return how strong, from 0 to 255, a scrim of that shape must be for both kinds of type to be legible.

    ``picture`` is what lies below, ``large`` and ``small`` are the ink of the type, all on the same canvas; ``shape``
    says where the scrim may darken most.
    """
    both = [(_around(ink), limit) for ink, limit in ((large, _LARGE_LIMIT), (small, _SMALL_LIMIT))]
    box = ImageChops.lighter(both[0][0], both[1][0]).getbbox()
    if box is None:
        return 0
    left, top, right, bottom = (edge * _CELL for edge in box)
    place = left, top, min(right, picture.width), min(bottom, picture.height)
    below, veil = picture.reduce(_CELL, place), shape.reduce(_CELL, place)
    regions = [(region.crop(box), limit) for region, limit in both]
    if _legible(below, veil, tint, 0, regions):
        return 0
    low, high = 0, 255
    while high - low > 7:  # noqa: PLR2004 -- three hundredths nobody sees
        middle = (low + high) // 2
        if _legible(below, veil, tint, middle, regions):
            high = middle
        else:
            low = middle
    return high


def veiled(picture: Image.Image, shape: Image.Image, tint: Colour, amount: int) -> Image.Image:
    """Return the picture under a scrim of that strength."""
    made = picture.copy()
    whole = _fully(shape)
    if whole < shape.height:  # where the scrim is even, a table says the same as mixing, in less time
        place = (0, whole, shape.width, shape.height)
        made.paste(made.crop(place).point(_mixed(tint, amount)), place)
    part = shape.crop((0, 0, shape.width, whole))
    box = part.getbbox()
    if box:
        made.paste(tint, box, part.crop(box).point(_share(amount)))
    return made


def measured(shown: Image.Image, ink: Image.Image) -> int:
    """Return the least contrast, in hundredths, that any tile of type has in a decoded file.

    In each tile the darker type is set against the brighter ground around it (the 5th and the 95th percentile, so that
    single pixels of compression noise do not count).
    """
    bare = ink.getbbox()
    if bare is None:
        return _MOST
    # Tiles lie on a grid of the canvas, wherever the type begins.
    box = (
        bare[0] // _TILE * _TILE,
        bare[1] // _TILE * _TILE,
        min(ink.width, bare[2] + 6),
        min(ink.height, bare[3] + 6),
    )
    ink, shown = ink.crop(box), shown.crop(box)
    core, ring = ink.point(_FROM_FULL), ImageChops.subtract(_grown(ink, 4), ink.point(_FROM_FAINT))
    return _Ground(_luminance(shown, 255), _luminance(shown, _FINE), core, ring).worst()


@dataclass(frozen=True, slots=True)
class _Ground:
    """Luminance of type (``light``) and of what surrounds it (``fine``), and where each of the two is."""

    light: Image.Image
    fine: Image.Image
    core: Image.Image
    ring: Image.Image

    def worst(self) -> int:
        """Return the least contrast of all tiles; a tile whose extremes are no worse is not looked at closely."""
        darkest = ImageChops.lighter(self.light, ImageChops.invert(self.core))
        brightest = ImageChops.darker(self.fine, self.ring)
        worst = _MOST
        # Hundreds of tiles: below Pillow's own wrapping of each, which costs more than looking.
        dark, bright = darkest.im, brightest.im
        for tile in _inked_tiles(self.core):
            low, high = dark.crop(tile).getextrema()[0], bright.crop(tile).getextrema()[1]
            if _ratio(low, high) < worst:
                worst = min(worst, self._closely(tile))
        return worst

    def _closely(self, tile: tuple[int, int, int, int]) -> int:
        ink = self.light.crop(tile).histogram(self.core.crop(tile))
        ground = self.fine.crop(tile).histogram(self.ring.crop(tile))
        if sum(ink) < _FEWEST or sum(ground) < _FEWEST:
            return _MOST
        return _ratio(_percentile(ink, 5), _percentile(ground, 95))


def _ratio(light: int, fine: int) -> int:
    return (light * 1000 // 255 + 50) * 100 // (fine * 1000 // _FINE + 50)


def _inked_tiles(core: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """The tiles that hold type."""
    small = core.reduce(_TILE)
    for number, share in enumerate(small.tobytes()):
        if share:
            left, top = number % small.width * _TILE, number // small.width * _TILE
            yield left, top, min(left + _TILE, core.width), min(top + _TILE, core.height)


def _percentile(histogram: list[int], percent: int) -> int:
    wanted = sum(histogram) * percent
    return next((value for value, passed in enumerate(accumulate(histogram)) if passed * 100 >= wanted and passed), 255)


def _legible(
    below: Image.Image, veil: Image.Image, tint: Colour, amount: int, regions: list[tuple[Image.Image, int]]
) -> bool:
    light = _luminance(veiled(below, veil, tint, amount), _FINE)
    return all(_brightest(light, region) <= limit for region, limit in regions)


def _brightest(light: Image.Image, region: Image.Image) -> int:
    return _whole(ImageChops.darker(light, region).getextrema()[1])


def _whole(extreme: float | tuple[int, int]) -> int:
    """An extreme of a picture of one band, which Pillow's types do not tell from those of many."""
    return int(extreme) if isinstance(extreme, (int, float)) else 255


def _around(ink: Image.Image) -> Image.Image:
    """The cells that type lies on or next to."""
    return _grown(ink.reduce(_CELL), 1)


def _grown(ink: Image.Image, by: int) -> Image.Image:
    return ink.filter(ImageFilter.BoxBlur(by)).point(_ANY)


def _luminance(image: Image.Image, full: int) -> Image.Image:
    """Return relative luminance, 0 to ``full`` cut off at 255."""
    return image.point(_tables(full)).convert("L", (1, 1, 1, 0))  # the sum of the three bands, cut off


def _fully(shape: Image.Image) -> int:
    """The first row from which on a scrim is as strong as it gets."""
    column = shape.crop((0, 0, 1, shape.height)).tobytes()
    first = len(column.rstrip(b"\xff"))
    if first < shape.height and shape.crop((0, first, shape.width, shape.height)).getextrema() == (255, 255):
        return first
    return shape.height


@lru_cache(maxsize=64)
def _mixed(tint: Colour, amount: int) -> list[int]:
    """What becomes of each red, green and blue under an even scrim, rounded as Pillow does."""
    parts = [(value * (255 - amount) + ink * amount + 128) for ink in tint for value in range(256)]
    return [((part >> 8) + part) >> 8 for part in parts]


@lru_cache(maxsize=256)
def _share(amount: int) -> list[int]:
    return [value * amount // 255 for value in range(256)]


@lru_cache(maxsize=8)
def _tables(full: int) -> list[int]:
    """The light of each red, green and blue."""
    shares = (0.2126, 0.7152, 0.0722)
    return [min(255, round(light * share * full)) for share in shares for light in LINEAR]
