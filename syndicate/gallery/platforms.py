"""How each platform draws the preview of a link: the rules of ``platforms.toml``, and a page's tags under them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

# Read once, when the room is opened: a recipe may not open files.
_RULES = files("syndicate.gallery").joinpath("platforms.toml").read_text("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform's rules, as ``platforms.toml`` explains them."""

    key: str
    name: str
    layout: str
    ratio: float
    radius: int
    title: int
    description: int
    title_length: int
    description_length: int
    large: bool
    limit: int
    count: str
    again: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A link as one platform shows it. ``image`` is the picture's address, empty where none is shown."""

    platform: Platform
    layout: str
    title: str
    description: str
    site: str
    host: str
    image: str
    again: str
    cut: bool


@cache
def platforms() -> tuple[Platform, ...]:
    """Return the platforms in the order of the file."""
    rules: dict[str, dict[str, Any]] = tomllib.loads(_RULES)
    return tuple(Platform(key=key, **{**rule, "sources": tuple(rule["sources"])}) for key, rule in rules.items())


def style() -> str:
    """Return the rules as custom properties, because the policy of the pages allows no style in an element."""
    return "".join(
        f".p-{one.key} {{ --ratio: {one.ratio or 'auto'}; --radius: {one.radius}px;"
        f" --title: {one.title}; --description: {one.description}; }}\n"
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
        return (said.get(f"twitter:{name}", "") if platform.key == "x" else "") or said.get(f"og:{name}", "")

    address, image = said.get("og:url", ""), tag("image")
    small = platform.large and said.get("twitter:card") != "summary_large_image"
    title, description = tag("title"), tag("description") or said.get("description", "")
    shown, told = _cut(title, platform.title_length), _cut(description, platform.description_length)
    return Preview(
        platform=platform,
        layout="row" if small else platform.layout,
        title=shown,
        description=told if platform.description else "",
        site=said.get("og:site_name", ""),
        host=host(address),
        image=image,
        again=platform.again + quote(address, safe="") if platform.again else "",
        cut=shown != title,
    )


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
