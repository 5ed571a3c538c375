"""What every published card promises, looked for in its file: contrast, bytes, likeness to the lossless composite.

Shared by a test, which proves the demonstration site, and by ``bench/cards/prove.py``, which proves any. Nothing is
taken from what the program says of its cards: the file is decoded, and each tile of type is measured in floating point
as WCAG 2.2 (success criterion 1.4.3) defines it, lighter or darker than its ground.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from operator import add

from PIL import Image, ImageChops, ImageFilter, ImageMath

from syndicate.artifact import Artifact, Read, digest_of
from syndicate.cards import encode, paint
from syndicate.cards.paint import Inked

CONTRAST, BYTES, LIKENESS = 4.5, 300_000, 0.97
MOST = 21.0
_TILE = 24
_NEAR = 6
"""Ground is what lies within so many pixels of type."""
_FEWEST = 20
"""Pixels of type and of ground without which a tile says nothing."""
_ONE, _TWO = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_LIGHT = tuple((value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4) for value in range(256))


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in one file: the least contrast of each kind of text, its weight, its likeness, its digest."""

    path: str
    source: str
    contrast: tuple[tuple[str, float], ...]
    size: int
    likeness: float
    digest: str

    @property
    def worst(self) -> float:
        """The least contrast of all its texts."""
        return min((ratio for _, ratio in self.contrast), default=MOST)

    @property
    def broken(self) -> bool:
        """Whether a promise is broken."""
        return self.worst < CONTRAST or self.size > BYTES or self.likeness < LIKENESS


class _Seen:
    """What went into the file that was made last: the composite before it was encoded, and the ink on it."""

    composite: Image.Image
    inks: Sequence[Inked] = ()


def proved(artifacts: Iterable[Artifact], read: Read) -> Iterator[Proof]:
    """Render cards, and prove each."""
    for one in artifacts:
        with _watched() as seen:
            data = one.recipe.render(read).data
        shown = Image.open(io.BytesIO(data)).convert("RGB")
        alike = ssim(shown, seen.composite)
        yield Proof(one.path, one.source, tuple(_contrasts(shown, seen.inks)), len(data), alike, digest_of(data))


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Return the mean structural similarity (Wang and others, 2004) of luma, in windows of 8 by 8 pixels."""
    a, b = (image.convert("L").convert("F") for image in (one, other))
    means = (_means(image) for image in (a, b, _product(a, a), _product(b, b), _product(a, b)))
    scores = []
    for ma, mb, aa, bb, ab in zip(*means, strict=True):
        va, vb, cov = max(0.0, aa - ma * ma), max(0.0, bb - mb * mb), ab - ma * mb
        scores.append((2 * ma * mb + _ONE) * (2 * cov + _TWO) / ((ma * ma + mb * mb + _ONE) * (va + vb + _TWO)))
    return sum(scores) / len(scores)


@contextmanager
def _watched() -> Iterator[_Seen]:
    seen = _Seen()
    originals = encode._saved, paint.write

    def saved(image: Image.Image, *form: object, **options: object) -> bytes:
        if image.mode == "RGB":  # a palette is made of it before it is saved
            seen.composite = image.copy()
        return originals[0](image, *form, **options)

    def indexed(image: Image.Image, most: int) -> tuple[Image.Image, int]:
        seen.composite = image.copy()
        return few(image, most)

    def write(canvas: Image.Image, inks: Iterable[Inked], *rest: object) -> None:
        seen.inks = tuple(inks)
        originals[1](canvas, seen.inks, *rest)

    few, encode._indexed = encode._indexed, indexed
    encode._saved, paint.write = saved, write
    try:
        yield seen
    finally:
        encode._saved, paint.write = originals
        encode._indexed = few


def _contrasts(shown: Image.Image, inks: Sequence[Inked]) -> Iterator[tuple[str, float]]:
    """The least contrast of each text, by its role."""
    written = Image.new("L", shown.size)
    for one in inks:
        written.paste(255, (one.left, one.top), one.coverage)
    for one in inks:
        if one.colour is None:
            yield one.role, _least(shown, one, written)


def _least(shown: Image.Image, ink: Inked, written: Image.Image) -> float:
    box = (
        (ink.left - _NEAR) // _TILE * _TILE,
        (ink.top - _NEAR) // _TILE * _TILE,
        -(-(ink.left + ink.coverage.width + _NEAR) // _TILE) * _TILE,
        -(-(ink.top + ink.coverage.height + _NEAR) // _TILE) * _TILE,
    )
    own = ink.coverage.crop((box[0] - ink.left, box[1] - ink.top, box[2] - ink.left, box[3] - ink.top))
    near = own.filter(ImageFilter.BoxBlur(_NEAR)).point(lambda value: 255 if value else 0)
    inside = Image.new("L", shown.size, 255).crop(box)
    bare = written.crop(box).point(lambda value: 255 if value < 8 else 0)
    core, ring = own.point(lambda value: 255 if value >= 250 else 0), ImageChops.darker(near, bare)
    masks = [ImageChops.darker(mask, inside) for mask in (core, ring)]
    part = shown.crop(box)
    return min((_ratio(part, masks, tile) for tile in _tiles(part.size)), default=MOST)


def _tiles(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    for top in range(0, size[1], _TILE):
        for left in range(0, size[0], _TILE):
            yield left, top, left + _TILE, top + _TILE


def _ratio(part: Image.Image, masks: Sequence[Image.Image], tile: tuple[int, int, int, int]) -> float:
    """The contrast of a tile: of its nearest 5 percent of type and of ground, so that noise does not count."""
    type_, ground = (mask.crop(tile).tobytes() for mask in masks)
    if type_.count(255) < _FEWEST or ground.count(255) < _FEWEST:
        return MOST
    light = _luminances(part.crop(tile).tobytes())
    ink, bare = sorted(compress(light, type_)), sorted(compress(light, ground))
    if sum(ink) / len(ink) < sum(bare) / len(bare):
        ink, bare = bare, ink
    return (ink[len(ink) * 5 // 100] + 0.05) / (bare[len(bare) * 95 // 100] + 0.05)


def _luminances(data: bytes) -> list[float]:
    red, green, blue = (
        [_LIGHT[value] * share for value in data[band::3]] for band, share in enumerate((0.2126, 0.7152, 0.0722))
    )
    return list(map(add, map(add, red, green), blue))


def _means(image: Image.Image) -> list[float]:
    return list(memoryview(image.reduce(8).tobytes()).cast("f"))


def _product(x: Image.Image, y: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(lambda args: args["x"] * args["y"], x=x, y=y)
