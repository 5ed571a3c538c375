"""Sets of type that are too large to ship: found among the machine's fonts, and made ready for a site on request.

A site keeps the file in its own ``fonts/`` folder, so that every machine draws the same cards from it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = "fonts"
_DEPTH = 4
_ALPHABETS = (range(0x21, 0xA0), range(0xA1, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
"""Letters that the shipped typefaces draw; a set must not take them over."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """A set: the names its file goes by, the name it gets in a site, what it is for and where it comes from."""

    names: tuple[str, ...]
    file: str
    purpose: str
    source: str


SETS = {
    "cjk": FontSet(
        ("NotoSansCJK-Bold.ttc", "NotoSansCJKjp-Bold.otf", "NotoSansCJK-Bold.otf", "NotoSansJP-Bold.otf"),
        "noto-sans-cjk.otf",
        "every Chinese, Japanese and Korean character (13 MB; the shipped fonts have those in common use)",
        "Noto Sans CJK Bold: Debian's fonts-noto-cjk, Fedora's google-noto-sans-cjk-fonts, or its makers' releases",
    )
}


def folders() -> Iterator[Path]:
    """Where Linux and macOS keep fonts."""
    home = Path.home()
    shared = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    yield from (Path(place) / "fonts" for place in shared if place)
    yield from (home / ".local/share/fonts", home / ".fonts", home / "Library/Fonts", Path("/Library/Fonts"))


def find(name: str) -> Path | None:
    """Return the file of a set on this machine, if there is one."""
    return next((path for wanted in SETS[name].names for place in folders() for path in _below(place, wanted)), None)


def made(path: Path) -> bytes:
    """Return the set as a site keeps it: one font, without hints and without the letters other typefaces draw."""
    from syndicate.cards.text import shape  # noqa: PLC0415 -- costs 40 ms that listing need not pay

    return shape.without(path.read_bytes(), frozenset().union(*_ALPHABETS))


def _below(place: Path, wanted: str) -> Iterator[Path]:
    for folder, inner, files in os.walk(place):
        if len(Path(folder).parts) - len(place.parts) >= _DEPTH:
            inner.clear()
        inner.sort()
        if wanted in files:
            yield Path(folder) / wanted
