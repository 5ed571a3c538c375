"""Many batches over few workers: a bounded window of pending work, and each artifact back exactly once.

Which file of a batch killed its worker nobody can tell from outside; so the files of a batch that failed as a whole are
sent once more, each alone.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import groupby

from syndicate.artifact import Artifact
from syndicate.engine.seam import Batch, Failure, Outcome, Outcomes, cause

Submit = Callable[[Batch], "Future[Outcomes]"]
"""Send a batch to a worker."""
WINDOW = 4
"""Pending batches a worker: enough to keep it busy, few enough to keep memory flat."""
_LIGHT = 16
"""Files of a millisecond that make a batch worth the way to a worker (two or three milliseconds on a cluster)."""


def scatter(
    artifacts: Sequence[Artifact], submit: Submit, window: int, seconds: float, least: int = 1
) -> Iterator[tuple[Artifact, Outcome]]:
    """Yield every artifact with its outcome; at most ``window`` batches are under way at any time.

    A batch has at least ``least`` files, where there are so many. When for ``seconds`` times the window nothing at all
    comes back, what is under way is given up.
    """
    pending: dict[Future[Outcomes], Batch] = {}
    waiting = deque(batches(artifacts, least))
    while waiting or pending:
        while waiting and len(pending) < window:
            batch = waiting.popleft()
            pending[submit(batch)] = batch
        done = wait(pending, timeout=seconds * window, return_when=FIRST_COMPLETED).done
        for future in done or tuple(pending):
            batch = pending.pop(future)
            outcomes = _outcomes(future, batch, seconds) if done else _given_up(future)
            if isinstance(outcomes, Failure) and len(batch) > 1:
                waiting.extendleft((one,) for one in batch)
            elif isinstance(outcomes, Failure):
                yield batch[0], outcomes
            else:
                yield from zip(batch, outcomes, strict=True)


def batches(artifacts: Sequence[Artifact], least: int = 1) -> Iterator[Batch]:
    """Keep together what is made from one source, as its cards share a decoded picture; bundle what is light."""
    gathered: list[Artifact] = []
    for (_, light), group in groupby(artifacts, key=lambda one: (one.source or one.path, one.points)):
        if not light:
            gathered += group
        if len(gathered) >= least:
            yield tuple(gathered)
            gathered = []
    if gathered:
        yield tuple(gathered)
    pointers = [one for one in artifacts if one.points]
    for start in range(0, len(pointers), _LIGHT):
        yield tuple(pointers[start : start + _LIGHT])


def _outcomes(future: "Future[Outcomes]", batch: Batch, seconds: float) -> Outcomes | Failure:
    """Return what became of a batch, or why nothing did."""
    try:
        return future.result()
    except TimeoutError:
        return Failure(f"took longer than {seconds * len(batch):g} seconds")
    except Exception as error:  # noqa: BLE001 -- a dead worker, a result that does not travel: one file's failure
        return Failure(cause(error))


def _given_up(future: "Future[Outcomes]") -> Failure:
    future.cancel()
    return Failure("no worker answered")
