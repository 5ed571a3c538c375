"""The head of a page, or a fragment of one, as platforms read it: what they would refuse, cut, overlook or not find."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from syndicate.cards.text.icu import clusters
from syndicate.characters import one_line
from syndicate.checking.pictures import Seen
from syndicate.findings import Finding, finding
from syndicate.pages.head import Element, UnfitError, head, text_of
from syndicate.platforms import Platform, breached, names, platforms

_OPENING = b"<!doctype html><head>"
"""Makes a page of a fragment."""
_WHOLE = re.compile(rb"<(?:!doctype|html|head|body|title)[\s>]", re.IGNORECASE)
_ARTICLE = re.compile(rb"<article[\s>]", re.IGNORECASE)
_SOON = 4096
_LONG = 10_000
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_OURS = "syndicate"
"""The generator of pages that are for those who publish, not for readers: the gallery."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a page names."""

    address: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a head says; ``end`` is the byte behind the last tag that platforms look for, 0 in a fragment."""

    metas: tuple[tuple[str, str], ...]
    feeds: tuple[Feed, ...]
    title: str
    article: bool
    end: int

    def said(self, *wanted: str) -> str:
        """Return the first content of the first of these names that has some."""
        return next((text for name in wanted for key, text in self.metas if key == name and text), "")

    @property
    def images(self) -> tuple[str, ...]:
        """The addresses of the pictures."""
        return tuple(text for name, text in self.metas if name in {"og:image", "og:image:url"} and text)

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Every address that has to be whole, with what it is."""
        wanted = ("og:url", "og:image", "og:image:secure_url", "twitter:image")
        return tuple((name, text) for name, text in self.metas if name in wanted)


def judge(data: bytes, path: str) -> tuple[Head | None, tuple[Finding, ...]]:
    """Return what a page says, and what platforms would make of it; ``None`` where nobody would share it."""
    try:
        said = _read(data)
    except UnfitError as error:
        return None, (finding("published-unread", path, f"the page {error}"),)
    if said is None or said.said("generator") == _OURS:
        return None, ()
    return said, tuple(_remarks(said, path))


def declared(said: Head, seen: Seen, path: str) -> Iterator[Finding]:
    """Compare what the tags say of the card with what its file is."""
    for name, true in (("width", seen.width), ("height", seen.height)):
        told = said.said(f"og:image:{name}")
        if told and true and told != str(true):
            yield finding("card-misdeclared", path, f"og:image:{name} is {told[:40]!r}; the file has {true}")
    told = said.said("og:image:type").lower()
    if told and told != seen.media_type:
        yield finding("card-misdeclared", path, f"og:image:type is {told[:80]!r}; the file is {seen.media_type}")


def _read(data: bytes) -> Head | None:
    fragment = not _WHOLE.search(data[:_SOON])
    if fragment:
        data = _OPENING + data
    found = head(data)
    if found is None:
        return None
    metas = [(element, pair) for element in found.elements for pair in _pairs(element)]
    ends = [element.end for element, (name, _) in metas if name.startswith("og:")]
    titles = (text_of(data[slice(*one.text)][:_LONG], found.encoding) for one in found.elements if one.name == "title")
    return Head(
        metas=tuple(pair for _, pair in metas),
        feeds=tuple(_feeds(found.elements)),
        title=one_line(unescape(next(titles, ""))),
        article=not fragment and len(_ARTICLE.findall(data)) == 1,
        end=0 if fragment or not ends else ends[-1],
    )


def _pairs(element: Element) -> Iterator[tuple[str, str]]:
    if element.name == "meta":
        content = one_line(element.said.get("content", "")[:_LONG])
        for name in sorted({element.said.get(kind, "").strip().lower() for kind in ("property", "name")} - {""}):
            yield name, content


def _feeds(elements: tuple[Element, ...]) -> Iterator[Feed]:
    for one in elements:
        kind = one.said.get("type", "").strip().lower()
        if one.name == "link" and kind in _FEEDS and "alternate" in one.said.get("rel", "").lower().split():
            yield Feed(one.said.get("href", "").strip(), kind)


def _remarks(said: Head, path: str) -> Iterator[Finding]:
    speaks = any(name.startswith("og:") for name, _ in said.metas)
    if not said.images and (said.article or said.said("og:type") == "article"):
        yield finding("card-missing", path, "names no og:image")
    if not speaks:
        return
    yield from _late(said, path)
    yield from _words(said, path)
    if said.images:
        yield from _card(said, path)


def _late(said: Head, path: str) -> Iterator[Finding]:
    if late := breached(lambda one: one.head, said.end):
        least = min(one.head for one in late)
        yield finding("tags-late", path, f"the tags end at byte {said.end:,}; {names(late)} read {least:,} or so")


def _words(said: Head, path: str) -> Iterator[Finding]:
    title = said.said("og:title", "twitter:title") or said.title
    if not title:
        yield finding("preview-title-missing", path, "has no og:title")
    yield from _cut(said, "title", title, lambda one: one.title, path)
    yield from _cut(said, "description", said.said("og:description", "description"), lambda one: one.description, path)
    if refused := breached(lambda one: one.site_name, len(said.said("og:site_name"))):
        yield finding("preview-refused", path, f"og:site_name is too long for {names(refused)}")


def _cut(said: Head, what: str, text: str, limit: Callable[[Platform], int], path: str) -> Iterator[Finding]:
    for one in platforms():
        told = (said.said(f"{one.tags}:{what}") if one.tags else "") or text
        if not limit(one) or len(told) <= limit(one):
            continue  # no more graphemes than characters
        parts = clusters(told, "")
        if len(parts) > limit(one):
            shown = "".join(parts[: limit(one)])[-40:]
            message = f"{one.name} shows {limit(one)} of {len(parts)} graphemes of the {what}, up to {shown!r}"
            code = "preview-title-cut" if what == "title" else "preview-description-cut"
            yield finding(code, path, message)


def _card(said: Head, path: str) -> Iterator[Finding]:
    if len(said.images) > 1:
        side = names(one for one in platforms() if one.one_image)
        yield finding("card-several", path, f"names {len(said.images)} pictures; {side} show more than one")
    alts = [said.said("og:image:alt"), said.said("twitter:image:alt")]
    if not any(alts):
        yield finding("card-alt-missing", path, "has no og:image:alt")
    if refused := breached(lambda one: one.alt, max(map(len, alts))):
        message = f"the text alternative of the card has {max(map(len, alts)):,} characters: too long for"
        yield finding("preview-refused", path, f"{message} {names(refused)}")
