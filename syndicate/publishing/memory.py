"""What is remembered of articles, so that readers know them again. Pure: a site and a memory to a site and a memory.

An article's id is minted once, from its first permalink or what its source claims, and never changes. Later it is
recognised by what it still has in common with what is remembered, the strongest evidence first, each piece only where
it points to one article alone. When it was updated is what its source says, else when its words first were other.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, count
from urllib.parse import urlsplit

from syndicate.addresses import PREVIEW
from syndicate.feeds import archive
from syndicate.feeds.moments import whole
from syndicate.findings import Finding, finding
from syndicate.model import Article, History, Site, Tombstone
from syndicate.publishing.content import Content, Fetch
from syndicate.wording import host

_PLAIN = re.compile(r"https?://[a-z0-9.:-]+(/[^?#\\\[\]\s]*)")
"""What nearly every permalink is like; for others the parser is asked, ten times as long."""
FORGOTTEN = timedelta(days=366)
"""How long a deleted article is remembered that stands in no closed archive; longer than any tombstone."""


@dataclass(frozen=True, slots=True)
class Known:
    """One article as it was last published.

    ``digest`` is that of its normalised content, ``mark`` that of its exact content (both empty where unknown);
    ``volume`` the number of the closed archive document that holds it (0: none), ``gone`` when it was missed.
    """

    permalink: str
    source: str
    digest: str
    mark: str
    updated: datetime
    volume: int = 0
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Every article by its id; the moment of the last deletion; the base URL of the first publish."""

    articles: Mapping[str, Known] = field(default_factory=dict)
    deleted: datetime | None = None
    home: str = ""

    @property
    def living(self) -> Mapping[str, Known]:
        """What was published last time."""
        return {name: known for name, known in self.articles.items() if known.gone is None}

    @property
    def volumes(self) -> int:
        """How many archive documents are closed."""
        return max((known.volume for known in self.articles.values()), default=0)


@dataclass(frozen=True, slots=True)
class Settled:
    """A site whose articles have their lasting ids and dates, what to remember of it, and remarks."""

    site: Site
    memory: Memory
    findings: tuple[Finding, ...]


def moments(memory: Memory, now: datetime, tombstone_days: int) -> Iterator[datetime]:
    """Yield when tombstones are taken down and deleted articles are forgotten."""
    for known in memory.articles.values():
        if known.gone:
            ends = (known.gone + timedelta(days=tombstone_days), known.gone + FORGOTTEN)
            yield from (moment for moment in ends if moment > now)


def settle(
    site: Site,
    before: Memory,
    now: datetime,
    *,
    failed: Iterable[str] = (),
    tombstone_days: int = 30,
    fetch: Fetch | None = None,
) -> Settled:
    """Give every article its id and its date of change, and the site its history.

    ``failed`` are sources that could not be read today: their articles are not taken for deleted. ``now`` is only used
    for what differs from ``before``, so a first build does not depend on it.
    """
    now = whole(now)
    hosts = frozenset({host(site.base_url), *map(host, before.articles), *_hosts(before)})
    contents = {article.permalink: Content(article, hosts, fetch) for article in site.articles}
    ids = _recognised(site.articles, contents, before)
    ids |= _minted([article for article in site.articles[::-1] if article.permalink not in ids], before)
    articles = tuple(
        _settled(article, ids[article.permalink], contents[article.permalink], before, now) for article in site.articles
    )
    memory = _remembered(articles, contents, before, now, frozenset(failed))
    settled = replace(site, articles=articles, history=_history(memory, site.base_url, now, tombstone_days))
    bound = archive.bind(settled)
    remarks = tuple(_taken(article) for article in site.articles if _is_taken(article, ids))
    # What is built for nowhere yet was shown to nobody: its addresses must not become ids for ever.
    unknown = site.base_url == PREVIEW and not before.articles
    return Settled(bound, Memory() if unknown else _shelved(memory, bound), remarks)


# --- who is who


Evidence = tuple[bool, Callable[[Article, Content], Hashable], Callable[[str, Known], Hashable]]
"""Whether it also brings back the deleted, and what of an article must equal what of a remembered one."""

_EVIDENCE: tuple[Evidence, ...] = (
    (True, lambda a, _: (place(a.permalink), a.source), lambda _, k: (place(k.permalink), k.source)),
    (True, lambda a, _: a.id if a.id != a.permalink else None, lambda name, _: name),
    (True, lambda a, c: (a.source, c.digest), lambda _, k: (k.source, k.digest)),
    (False, lambda a, _: place(a.permalink), lambda _, k: place(k.permalink)),
    (False, lambda a, _: a.source, lambda _, k: k.source or None),
    (False, lambda _, c: c.digest, lambda _, k: k.digest or None),
    (False, lambda _, c: c.body, lambda _, k: _body(k.digest)),
    # A new article at the address of a deleted one is another article; with its very words, it is that one.
    (True, lambda _, c: c.digest, lambda _, k: k.digest or None),
)


def _recognised(articles: Iterable[Article], contents: Mapping[str, Content], before: Memory) -> dict[str, str]:
    """Return the ids of articles that are known, by permalink."""
    unmatched = {article.permalink: article for article in articles}
    unclaimed = dict(before.articles)
    found = _unmoved(unmatched, unclaimed)
    for link, name in found.items():
        del unmatched[link], unclaimed[name]
    for revives, of_article, of_known in _EVIDENCE:
        # Of what was recovered from the feeds nobody knows whether it is gone.
        candidates = {
            name: known for name, known in unclaimed.items() if revives or known.gone is None or not known.digest
        }
        if not unmatched or not candidates:
            continue
        wanted = _unique((of_article(one, contents[link]), link) for link, one in unmatched.items())
        offered = _unique((of_known(name, known), name) for name, known in candidates.items())
        for key in wanted.keys() & offered.keys():
            found[wanted[key]] = offered[key]
            del unmatched[wanted[key]], unclaimed[offered[key]]
    return found


def _unmoved(articles: Mapping[str, Article], known: Mapping[str, Known]) -> dict[str, str]:
    """Return the ids of articles that nothing has happened to: the same source, published at the same address."""
    named = _unique(((one.permalink, one.source), name) for name, one in known.items())
    pairs = ((link, named.get((link, article.source))) for link, article in articles.items())
    return {link: name for link, name in pairs if name}


def _unique(pairs: Iterable[tuple[Hashable, str]]) -> dict[Hashable, str]:
    """Map each key to the one name it stands for; a key without one, or with several, is no evidence."""
    named: dict[Hashable, str] = {}
    several: set[Hashable] = {None}
    for key, name in pairs:
        if key in named:
            several.add(key)
        named[key] = name
    return {key: name for key, name in named.items() if key not in several}


def _minted(articles: Iterable[Article], before: Memory) -> dict[str, str]:
    """Return ids for articles nobody knows, by permalink: what their sources claim, else their addresses."""
    taken = set(before.articles)
    minted: dict[str, str] = {}
    for article in articles:
        names = chain((article.id, article.permalink), (f"{article.permalink}#{n}" for n in count(2)))
        minted[article.permalink] = next(name for name in names if name not in taken)
        taken.add(minted[article.permalink])
    return minted


def _is_taken(article: Article, ids: Mapping[str, str]) -> bool:
    """Whether an article claims the id of another one of today."""
    claims = article.id != article.permalink and article.id != ids[article.permalink]
    return claims and article.id in ids.values()


def _taken(article: Article) -> Finding:
    return finding("id-taken", article.source, f"the id {article.id!r} belongs to another article")


# --- what changed


def _settled(article: Article, name: str, content: Content, before: Memory, now: datetime) -> Article:
    updated = _updated(article, before.articles.get(name), content, now)
    same = article.updated is updated or article.updated.isoformat() == updated.isoformat()  # in the same zone, too
    return article if same and article.id == name else replace(article, id=name, updated=updated)


def _updated(article: Article, known: Known | None, content: Content, now: datetime) -> datetime:
    if known is None or article.dated:
        return whole(article.updated)
    # What is not known (a lost ledger), or was digested in another way, is no evidence of a change.
    edited = known.mark != content.mark and content.comparable(known.digest) and known.digest != content.digest
    return max(now, known.updated) if edited else known.updated


# --- what is remembered


def _remembered(
    articles: Iterable[Article], contents: Mapping[str, Content], before: Memory, now: datetime, failed: frozenset[str]
) -> Memory:
    today = {one.id: _known(one, contents[one.permalink], before.articles.get(one.id)) for one in articles}
    missed = {name: known for name, known in before.articles.items() if name not in today}
    kept = {name: _missed(known, now, failed) for name, known in missed.items()}
    lasting = {
        name: known for name, known in kept.items() if known.volume or not known.gone or now - known.gone < FORGOTTEN
    }
    fresh = [known.gone for name, known in kept.items() if known.gone and before.articles[name].gone is None]
    deleted = max([*fresh, *([before.deleted] if before.deleted else [])], default=None)
    return Memory({**today, **lasting}, deleted, before.home)


def _known(article: Article, content: Content, before: Known | None) -> Known:
    same = before is not None and before.mark == content.mark
    return Known(
        permalink=article.permalink,
        source=article.source,
        digest=before.digest if before and same else content.digest,
        mark=content.mark,
        updated=article.updated,
        volume=before.volume if before else 0,
    )


def _missed(known: Known, now: datetime, failed: frozenset[str]) -> Known:
    return known if known.gone or known.source in failed else replace(known, gone=now)


def _history(memory: Memory, base_url: str, now: datetime, tombstone_days: int) -> History:
    recent = timedelta(days=tombstone_days)
    gone = sorted((known.gone, name) for name, known in memory.articles.items() if known.gone)
    volumes: list[list[str]] = [[] for _ in range(memory.volumes)]
    for known in memory.articles.values():
        if known.volume and not known.gone:
            volumes[known.volume - 1].append(known.permalink)
    return History(
        volumes=tuple(map(tuple, volumes)),
        tombstones=tuple(
            Tombstone(id=name, when=when) for when, name in reversed(gone) if recent and now - when < recent
        ),
        deleted=memory.deleted,
        home=memory.home or base_url,
    )


def _shelved(memory: Memory, site: Site) -> Memory:
    """Remember which documents were closed just now."""
    volumes = {link: number for number, volume in enumerate(site.history.volumes, 1) for link in volume}
    articles = dict(memory.articles)
    for article in site.articles:
        if volumes.get(article.permalink, 0) != articles[article.id].volume:
            articles[article.id] = replace(articles[article.id], volume=volumes[article.permalink])
    return replace(memory, articles=articles, home=site.history.home)


def place(permalink: str) -> str:
    """Return an address without scheme and host, which a site may change."""
    found = _PLAIN.fullmatch(permalink)
    if found:
        return f"{found[1]}?"
    parts = urlsplit(permalink)
    return f"{parts.path}?{parts.query}"


def _hosts(before: Memory) -> frozenset[str]:
    return frozenset(host(known.permalink) for known in before.articles.values())


def _body(digest: str) -> str | None:
    return digest.rpartition(":")[2] or None
