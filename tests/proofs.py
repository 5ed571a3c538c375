"""What a typesetter would send back: titles set in rooms of every shape, judged line by line.

Shared by a test, which sets some, and by ``bench/cards/titles.py``, which sets them all.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syndicate.artifact import Read
from syndicate.cards.text.compose import Block, Style, compose
from syndicate.cards.text.fonts import Faces, needed
from syndicate.cards.text.typography import prepare
from syndicate.model import Typeface

_DOWN = (72, 68, 64, 60, 56, 52, 48, 45, 42, 39, 36, 33, 30, 28, 26)
_SPACE = re.compile(r"[\s\u00ad\u200b-]")
_STUCK = "\u00a0\u202f\u2060"
_CLOSERS, _OPENERS = "»%‰:;!?,…。、", "«¿¡"
_DRAWABLE = frozenset({"Lu", "Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
_BETWEEN = (" ", " ", " ", " ", "\u00a0", " – ", ", ", ": ", " « ", " (", ") ", "-", "/", " ! ")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a title goes: a theme's box on a canvas."""

    name: str
    width: int
    height: int
    sizes: tuple[int, ...]
    leading: float
    lines: int
    tracking: float


def _room(name: str, size: tuple[int, int], largest: tuple[int, ...], scale: float = 1, lines: int = 8) -> Room:
    sizes = tuple(int(one * scale) for one in (*largest, *_DOWN))
    return Room(name, *size, sizes, 1.12, lines, -0.018)


_LARGE = (128, 120, 112, 104, 96, 90, 84, 78)
ROOMS = (
    _room("photograph, 1200x630", (1072, 300), _LARGE[4:], lines=6),
    _room("beside, 1200x630", (572, 364), (), lines=9),
    _room("editorial, 1200x630", (668, 364), _LARGE),
    _room("photograph, 1080x1080", (862, 560), _LARGE[4:], 1.71, 6),
    _room("editorial, 1080x1350", (862, 470), _LARGE, 1.71),
    _room("beside, 1080x1920", (862, 520), (), 1.71, 9),
    _room("editorial, 1600x900", (900, 540), _LARGE, 1.42),
)


def set_in(room: Room, title: str, language: str, typefaces: Sequence[Typeface], read: Read) -> tuple[Block, Faces]:
    """Set a title in a room."""
    faces = Faces(needed([title], language, typefaces), read)
    style = Style(
        language=language, sizes=room.sizes, leading=room.leading, lines=room.lines, tracking=room.tracking
    )  # fmt: skip
    return compose(title, style, room.width, room.height, faces), faces


def faults(block: Block, room: Room, title: str, language: str) -> Iterator[str]:
    """Name what is wrong with a set title."""
    if any(glyph.id == 0 for line in block.lines for glyph in line.glyphs):
        yield "a box stands for a glyph"
    if block.height > room.height or len(block.lines) > room.lines:
        yield "it is higher than its room"
    if any(line.left < -1 or line.left + line.width > room.width + 1 for line in block.lines):
        yield "a line leaves its room"
    yield from _lost(block, title, language)
    for before, after in zip(block.lines, block.lines[1:], strict=False):
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
