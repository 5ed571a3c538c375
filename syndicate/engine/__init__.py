"""Where recipes are rendered: here, in processes, on a cluster.

The one place of concurrency. An engine is a function from artifacts to pairs of artifact and outcome, in any order,
each exactly once; what goes wrong comes back as a value, so one bad file never stops the others. All engines give the
same bytes, because recipes hold all they depend on.
"""

import os
import pickle
from collections.abc import Iterator, Sequence
from itertools import accumulate

from syndicate.artifact import Artifact, Read
from syndicate.engine import crew
from syndicate.engine.scatter import batches
from syndicate.engine.seam import Failure, Outcome, Render, attempt
from syndicate.engine.workers import SECONDS, on_this_machine

__all__ = ["Failure", "Outcome", "Render", "adaptive", "attempt", "copies", "cores", "dask", "inline", "processes"]

_FEW = 24
"""Light files that are not worth a second copy of this process: it would load the same libraries once more."""
_MANY = 400
"""Light files, feeds and pages, from which on it is worth it for them, too."""
_WORTHWHILE = 24
"""Files below which starting workers (half a second each) costs more than it saves."""


def inline(read: Read) -> Render:
    """Render here, one after the other. If something hangs, put this in its place."""

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        for artifact in artifacts:
            yield artifact, attempt(artifact, read)

    return run


def processes(read: Read, jobs: int = 0, seconds: float = SECONDS) -> Render:
    """Render on this machine's cores: ``jobs`` workers (0: one a core), each file within ``seconds``.

    A worker that crashes, hangs, takes too much memory or is killed costs its own file only.
    """
    return on_this_machine(read, jobs or cores(), seconds)


def dask(read: Read, scheduler: str = "", jobs: int = 0) -> Render:
    """Render on a Dask cluster: that of ``scheduler``, or one of ``jobs`` workers started for this run."""
    from syndicate.engine.cluster import on_a_cluster  # noqa: PLC0415 -- most builds need none

    return on_a_cluster(read, scheduler, jobs or cores())


def copies(read: Read, jobs: int = 0, seconds: float = SECONDS) -> Render:
    """Render in copies of this process (see ``crew``): as safe as ``processes``, and begun in some milliseconds."""

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        groups = [*batches(artifacts)]
        flat = [artifact for group in groups for artifact in group]
        ends = [*accumulate(map(len, groups))]
        ranges = [range(end - len(group), end) for group, end in zip(groups, ends, strict=True)]
        job = crew.Job(ranges, lambda number: pickle.dumps(attempt(flat[number], read)), seconds=seconds)
        heavy = sum(not artifact.points for artifact in artifacts)
        for number, made in crew.spread(job, min(jobs or cores(), 1 + heavy // 2 + len(artifacts) // _FEW)):
            if number >= 0:
                yield flat[number], made if isinstance(made, Failure) else pickle.loads(made)  # noqa: S301 -- a copy of ours made it

    return run


def adaptive(read: Read, jobs: int = 0) -> Render:
    """Render in copies of this process; where it cannot be copied, in processes what is worth starting them for."""
    here, beside, there = inline(read), copies(read, jobs), processes(read, jobs)

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        if crew.possible():
            return beside(artifacts)
        heavy = sum(not artifact.points for artifact in artifacts)
        return (there if heavy >= _WORTHWHILE or len(artifacts) >= _MANY else here)(artifacts)

    return run


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
