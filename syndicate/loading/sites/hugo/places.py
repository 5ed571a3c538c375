"""Where Hugo finds pages: mounted folders, bundles, sections, and the languages that names of files say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from syndicate.findings import Finding, finding
from syndicate.loading.sites.hugo.configuring import Configuration, words
from syndicate.loading.sites.hugo.globs import matches
from syndicate.loading.sites.layout import is_notice, text
from syndicate.loading.sources import Tree

_READ = frozenset({"md", "mdown", "markdown", "html", "htm"})
_UNREAD = {
    "org": "Org mode", "ad": "AsciiDoc", "adoc": "AsciiDoc", "asciidoc": "AsciiDoc", "pandoc": "Pandoc's Markdown",
    "pdc": "Pandoc's Markdown", "rst": "reStructuredText",
}  # fmt: skip
_APART = frozenset({"archetypes", "layouts", "themes", "static", "assets", "data", "i18n", "resources", "public"})
"""Hugo's other folders, where the content folder is the site's own."""
_HEAVY = re.compile(r"[*+}][^()]*\)[*+{]|\\\d")
"""A repetition that is repeated: on a name made for it, such a regular expression takes for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's place: its file, its language, and its path in Hugo's own tree of content, as spelled on the disk."""

    file: str
    language: str
    path: str
    bundle: bool

    @property
    def key(self) -> str:
        """The path as Hugo compares it: in lower case, with hyphens for spaces."""
        return normal(self.path)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def section(self) -> str:
        """The first folder; a bundle at the top is in none."""
        parts = self.key.split("/")[1:]
        return parts[0] if len(parts) > 1 else ""


@dataclass(frozen=True, slots=True)
class Places:
    """What was found: pages, the files of sections by language and path, what a cascade may be written in."""

    pages: list[Page] = field(default_factory=list)
    branches: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, page: Page) -> None:
        """Take a page, unless another file already is that page."""
        holder = self.taken.setdefault((page.language, page.key), page.file)
        if holder == page.file:
            self.pages.append(page)
        else:
            self.findings.append(finding("permalink-collision", page.file, f"{holder} already is this page"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mount:
    source: str
    target: str = ""
    language: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A file of content: its folder in the tree, its name without ending and language, what ``index`` it is of it."""

    file: str
    language: str
    folder: str
    name: str
    ending: str
    suffixed: bool


def normal(path: str) -> str:
    """Return a path as Hugo compares it."""
    return path.lower().replace(" ", "-")


def found(tree: Tree, configuration: Configuration, content: str, output: str) -> Places:
    """Find every page of a site; ``content`` names the one folder to look in, if the settings do."""
    places = Places()
    mounts = [_Mount(source=content)] if content else list(_mounts(configuration))
    files = list(_files(tree, configuration, mounts, output, places))
    leaves = {one.folder for one in files if one.name == "index"}
    # Where two files are the same page, the one whose name says its language is.
    for one in sorted(files, key=lambda one: not one.suffixed):
        _place(one, leaves, places)
    places.pages.sort(key=lambda page: page.file)
    return places


def _mounts(configuration: Configuration) -> Iterator[_Mount]:
    """The folders that ``module.mounts`` names; without any for content, each language's own."""
    module = configuration.values.get("module")
    listed = module.get("mounts") if isinstance(module, dict) else None
    named = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
    targets = [(one, PurePosixPath(text(one.get("target")) or ".")) for one in named]
    mounted = [(one, target) for one, target in targets if target.parts[:1] == ("content",)]
    for one, target in mounted:
        yield _Mount(
            source=_bare(text(one.get("source"))),
            target="/".join(("", *target.parts[1:])),
            language=_spoken(one, configuration),
            files=(*words(one.get("files")), *words(one.get("includefiles")), *_excluded(one)),
        )
    if not mounted:
        shared = configuration.default.content
        dirs = {language.content: language.key for language in reversed(tuple(configuration.languages.values()))}
        for folder, key in sorted(dirs.items(), key=lambda item: item[0] != shared):
            yield _Mount(source=_bare(folder), language=configuration.default.key if folder == shared else key)


def _bare(folder: str) -> str:
    clean = PurePosixPath(folder.replace("\\", "/")).as_posix().removeprefix("./").rstrip("/")
    return "" if clean == "." else clean


def _excluded(mount: Mapping[str, Any]) -> list[str]:
    return [f"! {pattern}" for pattern in words(mount.get("excludefiles"))]


def _spoken(mount: Mapping[str, Any], configuration: Configuration) -> str:
    """The first language that a mount is for; without one, the site's default."""
    sites = mount.get("sites")
    matrix = sites.get("matrix") if isinstance(sites, dict) else None
    patterns = [*words(matrix.get("languages") if isinstance(matrix, dict) else None), *words(mount.get("lang"))]
    if not patterns:
        return configuration.default.key
    return next((key for key in configuration.languages if any(matches(one, key) for one in patterns)), "")


def _files(
    tree: Tree, configuration: Configuration, mounts: Sequence[_Mount], output: str, places: Places
) -> Iterator[_Found]:
    ignored = list(_ignored(configuration, places))
    skip = {output, *(_APART if any(not mount.source for mount in mounts) else ())}
    seen: set[str] = set()
    for mount in mounts:
        single = [mount.source] if tree.exists(mount.source) else tree.files(mount.source, skip=skip)
        for file in single:
            name = file.rpartition("/")[2]
            inner = file.removeprefix(mount.source).lstrip("/")
            apart = "/" not in file and is_notice(file) and not mount.source
            if file in seen or apart or name.startswith((".", "#")) or name.endswith("~"):
                continue
            if _chosen(f"/{inner}", mount.files) and not any(pattern.search(f"/{file}") for pattern in ignored):
                seen.add(file)
                one = _named(file, f"{mount.target}/{inner}".rstrip("/"), mount, configuration, places)
                yield from [one] if one else []


def _ignored(configuration: Configuration, places: Places) -> Iterator[re.Pattern[str]]:
    for pattern in words(configuration.values.get("ignorefiles")):
        try:
            if _HEAVY.search(pattern):
                raise re.error("a repetition is repeated")  # noqa: TRY301 -- said as the others are
            yield re.compile(pattern)
        except re.error as error:
            places.findings.append(finding("configuration-unread", "hugo", f"ignoreFiles: {pattern!r}: {error}"))


def _chosen(inner: str, patterns: Sequence[str]) -> bool:
    """Whether a mount takes a file: the first pattern that fits says; with only refusals, all others are taken."""
    for pattern in patterns:
        bare = pattern.removeprefix("! ")
        if matches(bare if bare.startswith("/") else f"/{bare}", inner):
            return bare == pattern
    return all(pattern.startswith("! ") for pattern in patterns)


def _named(file: str, path: str, mount: _Mount, configuration: Configuration, places: Places) -> _Found | None:
    folder, _, name = path.rpartition("/")
    parts = name.split(".")
    ending = parts[-1].lower()
    if len(parts) == 1 or ending not in _READ | _UNREAD.keys():
        if name == "_content.gotmpl":
            places.findings.append(finding("format-unread", file, "pages that a template makes are not seen"))
        return None
    # From the end: the first part that names a language does, and the page's name ends there.
    at = next((at for at in range(len(parts) - 2, -1, -1) if _language(parts[at], configuration)), None)
    at = None if len(parts) == 2 else at  # noqa: PLR2004 -- a name and an ending
    language = parts[at].lower() if at is not None else mount.language
    if language not in configuration.languages:
        return None
    stem = ".".join(parts[:at] if at else parts[:-1])
    return _Found(file=file, language=language, folder=folder, name=stem, ending=ending, suffixed=at is not None)


def _language(word: str, configuration: Configuration) -> bool:
    return word.lower() in configuration.languages or word.lower() in configuration.disabled


def _place(one: _Found, leaves: set[str], places: Places) -> None:
    parts = one.folder.split("/")
    inside = (
        [folder for end in range(len(parts), 0, -1) if (folder := "/".join(parts[:end])) in leaves] if leaves else []
    )
    kind = one.name.lower()
    # What lies beside or below a leaf bundle's index is a resource of that page.
    if inside and not (kind == "index" and inside == [one.folder]):
        return
    if kind == "_index":
        places.branches.setdefault((one.language, normal(one.folder)), one.file)
    elif one.ending in _UNREAD:
        places.findings.append(finding("format-unread", one.file, f"{_UNREAD[one.ending]} is not read"))
    elif kind != "index":
        places.add(Page(file=one.file, language=one.language, path=f"{one.folder}/{one.name}", bundle=False))
    elif one.folder:  # the index of the whole content is the home page
        places.add(Page(file=one.file, language=one.language, path=one.folder, bundle=True))
