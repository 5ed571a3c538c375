"""How dark the scrim must be, and what contrast the published file really has.

White type on a photograph is legible when each of its surroundings is dark enough (WCAG 2.2, success criterion 1.4.3).
Both questions are answered with 8-bit operations, so that every machine draws the same scrim.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

from syndicate.cards.colours import LINEAR, Colour

LEAST = 450
"""Contrast ratios are counted in hundredths."""
_CELL = 6
"""The scrim is worked out on cells of that many pixels squared."""
_TILE = 60
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
    below, veil = picture.reduce(_CELL).crop(box), shape.reduce(_CELL).crop(box)
    regions = [(region.crop(box), limit) for region, limit in both]
    low, high = 0, 255
    while high - low > 5:  # noqa: PLR2004 -- two hundredths nobody sees
        middle = (low + high) // 2
        if _legible(below, veil, tint, middle, regions):
            high = middle
        else:
            low = middle
    return high


def veiled(picture: Image.Image, shape: Image.Image, tint: Colour, amount: int) -> Image.Image:
    """Return the picture under a scrim of that strength."""
    made = picture.copy()
    made.paste(tint, mask=shape.point(_share(amount)))
    return made


def measured(shown: Image.Image, ink: Image.Image) -> int:
    """Return the least contrast, in hundredths, that any tile of type has in a decoded file.

    In each tile the darker type is set against the brighter ground around it (the 5th and the 95th percentile, so that
    single pixels of compression noise do not count).
    """
    box = ink.getbbox()
    if box is None:
        return 2100
    part = (max(0, box[0] - 6), max(0, box[1] - 6), min(ink.width, box[2] + 6), min(ink.height, box[3] + 6))
    ink, shown = ink.crop(part), shown.crop(part)
    core, ring = ink.point(_FROM_FULL), ImageChops.subtract(_grown(ink, 4), ink.point(_FROM_FAINT))
    light, fine = _luminance(shown, 255), _luminance(shown, _FINE)
    tiles = (tuple(image.crop(tile) for image in (light, fine, core, ring)) for tile in _inked_tiles(core))
    return min((_tile(*four) for four in tiles), default=2100)


def _inked_tiles(core: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """The tiles that hold type."""
    small = core.reduce(_TILE)
    for number, share in enumerate(small.tobytes()):
        if share:
            left, top = number % small.width * _TILE, number // small.width * _TILE
            yield left, top, min(left + _TILE, core.width), min(top + _TILE, core.height)


def _tile(light: Image.Image, fine: Image.Image, core: Image.Image, ring: Image.Image) -> int:
    ink, ground = light.histogram(core), fine.histogram(ring)
    if sum(ink) < _FEWEST or sum(ground) < _FEWEST:
        return 2100
    type_light = _percentile(ink, 5) * 1000 // 255
    ground_light = _percentile(ground, 95) * 1000 // _FINE
    return (type_light + 50) * 100 // (ground_light + 50)


def _percentile(histogram: list[int], percent: int) -> int:
    wanted = sum(histogram) * percent
    return next((value for value, passed in enumerate(accumulate(histogram)) if passed * 100 >= wanted and passed), 255)


def _legible(
    below: Image.Image, veil: Image.Image, tint: Colour, amount: int, regions: list[tuple[Image.Image, int]]
) -> bool:
    light = _luminance(veiled(below, veil, tint, amount), _FINE)
    return all(_brightest(light, region) <= limit for region, limit in regions)


def _brightest(light: Image.Image, region: Image.Image) -> int:
    high = ImageChops.darker(light, region).getextrema()[1]
    return int(high) if isinstance(high, (int, float)) else 255


def _around(ink: Image.Image) -> Image.Image:
    """The cells that type lies on or next to."""
    return _grown(ink.reduce(_CELL), 1)


def _grown(ink: Image.Image, by: int) -> Image.Image:
    return ink.filter(ImageFilter.BoxBlur(by)).point(_ANY)


def _luminance(image: Image.Image, full: int) -> Image.Image:
    """Return relative luminance, 0 to ``full`` cut off at 255."""
    shares = zip(image.split(), (0.2126, 0.7152, 0.0722), strict=True)
    red, green, blue = (band.point(_table(share, full)) for band, share in shares)
    return ImageChops.add(ImageChops.add(red, green), blue)


@lru_cache(maxsize=256)
def _share(amount: int) -> list[int]:
    return [value * amount // 255 for value in range(256)]


@lru_cache(maxsize=8)
def _table(share: float, full: int) -> list[int]:
    return [min(255, round(light * share * full)) for light in LINEAR]
