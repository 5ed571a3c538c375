"""Pelican: ``Key: value`` headers, and settings that are Python and are therefore read, never run."""

import ast
from collections.abc import Mapping
from functools import partial
from typing import Any

from syndicate.findings import Finding, finding
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, bare_name, markdown_below, slugged, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings

MARKERS = ("pelicanconf.py",)
_URL = "{slug}.html"


def recognises(tree: Tree) -> bool:
    """Whether the site has Pelican's settings."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the settings that are plain literals and find every article."""
    config, findings = _literals(tree)
    folder = settings.content or text(config.get("PATH")).strip("./") or "content"
    return Layout(
        generator="pelican",
        sources=tuple(Source(path=path, name=bare_name(path)) for path in markdown_below(tree, folder, settings)),
        permalink=partial(_permalink, text(config.get("ARTICLE_URL")) or _URL),
        said=Said(
            title=text(config.get("SITENAME")),
            description=text(config.get("SITESUBTITLE")),
            base_url=text(config.get("SITEURL")),
            language=text(config.get("DEFAULT_LANG")),
            time_zone=text(config.get("TIMEZONE")),
            author=text(config.get("AUTHOR")),
        ),
        image_roots=(folder, "static"),
        configuration=config,
        findings=findings,
    )


def _literals(tree: Tree) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    name = MARKERS[0]
    if not tree.exists(name):
        return {}, ()
    try:
        module = ast.parse(tree.text(name))
    except SourceError as error:
        return {}, (error.finding,)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {}, (finding("configuration-unread", name, str(error), line=getattr(error, "lineno", 0) or 0),)
    found: dict[str, Any] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            found |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return found, ()


def _permalink(pattern: str, facts: Facts) -> str:
    when = facts.published
    words = {
        "{slug}": facts.slug or slugged(facts.title),
        "{lang}": facts.source.language,
        "{category}": slugged(text(facts.header.get("category"))),
        "{date:%Y}": f"{when.year:04}",
        "{date:%m}": f"{when.month:02}",
        "{date:%d}": f"{when.day:02}",
    }
    for token, word in words.items():
        pattern = pattern.replace(token, word)
    return f"/{pattern.lstrip('/')}"
