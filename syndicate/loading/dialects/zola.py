"""Zola's internal links (``@/blog/a.md``) and the shortcodes that come with it or that most themes have."""

import re
from html import escape

from syndicate.loading import embeds, markdown
from syndicate.loading.dialects.links import targets
from syndicate.loading.embeds import Context

_CALL = re.compile(r"\{\{\s*(\w+)\(((?:[^(){}\"]|\"[^\"\n]*\"){0,1500})\)\s*\}\}")
_BODY = re.compile(r"\{%-?\s*(quote|end)\b\s*(?:\(((?:[^(){}\"]|\"[^\"\n]*\"){0,1500})\))?\s*-?%\}")
_SHOWN = re.compile(r"\{\{/\*([^{}]{0,1500})\*/\}\}|\{%/\*([^{}]{0,1500})\*/%\}")


def expand(text: str, context: Context) -> str:
    """Return the text with what is known here; every other shortcode is left to ``templates``."""
    if "@/" not in text and "{{" not in text and "{%" not in text:
        return text

    def change(part: str) -> str:
        part = targets(part, lambda target: _linked(target, context)) if "@/" in part else part
        if "{{" not in part and "{%" not in part:
            return part
        part = _SHOWN.sub(_literally, part)
        part = _CALL.sub(lambda found: _called(found[1], embeds.arguments(found[2])) or found[0], part)
        return _quotes(part) if "quote" in part else part

    return markdown.outside_code(text, change)


def _linked(target: str, context: Context) -> str:
    return (context.resolve(target[2:]) or target[1:]) if target.startswith("@/") else target


def _literally(found: re.Match[str]) -> str:
    inner = found[1] if found[1] is not None else f"% {(found[2] or '').strip()} %"
    return f"&#123;&#123;{escape(inner)}&#125;&#125;" if found[1] is not None else f"&#123;{escape(inner)}&#125;"


def _called(name: str, said: dict[str, str]) -> str | None:
    match name:
        case "youtube":
            return embeds.youtube(said.get("id", ""))
        case "vimeo":
            return embeds.vimeo(said.get("id", ""))
        case "streamable" if re.fullmatch(r"\w+", said.get("id", "")):
            return f'<iframe src="https://streamable.com/e/{said["id"]}"></iframe>'
        case "gist" if said.get("url", "").startswith("https://gist.github.com/"):
            return embeds.link(said["url"])
        case "image" | "img" | "figure" | "resize_image":
            return embeds.picture({**said, "src": said.get("src") or said.get("path") or said.get("url", "")})
        case _:
            return None


def _quotes(text: str) -> str:
    """``{% quote(author="x") %}`` with what follows up to ``{% end %}`` becomes a quotation."""
    authors: list[str] = []

    def change(found: re.Match[str]) -> str:
        if found[1] == "quote":
            authors.append(embeds.arguments(found[2] or "").get("author", ""))
            return "\n<blockquote>\n\n"
        if not authors:
            return found[0]
        author = authors.pop()
        return f"\n\n{f'— {escape(author)}' if author else ''}\n\n</blockquote>\n"

    changed = _BODY.sub(change, text)
    return changed + "\n\n</blockquote>\n" * len(authors)
