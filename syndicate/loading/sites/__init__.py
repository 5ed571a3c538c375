"""How each generator lays out its content: one small module each, chosen by its marker files."""

from collections.abc import Callable
from dataclasses import replace

from syndicate.findings import finding
from syndicate.loading.sites import (
    astro,
    built,
    docusaurus,
    eleventy,
    ghost,
    hexo,
    hugo,
    jekyll,
    mkdocs,
    obsidian,
    pelican,
    plain,
    zola,
)
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

_SITES: dict[str, tuple[Callable[[Tree], bool], Callable[[Tree, Settings], Layout]]] = {
    "docusaurus": (docusaurus.recognises, docusaurus.layout),
    "astro": (astro.recognises, astro.layout),
    "obsidian": (obsidian.recognises, obsidian.layout),
    "hexo": (hexo.recognises, hexo.layout),  # before Jekyll, whose configuration has the same name
    "jekyll": (jekyll.recognises, jekyll.layout),
    "hugo": (hugo.recognises, hugo.layout),
    "zola": (zola.recognises, zola.layout),
    "mkdocs": (mkdocs.recognises, mkdocs.layout),
    "pelican": (pelican.recognises, pelican.layout),
    "eleventy": (eleventy.recognises, eleventy.layout),
    "ghost": (ghost.recognises, ghost.layout),
    "plain": (lambda _: True, plain.layout),
}


_PROGRAMS = ("js", "mjs", "cjs", "ts", "mts")
_CONFIGURATIONS = (
    *jekyll.MARKERS,
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
    return next(name for name, (recognises, _) in _SITES.items() if recognises(tree))


def _chosen(tree: Tree, settings: Settings) -> Callable[[Tree, Settings], Layout]:
    if settings.generator:
        return _SITES[settings.generator][1]
    return next(layout for recognises, layout in _SITES.values() if recognises(tree))
