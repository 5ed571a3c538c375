"""Where recipes are rendered: here, or in processes.

The one place of concurrency. An engine is a function from artifacts to pairs of artifact and outcome, in any order,
each exactly once; what goes wrong comes back as a value, so one bad file never stops the others. All engines give the
same bytes, because recipes hold all they depend on.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from syndicate.artifact import Artifact, Read, Rendered

SECONDS = 60.0
"""How long one file may take in a worker before it is given up."""
_WINDOW = 4
"""Pending tasks a worker: enough to keep it busy, few enough to keep memory flat."""
_WORTHWHILE = 24
"""Files below which starting workers (half a second each) costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be rendered, in one line."""

    cause: str


Outcome = Rendered | Failure
Outcomes = tuple[Outcome, ...]
Batch = tuple[Artifact, ...]
Render = Callable[[Sequence[Artifact]], Iterator[tuple[Artifact, Outcome]]]


def inline(read: Read) -> Render:
    """Render here, one after the other. If something hangs, put this in its place."""

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        for artifact in artifacts:
            yield artifact, attempt(artifact, read)

    return run


def processes(read: Read, jobs: int = 0, seconds: float = SECONDS) -> Render:
    """Render on this machine's cores: ``jobs`` workers (0: one a core), each file within ``seconds``.

    A worker that crashes, hangs or is killed costs its own file only.
    """

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        if not artifacts:
            return
        workers = min(jobs or cores(), len(artifacts))
        yield from _scatter(artifacts, read, workers, seconds)

    return run


def adaptive(read: Read, jobs: int = 0) -> Render:
    """Render inline what is little or light, in processes what is worth starting them for."""
    here, there = inline(read), processes(read, jobs)

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        heavy = sum(not artifact.points for artifact in artifacts)
        return (there if heavy >= _WORTHWHILE and (jobs or cores()) > 1 else here)(artifacts)

    return run


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def attempt(artifact: Artifact, read: Read) -> Outcome:
    """Render one artifact; never raises but for what stops the whole program."""
    try:
        return artifact.recipe.render(read)
    except Exception as error:  # noqa: BLE001 -- one bad artifact must not stop the others
        return Failure(_cause(error))


def _cause(error: BaseException) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def _scatter(
    artifacts: Sequence[Artifact], read: Read, workers: int, seconds: float
) -> Iterator[tuple[Artifact, Outcome]]:
    from pebble import ProcessPool  # noqa: PLC0415 -- costs 40 ms that a build with nothing to do need not pay

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    pool = ProcessPool(workers, initializer=_settle, initargs=(read,), context=context)
    try:
        yield from _windowed(pool, artifacts, workers * _WINDOW, seconds)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _windowed(
    pool: Any,  # noqa: ANN401 -- pebble is imported lazily
    artifacts: Sequence[Artifact],
    window: int,
    seconds: float,
) -> Iterator[tuple[Artifact, Outcome]]:
    pending: dict[Future[Outcomes], Batch] = {}
    waiting = deque(_batches(artifacts))
    while waiting or pending:
        while waiting and len(pending) < window:
            batch = waiting.popleft()
            pending[pool.schedule(_work, args=(batch,), timeout=seconds * len(batch))] = batch
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            batch = pending.pop(future)
            outcomes = _outcomes(future, batch, seconds)
            if isinstance(outcomes, Failure):
                waiting.extendleft((one,) for one in batch)  # which of them it was, each alone will tell
            else:
                yield from zip(batch, outcomes, strict=True)


def _batches(artifacts: Sequence[Artifact]) -> Iterator[Batch]:
    """Keep together what is made from one source: its cards share the picture that is decoded for the first."""
    for _, batch in groupby(artifacts, key=lambda one: one.source or one.path):
        yield tuple(batch)


def _outcomes(future: "Future[Outcomes]", batch: Batch, seconds: float) -> Outcomes | Failure:
    """Return what became of a batch; a failure where it is not known of which of several artifacts it is."""
    try:
        return future.result()
    except TimeoutError:
        failure = Failure(f"took longer than {seconds:g} seconds")
    except Exception as error:  # noqa: BLE001 -- a dead worker, a result that does not travel: one file's failure
        failure = Failure(_cause(error))
    return failure if len(batch) > 1 else (failure,)


_reads: list[Read] = []
"""The worker's own ``Read``, set once when it starts: sending it with every task would cost more than the task."""


def _settle(read: Read) -> None:
    _reads[:] = [read]


def _work(batch: Batch) -> Outcomes:
    return tuple(attempt(artifact, _reads[0]) for artifact in batch)
