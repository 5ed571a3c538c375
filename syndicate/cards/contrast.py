"""How dark the scrim must be, and what contrast the published file really has.

White type on a photograph is legible when each of its surroundings is dark enough (WCAG 2.2, success criterion 1.4.3),
dark type when each is light enough. Both questions are answered with 8-bit operations, so that every machine draws the
same scrim.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

from syndicate.cards.colours import LINEAR, Colour

Box = tuple[int, int, int, int]
LEAST = 460
"""Hundredths of a contrast ratio that a published file must reach: 4.5, and a little for other decoders."""
_CELL = 4
"""The scrim is worked out on cells of that many pixels squared."""
_TILE = 24
"""The published file is measured in tiles of that many pixels squared."""
_FINE = 1020
"""Luminance counts in parts of this, cut off at 255: grounds are dark, and there it matters."""
_LARGE, _SMALL = 150, 124
"""The brightest ground, of ``_FINE``, that large and small type may have: small type loses more when compressed."""
_PALE = 130
"""The darkest ground, of 255, that dark type may have: about nine to one, for what is less looks like fog."""
_ALL, _STEP = 255, 8
"""A scrim three hundredths stronger than it must be looks the same."""
_ANY = [0] + [255] * 255
_FULL, _BARE = [0] * 250 + [255] * 6, [255] * 8 + [0] * 248
"""How much ink counts as type, and how much leaves the ground as it is."""
_SUM = (1, 1, 1, 0)
"""Adds three bands up."""
_BRIGHT = [(light * 1000 // 255 + 50) * 100 for light in range(256)]
_DEEP = [fine * 1000 // _FINE + 50 for fine in range(256)]
"""The two terms of a contrast ratio."""
_MOST = 2100
_FEWEST = 20
"""Pixels of ink and of ground a tile needs before its contrast means something."""


@dataclass(frozen=True)
class Ink:
    """Ink of one text: its coverage, and where that lies on the canvas.

    Small type needs a darker ground; ``dark`` type stands on a light one. What is coloured, as emoji are, is no type,
    but no ground for type either.
    """

    left: int
    top: int
    coverage: Image.Image
    small: bool = False
    coloured: bool = False
    dark: bool = False

    @cached_property
    def cells(self) -> tuple[Image.Image, Box]:
        """The cells that ink lies on or next to, and their place on the canvas; tiles begin where it does."""
        left, top = (max(0, edge - 2 * _CELL) // _TILE * _TILE for edge in (self.left, self.top))
        right, bottom = self.left + self.coverage.width + 2 * _CELL, self.top + self.coverage.height + 2 * _CELL
        box = left, top, -(-right // _CELL) * _CELL, -(-bottom // _CELL) * _CELL
        return self.within(box).reduce(_CELL).filter(ImageFilter.BoxBlur(1)).point(_ANY), box

    def within(self, box: Box) -> Image.Image:
        """Return the ink in a part of the canvas."""
        left, top, right, bottom = box
        return self.coverage.crop((left - self.left, top - self.top, right - self.left, bottom - self.top))

    def meets(self, box: Box) -> bool:
        """Whether some of it may lie in a part of the canvas."""
        across, down = self.coverage.size
        return box[0] - across < self.left < box[2] and box[1] - down < self.top < box[3]


def strength(picture: Image.Image, tint: Colour, inks: Iterable[Ink], *, pale: bool = False) -> int:
    """Return how strong, from 0 to 255, a scrim over a picture must be for all texts to be legible.

    A scrim is dark under white type, or ``pale`` under dark type.
    """
    amount = 0
    for ink in inks:
        if not ink.coloured:
            cells, box = ink.cells
            below = picture.reduce(_CELL, (*box[:2], min(box[2], picture.width), min(box[3], picture.height)))
            region = cells.crop((0, 0, *below.size))
            limit = 255 - _PALE if pale else _SMALL if ink.small else _LARGE
            amount = _Ground(below, region, tint, limit, pale).enough(amount)
    return amount


@dataclass(frozen=True, slots=True)
class _Ground:
    """What lies below a text, in cells; which of them count, and how bright they may be under a scrim.

    Under a ``pale`` one all that is said of light is said of darkness.
    """

    picture: Image.Image
    region: Image.Image
    tint: Colour
    limit: int
    pale: bool

    def enough(self, least: int) -> int:
        """Return how strong the scrim must be, ``least`` or more, to a few steps."""
        if self._legible(least):
            return least
        amount = max(least, self._guess())
        if self._legible(amount):
            while amount - _STEP > least and self._legible(amount - _STEP):
                amount -= _STEP
            return amount
        while amount < _ALL and not self._legible(amount := min(_ALL, amount + _STEP)):
            pass
        return amount

    def _guess(self) -> int:
        """What would do if the brightest place and the scrim were grey."""
        if self.pale:
            return 255 // 2
        light = _luminance(self.picture, 255)
        bright = bisect_left(LINEAR, self._brightest(light) / 255)
        wanted, scrim = bisect_left(LINEAR, self.limit / _FINE), max(self.tint)
        steps = (bright - wanted) * _ALL // max(1, bright - scrim) // _STEP
        return max(0, min(_ALL // _STEP, steps)) * _STEP  # few strengths, whose tables are kept

    def _legible(self, amount: int) -> bool:
        bands = zip(self.tint, _shades() if self.pale else _tables(_FINE), strict=True)
        table = b"".join(_band(ink, amount).translate(light) for ink, light in bands)
        return self._brightest(self.picture.point(table).convert("L", _SUM)) <= self.limit

    def _brightest(self, light: Image.Image) -> int:
        return _whole(ImageChops.darker(light, self.region).getextrema()[1])


def veiled(picture: Image.Image, shape: bytes, tint: Colour, amount: int) -> Image.Image:
    """Return the picture under a scrim of that strength."""
    made = picture.copy()
    even = len(shape.rstrip(b"\xff"))
    if even < made.height:  # there a table says the same as mixing, in less time
        place = (0, even, made.width, made.height)
        made.paste(made.crop(place).point(_mixed(tint, amount)), place)
    first = even - len(shape[:even].lstrip(b"\0"))
    if first < even:
        column = Image.frombytes("L", (1, even - first), shape[first:even].translate(_share(amount)))
        mask = column.resize((made.width, even - first), Image.Resampling.NEAREST)
        made.paste(Image.new("RGB", mask.size, tint), (0, first), mask)  # quicker than the colour itself
    return made


def measured(shown: Image.Image, inks: Sequence[Ink], first: int = 0) -> int:
    """Return the least contrast, in hundredths, that any tile of type has in a decoded file, shown from a row on.

    In each tile the darker type is set against the brighter ground around it (the 5th and the 95th percentile, so that
    single pixels of compression noise do not count); the other way round where the type is dark. Only tiles whose
    extremes allow of less are looked at closely.
    """
    readings = [_read(ink, shown, inks, first) for ink in inks if not ink.coloured]
    tiles = [(most, number, tile) for number, one in enumerate(readings) for most, tile in one.tiles()]
    worst = _MOST
    for most, number, tile in sorted(tiles):
        if most >= worst:
            break
        worst = min(worst, readings[number].closely(tile))
    return worst


def _read(text: Ink, shown: Image.Image, inks: Sequence[Ink], first: int) -> "_Reading":
    cells, box = text.cells
    near = cells.resize((cells.width * _CELL, cells.height * _CELL), Image.Resampling.NEAREST)
    left, top, right, bottom = box
    part, own = shown.crop((left, top - first, right, bottom - first)), text.within(box)
    written = own
    for other in inks:
        if other is not text and other.meets(box):
            written = ImageChops.lighter(written, other.within(box))
    ring = ImageChops.darker(near, written.point(_BARE))
    bright, deep = (ring, own.point(_FULL)) if text.dark else (own.point(_FULL), ring)
    return _Reading(_luminance(part, 255), _luminance(part, _FINE), bright, deep)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Luminance in coarse and in fine steps; where that is bright and where deep which is read against the other."""

    light: Image.Image
    fine: Image.Image
    bright: Image.Image
    deep: Image.Image

    def tiles(self) -> Iterator[tuple[int, Box]]:
        """Yield the tiles that hold type, and what contrast their extremes have."""
        # Hundreds of tiles: below Pillow's own wrapping of each, which costs more than looking.
        least = ImageChops.lighter(self.light, ImageChops.invert(self.bright)).im
        most = ImageChops.darker(self.fine, self.deep).im
        dark, light = least.crop, most.crop
        for tile in _marked_tiles(self.bright):
            yield _BRIGHT[dark(tile).getextrema()[0]] // _DEEP[light(tile).getextrema()[1]], tile

    def closely(self, tile: Box) -> int:
        """Return the contrast of a tile."""
        bright = list(accumulate(self.light.crop(tile).histogram(self.bright.crop(tile))))
        deep = list(accumulate(self.fine.crop(tile).histogram(self.deep.crop(tile))))
        if bright[-1] < _FEWEST or deep[-1] < _FEWEST:
            return _MOST
        return _BRIGHT[_percentile(bright, 5)] // _DEEP[_percentile(deep, 95)]


def _marked_tiles(mask: Image.Image) -> Iterator[Box]:
    """The tiles that hold enough of a mask to say something."""
    small = mask.reduce(_TILE)
    for number, share in enumerate(small.tobytes()):
        if share >= _FEWEST * 255 // _TILE**2 - 1:
            left, top = number % small.width * _TILE, number // small.width * _TILE
            yield left, top, min(left + _TILE, mask.width), min(top + _TILE, mask.height)


def _percentile(sums: list[int], percent: int) -> int:
    """The value that so many percent do not exceed, of a histogram added up."""
    return bisect_left(sums, max(1, -(-sums[-1] * percent // 100)))


def _whole(extreme: float | tuple[int, int]) -> int:
    """An extreme of a picture of one band, which Pillow's types do not tell from those of many."""
    return int(extreme) if isinstance(extreme, (int, float)) else 255


def _luminance(image: Image.Image, full: int) -> Image.Image:
    """Return relative luminance, 0 to ``full`` cut off at 255."""
    return image.point(b"".join(_tables(full))).convert("L", _SUM)  # cut off at 255


def _mixed(tint: Colour, amount: int) -> bytes:
    """What becomes of each red, green and blue under an even scrim."""
    return b"".join(_band(ink, amount) for ink in tint)


@lru_cache(maxsize=4096)
def _band(ink: int, amount: int) -> bytes:
    """What becomes of a sample when so much ink is mixed with it, rounded as Pillow does."""
    parts = (value * (255 - amount) + ink * amount + 128 for value in range(256))
    return bytes((part >> 8) + part >> 8 for part in parts)


@lru_cache(maxsize=256)
def _share(amount: int) -> bytes:
    return bytes(value * amount // 255 for value in range(256))


@lru_cache(maxsize=1)
def _shades() -> tuple[bytes, ...]:
    """How much each red, green and blue lacks of white."""
    return tuple(bytes(light[-1] - share for share in light) for light in _tables(255))


@lru_cache(maxsize=8)
def _tables(full: int) -> tuple[bytes, ...]:
    """The light of each red, green and blue."""
    shares = (0.2126, 0.7152, 0.0722)
    return tuple(bytes(min(255, round(light * share * full)) for light in LINEAR) for share in shares)
