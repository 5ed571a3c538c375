"""Astro: content collections and Markdown pages, addressed by the pages that ask for them.

After docs.astro.build (content collections, routing, configuration reference). An entry's id is its path, each part as
github-slugger makes it; the dynamic page that calls ``getCollection`` with its collection says where it is published.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.loading.javascript import Call, Script, mapping
from syndicate.loading.sites import scripts, slugs
from syndicate.loading.sites.layout import Facts, Guess, Layout, Said, Source, markdown_below, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings

MARKERS = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))
_ENDINGS = (".md", ".mdx", ".markdown")
_ASKS = re.compile(r"getCollection(?:<[^>()]*>)?\(\s*[\"'`]([\w-]+)[\"'`]")
_GIVES = re.compile(r"params:\s*\{([^{}]*)\}")
_PARAMETER = re.compile(r"\[(?:\.\.\.)?(\w+)\]")
_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class _Site:
    """What addresses depend on: the routes by collection, the languages, how pages end."""

    routes: Mapping[str, tuple[str, str]]
    languages: tuple[str, ...]
    default: str
    ending: str


def recognises(tree: Tree) -> bool:
    """Whether the site has Astro's configuration."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configurations of site and content, and find every entry and every Markdown page."""
    script, findings = scripts.read(tree, MARKERS)
    config = script.configuration
    source = (text(config.get("srcDir")) or "src").removeprefix("./").strip("/")
    i18n = mapping(config.get("i18n"))
    site = _Site(_routes(tree, source), _languages(i18n), text(i18n.get("defaultLocale")), _ending(config))
    found, more = _sources(tree, source, site, settings)
    return Layout(
        generator="astro",
        sources=tuple(found),
        permalink=partial(_permalink, site),
        said=Said(
            base_url=text(config.get("site")).rstrip("/") + "/" + text(config.get("base")).strip("/"),
            language=site.default,
        ),
        template="astro",
        headed=False,
        image_roots=("public", f"{source}/assets", source),
        configuration=config,
        findings=(*findings, *more),
    )


def _ending(config: Mapping[str, Any]) -> str:
    said = config.get("trailingSlash")
    if said == "never" or (said != "always" and mapping(config.get("build")).get("format") in {"file", "preserve"}):
        return ""
    return "/"


def _languages(i18n: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the locales as they stand in paths: ``"fr"``, or ``{path: "francais", codes: ["fr"]}``."""
    said = i18n.get("locales")
    return tuple(
        one if isinstance(one, str) else text(mapping(one).get("path"))
        for one in (said if isinstance(said, list) else [])
    )


def _sources(tree: Tree, source: str, site: _Site, settings: Settings) -> tuple[list[Source], tuple[Any, ...]]:
    if settings.content:
        collections, findings = {PurePosixPath(settings.content).name: settings.content.strip("/")}, ()
    else:
        collections, findings = _collections(tree, source)
    entries = [
        _source(path, path.removeprefix(f"{folder}/"), name, site)
        for name, folder in collections.items()
        for path in markdown_below(tree, folder, settings, _ENDINGS)
        if not any(part.startswith("_") for part in path.removeprefix(f"{folder}/").split("/"))
    ]
    home = f"{source}/pages"
    pages = [
        _source(path, path.removeprefix(f"{home}/"), "", site)
        for path in markdown_below(tree, home, settings, _ENDINGS)
        if not any(part.startswith("_") for part in path.removeprefix(f"{home}/").split("/"))
    ]
    return [*entries, *(page for page in pages if not settings.content)], findings


def _source(path: str, within: str, collection: str, site: _Site) -> Source:
    parts = within.split("/")
    language = next((part for part in parts[:-1] if part in site.languages), site.default)
    bare = PurePosixPath(within).with_suffix("").as_posix()
    return Source(
        path=path,
        name=re.sub(r"/index$", "", "/".join(map(slugs.github, bare.split("/")))),
        section="/".join(parts[:-1]),
        within=bare,
        collection=collection,
        language=language,
        translation="/".join([collection, *(part for part in bare.split("/") if part not in site.languages)]),
        page=True,
    )


def _collections(tree: Tree, source: str) -> tuple[dict[str, str], tuple[Any, ...]]:
    """Return the folder of each collection: as the content's configuration says, else those below ``src/content``."""
    names = [
        f"{source}/{name}.{ending}"
        for name in ("content.config", "content/config")
        for ending in ("ts", "mts", "js", "mjs")
    ]
    script, findings = scripts.read(tree, names)
    found = {name: folder for name, value in _declared(script).items() if (folder := _base(value, name, source))}
    if not found and tree.is_folder(f"{source}/content"):
        home = f"{source}/content/"
        below = (path.removeprefix(home) for path in tree.files(home.rstrip("/")))
        folders = sorted({path.partition("/")[0] for path in below if "/" in path})
        found = {name: f"{source}/content/{name}" for name in folders}
    return found, findings


def _declared(script: Script) -> Mapping[str, Any]:
    return mapping(script.constants.get("collections"))


def _base(value: object, name: str, source: str) -> str:
    """Return a collection's folder: the base of its ``glob`` loader, or its own below ``src/content``."""
    said = mapping(value)
    loader = said.get("loader")
    if isinstance(loader, Call) and loader.name == "glob":
        base = text(mapping(loader).get("base")).removeprefix("./").strip("/")
        pattern = text(mapping(loader).get("pattern"))
        fixed = re.split(r"[*{\[?]", pattern, maxsplit=1)[0].rpartition("/")[0]
        return "/".join(part for part in (base, fixed) if part and part != ".")
    return "" if loader is not None or said.get("type") == "data" else f"{source}/content/{name}"


def _routes(tree: Tree, source: str) -> dict[str, tuple[str, str]]:
    """Return for each collection the dynamic page that shows its entries, and what it gives as parameters.

    A page that asks through a function of the site's own is known by its folder, with a mark of doubt before it.
    """
    routes: dict[str, tuple[str, str]] = {}
    home = f"{source}/pages"
    for path in list(tree.files(home))[:_PAGES]:
        if "[" not in path or not path.endswith((".astro", ".ts", ".js", ".tsx", ".jsx")):
            continue
        try:
            page = tree.text(path)
        except SourceError:
            continue
        gives = _GIVES.search(page)
        if gives is None or "paginate(" in page or not re.search(r"\b(?:id|slug)\b", gives[1]):
            continue
        pattern = PurePosixPath(path.removeprefix(home)).with_suffix("").as_posix().removesuffix("/index")
        # Pages for pictures and feeds of an entry have another ending, and stand deeper than the entry's own.
        if "." in PurePosixPath(pattern.replace("...", "")).name:
            continue
        above = [part for part in pattern.split("/") if part and "[" not in part]
        for asked in _ASKS.findall(page) or ([f"?{above[-1]}"] if above else ()):
            if pattern.count("/") <= routes.get(asked, ("/" * 99, ""))[0].count("/"):
                routes.setdefault(asked, (pattern, gives[1]))
    return routes


def _permalink(site: _Site, facts: Facts) -> str:
    own = facts.header.get("slug")
    name = own.strip("/ ") if isinstance(own, str) and own.strip("/ ") else facts.source.name
    if not facts.source.collection:
        return _ended(f"/{re.sub('(^|/)index$', '', facts.source.within)}", site)
    route = site.routes.get(facts.source.collection)
    known = _filled(route, name, facts, site) if route else ""
    if known:
        return _ended(known, site)
    folder = PurePosixPath(facts.source.path.removesuffix(facts.source.within)).name
    likely = (f"?{one}" for one in (facts.source.collection, f"{facts.source.collection}s", folder))
    doubtful = next((site.routes[one] for one in likely if one in site.routes), None)
    told = _filled(doubtful, name, facts, site) if doubtful else ""
    return Guess(_ended(told or f"/{facts.source.collection}/{name}", site))


def _filled(route: tuple[str, str], name: str, facts: Facts, site: _Site) -> str:
    """Return a dynamic page's address for one entry; nothing where only running the page would tell a parameter."""
    pattern, gives = route
    said = _parameters(gives)
    parameters = _PARAMETER.findall(pattern)
    first, _, rest = name.partition("/")
    spoken = len(parameters) > 1 and first in site.languages
    values: dict[str, str | None] = {}
    for parameter in parameters:
        if spoken and parameter in {"lang", "locale", "language"}:
            values[parameter] = first
        else:
            values[parameter] = _value(said.get(parameter, ""), rest if spoken else name, facts)
    if None in values.values():
        return ""
    return _PARAMETER.sub(lambda found: values[found[1]] or "", pattern)


def _parameters(gives: str) -> dict[str, str]:
    """``slug: post.id, lang`` as expressions by name."""
    pairs = (part.partition(":") for part in gives.split(",") if part.strip())
    return {name.strip(): (value or name).strip() for name, _, value in pairs}


def _value(expression: str, name: str, facts: Facts) -> str | None:
    """Return what an expression such as ``post.id`` is for an entry."""
    if found := re.fullmatch(r"[\w$]+\.data\.(\w+)", expression):
        value = facts.header.get(found[1])
        return value if isinstance(value, str) else None
    if re.fullmatch(r"(?:[\w$]+\.)?(?:id|slug)", expression) or re.fullmatch(
        r"\[?\.\.\.slug\]?|slug\.join\(.*", expression
    ):
        return name
    return None


def _ended(path: str, site: _Site) -> str:
    return f"{path.rstrip('/')}{site.ending}" or "/"
