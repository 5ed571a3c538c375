"""Coverage from outlines: FreeType, without hints, on a grid of quarter pixels; the same bytes on every machine.

All single-coloured ink of a block is one layer; colour glyphs (COLR version 0) are layers of their own, lowest first.
"""

import ctypes
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import floor

import freetype

from syndicate.cards.text import shape
from syndicate.cards.text.compose import Block, Glyph
from syndicate.cards.text.fonts import Faces, Font

_LOAD = freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP | freetype.FT_LOAD_RENDER
_GRID = 4
_KEPT = 64
_PROBES = 64
_faces: dict[tuple[str, int, int], freetype.Face] = {}


@dataclass(frozen=True, slots=True)
class Layer:
    """An area of 8-bit coverage and its colour; ``None`` is the text's own. Pixels from the block's left and top."""

    colour: tuple[int, int, int, int] | None
    left: int
    top: int
    width: int
    height: int
    coverage: bytes


@dataclass(frozen=True, slots=True)
class _Bitmap:
    left: int
    top: int
    width: int
    height: int
    rows: tuple[bytes, ...]


def layers(block: Block, faces: Faces) -> tuple[Layer, ...]:
    """Return the ink of a block, lowest layer first."""
    glyphs = [glyph for line in block.lines for glyph in line.glyphs]
    plain = [_drawn(glyph.font, glyph.id, glyph, block, faces) for glyph in glyphs if not glyph.font.colour]
    merged = _merged([one for one in plain if one.width], None)
    coloured = (layer for glyph in glyphs if glyph.font.colour for layer in _coloured(glyph, block, faces))
    return (*merged, *coloured)


def prove(data: bytes, characters: Collection[int]) -> None:
    """Draw some letters all over a font. Raises ``ValueError`` where it cannot be opened or leaves no ink."""
    letters = sorted(code for code in characters if unicodedata.category(chr(code))[0] in "LNS")
    letters = letters or sorted(characters)
    probe = letters[:: max(1, len(letters) // _PROBES)]
    try:
        face = freetype.Face(BytesIO(data))
        face.set_char_size(32 * 64, 0, 72, 72)
        inked = sum(_inks(face, code) for code in probe)
    except freetype.FT_Exception as error:
        raise ValueError(f"cannot be opened ({str(error).strip()})") from None
    if inked * 10 < len(probe) * 9 or not inked:
        raise ValueError("opens, but draws nothing for many of its letters; it is damaged")


def _inks(face: freetype.Face, code: int) -> bool:
    glyph = face.get_char_index(code)
    try:
        face.load_glyph(glyph, _LOAD | freetype.FT_LOAD_COLOR)
    except freetype.FT_Exception:
        return False
    return bool(glyph and face.glyph.bitmap.rows)


def _coloured(glyph: Glyph, block: Block, faces: Faces) -> Iterator[Layer]:
    face = shape.face(glyph.font.asset, faces.read, colour=True)
    for outline, colour in face.layers(glyph.id) or ((glyph.id, None),):
        bitmap = _drawn(glyph.font, outline, glyph, block, faces)
        if bitmap.width:
            yield from _merged([bitmap], colour)


def _drawn(font: Font, outline: int, glyph: Glyph, block: Block, faces: Faces) -> _Bitmap:
    """The coverage of an outline at a glyph's place."""
    x, y = floor(glyph.x * _GRID + 0.5), floor(glyph.y * _GRID + 0.5)
    _face(font, block, faces)
    instance = (font.asset.digest, block.weight, block.optical)
    left, top, width, rows = _rendered(instance, block.size, outline, (x % _GRID, -y % _GRID))
    return _Bitmap(x // _GRID + left, -(-y // _GRID) - top, width, len(rows), rows)


@lru_cache(maxsize=2048)
def _rendered(
    instance: tuple[str, int, int], size: int, outline: int, fraction: tuple[int, int]
) -> tuple[int, int, int, tuple[bytes, ...]]:
    """Left, top (upwards), width and rows of an outline's coverage, moved by a fraction of the grid."""
    face = _faces[instance]
    face.set_char_size(size * 64, 0, 72, 72)
    unit = 64 // _GRID
    face.set_transform(freetype.Matrix(0x10000, 0, 0, 0x10000), freetype.Vector(fraction[0] * unit, fraction[1] * unit))
    face.load_glyph(outline, _LOAD)
    # The package's own ``bitmap.buffer`` makes a list of every pixel, which costs more than drawing them.
    slot = face.glyph._FT_GlyphSlot.contents  # noqa: SLF001
    bitmap, pitch = slot.bitmap, slot.bitmap.pitch
    data = ctypes.string_at(bitmap.buffer, bitmap.rows * pitch) if pitch else b""
    rows = tuple(data[row * pitch : row * pitch + bitmap.width] for row in range(bitmap.rows if pitch else 0))
    return slot.bitmap_left, slot.bitmap_top, bitmap.width, rows


def _face(font: Font, block: Block, faces: Faces) -> None:
    """See to it that the instance of a font is open."""
    instance = (font.asset.digest, block.weight, block.optical)
    if instance in _faces:
        return
    if len(_faces) >= _KEPT:
        _faces.clear()
        _rendered.cache_clear()
    face = freetype.Face(BytesIO(faces.read(font.asset)))
    if font.variable:
        wanted = {"wght": block.weight, "opsz": block.optical}
        axes = face.get_variation_info().axes
        face.set_var_design_coords([min(max(wanted.get(a.tag, a.default), a.minimum), a.maximum) for a in axes])
    _faces[instance] = face


def _merged(bitmaps: list[_Bitmap], colour: tuple[int, int, int, int] | None) -> Iterator[Layer]:
    """One layer of many: where two overlap, as letters that join do, both count."""
    if not bitmaps:
        return
    left, top = min(one.left for one in bitmaps), min(one.top for one in bitmaps)
    width = max(one.left + one.width for one in bitmaps) - left
    height = max(one.top + one.height for one in bitmaps) - top
    area = bytearray(width * height)
    for one in bitmaps:
        start = (one.top - top) * width + one.left - left
        blank = bytes(one.width)
        for row in one.rows:
            end = start + one.width
            below = area[start:end]
            area[start:end] = row if below == blank else _both(below, row)
            start += width
    yield Layer(colour, left, top, width, height, bytes(area))


def _both(below: bytes | bytearray, above: bytes) -> bytes:
    """The bitwise union of two rows: never less than either, full where either is full."""
    union = int.from_bytes(below, "little") | int.from_bytes(above, "little")
    return union.to_bytes(len(above), "little")
