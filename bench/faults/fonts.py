"""Fonts made worse by chance, through the door that opens a site's fonts, and drawn with: each is set, or refused.

``fonts.py [--count 100000] [--seed 1] [--hands 2]`` prints counts; exits with 1 where anything but a refusal came.
"""

import argparse
import io
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from bench.faults.mutation import chance_of, mutated, tried
from syndicate.cards.text import raster, shape

FONTS = Path(__file__).resolve().parents[2] / "fonts"
LETTERS = {
    "noto-sans.ttf": "Ato fi",
    "inter.ttf": "Ato fi",
    "noto-sans-arabic.ttf": "سلام",
    "noto-sans-devanagari.ttf": "क्षि",
    "noto-sans-jp.otf": "紅茶",
    "noto-nastaliq-urdu.ttf": "اردو",
}
MANNERS = (("Latn", False), ("Latn", False), ("Arab", True), ("Deva", False), ("Hani", False), ("Arab", True))
SECONDS = 20.0
_ANYWHERE = 0.3
"""Of so many all bytes may change, not only those of one table."""


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--hands", type=int, default=2)
    said = asked.parse_args()
    kinds = seeds()
    tally = tried(said.count, lambda number: made(said.seed, number), judge, hands=said.hands, seconds=SECONDS)
    print(f"{said.count:,} fonts made worse, of {len(kinds)} kinds of {min(map(len, kinds)):,} bytes and more")
    print("\n".join(tally.lines()))
    sys.exit(bool(tally.faults))


def judge(data: bytes) -> str:
    """Open a font, see that it draws, and set a line in it."""
    try:
        face = shape.Face(data, colour=False)
        raster.prove(data, face.covers)
    except ValueError as error:
        return f"refused: {str(error)[:40]}"
    how = shape.Setting("en", 700, 32)
    for text, manner in zip(LETTERS.values(), MANNERS, strict=True):
        shape.shape(face, text, (0, len(text)), manner, how)
    return "set"


def made(seed: int, number: int) -> bytes:
    """Return the font of a number: worse in one of its tables, or anywhere."""
    chance, kinds = chance_of(seed, number), seeds()
    data = kinds[number % len(kinds)]
    if chance.random() < _ANYWHERE:
        return mutated(data, chance, kinds)
    start, end = chance.choice([*_tables(data)])
    return data[:start] + mutated(data[start:end], chance, kinds)[: end - start].ljust(end - start, b"\0") + data[end:]


def _tables(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each table of an OpenType font stands."""
    (count,) = struct.unpack_from(">H", data, 4)
    for at in range(12, 12 + 16 * count, 16):
        offset, length = struct.unpack_from(">8xII", data, at)
        yield offset, offset + length


@cache
def seeds() -> tuple[bytes, ...]:
    """Return small whole fonts: TrueType and CFF, plain and variable, simple and with all the rules of a script."""
    return tuple(_small(FONTS / name, letters) for name, letters in LETTERS.items())


def _small(place: Path, letters: str) -> bytes:
    font = TTFont(place, recalcTimestamp=False)
    how = subset.Options(layout_features=["*"], notdef_outline=True, hinting=False, recalc_timestamp=False)
    maker = subset.Subsetter(how)
    maker.populate(text=letters)
    maker.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
