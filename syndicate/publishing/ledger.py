"""What stands in the output. Pure: text to values, values to text, plan against ledger.

Losing the ledger costs a full render; what it remembers of articles is recovered from the feeds (see ``recovery``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from syndicate.artifact import DIGEST, Artifact, File
from syndicate.findings import Finding
from syndicate.publishing.memory import Memory
from syndicate.report import Stale

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One artifact that was published: its file, what it was made of, what was remarked, and if it may change."""

    file: File
    fingerprint: str
    ingredients: Mapping[str, str]
    source: str = ""
    findings: tuple[Finding, ...] = ()
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that stands: artifacts by their planned path, and replaced files that are kept for a while.

    ``retained`` maps a path to the moment since which nothing points at it. ``articles`` maps permalinks to sources;
    ``memory`` is what readers know these articles by.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    retained: Mapping[str, datetime] = field(default_factory=dict)
    version: int = VERSION
    memory: Memory = field(default_factory=Memory)

    @property
    def standing(self) -> dict[str, File]:
        """The published files, by the artifact's path."""
        return {path: entry.file for path, entry in self.files.items()}


@dataclass(frozen=True, slots=True)
class Changes:
    """What a wave has to do, and what it need not."""

    stale: tuple[Stale, ...]
    fresh: tuple[Artifact, ...]


def compare(
    artifacts: Sequence[Artifact], files: Mapping[str, Entry], edition: str, present: Mapping[str, int]
) -> Changes:
    """Set a plan against the ledger. ``present`` maps the paths that are really there to their size in bytes."""
    judged = [(artifact, _reason(artifact, files.get(artifact.path), edition, present)) for artifact in artifacts]
    return Changes(
        tuple(Stale(artifact, reason) for artifact, reason in judged if reason),
        tuple(artifact for artifact, reason in judged if not reason),
    )


def orphans(ledger: Ledger, planned: Collection[str], failed: Collection[str]) -> tuple[str, ...]:
    """Ledger keys no plan wants any more, but for sealed files and those of sources that could not be read today."""
    return tuple(
        path
        for path, entry in sorted(ledger.files.items())
        if path not in planned and entry.source not in failed and not entry.sealed
    )


def expired(retained: Mapping[str, datetime], now: datetime, grace: timedelta) -> tuple[str, ...]:
    """Paths whose grace time is over."""
    return tuple(sorted(path for path, since in retained.items() if now - since >= grace))


def doomed(data: bytes | None) -> tuple[str, ...]:
    """Read what an interrupted publish was about to remove; nothing where that cannot be told."""
    try:
        return msgspec.json.decode(data or b"[]", type=tuple[str, ...])
    except msgspec.DecodeError:
        return ()


def shared(path: str) -> bool:
    """Whether people may have linked to a file by its digest, so that it stays for a grace time."""
    return DIGEST in path


def parse(data: bytes) -> Ledger | None:
    """Read a ledger; ``None`` for what is not one, or one of another version."""
    try:
        ledger = msgspec.json.decode(data, type=Ledger)
    except (msgspec.DecodeError, RecursionError):
        return None
    return ledger if ledger.version == VERSION else None


def dump(ledger: Ledger) -> bytes:
    """Write a ledger: sorted, one entry a line: two of them can be compared, and a large one is soon written."""
    written = bytearray(b'{"version":%d' % ledger.version)
    for name, entries in (("files", ledger.files), ("articles", ledger.articles), ("retained", ledger.retained)):
        _write(written, f',\n"{name}":', entries)
    _write(written, ',\n"memory":{"articles":', ledger.memory.articles)
    for name, value in (("deleted", ledger.memory.deleted), ("home", ledger.memory.home)):
        written += f',\n"{name}":'.encode() + _encoder.encode(value)
    written += b"}}\n"
    return bytes(written)


_encoder = msgspec.json.Encoder(order="deterministic")


def _write(written: bytearray, before: str, entries: Mapping[str, object]) -> None:
    """Append entries a line, one after the other: of a large site's, no second copy is made."""
    written += before.encode() + b"{"
    between = b"\n"
    for name in sorted(entries):
        written += between
        _encoder.encode_into(name, written, len(written))
        written += b":"
        _encoder.encode_into(entries[name], written, len(written))
        between = b",\n"
    written += b"\n}" if entries else b"}"


def _reason(artifact: Artifact, entry: Entry | None, edition: str, present: Mapping[str, int]) -> str:
    if entry is None:
        return "new"
    if entry.file.path not in present:
        return "its file is gone"
    if entry.sealed and artifact.seal:
        return ""
    if entry.fingerprint != artifact.fingerprint(edition):
        before, after = entry.ingredients, artifact.ingredients()
        changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        return f"changed: {', '.join(changed)}" if changed else "another edition of syndicate or of its libraries"
    return "" if present[entry.file.path] == entry.file.size else "its file was altered"
