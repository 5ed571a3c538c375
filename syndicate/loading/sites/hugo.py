"""Hugo: its configuration, page bundles, sections and the common tokens of its permalink patterns."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.loading.sites.layout import Facts, Layout, Said, Source, configuration, markdown_below, slugged, text
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = ("hugo.toml", "hugo.yaml", "hugo.yml", "config/_default/hugo.toml", "config/_default/config.toml")
_SHARED = ("config.toml", "config.yaml", "config.yml")
_TOKEN = re.compile(r":(sections\[[^\]]*\]|\w+)")


def recognises(tree: Tree) -> bool:
    """Whether the site has Hugo's configuration; ``config.*`` is Hugo's when it says ``baseURL``."""
    if any(tree.exists(name) for name in MARKERS):
        return True
    config, _, _ = configuration(tree, _SHARED)
    return "baseurl" in {str(key).lower() for key in config}


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every page that is no section and no resource of a bundle."""
    said, _, findings = configuration(tree, (*MARKERS, *_SHARED))
    config = {str(key).lower(): value for key, value in said.items()}
    folder = settings.content or text(config.get("contentdir")) or "content"
    params = config.get("params")
    description = text(params.get("description")) if isinstance(params, dict) else ""
    return Layout(
        generator="hugo",
        sources=tuple(_sources(tree, folder, settings)),
        permalink=partial(_permalink, _patterns(config)),
        said=Said(
            title=text(config.get("title")),
            description=description,
            base_url=text(config.get("baseurl")),
            language=text(config.get("languagecode")) or text(config.get("defaultcontentlanguage")),
            time_zone=text(config.get("timezone")),
        ),
        template="hugo",
        bundled=True,
        image_roots=("static", "assets"),
        configuration=config,
        findings=findings,
    )


def _patterns(config: Mapping[str, Any]) -> dict[str, str]:
    said = config.get("permalinks")
    said = said.get("page", said) if isinstance(said, dict) else {}
    return {str(key): text(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _sources(tree: Tree, folder: str, settings: Settings) -> Iterator[Source]:
    paths = list(markdown_below(tree, folder, settings))
    bundles = {PurePosixPath(path).parent for path in paths if PurePosixPath(path).stem == "index"}
    for path in paths:
        pure = PurePosixPath(path)
        inside = [parent for parent in pure.parents if parent in bundles]
        # What lies inside a leaf bundle, beside its index, is a resource of that page.
        if pure.stem == "_index" or (inside and not (pure.stem == "index" and inside == [pure.parent])):
            continue
        inner = pure.relative_to(folder)
        section = (inner.parent.parent if pure.stem == "index" else inner.parent).as_posix().strip(".")
        yield Source(
            path=path, name=pure.parent.name if pure.stem == "index" else pure.stem, section=section, page=True
        )


def _permalink(patterns: Mapping[str, str], facts: Facts) -> str:
    own = text(facts.header.get("url"))
    if own:
        return own
    section = facts.source.section.split("/")[0]
    pattern = patterns.get(section) or "/:sections/:contentbasename/"
    when, sections = facts.published, [part for part in facts.source.section.split("/") if part]
    words = {
        "year": f"{when.year:04}",
        "month": f"{when.month:02}",
        "day": f"{when.day:02}",
        "section": section,
        "sections": "/".join(sections),
        "title": slugged(facts.title),
        "slug": facts.slug or slugged(facts.title),
        "slugorcontentbasename": facts.slug or facts.source.name,
        "filename": facts.source.name,
        "contentbasename": facts.slug or facts.source.name,
        "slugorfilename": facts.slug or facts.source.name,
    }

    def fill(found: re.Match[str]) -> str:
        if found[1].startswith("sections["):
            return "/".join(_slice(sections, found[1][9:-1]))
        return words.get(found[1], found[0])

    path = re.sub(r"/{2,}", "/", f"/{_TOKEN.sub(fill, pattern)}/").replace(" ", "-")
    return path.lower()


def _slice(sections: list[str], said: str) -> list[str]:
    numbers = {"last": len(sections) - 1}
    first, colon, last = said.partition(":")

    def number(word: str) -> int | None:
        return numbers.get(word, int(word) if word.isdecimal() else None)

    if not colon:
        at = number(first)
        return sections[at : at + 1] if at is not None else []
    return sections[number(first) : number(last)]
