"""From a text and a box to glyphs in their places: prepare, itemise, break, fit, set.

``compose`` gives a frame: what a painter needs and a test can read. It never fails for a text: what no font has is left
out and named; what cannot fit at the smallest size is cut at a word, with an ellipsis, and says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from syndicate.cards.text import breaking, fitting, typography
from syndicate.cards.text.breaking import Break
from syndicate.cards.text.fitting import Box, Fit
from syndicate.cards.text.fonts import Faces, Font
from syndicate.cards.text.paragraph import Paragraph, Piece
from syndicate.cards.text.shape import Setting

ELLIPSIS = "…"
_LONGEST = 1000
"""Characters looked at: no card shows more, and every step is bounded."""
_BREAKERS: tuple[Callable[[str, str], tuple[Break, ...]], ...] = (
    breaking.breaks,
    breaking.divided,
    breaking.anywhere,
)
_WORTH = 1.5
"""Words are divided only where that lets the type grow by this much."""
_OPTICAL = (14, 32)
"""The optical sizes of the shipped variable typeface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is to be set.

    ``language`` is a BCP 47 tag; ``sizes`` are in pixels, largest first; ``weight`` 400 to 800; ``leading`` from
    baseline to baseline in em, widened where marks would touch; ``lines`` how many at most; ``align`` "start" or
    "center"; ``tracking`` in em.
    """

    language: str
    sizes: tuple[int, ...]
    weight: int = 700
    leading: float = 1.15
    lines: int = 6
    align: str = "start"
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font, in its place: pixels from the block's left and top to its origin on the baseline."""

    font: Font
    id: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as set: its baseline from the block's top, its left edge and its width, in pixels."""

    text: str
    baseline: float
    left: float
    width: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A text, set. ``width`` is that of its widest line, ``height`` from the top of the first to the bottom of the last.

    Lines stand in the measure asked for: those of right-to-left text end at its right edge. ``cut`` says that the text
    did not fit whole; ``missing`` names characters that no font has.
    """

    size: int
    rtl: bool
    width: int
    height: int
    lines: tuple[Line, ...]
    cut: bool = False
    missing: tuple[str, ...] = ()
    weight: int = 700
    optical: int = 32


def compose(text: str, style: Style, width: int, height: int, faces: Faces) -> Block:
    """Set a text as large as it fits a box of so many pixels, in even lines."""
    prepared = typography.prepare(text, style.language)
    optical = min(max(style.sizes[0], _OPTICAL[0]), _OPTICAL[1])
    setting = Setting(style.language, style.weight, optical, style.tracking)
    box = Box(width=width, height=height, lines=style.lines, leading=style.leading)
    paragraph = Paragraph(prepared[:_LONGEST], setting, faces)
    if not paragraph.text.strip():
        return _empty(paragraph, style)
    whole = len(prepared) <= _LONGEST
    chosen = _fitted(paragraph, style.sizes, box) if whole else None
    missing = paragraph.missing
    if chosen is None:
        paragraph, chosen = _cut(paragraph, style.sizes[-1], box, faces)
        whole = False
    block = _block(paragraph, chosen, style, width, faces.fonts)
    return replace(block, cut=not whole, missing=missing)


@dataclass(frozen=True, slots=True)
class _Chosen:
    fit: Fit
    pieces: tuple[Piece, ...]


def _fitted(paragraph: Paragraph, sizes: tuple[int, ...], box: Box) -> _Chosen | None:
    """The largest size that fits; words are divided where nothing else fits, or where it is much better."""
    best: _Chosen | None = None
    for breaker in _BREAKERS:
        worth = tuple(size for size in sizes if best is None or size >= best.fit.size * _WORTH)
        if best is not None and (not worth or breaker is breaking.anywhere):
            break
        pieces = paragraph.pieces(breaker(paragraph.text, paragraph.setting.language))
        found = fitting.fit(pieces, worth, box)
        if found is not None:
            best = _Chosen(found, pieces)
    return best


def _cut(paragraph: Paragraph, size: int, box: Box, faces: Faces) -> tuple[Paragraph, _Chosen]:
    """As many words as fit at the smallest size, and an ellipsis; at last whatever fits in width."""
    for text in _shortened(paragraph, size, box):
        shorter = Paragraph(text, paragraph.setting, faces)
        found = _fitted(shorter, (size,), box)
        if found is not None:
            return shorter, found
    last = Paragraph(ELLIPSIS, paragraph.setting, faces)
    if not last.text:
        last = Paragraph(paragraph.text[:1], paragraph.setting, faces)
    pieces = last.pieces((Break(len(last.text)),))
    return last, _Chosen(Fit(size, ((0, 1),), box.leading, 0.0), pieces)


def _shortened(paragraph: Paragraph, size: int, box: Box) -> Iterator[str]:
    pieces = paragraph.pieces(breaking.breaks(paragraph.text, paragraph.setting.language))
    room = min(box.lines, int(box.height / (size * box.leading)) + 1) * box.width / size
    end = next((n for n, one in enumerate(pieces) if sum(p.advance for p in pieces[:n]) > room), len(pieces))
    for count in range(end, 0, -1):
        yield paragraph.text[: pieces[count - 1].end].rstrip(" \u00a0\u202f,;:.!?-\u2013\u2014«([") + ELLIPSIS


def _block(paragraph: Paragraph, chosen: _Chosen, style: Style, measure: int, fonts: tuple[Font, ...]) -> Block:
    fit, pieces = chosen.fit, chosen.pieces
    top, _ = fitting.reach(pieces, fit.lines[0])
    lines = tuple(
        _line(paragraph, pieces[first:after], _Place(style.align, measure, fit.size, baseline), fonts)
        for (first, after), baseline in zip(fit.lines, _baselines(fit, top), strict=True)
    )
    return Block(
        size=fit.size,
        rtl=paragraph.rtl,
        width=ceil(max(line.width for line in lines)),
        height=ceil(fitting.height(pieces, fit.lines, fit.leading) * fit.size),
        lines=lines,
        weight=paragraph.setting.weight,
        optical=paragraph.setting.optical,
    )


def _baselines(fit: Fit, top: float) -> Iterator[int]:
    """Baselines on whole pixels: the foot of every letter is sharp."""
    for number in range(len(fit.lines)):
        yield ceil(top * fit.size + number * fit.leading * fit.size)


@dataclass(frozen=True, slots=True)
class _Place:
    align: str
    measure: int
    size: int
    baseline: int


def _line(paragraph: Paragraph, pieces: tuple[Piece, ...], place: _Place, fonts: tuple[Font, ...]) -> Line:
    hyphen = pieces[-1].hyphen > 0
    shown, runs = paragraph.line(pieces[0].start, pieces[-1].end, hyphen=hyphen)
    lead, trail = runs[0][1].lead * place.size, runs[-1][1].trail * place.size
    width = sum(run.advance for _, run in runs) * place.size - lead - trail
    left = _left(place, width, rtl=paragraph.rtl)
    pen = left - lead  # ink, not advance, stands flush with the edge
    glyphs: list[Glyph] = []
    for drawer, run in runs:
        for one in run.glyphs:
            x, y = pen + one.x * place.size, place.baseline - one.y * place.size
            glyphs.append(Glyph(fonts[drawer], one.id, x, y))
        pen += run.advance * place.size
    return Line(shown, place.baseline, left, width, tuple(glyphs))


def _left(place: _Place, width: float, *, rtl: bool) -> float:
    if place.align == "center":
        return (place.measure - width) / 2
    return place.measure - width if rtl else 0.0


def _empty(paragraph: Paragraph, style: Style) -> Block:
    return Block(size=style.sizes[0], rtl=paragraph.rtl, width=0, height=0, lines=(), missing=paragraph.missing)
