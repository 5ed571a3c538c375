"""Ghost's own formats of a post (Lexical, mobiledoc) as HTML, for exports that leave ``html`` empty.

Text, headings, lists, quotes, code, links and pictures are written; of other cards, their HTML or nothing.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from syndicate.loading import objects

_DEPTH = 60
_TEXTS = frozenset({"text", "extended-text", "code-highlight"})
_BLOCKS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
}
_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
"""Lexical's bits of a text's format."""


def html(post: Mapping[str, Any]) -> str:
    """Return a post's body from its ``lexical`` or ``mobiledoc`` field; nothing where neither can be read."""
    for field, written in (("lexical", _lexical), ("mobiledoc", _mobiledoc)):
        said = post.get(field)
        if isinstance(said, str) and said.strip():
            try:
                return written(objects.read(said))
            except (ValueError, RecursionError, TypeError, LookupError, AttributeError):
                continue
    return ""


def _lexical(document: Mapping[str, Any]) -> str:
    return _node(document["root"], 0)


def _node(node: Mapping[str, Any], depth: int) -> str:
    if depth > _DEPTH:
        raise ValueError("nested too deeply")
    kind = str(node.get("type"))
    if kind in _TEXTS:
        return _formatted(escape(str(node.get("text", ""))), int(node.get("format") or 0))
    inner = "".join(_node(one, depth + 1) for one in node.get("children") or ())
    if kind in {"link", "autolink"}:
        return f'<a href="{escape(str(node.get("url", "")))}">{inner}</a>'
    tag = _tag(kind, node)
    return f"<{tag}>{inner}</{tag}>" if tag else inner or _card(kind, node)


def _tag(kind: str, node: Mapping[str, Any]) -> str:
    if kind in {"heading", "extended-heading"}:
        return str(node.get("tag")) if re.fullmatch("h[1-6]", str(node.get("tag"))) else "p"
    if kind == "list":
        return "ol" if node.get("listType") == "number" else "ul"
    return _BLOCKS.get(kind, "")


def _formatted(words: str, bits: int) -> str:
    for bit, tag in _FORMATS:
        words = f"<{tag}>{words}</{tag}>" if bits & bit else words
    return words


def _card(kind: str, said: Mapping[str, Any]) -> str:
    """Return a card: what Ghost calls a picture, some code or HTML among the paragraphs."""
    if kind == "image":
        return _picture(said)
    url, code = escape(str(said.get("url", ""))), escape(str(said.get("code", "")))
    return {
        "linebreak": "<br>",
        "codeblock": f"<pre><code>{code}</code></pre>",
        "code": f"<pre><code>{code}</code></pre>",
        "html": str(said.get("html") or ""),
        "embed": str(said.get("html") or ""),
        "horizontalrule": "<hr>",
        "hr": "<hr>",
        "bookmark": f'<p><a href="{url}">{url}</a></p>',
        "paywall": "<!--members-only-->",
        "callout": f"<blockquote>{said.get('calloutText') or ''}</blockquote>",
    }.get(kind, "")


def _picture(said: Mapping[str, Any]) -> str:
    caption = f"<figcaption>{said['caption']}</figcaption>" if said.get("caption") else ""
    source, alt = escape(str(said.get("src", ""))), escape(str(said.get("alt") or ""))
    return f'<figure><img src="{source}" alt="{alt}">{caption}</figure>'


def _mobiledoc(document: Mapping[str, Any]) -> str:
    cards, markups = document.get("cards") or [], document.get("markups") or []
    return "".join(_section(section, cards, markups) for section in document["sections"])


def _section(section: list[Any], cards: list[Any], markups: list[Any]) -> str:
    """One section: 1 is text, 2 a picture, 3 a list, 10 a card (github.com/bustle/mobiledoc-kit, version 0.3.1)."""
    kind, *said = section
    match kind:
        case 1:
            tag = said[0] if re.fullmatch("p|h[1-6]|blockquote|aside|pull-quote", str(said[0])) else "p"
            return f"<{tag}>{_markers(said[1], markups)}</{tag}>"
        case 2:
            return f'<img src="{escape(str(said[0]))}" alt="">'
        case 3:
            tag = "ol" if said[0] == "ol" else "ul"
            return f"<{tag}>{''.join(f'<li>{_markers(one, markups)}</li>' for one in said[1])}</{tag}>"
        case _:
            name, payload = cards[said[0]]
            return _card(str(name), payload)


def _markers(markers: list[Any], markups: list[Any]) -> str:
    out: list[str] = []
    opened: list[str] = []
    for kind, opening, closing, value in markers:
        for index in opening:
            tag, attributes = (*markups[index], [])[:2]
            known = tag if re.fullmatch("a|b|strong|i|em|code|s|u|sub|sup", str(tag)) else "span"
            link = f' href="{escape(str(attributes[1]))}"' if known == "a" and len(attributes) > 1 else ""
            out.append(f"<{known}{link}>")
            opened.append(known)
        out.append(escape(str(value)) if kind == 0 else "<br>")
        out += [f"</{opened.pop()}>" for _ in range(min(closing, len(opened)))]
    return "".join(out)
