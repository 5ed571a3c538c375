"""Feeds packed once, when they are published, so that a server need not pack them for every reader: gzip and brotli.

A packed file is told no hour and no name, and its header no machine, so equal feeds make equal bytes. The packing
libraries' versions are part of the edition.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from syndicate.artifact import Artifact, Read, Recipe, Rendered

_PACKABLE = (".xml", ".json", ".opml")
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952: deflate, no name, no hour, best compression, made on a machine unknown."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The ingredients of a packed sibling: those of the file itself. ``ending`` says how it is packed."""

    recipe: Recipe
    ending: str

    def render(self, read: Read, /) -> Rendered:
        """Make the file, and pack it; its remarks are those of the plain one."""
        data = self.recipe.render(read).data
        return Rendered(brotli(data) if self.ending == "br" else gzip(data))


def siblings(plain: Artifact, endings: Iterable[str]) -> Iterator[Artifact]:
    """Yield the packed siblings of an artifact, if it is a feed and not sealed.

    A sealed file may hold what its recipe would write in another way today; packed, it would say something else.
    """
    if plain.path.endswith(_PACKABLE) and not plain.seal:
        for ending in endings:
            yield replace(plain, path=f"{plain.path}.{ending}", recipe=Packed(plain.recipe, ending))


def gzip(data: bytes) -> bytes:
    """Pack by RFC 1952."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return _HEADER + packed + zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")


def brotli(data: bytes) -> bytes:
    """Pack by RFC 7932."""
    import brotli as library  # noqa: PLC0415 -- an extra that few install

    packed: bytes = library.compress(data, mode=library.MODE_TEXT)
    return packed
