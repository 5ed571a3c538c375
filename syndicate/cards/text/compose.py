"""From a text and a box to glyphs in their places: prepare, itemise, break, fit, set.

``compose`` gives a frame: what a painter needs and a test can read. It never fails for a text: what no font has is left
out and named; what cannot fit at the smallest size is cut at a word, with an ellipsis, and says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from math import ceil

from syndicate.cards.text import breaking, fitting, typography
from syndicate.cards.text.breaking import Break
from syndicate.cards.text.fitting import Box, Fit
from syndicate.cards.text.fonts import Faces, Font, invisible
from syndicate.cards.text.paragraph import Breaker, Paragraph, Piece
from syndicate.cards.text.shape import Setting, Shaped

ELLIPSIS = "…"
_BEFORE_ELLIPSIS = " \u00a0\u202f,;:.!?-\u2013\u2014«([“"
_LONGEST = 1000
"""Characters looked at: no card shows more, and every step is bounded."""
_BREAKERS: tuple[Breaker, ...] = (breaking.breaks, breaking.divided, breaking.anywhere)
_WORTH = 2
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
    """A text, set. ``width`` is that of its widest line, ``height`` from the first's top to the last's bottom.

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
    paragraph = _paragraph(prepared[:_LONGEST], setting, faces)
    if all(map(invisible, paragraph.text)):
        return _empty(paragraph, style)
    block = _whole(paragraph, style, box, faces.fonts) if len(prepared) <= _LONGEST else None
    if block is None:
        block = replace(_cut(paragraph, style, box, faces), cut=True)
    return replace(block, missing=paragraph.missing)


@lru_cache(maxsize=32)
def _paragraph(text: str, setting: Setting, faces: Faces) -> Paragraph:
    """Itemise a text; the cards of an article, one after the other, say the same in other sizes."""
    return Paragraph(text, setting, faces)


def _whole(paragraph: Paragraph, style: Style, box: Box, fonts: tuple[Font, ...]) -> Block | None:
    """Set all of a text, if it fits at any size; lines as set may turn out wider than the sum of their pieces."""
    sizes = style.sizes
    while (chosen := _fitted(paragraph, sizes, box)) is not None:
        block = _block(paragraph, chosen, style, box.width, fonts)
        sizes = tuple(size for size in sizes if size < block.size)
        if block.width <= box.width and block.height <= box.height:
            return block
    return None


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
        pieces = paragraph.broken(breaker)
        found = fitting.fit(pieces, worth, box)
        if found is not None:
            best = _Chosen(found, pieces)
    return best


def _cut(paragraph: Paragraph, style: Style, box: Box, faces: Faces) -> Block:
    """As many words as fit at the smallest size, then an ellipsis; within a word only where not even one fits."""
    smallest = replace(style, sizes=style.sizes[-1:])
    for ends in _ends(paragraph):
        found = _longest(paragraph, ends, lambda shorter: _whole(shorter, smallest, box, faces.fonts), faces)
        if found is not None:
            return found
    last = Paragraph(ELLIPSIS, paragraph.setting, faces)
    if not last.text:
        last = Paragraph(paragraph.text[:1], paragraph.setting, faces)
    alone = _Chosen(Fit(style.sizes[-1], ((0, 1),), box.leading, 0.0), last.pieces((Break(len(last.text)),)))
    return _block(last, alone, style, box.width, faces.fonts)


def _ends(paragraph: Paragraph) -> Iterator[tuple[int, ...]]:
    """Where a text may be cut off: first between words, then anywhere."""
    yield tuple(one.at for one in breaking.breaks(paragraph.text, paragraph.setting.language))
    yield breaking.clusters(paragraph.text, paragraph.setting.language)


def _longest(
    paragraph: Paragraph, ends: tuple[int, ...], whole: Callable[[Paragraph], Block | None], faces: Faces
) -> Block | None:
    """By halves, the last of these ends at which the text, cut, still fits."""
    best: Block | None = None
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        text = paragraph.text[: ends[middle]].rstrip(_BEFORE_ELLIPSIS) + ELLIPSIS
        found = whole(Paragraph(text, paragraph.setting, faces))
        if found is None:
            high = middle
        else:
            best, low = found, middle + 1
    return best


def _block(paragraph: Paragraph, chosen: _Chosen, style: Style, measure: int, fonts: tuple[Font, ...]) -> Block:
    fit = chosen.fit
    shaped = [_shaped(paragraph, chosen.pieces[first:after]) for first, after in fit.lines]
    top = ceil(max([fitting.ASCENT, *(run.top for _, run in shaped[0].runs)]) * fit.size)
    bottom = ceil(max([fitting.DESCENT, *(run.bottom for _, run in shaped[-1].runs)]) * fit.size)
    # Baselines stand on whole pixels, so that the foot of every letter is sharp.
    baselines = [top + ceil(number * fit.leading * fit.size) for number in range(len(shaped))]
    place = _Place(style.align, measure, fit.size, paragraph.rtl)
    lines = tuple(_line(one, place, baseline, fonts) for one, baseline in zip(shaped, baselines, strict=True))
    return Block(
        size=fit.size,
        rtl=paragraph.rtl,
        width=ceil(max(line.width for line in lines)),
        height=baselines[-1] + bottom,
        lines=lines,
        weight=paragraph.setting.weight,
        optical=paragraph.setting.optical,
    )


@dataclass(frozen=True, slots=True)
class _Shaped:
    text: str
    runs: tuple[tuple[int, Shaped], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    align: str
    measure: int
    size: int
    rtl: bool

    def left(self, width: float) -> float:
        """Where a line of that width begins."""
        if self.align == "center":
            return (self.measure - width) / 2
        return self.measure - width if self.rtl else 0.0


def _shaped(paragraph: Paragraph, pieces: tuple[Piece, ...]) -> _Shaped:
    return _Shaped(*paragraph.line(pieces[0].start, pieces[-1].end, hyphen=pieces[-1].hyphen > 0))


def _line(shaped: _Shaped, place: _Place, baseline: int, fonts: tuple[Font, ...]) -> Line:
    lead = _white([(run.lead, run.advance) for _, run in shaped.runs]) * place.size
    trail = _white([(run.trail, run.advance) for _, run in reversed(shaped.runs)]) * place.size
    width = sum(run.advance for _, run in shaped.runs) * place.size - lead - trail
    left = place.left(width)
    pen = left - lead  # ink, not advance, stands flush with the edge
    glyphs: list[Glyph] = []
    for drawer, run in shaped.runs:
        glyphs += [
            Glyph(fonts[drawer], one.id, pen + one.x * place.size, baseline - one.y * place.size) for one in run.glyphs
        ]
        pen += run.advance * place.size
    return Line(shaped.text, baseline, left, width, tuple(glyphs))


def _white(runs: Sequence[tuple[float, float]]) -> float:
    """The white before the ink of a line, from the white and the advance of each run: a later one may reach out."""
    starts = accumulate((advance for _, advance in runs), initial=0.0)
    return min((start + white for start, (white, _) in zip(starts, runs, strict=False)), default=0.0)


def _empty(paragraph: Paragraph, style: Style) -> Block:
    return Block(size=style.sizes[0], rtl=paragraph.rtl, width=0, height=0, lines=(), missing=paragraph.missing)
