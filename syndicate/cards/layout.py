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
_BAND = 116
_MARK = 76
_DAY, _DAY_HIGH = 31, (200, 246)
"""A day takes so many percent of a wide card, or is so high on a square and on a tall one."""
_MODULES = {"wide": (3, 2), "middle": (3, 1), "narrow": (6, 1)}
"""Ornaments by room: modules down the height, and columns of them."""
_SHORT, _LONG = 42, 100
"""Titles of fewer and of more letters than these leave room for a wide or only a narrow ornament."""
_FREE = {"wide": (47, 39, 22), "tall": (60, 52, 38)}
"""Percent of a photograph, from above, that short, middle and long titles leave free."""
_PANEL = (26, 60)
"""Percent of a tall card that a picture above the type takes at least and at most."""
_ROOM = (112, 150, 215)
"""What short, middle and long titles need below it on a square card; more on a taller one, in proportion."""
_ACROSS = (38, (45, 44, 43))
"""Percent of a wide card that a picture beside the type takes at least, and at most beside each kind of title."""
_UPRIGHT = 0.8
"""A picture narrower than this stands beside the type on a square card, too."""
_LEFT = 54
"""Percent of a picture that its panel must leave of it."""


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
class Canvas:
    """What a card is laid out on; ``inset`` pixels at its top and bottom stay free of type."""

    width: int
    height: int
    inset: int = 0

    @property
    def tall(self) -> bool:
        """Whether things stand one above the other."""
        return self.width * 4 < self.height * 5

    @property
    def margin(self) -> int:
        """White round the type."""
        return self.scaled(_MARGIN)

    @property
    def bottom(self) -> int:
        """Where the type must end."""
        return self.height - (self.inset or self.margin)

    @property
    def top(self) -> int:
        """Where type may begin."""
        return self.inset or self.margin

    def scaled(self, length: int) -> int:
        """Return a length drawn for the designed height on this canvas."""
        return length * min(self.width, self.height) // _DESIGNED


@dataclass(frozen=True, slots=True)
class Areas:
    """The parts of a card. ``low`` says that the title stands on the bottom of its box, with the kicker above it.

    ``panel`` holds a picture that stands beside the type, ``ornament`` the shapes of a card without one, in modules of
    ``module`` pixels, ``figure`` what else decorates it: a band, quotation marks, a day. ``signed`` says that the
    kicker stands below the title.
    """

    title: Box
    kicker: Box
    foot: Box
    low: bool
    panel: Box | None = None
    ornament: Box | None = None
    module: int = 0
    figure: Box | None = None
    signed: bool = False


def photograph(canvas: Canvas, letters: int) -> Areas:
    """Type in the lower part of a picture that fills the card; a short title leaves more of it free."""
    margin, foot, kicker, gap = map(canvas.scaled, (_MARGIN, _FOOT, _KICKER, _GAP))
    inner = canvas.width - 2 * margin
    foot_box = Box(margin, canvas.bottom + (0 if canvas.inset else margin // 6) - foot, inner, foot)
    top = canvas.height * _FREE["tall" if canvas.tall else "wide"][_class(letters)] // 100
    title = Box(margin, top + kicker, inner, foot_box.top - gap - top - kicker)
    return Areas(title, Box(margin, top, inner, kicker), foot_box, low=True)


def beside(canvas: Canvas, letters: int, proportion: float = 1.5, *, whole: bool = False) -> Areas:
    """Type beside a picture that stands in a panel as high as the card, or below it where the card is tall.

    ``proportion`` is how many times as wide as high the picture is: it gets what room the title leaves, as long as
    enough of it survives; one that is shown ``whole`` gets what it needs.
    """
    left = 100 if whole else _LEFT
    squarish = canvas.height * 10 < canvas.width * 11
    if not canvas.tall or (squarish and proportion < _UPRIGHT):
        narrow, wide = canvas.width * _ACROSS[0] // 100, canvas.width * _ACROSS[1][_class(letters)] // 100
        across = max(narrow, min(wide, int(canvas.height * max(proportion, 0.1) * left / 100)))
        return _parted(canvas, panel=Box(canvas.width - across, 0, across, canvas.height))
    least, most = (canvas.height * percent // 100 for percent in _PANEL)
    wanted = canvas.width * 100 / max(proportion, 0.1) / left
    room = canvas.scaled(_ROOM[_class(letters)]) * (canvas.bottom - canvas.top) * 5 // (canvas.width * 4)
    free = canvas.bottom - canvas.margin - canvas.scaled(_KICKER + 2 * _GAP + _FOOT) - room
    down = max(least, min(most, free, int(wanted)))
    return _parted(canvas, panel=Box(0, 0, canvas.width, down))


def typeset(ornament: str, canvas: Canvas, letters: int) -> Areas:
    """Type alone, with an ornament by its name."""
    match ornament:
        case "band":
            return block(canvas)
        case "quotation":
            return quote(canvas)
        case "calendar":
            return event(canvas)
        case "shapes":
            return editorial(canvas, letters)
        case _:
            return _parted(canvas)


def editorial(canvas: Canvas, letters: int) -> Areas:
    """Type on a plain ground beside an ornament, which is the wider the shorter the title."""
    if canvas.tall:
        return _below_ornament(canvas, letters)
    down, columns = tuple(_MODULES.values())[_class(letters)]
    module = canvas.height // down
    across = module * columns
    return _parted(canvas, ornament=Box(canvas.width - across, 0, across, canvas.height), module=module)


def block(canvas: Canvas) -> Areas:
    """Large type over a band that carries the foot."""
    margin, foot, kicker, gap, band = map(canvas.scaled, (_MARGIN, _FOOT, _KICKER, _GAP, _BAND))
    inner = canvas.width - 2 * margin
    figure = Box(0, canvas.height - canvas.inset - band, canvas.width, canvas.inset + band)
    title_top = canvas.top + kicker + gap
    title = Box(margin, title_top, inner, figure.top - margin * 3 // 4 - title_top)
    foot_box = Box(margin, figure.top + (band - foot) // 2, inner, foot)
    return Areas(title, Box(margin, canvas.top, inner, kicker), foot_box, low=canvas.tall, figure=figure)


def quote(canvas: Canvas) -> Areas:
    """Large quotation marks, the words below them, then who said them."""
    margin, foot, kicker, gap, mark = map(canvas.scaled, (_MARGIN, _FOOT, _KICKER, _GAP, _MARK))
    inner = canvas.width - 2 * margin
    figure = Box(margin, canvas.top, mark * 9 // 4, mark)
    foot_box = Box(margin, canvas.bottom - foot, inner, foot)
    top = figure.bottom + gap * 3 // 2
    title = Box(margin, top, inner, foot_box.top - 2 * gap - kicker - gap - top)
    return Areas(title, Box(margin, title.bottom, inner, kicker), foot_box, low=False, figure=figure, signed=True)


def event(canvas: Canvas) -> Areas:
    """Type beside a day, or below it where the card is not wide."""
    across = canvas.width * _DAY // 100
    down = canvas.inset + canvas.scaled(_DAY_HIGH[canvas.height > canvas.width])
    side = Box(canvas.width - across, 0, across, canvas.height)
    return _parted(canvas, figure=Box(0, 0, canvas.width, down) if canvas.height >= canvas.width else side)


def _below_ornament(canvas: Canvas, letters: int) -> Areas:
    """Rows of modules over the type: as many as a title of that length leaves room for."""
    share = (50, 42, 24)[_class(letters)]
    columns = 3 if share > 40 else 4  # noqa: PLR2004 -- smaller ones over a long title
    module = -(-canvas.width // columns)
    rows = max(1, canvas.height * share // 100 // module)
    return _parted(canvas, ornament=Box(0, 0, canvas.width, rows * module), module=module)


def _class(letters: int) -> int:
    """0 for a short title, 1 for one of middle length, 2 for a long one."""
    return 0 if letters < _SHORT else 1 if letters <= _LONG else 2


def _parted(
    canvas: Canvas, *, panel: Box | None = None, ornament: Box | None = None, figure: Box | None = None, module: int = 0
) -> Areas:
    """Type beside what fills one side of a wide card, or below what fills the top of a tall one."""
    other = panel or ornament or figure
    margin, foot, kicker, gap = map(canvas.scaled, (_MARGIN, _FOOT, _KICKER, _GAP))
    wide = other is not None and other.left > 0
    inner = other.left - margin - margin * 3 // 4 if other and wide else canvas.width - 2 * margin
    foot_box = Box(margin, canvas.bottom - foot, inner, foot)
    top = max(canvas.top, margin + other.bottom) if other and not wide else canvas.top
    title_top = top + kicker + gap
    title = Box(margin, title_top, inner, foot_box.top - gap - title_top)
    kicker_box = Box(margin, top, inner, kicker)
    return Areas(title, kicker_box, foot_box, False, panel, ornament, module, figure)  # noqa: FBT003 -- type above
