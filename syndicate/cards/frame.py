"""A composed card before paint: every text set, fitted and at its place, for either direction of reading."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from syndicate.cards.layout import Areas, Box, Canvas
from syndicate.cards.text.compose import Block, Style, compose
from syndicate.cards.text.fonts import Faces
from syndicate.cards.themes.reading import Theme, Type
from syndicate.cards.words import Words

_BAR = (44, 6)
_BESIDE_BAR = 16
_BESIDE_LOGO = 14
_DAY = (
    Style(language="", sizes=(32, 28, 26, 24, 20), weight=600, lines=1, align="center"),
    Style(language="", sizes=(200, 130, 100, 80), weight=760, lines=1, align="center", tracking=-0.03),
    Style(language="", sizes=(38, 34, 30, 26, 22), weight=650, lines=2, leading=1.15, align="center"),
)
"""How a weekday, a day and a month are set."""
_TALLER = 4
"""Lines that a tall card has room for besides."""
_SUNK = 40
"""Percent of what a short title leaves free that goes above it: a little less than half looks like the middle."""
_CAPITALS = 0.727
"""How high capitals are, in em: what stands in one row stands on one baseline, capitals in the middle."""
_STATIC = 640
"""The weight of letters beside those of a typeface that has but one, which is bold: one line, one colour."""
_READABLE = 26
"""A site's name smaller than this does without the date beside it."""
_LOGO_WIDEST = 4
"""A logo may be that many times as wide as high."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A set text, what it is, and where its block begins on the canvas."""

    role: str
    block: Block
    left: int
    top: int
    weight: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything at its place. ``bar`` is the brand's mark before the kicker; the logo stands before the site name."""

    width: int
    height: int
    placed: tuple[Placed, ...]
    bar: Box
    panel: Box | None
    ornament: Box | None
    figure: Box | None
    module: int
    logo: Box | None
    rtl: bool

    @property
    def title(self) -> Placed:
        """The title's place."""
        return self.placed[0]

    @property
    def top(self) -> int:
        """Where the type begins."""
        return min(self.bar.top, *(one.top for one in self.placed))


def style(kind: Type, language: str, canvas: Canvas) -> Style:
    """Return how a text of a theme is set on a canvas."""
    return Style(
        language=language,
        sizes=tuple(map(canvas.scaled, kind.sizes)),
        weight=kind.weight,
        leading=kind.leading,
        lines=kind.lines + (_TALLER if canvas.tall and kind.lines > 1 else 0),
        tracking=kind.tracking,
    )


def arrange(words: Words, theme: Theme, areas: Areas, canvas: Canvas, faces: Faces, logo: float = 0) -> Frame:
    """Set all texts and put them in their places. ``logo`` is how many times as wide as high the logo is; 0: none."""
    return _Desk(words, theme, areas, canvas, faces).frame(logo)


class _Desk:
    """One card being set: what its steps share."""

    def __init__(self, words: Words, theme: Theme, areas: Areas, canvas: Canvas, faces: Faces) -> None:
        self.words, self.theme, self.areas, self.faces = words, theme, areas, faces
        self.canvas = canvas
        title = areas.title
        self.title = self._set(words.title, words.language, theme.title, title.width, title.height)
        self.rtl = self.title.rtl

    def frame(self, logo: float) -> Frame:
        """Return the finished frame, mirrored for a title that is read from the right."""
        title_top = self._title_top()
        kicker_box = self._kicker_box(title_top)
        bar, kicker = self._kicker(kicker_box)
        logo_box, foot = self._foot(logo)
        title = Placed("title", self.title, self._box(self.areas.title).left, title_top, self.theme.title.weight)
        return Frame(
            self.canvas.width,
            self.canvas.height,
            (title, *kicker, *foot, *self._day()),
            bar,
            self.areas.panel and self._box(self.areas.panel),
            self.areas.ornament and self._box(self.areas.ornament),
            self._figure(),
            self.areas.module,
            logo_box,
            self.rtl,
        )

    def _title_top(self) -> int:
        box = self.areas.title
        return box.bottom - self.title.height if self.areas.low else box.top + self._sunk()

    def _sunk(self) -> int:
        """How far a short title, and what goes with it, moves towards the middle of its room."""
        areas = self.areas
        above = filter(None, (areas.panel, areas.ornament, areas.figure))
        below = self.canvas.tall and any(box.width == self.canvas.width for box in above)
        return max(0, areas.title.height - self.title.height) * _SUNK // 100 if areas.signed or below else 0

    def _figure(self) -> Box | None:
        box = self.areas.figure
        if box is None or not self.areas.signed:
            return box and self._box(box)
        return self._box(Box(box.left, box.top + self._sunk(), box.width, box.height))

    def _kicker_box(self, title_top: int) -> Box:
        box = self.areas.kicker
        if self.areas.signed:
            return Box(box.left, title_top + self.title.height + self._length(30), box.width, box.height)
        if not self.areas.low:
            return Box(box.left, box.top + self._sunk(), box.width, box.height)
        return Box(box.left, title_top - box.height - self._length(13), box.width, box.height)

    def _kicker(self, box: Box) -> tuple[Box, tuple[Placed, ...]]:
        across, down = map(self._length, _BAR)
        bar = Box(box.left, box.top + (box.height - down) // 2, across, down)
        if not self.theme.bar or (self.areas.signed and not self.words.kicker):
            bar = Box(box.left, bar.top, 0, 0)
            across = -self._length(_BESIDE_BAR)
        if not self.words.kicker:
            return self._box(bar), ()
        shift = across + self._length(_BESIDE_BAR)
        room = Box(box.left + shift, box.top, box.width - shift, box.height)
        placed = self._line("kicker", self.words.kicker, self.words.language, self.theme.kicker, room)
        return self._box(bar), (placed,)

    def _foot(self, logo: float) -> tuple[Box | None, tuple[Placed, ...]]:
        box, words = self.areas.foot, self.words
        across = round(box.height * min(logo, _LOGO_WIDEST))
        logo_box = self._box(Box(box.left, box.top, across, box.height)) if logo else None
        shift = across + self._length(_BESIDE_LOGO) if logo else 0
        date = self._line("date", words.date, words.language, self.theme.date, box, end=True) if words.date else None
        room = box.width - (_ink(date.block)[1] + self._length(28) if date else 0)
        name = self._site(shift, room)
        if date and not (name and self._reads(name)):  # a name is worth more than a date
            alone = self._site(shift, box.width)
            name, date = (alone, None) if alone and self._reads(alone) else (name, date)
        if name and logo and name.block.cut:  # half a name beside a logo says less than the logo alone
            name = None
        return logo_box, tuple(one for one in (date, name) if one)

    def _site(self, shift: int, room: int) -> Placed | None:
        """The site's name, after a logo, in what room there is."""
        box, words = self.areas.foot, self.words
        if not words.site or room - shift <= box.height:
            return None
        place = Box(box.left + shift, box.top, room - shift, box.height)
        return self._line("site", words.site, words.site_language or words.language, self.theme.site, place)

    def _reads(self, placed: Placed) -> bool:
        """Whether a name is whole, and large enough to be read on a telephone."""
        return not placed.block.cut and placed.block.size >= self._length(_READABLE)

    def _day(self) -> Iterator[Placed]:
        """Weekday, day and month, one below the other in the middle of their figure."""
        box = self.areas.figure
        if box is None or not self.words.day or self.theme.ornament != "calendar":
            return
        top = box.top + self.canvas.inset * self.canvas.tall
        place = self._box(Box(box.left, top, box.width, box.bottom - top))
        across, gap = place.width - self._length(32), self._length(14)
        # Above the type there is less room than beside it, on a square least of all.
        less = 0 if box.width < self.canvas.width else 1 + (self.canvas.height == self.canvas.width)
        blocks = [
            self._day_part(text, replace(style, sizes=style.sizes[less:]), across)
            for text, style in zip(self.words.day, _DAY, strict=True)
        ]
        at = place.top + (place.height - sum(block.height + gap for block in blocks) + gap) // 2
        for block, style in zip(blocks, _DAY, strict=True):
            yield Placed("day", block, place.left + self._length(16), at, style.weight)
            at += block.height + gap

    def _day_part(self, text: str, style: Style, across: int) -> Block:
        sizes = tuple(map(self._length, style.sizes))
        return compose(text, replace(style, sizes=sizes, language=self.words.language), across, across, self.faces)

    def _line(self, role: str, text: str, language: str, kind: Type, box: Box, *, end: bool = False) -> Placed:
        """Set one line in a box: at its beginning, or at its end, as the card is read."""
        block = self._set(text, language, kind, box.width, box.height * 2)
        at, across = _ink(block)
        place = self._box(box)
        left = place.left if end is self.rtl else place.right - across
        capitals = round(self._length(kind.largest) * _CAPITALS)
        baseline = box.top + (box.height + capitals) // 2
        rise = round(block.lines[0].baseline) if block.lines else 0
        return Placed(role, block, left - at, baseline - rise, kind.weight)

    def _set(self, text: str, language: str, kind: Type, width: int, height: int) -> Block:
        wanted = style(kind, language, self.canvas)
        block = compose(text, wanted, width, height, self.faces)
        if kind.weight < _STATIC and _has_static(block):
            block = compose(text, replace(wanted, weight=_STATIC), width, height, self.faces)
        return block

    def _box(self, box: Box) -> Box:
        return box.mirrored(self.canvas.width) if self.rtl else box

    def _length(self, length: int) -> int:
        return self.canvas.scaled(length)


def _has_static(block: Block) -> bool:
    """Whether letters of a typeface of one weight are among those of a text."""
    fonts = {glyph.font for line in block.lines for glyph in line.glyphs}
    return any(not (font.variable or font.colour) for font in fonts)


def _ink(block: Block) -> tuple[int, int]:
    """Where the lines of a block begin, from its left, and how wide the widest is."""
    if not block.lines:
        return 0, 0
    left = min(line.left for line in block.lines)
    return round(left), round(max(line.left + line.width for line in block.lines) - left)
