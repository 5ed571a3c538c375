"""One build, from first to last: load, plan, publish.

The straight line, walked once, for every command that builds. The only place where the rooms meet; it decides nothing
that one of them could decide.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from syndicate import announcing, loading, newsroom, plan, publishing
from syndicate.announcing import Desk
from syndicate.edition import edition
from syndicate.engine import Render, adaptive, dask, inline, processes
from syndicate.errors import SettingsError
from syndicate.findings import Finding, Severity, ordered
from syndicate.loading import Loaded
from syndicate.loading.sources import reader
from syndicate.model import Site
from syndicate.publishing import Order, Report, guards, memory
from syndicate.publishing.folder import Folder
from syndicate.publishing.ledger import Ledger
from syndicate.settings import Settings

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person asked for. ``now`` decides what is still to come and how long replaced cards stay."""

    site: Path
    now: datetime
    output: Path | None = None
    base_url: str = ""
    engine: str = ""
    scheduler: str = ""
    jobs: int = 0
    drafts: bool = False
    future: bool = False
    allow_empty: bool = False
    dry_run: bool = False
    offline: bool = False

    @property
    def public(self) -> bool:
        """Whether what is built is for everybody, so that the world may be told."""
        return not (self.drafts or self.future)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it: where it stands, what was loaded, what was done, and every remark in order.

    ``desk`` is where it is announced from; ``foreseen`` are, of a dry run, hosts and what they would be told.
    """

    output: Path
    loaded: Loaded
    report: Report
    desk: Desk
    findings: tuple[Finding, ...] = field(default=())
    foreseen: tuple[tuple[str, str], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something was not published that should have been."""
        return any(remark.severity is Severity.ERROR for remark in self.findings)


def build(options: Options, progress: Progress = lambda _done, _of: None) -> Built:
    """Publish the site, and once more when another build was asked for meanwhile.

    Raises ``SettingsError``, ``Busy``, ``Refusal`` or ``OutputError``; whatever else is wrong is a finding.
    """
    root = loading.root_of(options.site)
    settings = loading.settings_of(root)
    output = options.output or options.site / (settings.output or "output")
    guards.refuse_foreign(output, root)
    if options.dry_run:
        return _once(options, root, settings, output, progress)
    with guards.only_one(output):
        built = _once(options, root, settings, output, progress)
        while guards.asked_again(output):
            built = _once(options, root, loading.settings_of(root), output, progress)
    # The lock is free: whoever is slow to answer keeps no other build waiting.
    told = () if options.offline else announcing.deliver(built.desk, options.now)
    return replace(built, findings=ordered([*built.findings, *told]))


def desk(options: Options) -> Desk:
    """Return where a site's announcements are kept, without publishing it. Raises ``SettingsError``."""
    root = loading.root_of(options.site)
    settings = loading.settings_of(root)
    site = _load(options, root, settings).site
    output = options.output or options.site / (settings.output or "output")
    return newsroom.desk(root, output, settings, site, public=True)


def load(options: Options) -> Loaded:
    """Read the site without publishing it."""
    root = loading.root_of(options.site)
    return _load(options, root, loading.settings_of(root))


def _load(options: Options, root: Path, settings: Settings) -> Loaded:
    return loading.load(
        root, settings, options.now, drafts=options.drafts, future=options.future, base_url=options.base_url
    )


def _once(options: Options, root: Path, settings: Settings, output: Path, progress: Progress) -> Built:
    loaded = _load(options, root, settings)
    folder = Folder(output)
    before = publishing.open_ledger(folder)
    settled = memory.settle(
        loaded.site,
        before.memory,
        options.now,
        failed=loaded.failed,
        tombstone_days=settings.feeds.tombstone_days,
    )
    loaded = replace(loaded, site=settled.site)
    order = Order(
        waves=plan.waves(settled.site),
        articles={article.permalink: article.source for article in settled.site.articles},
        failed=frozenset(loaded.failed),
        edition=edition(),
        now=options.now,
        grace=timedelta(days=settings.cards.grace_days),
        memory=settled.memory,
    )
    _refuse_wipe(before, settled.site, order.failed, allowed=options.allow_empty)
    desk = newsroom.desk(root, output, settings, settled.site, public=options.public)
    remarks = [*loaded.findings, *settled.findings, *plan.review(loaded.site)]
    if options.dry_run:
        report = publishing.preview(order, folder)
        foreseen = newsroom.foresee(desk, before, settled.memory, report)
        return Built(output, loaded, report, desk, ordered(remarks), foreseen)
    report = publishing.publish(order, folder, _render(options, root), progress)
    told = newsroom.tell(desk, before, settled.memory, report, options.now)
    return Built(output, loaded, report, desk, ordered([*remarks, *report.findings, *told]))


def _refuse_wipe(before: Ledger, site: Site, failed: Collection[str], *, allowed: bool) -> None:
    now = {article.id for article in site.articles}
    known = {name: entry.source for name, entry in before.memory.living.items()}
    if not known:
        # Built for nowhere yet: then the address may be another one, but the source is the same.
        known = dict(before.articles)
        sources = {article.source for article in site.articles}
        now = {article.permalink for article in site.articles} | {link for link, one in known.items() if one in sources}
    unread = {name for name, source in known.items() if source in failed}
    guards.refuse_wipe(known, now | unread, allowed=allowed)


def _render(options: Options, root: Path) -> Render:
    read = reader(root)
    match options.engine:
        case "":
            return adaptive(read, options.jobs)
        case "inline":
            return inline(read)
        case "processes":
            return processes(read, options.jobs)
        case "dask":
            return dask(read, options.scheduler, options.jobs)
        case other:
            raise SettingsError(f"--engine: unknown engine {other!r}", "Take inline, processes or dask.")
