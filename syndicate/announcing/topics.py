"""What can be announced of a site, and what of it changed. Pure: two states to the difference.

A state maps addresses to digests: of a feed its bytes, of an article its content. The last state that was noted is
kept, so that a publish that was killed before anybody was told is told by the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from syndicate.addresses import ARCHIVE, PACKED, url
from syndicate.announcing.messages import Change
from syndicate.artifact import File

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True)
class Topics:
    """Feeds and articles by address, with the digest of what stands there."""

    feeds: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)


def topics(base_url: str, standing: Iterable[File], articles: Mapping[str, str]) -> Topics:
    """Gather the topics of what stands; archive documents are none, since nobody subscribes to them."""
    feeds = {
        url(base_url, file.path): file.digest
        for file in standing
        if file.media_type in _FEEDS and not file.path.startswith(ARCHIVE) and not file.path.endswith(PACKED)
    }
    return Topics(feeds, articles)


def changes(before: Topics, now: Topics) -> tuple[Change, ...]:
    """Tell what differs: feeds that are new or other, articles that are new, other or gone."""
    told = [Change(link, "feed") for link in sorted(_other(before.feeds, now.feeds))]
    told += [Change(link, "article") for link in sorted(_other(before.articles, now.articles))]
    told += [Change(link, "article", gone=True) for link in sorted(before.articles.keys() - now.articles.keys())]
    return tuple(told)


def files(base_url: str, written: Iterable[str], removed: Iterable[str]) -> tuple[Change, ...]:
    """Tell which files a cache must forget."""
    told = [Change(url(base_url, path), "file") for path in written]
    return (*told, *(Change(url(base_url, path), "file", gone=True) for path in removed))


def _other(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {link for link, digest in now.items() if before.get(link) != digest}
