"""SVG drawings as pixels, by resvg where it is installed: no file, no network, no font of the machine gets in.

A drawing is parsed here, and what could lead out of it is left out before the library sees it: addresses that are not
its own parts or pictures it holds. A drawing with text is refused, because which font the machine has would decide what
is seen.
"""

import base64
import binascii
import io
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_LONGEST = 2000
"""Pixels of the longer side a drawing is drawn at: it has no size of its own that would matter."""
_BYTES, _ELEMENTS, _DEPTH, _SLIM = 4 << 20, 50_000, 200, 100
_TEXT = frozenset({"text", "foreignObject"})
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}
_LENGTH = re.compile(r"\s*([0-9]{0,7}\.?[0-9]{1,7})(px|pt|pc|mm|cm|in|em)?\s*")
_HELD = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_STARTS = (b"<svg", b"<?xml", b"<!--", b"<!doctype svg")

Judge = Callable[[bytes], object]
"""Raises for a picture inside a drawing that must not be decoded."""


def is_drawing(data: bytes) -> bool:
    """Whether a file seems to be an SVG drawing."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_STARTS) and b"svg" in data[:8192].lower()


def is_available() -> bool:
    """Whether the library is installed."""
    try:
        import resvg_py  # noqa: F401, PLC0415 -- an extra; most sites have no drawing
    except ImportError:
        return False
    return True


def size(data: bytes) -> tuple[int, int]:
    """Return the pixels a drawing is drawn at. Raises ``ValueError`` for what cannot be drawn."""
    return _size(_parsed(data))


def draw(data: bytes, judge: Judge) -> bytes:
    """Return a drawing as a PNG. Raises ``ValueError``, or what ``judge`` raises for a picture inside."""
    import resvg_py  # noqa: PLC0415 -- an extra; most sites have no drawing

    root = _parsed(data)
    width, height = _size(root)
    for element in root.iter():
        for name in [name for name in element.attrib if name.rpartition("}")[2] == "href"]:
            if not _stays_inside(element.attrib[name], judge):
                del element.attrib[name]
    made = resvg_py.svg_to_bytes(
        svg_string=ET.tostring(root, encoding="unicode"),
        skip_system_fonts=True,
        dpi=96,
        width=width if width >= height else None,
        height=height if height > width else None,
    )
    return bytes(made)


def _parsed(data: bytes) -> ET.Element:
    """Parse within bounds; comments, processing instructions and the document type do not survive it."""
    if len(data) > _BYTES:
        raise ValueError(f"the drawing has more than {_BYTES >> 20} MiB")
    depth = elements = 0
    root: ET.Element | None = None
    try:
        # expat itself stops entities that multiply, and reads none from outside.
        for event, element in ET.iterparse(io.BytesIO(data), events=("start", "end")):  # noqa: S314
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > _DEPTH or elements > _ELEMENTS:
                raise ValueError("the drawing is larger or deeper than any real one")
    except ET.ParseError as error:
        raise ValueError(f"the drawing is not well formed: {error}") from None
    if root is None or root.tag != f"{_SVG}svg":
        raise ValueError("it is XML, and not a drawing")
    if any(one.tag.rpartition("}")[2] in _TEXT for one in root.iter()):
        raise ValueError("the drawing has text, for which fonts differ; convert it to outlines")
    return root


def _size(root: ET.Element) -> tuple[int, int]:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    across, down = box[2:] if len(box) == 4 else ("", "")  # noqa: PLR2004 -- left, top, width, height
    width = _pixels(root.get("width", "")) or _pixels(across)
    height = _pixels(root.get("height", "")) or _pixels(down)
    if not width or not height or max(width, height) > _SLIM * min(width, height):
        raise ValueError("the drawing does not say how large it is")
    scale = _LONGEST / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[found[2] or ""] if found else 0.0


def _stays_inside(address: str, judge: Judge) -> bool:
    """Whether an address leads to a part of the drawing itself, or to a picture it holds."""
    held = _HELD.match(address.strip())
    if not held:
        return address.strip().startswith("#")
    try:
        judge(base64.b64decode(re.sub(r"\s", "", address.strip()[held.end() :]), validate=True))
    except binascii.Error:
        return False
    return True
