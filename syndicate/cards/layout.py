"""Where everything goes: pure geometry for any canvas, no pixels and no type.

Lengths are written for a canvas 630 pixels high and grow with it. Everything is laid out for left-to-right reading;
``Box.mirrored`` turns a box over for a card that is read from the right.
"""

from dataclasses import dataclass

_DESIGNED = 630
"""The short side the lengths below were drawn for."""
_MARGIN = 64
"""A tenth of the height: no platform's rounding or label covers what lies inside."""
_FOOT = 40
_KICKER = 36
_GAP = 26
_MODULES = {"wide": (3, 2), "middle": (3, 1), "narrow": (6, 1)}
"""Ornaments by room: modules down the height, and columns of them."""
_SHORT, _LONG = 42, 100
"""Titles of fewer and of more letters than these leave room for a wide or only a narrow ornament."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the canvas, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    def mirrored(self, across: int) -> "Box":
        """Return the box on a canvas ``across`` pixels wide that is read from the right."""
        return Box(across - self.right, self.top, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Areas:
    """The parts of a card. ``low`` says that the title stands on the bottom of its box, with the kicker above it.

    ``panel`` holds a picture that stands beside the type, ``ornament`` the shapes of a card without one, in modules of
    ``module`` pixels.
    """

    title: Box
    kicker: Box
    foot: Box
    low: bool
    panel: Box | None = None
    ornament: Box | None = None
    module: int = 0


def scale(length: int, width: int, height: int) -> int:
    """Return a length drawn for the designed height on another canvas."""
    return length * min(width, height) // _DESIGNED


def photograph(width: int, height: int, letters: int) -> Areas:
    """Type in the lower part of a picture that fills the card; a short title leaves more of it free."""
    margin, foot, kicker, gap = _lengths(width, height)
    inner = width - 2 * margin
    bottom = height - margin + margin // 6
    foot_box = Box(margin, bottom - foot, inner, foot)
    top = height * (47 if letters < _SHORT else 39 if letters <= _LONG else 22) // 100
    title = Box(margin, top + kicker, inner, foot_box.top - gap - top - kicker)
    return Areas(title, Box(margin, top, inner, kicker), foot_box, low=True)


def beside(width: int, height: int) -> Areas:
    """Type beside a picture that stands in a panel as high as the card."""
    return _parted(width, height, panel=_side(width, height, 43, 46))


def editorial(width: int, height: int, letters: int) -> Areas:
    """Type on a plain ground beside an ornament, which is the wider the shorter the title."""
    down, columns = _MODULES["wide" if letters < _SHORT else "middle" if letters <= _LONG else "narrow"]
    module = min(width, height) // down
    if _tall(width, height):
        columns = min(columns, max(1, height * 45 // 100 // module))
    across = module * columns
    ornament = Box(0, 0, width, across) if _tall(width, height) else Box(width - across, 0, across, height)
    return _parted(width, height, ornament=ornament, module=module)


def _parted(
    width: int, height: int, *, panel: Box | None = None, ornament: Box | None = None, module: int = 0
) -> Areas:
    """Type beside what fills one side of a wide card, or below what fills the top of a tall one."""
    other = panel or ornament
    margin, foot, kicker, gap = _lengths(width, height)
    wide = other is not None and other.left > 0
    inner = other.left - margin - margin * 3 // 4 if other and wide else width - 2 * margin
    foot_box = Box(margin, height - margin - foot, inner, foot)
    top = margin + (other.bottom if other and not wide else 0)
    title_top = top + kicker + gap
    title = Box(margin, title_top, inner, foot_box.top - gap - title_top)
    return Areas(
        title, Box(margin, top, inner, kicker), foot_box, low=False, panel=panel, ornament=ornament, module=module
    )


def _side(width: int, height: int, across: int, down: int) -> Box:
    """The far side of a wide card, ``across`` percent of it, or the top of a tall one, ``down`` percent."""
    if _tall(width, height):
        return Box(0, 0, width, height * down // 100)
    return Box(width - width * across // 100, 0, width * across // 100, height)


def _tall(width: int, height: int) -> bool:
    return width * 4 < height * 5


def _lengths(width: int, height: int) -> tuple[int, ...]:
    return tuple(scale(length, width, height) for length in (_MARGIN, _FOOT, _KICKER, _GAP))
