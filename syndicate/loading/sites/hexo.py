"""Hexo: the posts below ``source/_posts``, named by ``new_post_name`` and addressed by ``permalink``.

After hexo.io/docs (permalinks, front-matter, configuration, asset folders) and its source where that is silent
(``post_permalink``, ``hexo-util``'s ``slugize`` and ``Permalink``). Hexo takes days and hours for addresses from the
clock of the machine that builds; here it is the site's, which is what its author sees.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.loading.sites import slugs
from syndicate.loading.sites.layout import Facts, Guess, Layout, Said, Source, configuration, markdown_below, text
from syndicate.loading.sites.patterns import coloned, moment_words
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings

MARKERS = ("_config.yml", "_config.yaml")
_OWN = frozenset(
    {"new_post_name", "source_dir", "public_dir", "default_category", "post_asset_folder", "skip_render", "tag_dir"}
)
_DEFAULT = ":year/:month/:day/:title/"
_TOKEN = re.compile(r":(\w*[^\W_])")
_SEGMENTS = {
    "year": r"(\d{4})", "month": r"(\d{2})", "day": r"(\d{2})", "i_month": r"(\d{1,2})", "i_day": r"(\d{1,2})",
    "hash": r"([0-9a-f]{12})",
}  # fmt: skip
_LONGEST = 200


def recognises(tree: Tree) -> bool:
    """Whether the configuration is Hexo's: by keys that Jekyll does not have, or by the package that runs it."""
    config, _, _ = configuration(tree, MARKERS)
    return bool(_OWN & set(config)) or bool(config and _is_package(tree))


def _is_package(tree: Tree) -> bool:
    try:
        return tree.exists("package.json") and '"hexo"' in tree.text("package.json")
    except SourceError:
        return False


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every post and draft."""
    config, _, findings = configuration(tree, MARKERS)
    source = (text(config.get("source_dir")) or "source").strip("./")
    spoken = config.get("language")
    return Layout(
        generator="hexo",
        sources=tuple(_sources(tree, config, settings.content.strip("/") or f"{source}/_posts", settings)),
        permalink=partial(_permalink, config),
        said=Said(
            title=text(config.get("title")),
            description=text(config.get("description")) or text(config.get("subtitle")),
            base_url=text(config.get("url")),
            language=text(spoken[0] if isinstance(spoken, list) and spoken else spoken).replace("default", ""),
            time_zone=text(config.get("timezone")),
            author=text(config.get("author")),
        ),
        template="hexo",
        bundled=_is_on(config.get("post_asset_folder")),
        image_roots=(source,),
        configuration=config,
        findings=findings,
    )


def _is_on(value: object) -> bool:
    return str(value).lower() in {"true", "yes", "on"}


def _sources(tree: Tree, config: Mapping[str, Any], folder: str, settings: Settings) -> Iterator[Source]:
    pattern = (text(config.get("new_post_name")) or ":title.md")[:_LONGEST]
    drafts = f"{PurePosixPath(folder).parent.as_posix()}/_drafts"
    for home, draft in ((folder, False), (drafts, True)):
        for path in markdown_below(tree, home, settings):
            within = path.removeprefix(f"{home}/")
            if PurePosixPath(path).name.startswith("_"):
                continue
            said = _parsed(pattern, within)
            defaults = {key: value for key, value in said.items() if key not in {*_SEGMENTS, "title"}}
            yield Source(
                path=path,
                name=said["title"],
                section=PurePosixPath(within).parent.as_posix().strip("."),
                within=within,
                language=said.get("lang", ""),
                translation=f"post {said['title']}" if "lang" in said else "",
                draft=draft,
                defaults={**defaults, **_dated(said)},
            )


def _parsed(pattern: str, within: str) -> dict[str, str]:
    """Return what a path says by ``new_post_name``, at least its title: ``:year-:month-:day-:title.md``."""
    rule, path = PurePosixPath(pattern).with_suffix("").as_posix(), PurePosixPath(within).with_suffix("").as_posix()
    names = _TOKEN.findall(rule)
    parts = _TOKEN.split(rule)
    expression = "".join(
        re.escape(part) if not number % 2 else _SEGMENTS.get(part, "(.+?)") for number, part in enumerate(parts)
    )
    # Two open-ended names and more would be tried at every place; nobody has that many in a name.
    found = re.fullmatch(expression, path) if expression.count("(.+?)") <= 3 else None  # noqa: PLR2004
    said = dict(zip(names, found.groups(), strict=True)) if found else {}
    return {"title": slugs.hexo(path), **said}


def _dated(said: Mapping[str, str]) -> dict[str, str]:
    month, day = said.get("month") or said.get("i_month"), said.get("day") or said.get("i_day")
    return {"date": f"{said['year']}-{int(month):02}-{int(day):02}"} if "year" in said and month and day else {}


def _permalink(config: Mapping[str, Any], facts: Facts) -> str:
    folder = _is_on(config.get("post_asset_folder"))
    own = text(facts.header.get("permalink"))
    rule = text(config.get("permalink")) or _DEFAULT
    path = own or coloned(rule, _words(config, facts))
    if folder and not path.endswith(("/", ".html")):
        path += "/"
    pretty = config.get("pretty_urls")
    if isinstance(pretty, Mapping):
        if str(pretty.get("trailing_index")).lower() == "false":
            path = re.sub(r"(^|/)index\.html$", r"\1", path)
        if str(pretty.get("trailing_html")).lower() == "false":
            path = re.sub(r"(?<!/index)\.html$", "", path)
    path = f"/{path.lstrip('/').replace('#', '%23').replace('?', '%3F')}"
    return Guess(_TOKEN.sub("", path)) if not own and _TOKEN.search(path) else path


def _words(config: Mapping[str, Any], facts: Facts) -> dict[str, str]:
    slug, when = facts.source.name, facts.published
    defaults = config.get("permalink_defaults")
    extra = {**(defaults if isinstance(defaults, Mapping) else {}), **facts.header.fields}
    words = {key: value for key, value in extra.items() if isinstance(value, str)}
    words.pop("id", None)
    return {
        **words,
        **moment_words(when),
        **({"id": str(facts.header.get("id"))} if facts.header.get("id") else {}),
        "title": slug,
        "name": slug.rpartition("/")[2],
        "post_title": slugs.hexo(str(facts.header.get("title") or facts.title), lower=True),
        "hash": _hash(slug, when),
        "category": _category(config, facts.header.get("categories", "category")),
    }


def _hash(slug: str, when: datetime) -> str:
    return hashlib.sha1(f"{slug}{int(when.timestamp())}".encode(), usedforsecurity=False).hexdigest()[:12]


def _category(config: Mapping[str, Any], said: object) -> str:
    """Return the slug of the last category, below those above it: ``[A, B]`` is B in A."""
    listed = said if isinstance(said, list) else [said] if said else []
    last = listed[-1] if listed and isinstance(listed[-1], list) else listed
    mapped = config.get("category_map")
    names = mapped if isinstance(mapped, Mapping) else {}
    lower = str(config.get("filename_case")) == "1"
    parts = [slugs.hexo(text(names.get(str(one))) or str(one), lower=lower) for one in last]
    return "/".join(parts) or text(config.get("default_category")) or "uncategorized"
