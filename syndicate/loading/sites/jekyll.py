"""Jekyll: posts, drafts and collections, with the addresses the real one gives them.

After the documentation of Jekyll 4 (jekyllrb.com/docs: permalinks, collections, configuration/front-matter-defaults)
and its source where that is silent (``Jekyll::Utils.slugify``, ``Drops::UrlDrop``, ``URL#sanitize_url``).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from syndicate.loading.frontmatter import Header
from syndicate.loading.sites.layout import MARKDOWN, Facts, Layout, Said, Source, authors_of, configuration, text
from syndicate.loading.sites.patterns import strftime
from syndicate.loading.sources import Tree
from syndicate.model import Author
from syndicate.settings import Settings

MARKERS = ("_config.yml", "_config.yaml", "_config.toml")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_ENDINGS = (*MARKDOWN, ".html", ".htm")
_DATED = re.compile(r"^(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$")
_TOKEN = re.compile(r":([a-z_]+)")
_EXCERPT = 5_000
_MOMENTS = {
    "year": "%Y", "short_year": "%y", "month": "%m", "i_month": "%-m", "short_month": "%b", "long_month": "%B",
    "day": "%d", "i_day": "%-d", "y_day": "%j", "w_year": "%G", "week": "%V", "w_day": "%u", "short_day": "%a",
    "long_day": "%A", "hour": "%H", "minute": "%M", "second": "%S",
}  # fmt: skip
_SPECIAL = ("_", ".", "#", "~")
_PATH_SAFE = "/~!$&'()*+,;=:@-._"


def recognises(tree: Tree) -> bool:
    """Whether the site has Jekyll's configuration or, without one, its folder of posts."""
    return any(tree.exists(name) for name in MARKERS) or tree.is_folder("_posts")


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every post, draft and collection document."""
    config, _, findings = configuration(tree, MARKERS)
    source = text(config.get("source")).strip("./")
    return Layout(
        generator="jekyll",
        sources=tuple(_sources(tree, config, source, settings)),
        permalink=partial(_permalink, config),
        said=_said(config),
        template="liquid",
        understood=partial(_understood, config),
        spaced=True,
        future=_true(config.get("future")),
        typed_utc=True,
        image_roots=(source,) if source else (),
        authors=_authors(tree, source),
        configuration=config,
        findings=findings,
    )


def _said(config: Mapping[str, Any]) -> Said:
    author = config.get("author")
    name = author.get("name") if isinstance(author, dict) else author
    url = text(config.get("url"))
    return Said(
        title=text(config.get("title")) or text(config.get("name")),
        description=text(config.get("description")),
        base_url=f"{url.rstrip('/')}/{text(config.get('baseurl')).strip('/')}" if url else "",
        language=next((text(config[key]) for key in ("lang", "language", "locale") if text(config.get(key))), ""),
        time_zone=text(config.get("timezone")),
        author=text(name),
    )


def _authors(tree: Tree, source: str) -> dict[str, Author]:
    below = f"{source}/" if source else ""
    data, _, _ = configuration(tree, (f"{below}_data/authors.yml", f"{below}_data/authors.yaml"))
    return authors_of(data)


def _sources(tree: Tree, config: Mapping[str, Any], source: str, settings: Settings) -> Iterator[Source]:
    base = settings.content.strip("/") or source
    included = _texts(config.get("include"))
    excluded = [item for item in _texts(config.get("exclude")) if item not in included]
    collections = _collections(config)
    home = text(config.get("collections_dir")).strip("/")
    for path in tree.files(base, skip={settings.output or "output"}):
        inner = path.removeprefix(f"{source}/") if source else path
        if not path.lower().endswith(_ENDINGS):
            continue
        found = _post(path, inner, home) or _document(path, inner, home, collections)
        if found and not any(_left_out(inner, found.within, excluded, included)):
            found = _defaulted(found, inner, config)
            # The plugin knows an article in two languages by the one address that both would have.
            yield replace(found, translation=PurePosixPath(path).stem) if _polyglot(config) else found


def _left_out(inner: str, within: str, excluded: Sequence[str], included: Sequence[str]) -> Iterator[bool]:
    """Whether ``EntryFilter#filter`` lets go of a file or of a folder on the way to its collection.

    ``exclude`` is asked about the path in the site, ``include`` about the one in the folder that is being read: that of
    the collection for its files, all at once, whatever the folders in it are called.
    """
    yield _refused(inner, within, excluded, included)
    for folder in PurePosixPath(inner.removesuffix(f"/{within}")).parents:
        if folder.name:
            yield _refused(folder.as_posix(), folder.name, excluded, included)


def _refused(place: str, entry: str, excluded: Sequence[str], included: Sequence[str]) -> bool:
    """``exclude`` names it, or its name says "not to be published": a leading ``_``, ``.``, ``#`` or ``~``."""
    name = PurePosixPath(entry).name
    if _named(entry, included) or _named(name, included):
        return False
    return _named(place, excluded) or entry.startswith(_SPECIAL) or name.startswith(_SPECIAL)


def _named(place: str, patterns: Sequence[str]) -> bool:
    """``EntryFilter#glob_include?``: a shell pattern whose star crosses slashes, or simply how the path begins."""
    for pattern in patterns:
        bare = pattern.lstrip("/")
        if bare and (place.startswith(bare) or fnmatchcase(place, bare) or bare == f"{place}/"):
            return True
    return False


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _collections(config: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Collections that are written out, but for posts and drafts, which have rules of their own."""
    said = config.get("collections")
    named = {name: {} for name in _texts(said)} if isinstance(said, list) else said
    if not isinstance(named, dict):
        return {}
    return {
        name: options
        for name, options in named.items()
        if name not in {"posts", "drafts"} and isinstance(options, dict) and _true(options.get("output"))
    }


def _true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in {"true", "yes", "on"})


def _post(path: str, inner: str, home: str) -> Source | None:
    parts = PurePosixPath(inner.removeprefix(f"{home}/") if home else inner).parts
    folder = next((name for name in ("_posts", "_drafts") if name in parts[:-1]), "")
    if not folder:
        return None
    stem = PurePosixPath(path).stem
    dated = _DATED.match(stem)
    if folder == "_posts" and not dated:
        return None
    at = parts.index(folder)
    return Source(
        path=path,
        name=dated[2] if dated else stem,
        title=_titleized(dated[2] if dated else stem),
        section="/".join(parts[:at]),
        within="/".join(parts[at + 1 :]),
        collection="posts",
        draft=folder == "_drafts",
        defaults=_short_dated(dated[1]) if dated else {},
    )


def _short_dated(day: str) -> dict[str, str]:
    """``24-3-9`` is a date in a post's name, and only there."""
    year, month, dom = day.split("-")
    return {"date": f"20{year}-{month:0>2}-{dom:0>2}"} if len(year) == 2 else {}  # noqa: PLR2004 -- digits


def _titleized(slug: str) -> str:
    return " ".join(word.capitalize() for word in slug.rstrip(".").split("-") if word)


def _document(path: str, inner: str, home: str, collections: Mapping[str, Mapping[str, Any]]) -> Source | None:
    parts = PurePosixPath(inner.removeprefix(f"{home}/") if home else inner).parts
    name = parts[0].removeprefix("_")
    if len(parts) < 2 or not parts[0].startswith("_") or name not in collections:  # noqa: PLR2004 -- a folder and a file
        return None
    stem = PurePosixPath(path).stem
    dated = _DATED.match(stem)
    return Source(
        path=path,
        name=dated[2] if dated else stem,
        title=_titleized(dated[2] if dated else stem),
        within="/".join(parts[1:]),
        collection=name,
        page=True,
    )


def _defaulted(source: Source, inner: str, config: Mapping[str, Any]) -> Source:
    """Fill in the front matter defaults: the longest path, then the named type, then the later entry wins."""
    matching = []
    entries = config.get("defaults")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        scope, values = (entry.get("scope"), entry.get("values")) if isinstance(entry, dict) else (None, None)
        scope = scope if isinstance(scope, dict) else {}
        place = text(scope.get("path"))
        kind = {"post": "posts"}.get(text(scope.get("type")), text(scope.get("type")))
        if isinstance(values, dict) and kind in {"", source.collection} and _covers(place, inner):
            matching.append((len(place.removeprefix("/")), bool(kind), index, values))
    defaults = dict(source.defaults)
    for *_, values in sorted(matching, key=lambda one: one[:3]):
        defaults |= values
    return replace(source, defaults=defaults)


def _covers(place: str, inner: str) -> bool:
    if "*" in place:
        return PurePosixPath(inner).match(place) or any(p.match(place) for p in PurePosixPath(inner).parents)
    # Not only whole folders: `_posts/2024` covers the posts of a year (``FrontmatterDefaults#path_is_subpath?``).
    return inner.startswith(place)


def _understood(config: Mapping[str, Any], _: Source, header: Header) -> Header:
    """What stands before the site's own ``excerpt_separator`` is the summary, where nothing else is."""
    separator = text(header.get("excerpt_separator")) or text(config.get("excerpt_separator"))
    before, found, _rest = header.body.partition(separator) if separator else ("", "", "")
    if not found or not before.strip() or "{%" in before or "{{" in before or len(before) > _EXCERPT:
        return header
    return header.over({"excerpt": before})


def _permalink(config: Mapping[str, Any], facts: Facts) -> str:
    template = text(facts.header.get("permalink")) or _template(config, facts.source.collection)
    words = _placeholders(facts)

    def fill(found: re.Match[str]) -> str:
        name, tail = found[1], ""
        # A token may be followed by an underscore that is no part of it.
        while name not in words and name.endswith("_"):
            name, tail = name[:-1], f"_{tail}"
        return quote(words[name], safe=_PATH_SAFE) + tail if name in words else found[0]

    filled = _TOKEN.sub(fill, template)
    # A dot before a slash is dropped too: "/../" would climb.
    return _spoken(config, facts.header) + re.sub(r"/{2,}", "/", f"/{filled}".replace("..", "/").replace("./", ""))


def _polyglot(config: Mapping[str, Any]) -> bool:
    """Whether the plugin jekyll-polyglot builds the site once more for each of its languages."""
    plugins = [*_texts(config.get("plugins")), *_texts(config.get("gems"))]
    return "jekyll-polyglot" in plugins and bool(_texts(config.get("languages")))


def _spoken(config: Mapping[str, Any], header: Header) -> str:
    """All languages but the default one are below a folder of their own (polyglot.untra.io)."""
    language = text(header.get("lang"))
    if not _polyglot(config) or language not in _texts(config.get("languages")):
        return ""
    return "" if language == (text(config.get("default_lang")) or "en") else f"/{language}"


def _template(config: Mapping[str, Any], collection: str) -> str:
    said = config.get("collections")
    options = said.get(collection) if isinstance(said, dict) else None
    own = text(options.get("permalink")) if isinstance(options, dict) else ""
    style = text(config.get("permalink")) or "date"
    if collection == "posts":
        return own or _STYLES.get(style, style)
    return own or f"/:collection/:path{_suffix(style)}"


def _suffix(style: str) -> str:
    """``Utils.add_permalink_suffix``: documents end as posts do, if the style says how."""
    if style == "pretty" or style.endswith("/"):
        return "/"
    return ":output_ext" if style in {"date", "ordinal", "none"} or style.endswith(":output_ext") else ""


def _placeholders(facts: Facts) -> dict[str, str]:
    source, when = facts.source, facts.published
    slug = facts.slug or source.name.rstrip(".")
    # Only the folder of posts is left out.
    path = PurePosixPath(source.section, "_drafts" if source.draft else "", source.within)
    categories = _categories(source, facts.header)
    return {
        "categories": "/".join(categories),
        "slugified_categories": "/".join(slugify(category) for category in categories),
        "title": slugify(slug, pretty=True, cased=True),
        "slug": slugify(slug),
        "collection": source.collection,
        "path": path.with_name(path.stem).as_posix().rstrip("."),
        "name": slugify(path.stem),
        "output_ext": ".html",
        **_moments(when),
    }


def _moments(when: datetime) -> dict[str, str]:
    """The parts of a moment, as ``Drops::UrlDrop`` asks C for them."""
    return {name: strftime(when, pattern) for name, pattern in _MOMENTS.items()}


def _categories(source: Source, header: Header) -> list[str]:
    said: list[object] = [*source.section.split("/")] if source.section else []
    # Defaults are added to, where other fields replace them.
    for several in (source.defaults.get("categories"), header.get("categories")):
        said += several.split() if isinstance(several, str) else several if isinstance(several, list) else []
    single = header.get("category")
    said += single if isinstance(single, list) else [single]
    return list(dict.fromkeys(str(one).lower() for one in said if one not in (None, "")))


def slugify(words: str, *, pretty: bool = False, cased: bool = False) -> str:
    """Return words as Jekyll's slugify gives them; ``pretty`` keeps ``._~!$&'()+,;=@``, ``cased`` capitals."""
    kept = "._~!$&'()+,;=@" if pretty else ""
    folded = "".join(c if c in kept or unicodedata.category(c)[0] in "ML" or c.isdecimal() else "\0" for c in words)
    slug = re.sub("\0+", "-", folded).removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()
