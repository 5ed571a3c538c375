"""Flat graphics: the poster of the letters, and the review's own mark. Drawn large, scaled down to smooth edges."""

import math

from PIL import Image, ImageDraw

INK, PAPER, RUST, SEA, SAND = "#14213a", "#f4ecdd", "#d4552f", "#2f7f86", "#e9b44c"
LARGER = 4


def alphabet(width: int, height: int, scale: float) -> Image.Image:
    """Twelve tiles in five colours: a tide rises from tile to tile and makes letters of circles and bars."""
    size = width // 4
    sheet = Image.new("RGB", (4 * size * LARGER, 3 * size * LARGER), PAPER)
    for place, (ground, mark, name) in enumerate(_TILES):
        tile = Image.new("RGB", (size * LARGER, size * LARGER), ground)
        _FORMS[name](ImageDraw.Draw(tile), size * LARGER, mark, ground)
        sheet.paste(tile, (place % 4 * size * LARGER, place // 4 * size * LARGER))
    small = sheet.resize((4 * size, 3 * size), Image.Resampling.LANCZOS)
    return small.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _a(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.polygon([(s * 0.16, s * 0.84), (s * 0.5, s * 0.14), (s * 0.84, s * 0.84)], fill=mark)
    brush.pieslice((s * 0.36, s * 0.56, s * 0.64, s * 0.84 + s * 0.28), 180, 360, fill=ground)


def _b(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.rectangle((s * 0.22, s * 0.14, s * 0.38, s * 0.86), fill=mark)
    for top in (0.14, 0.50):
        brush.pieslice((s * 0.20, s * top, s * 0.76, s * (top + 0.36)), -90, 90, fill=mark)


def _c(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.pieslice((s * 0.14, s * 0.14, s * 0.86, s * 0.86), 40, 320, fill=mark)
    brush.ellipse((s * 0.36, s * 0.36, s * 0.64, s * 0.64), fill=ground)


def _d(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.pieslice((s * -0.32, s * 0.14, s * 0.80, s * 0.86), -90, 90, fill=mark)
    brush.pieslice((s * 0.18, s * 0.31, s * 0.62, s * 0.69), -90, 90, fill=ground)


def _e(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    for top, right in ((0.14, 0.82), (0.42, 0.68), (0.70, 0.82)):
        brush.rectangle((s * 0.20, s * top, s * right, s * (top + 0.16)), fill=mark)


def _moon(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.ellipse((s * 0.18, s * 0.18, s * 0.82, s * 0.82), fill=mark)
    brush.ellipse((s * 0.36, s * 0.10, s * 0.92, s * 0.66), fill=ground)


def _tide(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    for level in (0.30, 0.50, 0.70):
        upper = [(s * k / 80, s * (level + 0.055 * math.sin(k / 80 * 4 * math.pi))) for k in range(81)]
        lower = [(x, y + s * 0.085) for x, y in reversed(upper)]
        brush.polygon(upper + lower, fill=mark)


def _sun(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.pieslice((s * 0.16, s * 0.22, s * 0.84, s * 0.90), 180, 360, fill=mark)
    for level in (0.64, 0.74, 0.84):
        brush.rectangle((s * 0.16, s * level, s * 0.84, s * (level + 0.045)), fill=mark)


def _comma(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.pieslice((s * -0.02, s * -0.06, s * 0.78, s * 0.86), 0, 90, fill=mark)
    brush.pieslice((s * 0.12, s * -0.06, s * 0.64, s * 0.86), 0, 90, fill=ground)
    brush.ellipse((s * 0.30, s * 0.16, s * 0.78, s * 0.64), fill=mark)


def _n(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.pieslice((s * 0.18, s * 0.18, s * 0.82, s * 0.82), 180, 360, fill=mark)
    brush.rectangle((s * 0.18, s * 0.49, s * 0.82, s * 0.86), fill=mark)
    brush.pieslice((s * 0.38, s * 0.38, s * 0.62, s * 0.62), 180, 360, fill=ground)
    brush.rectangle((s * 0.38, s * 0.49, s * 0.62, s * 0.87), fill=ground)


def _o(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.ellipse((s * 0.14, s * 0.14, s * 0.86, s * 0.86), fill=mark)
    brush.ellipse((s * 0.36, s * 0.26, s * 0.64, s * 0.74), fill=ground)


def _t(brush: ImageDraw.ImageDraw, s: int, mark: str, ground: str) -> None:
    brush.rectangle((s * 0.16, s * 0.16, s * 0.84, s * 0.34), fill=mark)
    brush.rectangle((s * 0.41, s * 0.16, s * 0.59, s * 0.86), fill=mark)


_FORMS = {
    "a": _a, "b": _b, "c": _c, "d": _d, "e": _e, "moon": _moon, "tide": _tide, "sun": _sun, "comma": _comma, "n": _n,
    "o": _o, "t": _t,
}  # fmt: skip
_TILES = (
    (INK, SAND, "moon"), (PAPER, RUST, "a"), (SEA, PAPER, "tide"), (SAND, INK, "e"),
    (RUST, PAPER, "o"), (SEA, SAND, "n"), (INK, PAPER, "comma"), (PAPER, SEA, "b"),
    (SAND, RUST, "sun"), (PAPER, INK, "c"), (RUST, INK, "t"), (SEA, INK, "d"),
)  # fmt: skip


def mark(width: int, height: int, scale: float) -> Image.Image:
    """The review's mark: a moon over two waves, on its own disc, so that it stands on dark and on light."""
    s = width * LARGER
    sign = Image.new("RGBA", (s, s), (0, 0, 0, 0))
    brush = ImageDraw.Draw(sign)
    brush.ellipse((0, 0, s - 1, s - 1), fill=RUST)
    brush.ellipse((s * 0.30, s * 0.17, s * 0.70, s * 0.57), fill=PAPER)
    for level in (0.50, 0.66):
        upper = [
            (s * (0.17 + 0.66 * k / 120), s * (level + 0.035 * math.sin(k / 120 * 4 * math.pi))) for k in range(121)
        ]
        lower = [(x, y + s * 0.075) for x, y in reversed(upper)]
        halo = [(x, y - s * 0.035) for x, y in upper] + [(x, y + s * 0.035) for x, y in lower]
        brush.polygon(halo, fill=RUST)
        brush.polygon(upper + lower, fill=PAPER)
    return sign.resize((width, height), Image.Resampling.LANCZOS)
