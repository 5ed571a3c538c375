"""Docusaurus: the posts of its blogs, in every language, addressed by ``slug`` or by the date in their path.

After docusaurus.io/docs (blog, plugin-content-blog, i18n) and its source where that is silent (``parseBlogFileName``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from syndicate.loading.sites import plain, scripts
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, authors_of, configuration, markdown_below, text
from syndicate.loading.sources import Tree
from syndicate.model import Author
from syndicate.settings import Settings

MARKERS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts", "cts"))
_PLUGIN = "docusaurus-plugin-content-blog"
_DATED = re.compile(r"^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:/index)?\.mdx?$")


def recognises(tree: Tree) -> bool:
    """Whether the site has Docusaurus' configuration."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find the posts of each blog, in its own folder and in those of its translations."""
    script, findings = scripts.read(tree, MARKERS)
    config = script.configuration
    blogs = [{"path": settings.content}] if settings.content else _blogs(config)
    locales = config.get("i18n")
    default = text(locales.get("defaultLocale")) if isinstance(locales, Mapping) else ""
    return Layout(
        generator="docusaurus",
        sources=tuple(source for blog in blogs for source in _sources(tree, blog, config, settings)),
        permalink=partial(_permalink, config.get("trailingSlash")),
        said=Said(
            title=text(config.get("title")),
            description=text(config.get("tagline")),
            base_url=text(config.get("url")).rstrip("/") + "/" + text(config.get("baseUrl")).strip("/"),
            language=default,
        ),
        template="mdx",
        headed=False,
        image_roots=("static",),
        authors=_authors(tree, blogs),
        configuration=config,
        findings=findings,
    )


def _blogs(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the options of each blog: of presets and of plugins; the usual one where nothing is said."""
    presets = [_named(one) for one in _list(config.get("presets"))]
    classic = next((options for name, options in presets if "classic" in name), None)
    found: list[Mapping[str, Any]] = []
    if classic is not None and classic.get("blog") is not False:
        blog = classic.get("blog")
        found.append(blog if isinstance(blog, Mapping) else {})
    plugins = [_named(one) for one in _list(config.get("plugins"))]
    found += [options for name, options in plugins if name.endswith(("plugin-content-blog", "content-blog"))]
    return found if found or classic is not None else [{}]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _named(entry: object) -> tuple[str, Mapping[str, Any]]:
    """Return a preset's or plugin's name and options: ``"name"`` or ``["name", {...}]``."""
    name, *rest = entry if isinstance(entry, list) and entry else [entry]
    options = rest[0] if rest and isinstance(rest[0], Mapping) else {}
    return (name if isinstance(name, str) else ""), options


def _folder(blog: Mapping[str, Any]) -> str:
    return (text(blog.get("path")) or "blog").removeprefix("./").strip("/")


def _sources(tree: Tree, blog: Mapping[str, Any], config: Mapping[str, Any], settings: Settings) -> Iterator[Source]:
    identity = text(blog.get("id"))
    route = (text(blog.get("routeBasePath")) or "blog").strip("/")
    for language, folder, prefix in _places(config, identity, _folder(blog)):
        for path in markdown_below(tree, folder, settings, (".md", ".mdx")):
            within = path.removeprefix(f"{folder}/")
            if any(part.startswith("_") for part in within.split("/")) or ".test." in within:
                continue
            yield Source(
                path=path,
                name=_parted(within)[1],
                title=_parted(within)[1].rpartition("/")[2],
                section=f"{prefix}{route}".strip("/"),
                within=within,
                language=language,
                translation=f"{identity or 'blog'}/{within}",
                defaults=_dated(within),
            )


def _places(config: Mapping[str, Any], identity: str, folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield language, folder and what stands before the route, of the blog and of each of its translations."""
    i18n = config.get("i18n")
    i18n = i18n if isinstance(i18n, Mapping) else {}
    default = text(i18n.get("defaultLocale"))
    yield default, folder, ""
    root = text(i18n.get("path")).removeprefix("./").strip("/") or "i18n"
    for locale in _list(i18n.get("locales")):
        if isinstance(locale, str) and re.fullmatch(r"[\w-]+", locale) and locale != default:
            name = f"{_PLUGIN}-{identity}" if identity else _PLUGIN
            yield locale, f"{root}/{locale}/{name}", f"{locale}/"


def _parted(within: str) -> tuple[str, str]:
    """Return the address that a post's path gives below its blog, and the path without date and ending."""
    dated = _DATED.match(within)
    if dated:
        folder, day, words = dated.groups()
        return f"{day.replace('-', '/')}/{folder}{words}", words
    bare = re.sub(r"(?:/index)?\.mdx?$", "", within)
    return bare, bare


def _dated(within: str) -> dict[str, str]:
    """Return the day that a path says, however it is parted: ``2024/03-08-post``."""
    dated = _DATED.match(within)
    year, month, day = re.split("[-/]", dated[2]) if dated else ("", "", "")
    return {"date": f"{year}-{int(month):02}-{int(day):02}"} if year else {}


def _permalink(trailing: object, facts: Facts) -> str:
    own = facts.header.get("slug")
    slug = own.strip() if isinstance(own, str) else quote(_parted(facts.source.within)[0], safe=plain.SAFE)
    path = re.sub(r"/{2,}", "/", f"/{facts.source.section}/{slug}")
    if isinstance(trailing, bool) and path != "/":
        return path.rstrip("/") + ("/" if trailing else "")
    return path


def _authors(tree: Tree, blogs: Sequence[Mapping[str, Any]]) -> dict[str, Author]:
    known: dict[str, Author] = {}
    for blog in blogs:
        name = (text(blog.get("authorsMapPath")) or "authors.yml").removeprefix("./")
        people, _, _ = configuration(tree, (f"{_folder(blog)}/{name}",))
        known = {**authors_of(people), **known}
    return known
