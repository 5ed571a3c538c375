"""The feeds that a site has from another tool: where readers fetch them, by what ids they know articles, how many.

Every tool's rules are those of its own source or documentation (read in November 2026: jekyll-feed 0.17, Hugo 0.150,
Zola 0.21, Pelican 4.11, mkdocs-rss-plugin 1.17, Docusaurus 3.9, hexo-generator-feed 4, eleventy-plugin-rss 3). Ids are
permalinks with all of them but jekyll-feed and Pelican.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from syndicate.addresses import ATOM, JSON, RSS, feed_folder, is_free
from syndicate.loading import javascript
from syndicate.loading.sites import hugo, python, scripts, slugs
from syndicate.loading.sites.layout import Layout, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.loading.starting import templates
from syndicate.model import Site

TAGS = 200
"""Tags whose feeds are kept, the most used first."""
DIALECTS = {"rss": RSS, "rss2": RSS, "atom": ATOM, "json": JSON, "json1": JSON, "jsonfeed": JSON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What a site's feeds were made by, where they stand and which of ours they are, and what they were like.

    ``limit`` is 0 where it is not known; ``summary`` says that they had no more; ``lost`` are feeds that have no
    counterpart here.
    """

    tool: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    ids: str = "permalink"
    limit: int = 0
    summary: bool = False
    lost: tuple[str, ...] = ()


def former(tree: Tree, layout: Layout, site: Site) -> Former:
    """Return the feeds that a site has today, as far as its sources tell."""
    found = _TOOLS.get(layout.generator, _unknown)(tree, layout, site)
    found = found if found.feeds else _own(templates.written(tree, layout))
    kept = {old.strip("/"): new for old, new in found.feeds if is_free(old.strip("/"))}
    return replace(found, feeds=tuple(kept.items()))


def _own(found: Sequence[templates.Template]) -> Former:
    return Former(
        tool="the site's own templates" if found else "",
        feeds=tuple((one.path, DIALECTS[one.dialect]) for one in found),
        ids="jekyll-feed" if any(one.names_posts for one in found) else "permalink",
        limit=max((one.limit for one in found), default=0),
    )


def _unknown(_tree: Tree, _layout: Layout, _site: Site) -> Former:
    return Former()


def _jekyll(tree: Tree, layout: Layout, site: Site) -> Former:
    config = layout.configuration
    plugins = [*_listed(config.get("plugins")), *_listed(config.get("gems"))]
    if "jekyll-feed" not in plugins and "jekyll-feed" not in _text(tree, "Gemfile"):
        return Former()
    said = _table(config.get("feed"))
    feeds = [(text(said.get("path")) or "feed.xml", ATOM)]
    feeds += [(f"feed/{one}.xml", _of("tags", one, ATOM)) for one in _listed(said.get("categories"))]
    if said.get("tags"):
        options = _table(said.get("tags"))
        folder = (text(options.get("path")) or "feed/by_tag/").strip("/")
        # It makes none of tags that hold anything else.
        feeds += [
            (f"{folder}/{tag}.xml", _of("tags", tag, ATOM))
            for tag in _tags(site)
            if re.fullmatch(r"\w+", tag, re.ASCII)
        ]
    collections = said.get("collections")
    others = tuple(
        f"feed/{name}.xml" for name in (collections if isinstance(collections, Mapping) else _listed(collections))
    )
    return Former(
        tool="jekyll-feed",
        feeds=tuple(feeds),
        ids="jekyll-feed",
        limit=_number(said.get("posts_limit")) or 10,
        summary=_true(said.get("excerpt_only")),
        lost=others,
    )


def _hugo(tree: Tree, layout: Layout, site: Site) -> Former:
    config = hugo.configuring.read(tree)
    off = {word.lower() for word in _listed(config.values.get("disablekinds"))}
    several = len(config.languages) > 1
    feeds: list[tuple[str, str]] = []
    for language in config.languages.values():
        ours = f"feeds/languages/{language.tag.lower()}/" if several else ""
        below = f"{language.prefix.strip('/')}/".lstrip("/")
        for file, dialect in _hugo_files(config.values, "home", off):
            feeds.append((f"{below}{file}", ours + dialect))
    sections = {source.section.split("/")[0] for source in layout.sources if source.section}
    if not off & {"section"} and len(sections) == 1:
        feeds += [(f"{min(sections)}/{file}", dialect) for file, dialect in _hugo_files(config.values, "section", off)]
    if not off & {"term", "taxonomy", "taxonomyterm"}:
        for file, dialect in _hugo_files(config.values, "term", off):
            feeds += [
                (f"tags/{tag.lower().replace(' ', '-')}/{file}", _of("tags", tag, dialect)) for tag in _tags(site)
            ]
    limit = _table(_table(config.values.get("services")).get("rss")).get("limit") or config.values.get("rsslimit")
    return Former(tool="Hugo" if feeds else "", feeds=tuple(feeds), limit=_number(limit))


def _hugo_files(config: Mapping[str, Any], kind: str, off: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the dialect of each feed that pages of a kind have."""
    outputs = _listed(_table(config.get("outputs")).get(kind)) or ["html", "rss"]
    for name in (one.lower() for one in outputs):
        if name in off or not re.search("rss|atom|feed", name):
            continue
        form = _table(_table(config.get("outputformats")).get(name))
        dialect = "atom" if "atom" in name else "json" if "json" in name else "rss"
        ending = "json" if dialect == "json" else "xml"
        yield f"{text(form.get('basename')) or 'index'}.{ending}", DIALECTS[dialect]


def _zola(tree: Tree, layout: Layout, site: Site) -> Former:
    config = layout.configuration
    if not _true(config.get("generate_feeds") or config.get("generate_feed")):
        return Former()
    names = _listed(config.get("feed_filenames")) or _listed(config.get("feed_filename")) or [ATOM]
    files = {name: templates.dialect(name, _text(tree, f"templates/{name}")) for name in names}
    feeds = [(name, DIALECTS[kind]) for name, kind in files.items() if kind]
    for taxonomy in map(_table, config.get("taxonomies") or ()):
        if _true(taxonomy.get("feed")) and taxonomy.get("name") in {"tags", "categories"}:
            for tag in _tags(site):
                folder = f"{taxonomy['name']}/{slugs.zola(tag)}"
                feeds += [
                    (f"{folder}/{name}", _of("tags", tag, DIALECTS[kind])) for name, kind in files.items() if kind
                ]
    lost = tuple(name for name, kind in files.items() if not kind)
    return Former(tool="Zola", feeds=tuple(feeds), limit=_number(config.get("feed_limit")), lost=lost)


def _pelican(tree: Tree, layout: Layout, site: Site) -> Former:
    config = {**_PELICAN, **layout.configuration}
    with suppress(SyntaxError, ValueError):
        # Feeds are most often switched on for what is published alone.
        config |= python.read(_text(tree, "publishconf.py"), config).values
    feeds: list[tuple[str, str]] = []
    for kind, file in (("ATOM", ATOM), ("RSS", RSS)):
        feeds += [
            (text(config.get(key)), file) for key in (f"FEED_ALL_{kind}", f"FEED_{kind}") if text(config.get(key))
        ]
        for tag in _tags(site):
            for key in (f"CATEGORY_FEED_{kind}", f"TAG_FEED_{kind}"):
                if pattern := text(config.get(key)):
                    feeds.append((pattern.replace("{slug}", slugs.pelican(tag)), _of("tags", tag, file)))
    limit = _number(config.get("FEED_MAX_ITEMS"))
    return Former(
        tool="Pelican" if feeds else "", feeds=tuple(feeds), ids="pelican" if feeds else "permalink", limit=limit
    )


_PELICAN = {"FEED_ALL_ATOM": "feeds/all.atom.xml", "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml", "FEED_MAX_ITEMS": 100}


def _mkdocs(_tree: Tree, layout: Layout, _site: Site) -> Former:
    said = plugin(layout.configuration, "rss")
    if said is None or said.get("enabled") == "false":
        return Former()
    names = _table(said.get("feeds_filenames"))
    feeds = [(text(names.get("rss_created")) or "feed_rss_created.xml", RSS)]
    feeds += [(text(names.get("json_created")) or "feed_json_created.json", JSON)]
    lost = tuple(text(names.get(f"{kind}_updated")) or f"feed_{kind}_updated.{end}" for kind, end in _UPDATED)
    return Former(tool="mkdocs-rss-plugin", feeds=tuple(feeds), limit=_number(said.get("length")) or 20, lost=lost)


_UPDATED = (("rss", "xml"), ("json", "json"))


def plugin(config: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """Return the options of a plugin of MkDocs, or ``None`` where it is not used."""
    plugins = config.get("plugins")
    if isinstance(plugins, Mapping):
        return _table(plugins.get(name)) if name in plugins else None
    for one in plugins if isinstance(plugins, list) else ():
        if one == name:
            return {}
        if isinstance(one, Mapping) and name in one:
            return _table(one[name])
    return None


def _docusaurus(_tree: Tree, layout: Layout, _site: Site) -> Former:
    presets = layout.configuration.get("presets")
    options: Mapping[str, Any] = {}
    for entry in presets if isinstance(presets, list) else ():
        if isinstance(entry, list) and len(entry) > 1:
            options = _table(_table(entry[1]).get("blog")) or options
    said = options.get("feedOptions")
    asked = _table(said).get("type", ["rss", "atom"])
    kinds = ["rss", "atom", "json"] if asked == "all" else _listed(asked)
    home = text(options.get("routeBasePath")) or "blog"
    feeds = tuple((f"{home.strip('/')}/{DIALECTS[kind]}", DIALECTS[kind]) for kind in kinds if kind in DIALECTS)
    return Former(tool="Docusaurus" if feeds else "", feeds=feeds, limit=_number(_table(said).get("limit", 20)))


def _astro(tree: Tree, _layout: Layout, _site: Site) -> Former:
    """``src/pages/rss.xml.js`` is served as ``rss.xml``."""
    pages = (
        re.fullmatch(r"src/pages/((?:[\w-]+/)*[\w.-]+\.(xml|json))\.[jt]s", path) for path in tree.files("src/pages")
    )
    found = [(page[1], templates.dialect(page[1], _text(tree, page[0]))) for page in pages if page]
    feeds = tuple((path, DIALECTS[kind]) for path, kind in found if kind)
    return Former(tool="@astrojs/rss" if feeds else "", feeds=feeds)


def _hexo(tree: Tree, layout: Layout, _site: Site) -> Former:
    said = _table(layout.configuration.get("feed"))
    if not said and "hexo-generator-feed" not in _text(tree, "package.json"):
        return Former()
    kinds = _listed(said.get("type")) or ["atom"]
    paths = _listed(said.get("path")) or [{"atom": "atom.xml", "rss2": "rss2.xml"}.get(kind, "") for kind in kinds]
    feeds = tuple((path, DIALECTS[kind]) for kind, path in zip(kinds, paths, strict=False) if kind in DIALECTS)
    limit = _number(said.get("limit", 20))
    return Former(tool="hexo-generator-feed", feeds=feeds, limit=limit, summary=not _true(said.get("content")))


_ELEVENTY = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js")


def _eleventy(tree: Tree, _layout: Layout, _site: Site) -> Former:
    script, _ = scripts.read(tree, _ELEVENTY)
    feeds: list[tuple[str, str]] = []
    limit = 0
    for call in script.calls:
        said = next((one for one in map(javascript.mapping, call.arguments) if "outputPath" in one), None)
        if call.name.endswith("addPlugin") and said:
            feeds.append((text(said["outputPath"]), DIALECTS.get(text(said.get("type")) or "atom", ATOM)))
            limit = limit or _number(_table(said.get("collection")).get("limit"))
    return Former(tool="eleventy-plugin-rss" if feeds else "", feeds=tuple(feeds), limit=limit)


_TOOLS: dict[str, Callable[[Tree, Layout, Site], Former]] = {
    "jekyll": _jekyll,
    "hugo": _hugo,
    "zola": _zola,
    "pelican": _pelican,
    "mkdocs": _mkdocs,
    "docusaurus": _docusaurus,
    "astro": _astro,
    "hexo": _hexo,
    "eleventy": _eleventy,
}


def _of(kind: str, name: str, file: str) -> str:
    return feed_folder(kind, name) + file


def _tags(site: Site) -> list[str]:
    """Return the tags that articles have, the most used first."""
    uses: dict[str, int] = {}
    for tag in (tag for article in site.articles for tag in article.tags):
        uses[tag] = uses.get(tag, 0) + 1
    return sorted(uses, key=lambda tag: (-uses[tag], tag))[:TAGS]


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.text(path) if tree.exists(path) else ""
    except SourceError:
        return ""


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> list[str]:
    return [text(one) for one in (value if isinstance(value, list | tuple) else [value]) if text(one)]


def _number(value: object) -> int:
    try:
        return min(max(int(str(value)), 0), 1000)
    except ValueError:
        return 0


def _true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in {"true", "yes", "on"})
