"""Glyphs for text: HarfBuzz, by glyph id and em, so that one shaping serves every size.

Opened faces are kept for the process, by the digest of their bytes.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from syndicate.artifact import Asset, Read

_KEPT = 64
"""Faces kept open in one process: all shipped ones and a site's own."""
_faces: dict[tuple[str, bool], "Face"] = {}
_EMOJI_TOP, _EMOJI_BOTTOM, _EMOJI_SIDE = 0.95, 0.25, 0.06
"""Room that emoji get, in em: their own is that of a tile, without white at its sides."""


@dataclass(frozen=True, slots=True)
class Inked:
    """A glyph in its place, in em from the run's start on the baseline; y grows upwards.

    ``cluster`` is the offset of the first character it stands for, ``advance`` how far it moves what follows.
    """

    id: int
    cluster: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """A run of glyphs from left to right: ``advance`` is its length, ``top`` and ``bottom`` how far its ink reaches.

    ``lead`` is the white before its ink, ``trail`` after it, all in em.
    """

    glyphs: tuple[Inked, ...]
    advance: float
    top: float
    bottom: float
    lead: float
    trail: float


class Face:
    """An opened font file."""

    def __init__(self, data: bytes, *, colour: bool) -> None:
        self._face = hb.Face(hb.Blob(data))
        self.colour = colour
        self.covers: frozenset[int] = frozenset(self._face.unicodes)
        self.upem: int = self._face.upem
        self._palette = _palette(bytes(self._face.reference_table("CPAL").data)) if colour else ()
        self._fonts: dict[tuple[int, int], hb.Font] = {}
        self._extents: dict[tuple[int, int, int], tuple[float, float, float, float]] = {}

    @property
    def name(self) -> str:
        """The family's name, as its maker gave it."""
        return str(self._face.get_name(hb.OTNameIdPredefined.FONT_FAMILY) or "")

    @property
    def has_colour(self) -> bool:
        """Whether it has colour glyphs of the kind that is drawn (COLR version 0)."""
        return bool(self._face.has_color_layers)

    @property
    def is_variable(self) -> bool:
        """Whether it has axes of variation."""
        return "fvar" in self._face.table_tags

    def font(self, weight: int, optical: int) -> hb.Font:
        """Return the instance of a weight and an optical size; a static font has one."""
        key = (weight, optical)
        if key not in self._fonts:
            font = hb.Font(self._face)
            font.set_variations({"wght": weight, "opsz": optical})
            self._fonts[key] = font
        return self._fonts[key]

    def ink(self, glyph: int, weight: int, optical: int) -> tuple[float, float, float, float]:
        """Return how far a glyph's ink reaches: left, right, top, bottom, in em; zeros for white space."""
        key = (glyph, weight, optical)
        if key not in self._extents:
            found = self.font(weight, optical).get_glyph_extents(glyph)
            edges = (0.0, 0.0, 0.0, 0.0)
            if found is not None and found.width:
                left, top = found.x_bearing, found.y_bearing
                edges = (left, left + found.width, top, -(top + found.height))
            self._extents[key] = tuple(edge / self.upem for edge in edges)  # type: ignore[assignment]
        return self._extents[key]

    def layers(self, glyph: int) -> tuple[tuple[int, tuple[int, int, int, int] | None], ...]:
        """Return the layers of a colour glyph, lowest first: glyph ids with red, green, blue and alpha.

        ``None`` is the text's own colour.
        """
        layers = self._face.get_glyph_color_layers(glyph)
        return tuple((layer.glyph, _colour(self._palette, layer.color_index)) for layer in layers)


def face(asset: Asset, read: Read, *, colour: bool = False) -> Face:
    """Open a font, or return it as it was opened before."""
    key = (asset.digest, colour)
    if key not in _faces:
        if len(_faces) >= _KEPT:
            _faces.clear()
        _faces[key] = Face(read(asset), colour=colour)
    return _faces[key]


def without(data: bytes, characters: frozenset[int]) -> bytes:
    """Return a font (the first, of a collection) that lacks these characters, and hints, which cards do not use."""
    whole = hb.Face(hb.Blob(data), 0)
    wanted = hb.SubsetInput()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(set(whole.unicodes) - characters)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(whole, wanted).blob.data)


@dataclass(frozen=True, slots=True)
class Setting:
    """What shapes a run beside its characters."""

    language: str
    weight: int
    optical: int
    tracking: float = 0.0


def shape(face: Face, text: str, span: tuple[int, int], manner: tuple[str, bool], setting: Setting) -> Shaped:
    """Shape ``text[span]`` in one face; what stands around it is seen, so that letters join.

    ``manner`` is the script and whether it runs from right to left.
    """
    script, rtl = manner
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text], span[0], span[1] - span[0])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = setting.language
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    features = {"liga": False, "clig": False} if setting.tracking else {}
    hb.shape(face.font(setting.weight, setting.optical), buffer, features)
    return _shaped(face, buffer, setting)


def _shaped(face: Face, buffer: hb.Buffer, setting: Setting) -> Shaped:
    glyphs: list[Inked] = []
    inks: list[tuple[float, float]] = []
    pen = top = bottom = lead = trail = 0.0
    for one, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        side = _EMOJI_SIDE if face.colour and position.x_advance else 0.0
        x, y = pen + side + position.x_offset / face.upem, position.y_offset / face.upem
        advance = 2 * side + position.x_advance / face.upem + (setting.tracking if position.x_advance else 0.0)
        glyphs.append(Inked(one.codepoint, one.cluster, x, y, advance))
        left, right, above, below = face.ink(one.codepoint, setting.weight, setting.optical)
        if face.colour:
            above, below = _EMOJI_TOP, _EMOJI_BOTTOM
        top, bottom = max(top, above + y), max(bottom, below - y)
        if right > left:
            inks.append((x + left, x + right))
        pen += advance
    if inks:
        lead, trail = min(left for left, _ in inks), pen - max(right for _, right in inks)
    return Shaped(tuple(glyphs), pen, top, bottom, lead, trail)


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """Return the script of a character (``Latn``), or nothing where it serves many."""
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character)])
    buffer.language = "en"  # otherwise the library asks the machine's locale
    buffer.guess_segment_properties()
    found = buffer.script
    return "" if found in {None, "Zyyy", "Zinh", "Zzzz"} else str(found)


def scripts(text: str) -> tuple[str, ...]:
    """Return the script of each character; what serves many takes that of its neighbour."""
    found = [script(character) for character in text]
    _inherit(found, range(len(found)))
    _inherit(found, range(len(found) - 1, -1, -1))
    return tuple(one or "Zyyy" for one in found)


def _inherit(found: list[str], indices: Sequence[int]) -> None:
    last = ""
    for index in indices:
        found[index] = last = found[index] or last


def _palette(table: bytes) -> tuple[tuple[int, int, int, int], ...]:
    """Return the first palette of a CPAL table; the library's own way to it asks for all memory there is."""
    _, entries, _, _, offset, first = struct.unpack_from(">HHHHLH", table)
    found = struct.iter_unpack("BBBB", table[offset + 4 * first : offset + 4 * (first + entries)])
    return tuple((red, green, blue, alpha) for blue, green, red, alpha in found)


def _colour(palette: Sequence[tuple[int, int, int, int]], index: int) -> tuple[int, int, int, int] | None:
    return palette[index] if index < len(palette) else None  # 0xFFFF is the text's own
