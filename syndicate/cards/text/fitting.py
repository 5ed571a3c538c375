"""How large, and where the lines end: the largest size at which the whole text fits, then the most even lines.

Pure arithmetic over measured pieces; it never sees a glyph. Costs are in hundredths: a line that deviates from the mean
by a tenth of the measure costs two, a stranded article twenty, a widow sixty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from syndicate.cards.text.paragraph import Piece

ASCENT, DESCENT = 0.74, 0.2
"""What a line has above and below its baseline at least, in em, whatever its letters: so that cards agree."""
_AIR = 0.03
"""White kept between the ink of two lines, in em."""
_RAG = 200.0
_WIDOW, _ORPHAN, _STRANDED, _EXTRA_LINE = 60.0, 16.0, 30.0, 10.0
_SHORT = 0.36
"""A line shorter than this part of the mean is a stub: a widow at the end, an orphan at the start, else stranded."""
_UGLY = 18.0
"""From here on smaller sizes are looked at."""
_STEP_DOWN = 0.64
_CHANGE, _SMALLER = 6.0, 48.0
"""What better lines must be better by to be worth a smaller size at all, and half the size."""
_ROUNDING = 0.997
"""Kerning across the seams of pieces is not measured; this leaves room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where the text must go: pixels, the most lines, and baseline to baseline in em."""

    width: int
    height: int
    lines: int
    leading: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A size in pixels, each line as its first and last piece, the leading in em and how much is wrong with it."""

    size: int
    lines: tuple[tuple[int, int], ...]
    leading: float
    cost: float


def fit(pieces: Sequence[Piece], sizes: Sequence[int], box: Box) -> Fit | None:
    """Return the largest size that fits, or a smaller one where its lines are much better; ``None`` for none."""
    largest = best = None
    least = float("inf")
    for size in sizes:
        if largest is not None and (least < _UGLY or size < largest * _STEP_DOWN):
            break
        found = _at(pieces, size, box)
        if found is None:
            continue
        largest = largest or size
        wrong = found.cost + (_CHANGE + 2 * _SMALLER * (1 - size / largest)) * (size < largest)
        if wrong < least:
            best, least = found, wrong
    return best


def greedy(pieces: Sequence[Piece], measure: float) -> int:
    """Return the number of lines it takes at least; 0 where a piece is wider than the measure."""
    lines, pen = 1, 0.0
    for piece in pieces:
        if piece.inner + piece.hyphen > measure:
            return 0
        if pen + piece.inner + piece.hyphen > measure:
            lines, pen = lines + 1, 0.0
        pen += piece.advance
    return lines


def _at(pieces: Sequence[Piece], size: int, box: Box) -> Fit | None:
    measure = box.width / size * _ROUNDING
    count = greedy(pieces, measure)
    if not count or count > box.lines:
        return None
    found = [_set(pieces, size, box, lines) for lines in range(count, min(count + 1, box.lines) + 1)]
    fitting = [one for one in found if one is not None]
    return min(fitting, key=lambda one: one.cost + _EXTRA_LINE * (len(one.lines) - count), default=None)


def _set(pieces: Sequence[Piece], size: int, box: Box, count: int) -> Fit | None:
    lowest = ASCENT + box.leading * (count - 1) + DESCENT
    if count > len(pieces) or lowest * size > box.height:
        return None
    balanced = _balanced(pieces, box.width / size * _ROUNDING, count)
    if balanced is None:
        return None
    lines, cost = balanced
    leading = _leading(pieces, lines, box.leading)
    if height(pieces, lines, leading) * size > box.height:
        return None
    return Fit(size, lines, leading, cost)


def height(pieces: Sequence[Piece], lines: Sequence[tuple[int, int]], leading: float) -> float:
    """Return how high set lines are, in em, marks included."""
    top, _ = reach(pieces, lines[0])
    _, bottom = reach(pieces, lines[-1])
    return top + leading * (len(lines) - 1) + bottom


def reach(pieces: Sequence[Piece], line: tuple[int, int]) -> tuple[float, float]:
    """Return how far a line's ink reaches above and below its baseline, in em; at least what every line has."""
    within = pieces[line[0] : line[1]]
    return max(ASCENT, *(one.top for one in within)), max(DESCENT, *(one.bottom for one in within))


def _leading(pieces: Sequence[Piece], lines: Sequence[tuple[int, int]], least: float) -> float:
    """Baseline to baseline, wide enough that no mark touches the line above."""
    extents = [reach(pieces, line) for line in lines]
    return max(least, *(a[1] + b[0] + _AIR for a, b in pairwise(extents)), 0.0)


def _balanced(pieces: Sequence[Piece], measure: float, count: int) -> tuple[tuple[tuple[int, int], ...], float] | None:
    """The ``count`` lines of least cost (Knuth and Plass's idea, without stretch)."""
    ends = [0.0]
    for piece in pieces:
        ends.append(ends[-1] + piece.advance)
    hidden = sum(piece.advance - piece.inner for piece in pieces[:-1]) / max(1, len(pieces) - 1)
    mean = (ends[-1] - pieces[-1].advance + pieces[-1].inner - hidden * (count - 1)) / count
    costs: dict[int, float] = {0: 0.0}
    trail: list[dict[int, int]] = []
    for number in range(1, count + 1):
        costs, came = _next_line(pieces, ends, costs, _Line(measure, mean, number == 1, number == count))
        trail.append(came)
    if len(pieces) not in costs:
        return None
    return _traced(trail, len(pieces)), costs[len(pieces)]


@dataclass(frozen=True, slots=True)
class _Line:
    measure: float
    mean: float
    first: bool
    last: bool

    def cost(self, width: float, piece: Piece) -> float:
        away = (width - self.mean) / self.measure
        cost = _RAG * away * away + (0 if self.last else piece.penalty)
        if width < _SHORT * self.mean and not (self.first and self.last):
            cost += _WIDOW if self.last else _ORPHAN if self.first else _STRANDED
        return cost


def _next_line(
    pieces: Sequence[Piece], ends: Sequence[float], costs: dict[int, float], line: _Line
) -> tuple[dict[int, float], dict[int, int]]:
    """From where lines may have ended so far, where the next may end, and at what cost."""
    reached: dict[int, float] = {}
    came: dict[int, int] = {}
    for start, so_far in costs.items():
        for end in range(start + 1, len(pieces) + 1):
            piece = pieces[end - 1]
            width = ends[end - 1] - ends[start] + piece.inner + piece.hyphen
            if width > line.measure:
                break
            if line.last and end < len(pieces):
                continue
            cost = so_far + line.cost(width, piece)
            if cost < reached.get(end, float("inf")):
                reached[end], came[end] = cost, start
    return reached, came


def _traced(trail: Sequence[dict[int, int]], end: int) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    for came in reversed(trail):
        lines.append((came[end], end))
        end = came[end]
    return tuple(reversed(lines))
