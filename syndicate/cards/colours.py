"""Colours that belong together: from a site's accent and ground to everything a card is painted with.

Shades are made in OKLCH (Björn Ottosson, 2020), where equal steps of lightness look equal whatever the hue. Every
colour of type is checked against its ground (WCAG 2.2, success criterion 1.4.3) before it is used.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

Colour = tuple[int, int, int]
ACCENT = "#3b4cca"
"""For a site that names none: a calm blue that is nobody's brand."""
_LEAST = 4.8
"""What a pair of colours must reach; above the 4.5 of WCAG, because compression takes a little."""
BOLD, PAPER = 1, 2
"""Variants of a palette."""
_LIGHT = 0.72
"""From this lightness on an accent is bright enough to be written on in a dark ink."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What a card is painted with.

    ``ink`` sets the title, ``soft`` the small type, ``mark`` the kicker; ``bar`` is the stroke before it.

    ``shapes`` are for the ornament, from the quietest to the loudest.
    """

    ground: Colour
    ink: Colour
    soft: Colour
    mark: Colour
    bar: Colour
    shapes: tuple[Colour, ...]


def parse(text: str) -> Colour:
    """Read ``#rrggbb``."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (LINEAR[value] for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def least(painted: Palette) -> float:
    """Return the least contrast that any of a palette's types has on its ground."""
    return min(ratio(colour, painted.ground) for colour in (painted.ink, painted.soft, painted.mark))


@lru_cache(maxsize=256)
def palette(accent: str, ground: str, variant: int = 0, tone: str = "auto") -> Palette:
    """Return the colours for a site's accent and ground (``#rrggbb``, or empty: chosen here).

    ``variant`` turns through three grounds of one family: deep, bold and paper. A ground the site names stays as it is,
    unless ``tone`` asks for light and it is dark, or the other way round.
    """
    named = parse(accent or ground or ACCENT)
    lightness, chroma, hue = _to_oklch(named)
    if tone != "auto":
        variant = PAPER if tone == "light" else 0
    if ground and (tone == "auto" or (luminance(parse(ground)) < 0.18) == (tone == "dark")):  # noqa: PLR2004
        base = parse(ground)
    elif variant % 3 == PAPER:
        base = _from_oklch(0.962, min(chroma, 0.016), hue)
    elif variant % 3 == BOLD or lightness >= _LIGHT:
        base = _bold(lightness, chroma, hue)
    else:
        base = _from_oklch(0.255, min(chroma, 0.085), hue)
    return _around(base, lightness, chroma, hue)


def deep(colour: Colour) -> Colour:
    """Return a dark, quiet relative of a colour: a ground for white type, a scrim that belongs to its picture."""
    _, chroma, hue = _to_oklch(colour)
    return _from_oklch(0.13, min(chroma, 0.03), hue)


def pale(colour: Colour) -> Colour:
    """Return a light, quiet relative of a colour: a ground for dark type, a scrim that belongs to its picture."""
    _, chroma, hue = _to_oklch(colour)
    return _from_oklch(0.975, min(chroma, 0.012), hue)


def beside(colour: Colour, tone: str = "auto") -> Palette:
    """Return the colours for type that stands beside a picture of that mean colour."""
    lightness, chroma, hue = _to_oklch(colour)
    if tone == "light":
        return _around(_from_oklch(0.962, min(chroma, 0.016), hue), min(lightness, 0.55), chroma, hue)
    base = _from_oklch(0.235, min(chroma, 0.055), hue)
    return _around(base, 0.7, min(chroma * 1.5, 0.12), hue)


def legible(colour: Colour, ground: Colour, least: float = _LEAST) -> Colour:
    """Return the colour itself where it is legible on the ground, else the nearest shade of it that is."""
    if ratio(colour, ground) >= least:
        return colour
    lightness, chroma, hue = _to_oklch(colour)
    lighter = luminance(ground) < 0.18  # where black and white are equally far away  # noqa: PLR2004
    for step in range(1, 41):
        share = step / 40
        moved = lightness + (1 - lightness) * share if lighter else lightness * (1 - share)
        shade = _from_oklch(moved, chroma * (1 - share / 2), hue)
        if ratio(shade, ground) >= least:
            return shade
    return (255, 255, 255) if lighter else (0, 0, 0)


def firmer(painted: Palette, least: float) -> Palette:
    """Return the palette with small type that reaches more contrast, for files in which some of it is lost."""
    soft, mark = (legible(colour, painted.ground, least) for colour in (painted.soft, painted.mark))
    return replace(painted, soft=soft, mark=mark)


def mixed(one: Colour, other: Colour, percent: int) -> Colour:
    """Return ``percent`` of the first colour in the second."""
    red, green, blue = ((a * percent + b * (100 - percent) + 50) // 100 for a, b in zip(one, other, strict=True))
    return red, green, blue


def _around(base: Colour, lightness: float, chroma: float, hue: float) -> Palette:
    below, tint, own = _to_oklch(base)
    dark = luminance(base) < 0.18  # noqa: PLR2004 -- see ``legible``
    ink = legible(_from_oklch(0.985, 0.006, hue) if dark else _from_oklch(0.2, min(chroma, 0.05), hue), base, 7)
    soft = legible(mixed(ink, base, 78), base)
    toward = 1 if dark else -1
    vivid = _from_oklch(max(0.62, min(0.8, lightness)) if dark else min(lightness, 0.62), chroma, hue)
    shapes = (
        _from_oklch(below + 0.07 * toward, tint, own),
        _from_oklch(below + 0.17 * toward, min(tint * 1.3 + 0.01, 0.16), own),
        vivid if ratio(vivid, base) > 1.6 else _from_oklch(below + 0.3 * toward, min(tint, 0.15), own),  # noqa: PLR2004
        _from_oklch(0.93, min(chroma, 0.05), hue) if dark else _from_oklch(0.33, min(chroma, 0.09), hue),
    )
    mark = legible(vivid, base)
    return Palette(ground=base, ink=ink, soft=soft, mark=mark, bar=mark, shapes=shapes)


def _bold(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the accent itself, moved just as far as a title on it needs."""
    colour = _from_oklch(lightness, chroma, hue)
    while lightness < _LIGHT and ratio(colour, (255, 255, 255)) < _LEAST + 0.4:
        lightness -= 0.01
        colour = _from_oklch(lightness, chroma, hue)
    return colour


def _linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- IEC 61966-2-1


LINEAR = tuple(map(_linear, range(256)))
"""Light of each 8-bit sample of sRGB, between 0 and 1."""


def _encoded(light: float) -> int:
    share = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004
    return round(share * 255)


def _to_oklch(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (LINEAR[value] for value in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour, with as much chroma as sRGB can show at that lightness."""
    lightness = max(0.0, min(1.0, lightness))
    for step in range(20, -1, -1):
        light = _light(lightness, chroma * step / 20, hue)
        if all(-0.0005 <= value <= 1.0005 for value in light):  # noqa: PLR2004 -- rounding, not colour
            break
    red, green, blue = (_encoded(max(0.0, min(1.0, value))) for value in light)
    return red, green, blue


def _light(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
