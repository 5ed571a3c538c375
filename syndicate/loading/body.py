"""Bodies: from what an author wrote to HTML that may stand in any reader."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from syndicate.characters import illegal_in, strip_illegal
from syndicate.findings import Finding, finding
from syndicate.loading import dialects, images, markdown, templates
from syndicate.loading import html as markup
from syndicate.loading.fields import plain_text
from syndicate.loading.frontmatter import Header
from syndicate.loading.sources import Tree

# Before a heading may stand comments and, in MDX, imports.
_COMMENTS = re.compile(
    r"\A(?:\s|<!--(?:(?!-->).)*+-->|\{/\*(?:(?!\*/\}).)*+\*/\}|import\s[^\n]*[\"'][^\n]*(?:\n|\Z))*+", re.DOTALL
)
_SUMMARY = 500
"""Characters of a first paragraph that still make a summary."""


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body: safe HTML, and what its beginning offers as a summary."""

    html: str
    opening: str
    findings: tuple[Finding, ...]


def heading(header: Header) -> str:
    """Return the text of a first-level heading that the body begins with."""
    begun = _COMMENTS.match(header.body)
    line, _, rest = header.body[begun.end() if begun else 0 :].partition("\n")
    hashed = re.match(r"#[ \t]", line)
    underlined = line and re.match(r"=+[ \t]*(?:\n|$)", rest)
    return plain_text(line) if (hashed or underlined) and len(line) < _SUMMARY else ""


def render(header: Header, title: str, place: images.Place, tree: Tree, context: templates.Context) -> Body:
    """Return the body. Raises ``BodyError`` for one that is larger than any real one."""
    remarks: list[Finding] = []
    removed = illegal_in(header.body)
    if removed:
        line = header.body_line + header.body[: _first_illegal(header.body)].count("\n")
        remarks.append(finding("characters-removed", place.path, f"left out {', '.join(removed)}", line=line))
    context = replace(context, page={**header.fields, "url": urlsplit(place.permalink).path})
    text, left, line = dialects.expand(strip_illegal(header.body), context, place.path)
    raw = text if dialects.is_html(place.path, context) else markdown.render(text)
    raw, broken = templates.settled(raw, context)
    left += broken
    if left:
        message = f"left out {left} template tag{'' if left == 1 else 's'}"
        remarks.append(finding("markup-leaked", place.path, message, line=header.body_line + max(line, 1) - 1))
    opened, rest = markup.first_heading(raw)
    # A heading that repeats the title would stand twice in every reader.
    raw = rest if opened and opened == title else raw
    written, raw = raw, markup.flattened(raw)
    if raw != written:
        message = f"elements nested deeper than {markup.DEPTH} were taken out"
        remarks.append(finding("body-flattened", place.path, message, line=header.body_line))
    clean = markup.sanitise(raw, place.permalink)
    before = markup.before_more(raw)
    opening = markup.plain(before) if before and before.strip() else markup.first_paragraph(clean)
    return Body(markup.with_sizes(clean, _sizes(tree, place)), shortened(opening), tuple(remarks))


def _first_illegal(text: str) -> int:
    return next((index for index, character in enumerate(text) if strip_illegal(character) != character), 0)


def shortened(text: str) -> str:
    """Cut a long opening at a sentence's end, else at a word."""
    if len(text) <= _SUMMARY:
        return text
    head = text[:_SUMMARY]
    end = max(head.rfind(mark) + len(mark.rstrip()) for mark in (". ", "! ", "? ", "。", "؟ "))
    return head[:end] if end > _SUMMARY // 3 else f"{head.rsplit(' ', 1)[0]}…"


def _sizes(tree: Tree, place: images.Place) -> Callable[[str], tuple[int, int] | None]:
    def size(url: str) -> tuple[int, int] | None:
        path = file_of(tree, url, place)
        read = images.measured(tree, path, url)[0] if path else None
        return (read.width, read.height) if read and read.width and read.height else None

    return size


def file_of(tree: Tree, url: str, place: images.Place) -> str | None:
    """Return the file of the site that is served at a URL, if it can be told from the source alone."""
    if place.bundled and url.startswith(place.permalink):
        beside = images.find(tree, unquote(url.removeprefix(place.permalink)), place)
        if beside:
            return beside
    if urlsplit(url).netloc != urlsplit(place.base_url).netloc:
        return None
    return images.find(tree, urlsplit(url).path, place)
