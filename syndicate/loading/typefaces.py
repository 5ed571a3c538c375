"""The fonts at hand: those that come with the program, and those a site names.

``fonts.lock`` says which characters each shipped font has, so that planning opens none of them. A font of a site is
opened once, to learn its characters and to see that it really draws: a file cut in half opens, and draws nothing.
"""

import tomllib
from collections.abc import Iterable
from functools import cache, partial
from pathlib import PurePosixPath

from syndicate.artifact import Asset
from syndicate.engine import crew
from syndicate.findings import Finding, finding
from syndicate.loading.sources import SHIPPED, SourceError, Tree
from syndicate.loading.sources import shipped as shipped_bytes
from syndicate.model import Typeface

LOCK = f"{SHIPPED}fonts/fonts.lock"
FONT_BYTES = 32 << 20
"""A font may have 32 MiB: the largest of Chinese have twenty."""
_KINDS = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"ttcf")
_PACKED = (b"wOFF", b"wOF2")


@cache
def shipped() -> tuple[Typeface, ...]:
    """Return the typefaces that come with the program, in order of preference."""
    lock = tomllib.loads(shipped_bytes(LOCK).decode())
    return tuple(
        Typeface(
            asset=Asset(f"{SHIPPED}fonts/{font['file']}", font["sha256"]),
            name=font["name"],
            covers=_covered(font["coverage"]),
            colour=font.get("colour", False),
            variable=font.get("variable", False),
        )
        for font in lock["font"]
    )


def of_site(tree: Tree, paths: Iterable[str]) -> tuple[tuple[Typeface, ...], tuple[Finding, ...]]:
    """Return the typefaces a site names by path, in its order, and what was found about those that cannot be used."""
    faces: list[Typeface] = []
    found: list[Finding] = []
    for path in dict.fromkeys(paths):
        try:
            data, asset = tree.read(path, FONT_BYTES), tree.asset(path)
        except SourceError as error:
            found.append(error.finding)
            continue
        face = crew.apart(partial(_typeface, data, asset))
        if isinstance(face, Typeface):
            faces.append(face)
        else:
            found.append(finding("font-unusable", path, face.cause.removeprefix("ValueError: ")))
    return tuple(faces), tuple(found)


def _typeface(data: bytes, asset: Asset) -> Typeface:
    """Open a font of the site. Raises ``ValueError``."""
    if data[:4] in _PACKED:
        raise ValueError("is a web font (WOFF); cards need it as TTF or OTF")
    if data[:4] not in _KINDS:
        raise ValueError("is not a TTF or OTF font")
    # Most sites name no font, and these libraries cost 70 ms.
    from syndicate.cards.text import raster, shape  # noqa: PLC0415

    face = shape.Face(data, colour=False)
    raster.prove(data, face.covers)
    return Typeface(
        asset=asset,
        name=face.name or PurePosixPath(asset.path).stem,
        covers=face.covers,
        colour=face.has_colour,
        variable=face.is_variable,
    )


def _covered(ranges: str) -> frozenset[int]:
    characters: set[int] = set()
    for span in ranges.split():
        low, _, high = span.partition("-")
        characters.update(range(int(low, 16), int(high or low, 16) + 1))
    return frozenset(characters)
