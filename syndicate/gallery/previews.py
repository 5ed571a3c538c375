"""A page's tags as each platform would draw them: the preview of a link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from syndicate.platforms import Platform, platforms

_SIZE = re.compile("[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A link as one platform shows it. ``image`` is the picture's address, empty where none is shown.

    ``part`` is how much of the ``whole`` picture its crop leaves, in pixels, empty where that is all of it.
    """

    platform: Platform
    layout: str
    title: str
    description: str
    site: str
    host: str
    image: str
    again: str
    cut: bool
    whole: str = ""
    part: str = ""


def style() -> str:
    """Return the rules as custom properties, because the policy of the pages allows no style in an element."""
    return "".join(
        f".p-{one.key} {{ --ratio: {one.frame or 'auto'}; --radius: {one.radius}px;"
        f" --title: {one.title_lines}; --description: {one.description_lines}; }}\n"
        for one in platforms()
    )


def tags_of(fragment: str) -> dict[str, str]:
    """Read the tags of a head by name, as a platform does: of several of one name the first counts."""
    reader = _Tags()
    reader.feed(fragment)
    reader.close()
    return reader.found


def previews(fragment: str) -> Iterator[Preview]:
    """Draw a head as each platform would show its page."""
    said = tags_of(fragment)
    for platform in platforms():
        yield _preview(platform, said)


def _preview(platform: Platform, said: dict[str, str]) -> Preview:
    def tag(name: str) -> str:
        return (said.get(f"{platform.tags}:{name}", "") if platform.tags else "") or said.get(f"og:{name}", "")

    address, image = said.get("og:url", ""), tag("image")
    small = platform.large and said.get("twitter:card") != "summary_large_image"
    title, description = tag("title"), tag("description") or said.get("description", "")
    whole, part = _cropped(tag("image:width"), tag("image:height"), 1 if small else platform.frame)
    shown, told = _cut(title, platform.title), _cut(description, platform.description)
    return Preview(
        platform=platform,
        layout="row" if small else platform.layout,
        title=shown,
        description=told if platform.description_lines else "",
        site=said.get("og:site_name", ""),
        host=host(address),
        image=image,
        again=platform.again + quote(address, safe="") if platform.again else "",
        cut=shown != title,
        whole=whole,
        part=part,
    )


def _cropped(width: str, height: str, frame: float) -> tuple[str, str]:
    """Return the size of a picture, and that of what a frame of such proportions leaves of it, where it takes any."""
    if not (frame and _SIZE.fullmatch(width) and _SIZE.fullmatch(height)):
        return "", ""
    across, down = int(width), int(height)
    left = min(across, round(down * frame)), min(down, round(across / frame))
    return _pixels(across, down), _pixels(*left) if left != (across, down) else ""


def _pixels(width: int, height: int) -> str:
    return f"{width}\u00a0×\u00a0{height}"


def host(address: str) -> str:
    """Return the host of an address as platforms print it."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _cut(text: str, length: int) -> str:
    return text if not length or len(text) <= length else text[: length - 1].rstrip() + "…"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            return
        said = dict(attrs)
        name = said.get("property") or said.get("name")
        if name:
            self.found.setdefault(name, said.get("content") or "")
