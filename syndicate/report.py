"""What was asked of a build, and what came of it.

Light, because a build that finds a certificate (see there) imports nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicate.artifact import Artifact, Standing
from syndicate.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person asked for. ``now`` decides what is still to come and how long replaced cards stay.

    ``output`` is a folder, or the address of an object store; ``shard`` is which share of how many is to be made.
    ``built`` is the site as its generator built it: bodies are taken from its pages, or with ``pages`` all that is said
    of the articles. ``shared`` says that the output also holds the site's own files.
    """

    site: Path
    now: datetime
    output: Path | str | None = None
    base_url: str = ""
    engine: str = ""
    scheduler: str = ""
    jobs: int = 0
    drafts: bool = False
    future: bool = False
    allow_empty: bool = False
    allow_updates: bool = False
    dry_run: bool = False
    offline: bool = False
    shard: tuple[int, int] | None = None
    built: Path | None = None
    pages: bool = False
    shared: bool = False

    @property
    def certifiable(self) -> bool:
        """Whether all that decides on the result is in the site itself, so that a certificate can tell of it."""
        return not (self.built or self.shared or self.shard)

    @property
    def public(self) -> bool:
        """Whether what is built is for everybody, so that the world may be told."""
        return not (self.drafts or self.future)


@dataclass(frozen=True, slots=True)
class Stale:
    """An artifact that has to be rendered, and why."""

    artifact: Artifact
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, or with ``preview`` what would be.

    ``standing`` is what stands now, ``retained`` what is kept for a while, and since when.
    """

    rendered: int = 0
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    stale: tuple[Stale, ...] = ()
    standing: Standing = field(default_factory=dict)
    retained: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What subscribers see of a publish: permalinks of entries that are new, old ones that seem new, changed ones.

    ``shown`` is how many entries the feeds show at all, where anything is to be said.
    """

    shown: int = 0
    new: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: where it stands, how many articles, what was done, and every remark in order.

    ``foreseen`` are, of a dry run, hosts and what they would be told; ``seen`` is what subscribers see.
    """

    output: Path | str
    articles: int
    skipped: int
    report: Report
    findings: tuple[Finding, ...] = ()
    foreseen: tuple[tuple[str, str], ...] = ()
    seen: Seen = Seen()

    @property
    def failed(self) -> bool:
        """Whether something was not published that should have been."""
        return any(remark.severity is Severity.ERROR for remark in self.findings)
