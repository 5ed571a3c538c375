"""The pages of a built site: which files they are, what they say, and which of them an address means."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from syndicate.addresses import absolute, canonical, is_web_address
from syndicate.findings import Finding, finding
from syndicate.loading.sources import SourceError, Tree
from syndicate.pages import entries, splice
from syndicate.pages.claims import Claim, claim, site_name
from syndicate.pages.head import UnfitError
from syndicate.pages.reading import Page, read

PAGE_BYTES = 16 << 20
_ENDINGS = (".html", ".htm")
INDEXES = ("index.html", "index.htm")
_FEEDS = (".xml", ".rss", ".atom", ".json")
_FEED_BYTES = 32 << 20
_LOOKED = 512
"""Bytes in which a feed shows that it is one."""
_VOICES = 200
"""Addresses that are heard on where the site is served."""

Ours = Callable[[str], bool]
"""Whether a file of the built site is one that we published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page that was read: its file, what it claims, what it calls its site and the page itself in its title."""

    path: str
    claim: Claim
    site: str
    title: str
    language: str


def paths(tree: Tree, ours: Ours) -> Iterator[str]:
    """Every file of a built site that may be a page, in order; links are left to what they lead to."""
    for path in tree.files():
        name = path.rpartition("/")[2]
        if (name.lower().endswith(_ENDINGS) or "." not in name) and not ours(path) and not tree.is_link(path):
            yield path


def page_bytes(tree: Tree, path: str) -> bytes | None:
    """Return a page's bytes; ``None`` for what has a page's name and holds something else. Raises ``SourceError``."""
    data = tree.read(path, PAGE_BYTES)
    named = path.lower().endswith(_ENDINGS)
    return data if named or data[:_LOOKED].lstrip()[:2].lower() in {b"<!", b"<h"} else None


def all_read(tree: Tree, ours: Ours, remarks: list[Finding]) -> Iterator[Read]:
    """Read every page; one that cannot be read is remarked. What we wrote into pages counts for nothing."""
    for path in paths(tree, ours):
        page = page_of(tree, path, remarks)
        said = claim(page) if page else None
        if page and said:
            yield Read(path=path, claim=said, site=site_name(page), title=page.title, language=page.language)


def page_of(tree: Tree, path: str, remarks: list[Finding]) -> Page | None:
    """Read one page; ``None`` where it is none, or with a remark why it cannot be read."""
    try:
        data = page_bytes(tree, path)
        return read(splice.bare(data)) if data else None
    except SourceError as error:
        remarks.append(finding("page-skipped", path, f"the page {error.finding.message}"))
    except UnfitError as error:
        remarks.append(finding("page-skipped", path, f"the page {error}"))
    return None


def feed_entries(tree: Tree, ours: Ours) -> tuple[entries.Entry, ...]:
    """Return the entries of the site's main feeds: those nearest to its top, for others list tags and sections."""
    found: dict[int, list[entries.Entry]] = {}
    for path in tree.files():
        if path.lower().endswith(_FEEDS) and not ours(path) and not tree.is_link(path):
            found.setdefault(path.count("/"), []).extend(_entries(tree, path))
    return tuple(next((told for _, told in sorted(found.items()) if told), ()))


def _entries(tree: Tree, path: str) -> tuple[entries.Entry, ...]:
    try:
        data = tree.read(path, _FEED_BYTES)
    except SourceError:
        return ()
    telling = any(sign in data[:_LOOKED] for sign in (b"<rss", b"<feed", b"<rdf:RDF", b"jsonfeed.org/version"))
    return entries.entries(data) if telling else ()


def file_at(tree: Tree, base_url: str, url: str) -> str | None:
    """Return the file that is served at an address: its path, with ``index.html``, ``.html`` or as it is."""
    parts, base = urlsplit(url), urlsplit(base_url)
    if parts.netloc != base.netloc:
        return None
    inner = parts.path.removeprefix(base.path) if parts.path.startswith(base.path) else parts.path
    # Some build into a folder named like the path that the site is served below.
    for path in dict.fromkeys((inner.lstrip("/"), parts.path.lstrip("/"))):
        for name in _names(path):
            found = tree.find(name, ("",))
            if found:
                return found
    return None


def _names(path: str) -> Iterator[str]:
    folder = path.rstrip("/")
    if path.lower().endswith(_ENDINGS):
        yield path
    yield from (f"{folder}/{index}" if folder else index for index in INDEXES)
    if folder:
        yield f"{folder}.html"
        yield folder


def address_of(path: str, base_url: str) -> str:
    """Return where a file of a built site is served, if nothing says otherwise."""
    name = path.rpartition("/")[2]
    shown = path.removesuffix(name) if name in INDEXES else path
    return canonical(base_url + quote(shown))


def heard_base(tree: Tree, read_pages: Iterable[Read], addresses: Iterable[str]) -> str:
    """Return where a built site is served, as most pages say; else as its feeds, its sitemap or its CNAME file do."""
    voices = Counter(base for one in read_pages if (base := _below(one.path, one.claim.address)))
    if not voices:
        told = [url for url, _ in zip((*addresses, *_sitemap(tree)), range(_VOICES), strict=False)]
        voices = Counter(base for url in told if (base := _above(tree, url)))
    if voices:
        return min(voices, key=lambda base: (-voices[base], len(base), base))
    return f"https://{_cname(tree)}/" if tree.exists("CNAME") and _cname(tree) else ""


def _below(path: str, address: str) -> str:
    """Return the base URL that a page's own address implies, or nothing where the two do not agree."""
    if not is_web_address(address):
        return ""
    parts = urlsplit(canonical(address))
    served = unquote(parts.path)
    name = path.rpartition("/")[2]
    folder = path.removesuffix(name)
    spellings = (folder, path, folder.rstrip("/")) if name in INDEXES else (path, path.rpartition(".")[0])
    for spelled in spellings:
        if (spelled and served.endswith(f"/{spelled}")) or (not spelled and served.endswith("/")):
            return f"{parts.scheme}://{parts.netloc}{quote(served[: len(served) - len(spelled)])}"
    return ""


def _above(tree: Tree, url: str) -> str:
    """Return the shortest base URL under which there is a file for an address."""
    if not is_web_address(url):
        return ""
    parts = urlsplit(canonical(url))
    segments = parts.path.strip("/").split("/")
    for count in range(len(segments)):
        base = f"{parts.scheme}://{parts.netloc}/{''.join(f'{one}/' for one in segments[:count])}"
        if file_at(tree, base, url):
            return base
    return ""


def _sitemap(tree: Tree) -> Iterator[str]:
    if tree.exists("sitemap.xml"):
        try:
            yield from entries.places(tree.read("sitemap.xml", _FEED_BYTES))
        except SourceError:
            return


def _cname(tree: Tree) -> str:
    try:
        name = tree.text("CNAME", _LOOKED).strip()
    except SourceError:
        return ""
    return name if name and is_web_address(f"https://{name}/") and "/" not in name else ""


def own_address(tree: Tree, one: Read, base_url: str) -> str | None:
    """Return a page's permalink; ``None`` for one that names another page of the site as the real one."""
    derived = address_of(one.path, base_url)
    said = canonical(absolute(derived, one.claim.address).partition("#")[0].partition("?")[0])
    # Templates that name the front page, or another host, on every page say nothing of this one.
    if not one.claim.address or said == base_url or urlsplit(said).netloc != urlsplit(base_url).netloc:
        return derived
    return said if file_at(tree, base_url, said) in {one.path, None} else None
