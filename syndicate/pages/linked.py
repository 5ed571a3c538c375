"""Linked data (JSON-LD) of a page: the article that it describes, whatever its spelling."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.characters import one_line

_ARTICLES = ("Article", "Posting", "Report")
"""Endings of schema.org's types of articles: NewsArticle, BlogPosting, LiveBlogPosting, TechArticle."""
_DEEP, _MANY = 6, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What linked data says of an article; empty where it says nothing. ``authors`` are pairs of name and address."""

    title: str = ""
    description: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    section: str = ""
    image: str = ""
    alt: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    publisher: str = ""
    url: str = ""


def described(texts: Sequence[str]) -> Described | None:
    """Return the first article that any of a page's scripts describes."""
    objects = [one for text in texts for one in _objects(_parsed(text), 0)][:_MANY]
    named = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and len(one) > 1}
    article = next((one for one in objects if _is_article(one)), None)
    return _described(article, named) if article else None


def site_name(texts: Sequence[str]) -> str:
    """Return what linked data calls the site."""
    objects = (one for text in texts for one in _objects(_parsed(text), 0))
    return next((_text(one.get("name")) for one in objects if "WebSite" in _types(one) and _text(one.get("name"))), "")


def _described(one: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Described:
    image = _first(one.get("image"), named)
    shown = image if isinstance(image, Mapping) else {}
    return Described(
        title=_text(one.get("headline")) or _text(one.get("name")),
        description=_text(one.get("description")),
        published=_text(one.get("datePublished")) or _text(one.get("dateCreated")),
        updated=_text(one.get("dateModified")),
        language=_text(_first(one.get("inLanguage"), named)),
        section=_text(_first(one.get("articleSection"), named)),
        image=_text(shown.get("url")) or _text(shown.get("contentUrl")) or _text(image),
        alt=_text(shown.get("caption")) or _text(shown.get("description")),
        tags=tuple(_keywords(one.get("keywords"))),
        authors=tuple(_people(one.get("author") or one.get("creator"), named)),
        publisher=next((name for name, _ in _people(one.get("publisher"), named)), ""),
        url=_text(one.get("url")) or _text(_page(one.get("mainEntityOfPage"))),
    )


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the things a document describes: alone, in a list, in a graph, or as what a page is about."""
    if depth > _DEEP:
        return
    if isinstance(value, list):
        for one in value[:_MANY]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth + 1)


def _types(one: Mapping[str, Any]) -> list[str]:
    said = one.get("@type")
    return [kind for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]


def _is_article(one: Mapping[str, Any]) -> bool:
    return any(kind.endswith(_ARTICLES) for kind in _types(one))


def _first(value: object, named: Mapping[str, Mapping[str, Any]]) -> object:
    one = value[0] if isinstance(value, list) and value else value
    if isinstance(one, Mapping) and isinstance(one.get("@id"), str):
        return named.get(one["@id"], one)
    return one


def _page(value: object) -> object:
    return value.get("@id") if isinstance(value, Mapping) else value


def _people(value: object, named: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in value[:20] if isinstance(value, list) else [value]:
        person = _first(one, named)
        said = person if isinstance(person, Mapping) else {"name": person}
        if name := _text(said.get("name")):
            yield name, _text(said.get("url"))


def _keywords(value: object) -> Iterator[str]:
    listed = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    yield from (text for one in listed[:50] if (text := _text(one)))


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name")
    return one_line(value[:4000]) if isinstance(value, str) else ""
