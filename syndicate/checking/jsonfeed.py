"""The rules of JSON Feed 1.1 (jsonfeed.org/version/1.1), key by key."""

import json
from collections.abc import Iterator
from typing import Any

from syndicate.checking.rules import LANGUAGE, MEDIA_TYPE, Entry, Judged, Remark, rfc3339

_VERSIONS = frozenset({"https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"})
_TEXTS = ("title", "home_page_url", "feed_url", "description", "next_url", "icon", "favicon", "language")
_ITEM_TEXTS = ("url", "external_url", "title", "content_html", "content_text", "summary", "image", "language")


def judge(data: bytes) -> Judged:
    """Judge a JSON Feed."""
    try:
        feed = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Judged((_wrong(f"is no JSON: {str(error)[:200]}"),))
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Judged((_wrong("is no object with a list of items"),))
    items = feed["items"]
    remarks = (*_feed(feed), *(one for place, item in enumerate(items) for one in _item(item, f"items[{place}]")))
    entries = tuple(
        Entry(str(item.get("id", "")), rfc3339(_text(item, "date_published"))) for item in items if _is(item)
    )
    links = (_text(feed, "home_page_url"), *(_text(item, "url") for item in items if _is(item)))
    return Judged(remarks, entries, _text(feed, "feed_url"), "", links)


def _feed(feed: dict[str, Any]) -> Iterator[Remark]:
    if feed.get("version") not in _VERSIONS:
        yield _wrong(f"version is {str(feed.get('version'))[:80]!r}")
    if not _text(feed, "title"):
        yield _wrong("the feed has no title")
    if not _text(feed, "feed_url"):
        yield Remark("feed-self-missing", "has no feed_url")
    yield from _texts(feed, _TEXTS, "the feed")
    yield from _people(feed, "the feed")
    language = _text(feed, "language")
    if language and not LANGUAGE.fullmatch(language):
        yield _wrong(f"language is {language[:40]!r}")


def _item(item: object, where: str) -> Iterator[Remark]:
    if not isinstance(item, dict):
        yield _wrong(f"{where} is no object")
        return
    identity = item.get("id")
    if not isinstance(identity, str) or not identity:
        yield _wrong(f"{where} has no id that is a string")
    if "content_html" not in item and "content_text" not in item:
        yield _wrong(f"{where} has neither content_html nor content_text")
    yield from _texts(item, _ITEM_TEXTS, where)
    for name in ("date_published", "date_modified"):
        if name in item and rfc3339(_text(item, name)) is None:
            yield _wrong(f"{name} of {where} is {str(item[name])[:80]!r}, no date of RFC 3339")
    yield from _people(item, where)
    yield from _lists(item, where)


def _texts(one: dict[str, Any], names: tuple[str, ...], where: str) -> Iterator[Remark]:
    for name in names:
        if name in one and not isinstance(one[name], str):
            yield _wrong(f"{name} of {where} is no string")


def _people(one: dict[str, Any], where: str) -> Iterator[Remark]:
    authors = one.get("authors", [])
    if not isinstance(authors, list):
        yield _wrong(f"authors of {where} is no list")
        return
    for author in authors:
        if not (isinstance(author, dict) and any(author.get(name) for name in ("name", "url", "avatar"))):
            yield _wrong(f"an author of {where} has neither name, url nor avatar")


def _lists(item: dict[str, Any], where: str) -> Iterator[Remark]:
    tags = item.get("tags", [])
    if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        yield _wrong(f"tags of {where} is no list of strings")
    attachments = item.get("attachments", [])
    if not isinstance(attachments, list):
        yield _wrong(f"attachments of {where} is no list")
        return
    for one in attachments:
        if not (isinstance(one, dict) and _text(one, "url") and MEDIA_TYPE.fullmatch(_text(one, "mime_type"))):
            yield _wrong(f"an attachment of {where} lacks url or mime_type")


def _is(item: object) -> bool:
    return isinstance(item, dict)


def _text(one: dict[str, Any], name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""


def _wrong(message: str) -> Remark:
    return Remark("feed-invalid", message)
