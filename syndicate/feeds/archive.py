"""Archives: which articles stand in which document of the site's feed, so that its history is complete (RFC 5005).

The feed itself holds the newest articles. What is older stands in documents numbered from the oldest on; once one is
closed, neither its bytes nor its address ever change again, so that readers may keep it for ever. Between the newest
closed one and the feed is one that is still open. An article goes into the document that is open when it has become
old, never into a closed one, even if its date would put it there; and there it stays, whatever becomes of it. So who
walks from the feed back to the first document meets every article once.

One exception: where deletions, or a larger limit, leave too few articles outside closed documents to fill the feed, it
takes the newest out of these once more. RFC 5005 lets the newer document win.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from syndicate import wording
from syndicate.addresses import ATOM, JSON, PREVIEW, RSS, archive_folder, url
from syndicate.artifact import Text
from syndicate.feeds.entry import Chain, Entry, Feed, Make, of_article, of_site, of_volume
from syndicate.model import Article, Site

ENTRIES = 20
"""Entries of a closed document."""
SLACK = 10
"""Articles that stay open, so that deleting a few leaves the feed full."""
BYTES = 250_000
"""What JSON Feed's authors call fine; a document closes early rather than grow beyond."""
_FRAME, _ENTRY = 4_000, 2_000
"""At most what a document needs beside its entries, and an entry beside its texts."""
SEALS = {RSS: "<fh:archive", ATOM: "<fh:archive", JSON: '"_archive": {'}
"""What only closed documents hold: in texts, ``<`` and quotes are written in another way."""


@dataclass(frozen=True, slots=True)
class Division:
    """A site's articles: in the feed, in the open document, and in closed ones from the oldest on; newest first."""

    head: tuple[Article, ...]
    open: tuple[Article, ...]
    closed: tuple[tuple[Article, ...], ...]

    @property
    def documents(self) -> tuple[tuple[Article, ...], ...]:
        """Every archive document from the oldest on; the open one is there, even empty, where a closed one is."""
        return (*self.closed, self.open) if self.closed or self.open else ()


def bind(site: Site) -> Site:
    """Close as many documents as have become full. Twice changes nothing."""
    if not site.archive:
        return site
    volumes = [*site.history.volumes]
    rest = divide(site).open[::-1]
    sizes = [_size(of_article(article, full=site.full_content)) for article in rest] if len(rest) > 1 else []
    start, left = 0, sum(sizes)
    while len(rest) - start > ENTRIES + SLACK or _FRAME + left > BYTES:
        end = _full(sizes, start)
        if end == len(rest):
            break
        volumes.append(tuple(article.permalink for article in rest[start:end][::-1]))
        left -= sum(sizes[start:end])
        start = end
    return replace(site, history=replace(site.history, volumes=tuple(volumes)))


def divide(site: Site) -> Division:
    """Tell which article stands where."""
    volumes = [frozenset(volume) for volume in site.history.volumes]
    archived = frozenset().union(*volumes)
    loose = [article for article in site.articles if article.permalink not in archived]
    head = loose[: site.feed_limit]
    if len(head) < site.feed_limit and archived:
        again = [article for article in site.articles if article.permalink in archived]
        chosen = {article.permalink for article in [*head, *again[: site.feed_limit - len(head)]]}
        head = [article for article in site.articles if article.permalink in chosen]
    by_permalink = {article.permalink: (place, article) for place, article in enumerate(site.articles)}
    closed = (sorted(by_permalink[link] for link in volume if link in by_permalink) for volume in volumes)
    shelved = tuple(tuple(article for _, article in volume) for volume in closed)
    return Division(tuple(head), tuple(loose[site.feed_limit :]), shelved)


def documents(site: Site, make: Make) -> Iterator[tuple[str, Feed]]:
    """Yield the feed itself, then its archive documents from the newest on, each with the folder it is published in."""
    if not site.archive:
        yield "", of_site(site, make)
        return
    parts = divide(bind(site))
    behind = parts.documents
    head = of_site(site, make, parts.head)
    yield "", replace(head, chain=Chain(previous=_folder(site, len(behind))))
    for number in range(len(behind), 0, -1):
        closed = number <= len(parts.closed)
        articles = behind[number - 1]
        # What is built for nowhere yet is never sealed.
        sealed = closed and site.base_url != PREVIEW
        made = of_volume(site, articles) if sealed else of_site(site, make, articles)
        chain = Chain(
            current=site.base_url,
            previous=_folder(site, number - 1),
            following=_folder(site, number + 1) if number < len(behind) else "",
            closed=closed,
        )
        yield archive_folder(number), replace(made, hub="", tombstones=(), deleted=None, chain=chain)


def folders(site: Site) -> Iterator[str]:
    """Name where the archive documents are published, from the oldest on."""
    return map(archive_folder, range(1, len(divide(bind(site)).documents if site.archive else ()) + 1))


def _folder(site: Site, number: int) -> str:
    return url(site.base_url, archive_folder(number)) if number else ""


def _full(sizes: Sequence[int], start: int) -> int:
    """Return where a document that begins at ``start`` is full."""
    end, total = start, _FRAME
    while end < len(sizes) and end - start < ENTRIES and (end == start or total + sizes[end] <= BYTES):
        total += sizes[end]
        end += 1
    return end


def _size(entry: Entry) -> int:
    """Return what an entry takes at most, in any dialect."""
    texts = (escape(entry.summary), entry.title * 2, entry.link * 4, entry.id, *entry.tags)
    beside = (*(one.name + one.url for one in entry.authors), *(one.url + one.title for one in entry.enclosures))
    lead = (escape(entry.lead.url) * 2, escape(entry.lead.alt) * 2) if entry.lead else ()
    whole = "".join((*texts, *beside, *lead))
    if isinstance(entry.html, Text):
        in_xml, in_json = entry.html.escaped, entry.html.quoted
    else:
        in_xml, in_json = wording.escaped(entry.html), wording.quoted(entry.html)
    return _ENTRY + max(wording.escaped(whole) + in_xml, wording.quoted(whole) + in_json)
