"""A crew of copies of this process: each may crash, hang or eat memory at one piece of work, and costs only that.

A copy sees what this process sees, so that nothing is sent to it but the numbers of groups of work; what it made comes
back through a pipe of its own, as it is made. It has a limit of memory, an alarm for each piece, no open file or lock
of ours, and ends with this process. Where processes cannot be copied safely (other threads, other systems), there is no
crew, and who asks must do without.
"""

import ctypes
import gc
import mmap
import os
import pickle
import select
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeVar

from syndicate.engine.seam import Failure, cause

with suppress(ImportError):  # where they are not, there is no crew
    import fcntl
    import resource

T = TypeVar("T")
SECONDS = 60.0
"""How long one piece may take before it is given up."""
MEMORY = 540 << 20
"""Bytes of address space a copy may take beyond what it was born with; a card of 40 megapixels needs most of them."""
_HEAD, _NUMBER, _PLACE = struct.Struct("<BiQ"), struct.Struct("<i"), struct.Struct("<ii")
_MADE, _FAILED, _LEFT = range(3)
_NONE = -1
_AT_ONCE = 4096
"""Bytes that the system writes to a pipe whole or not at all."""
_PIPE = 1 << 20
_BUFFER = 256 << 10
"""Bytes of results that a hand gathers before it sends them."""
_PATIENCE = 8
"""How many hands may end while they are at nothing, before no more are hired."""
_F_SETPIPE_SZ, _PR_SET_PDEATHSIG = 1031, 1
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _PLENTY = -1, -3, 128 << 20
"""Of ``mallopt(3)``."""

Work = Callable[[int], bytes]
"""Do the piece of a number; what it raises is that piece's failure."""


def possible() -> bool:
    """Whether this process can be copied: only where nothing else runs in it."""
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: groups of pieces, each group by one hand and in its order; ``last`` is what a hand leaves."""

    groups: Sequence[Sequence[int]]
    work: Work
    last: Callable[[], bytes] | None = None
    seconds: float = SECONDS
    memory: int = MEMORY


def apart(work: Callable[[], T]) -> "T | Failure":
    """Do one thing in a copy, if there can be one; what it returns must travel (see ``pickle``)."""
    if not possible():
        try:
            return work()
        except Exception as error:  # noqa: BLE001 -- as in a copy
            return Failure(cause(error))
    made = dict(spread(Job(((0,),), lambda _: pickle.dumps(work())), 1))[0]
    return made if isinstance(made, Failure) else pickle.loads(made)  # noqa: S301 -- a copy of ours made it


def spread(job: Job, hands: int) -> Iterator[tuple[int, bytes | Failure]]:
    """Yield each piece with what became of it, in any order; with ``-1`` what each hand left, or why nothing."""
    if not job.groups:
        return
    crew = _Crew(job)
    try:
        for _ in range(min(hands, len(job.groups))):
            crew.hire(())
        yield from crew.outcomes()
    finally:
        crew.dismiss()


@cache
def keep_memory() -> None:
    """Let this process keep what it frees: else each picture has its memory anew from the system, page by page."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's
    if mallopt:
        mallopt(_M_TRIM_THRESHOLD, _PLENTY)
        mallopt(_M_MMAP_THRESHOLD, _PLENTY // 4)


class _Hand:
    """One copy, as this process sees it: where its results come from, what it was given at first, and where it is."""

    def __init__(self, process: int, results: int, given: Sequence[int], place: mmap.mmap) -> None:
        self.process, self.results, self.given, self.place = process, results, given, place
        self.buffer = bytearray()

    def where(self) -> tuple[int, int]:
        """The group and the piece that it was at last; ``-1`` for what it was given, and for none."""
        group, piece = _PLACE.unpack_from(self.place)
        return group, piece

    def frames(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield what has arrived whole."""
        start = 0
        while len(self.buffer) - start >= _HEAD.size:
            kind, number, length = _HEAD.unpack_from(self.buffer, start)
            end = start + _HEAD.size + length
            if len(self.buffer) < end:
                break
            yield kind, number, bytes(memoryview(self.buffer)[start + _HEAD.size : end])
            start = end
        del self.buffer[:start]


class _Crew:
    """All hands of a job, the pipe from which they take the numbers of groups, and what is not done yet."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.due = {piece for group in job.groups for piece in group}
        self.idle = 0
        self.hands: dict[int, _Hand] = {}
        self.waiting, self.desk = os.pipe2(os.O_CLOEXEC)
        os.set_blocking(self.desk, False)
        self.numbers = b"".join(map(_NUMBER.pack, range(len(job.groups))))
        self.offer()

    def hire(self, given: Sequence[int]) -> None:
        """Copy this process, to do what it is given and then what is waiting."""
        results, out = os.pipe2(os.O_CLOEXEC)
        with suppress(OSError):
            fcntl.fcntl(out, _F_SETPIPE_SZ, _PIPE)
        place = mmap.mmap(_NONE, mmap.PAGESIZE)  # of both processes: what is in it outlives either
        _PLACE.pack_into(place, 0, _NONE, _NONE)
        gc.freeze()
        process = os.fork()
        if process == 0:
            _serve(self.job, given, self.waiting, _Voice(out, place))
        gc.unfreeze()
        os.close(out)
        self.hands[results] = _Hand(process, results, given, place)

    def outcomes(self) -> Iterator[tuple[int, bytes | Failure]]:
        """Yield what comes from any hand, until all are gone."""
        while self.hands:
            self.offer()
            for hand in self.ready():
                data = os.read(hand.results, _PIPE)
                hand.buffer += data
                for kind, number, payload in hand.frames():
                    self.due.discard(number)
                    yield number, Failure(payload.decode()) if kind == _FAILED else payload
                if not data:
                    yield from self.gone(hand)
            if not self.hands and self.due and self.idle < _PATIENCE:
                self.hire(sorted(self.due))
        yield from ((piece, Failure("no worker could be started")) for piece in sorted(self.due))

    def dismiss(self) -> None:
        """End all that still work, and close what is open."""
        for hand in self.hands.values():
            with suppress(ProcessLookupError):
                os.kill(hand.process, signal.SIGKILL)
            os.waitpid(hand.process, 0)
            os.close(hand.results)
        self.hands.clear()
        os.close(self.waiting)
        if self.desk != _NONE:
            os.close(self.desk)

    def ready(self) -> list[_Hand]:
        """Wait until something has come from a hand, or numbers can be laid out."""
        poll = select.poll()
        for results in self.hands:
            poll.register(results, select.POLLIN)
        if self.desk != _NONE:
            poll.register(self.desk, select.POLLOUT)
        return [self.hands[number] for number, _ in poll.poll() if number in self.hands]

    def offer(self) -> None:
        """Lay out numbers of groups as there is room; the end of them is the end of the work."""
        with suppress(BlockingIOError):
            while self.numbers:
                self.numbers = self.numbers[os.write(self.desk, self.numbers[:_AT_ONCE]) :]
        if not self.numbers and self.desk != _NONE:
            os.close(self.desk)
            self.desk = _NONE

    def gone(self, hand: _Hand) -> Iterator[tuple[int, Failure]]:
        """Tell what a hand was at when it ended, and let another go on behind that."""
        del self.hands[hand.results]
        os.close(hand.results)
        _, status = os.waitpid(hand.process, 0)
        if status == 0:
            return
        failure = Failure(self._why(status))
        yield _NONE, failure
        group, piece = hand.where()
        if piece in self.due:
            self.due.discard(piece)
            yield piece, failure
        else:
            self.idle += 1
        if self.idle < _PATIENCE:
            given = hand.given if group == _NONE else self.job.groups[group]
            self.hire([piece for piece in given if piece in self.due])

    def _why(self, status: int) -> str:
        if not os.WIFSIGNALED(status):
            return f"its worker ended with {os.waitstatus_to_exitcode(status)}"
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return f"took longer than {self.job.seconds:g} seconds"
        return f"its worker died of {signal.Signals(number).name}"


class _Voice:
    """How a copy tells its original what it is at, at once, and what it has made, a little later."""

    def __init__(self, out: int, place: mmap.mmap) -> None:
        self.out, self._place = out, place
        self._told = bytearray()

    def at(self, group: int, piece: int) -> None:
        """Begin a piece."""
        _PLACE.pack_into(self._place, 0, group, piece)

    def say(self, kind: int, number: int, payload: bytes) -> None:
        """Tell what a piece came to."""
        self._told += _HEAD.pack(kind, number, len(payload))
        self._told += payload
        if len(self._told) >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        """Send what was told."""
        told = memoryview(bytes(self._told))
        while told:
            told = told[os.write(self.out, told) :]
        self._told.clear()


def _serve(job: Job, given: Sequence[int], waiting: int, voice: _Voice) -> NoReturn:
    """Work as a copy, and end, whatever happens: it must never go on with what its original does."""
    code = 1
    with suppress(BaseException):
        gc.enable()  # its original may have turned it off while it has no more than values
        _settle(job.memory, waiting, voice.out)
        _group(job, _NONE, given, voice)
        while taken := os.read(waiting, _NUMBER.size):
            number = _NUMBER.unpack(taken)[0]
            _group(job, number, job.groups[number], voice)
        if job.last:
            voice.say(_LEFT, _NONE, job.last())
            voice.flush()
        code = 0
    os._exit(code)


def _group(job: Job, group: int, pieces: Sequence[int], voice: _Voice) -> None:
    """Do the pieces of a group; once nothing is left of it to tell, it may be forgotten."""
    for piece in pieces:
        voice.at(group, piece)
        signal.setitimer(signal.ITIMER_REAL, job.seconds)
        try:
            kind, made = _MADE, job.work(piece)
        except Exception as error:  # noqa: BLE001 -- one bad piece must not stop the others
            kind, made = _FAILED, cause(error).encode("utf-8", "replace")
        signal.setitimer(signal.ITIMER_REAL, 0)
        voice.say(kind, piece, made)
    voice.flush()


def _settle(memory: int, *ours: int) -> None:
    """Die with the original, hold nothing that is its own, take no more memory than is allowed."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent != os.getppid():
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the original decides what an interruption ends
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    _let_go(*ours)
    keep_memory()
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + memory
    with suppress(OSError, ValueError):  # a lower one may stand
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _let_go(*ours: int) -> None:
    """Let go of locks and databases. Their numbers stay taken, for their old owners would close what got them next."""
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for number in [int(one.name) for one in Path("/proc/self/fd").iterdir()]:
        if number not in {nothing, *ours}:
            with suppress(OSError):
                os.dup2(nothing, number, inheritable=False)
