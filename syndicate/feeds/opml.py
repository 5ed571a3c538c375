"""OPML 2.0: all feeds of the site in one file that readers import (opml.org/spec2.opml, subscription lists)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

_GROUPS = {
    "en": {"tags": "Tags", "authors": "Authors", "sections": "Sections", "languages": "Languages"},
    "fr": {"tags": "Étiquettes", "authors": "Auteurs", "sections": "Rubriques", "languages": "Langues"},
}
_TEMPLATE = re.compile(r"\{(?=[{%])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of the list. ``kind`` is empty for the site's own."""

    kind: str
    title: str
    address: str
    home: str
    language: str


def document(title: str, language: str, outlines: Iterable[Outline]) -> bytes:
    """Write the list, the site's own feed first, the others grouped by kind."""
    lines = "\n".join(_lines(title, language, outlines))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_TEMPLATE.sub("&#x7B;", lines)}\n'.encode()


def _lines(title: str, language: str, outlines: Iterable[Outline]) -> Iterator[str]:
    groups = _GROUPS.get(language.lower().partition("-")[0], _GROUPS["en"])
    yield f'<opml version="2.0">\n<head>\n<title>{escape(title)}</title>\n</head>\n<body>'
    for kind, members in groupby(outlines, key=lambda outline: outline.kind):
        if kind:
            yield f'<outline text="{groups[kind]}">'
        yield from map(_outline, members)
        if kind:
            yield "</outline>"
    yield "</body>\n</opml>"


def _outline(outline: Outline) -> str:
    said = {
        "type": "rss",
        "version": "RSS2",
        "text": outline.title,
        "title": outline.title,
        "language": outline.language,
        "xmlUrl": outline.address,
        "htmlUrl": outline.home,
    }
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
    return f"<outline{attributes}/>"
