"""The faulty twin of ``syndicate.disk``: any one of its calls fails as a system can fail it, or is the last one."""

import errno
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from syndicate import disk

CALLS = (
    "open_file open_folder create keep read write sync sync_all close move remove make_folder remove_folder touch"
    " status own"
).split()
READING = frozenset({"open_file", "open_folder", "read", "status", "close"})
FAULTS = ("ENOSPC", "EIO", "EROFS", "EMFILE", "EXDEV", "EINTR", "EACCES", "EDQUOT", "short", "last")


class PowerCut(BaseException):
    """Nothing happens after it; nobody catches it."""


@dataclass
class Twin:
    """Counts calls; the one of a number fails. After a power cut none has an effect any more."""

    at: int = -1
    fault: str = ""
    calls: list[str] = field(default_factory=list)
    cut: bool = False

    def wrapped(self, name: str, call: Callable):
        def done(*arguments, **named):
            if self.cut and name != "close":
                raise PowerCut
            self.calls.append(name)
            if len(self.calls) - 1 != self.at:
                return call(*arguments, **named)
            return self.fail(name, call, arguments, named)

        return done

    def fail(self, name, call, arguments, named):
        if self.fault == "last":
            self.cut = True
            raise PowerCut
        if self.fault == "short":
            if name == "write":  # half of it, and then no more
                descriptor, data = arguments
                call(descriptor, bytes(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if name == "close":
            call(*arguments, **named)  # the system lets go of it all the same
        number = getattr(errno, self.fault)
        raise OSError(number, os.strerror(number))


@contextmanager
def twin(monkeypatch, at: int = -1, fault: str = ""):
    """Put the twin in the disk's place."""
    made = Twin(at, fault)
    with monkeypatch.context() as patched:
        for name in CALLS:
            patched.setattr(disk, name, made.wrapped(name, getattr(disk, name)))
        yield made
