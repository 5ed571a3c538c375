"""Every effect on a disk goes through here: one thing at a time, through no link, so that tests can let each one fail.

Functions are as small as the calls of the system that they stand for. Only SQLite, the file lock and those who make
processes have their own way. All raise ``OSError``.
"""

import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Where = str | Path
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a FIFO would be waited for without end
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OURS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def open_file(place: Where, folder: int | None = None) -> int:
    """Open what stands at a place, to read; it may be no regular file (see ``is_file``)."""
    return os.open(place, _READ, dir_fd=folder)


def open_folder(place: Where, folder: int | None = None) -> int:
    """Open a folder, to go on from there or to sync it."""
    return os.open(place, _FOLDER, dir_fd=folder)


def create(place: Where, mode: int = 0o666, folder: int | None = None) -> int:
    """Make a file that is not there yet, to write; the umask takes from its mode."""
    return os.open(place, _NEW, mode, dir_fd=folder)


def keep(place: Where) -> int:
    """Open a file that is made where there is none, to lock it."""
    return os.open(place, _OURS, 0o666)


def read(descriptor: int, size: int) -> bytes:
    """Read at most ``size`` bytes; the system may give fewer at a time."""
    data = piece = os.read(descriptor, size)
    while piece and len(data) < size:
        piece = os.read(descriptor, size - len(data))
        data += piece
    return data


def write(descriptor: int, data: bytes) -> None:
    """Write all of it; the system may take less at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """Wait until what was written, or the names in a folder, would outlast a power cut."""
    os.fsync(descriptor)


def sync_all(descriptor: int) -> bool:
    """Do so for a whole file system (Linux); say whether that can be done."""
    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    return bool(syncfs and syncfs(descriptor) == 0)


def close(descriptor: int) -> None:
    """Let go of what was opened."""
    os.close(descriptor)


def move(draft: Where, place: Where, folder: int | None = None) -> None:
    """Put a file where another one stands, at once."""
    os.replace(draft, place, src_dir_fd=folder, dst_dir_fd=folder)


def remove(place: Where, folder: int | None = None) -> None:
    """Take a file away."""
    os.unlink(place, dir_fd=folder)


def make_folder(place: Path) -> None:
    """Make a folder, and those above it, where they are not."""
    place.mkdir(parents=True, exist_ok=True)


def remove_folder(place: Where) -> None:
    """Take an empty folder away."""
    Path(place).rmdir()


def touch(place: Path) -> None:
    """Let there be a file."""
    place.touch()


def status(place: Where) -> os.stat_result:
    """Tell what stands at a place, links not followed."""
    return os.lstat(place)


def own(descriptor: int, before: os.stat_result) -> None:
    """Give a file the owner, where that is allowed, and the mode of another one."""
    with suppress(PermissionError):  # only the administrator may give a file to somebody else
        os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


@contextmanager
def held(descriptor: int) -> Iterator[int]:
    """Close what was opened when it is over."""
    try:
        yield descriptor
    finally:
        close(descriptor)


def content(place: Where, limit: int | None = None) -> bytes:
    """Return a regular file's bytes; one that has more than ``limit`` is not read."""
    with held(open_file(place)) as file:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "is not a regular file")
        if limit is not None and found.st_size > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return read(file, found.st_size + 1)


def draft(place: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a new file in the place of any that an interrupted run left."""
    clear(place)
    with held(create(place, mode)) as file:
        write(file, data)


def clear(place: Path) -> bool:
    """Take a file away, if there is one; say whether there was."""
    try:
        remove(place)
    except FileNotFoundError:
        return False
    return True


def put(place: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file whole or not at all, over what stands there."""
    beside = place.with_name(f".{place.name}.draft~")
    draft(beside, data, mode)
    move(beside, place)
