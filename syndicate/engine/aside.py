"""A second pair of hands for what is too light to be sent anywhere: a copy of this process does a share beside it.

Where processes cannot be copied safely (other threads, other systems), there is none, and all is done here.
"""

import gc
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO

_LENGTH = 4


def possible() -> bool:
    """Whether this process can be copied: only where nothing else runs in it."""
    return sys.platform == "linux" and threading.active_count() == 1


class Aside:
    """A copy of this process that does some work and leaves its results in a file, so that neither waits."""

    def __init__(self, work: Callable[[], Iterator[bytes]]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the results
        gc.freeze()
        self._process = os.fork()
        if self._process == 0:
            _work(work, self._file)
        gc.unfreeze()

    def results(self) -> Iterator[bytes]:
        """Wait for the copy and yield what it made: all, or what it had made when it ended too soon."""
        with self._file as file:
            os.waitpid(self._process, 0)
            file.seek(0)
            while len(head := file.read(_LENGTH)) == _LENGTH:
                piece = file.read(int.from_bytes(head, "big"))
                if len(piece) == int.from_bytes(head, "big"):
                    yield piece


def _work(work: Callable[[], Iterator[bytes]], file: IO[bytes]) -> None:
    """Do the work and end, whatever happens: the copy must never go on with what its original does."""
    with suppress(BaseException):
        for piece in work():
            file.write(len(piece).to_bytes(_LENGTH, "big") + piece)
        file.flush()
    os._exit(0)
