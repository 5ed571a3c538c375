"""Settings to start with: what was understood of a site, said in a ``syndicate.toml``.

What the site's own files say is repeated, so that the next build does the same without them; feeds that another tool
makes keep their addresses, their ids and their length, so that no reader notices the move.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from syndicate.addresses import PREVIEW
from syndicate.characters import one_line
from syndicate.errors import SettingsError
from syndicate.findings import Finding
from syndicate.loading import load, settings_of
from syndicate.loading.article import read
from syndicate.loading.site import framed
from syndicate.loading.sites import laid_out
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import Tree
from syndicate.loading.starting import keys
from syndicate.loading.starting.brand import Brand, brand
from syndicate.loading.starting.former import Former, former
from syndicate.model import Site
from syndicate.settings import Settings

NAME = "syndicate.toml"
NAMES = {"mkdocs": "MkDocs"}
"""Generators whose names are not written like others."""


@dataclass(frozen=True, slots=True)
class Start:
    """The settings as text, and what a person may want to know of them."""

    text: str
    generator: str
    articles: int
    former: Former


def start(root: Path, now: datetime) -> Start:
    """Return settings for a site that has none. Raises ``SettingsError`` where it has."""
    tree = Tree(root)
    if tree.exists(NAME):
        raise SettingsError(f"{NAME}: exists already", "Edit it, or move it away first.")
    if settings_of(root, tree) != Settings():
        raise SettingsError("pyproject.toml: has settings already, under [tool.syndicate]", "Edit them.")
    settings = Settings()
    layout = laid_out(tree, settings)
    site = load(root, settings, now).site
    found = former(tree, layout, site)
    remarks: list[Finding] = []
    frame = framed(tree, layout, settings, "", now, remarks)
    headers = [one.fields for one in (read(source, frame) for source in layout.sources) if one.fields and one.published]
    lines = [
        *_head(layout),
        *_site(layout, site),
        *_place(layout, site),
        *_feeds(found),
        *_cards(brand(tree, layout)),
        *_fields(keys.known(headers), keys.unknown(headers), len(headers)),
    ]
    return Start("\n".join([*lines, ""]), layout.generator, len(site.articles), found)


def _head(layout: Layout) -> Iterator[str]:
    name = NAMES.get(layout.generator, layout.generator.title())
    whose = "its files" if layout.generator == "plain" else f"what it says to {name}"
    yield f"# How syndicate publishes this site, as understood from {whose}."
    yield "# Lines behind a # are what happens anyway; `syndicate schema` describes every key."
    yield ""


def _site(layout: Layout, site: Site) -> Iterator[str]:
    said = layout.said
    author = said.author if isinstance(said.author, str) else [one_line(name) for name in said.author]
    yield _line("title", one_line(said.title) or site.title)
    yield _line("description", said.description)
    yield _line("base_url", site.base_url if site.base_url != PREVIEW else "", "https://example.org/")
    yield _line("language", site.language)
    yield _line("time_zone", said.time_zone, "Europe/Paris")
    yield _line("author", author)


def _place(layout: Layout, site: Site) -> Iterator[str]:
    yield _line("generator", layout.generator)
    folder = keys.usual(article.source for article in site.articles)
    yield f"# content = {_quoted(folder or '.')}  # where the articles were found"
    if layout.generator in {"plain", "eleventy", "astro"}:
        yield '# permalink = "/:path/"  # or /blog/:slug/, /:year/:month/:slug/'
    yield '# updated = "git"  # dates of change by the newest commit of a file'


def _feeds(found: Former) -> Iterator[str]:
    yield from ("", "[feeds]")
    if found.tool:
        yield f"# As the feeds of {found.tool} are, so that their readers notice nothing."
    yield f"limit = {found.limit}" if found.limit else "# limit = 20"
    yield 'content = "summary"' if found.summary else '# content = "full"'
    yield f'ids = "{found.ids}"' if found.ids != "permalink" else '# ids = "permalink"'
    if found.feeds:
        yield from (
            "",
            "[feeds.also]",
            "# Where readers fetch feeds today. On a server of your own, [feeds.moved] redirects instead.",
        )
        yield from (f"{_quoted(old)} = {_quoted(new)}" for old, new in found.feeds)
    yield from (f"# {_quoted(path)} has no counterpart here." for path in found.lost)


def _cards(found: Brand) -> Iterator[str]:
    yield from ("", "[cards]")
    if found.tool:
        yield f"# The colours that {found.tool} uses."
    yield '# outlets = ["og", "square", "portrait", "story", "plain"]'
    yield _line("accent", found.accent, "#0b5fff")
    yield _line("ground", found.ground, "#16213e")
    yield _line("logo", found.logo, "images/logo.png")


def _fields(known: Mapping[str, tuple[str, int]], unknown: Mapping[str, tuple[str, int]], count: int) -> Iterator[str]:
    yield from ("", "[fields]")
    for name, example in (("summary", "standfirst"), ("lead_image", "media[0].file")):
        if name in unknown:
            expression, uses = unknown[name]
            yield f"{name} = {_quoted(expression)}  # in {uses} of {count} articles"
        elif name in known:
            key, uses = known[name]
            yield f"# {name} = {_quoted(key)}  # found by itself in {uses} of {count} articles"
        else:
            yield f"# {name} = {_quoted(example)}"


def _line(key: str, value: Any, example: str = "") -> str:  # noqa: ANN401 -- text, or a list of it
    return f"{'' if value else '# '}{key} = {_quoted(value or example)}"


def _quoted(value: Any) -> str:  # noqa: ANN401 -- as above
    # A JSON string is a TOML string: the same quotes and escapes, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
