"""Zola: pages of sections, addressed by ``path``, ``slug`` or their file, in every language of the site.

After getzola.org/documentation (content, multilingual, configuration) and its source where that is silent
(``Page::parse``, ``FileInfo``). The slug crate's ASCII is that of its tables' origin, Text::Unidecode.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.loading.frontmatter import Header
from syndicate.loading.sites import slugs
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, configuration, markdown_below, text
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = ("config.toml", "zola.toml")
_DATED = re.compile(
    r"^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)(?:\s?[_-](.+))?$"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What addresses depend on: the default language, how slugs are made, whether they keep the date of a name."""

    default: str
    languages: frozenset[str]
    strategy: str
    dated: bool


def recognises(tree: Tree) -> bool:
    """Whether the configuration is Zola's: it says ``base_url``, where Hugo says ``baseURL``."""
    config, _, _ = configuration(tree, MARKERS)
    return "base_url" in config


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every page that is no section."""
    config, _, findings = configuration(tree, MARKERS)
    rules = _rules(config)
    return Layout(
        generator="zola",
        sources=tuple(_sources(tree, settings.content.strip("/") or "content", rules, settings)),
        permalink=partial(_permalink, rules),
        hidden=_hidden,
        said=Said(
            title=text(config.get("title")),
            description=text(config.get("description")),
            base_url=text(config.get("base_url")),
            language=rules.default,
            author=text(config.get("author")),
        ),
        template="zola",
        bundled=True,
        image_roots=("static", "content"),
        configuration=config,
        findings=findings,
    )


def _rules(config: Mapping[str, Any]) -> _Rules:
    slugify, languages = config.get("slugify"), config.get("languages")
    slugify = slugify if isinstance(slugify, Mapping) else {"paths": slugify}
    default = text(config.get("default_language")) or "en"
    # An older Zola has a list of tables with a code each.
    listed = (
        [str(one.get("code")) for one in languages if isinstance(one, dict)]
        if isinstance(languages, list)
        else languages
    )
    strategy = slugify.get("paths")
    return _Rules(
        default=default,
        languages=frozenset(map(str, listed or ())) - {default},
        strategy=strategy if strategy in {"safe", "off"} else "on",
        dated=slugify.get("paths_keep_dates") is True,
    )


def _sources(tree: Tree, folder: str, rules: _Rules, settings: Settings) -> Iterator[Source]:
    for path in markdown_below(tree, folder, settings, (".md",)):
        inner = PurePosixPath(path).relative_to(folder)
        stem, language = _spoken(inner.stem, rules)
        if stem == "_index" or inner.stem.startswith("_index."):
            continue
        bundle = stem.split(".")[0] == "index" and len(inner.parts) > 1
        place = inner.parent.parent if bundle else inner.parent
        name = inner.parent.name if bundle else stem
        dated = _DATED.match(name)
        yield Source(
            path=path,
            name=dated[2] if dated and dated[2] and not rules.dated else name,
            section=place.as_posix().strip("."),
            language=language,
            translation=f"{inner.parent.as_posix()}/{stem}" if rules.languages else "",
            page=True,
            defaults={"date": dated[1]} if dated else {},
        )


def _spoken(stem: str, rules: _Rules) -> tuple[str, str]:
    """Return a name without its language, and the language: ``post.fr`` is ``post`` in French."""
    name, dot, code = stem.partition(".")
    if dot and code in rules.languages:
        return name, code
    return stem, rules.default


def _permalink(rules: _Rules, facts: Facts) -> str:
    own = text(facts.header.get("path"))
    if own:
        return f"/{own.lstrip('/').rstrip('/')}/"
    said = facts.header.get("slug")
    slug = slugs.zola(said if isinstance(said, str) and said else facts.source.name, rules.strategy)
    before = "" if facts.source.language == rules.default else f"{facts.source.language}/"
    if facts.source.path.endswith("/index.md") and facts.source.path.count("/") == 1:
        slug = ""
    return re.sub(r"/{2,}", "/", f"/{before}{facts.source.section}/{slug}/")


def _hidden(header: Header) -> str:
    return "render: false" if str(header.get("render")).lower() == "false" else ""
