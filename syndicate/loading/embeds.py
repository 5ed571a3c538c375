"""What template tags may ask for and may become: their context, arguments, pictures, players and links."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:\\.|[^\"\\])*)\"|'([^']*)'|`([^`]*)`|([^\s,\"'`]+))")
_FILM = re.compile(r"[\w-]{6,20}")
_NAME = re.compile(r"[\w.-]{1,80}")
_TEMPLATE = re.compile(r"\{[{%#]|[}%#]\}")

Resolve = Callable[[str], str]
"""Where the source that a reference means is published; nothing where there is none."""


def nothing(_: str) -> str:
    """Include nothing."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What template code may ask for: its own language, the site's addresses, where another source is published.

    ``site`` and ``page`` are the configuration and the header; ``include`` gives the text of a file for inclusion.
    """

    dialect: str
    base_url: str
    resolve: Resolve
    site: Mapping[str, Any] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
    include: Callable[[str], str] = nothing


def arguments(text: str) -> dict[str, str]:
    """Return the named and positional (``"0"``, ``"1"`` ...) arguments of a tag."""
    found: dict[str, str] = {}
    position = 0
    for name, *values in _ARGUMENT.findall(text):
        value = next((one for one in values if one), "")
        found[name or str(position)] = re.sub(r"\\(.)", r"\1", value) if values[0] else value
        position += not name
    return found


def looked_up(values: Mapping[str, Any], name: str) -> str | None:
    """Return the text or number that a name with dots leads to, if it holds no template code itself."""
    value: Any = values
    for part in name.split("."):
        folded = {str(key).lower(): one for key, one in value.items()} if isinstance(value, Mapping) else {}
        value = folded.get(part.lower())
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return None if _TEMPLATE.search(str(value)) else str(value)


def picture(said: Mapping[str, str]) -> str | None:
    """Return a picture, in a figure where something is said about it."""
    source = said.get("src") or said.get("0", "")
    if not source:
        return None
    caption = " ".join(part for part in (said.get("title", ""), said.get("caption", "")) if part)
    words = said.get("alt") or said.get("1", "") or said.get("caption", "")
    image = f'<img src="{escape(source)}" alt="{escape(words)}">'
    if said.get("link"):
        image = f'<a href="{escape(said["link"])}">{image}</a>'
    if said.get("attr"):
        credit = escape(said["attr"])
        caption = f"{escape(caption)} {_anchor(said['attrlink'], credit) if said.get('attrlink') else credit}".strip()
    else:
        caption = escape(caption)
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>" if caption else image


def _anchor(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'


def link(address: str, words: str = "") -> str:
    """Return a link; what it shows is its address where nothing else is said."""
    return _anchor(address, escape(words or address))


def youtube(film: str) -> str | None:
    """Return YouTube's player for a film, or nothing for what can be none."""
    return f'<iframe src="https://www.youtube.com/embed/{film}"></iframe>' if _FILM.fullmatch(film) else None


def vimeo(number: str) -> str | None:
    """Return Vimeo's player for a film, or nothing for what can be none."""
    return f'<iframe src="https://player.vimeo.com/video/{number}"></iframe>' if number.isdecimal() else None


def gist(said: Mapping[str, str]) -> str | None:
    """Return a link to a gist: ``user id``, ``user/id`` or the id alone; a reader runs no scripts."""
    parts = [part for key in ("0", "1") for part in said.get(key, "").split("/") if part]
    return (
        link(f"https://gist.github.com/{'/'.join(parts[:2])}") if parts and all(map(_NAME.fullmatch, parts)) else None
    )


def post(said: Mapping[str, str]) -> str | None:
    """Return a link to a post on X: by user and id, by the id alone or by its whole address."""
    user, number = said.get("user", "i"), said.get("id") or said.get("0", "")
    if re.match(r"https?://[^\s/]", number):
        return link(number)
    return link(f"https://x.com/{user}/status/{number}") if number.isdecimal() and _NAME.fullmatch(user) else None


def code(language: str, text: str) -> str:
    """Return a fenced block."""
    marks = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"\n{marks}{language}\n{text}\n{marks}\n"
