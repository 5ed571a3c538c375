"""Workers on this machine: processes that may crash, hang or eat memory, and cost only the file they were at."""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from syndicate.artifact import Artifact, Read
from syndicate.engine.scatter import WINDOW, scatter
from syndicate.engine.seam import Batch, Outcome, Outcomes, Render, attempt

if TYPE_CHECKING:
    from pebble import ProcessPool

SECONDS = 60.0
"""How long one file may take before it is given up."""
MEMORY = 1 << 30
"""Bytes of address space a worker may have; a card of a picture of 40 megapixels needs half of them."""
_GRACE = 10.0
"""Seconds after which a worker that is over time ends itself: the program that should have ended it is gone."""


def on_this_machine(read: Read, workers: int, seconds: float = SECONDS, memory: int = MEMORY) -> Render:
    """Render in ``workers`` processes, each file within ``seconds`` and ``memory``."""

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        if artifacts:
            yield from _pooled(artifacts, read, min(workers, len(artifacts)), seconds, memory)

    return run


def _pooled(
    artifacts: Sequence[Artifact], read: Read, workers: int, seconds: float, memory: int
) -> Iterator[tuple[Artifact, Outcome]]:
    pool = _pool(read, workers, memory)

    def submit(batch: Batch) -> "Future[Outcomes]":
        limit = seconds * len(batch)
        return pool.schedule(_work, args=(batch, limit + _GRACE), timeout=limit)

    try:
        yield from scatter(artifacts, submit, workers * WINDOW, seconds)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _pool(read: Read, workers: int, memory: int) -> "ProcessPool":
    from pebble import ProcessPool  # noqa: PLC0415 -- costs 40 ms that a build with nothing to do need not pay

    methods = multiprocessing.get_all_start_methods()
    # Forked from a clean server, a worker holds neither our lock nor our open files.
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPool(workers, initializer=_settle, initargs=(read, memory), context=context)


class Standing:
    """A worker that stays, for one who draws the same card again and again: what it opened once, it has at hand.

    If it crashes, hangs beyond ``seconds`` or takes too much memory, another takes its place.
    """

    def __init__(self, read: Read, seconds: float, memory: int = MEMORY) -> None:
        self._pool, self._seconds = _pool(read, 1, memory), seconds

    def draw(self, artifact: Artifact) -> "Future[Outcomes]":
        """Begin one artifact; the future holds its outcome alone, or the exception that its worker died of."""
        return self._pool.schedule(_work, args=((artifact,), self._seconds + _GRACE), timeout=self._seconds)

    def close(self) -> None:
        """Let go of the worker, whatever it is at."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


_reads: list[Read] = []
"""The worker's own ``Read``, set once when it starts: sending it with every task would cost more than the task."""


def _settle(read: Read, memory: int) -> None:
    _reads[:] = [read]
    with suppress(ImportError, OSError, ValueError):  # not every system has such limits, and a lower one may stand
        import resource  # noqa: PLC0415 -- only on Unix

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _work(batch: Batch, limit: float) -> Outcomes:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        return tuple(attempt(artifact, _reads[0]) for artifact in batch)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
