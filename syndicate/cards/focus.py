"""Which part of a picture survives the crop: where the eye goes, or where the author said.

Attention after libvips' idea: what has edges, strong colour or skin draws the eye. It is computed on a small copy with
integer arithmetic only (Pillow's 8-bit operations), so that every machine cuts at the same pixel.
"""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps

_SMALL = 128
"""The long side of the copy that is looked at, in pixels."""
_COARSE = 8
_EDGES = ImageFilter.Kernel((3, 3), (-1, -1, -1, -1, 8, -1, -1, -1, -1), scale=2)
_UNDER_TEXT = 2
"""What lies under the type counts for a fraction of what lies free: one part in this many."""
_EYE_LINE = 38
"""Where the author's focus should come to lie in the crop, in percent of its height: above the type."""
_GRAPHIC_FLAT = 55
_GRAPHIC_COLOUR = 22
"""A drawing, banner or screenshot has flat areas (percent of equal neighbours) and a ground (percent of one colour)."""


def _hill(middle: int, reach: int) -> list[int]:
    return [max(0, 255 - abs(value - middle) * 255 // reach) for value in range(256)]


_SKIN_RED, _SKIN_BLUE = _hill(150, 18), _hill(108, 20)
"""Skin of every tone lies in one small region of Cb and Cr;"""
_LIT = [60] * 50 + [255] * 185 + [60] * 21
"""shade and glare lie outside the middle of Y."""
_QUARTER, _TRIPLE = [value // 4 for value in range(256)], [min(255, value * 3) for value in range(256)]


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, as Pillow wants them."""
        return self.left, self.top, self.left + self.width, self.top + self.height


def crop(
    image: Image.Image,
    size: tuple[int, int],
    focus: tuple[float, float] | None,
    covered: int = 0,
    drawn: Image.Image | None = None,
) -> Crop:
    """Return the largest part with the proportions of ``size`` that keeps what matters.

    ``focus`` is the author's word and always wins. ``covered`` is how many percent of the crop, from below, type will
    lie on. ``drawn`` is the picture's ``attention``, where it is known already.
    """
    size = _largest(image.width, image.height, *size)
    spare = image.width - size[0], image.height - size[1]
    if focus:
        left = _clamp(round(focus[0] * image.width) - size[0] // 2, spare[0])
        top = _clamp(round(focus[1] * image.height) - size[1] * _EYE_LINE // 100, spare[1])
        return Crop(left, top, *size)
    if max(spare) * 50 < max(image.size):  # nothing to choose
        return Crop(spare[0] // 2, spare[1] // 2, *size)
    drawn = drawn or attention(image)
    if spare[0] > spare[1]:
        left = _best(_columns(drawn), image.width, size[0], 0)
        return Crop(left, spare[1] // 2, *size)
    return Crop(spare[0] // 2, _best(_rows(drawn), image.height, size[1], covered), *size)


def attention(image: Image.Image, small: Image.Image | None = None) -> Image.Image:
    """Return a small grey picture: the brighter, the more the eye is drawn there.

    ``small`` is what ``reduced`` makes of the image, where it is known already.
    """
    small = (small or reduced(image)).convert("RGB")
    luma, blue, red = small.convert("YCbCr").split()
    edges = luma.filter(ImageFilter.GaussianBlur(1)).filter(_EDGES)
    # Pillow copies the outermost pixels through a kernel: they would look like one long edge.
    edges = ImageOps.expand(ImageOps.crop(edges, 1), 1)
    bands = small.split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    least = ImageChops.darker(ImageChops.darker(bands[0], bands[1]), bands[2])
    colour = ImageChops.subtract(most, least).point(_QUARTER)
    skin = ImageChops.multiply(red.point(_SKIN_RED), blue.point(_SKIN_BLUE))
    skin = ImageChops.multiply(skin, luma.point(_LIT))
    drawn = ImageChops.add(ImageChops.add(edges.point(_TRIPLE), colour), skin)
    return drawn.filter(ImageFilter.BoxBlur(2))


def reduced(image: Image.Image) -> Image.Image:
    """Return the picture as small as suffices to see what is where."""
    scale = max(1, max(image.size) // _SMALL)
    if scale >= _COARSE:  # every fourth pixel says as much, in half the time
        image = image.resize((image.width // 2, image.height // 2), Image.Resampling.NEAREST)
        scale //= 2
    return image.reduce(scale)


def is_graphic(image: Image.Image) -> bool:
    """Whether a picture is drawn rather than taken: a banner, chart, logo or screenshot, which no crop may cut.

    Seen by its flat areas: neighbours that are exactly equal, and one colour that fills a large part.
    """
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 0:
        return True
    grid, beside = _samples(image, 0), _samples(image, 1)
    flat = ImageChops.difference(grid, beside).histogram()
    common = max(grid.point([value & 0xFC for value in range(256)]).histogram())
    return sum(flat[:2]) * 100 > _GRAPHIC_FLAT * 4096 and common * 100 > _GRAPHIC_COLOUR * 4096


def _samples(image: Image.Image, right: int) -> Image.Image:
    """Return 64 by 64 single pixels of the picture, each taken ``right`` pixels to the right of its place."""
    step = (image.width / 64, 0, right, 0, image.height / 64, 0)
    picked = image.transform((64, 64), Image.Transform.AFFINE, step, Image.Resampling.NEAREST)
    return picked.convert("RGB").convert("L")


def _largest(width: int, height: int, across: int, down: int) -> tuple[int, int]:
    if width * down >= height * across:
        return max(1, height * across // down), height
    return width, max(1, width * down // across)


def _clamp(value: int, most: int) -> int:
    return max(0, min(value, most))


def _columns(drawn: Image.Image) -> list[int]:
    data, width = drawn.tobytes(), drawn.width
    return [sum(data[column::width]) for column in range(width)]


def _rows(drawn: Image.Image) -> list[int]:
    data, width = drawn.tobytes(), drawn.width
    return [sum(data[start : start + width]) for start in range(0, len(data), width)]


def _best(weights: list[int], full: int, kept: int, covered: int) -> int:
    """Return where a window of ``kept`` of ``full`` pixels sees most, and loses least under the type."""
    count = max(1, len(weights) * kept // full)
    free = count - count * covered // 100
    last = len(weights) - count
    middle = last // 2

    def seen(start: int) -> tuple[int, int]:
        above = sum(weights[start : start + free])
        below = sum(weights[start + free : start + count])
        return above * _UNDER_TEXT + below, -abs(start - middle)

    start = max(range(last + 1), key=seen)
    return _clamp(start * full // len(weights), full - kept)
