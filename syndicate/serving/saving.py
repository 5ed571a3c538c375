"""A source written over for its author: inside the site, through no link, whole or not at all, and only as it was seen.

Every folder on the way is opened without following links and held open, so that nothing can be put in its place.
"""

import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from syndicate import disk

_MOST = 2 << 20


class Unsaved(Exception):  # noqa: N818 -- what became of it
    """Nothing was written; the message says why."""


class Changed(Unsaved):
    """The file is no longer the one that was seen."""

    def __init__(self, now: bytes) -> None:
        super().__init__("the file was changed meanwhile")
        self.now = now


def seen(data: bytes) -> str:
    """Return what a file's bytes are known by."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> bytes:
    """Return a source's bytes. Raises ``Unsaved`` for what could not be written either."""
    with _folder(root, path) as (folder, name):
        return _read(folder, name)[0]


def save(root: Path, path: str, known: str, amend: Callable[[bytes], bytes]) -> bytes:
    """Write a source over with what ``amend`` makes of it, keeping its permissions; return its new bytes.

    Raises ``Changed`` where it is not as ``known``, ``Unsaved`` where it cannot be written.
    """
    with _folder(root, path) as (folder, name):
        before, status = _read(folder, name)
        after = amend(before)
        if after == before:
            return before
        if seen(before) != known:
            raise Changed(before)
        draft = f".syndicate-{secrets.token_hex(6)}~"  # hidden, and passing: no build looks at it
        try:
            _write(folder, draft, after, status)
            if seen(_read(folder, name)[0]) != known:
                raise Changed(_read(folder, name)[0])
            disk.move(draft, name, folder)
        except OSError as error:
            raise Unsaved(f"{path}: {error.strerror}") from None
        finally:
            with suppress(OSError):
                disk.remove(draft, folder)
        disk.sync(folder)
    return after


@contextmanager
def _folder(root: Path, path: str) -> Iterator[tuple[int, str]]:
    """Open the folder of a source, link by link refused; yield it with the name in it."""
    *parts, name = path.split("/")
    if not name or any(part in {"", ".", ".."} for part in (*parts, name)):
        raise Unsaved(f"{path}: is no path in the site")
    with ExitStack() as held:
        try:
            folder = held.enter_context(disk.held(disk.open_folder(root.resolve())))
            for part in parts:
                folder = held.enter_context(disk.held(disk.open_folder(part, folder)))
        except (OSError, ValueError):
            raise Unsaved(f"{path}: leads through a link, or is not there") from None
        yield folder, name


def _read(folder: int, name: str) -> tuple[bytes, os.stat_result]:
    try:
        descriptor = disk.open_file(name, folder)
    except (OSError, ValueError):
        raise Unsaved(f"{name}: is a link, or no file of its own") from None
    with disk.held(descriptor):
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unsaved(f"{name}: is no regular file")
        if status.st_size > _MOST:
            raise Unsaved(f"{name}: has {status.st_size:,} bytes")
        return disk.read(descriptor, _MOST + 1), status


def _write(folder: int, draft: str, data: bytes, status: os.stat_result) -> None:
    if not status.st_mode & 0o222:
        raise Unsaved("the file is write-protected")
    with disk.held(disk.create(draft, 0o600, folder)) as file:
        disk.write(file, data)
        disk.own(file, status)
        disk.sync(file)
