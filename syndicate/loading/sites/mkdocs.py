"""MkDocs with the blog plugin of Material: posts below ``docs/blog/posts``, addresses from date and title.

After squidfunk.github.io/mkdocs-material (plugins: blog, meta), ultrabug.github.io/mkdocs-static-i18n, and the plugins'
own source where those are silent (``_format_path_for_post``, ``get_markdown_title``).
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.loading.frontmatter import Header
from syndicate.loading.sites import slugs
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, authors_of, configuration, markdown_below, text
from syndicate.loading.sites.patterns import braced, unicode_date
from syndicate.loading.sources import Tree
from syndicate.model import Author
from syndicate.settings import Settings

MARKERS = ("mkdocs.yml", "mkdocs.yaml")
_NAMES = frozenset({"blog", "material/blog"})


@dataclass(frozen=True, slots=True)
class _Blog:
    """A blog as its plugin is set: where it is, where its posts are, how their addresses are formed."""

    folder: str = "blog"
    posts: str = "blog/posts"
    pattern: str = "{date}/{slug}"
    date: str = "yyyy/MM/dd"
    separator: str = "-"
    categories: int = 1
    authors: str = "blog/.authors.yml"


@dataclass(frozen=True, slots=True)
class _Languages:
    """The languages of the i18n plugin: where each one's files are, and which one needs no folder in addresses."""

    codes: tuple[str, ...] = ()
    default: str = ""
    folders: bool = False


def recognises(tree: Tree) -> bool:
    """Whether the site has MkDocs' configuration."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every post of each blog, with its authors' file and its folders' defaults."""
    config, _, findings = configuration(tree, MARKERS)
    docs = (text(config.get("docs_dir")) or "docs").removeprefix("./").strip("/")
    theme = config.get("theme")
    language = text(theme.get("language")) if isinstance(theme, dict) else ""
    languages = _languages(config)
    blogs = [_blog(options) for name, options in _plugins(config) if name in _NAMES] or [_Blog()]
    found = [
        source
        for number, blog in enumerate(blogs)
        for source in _sources(tree, docs, blog, languages, settings, number)
    ]
    if not found:
        found = list(_pages(tree, docs, settings, languages))
    return Layout(
        generator="mkdocs",
        sources=tuple({source.path: source for source in found}.values()),
        permalink=partial(_permalink, blogs, languages, str(config.get("use_directory_urls")).lower() != "false"),
        understood=_understood,
        said=Said(
            title=text(config.get("site_name")),
            description=text(config.get("site_description")),
            base_url=text(config.get("site_url")),
            language=languages.default or language,
            author=text(config.get("site_author")),
        ),
        template="mkdocs",
        image_roots=(docs,),
        authors=_authors(tree, docs, blogs),
        configuration=config,
        findings=findings,
    )


def _plugins(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each plugin's name and options: a list of names and of mappings with one name each, or a mapping."""
    plugins = config.get("plugins")
    for entry in plugins if isinstance(plugins, list) else [plugins]:
        for name, options in entry.items() if isinstance(entry, dict) else ((entry, None),):
            yield str(name), options if isinstance(options, dict) else {}


def _blog(options: Mapping[str, Any]) -> _Blog:
    folder = text(options.get("blog_dir")) or "blog"
    folder = "" if folder == "." else folder.strip("/")

    def within(said: object, usual: str) -> str:
        return posixpath.normpath((text(said) or usual).replace("{blog}", folder or ".").strip("/"))

    most = text(options.get("post_url_max_categories"))
    return _Blog(
        folder=folder,
        posts=within(options.get("post_dir"), "{blog}/posts"),
        pattern=text(options.get("post_url_format")) or "{date}/{slug}",
        date=text(options.get("post_url_date_format")) or "yyyy/MM/dd",
        separator=str(options.get("post_slugify_separator") or "-"),
        categories=int(most) if most.isdecimal() and len(most) < 3 else 1,  # noqa: PLR2004 -- no article has a hundred
        authors=within(options.get("authors_file"), "{blog}/.authors.yml"),
    )


def _languages(config: Mapping[str, Any]) -> _Languages:
    options = next((options for name, options in _plugins(config) if name == "i18n"), {})
    said = options.get("languages")
    listed = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    default = next((one for one in listed if str(one.get("default")).lower() == "true"), {})
    return _Languages(
        codes=tuple(text(one.get("locale")) for one in listed if text(one.get("locale")) not in {"", "null"}),
        default=text(default.get("locale")),
        folders=text(options.get("docs_structure")) == "folder",
    )


def _authors(tree: Tree, docs: str, blogs: Sequence[_Blog]) -> dict[str, Author]:
    known: dict[str, Author] = {}
    for blog in blogs:
        people, _, _ = configuration(tree, (posixpath.normpath(f"{docs}/{blog.authors}"),))
        known |= authors_of(people)
    return known


def _sources(
    tree: Tree, docs: str, blog: _Blog, languages: _Languages, settings: Settings, number: int
) -> Iterator[Source]:
    metas: dict[str, Mapping[str, Any]] = {}
    for language, home in _homes(docs, blog, languages, settings):
        for path in markdown_below(tree, home, settings, (".md",)):
            stem, spoken = PurePosixPath(path).stem, language
            name, dot, code = stem.rpartition(".")
            if dot and code in languages.codes and not languages.folders:
                stem, spoken = name, code
            yield Source(
                path=path,
                name=stem,
                collection=str(number),
                language=spoken,
                translation=f"{path.removeprefix(home).rpartition('/')[0]}/{stem}" if languages.codes else "",
                defaults=_defaults(tree, docs, path, metas),
                page=True,
            )


def _pages(tree: Tree, docs: str, settings: Settings, languages: _Languages) -> Iterator[Source]:
    """Every page of a site without a blog: those with a date are its articles."""
    for path in markdown_below(tree, docs, settings, (".md",)):
        within = PurePosixPath(path).relative_to(docs).with_suffix("").as_posix()
        yield Source(path=path, name=PurePosixPath(path).stem, within=within, language=languages.default, page=True)


def _homes(docs: str, blog: _Blog, languages: _Languages, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each language with the folder of its posts."""
    if settings.content:
        yield languages.default, settings.content.strip("/")
        return
    for code in languages.codes if languages.folders else (languages.default,):
        home = posixpath.normpath(f"{docs}/{code if languages.folders else '.'}/{blog.posts}")
        yield code, home


def _defaults(tree: Tree, docs: str, path: str, metas: dict[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what the ``.meta.yml`` files above a post say, the closest last; lists are added up."""
    said: dict[str, Any] = {}
    folders = [one.as_posix() for one in PurePosixPath(path).parents if one.as_posix().startswith(docs)]
    for folder in reversed(folders):
        if folder not in metas:
            metas[folder] = configuration(tree, (f"{folder}/.meta.yml",))[0]
        said = _added(said, metas[folder])
    return said


def _added(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Merge as the meta plugin does (mergedeep, TYPESAFE_ADDITIVE): lists grow, everything else is replaced."""
    both = {
        key: [*one[key], *other[key]] if isinstance(one[key], list) and isinstance(other[key], list) else other[key]
        for key in one.keys() & other.keys()
    }
    return {**one, **other, **both}


def _understood(source: Source, header: Header) -> Header:
    """Add a header's lists to those of the folders above it."""
    lists = {key: value for key, value in source.defaults.items() if isinstance(value, list)}
    added = {
        key: [*value, *own]
        for key, value in lists.items()
        if isinstance(own := header.get(key), list) and own is not value
    }
    return header.saying(added) if added else header


def _permalink(blogs: Sequence[_Blog], languages: _Languages, folders: bool, facts: Facts) -> str:  # noqa: FBT001 -- bound once, above
    if not facts.source.collection:
        path = re.sub(r"(^|/)(?:index|README)$", r"\1", facts.source.within)
        return f"/{path}" if not path or path.endswith("/") else f"/{path}{'/' if folders else '.html'}"
    blog = blogs[int(facts.source.collection)]
    listed = facts.header.get("categories")
    categories = [slugs.material(str(one)) for one in (listed if isinstance(listed, list) else [])]
    said = facts.header.get("slug")
    path = braced(
        blog.pattern,
        {
            "date": unicode_date(facts.written, blog.date),
            "slug": str(said) if said else slugs.material(_title(facts), blog.separator),
            "file": facts.source.name,
            "categories": "/".join(categories[: blog.categories]),
        },
    )
    path = posixpath.normpath(path.strip("/"))
    before = "" if facts.source.language in {"", languages.default} else f"{facts.source.language}/"
    whole = re.sub(r"/{2,}", "/", f"/{before}{blog.folder}/{path}")
    return f"{whole}/" if folders else f"{whole}.html"


def _title(facts: Facts) -> str:
    """Return the title as the plugin reads it: as it is written, in the header or in the first line of the body."""
    said = facts.header.get("title")
    if said is not None:
        return str(said)
    first = next((line.strip() for line in facts.header.body.split("\n") if line.strip()), "")
    if first.startswith("# "):
        return first.lstrip("# ")
    words = facts.source.name.replace("-", " ").replace("_", " ")
    return words.capitalize() if words.lower() == words else words
