"""A plain folder of Markdown: an article lives where its file does, unless the settings or its header say otherwise."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from syndicate.loading.sites.layout import (
    Facts,
    Layout,
    Said,
    Source,
    bare_name,
    is_notice,
    markdown_below,
    slugged,
    stem_of,
    text,
)
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

_FOLDERS = ("content", "posts", "_posts", "articles", "src/content", "src/posts", "blog", "docs")
SAFE = "/~!$&'()*+,;=:@"
"""A name on a disk may hold what means something else in an address: ``#``, ``?``, ``%``."""
_TOKEN = re.compile(r":(\w+)")


def layout(tree: Tree, settings: Settings) -> Layout:
    """Find every Markdown file below the content folder."""
    folder = home(tree, settings)
    return Layout(
        generator="plain",
        sources=tuple(sources(tree, folder, settings)),
        permalink=partial(permalink, settings.permalink, folder),
        said=Said(),
        headed=False,
        bundled=True,
    )


def home(tree: Tree, settings: Settings) -> str:
    """Return the folder of the articles: the one the settings name, else the first usual one, else the root."""
    if settings.content:
        return settings.content.strip("/").removeprefix("./")
    return next((name for name in _FOLDERS if tree.is_folder(name)), "")


def sources(tree: Tree, folder: str, settings: Settings) -> Iterator[Source]:
    """Every article below a folder; an index of a folder that holds others is a page, not an article."""
    for path in markdown_below(tree, folder, settings):
        inner, stem = path[len(folder) :].lstrip("/"), stem_of(path)
        if stem == "_index" or inner in {"index.md", "index.markdown"}:
            continue
        bundle = stem == "index"
        section = inner.rpartition("/")[0]
        section = (section.rpartition("/")[0] if bundle else section).strip(".")
        yield Source(path=path, name=bare_name(path), section=section, page=bundle or is_notice(path))


def permalink(pattern: str, folder: str, facts: Facts) -> str:
    """Return the address: the header's own, else the pattern of the settings, else the path without its ending."""
    return text(facts.header.get("permalink", "url")) or formed(pattern, folder, facts)


def formed(pattern: str, folder: str, facts: Facts) -> str:
    """Return the address that a pattern, or without one the file's path, gives."""
    when = facts.published
    slug = facts.slug or quote(facts.source.name, safe=SAFE)
    inner, stem = facts.source.path[len(folder) :].lstrip("/"), stem_of(facts.source.path)
    above = inner.rpartition("/")[0]
    place = (above or ".") if stem == "index" else f"{above}/{stem}" if above else stem
    if not pattern:
        if facts.slug:
            return f"/{PurePosixPath(quote(place.rpartition('/')[0], safe=SAFE), slug).as_posix()}/"
        return f"/{quote(place, safe=SAFE)}/"
    words = {
        "slug": slug,
        "path": quote(place, safe=SAFE),
        "title": slugged(facts.title),
        "section": facts.source.section,
        "year": f"{when.year:04}",
        "month": f"{when.month:02}",
        "day": f"{when.day:02}",
    }
    return _TOKEN.sub(lambda found: words.get(found[1], found[0]), pattern)
