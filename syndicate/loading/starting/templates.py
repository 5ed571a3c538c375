"""Feeds that a site writes by templates of its own: found by their names, known by what they hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from syndicate.loading import frontmatter
from syndicate.loading.sites.layout import Layout, text
from syndicate.loading.sources import SourceError, Tree

_NAME = re.compile(r"(?i)(?:[\w-]*(?:feed|rss|atom)[\w.-]*|index)\.(?:xml|json|rss|atom|njk|liquid|html|ejs)")
_LARGEST, _DEEPEST, _MOST = 64 << 10, 3, 20
_FOLDERS = frozenset({"_includes", "_layouts", "static", "public", "test", "tests", "output"})
_OWN_ID = re.compile(r"<(?:id|guid)\b[^>]*>(?:[^<]*\{\{-?\s*post\.id\b)")
_LIMIT = re.compile(r"for\s+post\s+in\s+site\.posts\s[^%]*?limit:\s*(\d+)|slice\(0,\s*(\d+)\)|head\((\d+)\)")


@dataclass(frozen=True, slots=True)
class Template:
    """A feed's template: the path it is served at, the dialect it writes, the id it gives entries, how many it has."""

    path: str
    dialect: str
    names_posts: bool = False
    limit: int = 0


def dialect(name: str, template: str) -> str:
    """Return the dialect that a template writes, "" for none; the one that its name says where there is no template."""
    if not template:
        kinds = {"rss": "rss", "atom": "atom", "feed.json": "json", "feed.xml": "atom"}
        return next((kind for word, kind in kinds.items() if word in name.lower()), "")
    if "jsonfeed.org/version" in template:
        return "json"
    if re.search(r"<rss\b|@astrojs/rss|application/rss\+xml", template):
        return "rss"
    return "atom" if re.search(r"<feed\b|application/atom\+xml", template) else ""


def written(tree: Tree, layout: Layout) -> tuple[Template, ...]:
    """Return the templates of feeds that lie among the sources of a site whose every file may be one."""
    if layout.generator not in {"jekyll", "eleventy", "hexo"}:
        return ()
    root = text(layout.configuration.get("source")).strip("./")
    found = (_template(tree, path, root) for path in _candidates(tree))
    return tuple(one for one, _ in zip(filter(None, found), range(_MOST), strict=False))


def _candidates(tree: Tree) -> Iterator[str]:
    for path in tree.files():
        pure = PurePosixPath(path)
        near = len(pure.parts) <= _DEEPEST and not _FOLDERS.intersection(pure.parts)
        if near and _NAME.fullmatch(pure.name):
            yield path


def _template(tree: Tree, path: str, root: str) -> Template | None:
    try:
        content = tree.text(path, _LARGEST)
        header = frontmatter.parse(content, path)
    except SourceError:
        return None
    # Without front matter it is a file that is copied as it is, or no template at all.
    kind = dialect(path, content) if header.kind and "{{" in content else ""
    if not kind:
        return None
    named = text(header.get("permalink")).strip("/")
    place = PurePosixPath(path).relative_to(root).as_posix() if root and path.startswith(f"{root}/") else path
    served = named or re.sub(r"\.(?:njk|liquid|html|ejs)$", "", place)
    limits = [int(next(filter(None, one))) for one in _LIMIT.findall(content)]
    return Template(served, kind, bool(_OWN_ID.search(content)), min(limits, default=0))
