"""Which keys a site's headers use for what: those that are known anyway, and those that only the settings can name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from syndicate.loading import images
from syndicate.loading.fields import SUMMARY, Fields
from syndicate.loading.frontmatter import fold

_SHARE = 0.3
"""Of the articles that lack something, so many must have it under one key."""
_SHORTEST, _LONGEST = 40, 500
"""Characters of a summary."""
_NEVER = frozenset({"title", "date", "slug", "permalink", "url", "tags", "keywords", "layout", "author", "id", "body"})
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def known(headers: Sequence[Fields]) -> dict[str, tuple[str, int]]:
    """Return for each thing that is found by itself the key that most articles have it under, and how many do."""
    uses: dict[str, Counter[str]] = {"summary": Counter(), "lead_image": Counter()}
    for fields in headers:
        key = next((name for name in SUMMARY if fields.header.get(name) is not None), "")
        lead = images.lead(fields)
        uses["summary"].update([key] if key else [])
        uses["lead_image"].update([lead.key] if lead else [])
    return {name: _most(counted) for name, counted in uses.items() if counted}


def unknown(headers: Sequence[Fields]) -> dict[str, tuple[str, int]]:
    """Return expressions for what many articles have under a key that nobody knows, and how many have it."""
    without_words = [fields for fields in headers if not fields.summary()]
    without_picture = [fields for fields in headers if images.lead(fields) is None]
    found: dict[str, tuple[str, int]] = {}
    for name, lacking, offers in (
        ("summary", without_words, _summaries),
        ("lead_image", without_picture, _pictures),
    ):
        offered = Counter(key for fields in lacking for key in set(offers(fields.header.fields)))
        if offered and _most(offered)[1] >= max(2, _SHARE * len(lacking)):
            found[name] = _most(offered)
    return found


def _most(counted: Counter[str]) -> tuple[str, int]:
    return min(counted.items(), key=lambda one: (-one[1], one[0]))


def _summaries(fields: Mapping[str, Any]) -> Iterator[str]:
    for key, value in fields.items():
        words = isinstance(value, str) and _SHORTEST <= len(value) <= _LONGEST and " " in value
        if words and fold(key) not in _NEVER and not images.is_image(str(value)):
            yield _spelled(key)


def _pictures(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield where pictures are: a key, a key in a mapping, or in the first of a list."""
    for key, value in fields.items():
        if fold(key) in _NEVER:
            continue
        one, path = (value[0], f"{_spelled(key)}[0]") if isinstance(value, list) and value else (value, _spelled(key))
        yield from _within(one, path)


def _within(value: object, path: str) -> Iterator[str]:
    if isinstance(value, str) and images.is_image(value):
        yield path
    elif isinstance(value, Mapping):
        yield from (
            f"{path}.{_spelled(key)}" for key, held in value.items() if isinstance(held, str) and images.is_image(held)
        )


def _spelled(key: object) -> str:
    word = str(key)
    bare = word and not word[0].isdecimal() and word[0] != "-" and _PLAIN.issuperset(word)
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return word if bare else f'"{escaped}"'


def usual(names: Iterable[str]) -> str:
    """Return the folder that all paths have in common."""
    parts = [name.split("/")[:-1] for name in names]
    shared = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "/".join(shared)
