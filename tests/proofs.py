"""What a typesetter would send back: titles set in the rooms of every theme and outlet, judged line by line.

Shared by tests, which set some, and by ``bench/cards/titles.py``, which sets them all.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from syndicate.artifact import Read
from syndicate.cards import frame, layout
from syndicate.cards.layout import Areas, Box, Canvas
from syndicate.cards.outlets import TYPESET, Outlet
from syndicate.cards.text.compose import Block, Glyph, Style, compose
from syndicate.cards.text.fonts import Faces, needed
from syndicate.cards.text.shape import face
from syndicate.cards.text.typography import prepare
from syndicate.cards.themes import THEMES
from syndicate.cards.themes.reading import Theme
from syndicate.model import Typeface

_SPACE = re.compile(r"[\s\u00ad\u200b-]")
_STUCK = "\u00a0\u202f\u2060"
_CLOSERS, _OPENERS = "»%‰:;!?,…。、", "«¿¡"
_DRAWABLE = frozenset({"Lu", "Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
_BETWEEN = (" ", " ", " ", " ", "\u00a0", " – ", ", ", ": ", " « ", " (", ") ", "-", "/", " ! ")
_PROPORTIONS = ((0.5, True), (1.5, False), (4.0, True))
"""Pictures that type stands beside: one as high as twice its width, a usual one, a banner."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a title goes, as a theme lays it out at an outlet, and how it is set there."""

    name: str
    canvas: Canvas
    areas: Areas
    style: Style

    @property
    def box(self) -> Box:
        """The title's own box."""
        return self.areas.title

    @property
    def key(self) -> tuple[int, int, Style]:
        """All that a title's lines depend on: rooms with one key set it alike."""
        return self.box.width, self.box.height, self.style


def rooms(title: str, language: str) -> Iterator[Room]:
    """Yield the rooms that a title gets: one a theme and outlet, and more where a picture's shape decides."""
    for theme in THEMES.values():
        for outlet in TYPESET:
            canvas = Canvas(outlet.width, outlet.height, outlet.inset)
            style = frame.style(theme.title, language, canvas)
            for number, areas in enumerate(_areas(theme, canvas, len(title))):
                yield Room(f"{theme.name}, {_called(outlet)}{'ab'[number - 1] * (number > 0)}", canvas, areas, style)


def _areas(theme: Theme, canvas: Canvas, letters: int) -> Iterator[Areas]:
    if theme.arrangement == "full":
        yield layout.photograph(canvas, letters)
    elif theme.arrangement == "type":
        yield layout.typeset(theme.ornament, canvas, letters)
    else:
        for proportion, whole in _PROPORTIONS if canvas.tall else _PROPORTIONS[1:2]:
            yield layout.beside(canvas, letters, proportion, whole=whole)


def _called(outlet: Outlet) -> str:
    return f"{outlet.width}x{outlet.height}"


def fonts_for(title: str, language: str, typefaces: Sequence[Typeface], read: Read) -> Faces:
    """Open the fonts that a title needs."""
    return Faces(needed([title], language, typefaces), read)


def set_in(room: Room, title: str, faces: Faces) -> Block:
    """Set a title in a room."""
    return compose(title, room.style, room.box.width, room.box.height, faces)


def faults(block: Block, room: Room, title: str, faces: Faces) -> Iterator[str]:
    """Name what is wrong with a set title."""
    if any(glyph.id == 0 for line in block.lines for glyph in line.glyphs):
        yield "a box stands for a glyph"
    if block.height > room.box.height or len(block.lines) > room.style.lines:
        yield "it is higher than its room"
    if any(line.left < -1 or line.left + line.width > room.box.width + 1 for line in block.lines):
        yield "a line leaves its room"
    yield from _spilt(block, room, faces)
    yield from _lost(block, title, room.style.language)
    for before, after in pairwise(block.lines):
        if before.text[-1:] in _STUCK or after.text[:1] in _STUCK:
            yield "a no-break space is broken"
        if _closes(after.text):
            yield "a line begins with what closes"
        if unicodedata.category(before.text[-1]) in {"Ps", "Pi"} or before.text[-1] in _OPENERS:
            yield "a line ends with what opens"


def generated(count: int, typefaces: Sequence[Typeface], seed: int = 4) -> Iterator[str]:
    """Yield titles of letters that the typefaces have, whatever they mean."""
    chance = random.Random(seed)
    alphabets = [
        [chr(code) for code in sorted(one.covers) if unicodedata.category(chr(code)) in _DRAWABLE]
        for one in typefaces
        if not one.colour
    ]
    emoji = [chr(code) for one in typefaces if one.colour for code in sorted(one.covers) if code > 0x1F300]
    for _ in range(count):
        letters = chance.choice([one for one in alphabets if one])
        words = ["".join(chance.choices(letters, k=chance.randint(1, 10))) for _ in range(chance.randint(1, 14))]
        if not chance.randrange(6):
            words.append(chance.choice(emoji))
        yield "".join(word + chance.choice(_BETWEEN) for word in words).strip()


def _spilt(block: Block, room: Room, faces: Faces) -> Iterator[str]:
    """What is wrong with where the ink falls on the card, turned over where it is read from the right."""
    inked = [ink for line in block.lines for glyph in line.glyphs if (ink := _ink(glyph, block, faces))]
    if not inked:
        return
    canvas, areas = room.canvas, room.areas
    box = areas.title.mirrored(canvas.width) if block.rtl else areas.title
    top = box.bottom - block.height if areas.low else box.top
    left, right = box.left + min(ink[0] for ink in inked), box.left + max(ink[1] for ink in inked)
    above, below = top + min(ink[2] for ink in inked), top + max(ink[3] for ink in inked)
    edge = canvas.margin / 2
    if left < edge or right > canvas.width - edge:
        yield f"ink leaves the safe area at its side: {left:.0f} to {right:.0f}"
    if above < max(edge, canvas.inset) or below > canvas.height - max(edge, canvas.inset):
        yield f"ink leaves the safe area above or below: {above:.0f} to {below:.0f}"
    for other in filter(None, (areas.panel, areas.ornament, areas.figure)):
        one = other.mirrored(canvas.width) if block.rtl else other
        if left < one.right and one.left < right and above < one.bottom and one.top < below:
            yield "ink falls on what stands beside the type"
    for low, high in pairwise(block.lines):
        if high.baseline - low.baseline < block.size:
            yield "lines stand closer than their size"


def _ink(glyph: Glyph, block: Block, faces: Faces) -> tuple[float, float, float, float] | None:
    """Left, right, top and bottom of a glyph's ink, in pixels from the block's left and top."""
    opened = face(glyph.font.asset, faces.read, colour=glyph.font.colour)
    left, right, top, bottom = (edge * block.size for edge in opened.ink(glyph.id, block.weight, block.optical))
    return (glyph.x + left, glyph.x + right, glyph.y - top, glyph.y + bottom) if left or right else None


def _lost(block: Block, title: str, language: str) -> Iterator[str]:
    missing = {chr(int(name.removeprefix("U+"), 16)) for name in block.missing}
    wanted = "".join(one for one in _SPACE.sub("", prepare(title, language)) if one not in missing)
    found = _SPACE.sub("", "".join(line.text for line in block.lines))
    found = "".join(one for one in found if one not in missing)
    if found != wanted and not (block.cut and wanted.startswith(found.rstrip("…"))):
        yield f"letters are lost: {found!a} for {wanted!a}"


def _closes(text: str) -> bool:
    first = text[0]
    alone = not text[1:2].isalnum()  # .NET is a name
    return unicodedata.category(first) in {"Pe", "Pf"} or first in _CLOSERS or (first == "." and alone)
