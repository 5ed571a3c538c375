"""Markdown to HTML: CommonMark with what the generators add, through comrak. What comes out is not safe yet.

Attribute lists (kramdown's ``{: .note}``, Python-Markdown's ``{ .note }``), MkDocs' admonitions, tabs and icons,
GitHub's alerts and Markdown inside HTML blocks are turned into CommonMark first, outside code.
"""

import re
from collections.abc import Callable, Iterator

import comrak

from syndicate.loading.html import BodyError

BODY_BYTES = 1 << 20
_COLUMNS = 100
"""A table of a thousand columns and rows becomes a hundred megabytes of empty cells."""

_FENCE = re.compile(r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}|~{3,})(?=[^`\n]*$)", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)([^`](?:(?!\n[ \t]*\n)[\s\S]){0,4000}?[^`]|[^`])\1(?!`)")
# Possessive throughout: none of these may cost more than one pass over a body made to hurt.
_ATTRIBUTES = re.compile(
    r"(?<![ \t])[ \t]*+\{:?(?:[ \t]++|[#.][\w:-]++|[\w:-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s}\"'\n]++))++\}"
)
# A list of kramdown's may go on on the next line.
_SPREAD = re.compile(r"(?<=[)\]>])\{:\n?(?:[ \t]++|[#.][\w:-]++|[\w:-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'))++\}")
_TOC = re.compile(r"^[ \t]*(?:[-*+]|1\.)[ \t]+\S[^\n]*\n\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:[^\n]*$\n?", re.MULTILINE)
_ASIDE = re.compile(r"\{::comment\}"), re.compile(r"\{:/(?:comment)?\}")
_KRAMDOWN = re.compile(r"(?<![ \t])[ \t]*+\{::?[^{}\n]*+\}")
_ICON = re.compile(r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:")
_ICONS = (":material-", ":fontawesome-", ":octicons-", ":simple-")
_CONTAINER = r"(?:div|section|article|aside|details|figure|figcaption|blockquote)"
_INSIDE = re.compile(
    rf"^([ \t]*<{_CONTAINER}\b[^>\n]{{0,400}}?)[ \t]markdown(?:=\"?\w*\"?)?([^>\n]*>)[ \t]*$", re.MULTILINE
)
_CLOSING = re.compile(rf"^([ \t]*</{_CONTAINER}>)[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"^(?:!!!|\?\?\?|===[+!]? )", re.MULTILINE)
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w -]*?)[ \t]*(?:\"([^\"\n]*)\")?[ \t]*$")
_TAB = re.compile(r"===[+!]?[ \t]+\"([^\"\n]*)\"[ \t]*$")
_ALERT = re.compile(r"^([ \t]*>[ \t]*)\[!(\w+)\][+-]?[ \t]*(.*)$", re.MULTILINE)
_DELIMITER = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+\|[ \t|:-]*+$", re.MULTILINE)


def render(text: str) -> str:
    """Return the HTML of a body. Raises ``BodyError`` for one that is too large or a table that would explode."""
    if len(text.encode("utf-8", "surrogatepass")) > BODY_BYTES:
        raise BodyError(f"longer than {BODY_BYTES:,} bytes")
    for row in _DELIMITER.findall(text) if "|" in text else ():
        if row.count("|") > _COLUMNS:
            raise BodyError(f"a table of more than {_COLUMNS} columns")
    html: str = comrak.render_markdown(_commonmark(text), extension_options=_EXTENSIONS, render_options=_RENDER)
    return html


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to a Markdown text, but for its fenced blocks and code spans."""
    return "".join(part if code else _outside_spans(part, change) for code, part in _fenced(text))


def _commonmark(text: str) -> str:
    blocks = outside_code(_admonitions(text), _plainer)
    return blocks.replace("\0", "\ufffd")


def _plainer(text: str) -> str:
    # These patterns are slow to see that there is nothing for them.
    if "{" in text:
        if "{:" in text:
            text = _SPREAD.sub("", _TOC.sub("", _asides(text)))
        text = _KRAMDOWN.sub("", _ATTRIBUTES.sub("", text))
    text = _ABBREVIATION.sub("", text) if "*[" in text else text
    if any(name in text for name in _ICONS):
        text = _ICON.sub("", text)
    if "[!" in text:
        text = _ALERT.sub(lambda found: f"{found[1]}**{found[3] or found[2].capitalize()}**\n{found[1].rstrip()}", text)
    if "markdown" in text and _INSIDE.search(text):
        text = _CLOSING.sub(r"\n\1", _INSIDE.sub(r"\1\2\n", text))
    return text


def _asides(text: str) -> str:
    """Leave out what stands between ``{::comment}`` and its end."""
    out: list[str] = []
    last = 0
    while (begin := _ASIDE[0].search(text, last)) and (end := _ASIDE[1].search(text, begin.end())):
        out.append(text[last : begin.start()])
        last = end.end()
    return "".join([*out, text[last:]])


def _admonitions(text: str) -> str:
    """``!!! note "Title"`` and ``=== "Tab"`` with their indented lines become quotations and paragraphs."""
    if not any(mark in text for mark in ("!!!", "???", "===")) or not _OPENING.search(text):
        return text
    out: list[str] = []
    lines = text.split("\n")
    index = 0
    fence = ""
    while index < len(lines):
        fence = fence_after(lines[index], fence)
        note, tab = (None, None) if fence else (_ADMONITION.match(lines[index]), _TAB.match(lines[index]))
        index += 1
        if not (note or tab):
            out.append(lines[index - 1])
            continue
        end = index
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(("    ", "\t"))):
            end += 1
        inner = _admonitions("\n".join(line[1:] if line.startswith("\t") else line[4:] for line in lines[index:end]))
        out += _quoted(_label(note), inner) if note else ["", f"**{tab[1] if tab else ''}**", "", inner]
        index = end
    return "\n".join(out)


def fence_after(line: str, fence: str) -> str:
    """Return the marks of the code block that is open after a line, or nothing."""
    found = re.match(r" {0,3}(`{3,}|~{3,})(.*)$", line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closing = found[1].startswith(fence) and not found[2].strip()
    return "" if closing else fence


def _label(note: re.Match[str]) -> str:
    kind = note[1].split(" ")[0]
    return kind.capitalize() if note[2] is None else note[2]


def _quoted(label: str, inner: str) -> list[str]:
    head = [f"> **{label}**", ">"] if label else []
    return ["", *head, *(f"> {line}".rstrip() for line in inner.rstrip("\n").split("\n")), ""]


def _fenced(text: str) -> Iterator[tuple[bool, str]]:
    """Split a text into what is inside fenced code blocks, and what is not."""
    at = 0
    if "```" not in text and "~~~" not in text:
        yield False, text
        return
    while opening := _FENCE.search(text, at):
        yield False, text[at : opening.start()]
        mark = opening[1]
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        end = closing.search(text, text.find("\n", opening.end()) if "\n" in text[opening.end() :] else len(text))
        stop = end.end() if end else len(text)
        yield True, text[opening.start() : stop]
        at = stop
    yield False, text[at:]


def _outside_spans(text: str, change: Callable[[str], str]) -> str:
    if "`" not in text:
        return change(text.replace("\0", ""))
    spans: list[str] = []

    def hide(found: re.Match[str]) -> str:
        spans.append(found[0])
        return f"\0{len(spans) - 1}\0"

    changed = change(_SPAN.sub(hide, text.replace("\0", "")))
    return re.sub("\0(\\d+)\0", lambda found: spans[int(found[1])], changed)


def _options() -> tuple[comrak.ExtensionOptions, comrak.RenderOptions]:
    extensions = comrak.ExtensionOptions()
    for name in ("table", "footnotes", "description_lists", "strikethrough", "tasklist"):
        setattr(extensions, name, True)
    # No heading ids: they are dropped anyway, and telling 60,000 equal ones apart takes minutes.
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True  # authors write HTML; the sanitiser judges it
    return extensions, rendering


_EXTENSIONS, _RENDER = _options()
