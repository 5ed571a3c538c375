"""One build, from first to last: load, plan, publish.

The straight line, walked once, for every command that builds. The only place where the rooms meet; it decides nothing
that one of them could decide.
"""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from syndicate import announcing, certificate, loading, newsroom, plan, publishing
from syndicate.announcing import Desk
from syndicate.artifact import Read, text_of
from syndicate.edition import edition
from syndicate.engine import Render, adaptive, dask, inline, processes
from syndicate.errors import SettingsError
from syndicate.findings import Finding, ordered
from syndicate.loading import Loaded, bodies
from syndicate.loading.index import Index
from syndicate.loading.sources import Tree, reader
from syndicate.model import Site
from syndicate.publishing import Order, audience, generations, guards, memory, places, sharing
from syndicate.publishing.bucket import Bucket
from syndicate.publishing.content import Fetch
from syndicate.publishing.folder import Folder
from syndicate.publishing.ledger import Ledger
from syndicate.publishing.memory import Settled
from syndicate.publishing.places import Where
from syndicate.publishing.shards import Shard
from syndicate.report import Built, Options, Report, Seen
from syndicate.settings import Settings

Progress = Callable[[int, int], None]
Place = tuple[Where, Folder | Bucket]


@dataclass(frozen=True, slots=True)
class _Done:
    """One build, with what it was made from, and what is left to be done when its lock is let go."""

    built: Built
    desk: Desk
    tree: Tree
    moments: tuple[datetime, ...]


def build(options: Options, progress: Progress = lambda _done, _of: None) -> Built:
    """Publish the site, and once more when another build was asked for meanwhile.

    Raises ``SettingsError``, ``Busy``, ``Refusal`` or ``OutputError``; whatever else is wrong is a finding.
    """
    root = loading.root_of(options.site)
    tree = Tree(root)
    settings = loading.settings_of(root, tree)
    output = places.output_of(options.output, options.site, settings.output)
    store = places.opened(output)
    if options.shared:
        sharing.refuse_unsafe(output)
    else:
        places.refuse_foreign(store, root, settings.feeds.also)
    if options.dry_run or options.shard:
        return _once(options, tree, settings, (output, store), progress).built
    with places.held(store):
        generations.refuse_held(store)
        done = _once(options, tree, settings, (output, store), progress)
        while places.asked_again(store):
            tree = Tree(root)
            done = _once(options, tree, loading.settings_of(root, tree), (output, store), progress)
    # The lock is free: whoever is slow to answer keeps no other build waiting.
    told = () if options.offline else announcing.deliver(done.desk, options.now)
    if options.certifiable and not told and not any(waits for _, waits in announcing.waiting(done.desk)):
        _certify(options, done)
    return replace(done.built, findings=ordered([*done.built.findings, *told]))


def desk(options: Options) -> Desk:
    """Return where a site's announcements are kept, without publishing it. Raises ``SettingsError``."""
    tree = Tree(loading.root_of(options.site))
    settings = loading.settings_of(tree.root, tree)
    site = _load(options, tree, settings).site
    output = places.output_of(options.output, options.site, settings.output)
    return newsroom.desk(tree.root, output, settings, site, public=True)


def load(options: Options) -> Loaded:
    """Read the site without publishing it."""
    tree = Tree(loading.root_of(options.site))
    return _load(options, tree, loading.settings_of(tree.root, tree))


def as_published(options: Options) -> Site:
    """Read the site as it would be published over what stands: with the ids and dates that readers know."""
    tree = Tree(loading.root_of(options.site))
    settings = loading.settings_of(tree.root, tree)
    loaded = _load(options, tree, settings)
    output = places.output_of(options.output, options.site, settings.output)
    return _settled(options, settings, loaded, publishing.open_ledger(places.opened(output))).site


def _settled(
    options: Options, settings: Settings, loaded: Loaded, before: Ledger, fetch: Fetch | None = None
) -> Settled:
    return memory.settle(
        loaded.site,
        before.memory,
        options.now,
        failed=(*loaded.failed, *loaded.rest),
        fetch=fetch,
        tombstone_days=settings.feeds.tombstone_days,
    )


def _load(options: Options, tree: Tree, settings: Settings, *, drawn: bool = True) -> Loaded:
    built = Tree(loading.root_of(options.built)) if options.built else None
    if built:
        from syndicate.loading import rendered, unsourced  # noqa: PLC0415 -- all that reads pages, for who has them
    if built and options.pages:
        ours = sharing.ours(built.root, places.output_of(options.output, options.site, settings.output))
        return unsourced.load(built, settings, options.now, ours, base_url=options.base_url, future=options.future)
    loaded = loading.load(
        tree.root,
        settings,
        options.now,
        drafts=options.drafts,
        future=options.future,
        base_url=options.base_url,
        tree=tree,
        drawn=drawn,
    )
    if built is None:
        return loaded
    site, seen = rendered.site(loaded.site, built)
    return replace(loaded, site=site, findings=(*loaded.findings, *seen))


def _read(options: Options, tree: Tree, settings: Settings, index: Index) -> Loaded:
    """Read what is needed for a publish and not known from the last one."""
    return loading.load(
        tree.root,
        settings,
        options.now,
        drafts=options.drafts,
        future=options.future,
        base_url=options.base_url,
        tree=tree,
        index=index,
        shown=plan.shown(settings),
        listed=False,
        drawn=settings.cards.enabled,
    )


def _once(options: Options, tree: Tree, settings: Settings, place: Place, progress: Progress) -> _Done:
    """Build under the lock, with the index, if there is to be one."""
    remembers = options.certifiable and not options.dry_run
    index = Index(certificate.place_of(options, "db"), edition()) if remembers else None
    try:
        return _published(options, tree, settings, place, progress, index)
    finally:
        bodies.close()
        if index:
            index.close()


def _published(
    options: Options, tree: Tree, settings: Settings, place: Place, progress: Progress, index: Index | None
) -> _Done:
    read = reader(options.built if options.built and options.pages else tree.root, index.place if index else None)
    output, folder = place
    with _uncollected():
        loaded = (
            _read(options, tree, settings, index)
            if index
            else _load(options, tree, settings, drawn=settings.cards.enabled)
        )
        before = sharing.opened(folder) if options.shared else publishing.open_ledger(folder)
        settled = _settled(options, settings, loaded, before, lambda text: text_of(text, read))
    loaded = replace(loaded, site=replace(settled.site, shared=options.shared))
    occupied: list[Finding] = []
    waves = plan.waves(loaded.site)
    order = Order(
        waves=sharing.beside(waves, before, folder, occupied) if options.shared else waves,
        articles={article.permalink: article.source for article in settled.site.articles},
        failed=frozenset(loaded.failed),
        edition=edition(),
        now=options.now,
        grace=timedelta(days=settings.cards.grace_days),
        memory=settled.memory,
        tombstone_days=settings.feeds.tombstone_days,
        vault=places.vault(output, folder, tree.root, settings.generations),
        before=None if options.shared else before,
    )
    missing = {*loaded.failed, *loaded.rest}
    _refuse_wipe(before, settled.site, missing, settings.vanish_share, allowed=options.allow_empty)
    seen = _seen(options, settings, before, settled.site)
    desk = newsroom.desk(tree.root, output, settings, settled.site, public=options.public)
    remarks = [*loaded.findings, *settled.findings, *plan.review(loaded.site)]
    articles = len(loaded.site.articles) + len(loaded.rest)
    counted = Built(output, articles, loaded.skipped, Report(), ordered(remarks), seen=seen)
    if options.dry_run:
        report = publishing.preview(order, folder)
        foreseen = newsroom.foresee(desk, before, settled.memory, report)
        return _Done(replace(counted, report=report, foreseen=foreseen), desk, tree, ())
    render = _render(options, read)
    if options.shard:
        report = publishing.publish_share(Shard(*options.shard), order, folder, render, progress)
        findings = ordered([*remarks, *report.findings])
        return _Done(replace(counted, report=report, findings=findings), desk, tree, ())
    remarks += newsroom.begin(desk, before, options.now)
    report = publishing.publish(order, folder, render, progress)
    remarks += occupied
    told = newsroom.tell(desk, before, settled.memory, report, options.now)
    built = replace(counted, report=report, findings=ordered([*remarks, *report.findings, *told]))
    moments = (*([loaded.until] if loaded.until else []), *_moments(report, order))
    return _Done(built, desk, tree, moments)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nothing be searched for cycles meanwhile: what is loaded stays, and on a large site that takes long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _certify(options: Options, done: _Done) -> None:
    """Write down that all stands, if it does; what failed is tried again."""
    if not any(remark.code in {"render-failed", "outbox-unusable"} for remark in done.built.findings):
        paths = chain((file.path for file in done.built.report.standing.values()), done.built.report.retained)
        certificate.issue(options, done.tree.witness, done.built, paths, min(done.moments, default=None))


def _moments(report: Report, order: Order) -> Iterator[datetime]:
    """When what is retained goes, and what is remembered of deleted articles changes."""
    yield from (since + order.grace for since in report.retained.values())
    yield from memory.moments(order.memory, order.now, order.tombstone_days)


def _refuse_wipe(before: Ledger, site: Site, failed: Collection[str], share: float, *, allowed: bool) -> None:
    now = {article.id for article in site.articles}
    known = {name: entry.source for name, entry in before.memory.living.items()}
    if not known:
        # Built for nowhere yet: then the address may be another one, but the source is the same.
        known = dict(before.articles)
        sources = {article.source for article in site.articles}
        now = {article.permalink for article in site.articles} | {link for link, one in known.items() if one in sources}
    unread = {name for name, source in known.items() if source in failed}
    guards.refuse_wipe(known, now | unread, share, allowed=allowed)


def _seen(options: Options, settings: Settings, before: Ledger, site: Site) -> Seen:
    """Return what subscribers will see: nothing of a share of the cards. Raises ``Refusal`` where it is too much."""
    seen = Seen() if options.shard else audience.seen(site, before.memory)
    audience.refuse_updates(seen, settings.update_share, allowed=options.allow_updates)
    return seen


def _render(options: Options, read: Read) -> Render:
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
