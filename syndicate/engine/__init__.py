"""Where recipes are rendered: here, in processes, on a cluster.

The one place of concurrency. An engine is a function from artifacts to pairs of artifact and outcome, in any order,
each exactly once; what goes wrong comes back as a value, so one bad file never stops the others. All engines give the
same bytes, because recipes hold all they depend on.
"""

import os
from collections.abc import Iterator, Sequence

from syndicate.artifact import Artifact, Read
from syndicate.engine.seam import Failure, Outcome, Render, attempt
from syndicate.engine.workers import SECONDS, on_this_machine

__all__ = ["Failure", "Outcome", "Render", "adaptive", "attempt", "cores", "dask", "inline", "processes"]

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


def adaptive(read: Read, jobs: int = 0) -> Render:
    """Render inline what is little or light, in processes what is worth starting them for."""
    here, there = inline(read), processes(read, jobs)

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        heavy = sum(not artifact.points for artifact in artifacts)
        worth = heavy >= _WORTHWHILE or len(artifacts) >= _MANY
        return (there if worth and (jobs or cores()) > 1 else here)(artifacts)

    return run


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
