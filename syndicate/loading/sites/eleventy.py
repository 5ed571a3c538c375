"""Eleventy: pages of the input folder, addressed by ``permalink`` in their header or data files, else by their path.

After 11ty.dev/docs (permalinks, data cascade, dates) and Eleventy 3's source where that is silent
(``TemplateFileSlug``, ``TemplatePermalink``). Templates of addresses are read as far as they name what is known here;
where only running the site would tell, the built site answers, else the path, and a finding says so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from syndicate.findings import Finding
from syndicate.loading.frontmatter import Header
from syndicate.loading.javascript import Script
from syndicate.loading.sites import addressed, plain, scripts
from syndicate.loading.sites.layout import Facts, Guess, Layout, Said, Source, configuration, markdown_below, text
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
_DATA = tuple(
    f"{folder}/{name}.{ending}"
    for folder in ("_data", "src/_data", "data", "content/_data")
    for name in ("site", "metadata", "meta")
    for ending in ("yaml", "yml", "json")
)
_SCRIPTS = tuple(
    f"{folder}/{name}.{ending}"
    for folder in ("_data", "src/_data", "data", "content/_data")
    for name in ("site", "metadata", "meta")
    for ending in ("js", "cjs", "mjs")
)
_BESIDE = (".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")


def recognises(tree: Tree) -> bool:
    """Whether the site has Eleventy's configuration, or its global data about the site."""
    return any(tree.exists(name) for name in (*MARKERS, *_DATA))


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read configuration and data and find every Markdown file below the input folder."""
    script, findings = scripts.read(tree, MARKERS)
    folder = settings.content.strip("/") or _input(tree, script, settings)
    data, more = _site(tree)
    sources = tuple(_sources(tree, folder, settings))
    places = Counter(_dateless_place(one) for one in sources)
    several = tuple(place for place, count in places.items() if count > 1)
    return Layout(
        generator="eleventy",
        sources=sources,
        permalink=partial(_permalink, settings.permalink, folder, any(tree.exists(name) for name in MARKERS), several),
        understood=_understood,
        said=Said(
            title=text(data.get("title")) or text(data.get("name")),
            description=text(data.get("description")),
            base_url=_base_url(data, script),
            language=next((text(data[key]) for key in ("language", "lang", "locale") if text(data.get(key))), ""),
        ),
        template="liquid",
        headed=False,
        image_roots=(folder,),
        configuration=data,
        findings=(*findings, *more),
    )


def _input(tree: Tree, script: Script, settings: Settings) -> str:
    """Return the input folder: as the configuration says, else as plain folders are found."""
    said = next((call.arguments for call in script.calls if call.name == "setInputDirectory" and call.arguments), ())
    folders = script.configuration.get("dir", script.constants.get("dir"))
    named = text(said[0]) if said else text(folders.get("input")) if isinstance(folders, Mapping) else ""
    named = named.removeprefix("./").strip("/")
    return named if named not in {"", "."} and tree.is_folder(named) else plain.home(tree, settings)


def _site(tree: Tree) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    data, _, findings = configuration(tree, _DATA)
    if data or findings:
        return data, findings
    script, findings = scripts.read(tree, _SCRIPTS)
    return script.configuration, findings


def _base_url(data: Mapping[str, Any], script: Script) -> str:
    url = next((text(data[key]) for key in ("url", "base_url", "host", "siteUrl") if text(data.get(key))), "")
    prefix = text(script.configuration.get("pathPrefix")).strip("/")
    return url if not prefix or url.rstrip("/").endswith(f"/{prefix}") else f"{url.rstrip('/')}/{prefix}"


def _sources(tree: Tree, folder: str, settings: Settings) -> Iterator[Source]:
    known: dict[str, Mapping[str, Any]] = {}
    for path in markdown_below(tree, folder, settings):
        inner = PurePosixPath(path).relative_to(folder) if folder else PurePosixPath(path)
        if any(part.startswith("_") for part in inner.parts[:-1]):
            continue
        name = _dateless(inner.parent.name) if inner.stem == "index" else _dateless(inner.stem)
        yield Source(
            path=path,
            name=name,
            within=inner.with_suffix("").as_posix(),
            section=inner.parent.as_posix().strip("."),
            page=True,
            defaults={**_dated(path), **_data_of(tree, path, folder, known)},
        )


def _dateless(name: str) -> str:
    found = re.search(r"\d{4}-\d{2}-\d{2}-(.*)", name)
    return found[1] if found else name


def _dated(path: str) -> dict[str, str]:
    """Return the first day that a path names, wherever it stands in it."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", path)
    return {"date": found[0]} if found else {}


def _data_of(tree: Tree, path: str, folder: str, known: dict[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the data of a template's own file and of the folders above it; the closest wins, ``tags`` add up."""
    pure = PurePosixPath(path)
    said: dict[str, Any] = {}
    above = [one for one in (*reversed(pure.parents), pure.with_suffix("")) if one.as_posix() != "."]
    for one in above:
        place = one.as_posix()
        if folder and not place.startswith(folder):
            continue
        if place not in known:
            # A folder's data stands in it, under its own name; a template's beside it.
            base = place if one == pure.with_suffix("") else f"{place}/{one.name}"
            known[place] = _read(tree, base)
        tags = [*_listed(said.get("tags")), *_listed(known[place].get("tags"))]
        said = {**said, **known[place], **({"tags": tags} if tags else {})}
    computed = said.pop("eleventyComputed", None)
    if isinstance(computed, Mapping) and "permalink" in computed:
        said.setdefault("permalink", text(computed["permalink"]) or addressed.UNTOLD)
    return {key: value for key, value in said.items() if value is not None or key == "permalink"}


def _read(tree: Tree, base: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for ending in _BESIDE:
        name = f"{base}{ending}"
        if not tree.exists(name):
            continue
        data = (
            configuration(tree, (name,))[0] if ending.endswith("json") else scripts.read(tree, (name,))[0].configuration
        )
        # A function that forms addresses is there, and only running it would tell what it says.
        found |= {
            key: addressed.UNTOLD if key == "permalink" and value is None else value for key, value in data.items()
        }
    return found


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _understood(source: Source, header: Header) -> Header:
    """Add a header's tags to those of its data files: Eleventy merges lists."""
    above, own = _listed(source.defaults.get("tags")), header.get("tags")
    if above and own is not source.defaults.get("tags"):
        return header.saying({"tags": list(dict.fromkeys([*above, *_listed(own)]))})
    return header


def _dateless_place(source: Source) -> str:
    return f"{source.section}/{source.name}"


def _permalink(pattern: str, folder: str, sure: bool, several: tuple[str, ...], facts: Facts) -> str:  # noqa: FBT001 -- bound once, above
    said = facts.header.get("permalink")
    said = said.get("build") if isinstance(said, Mapping) else said
    own = text(said)
    if pattern and (not own or addressed.is_template(own)):
        # What Eleventy calls ``fileSlug`` is the name without the date, whatever the header says.
        return plain.formed(pattern, folder, replace(facts, slug=""))
    if own:
        told = addressed.filled(own, facts)
        # It is the path of a file: a sign that ends a path in addresses is one of its name here.
        told = told.replace("#", "%23").replace("?", "%3F") if told is not None else None
    else:
        told = quote(facts.source.within, safe=plain.SAFE) if sure else None
    if told is None:
        # Addresses are formed to be rid of the date, mostly; no article is lost for a guess.
        place = _dateless_place(facts.source)
        return Guess(_url(quote(facts.source.within if place in several else place, safe=plain.SAFE)))
    return _url(told)


def _url(path: str) -> str:
    """Return the address of an output path: an index is its folder, a page without an ending has one of its own."""
    whole = f"/{path.strip().lstrip('/')}"
    if whole.endswith("/index.html"):
        return whole.removesuffix("index.html")
    bare = re.sub(r"/index$", "", whole)
    folder, _, name = bare.rpartition("/")
    if folder.endswith(f"/{name}") and "." not in name:
        bare = folder
    return bare if bare.endswith("/") or "." in name else f"{bare}/"
