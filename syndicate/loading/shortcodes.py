"""Hugo's shortcodes: those that come with it, and the names that most themes give to the same things."""

import re
from html import escape

from syndicate.loading import embeds
from syndicate.loading.embeds import Context

PATTERN = re.compile(r"\{\{[<%]\s*(/?\w[\w/.-]*)(.*?)/?\s*[>%]\}\}", re.DOTALL)
_PICTURES = frozenset({"figure", "image", "img"})
_POSTS = frozenset({"x", "x_simple", "twitter", "twitter_simple", "tweet"})
_EMBEDDED = _POSTS | {"gist", "youtube", "vimeo", "vimeo_simple"}


def meaning(found: re.Match[str], context: Context) -> str | None:
    """Return what a shortcode stands for; ``None`` for what has no meaning here."""
    tag, said = found[1].lower(), embeds.arguments(found[2])
    if tag in _PICTURES:
        return embeds.picture(said)
    if tag in {"ref", "relref"}:
        return context.resolve(said.get("path") or said.get("0", "")) or None
    return _embedded(tag, said) if tag in _EMBEDDED else _spoken(tag, said, context)


def _embedded(tag: str, said: dict[str, str]) -> str | None:
    film = said.get("id") or said.get("0", "")
    if tag in _POSTS:
        return embeds.post(said)
    if tag == "gist":
        return embeds.gist(said)
    return embeds.youtube(film) if tag == "youtube" else embeds.vimeo(film)


def _spoken(tag: str, said: dict[str, str], context: Context) -> str | None:
    """Shortcodes that say something in words."""
    first = said.get("0", "")
    match tag:
        case "details":
            return f"\n<details><summary>{escape(said.get('summary') or 'Details')}</summary>\n\n"
        case "/details":
            return "\n\n</details>\n"
        case "param":
            own = embeds.looked_up(context.page, first)
            return own if own is not None else embeds.looked_up(context.site, f"params.{first}")
        case "instagram" | "instagram_simple" if re.fullmatch(r"[\w-]+", first):
            return embeds.link(f"https://www.instagram.com/p/{first}/")
        case "qr" if said.get("text"):
            text = said["text"]
            return embeds.link(text) if re.match(r"https?://", text) else escape(text)
        case _:
            return None
