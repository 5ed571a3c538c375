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

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
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
            os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError as error:
            raise Unsaved(f"{path}: {error.strerror}") from None
        finally:
            with suppress(OSError):
                os.unlink(draft, dir_fd=folder)
        os.fsync(folder)
    return after


@contextmanager
def _folder(root: Path, path: str) -> Iterator[tuple[int, str]]:
    """Open the folder of a source, link by link refused; yield it with the name in it."""
    *parts, name = path.split("/")
    if not name or any(part in {"", ".", ".."} for part in (*parts, name)):
        raise Unsaved(f"{path}: is no path in the site")
    with ExitStack() as held:
        try:
            folder = os.open(root.resolve(), _FOLDER)
            held.callback(os.close, folder)
            for part in parts:
                folder = os.open(part, _FOLDER, dir_fd=folder)
                held.callback(os.close, folder)
        except (OSError, ValueError):
            raise Unsaved(f"{path}: leads through a link, or is not there") from None
        yield folder, name


def _read(folder: int, name: str) -> tuple[bytes, os.stat_result]:
    try:
        descriptor = os.open(name, _FILE, dir_fd=folder)
    except (OSError, ValueError):
        raise Unsaved(f"{name}: is a link, or no file of its own") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unsaved(f"{name}: is no regular file")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > _MOST:
            raise Unsaved(f"{name}: has {status.st_size:,} bytes")
        return file.read(_MOST + 1), status


def _write(folder: int, draft: str, data: bytes, status: os.stat_result) -> None:
    if not status.st_mode & 0o222:
        raise Unsaved("the file is write-protected")
    descriptor = os.open(draft, _NEW, 0o600, dir_fd=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        with suppress(PermissionError):  # another's file in our folder becomes ours
            os.fchown(descriptor, status.st_uid, status.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
        os.fsync(descriptor)
