"""Pelican: articles below ``PATH``, addressed by ``ARTICLE_URL``; settings that are Python are read, never run.

After docs.getpelican.com (settings, content) and Pelican 4's source where that is silent (``Content``, ``slugify``,
``parse_path_metadata``). What ``publishconf.py`` says wins, because that is what sites are published with.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.findings import Finding, finding
from syndicate.loading.frontmatter import Header
from syndicate.loading.sites import python, slugs
from syndicate.loading.sites.layout import Facts, Guess, Layout, Said, Source, markdown_below, text
from syndicate.loading.sites.patterns import braced
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings

MARKERS = ("pelicanconf.py",)
_OTHERS = ("settings.py", "pelican.conf.py", "conf.py")
"""Where settings are, too, in sites that say so when they build."""
_NEEDED = (
    "SITEURL", "SITENAME", "PATH", "ARTICLE_URL", "ARTICLE_LANG_URL", "ARTICLE_PATHS", "ARTICLE_EXCLUDES", "TIMEZONE",
    "DEFAULT_LANG", "SLUG_REGEX_SUBSTITUTIONS", "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE",
    "FILENAME_METADATA", "PATH_METADATA", "I18N_SUBSITES",
)  # fmt: skip
_ENDINGS = (".md", ".markdown", ".mkd", ".mdown")
_UNREAD = (".rst", ".asc", ".adoc")
_LONGEST = 200

Values = Mapping[str, Any]


def recognises(tree: Tree) -> bool:
    """Whether the site has Pelican's settings."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the settings as far as they are literals and find every article."""
    config, findings = _settings(tree)
    root = settings.content.strip("/") or _path(tree, config.get("PATH"))
    if settings.permalink:
        config = {**config, "ARTICLE_URL": settings.permalink}
    unread = [path for path in tree.files(root, skip={settings.output or "output"}) if path.endswith(_UNREAD)]
    remarks = [finding("format-unread", path, "is no Markdown, and is not read") for path in unread]
    return Layout(
        generator="pelican",
        sources=tuple(_sources(tree, root, config, settings)),
        permalink=partial(_permalink, config),
        understood=partial(_understood, config),
        said=Said(
            title=text(config.get("SITENAME")),
            description=text(config.get("SITESUBTITLE")),
            base_url=text(config.get("SITEURL")),
            language=text(config.get("DEFAULT_LANG")) or "en",
            time_zone=text(config.get("TIMEZONE")),
            author=text(config.get("AUTHOR")),
        ),
        template="pelican",
        image_roots=(root, "static"),
        configuration=config,
        findings=(*findings, *remarks),
    )


def _path(tree: Tree, said: object) -> str:
    path = text(said).removeprefix("./").strip("/")
    usual = "content" if tree.is_folder("content") else ""
    return "" if path == "." else path or usual


def _settings(tree: Tree) -> tuple[Values, tuple[Finding, ...]]:
    """Return the settings that are literals, and a finding for each that matters and is computed."""
    base = next((name for name in (*MARKERS, *_OTHERS) if tree.exists(name)), "")
    values: Values = {}
    findings: list[Finding] = []
    for name in (base, "publishconf.py"):
        if not name or not tree.exists(name):
            continue
        try:
            module = python.read(tree.text(name), values)
        except SourceError as error:
            findings.append(error.finding)
            continue
        except (SyntaxError, ValueError) as error:
            findings.append(finding("configuration-unread", name, str(error), line=getattr(error, "lineno", 0) or 0))
            continue
        values = module.values
        computed = ((key, module.unknown[key]) for key in _NEEDED if key in module.unknown)
        findings += [
            finding("configuration-unread", name, f"{key} is computed; only running it would tell", line=line)
            for key, line in computed
        ]
    return values, tuple(findings)


def _sources(tree: Tree, root: str, config: Values, settings: Settings) -> Iterator[Source]:
    listed = config.get("ARTICLE_PATHS")
    excluded = [*_texts(config.get("ARTICLE_EXCLUDES"), []), *_texts(config.get("PAGE_PATHS"), ["pages"])]
    roots = [f"{root}/{one}".strip("/") if one else root for one in _texts(listed, [""])]
    for path in sorted({path for one in roots for path in markdown_below(tree, one, settings, _ENDINGS)}):
        within = path.removeprefix(f"{root}/") if root else path
        if any(within.startswith(f"{one.strip('/')}/") for one in excluded if one.strip("/")):
            continue
        yield Source(
            path=path,
            name=PurePosixPath(path).stem,
            within=within,
            section=PurePosixPath(within).parent.as_posix().strip("."),
            defaults=_said_by_path(config, within),
        )


def _texts(value: object, usual: list[str]) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [value] if isinstance(value, str) else usual


def _said_by_path(config: Values, within: str) -> dict[str, Any]:
    """Return what a path says of its article: as DEFAULT_METADATA, EXTRA_PATH_METADATA and patterns tell."""
    said: dict[str, Any] = {}
    default = config.get("DEFAULT_METADATA")
    said |= {str(key): value for key, value in default.items()} if isinstance(default, dict) else {}
    extra = config.get("EXTRA_PATH_METADATA")
    for path, values in sorted(extra.items()) if isinstance(extra, dict) else ():
        if isinstance(values, dict) and (within == path or within.startswith(f"{str(path).rstrip('/')}/")):
            said |= values
    pure = PurePosixPath(within)
    found: dict[str, str] = {}
    for key, usual, where in (
        ("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*", pure.stem),
        ("PATH_METADATA", "", within),
    ):
        matched = _matched(config.get(key, usual), where)
        found = {**{name.lower(): value for name, value in matched.items()}, **found}
    if config.get("USE_FOLDER_AS_CATEGORY", True) and len(pure.parts) > 1:
        found.setdefault("category", pure.parent.name)
    return {**said, **found}


def _matched(pattern: object, where: str) -> dict[str, str]:
    if not isinstance(pattern, str) or not pattern or not slugs.is_swift(pattern):
        return {}
    try:
        found = re.match(pattern, where[:_LONGEST])
    except re.error:
        return {}
    return {name: value for name, value in found.groupdict().items() if value is not None} if found else {}


def _understood(config: Values, source: Source, header: Header) -> Header:
    """Split lists where Pelican does, and link what has one slug: its translations (ARTICLE_TRANSLATION_ID)."""
    said: dict[str, Any] = {}
    for key in ("tags", "authors"):
        value = header.get(key)
        if isinstance(value, str):
            said[key] = [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
    date = header.get("date")
    if isinstance(date, str) and "_" in date:
        said["date"] = date.replace("_", " ")
    if config.get("ARTICLE_TRANSLATION_ID", "slug") == "slug" and header.get("translation_key") is None:
        said["translation_key"] = _slug(config, header, text(header.get("title")), source)
    return header.saying(said) if said else header


def _slug(config: Values, header: Header, title: str, source: Source) -> str:
    own = header.get("slug")
    if isinstance(own, str) and own.strip():
        return own.strip()
    words = source.name if config.get("SLUGIFY_SOURCE") == "basename" else title
    return _slugged(config, words, "SLUG_REGEX_SUBSTITUTIONS")


def _slugged(config: Values, words: str, key: str) -> str:
    rules = _rules(config.get(key)) or _rules(config.get("SLUG_REGEX_SUBSTITUTIONS")) or slugs.PELICAN
    cased, wide = config.get("SLUGIFY_PRESERVE_CASE") is True, config.get("SLUGIFY_USE_UNICODE") is True
    try:
        return slugs.pelican(words, rules, cased=cased, wide=wide)
    except ValueError:
        return slugs.pelican(words, cased=cased, wide=wide)


def _rules(said: object) -> tuple[Sequence[str], ...]:
    listed = said if isinstance(said, list) else []
    return tuple((str(one[0]), str(one[1])) for one in listed if isinstance(one, list) and len(one) > 1)


def _permalink(config: Values, facts: Facts) -> str:
    own = text(facts.header.get("url"))
    if own and not re.match(r"https?:", own):
        return f"/{own.lstrip('/')}"
    default = (text(config.get("DEFAULT_LANG")) or "en").lower()
    language = (text(facts.header.get("lang")) or default).lower()
    before, pattern = _pattern(config, language, default)
    words = {key.lower(): value for key, value in facts.header.fields.items() if isinstance(value, str)}
    authors = facts.header.get("author", "authors") or config.get("AUTHOR") or ""
    first = str(authors[0] if isinstance(authors, list) and authors else authors)
    category = text(facts.header.get("category")) or text(config.get("DEFAULT_CATEGORY")) or "misc"
    known: dict[str, str | datetime] = {
        **words,
        "path": facts.source.within,
        "slug": _slug(config, facts.header, text(facts.header.get("title")) or facts.title, facts.source),
        "lang": language,
        "date": facts.written,
        "author": _slugged(config, first, "AUTHOR_REGEX_SUBSTITUTIONS"),
        "category": _slugged(config, category, "CATEGORY_REGEX_SUBSTITUTIONS"),
    }
    path = braced(pattern, known)
    whole = f"/{before}{path.lstrip('/')}"
    return Guess(re.sub(r"[{}]", "", whole)) if "{" in path else whole


def _pattern(config: Values, language: str, default: str) -> tuple[str, str]:
    """Return what stands before an address, and its pattern; the i18n_subsites plugin has a site for each language."""
    url = text(config.get("ARTICLE_URL")) or "{slug}.html"
    sites = config.get("I18N_SUBSITES")
    if language != default and isinstance(sites, dict) and language in sites:
        sub = sites[language] if isinstance(sites[language], dict) else {}
        return f"{language}/", text(sub.get("ARTICLE_URL")) or url
    if language != default:
        return "", text(config.get("ARTICLE_LANG_URL")) or "{slug}-{lang}.html"
    return "", url
