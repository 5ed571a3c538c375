"""The file of a card as platforms take it: its type, pixels and weight against their rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import splitext

from syndicate.cards.pictures import PictureError, inspect
from syndicate.findings import Finding, finding
from syndicate.platforms import Platform, breached, names, platforms

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
_SVG = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<svg[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture is, whatever it is called; the width and height of a drawing are 0."""

    media_type: str
    width: int
    height: int
    size: int


def see(data: bytes) -> Seen | None:
    """Read a picture's header; ``None`` where there is none."""
    if _SVG.match(data):
        return Seen("image/svg+xml", 0, 0, len(data))
    try:
        facts = inspect(data)
    except PictureError:
        return None
    return Seen(facts.media_type, facts.width, facts.height, len(data))


def judge(data: bytes, path: str) -> tuple[Seen | None, tuple[Finding, ...]]:
    """Return what a card is, and what platforms would make of it."""
    seen = see(data)
    if seen is None:
        return None, (finding("picture-mistyped", path, "is no picture that can be read"),)
    return seen, (*mistyped(seen, path), *_remarks(seen, path))


def mistyped(seen: Seen, path: str) -> Iterator[Finding]:
    """Compare the ending of a name with the bytes: servers tell the media type by it."""
    told = _TYPES.get(splitext(path)[1].lower(), "")
    if told and told != seen.media_type:
        yield finding("picture-mistyped", path, f"is {seen.media_type}, and servers will say {told}")


def _remarks(seen: Seen, path: str) -> Iterator[Finding]:
    if those := breached(lambda one: one.image_bytes, seen.size):
        least = min(one.image_bytes for one in those)
        yield finding("picture-heavy", path, f"has {seen.size:,} bytes; {names(those)} take {least:,} or so")
    if few := [one for one in platforms() if _small(one, seen)]:
        wanted = f"{max(one.image_width for one in few)} x {max(one.image_height for one in few)}"
        yield finding("picture-small", path, f"is {seen.width} x {seen.height}; {names(few)} ask for {wanted}")
    if those := breached(lambda one: one.image_ratio, seen.width / max(seen.height, 1)):
        yield finding("picture-narrow", path, f"is {seen.width} x {seen.height}: too wide for {names(those)}")
    if blind := [one for one in platforms() if seen.media_type in one.unread]:
        yield finding("picture-unread", path, f"is {seen.media_type}; {names(blind)} show none")


def _small(one: Platform, seen: Seen) -> bool:
    return bool(seen.width) and (seen.width < one.image_width or seen.height < one.image_height)
