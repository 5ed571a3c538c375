"""What the built site says of an article's address, where only its templates know it.

The pages that a generator left in its output folder are asked once, and only when an address would be a guess: the one
page that has the article's slug at its end, or its title, is the article's; where its canonical link is, else where it
lies, is its address.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from syndicate.artifact import digest_of
from syndicate.certificate import state
from syndicate.findings import Finding
from syndicate.loading.sites import slugs
from syndicate.loading.sites.layout import Facts, Guess
from syndicate.loading.sources import Tree

FOLDERS: Mapping[str, tuple[str, ...]] = {
    "eleventy": ("_site", "dist", "public", "build"),
    "astro": ("dist", "build"),
    "hexo": ("public",),
    "pelican": ("output", "public"),
    "obsidian": ("public",),
}
"""Where each generator leaves what it built; only what holds pages counts."""
_PAGES = 20_000

Form = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class Built:
    """The pages of a built site: where they are below its base URL, by the last part of that, and by title."""

    by_name: Mapping[str, tuple[str, ...]]
    by_title: Mapping[str, tuple[str, ...]]

    def address(self, facts: Facts) -> str:
        """Return where an article is; nothing where no page or several could be meant."""
        title = _folded(facts.title)
        titled = self.by_title.get(title, ())
        names = dict.fromkeys(
            (facts.slug, facts.source.name, slugs.github(facts.source.name), slugs.eleventy(facts.title))
        )
        for name in names:
            named = self.by_name.get(name.rpartition("/")[2], ()) if name else ()
            both = [one for one in named if one in titled]
            if len(both or named) == 1:
                return (both or named)[0]
        return titled[0] if len(titled) == 1 else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A built site that may be asked: where it is, where it is served, and the state of its pages."""

    root: str
    folders: tuple[str, ...]
    base_url: str
    state: str


def confirming(form: Form, tree: Tree, folders: Sequence[str], base_url: str) -> Form:
    """Return a rule for addresses that asks the built site where the other one could only guess."""
    found = {folder: [path for path in tree.files(folder) if path.endswith(".html")][:_PAGES] for folder in folders}
    folder = next((folder for folder, paths in found.items() if paths), "")
    if not folder:
        return form
    states = "\n".join(f"{path} {state(str(tree.root / path))}" for path in found[folder])
    return partial(_confirmed, form, Asked(str(tree.root), (folder,), base_url, digest_of(states.encode())))


def _confirmed(form: Form, asked: Asked, facts: Facts) -> str:
    path = form(facts)
    return (_built(asked).address(facts) or path) if isinstance(path, Guess) else path


@lru_cache(maxsize=4)
def _built(asked: Asked) -> Built:
    return _read(Tree(Path(asked.root)), asked.folders, asked.base_url)


def _read(tree: Tree, folders: Sequence[str], base_url: str) -> Built:
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    by_title: dict[str, dict[str, None]] = defaultdict(dict)
    for folder in folders:
        found = [path for path in tree.files(folder) if path.endswith(".html")][:_PAGES]
        for path in found:
            address, titles = _page(tree, path, folder, base_url)
            by_name[_last(address)][address] = None
            for title in titles:
                by_title[_folded(title)][address] = None
    return Built(_tuples(by_name), _tuples(by_title))


def _tuples(found: Mapping[str, dict[str, None]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items() if key}


def _page(tree: Tree, path: str, folder: str, base_url: str) -> tuple[str, tuple[str, ...]]:
    """Return a page's address below the base URL, and its titles: with and without the site's name."""
    from syndicate.loading import pages  # noqa: PLC0415 -- all that reads pages, where an address is a guess
    from syndicate.pages.claims import claim  # noqa: PLC0415

    lies = re.sub(r"(?:^|/)index\.html$", "/", path.removeprefix(folder))
    remarks: list[Finding] = []
    page = pages.page_of(tree, path, remarks)
    said = claim(page) if page else None
    if page is None or said is None:
        return lies, ()
    return _below(said.address, base_url) or lies, (said.title, page.title)


def _below(address: str, base_url: str) -> str:
    """Return a canonical link's path below the base URL; nothing for one that is elsewhere."""
    parts, base = urlsplit(address), urlsplit(base_url)
    if not parts.path or (base.netloc and parts.netloc.lower() != base.netloc.lower()):
        return ""
    return "/" + parts.path.removeprefix(base.path.rstrip("/")).lstrip("/")


def _last(address: str) -> str:
    return unquote(address).rstrip("/").removesuffix(".html").rpartition("/")[2]


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
