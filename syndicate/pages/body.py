"""The article in a built page: the element that holds it, without what a site puts around every one of them.

Elements are told by their tags alone: one ends where as many of its name have ended as have begun. So one pass over the
tokens is enough, whatever their nesting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syndicate.pages.head import text_of
from syndicate.pages.reading import marks_of
from syndicate.pages.tokens import Kind, Token, attributes, tokens

_HOLDERS = tuple(
    frozenset(names.split())
    for names in (
        "articlebody",
        "e-content",
        "entry-content post-content article-content single-content blog-post-content post__content article__content",
        "post-body article-body entry-body post__body article__body",
        "<article>",
        "<main>",
        "prose markdown-body post content",
    )
)
"""What marks the element that holds the words: a class, a property, an id or a tag; the most telling first."""
_GONE = frozenset("nav form script style template dialog button input select textarea noscript link meta".split())
_ROLES = frozenset({"navigation", "complementary", "search", "form", "banner", "contentinfo", "toolbar", "dialog"})
_AROUND = re.compile(
    r"(?:post|entry|article|page|blog|content|single)[-_]{1,2}"
    r"(?:meta|header|footer|info|date|tags?|nav|navigation|authors?|categories|details|pagination|share|sharing|related"
    r"|comments?|toc)"
    r"|breadcrumbs?|pagination|pager|byline|share|sharing|shares|share-(?:buttons?|links|bar|icons)|socials?"
    r"|social-(?:share|links|media|icons)|related|related-(?:posts?|articles|content|links|pages)|newsletter|comments"
    r"|comments-area|toc|table-of-contents|tableofcontents|reading-time|subscribe|sharedaddy|jp-relatedposts|disqus"
    r"|disqus_thread|giscus|utterances|sidebar|author-(?:box|bio|card|info)|prev-?next|tags|tag-?list|tag-links|meta|date"
    r"|dateline|posted-on|skip-link|sr-only|screen-reader-text|visually-hidden|no-print|copy-button|edit-link"
    r"|printfriendly"
)
"""Marks of what stands around the words: navigation, bylines, sharing, what else to read."""
_ABOUT = re.compile(
    r"(?:(?:post|entry|article|page)[-_]{1,2})?title|headline|p-name|p-author|author|published|dt-published|datepublished"
)
"""Marks of what speaks about the article, where it stands before the first words."""
_ANCHOR = re.compile(r"headerlink|header-anchor|heading-anchor|anchor|anchor-link|anchorjs-link|hash-link|permalink")
_SIGNS = frozenset({"", "#", "¶", "§", "🔗", "&para;", "&sect;", "&#182;", "permalink", "link"})
"""What such an anchor shows: where it shows more, it is the heading itself."""
_UNSURE, _LEAST = 5, 80
"""Bytes of text from which on an element may be the article, where its mark does not say so."""
_BLOCKS = frozenset("p ul ol blockquote pre table figure h2 h3 h4 dl hr img video audio iframe".split())
_TITULAR = frozenset({"h1", "header", "time"})
"""What stands before the first words of an article speaks about it."""
_LOOSE = frozenset("p li dt dd".split())
_PARTING = _BLOCKS | frozenset("div section article header footer aside main h1 h5 h6 li dt dd".split())
"""Where these begin, an element whose end tag was left out has ended."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class _Held:
    """An element that may hold the article: how telling it is, where its content lies, how much text it has."""

    rank: int
    start: int
    end: int
    text: int


class _Open:
    """A holder whose end has not come yet; ``depth`` counts the open elements of its name."""

    def __init__(self, name: str, start: int, text: int) -> None:
        self.name, self.start, self.text, self.depth = name, start, text, 1


def article(data: bytes, encoding: str) -> str | None:
    """Return the HTML of the article that a page shows, without its title; ``None`` where no element holds one."""
    read = tuple(tokens(data))
    held = [one for one in _holders(data, read, encoding) if one.text >= (_LEAST if one.rank >= _UNSURE else 1)]
    if not held:
        return None
    rank = min(one.rank for one in held)
    best = max((one for one in held if one.rank == rank), key=lambda one: (one.text, -one.start))
    inside = [token for token in read if best.start <= token.start < best.end]
    return text_of(b"".join(data[one.start : one.end] for one in _kept(data, inside, encoding)), encoding).strip()


def _holders(data: bytes, read: Sequence[Token], encoding: str) -> Iterator[_Held]:
    """Yield every element that may hold the article; of those of one rank within each other, the outermost."""
    opened: dict[int, _Open] = {}
    text = 0
    for token in read:
        if token.kind is Kind.TEXT:
            text += len(data[token.start : token.end].strip())
        elif token.kind is Kind.START and token.name not in _VOID:
            for one in opened.values():
                one.depth += one.name == token.name
            for rank in _ranks(attributes(data, token, encoding), token.name):
                opened.setdefault(rank, _Open(token.name, token.end, text))
        elif token.kind is Kind.END:
            for rank, one in tuple(opened.items()):
                one.depth -= one.name == token.name
                if not one.depth:
                    yield _Held(rank, one.start, token.start, text - one.text)
                    del opened[rank]
    end = read[-1].end if read else 0
    yield from (_Held(rank, one.start, end, text - one.text) for rank, one in opened.items())


def _ranks(said: dict[str, str], name: str) -> Iterator[int]:
    marks = marks_of(said) | {f"<{name}>", said.get("id", "").lower()}
    if said.get("role") == "main":
        marks |= {"<main>"}
    return (rank for rank, holders in enumerate(_HOLDERS) if holders & marks)


def _kept(data: bytes, inside: Sequence[Token], encoding: str) -> Iterator[Token]:
    """Yield the tokens of an article but those of what stands around its words."""
    begun = False
    quoted = depth = 0
    dropping = ""
    for number, token in enumerate(inside):
        if dropping in _LOOSE and token.kind is Kind.START and token.name in _PARTING:
            dropping = ""
        if dropping:
            depth += (token.name == dropping) * {Kind.START: 1, Kind.END: -1}.get(token.kind, 0)
            dropping = dropping if depth else ""
            continue
        if token.kind is Kind.START:
            said = attributes(data, token, encoding)
            sign = token.name == "a" and _is_sign(data, inside[number + 1 : number + 2], said)
            if sign or _around(token.name, said, begun=begun) or (token.name == "footer" and not quoted):
                dropping, depth = ("" if token.name in _VOID else token.name), 1
                continue
            begun = begun or token.name in _BLOCKS
        if token.name == "blockquote":
            quoted = max(0, quoted + (1 if token.kind is Kind.START else -1))
        if token.kind is not Kind.COMMENT:
            yield token


def _is_sign(data: bytes, following: Sequence[Token], said: dict[str, str]) -> bool:
    """Whether a link is the sign beside a heading that leads to the heading itself."""
    text = "".join(data[one.start : one.end].decode("utf-8", "replace") for one in following if one.kind is Kind.TEXT)
    return any(_ANCHOR.fullmatch(mark) for mark in marks_of(said)) and text.strip().lower() in _SIGNS


def _around(name: str, said: dict[str, str], *, begun: bool) -> bool:
    """Whether an element is none of the article's words."""
    if name in _GONE or "hidden" in said or said.get("aria-hidden") == "true":
        return True
    marks = marks_of(said)
    if not begun and (name in _TITULAR or any(_ABOUT.fullmatch(mark) for mark in marks)):
        return True
    framed = name != "a" and any(_AROUND.fullmatch(mark) for mark in marks)
    return framed or said.get("role", "").lower() in _ROLES
