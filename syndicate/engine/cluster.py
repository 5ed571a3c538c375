"""Workers of a Dask cluster: batches go there with all they read, so that machines need to share no disk.

What several batches read (fonts) is sent once and kept by the cluster; what only one reads (its pictures) goes with it.
A worker that dies loses nothing: the cluster gives its batches to others.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any

from syndicate.artifact import Artifact, Asset, Read
from syndicate.edition import edition
from syndicate.engine.crew import keep_memory
from syndicate.engine.scatter import WINDOW, scatter
from syndicate.engine.seam import Batch, Failure, Outcome, Outcomes, Render, attempt, cause
from syndicate.errors import SettingsError
from syndicate.secrecy import names_user

SECONDS = 60.0
_KEPT = 64
"""Assets that the cluster keeps at hand: some more than the fonts of a site."""
_LEAST = 4
"""Files in a batch: some hundred milliseconds, so that the two or three of the way there are few percent of them."""
_PATIENCE = "10s"
"""How long the scheduler may take to answer."""


def on_a_cluster(read: Read, scheduler: str, workers: int, seconds: float = SECONDS) -> Render:
    """Render on the cluster of a scheduler (``tcp://host:8786``), or on one of ``workers`` processes started here.

    Raises ``SettingsError`` when rendering begins and the scheduler does not answer or Dask is not installed.
    """

    def run(artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Outcome]]:
        if not artifacts:
            return
        with ExitStack() as stack:
            client = _connected(stack, scheduler, min(workers, len(artifacts)))
            hands = max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
            yield from scatter(artifacts, _Courier(client, read).send, hands * WINDOW, seconds, _LEAST)

    return run


def _connected(stack: ExitStack, scheduler: str, workers: int) -> Any:  # noqa: ANN401 -- Dask is imported lazily
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 -- an extra
    except ImportError:
        cure = 'pip install "syndicate-cards[dask]"'
        raise SettingsError("--engine dask: Dask is not installed", f"Install it: {cure}.") from None
    if names_user(scheduler):
        raise SettingsError("--scheduler: an address holds no credentials", "Name it as tcp://host:8786.")
    try:
        where = scheduler or stack.enter_context(
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
            )
        )
        return stack.enter_context(Client(where, timeout=_PATIENCE, set_as_default=False))  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:  # a scheduler that does not answer is a TimeoutError, which is an OSError
        message = f"--scheduler: {scheduler!r} does not answer: {cause(error)}"
        raise SettingsError(message, "Start it, or name another as tcp://host:8786.") from None


class _Courier:
    """Sends batches, and before them what they read and the cluster does not have yet."""

    def __init__(self, client: Any, read: Read) -> None:  # noqa: ANN401
        self._client, self._read = client, read
        self._executor = client.get_executor(pure=False)
        self._sent: OrderedDict[Asset, Any] = OrderedDict()
        self._met: set[Asset] = set()

    def send(self, batch: Batch) -> "Future[Outcomes]":
        try:
            sent = {asset: self._at_hand(asset) for asset in dict.fromkeys(_assets(batch))}
        except Exception as error:  # noqa: BLE001 -- a picture that is gone costs its own cards
            failed: Future[Outcomes] = Future()
            failed.set_result((Failure(cause(error)),) * len(batch))
            return failed
        future: Future[Outcomes] = self._executor.submit(_work, batch, edition(), list(sent), list(sent.values()))
        return future

    def _at_hand(self, asset: Asset) -> Any:  # noqa: ANN401
        if asset not in self._met:
            self._met.add(asset)
            return self._read(asset)
        if asset not in self._sent:
            self._sent[asset] = self._client.scatter(self._read(asset), hash=True)
        self._sent.move_to_end(asset)
        while len(self._sent) > _KEPT:
            self._sent.popitem(last=False)  # the cluster forgets it when no batch waits for it any more
        return self._sent[asset]


def _assets(value: object) -> Iterator[Asset]:
    """Yield every file that a recipe, or anything in it, may read."""
    if isinstance(value, Asset):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _assets(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _assets(getattr(value, field.name))


_alone = Lock()
"""A worker may have several threads; our typefaces and the pictures at hand are of one."""


def _work(batch: Batch, ours: str, assets: list[Asset], contents: list[bytes]) -> Outcomes:
    if edition() != ours:
        return (Failure("the worker runs another edition of syndicate or of its libraries"),) * len(batch)
    at_hand = dict(zip(assets, contents, strict=True))
    keep_memory()
    with _alone:
        return tuple(attempt(artifact, at_hand.__getitem__) for artifact in batch)
