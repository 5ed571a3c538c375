"""Put rendered files where they are served: ledger, order, lock, folder or object store.

Objects are committed before what points at them, then the ledger says so, then orphans go; shared cards among them
keep a grace time. A reader never meets a link to a file that is not there, and a crash at any instant leaves the old or
the new state of every file, and a next build that heals it.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from syndicate.addresses import DOOMED, LEDGER
from syndicate.artifact import DIGEST, Artifact, File, Rendered, Wave, digest_of
from syndicate.engine import Outcome, Render
from syndicate.findings import Finding, finding, ordered
from syndicate.publishing import ledger as books
from syndicate.publishing import shards
from syndicate.publishing.generations import Vault
from syndicate.publishing.ledger import Changes, Entry, Ledger
from syndicate.publishing.memory import Memory
from syndicate.publishing.recovery import recovered
from syndicate.publishing.shards import Shard
from syndicate.publishing.store import Store
from syndicate.report import Report, Stale

_JSON = "application/json"
DIGITS = 16
"""Hexadecimal digits of a digest in a file's name: 64 bits, within one article and outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to publish. ``failed`` are sources that could not be read today; what they published before stays.

    ``articles`` maps permalinks to sources, ``memory`` is what readers will know them by; ``now`` is only used for
    grace times, never for content. ``vault`` is where what is replaced is kept, ``before`` the ledger, if it has been
    read.
    """

    waves: Sequence[Wave]
    articles: dict[str, str]
    failed: Collection[str]
    edition: str
    now: datetime
    grace: timedelta
    memory: Memory = field(default_factory=Memory)
    tombstone_days: int = 30
    vault: Vault | None = None
    before: Ledger | None = None


def open_ledger(folder: Store) -> Ledger:
    """Read what stands; where there is no ledger or it cannot be read, an empty one with what the feeds remember."""
    data = folder.bytes_of(LEDGER)
    return (books.parse(data) if data else None) or Ledger(memory=recovered(folder.bytes_of))


def publish(order: Order, folder: Store, render: Render, progress: Callable[[int, int], None]) -> Report:
    """Make the output agree with the plan. Twice in a row, the second time touches nothing.

    ``progress`` is told how many of how many files of a wave are done. Raises ``OutputError`` when the folder cannot be
    written; what stood before then still stands.
    """
    run = _Run(order, folder, render, progress)
    try:
        run.heal()
        run.take_up()
        run.promise()
        for wave in order.waves:
            run.wave(wave)
        run.close()
    except BaseException:
        folder.discard()
        raise
    return run.report()


def publish_share(
    shard: Shard, order: Order, folder: Store, render: Render, progress: Callable[[int, int], None]
) -> Report:
    """Render one machine's share of the objects into the output, for the build that comes after all of them.

    Several may run at once: nothing points at what they make, and each leaves a note of its own.
    """
    run = _Run(order, folder, render, progress)
    try:
        run.wave(lambda standing: shard.of_all(order.waves[0](standing)))
        mine = {path: entry for path, entry in run.files.items() if path in run.planned}
        shards.leave(shard, mine, folder)
    except BaseException:
        folder.discard()
        raise
    return run.report()


def preview(order: Order, folder: Store) -> Report:
    """Say what ``publish`` would do, without rendering or writing.

    What points at cards is compared with the cards that stand: a card that changes will change them too.
    """
    standing = open_ledger(folder)
    stale: list[Stale] = []
    planned: set[str] = set()
    fresh = 0
    for wave in order.waves:
        artifacts = wave(standing.standing)
        changes = _compare(
            artifacts, {**standing.files, **_found_sealed(artifacts, standing.files, folder)}, order.edition, folder
        )
        planned |= {artifact.path for artifact in artifacts}
        stale += changes.stale
        fresh += len(changes.fresh)
    gone = books.orphans(standing, planned, order.failed)
    removed = tuple(standing.files[path].file.path for path in gone if not books.shared(path))
    return Report(0, (), fresh, removed, (), tuple(stale))


class _Run:
    """One publish under way: the only mutable thing of the room, gone when it is over."""

    def __init__(self, order: Order, folder: Store, render: Render, progress: Callable[[int, int], None]) -> None:
        self.order, self.folder, self.render, self.progress = order, folder, render, progress
        self.before = order.before or open_ledger(folder)
        self.files: dict[str, Entry] = dict(self.before.files)
        self.retained = dict(self.before.retained)
        self.planned: set[str] = set()
        self.stale: list[Stale] = []
        self.written: list[str] = []
        self.removed: list[str] = []
        self.notes: list[str] = []
        self.failed: dict[tuple[str, str], list[str]] = {}

    def heal(self) -> None:
        """Clear away what an interrupted publish left: drafts, what it was about to remove, cards that nobody knows."""
        if not self.folder.interrupted():
            return
        self.folder.sweep()
        if (left := self.folder.bytes_of(DOOMED)) is not None:
            self.notes.append(DOOMED)
            self.removed += books.doomed(left)
        known = {entry.file.path for entry in self.files.values()} | self.retained.keys()
        cards = (path for place in ("cards", "gallery/thumbs") for path in self.folder.walk(place))
        self.retained |= {path: self.order.now for path in cards if path not in known}

    def take_up(self) -> None:
        """Make the notes of shares part of what is known; they go when the ledger says what stands."""
        for path, files in shards.notes(self.folder):
            self.notes.append(path)
            for name, entry in files.items():
                self._supersede(name, entry.file.path)
                self.files[name] = entry

    def promise(self) -> None:
        """Let the ledger say which archives are closed before the first of them stands.

        Else, after a crash, the next build could close the same document over other articles.
        """
        if self.order.memory.volumes > self.before.memory.volumes:
            self.folder.put(LEDGER, books.dump(replace(self.before, memory=self.order.memory)), _JSON)
            self.folder.commit()

    def wave(self, wave: Wave) -> None:
        """Render what is stale of one wave and bring it into force."""
        artifacts = wave({path: entry.file for path, entry in self.files.items()})
        self.planned |= {artifact.path for artifact in artifacts}
        self.files |= _found_sealed(artifacts, self.files, self.folder)
        changes = _compare(artifacts, self.files, self.order.edition, self.folder)
        self.stale += changes.stale
        stale = [change.artifact for change in changes.stale]
        for done, (artifact, outcome) in enumerate(self.render(stale), 1):
            self._take(artifact, outcome)
            self.progress(done, len(stale))
        self.folder.commit()

    def close(self) -> None:
        """Let the ledger say what stands, then let orphans go."""
        self._retire()
        current = {entry.file.path for entry in self.files.values()}
        # A clock that ran ahead and was set right would else keep what it retired for as long as it ran ahead.
        kept = {path: min(since, self.order.now) for path, since in self.retained.items()}
        self.retained = {path: since for path, since in kept.items() if path not in current}
        over = books.expired(self.retained, self.order.now, self.order.grace)
        doomed = [*self.removed, *over]
        self.retained = {path: since for path, since in self.retained.items() if path not in over}
        self.removed = [path for path in dict.fromkeys(doomed) if path not in current]
        self._doom()
        self._write_ledger()
        for path in dict.fromkeys((*self.removed, *self.notes)):
            self.folder.remove(path)
        if self.order.vault and self.before.files and (self.written or self.removed):
            self.order.vault.close(self.before, self.order.now)
        self.folder.finish()

    def report(self) -> Report:
        """What was done."""
        remarks = [remark for path in self.planned if path in self.files for remark in self.files[path].findings]
        return Report(
            rendered=len(self.stale),
            written=tuple(sorted(self.written)),
            unchanged=len(self.planned) - len(self.written) - sum(map(len, self.failed.values())),
            removed=tuple(sorted(self.removed)),
            findings=ordered([*self._failures(), *shards.missing(self.notes), *remarks]),
            stale=tuple(self.stale),
            standing={path: entry.file for path, entry in self.files.items()},
            retained=self.retained,
        )

    def _failures(self) -> Iterator[Finding]:
        """Say once of each source what keeps its files from being made, however many they are."""
        for (where, cause), paths in self.failed.items():
            more = f" (and {len(paths) - 1} more)" if paths[1:] else ""
            yield finding("render-failed", where, f"{min(paths)}{more} could not be rendered: {cause}")

    def _take(self, artifact: Artifact, outcome: Outcome) -> None:
        if not isinstance(outcome, Rendered):
            self.failed.setdefault((artifact.source or artifact.path, outcome.cause), []).append(artifact.path)
            return
        digest = digest_of(outcome.data)
        path = artifact.path.replace(DIGEST, digest[:DIGITS])
        self._keep(artifact.path, digest)
        if self.folder.put(path, outcome.data, artifact.media_type):
            self.written.append(path)
        self._supersede(artifact.path, path)
        self.files[artifact.path] = Entry(
            File(path, artifact.media_type, digest, len(outcome.data), outcome.facts or {}),
            artifact.fingerprint(self.order.edition),
            artifact.ingredients(),
            artifact.source,
            outcome.findings,
            bool(artifact.seal),
        )

    def _keep(self, name: str, digest: str = "") -> None:
        """Keep the bytes that a file has before it gets others, or none; cards stay anyway, for their grace time."""
        before = self.before.files.get(name)
        if self.order.vault and before and before.file.digest != digest and not books.shared(name):
            self.order.vault.keep(self.folder.bytes_of(before.file.path), before.file.digest)

    def _supersede(self, name: str, path: str) -> None:
        before = self.files.get(name)
        if before and before.file.path != path:
            self.retained[before.file.path] = self.order.now

    def _retire(self) -> None:
        for name in books.orphans(replace(self.before, files=self.files), self.planned, self.order.failed):
            path = self.files.pop(name).file.path
            if books.shared(name):
                self.retained[path] = self.order.now
            else:
                self._keep(name)
                self.removed.append(path)

    def _doom(self) -> None:
        """Write down what will go, for the next publish to finish: once the ledger stands, it does not know these."""
        if self.removed:
            self.notes.append(DOOMED)
            self.folder.put(DOOMED, json.dumps(self.removed).encode(), _JSON)
            self.folder.commit()

    def _write_ledger(self) -> None:
        kept = {link: source for link, source in self.before.articles.items() if source in self.order.failed}
        articles = {**kept, **self.order.articles}
        ledger = Ledger(self.files, articles, self.retained, memory=self.order.memory)
        self.folder.put(LEDGER, books.dump(ledger), _JSON)
        self.folder.commit()


def _compare(artifacts: Sequence[Artifact], files: Mapping[str, Entry], edition: str, folder: Store) -> Changes:
    known = [files[artifact.path].file.path for artifact in artifacts if artifact.path in files]
    return books.compare(artifacts, files, edition, folder.sizes(known))


def _found_sealed(artifacts: Sequence[Artifact], files: Mapping[str, Entry], folder: Store) -> dict[str, Entry]:
    """Return entries for sealed files that stand although the ledger does not know it: it was lost, or we were."""
    found: dict[str, Entry] = {}
    for artifact in artifacts:
        known = files.get(artifact.path)
        data = folder.bytes_of(artifact.path) if artifact.seal and not (known and known.sealed) else None
        if data and artifact.seal.encode() in data:
            file = File(artifact.path, artifact.media_type, digest_of(data), len(data), {})
            found[artifact.path] = Entry(file, "", {}, sealed=True)
    return found
