"""Bytes within the budget: JPEG for photographs, PNG of few colours for flat cards, nothing else in them."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

BUDGET = 300_000
"""Bytes. Messengers drop heavier pictures; platforms that say a limit allow more."""
_QUALITIES = (88, 84, 80, 75, 70, 64, 56)
GOOD = 70
"""The least quality at which one does not see that a picture was compressed."""
_COLOURS = (256, 128, 64)
_RUNS = 3
"""zlib's strategy for runs of one value: on flat cards it is quicker than any other, and leaves smaller files."""
_THUMB, _THUMB_QUALITY = 600, 65
"""Pixels that a small picture is wide at most. A column of the gallery is some 420 wide."""
_FEW = 4096
_MCU = 16
"""Rows of pixels that are coded together."""
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_START_OF_FRAME, _START_OF_SCAN = 0xC0, 0xDA
_EXACT = 16
"""The commonest colours, those of whole areas, are kept to the last bit."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as bytes, the quality it took (JPEG) or the colours it has (PNG), and the pixels it was made of."""

    data: bytes
    quality: int
    image: Image.Image = field(repr=False, compare=False)


def jpeg(image: Image.Image) -> Encoded:
    """Return a baseline JPEG, 4:2:0, at the best quality the budget allows."""
    for quality in _QUALITIES:
        data = _saved(image, "JPEG", quality=quality, subsampling="4:2:0", restart_marker_rows=1)
        made = Encoded(data, quality, image)
        if len(made.data) <= BUDGET:
            break
    return made


def png(image: Image.Image) -> Encoded:
    """Return a PNG with a palette of the card's commonest colours; large areas keep theirs exactly."""
    for most in _COLOURS:
        small, count = _indexed(image, most)
        made = Encoded(_saved(small, "PNG", compress_level=1, compress_type=_RUNS), count, image)
        if len(made.data) <= BUDGET:
            break
    return made


def thumb(image: Image.Image) -> bytes:
    """Return a picture in small as WebP: by whole pixels and the quickest method, 4 ms for a card of 1200 x 630.

    600 pixels are sharp enough on dense screens, where 400 were seen to be soft.
    """
    small = image.reduce(-(-image.width // _THUMB))
    return _saved(small, "WEBP", quality=_THUMB_QUALITY, method=0)


def opened(data: bytes) -> Image.Image:
    """Return our own file as a viewer sees it."""
    image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    image.load()
    return image if image.mode == "RGB" else image.convert("RGB")


def opened_between(data: bytes, top: int, bottom: int) -> tuple[Image.Image, int]:
    """Return at least these rows of a JPEG of ours, exactly as a viewer sees them, and the number of the first.

    Each row of blocks in it is coded by itself, between restart markers (ITU-T T.81, B.2.1), so that others need not be
    decoded. One more is taken on either side, because decoders smooth colours from row to row.
    """
    size, start = _frame_and_scan(data)
    height = int.from_bytes(data[size : size + 2], "big")
    rows = _RESTART.split(data[start:-2])
    first, last = max(0, top // _MCU - 1), min(len(rows), -(-bottom // _MCU) + 1)
    shown = min(height, last * _MCU) - first * _MCU
    marks = (bytes((0xFF, 0xD0 + number % 8)) for number in range(last - first))
    scan = b"".join(part for pair in zip(rows[first:last], marks, strict=True) for part in pair)[:-2]
    return opened(data[:size] + shown.to_bytes(2, "big") + data[size + 2 : start] + scan + data[-2:]), first * _MCU


def _frame_and_scan(data: bytes) -> tuple[int, int]:
    """Where a JPEG's height is written, and where its coefficients begin."""
    at, size = 2, 0
    while data[at + 1] != _START_OF_SCAN:
        size = at + 5 if data[at + 1] == _START_OF_FRAME else size
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return size, at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _indexed(image: Image.Image, most: int) -> tuple[Image.Image, int]:
    # A table for few colours stays in the processor's cache; flat cards have some hundreds.
    found = image.getcolors(_FEW) or image.getcolors(image.width * image.height)
    counted = sorted(found or [], reverse=True)
    colours = [colour for _, colour in counted[:most] if isinstance(colour, tuple)]
    sheet = Image.new("P", (1, 1))
    sheet.putpalette(_table(colours))
    made = image.quantize(palette=sheet, dither=Image.Dither.NONE)
    # Pillow looks colours up on a coarse grid, and may take a neighbour: give the large areas back what they had.
    row = Image.new("RGB", (_EXACT, 1))
    row.putdata(colours[:_EXACT])
    taken = row.quantize(palette=sheet, dither=Image.Dither.NONE).tobytes()
    for index, colour in reversed(list(zip(taken, colours[:_EXACT], strict=False))):
        colours[index] = colour
    made.putpalette(_table(colours))
    return made, len(colours)


def _table(colours: Sequence[tuple[int, ...]]) -> bytes:
    return b"".join(map(bytes, colours))


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    image.info = {}  # position, profile and comments of the source stay at home
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
