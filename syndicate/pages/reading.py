"""What a built page says of itself: its metas, links, linked data, headings, times and pictures, as it stands there.

Nothing is judged here (see ``claims``); what is read is bounded, whatever a page holds. What we wrote into a page is
no word of its own: ``bare`` takes it out first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

from syndicate.characters import one_line
from syndicate.pages.head import Element, elements_of, head, text_of
from syndicate.pages.tokens import Kind, Token, attributes, tokens

_MOST = 400
"""Metas, links and pictures that are kept of a page."""
_LONG = 4000
"""Characters of a meta's content, a heading or a title that are kept."""
_LINKED = 256 << 10
_FEW = 20
_UNMARKED: frozenset[str] = frozenset()
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Link:
    """A ``link`` element."""

    rel: tuple[str, ...]
    href: str
    type: str = ""
    title: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A ``time`` element, or another with a ``datetime``; ``marks`` are its classes and properties."""

    value: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An image of the body; sizes are 0 where the page does not say."""

    src: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A built page. Words are plain text, addresses as they are written; ``metas`` are pairs of name and content.

    ``kinds`` are the types that its microdata and microformats name; ``articles`` counts its ``article`` elements,
    ``entries`` its h-entries; ``words`` how much text these have outside of links, ``titled`` where a link in the first
    heading of one leads; ``moved`` says that it sends its visitors elsewhere.
    """

    encoding: str
    language: str = ""
    title: str = ""
    metas: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    linked: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    pictures: tuple[Shown, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    articles: int = 0
    entries: int = 0
    words: int = 0
    titled: str = ""
    moved: bool = False

    def meta(self, *names: str) -> str:
        """Return the first content of the first of these names that has some."""
        return next((content for name in names for key, content in self.metas if key == name and content), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every content of a name that may be said more than once."""
        return tuple(content for key, content in self.metas if key == name and content)

    def link(self, rel: str) -> str:
        """Return the address of the first link of a relation."""
        return next((link.href for link in self.links if rel in link.rel and link.href), "")


def read(data: bytes) -> Page | None:
    """Return what a page says; ``None`` for what is no whole page. Raises ``UnfitError`` for one nobody can read."""
    found = head(data)
    if found is None:
        return None
    parts = tuple(tokens(data))
    speaking = tuple(islice(elements_of(data, parts, found.encoding), _MOST * 2))
    body = _Body(data, found.encoding)
    for token in parts:
        body.take(token)
    return Page(
        encoding=found.encoding,
        language=body.language,
        title=next((_words(data, one, found.encoding) for one in speaking if one.name == "title"), ""),
        metas=tuple(pair for one in speaking for pair in _metas(one))[:_MOST],
        links=tuple(_link(one.said) for one in speaking if one.name == "link")[:_MOST],
        linked=tuple(_linked(data, speaking, found.encoding)),
        headings=tuple(body.texts["h1"]),
        times=tuple(body.times),
        pictures=tuple(body.pictures),
        tags=tuple(body.texts["tag"]),
        authors=tuple(body.texts["author"]),
        kinds=tuple(body.kinds),
        articles=body.articles,
        entries=body.entries,
        words=body.words,
        titled=body.titled,
        moved=any(one.said.get("http-equiv", "").lower() == "refresh" for one in speaking),
    )


class _Body:
    """Gathers what the body says, token by token: gone when the page is read."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data, self.encoding = data, encoding
        self.language = ""
        self.times: list[Time] = []
        self.pictures: list[Shown] = []
        self.kinds: list[str] = []
        self.texts: dict[str, list[str]] = {"h1": [], "tag": [], "author": []}
        self.articles = self.entries = self.words = 0
        self.linking = self.heading = False
        self.titled = ""
        self.headed = False
        self.open: tuple[str, str, list[str]] | None = None

    def take(self, token: Token) -> None:
        """Take a token in."""
        if token.kind is Kind.START:
            said = attributes(self.data, token, self.encoding)
            self._begin(token.name, said, marks_of(said))
        elif token.kind is Kind.TEXT:
            self._text(self.data[token.start : token.end])
        elif token.kind is Kind.END:
            self.linking = self.linking and token.name != "a"
            self.headed = self.headed or (self.heading and token.name in _HEADINGS)
            if self.open and token.name == self.open[1]:
                self._close()

    def _text(self, text: bytes) -> None:
        if self.open:
            self.open[2].append(text_of(text[:_LONG], self.encoding))
        if (self.articles or self.entries) and not self.linking:
            self.words += len(text.strip())

    def _begin(self, name: str, said: dict[str, str], marks: frozenset[str]) -> None:
        self.language = self.language or (said.get("lang", "") if name == "html" else "")
        self.articles += name == "article"
        self.linking = self.linking or name == "a"
        if self.articles or self.entries:
            self._within(name, said)
        self.entries += "h-entry" in marks
        if "itemtype" in said and len(self.kinds) < _FEW:
            self.kinds.append(said["itemtype"].rpartition("/")[2])
        if "datetime" in said or (name == "meta" and "itemprop" in said):
            self._time(said, marks)
        if name == "img" and len(self.pictures) < _MOST:
            self._picture(said)
        self._open(name, said, marks)

    def _within(self, name: str, said: dict[str, str]) -> None:
        """Look at an element of an article: where does its title lead?"""
        self.heading = self.heading or name in _HEADINGS
        if name == "a" and self.heading and not self.headed:
            self.titled = self.titled or said.get("href", "").strip()[:_LONG]

    def _time(self, said: dict[str, str], marks: frozenset[str]) -> None:
        value = (said.get("datetime") or said.get("content", "")).strip()
        if value and len(self.times) < _FEW:
            self.times.append(Time(value[:100], marks | ({"pubdate"} if "pubdate" in said else set())))

    def _picture(self, said: dict[str, str]) -> None:
        src = said.get("src", "").strip()
        if not src or src.startswith("data:"):
            src = said.get("data-src", "").strip()
        if src and len(src) < _LONG:
            self.pictures.append(Shown(src, one_line(said.get("alt", "")), _size(said, "width"), _size(said, "height")))

    def _open(self, name: str, said: dict[str, str], marks: frozenset[str]) -> None:
        kind = "h1" if name == "h1" else ""
        relations = said.get("rel", "").lower().split()
        if "tag" in relations or "p-category" in marks:
            kind = "tag"
        elif "author" in relations or "p-author" in marks:
            kind = "author"
        if kind and self.open is None and name != "link" and len(self.texts[kind]) < _FEW:
            self.open = kind, name, []

    def _close(self) -> None:
        kind, _, parts = self.open or ("", "", [])
        self.open = None
        if text := one_line(unescape("".join(parts)[:_LONG])):
            self.texts[kind].append(text)


def marks_of(said: dict[str, str]) -> frozenset[str]:
    """Return the classes and properties of an element, in lower case."""
    if not said:
        return _UNMARKED
    return frozenset(f"{said.get('class', '')} {said.get('itemprop', '')}".lower().split())


def _words(data: bytes, element: Element, encoding: str) -> str:
    return one_line(unescape(text_of(data[slice(*element.text)][:_LONG], encoding)))


def _metas(element: Element) -> tuple[tuple[str, str], ...]:
    """Return a meta's names, each with its content: some say ``property`` and ``name`` at once."""
    if element.name != "meta":
        return ()
    content = one_line(element.said.get("content", "")[:_LONG])
    names = {element.said.get(kind, "").strip().lower() for kind in ("property", "name", "http-equiv")}
    return tuple((name, content) for name in sorted(names) if name)


def _link(said: dict[str, str]) -> Link:
    return Link(
        rel=tuple(said.get("rel", "").lower().split()),
        href=said.get("href", "").strip()[:_LONG],
        type=said.get("type", "").strip().lower(),
        title=one_line(said.get("title", "")),
        language=said.get("hreflang", "").strip(),
    )


def _linked(data: bytes, elements: Iterable[Element], encoding: str) -> Iterator[str]:
    for one in elements:
        if one.name == "script" and one.said.get("type", "").strip().lower() == "application/ld+json":
            start, end = one.text
            if end - start <= _LINKED:
                yield text_of(data[start:end], encoding)


def _size(said: dict[str, str], name: str) -> int:
    digits = said.get(name, "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < len("100000") else 0
