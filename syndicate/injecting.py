"""The second door: head tags written into the pages of a site that was built already, and taken out again.

What is written comes from the output alone (its ledger, its fragments): so a page is told current or not without the
site's sources. Pages are read and written one at a time; one that does not change is not touched.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path

from syndicate import addresses
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding, ordered
from syndicate.loading import pages
from syndicate.loading.sources import SourceError, Tree
from syndicate.pages.head import Head, UnfitError, head
from syndicate.pages.splice import bare, marked, splice
from syndicate.publishing import open_ledger, places, sharing
from syndicate.publishing.folder import Folder
from syndicate.publishing.places import Where
from syndicate.publishing.store import Store

_PACKED = (".gz", ".br", ".zst")


@dataclass(frozen=True, slots=True)
class Injected:
    """What was done to the pages of a site, or what would be.

    ``pages`` were looked at, ``shown`` are the permalinks of the articles among them, ``changed`` the paths of those
    whose bytes changed.
    """

    pages: int
    shown: frozenset[str]
    changed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What is to stand in the pages: a fragment an article, and ``links`` in all others.

    ``wanted`` has the permalink of the article that a file shows, ``lost`` those for which there is no file;
    ``sources`` what each was made from.
    """

    output: Store
    links: str
    wanted: Mapping[str, str]
    lost: frozenset[str]
    sources: Mapping[str, str]


def tags(dist: Path, output: Where) -> Tags | None:
    """Return what an output has for the pages of a built site; ``None`` where none was published yet.

    Raises ``SettingsError`` where the site wants no tags.
    """
    folder = places.opened(output)
    ledger = open_ledger(folder)
    links = folder.bytes_of(addresses.FEED_LINKS)
    if links is None:
        if ledger.files:
            raise SettingsError(f"{output}: no head tags are published", "Say enabled = true under [tags].")
        return None
    base_url = _base_url(links)
    tree = Tree(dist)
    files = {permalink: pages.file_at(tree, base_url, permalink) for permalink in ledger.articles}
    wanted = {path: permalink for permalink, path in files.items() if path}
    lost = frozenset(permalink for permalink, path in files.items() if not path)
    return Tags(output=folder, links=links.decode(), wanted=wanted, lost=lost, sources=ledger.articles)


def inject(dist: Path, output: Where, *, replace: bool) -> Injected:
    """Write the tags of an output into the pages of a built site.

    Raises ``SettingsError``, ``Busy`` or ``OutputError``; pages that nothing can be written into are findings.
    """
    with places.held(places.opened(output)):
        wanted = tags(dist, output)
        if wanted is None:
            raise SettingsError(f"{output}: nothing was published there", "Run `syndicate inject` without --check.")
        done = _each(dist, output, _splicing(wanted, replace=replace), write=True)
        homeless = sorted(wanted.lost - done.shown)
        lost = [finding("page-missing", wanted.sources[one], f"no built page for {one}") for one in homeless]
        return replaced(done, findings=ordered([*done.findings, *lost]))


def compare(dist: Path, output: Where, *, replace: bool) -> Injected:
    """Say what ``inject`` would do with what is published now; nothing is written."""
    wanted = tags(dist, output)
    return _each(dist, output, _splicing(wanted, replace=replace) if wanted else _missing, write=False)


def outdated(done: Injected) -> Injected:
    """Remark each page that would change."""
    remarks = (finding("page-outdated", path, "its head tags are missing or old") for path in done.changed)
    return replaced(done, findings=ordered([*done.findings, *remarks]))


def undo(dist: Path, output: Where, *, write: bool) -> Injected:
    """Take out of every page what was written into it."""
    return _each(dist, output, _undone, write=write)


@dataclass(frozen=True, slots=True)
class _Made:
    """A page as it shall be; ``permalink`` is that of the article it shows, ``kept`` what its own tags say."""

    data: bytes
    permalink: str = ""
    kept: tuple[str, ...] = ()


_Make = Callable[[str, bytes], _Made | None]


def _each(dist: Path, output: Where, make: _Make, *, write: bool) -> Injected:
    tree, folder = Tree(dist), Folder(dist)
    seen: list[Finding] = []
    changed: list[str] = []
    shown: set[str] = set()
    count = 0
    if write:
        folder.sweep()
    try:
        for path, data in _pages(tree, dist, output, seen):
            made = _made(make, path, data, seen)
            count += made is not None
            if made is None:
                continue
            if made.permalink:
                shown.add(made.permalink)
            if made.kept:
                seen.append(finding("page-tags-kept", path, f"it says {', '.join(made.kept)} itself"))
            if made.data != data:
                changed.append(path)
                if write:
                    folder.rewrite(path, made.data)
        folder.commit()
    except BaseException:
        folder.discard()
        raise
    seen += _packed(folder, changed if write else [])
    return Injected(count, frozenset(shown), tuple(changed), ordered(seen))


def _pages(tree: Tree, dist: Path, output: Where, seen: list[Finding]) -> Iterator[tuple[str, bytes]]:
    for path in pages.paths(tree, sharing.ours(dist, output)):
        try:
            data = pages.page_bytes(tree, path)
        except SourceError as error:
            seen.append(finding("page-skipped", path, f"the page {error.finding.message}"))
            continue
        if data is not None:
            yield path, data


def _made(make: _Make, path: str, data: bytes, seen: list[Finding]) -> _Made | None:
    try:
        return make(path, data)
    except UnfitError as error:
        seen.append(finding("page-skipped", path, f"the page {error}"))
        return None


def _splicing(wanted: Tags, *, replace: bool) -> _Make:
    lost = set(wanted.lost)

    def make(path: str, data: bytes) -> _Made | None:
        original = bare(data)
        found = head(original)
        if found is None or _moves(found):
            return None
        permalink = wanted.wanted.get(path) or _named(found, lost)
        lost.discard(permalink)
        fragment = wanted.output.bytes_of(addresses.tags_path(permalink)) if permalink else None
        done = splice(original, fragment.decode() if fragment else wanted.links, replace=replace)
        return _Made(done.data, permalink if fragment else "", done.kept) if done else None

    return make


def _missing(_: str, data: bytes) -> _Made | None:
    found = head(bare(data))
    if found is None or _moves(found):
        return None
    return _Made(data if marked(data) else b"")


def _undone(_: str, data: bytes) -> _Made:
    return _Made(bare(data))


def _moves(found: Head) -> bool:
    """Whether a page only sends its visitors elsewhere."""
    return any(one.said.get("http-equiv", "").lower() == "refresh" for one in found.elements)


def _named(found: Head, lost: Iterable[str]) -> str:
    """Return the article without a file that a page names as its own address."""
    if not lost:
        return ""
    links = (one.said.get("href", "") for one in found.elements if "canonical" in one.said.get("rel", "").lower())
    return next((url for href in links if (url := addresses.canonical(href)) in lost), "")


def _base_url(links: bytes) -> str:
    found = head(b"<title></title>" + links)
    hrefs = [one.said.get("href", "") for one in found.elements] if found else []
    return next((href.removesuffix(addresses.RSS) for href in hrefs if href.endswith(f"/{addresses.RSS}")), "")


def _packed(folder: Folder, changed: Iterable[str]) -> Iterator[Finding]:
    stale = folder.sizes([f"{path}{ending}" for path in changed for ending in _PACKED])
    if stale:
        yield finding("pages-packed", min(stale), f"{len(stale)} packed siblings are of the pages as they were")
