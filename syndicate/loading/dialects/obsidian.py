"""Obsidian's Markdown: wikilinks, embeds, comments, highlights, block ids, queries."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from syndicate.loading import markdown
from syndicate.loading.embeds import Context

_COMMENT = re.compile(r"%%")
_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n|]{0,300})(?:\\?\|([^\[\]\n]{0,300}))?\]\]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_MARKED = re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,500}?)(?<=\S)==(?![=\w])")
_BLOCK = re.compile(r"[ \t]+\^[A-Za-z0-9-]{1,60}[ \t]*$", re.MULTILINE)
_QUERY = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:dataview|dataviewjs|tasks|query|button|excalidraw)\b")


def expand(text: str, context: Context) -> tuple[str, list[str]]:
    """Return the text as Markdown, and the queries and embeds that had no meaning here."""
    if not any(sign in text for sign in ("%%", "[[", "==", "^", "```", "~~~")):
        return text, []
    text, left = _without_queries(text)

    def change(part: str) -> str:
        part = _without_comments(part) if "%%" in part else part
        if "[[" in part:
            part = _WIKILINK.sub(lambda found: _linked(found, context, left), part)
        part = _MARKED.sub(r"<mark>\1</mark>", part) if "==" in part else part
        return _BLOCK.sub("", part) if "^" in part else part

    return markdown.outside_code(text, change), left


def _without_queries(text: str) -> tuple[str, list[str]]:
    """Leave out the blocks that Obsidian's plugins answer."""
    if not re.search(r"^[ \t>]*[`~]{3,}[ \t]*(?:dataview|tasks|query|button|excalidraw)", text, re.MULTILINE):
        return text, []
    out: list[str] = []
    left: list[str] = []
    fence, hidden = "", False
    for line in text.split("\n"):
        before, fence = fence, markdown.fence_after(line, fence)
        if not before and fence and _QUERY.match(line):
            hidden = True
            left.append(line)
        if not hidden:
            out.append(line)
        hidden = hidden and bool(fence)
    return "\n".join(out), left


def _without_comments(text: str) -> str:
    """Leave out what stands between two ``%%``; one that is never closed hides the rest, as it does in Obsidian."""
    return "".join(_COMMENT.split(text)[::2])


def _linked(found: re.Match[str], context: Context, left: list[str]) -> str:
    embedded, target, alias = found[1], found[2].strip(), (found[3] or "").strip()
    bare, _, fragment = target.partition("#")
    if embedded and _PICTURE.search(bare):
        # What follows the bar is a width, where it is a number.
        words = alias if not re.fullmatch(r"\d+(?:x\d+)?", alias) else ""
        return f"![{_plain(words)}](<{quote(bare, safe='/:')}>)"
    shown = _plain(alias or target.replace("#", " › ") if bare else alias or fragment)
    url = context.resolve(bare) if bare else ""
    if not url and embedded:
        left.append(found[0])
        return ""
    return f"[{shown or _plain(PurePosixPath(bare).name)}]({url})" if url else shown


def _plain(words: str) -> str:
    return re.sub(r"([\[\]<>])", r"\\\1", words)
