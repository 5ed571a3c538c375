"""What a build has to tell the world: from what stood and what stands to the news that announcing keeps and sends."""

from datetime import datetime
from pathlib import Path

from syndicate import announcing
from syndicate.addresses import PREVIEW
from syndicate.announcing import Desk, News, topics
from syndicate.announcing.topics import Topics
from syndicate.artifact import File, Standing
from syndicate.findings import Finding
from syndicate.model import Site
from syndicate.publishing.ledger import Ledger
from syndicate.publishing.memory import Memory
from syndicate.report import Report
from syndicate.settings import Announce, Settings


def desk(root: Path, output: Path | str, settings: Settings, site: Site, *, public: bool) -> Desk:
    """Return the desk of an output. What is not ``public`` (drafts, what is still to come, no address) tells nobody."""
    said = settings.announce if public and site.base_url != PREVIEW else Announce()
    return announcing.desk(root, output, site.base_url, said, site.hub)


def begin(desk: Desk, before: Ledger, now: datetime) -> tuple[Finding, ...]:
    """Write down what stands before the first publish that anybody is to be told of: it may be killed half-way."""
    return announcing.begin(desk, _topics(desk, before.standing, before.memory), now) if desk.on else ()


def tell(desk: Desk, before: Ledger, memory: Memory, report: Report, now: datetime) -> tuple[Finding, ...]:
    """Write down what a publish changed, for those who are to be told."""
    if not desk.on:
        return ()
    stood, stands = _topics(desk, before.standing, before.memory), _topics(desk, report.standing, memory)
    news = News(before=stood, now=stands, written=report.written, removed=report.removed)
    return announcing.note(desk, news, now)


def foresee(desk: Desk, before: Ledger, memory: Memory, report: Report) -> tuple[tuple[str, str], ...]:
    """Say who would be told of what: pairs of host and address. Feeds are told only if their bytes come out other."""
    if not desk.on:
        return ()
    stale = [change.artifact for change in report.stale]
    other = {one.path: File(one.path, one.media_type, "stale", 0, {}) for one in stale}
    stands = _topics(desk, {**before.standing, **other}, memory)
    changed = topics.changes(_topics(desk, before.standing, before.memory), stands)
    told = announcing.foreseen(desk, changed)
    return tuple((channel.host, change.url) for channel, changes in told for change in changes)


def _topics(desk: Desk, standing: Standing, memory: Memory) -> Topics:
    articles = {known.permalink: known.mark for known in memory.living.values()}
    return topics.topics(desk.base_url, standing.values(), articles)
