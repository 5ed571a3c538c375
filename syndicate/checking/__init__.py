"""Why a reader would stumble over what is published, with cause and cure.

``standing`` judges the files of a folder. ``against`` sets the feeds of a site as it is today against what would be
published, before the site switches.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from syndicate import disk
from syndicate.addresses import ATOM, JSON, RSS, canonical, url
from syndicate.checking import reading
from syndicate.checking.parity import Item, OldFeed, Ours, Parity, compare
from syndicate.checking.published import LARGEST, Shelf, base_of, judge
from syndicate.errors import SettingsError
from syndicate.feeds import archive, entry
from syndicate.feeds.kinds import shelves
from syndicate.findings import Finding, ordered
from syndicate.model import Article, Site

_ENDINGS = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".jsonfeed"})
_MOST = 5000
"""Files of a folder that are looked into."""


def against(old: Path, site: Site) -> tuple[tuple[OldFeed, ...], Parity]:
    """Compare the feeds in a file or below a folder with those that the site would have.

    Raises ``SettingsError`` where there is no feed.
    """
    feeds: list[OldFeed] = []
    remarks: list[Finding] = []
    for place in _files(old):
        feed, found = reading.read(_bytes(place), str(place), _address(old, place, site))
        feeds += [feed] if feed else []
        remarks += found
    if not feeds:
        cure = "Name an RSS, Atom or JSON feed of the site as it is today, or a folder that holds some."
        raise SettingsError("; ".join(map(str, remarks)) or f"{old}: no feed is there", cure)
    parity = compare(feeds, _ours(site))
    return tuple(feeds), Parity(
        entries=parity.entries,
        matched=parity.matched,
        same=parity.same,
        findings=ordered([*remarks, *parity.findings]),
    )


def standing(
    root: Path, base_url: str = "", *, whole: bool = False, known: Collection[str] = ()
) -> tuple[int, tuple[Finding, ...]]:
    """Judge every file below a folder as platforms and feed readers would; return how many there are, and the findings.

    ``known`` are those that somebody else looks for. Hidden files and links are let be: no server should send them.
    """
    shelf = Shelf(frozenset(_below(root)), lambda path: _held(root / path), base_url, whole, frozenset(known))
    if not shelf.base:
        shelf = replace(shelf, base=base_of(shelf))
    return len(shelf.paths), judge(shelf)


def _below(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if not name.startswith("."):
                yield (Path(folder) / name).relative_to(root).as_posix()


def _held(place: Path) -> bytes | None:
    """Return what a regular file holds; ``None`` for a link, a pipe, or one that is larger than what is judged."""
    try:
        return disk.content(place, LARGEST)
    except OSError:
        return None


def _files(old: Path) -> Iterator[Path]:
    if old.is_file():
        yield old
    elif old.is_dir():
        plain = (place for place in sorted(old.rglob("*")) if _may_be_a_feed(place.relative_to(old)))
        plain = (place for place in plain if place.is_file() and not place.is_symlink())
        yield from (place for place, _ in zip(plain, range(_MOST), strict=False))
    else:
        raise SettingsError(f"{old}: no such file or folder", "Name a feed of the site as it is today.")


def _may_be_a_feed(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and (path.suffix.lower() in _ENDINGS or not path.suffix)


def _bytes(place: Path) -> bytes:
    try:
        with place.open("rb") as file:
            return file.read(reading.LARGEST + 1)
    except OSError as error:
        raise SettingsError(
            f"{place}: {(error.strerror or str(error)).lower()}", "Check that you may read it."
        ) from None


def _address(old: Path, place: Path, site: Site) -> str:
    """A feed in a folder stands where the folder is served; of a lone file nobody knows."""
    return url(site.base_url, place.relative_to(old).as_posix()) if old.is_dir() else ""


def _ours(site: Site) -> Ours:
    folders = ["", *archive.folders(site), *(shelf.folder for shelf in shelves(site))]
    paths = [folder + name for folder in folders for name in (RSS, ATOM, JSON)]
    paths += [old for old, new in site.also if new in paths]
    served = frozenset(canonical(url(site.base_url, path)) for path in paths)
    return Ours(
        items=tuple(map(_item, site.articles)),
        window=frozenset(article.id for article in site.articles[: site.feed_limit]),
        addresses=served,
        # A redirect keeps the readers only if it leads to a feed and a server is told of it.
        redirected=frozenset(
            canonical(urljoin(site.base_url, old))
            for old, new in site.moved
            if site.servers and canonical(new) in served
        ),
    )


def _item(article: Article) -> Item:
    made = entry.of_article(article, full=False)
    return Item(id=made.id, url=made.link, title=made.title, published=made.published, updated=made.updated)
