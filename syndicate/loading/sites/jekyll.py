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
        spaced=True,
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
        if not path.lower().endswith(_ENDINGS) or _left_out(inner, excluded, included):
            continue
        found = _post(path, inner, home) or _document(path, inner, home, collections)
        if found and not _special(found, included):
            yield _defaulted(found, inner, config)


def _left_out(inner: str, excluded: Sequence[str], included: Sequence[str]) -> bool:
    """Whether ``exclude`` names a file or a folder that it lies in, and ``include`` does not."""
    pure = PurePosixPath(inner)
    places = [place.as_posix() for place in (pure, *pure.parents) if place.name]
    return any(_named(place, excluded) and not _listed(place, included) for place in places)


def _named(place: str, patterns: Sequence[str]) -> bool:
    """``EntryFilter#glob_include?``: a shell pattern whose star crosses slashes, or simply how the path begins."""
    for pattern in patterns:
        bare = pattern.lstrip("/")
        if bare and (place.startswith(bare) or fnmatchcase(place, bare) or bare == f"{place}/"):
            return True
    return False


def _listed(place: str, included: Sequence[str]) -> bool:
    return _named(place, included) or _named(PurePosixPath(place).name, included)


def _special(source: Source, included: Sequence[str]) -> bool:
    """Whether a name or a folder says "not to be published": a leading ``_``, ``.``, ``#`` or ``~``.

    Below a collection's own folder only the first and the last part of a path count.
    """
    above, within = source.section.split("/"), source.within.split("/")
    parts = [*(part for part in above if part), within[0], within[-1]]
    return any(part.startswith(("_", ".", "#", "~")) and not _listed(part, included) for part in parts)


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
        place = text(scope.get("path")).strip("/")
        kind = {"post": "posts"}.get(text(scope.get("type")), text(scope.get("type")))
        if isinstance(values, dict) and kind in {"", source.collection} and _covers(place, inner):
            matching.append((len(place), bool(kind), index, values))
    defaults = dict(source.defaults)
    for *_, values in sorted(matching, key=lambda one: one[:3]):
        defaults |= values
    return replace(source, defaults=defaults)


def _covers(place: str, inner: str) -> bool:
    if "*" in place:
        return PurePosixPath(inner).match(place) or any(p.match(place) for p in PurePosixPath(inner).parents)
    # Not only whole folders: `_posts/2024` covers the posts of a year (``FrontmatterDefaults#path_is_subpath?``).
    return inner.startswith(place)


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
    return re.sub(r"/{2,}", "/", f"/{filled}".replace("..", "/").replace("./", ""))


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
    path = PurePosixPath(source.section, source.within)
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
    iso = when.isocalendar()
    # English names whatever the host's locale: Ruby's strftime has no other.
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return {
        "year": f"{when.year:04}",
        "short_year": f"{when.year % 100:02}",
        "month": f"{when.month:02}",
        "i_month": str(when.month),
        "short_month": months[when.month - 1][:3],
        "long_month": months[when.month - 1],
        "day": f"{when.day:02}",
        "i_day": str(when.day),
        "y_day": f"{when.timetuple().tm_yday:03}",
        "w_year": f"{iso.year:04}",
        "week": f"{iso.week:02}",
        "w_day": str(iso.weekday),
        "short_day": days[when.weekday()][:3],
        "long_day": days[when.weekday()],
        "hour": f"{when.hour:02}",
        "minute": f"{when.minute:02}",
        "second": f"{when.second:02}",
    }


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
