"""Eleventy: addresses are made by templates there, so the header's own counts, else a pattern, else the file's path."""

import re
from functools import partial

from syndicate.findings import finding
from syndicate.loading.sites import plain
from syndicate.loading.sites.layout import Facts, Layout, Said, configuration, text
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
_DATA = tuple(
    f"{folder}/{name}.{ending}"
    for folder in ("_data", "src/_data", "data")
    for name in ("site", "metadata", "meta")
    for ending in ("yaml", "yml", "json")
)


def recognises(tree: Tree) -> bool:
    """Whether the site has Eleventy's configuration, or its global data about the site."""
    return any(tree.exists(name) for name in (*MARKERS, *_DATA))


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the site's global data and find every Markdown file below the content folder."""
    data, name, findings = configuration(tree, _DATA)
    if not settings.permalink:
        message = "templates form the addresses of an Eleventy site; the file's path and name were taken"
        findings = (*findings, finding("permalink-guessed", name or MARKERS[0], message))
    folder = plain.home(tree, settings)
    return Layout(
        generator="eleventy",
        sources=tuple(plain.sources(tree, folder, settings)),
        permalink=partial(_permalink, settings.permalink, folder),
        said=Said(
            title=text(data.get("title")) or text(data.get("name")),
            description=text(data.get("description")),
            base_url=next((text(data[key]) for key in ("url", "base_url", "host") if text(data.get(key))), ""),
            language=next((text(data[key]) for key in ("language", "lang", "locale") if text(data.get(key))), ""),
        ),
        template="liquid",
        headed=False,
        configuration=data,
        findings=findings,
    )


def _permalink(pattern: str, folder: str, facts: Facts) -> str:
    own = text(facts.header.get("permalink"))
    if own and not re.search(r"{[{%]", own):
        return own
    # What Eleventy calls ``fileSlug`` is the name without the date, whatever the header says.
    return plain.formed(pattern or f"/{_below(facts)}:slug/", folder, facts)


def _below(facts: Facts) -> str:
    return f"{facts.source.section}/" if facts.source.section else ""
