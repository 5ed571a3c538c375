"""How each generator lays out its content: one small module each, chosen by its marker files."""

import fnmatch
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from syndicate.findings import finding
from syndicate.loading.sites import built, plain
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import Tree
from syndicate.settings import Settings


class _Generator(Protocol):
    """What each module offers."""

    def recognises(self, tree: Tree, /) -> bool: ...

    def layout(self, tree: Tree, settings: Settings, /) -> Layout: ...


_SITES: dict[str, tuple[str, ...]] = {
    "docusaurus": ("docusaurus.config.*",),
    "astro": ("astro.config.*",),
    "obsidian": (".obsidian/", "quartz.config.*"),
    "hexo": ("_config.*",),  # before Jekyll, whose configuration has the same name
    "jekyll": ("_config.*", "_posts/"),
    "hugo": ("hugo.*", "config.*", "config/"),
    "zola": ("config.toml", "zola.toml"),
    "mkdocs": ("mkdocs.y*ml",),
    "pelican": ("pelicanconf.py",),
    "eleventy": (".eleventy.js", "eleventy.config.*", "_data/", "src/_data/", "data/", "content/_data/"),
    "ghost": ("*.json",),
}
"""Generators in the order in which they are asked, each with what lies at the top of its sites: where nothing of it
does, its module need not even be imported."""
_PROGRAMS = ("js", "mjs", "cjs", "ts", "mts")
_CONFIGURATIONS = (
    *(f"_config.{ending}" for ending in ("yml", "yaml", "toml")),
    *(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json")),
    "mkdocs.yml",
    "mkdocs.yaml",
    "pelicanconf.py",
    ".eleventy.js",
    *(f"{name}.config.{ending}" for name in ("docusaurus", "astro", "eleventy") for ending in _PROGRAMS),
)
"""What says how a site is laid out: where one of them cannot be read, that is said, whatever the site is taken for."""


def laid_out(tree: Tree, settings: Settings) -> Layout:
    """Return the site as its generator lays it out: the one the settings name, else the first that recognises it."""
    found = _chosen(tree, settings)(tree, settings)
    barred = [name for name in _CONFIGURATIONS if tree.is_barred(name)]
    message = "leads out of the site, or is no regular file"
    unread = (finding("configuration-unread", name, message) for name in barred)
    found = replace(found, findings=(*found.findings, *unread)) if barred else found
    folders = built.FOLDERS.get(found.generator, ()) if not settings.built else (settings.built.strip("/"),)
    asked = [folder for folder in folders if folder != (settings.output or "output").strip("/")]
    if not asked:
        return found
    base_url = settings.base_url or found.said.base_url
    return replace(found, permalink=built.confirming(found.permalink, tree, asked, base_url))


def recognised(tree: Tree) -> str:
    """Return the generator whose marks a folder has; "plain" where it has those of none."""
    names = tree.names()
    for name, marks in _SITES.items():
        if any(_lies(tree, names, mark) for mark in marks) and _generator(name).recognises(tree):
            return name
    return "plain"


def _lies(tree: Tree, names: list[str], mark: str) -> bool:
    return tree.is_folder(mark[:-1]) if mark.endswith("/") else bool(fnmatch.filter(names, mark))


def _chosen(tree: Tree, settings: Settings) -> Callable[[Tree, Settings], Layout]:
    name = settings.generator or recognised(tree)
    return plain.layout if name == "plain" else _generator(name).layout


def _generator(name: str) -> _Generator:
    return cast("_Generator", import_module(f"{__name__}.{name}"))
