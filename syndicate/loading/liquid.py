"""Liquid's tags and outputs, as far as a body's text depends on them."""

import re
from urllib.parse import urlsplit

from syndicate.loading import embeds
from syndicate.loading.embeds import Context

PATTERN = re.compile(r"\{%-?\s*(\w+)(.*?)-?%\}|\{\{-?(.*?)-?\}\}", re.DOTALL)
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*")
_FILE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
_INCLUDES = frozenset({"include", "include_cached"})


def meaning(found: re.Match[str], context: Context) -> str | None:
    """Return what a tag stands for; ``None`` for what has no meaning here."""
    tag, rest, output = found[1], (found[2] or "").strip(), found[3]
    if output is not None:
        return _output(output.strip(), context)
    said = embeds.arguments(rest)
    if tag in {"post_url", "link"}:
        return context.resolve(rest) or None
    if tag in {"image", "figure"}:
        return embeds.picture(said)
    if tag in _INCLUDES:
        return _included(rest, said, context)
    return _embedded(tag, rest, said)


def _embedded(tag: str, rest: str, said: dict[str, str]) -> str | None:
    film = said.get("id") or said.get("video_id") or said.get("0", "")
    match tag:
        case "youtube":
            return embeds.youtube(film)
        case "vimeo":
            return embeds.vimeo(film)
        case "gist":
            return embeds.gist(said)
        case "twitter" | "tweet":
            return embeds.post({"0": rest.split(" ", maxsplit=1)[0]})
        case _:
            return None


def _included(rest: str, said: dict[str, str], context: Context) -> str | None:
    """A picture or a film by the include's name; else its text, with what it is given in the places it names."""
    name, _, given = rest.partition(" ")
    if "image" in name and said.get("src"):
        return embeds.picture(said)
    if "youtube" in name:
        return embeds.youtube(said.get("id") or said.get("video_id", ""))
    if not _FILE.fullmatch(name):
        return None
    values = embeds.arguments(given)
    text = re.sub(
        r"\{\{-?\s*include\.([\w-]+)\s*-?\}\}",
        lambda found: embeds.looked_up(values, found[1]) or "",
        context.include(name),
    )
    return text.strip() if text.strip() and not re.search(r"\{[%{]", text) else None


def _output(expression: str, context: Context) -> str | None:
    first, *filters = _piped(expression)
    value = _value(first, context)
    for one in filters:
        if value is None:
            return None
        value = _filtered(value, one, context)
    return value


def _piped(expression: str) -> list[str]:
    """Split at the bars that stand in no string."""
    return [part.strip() for part in re.findall(r"(?:\"[^\"]*\"|'[^']*'|[^|\"'])+", expression)] or [""]


def _value(name: str, context: Context) -> str | None:
    literal = _LITERAL.fullmatch(name)
    if literal:
        return literal[1] or literal[2] or ""
    base = urlsplit(context.base_url)
    match name.partition(".")[::2]:
        case "site", "url":
            return f"{base.scheme}://{base.netloc}"
        case "site", "baseurl" | "base_url":
            return base.path.rstrip("/")
        case "site", key if key:
            return embeds.looked_up(context.site, key)
        case "page", key if key:
            return embeds.looked_up(context.page, key)
        case _:
            return None


def _filtered(value: str, said: str, context: Context) -> str | None:
    name, _, rest = said.partition(":")
    base = urlsplit(context.base_url)
    path = f"{base.path.rstrip('/')}/{value.lstrip('/')}"
    # These change how an address or a text is spelled, not what it says.
    same = {"url", "escape", "escape_once", "xml_escape", "uri_escape", "markdownify", "strip", "strip_html", "jsonify"}
    match name.strip():
        case "relative_url":
            return path
        case "absolute_url":
            return value if "://" in value else f"{base.scheme}://{base.netloc}{path}"
        case "prepend" | "append" as side:
            other = _value(rest.strip(), context)
            return None if other is None else other + value if side == "prepend" else value + other
        case "upcase":
            return value.upper()
        case "downcase":
            return value.lower()
        case other:
            return value if other in same else None
