"""A folder that is served: every file in it is whole, old or new, at every instant.

Files are first written as drafts beside their place, then made durable, then renamed over what stood there. A crash
leaves drafts, which the next build removes; it never leaves half a file. Nothing is written through a link.
"""

import errno
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from syndicate import disk
from syndicate.addresses import DOOMED, HELD, LEDGER
from syndicate.artifact import digest_of
from syndicate.errors import SyndicateError

_DRAFT = ".draft~"
_TELLING = frozenset({LEDGER, HELD, DOOMED})
"""By these it is decided what else may happen: what cannot be read is not taken for gone."""
_NO_FILE = frozenset({0, errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO, errno.ENAMETOOLONG})
"""What the system says of a place where no file of ours can be: a link, a folder, a device."""
UNFINISHED = ".unfinished"
"""Stands in the output while a publish runs, so that the next one knows whether it has to heal."""
_FEW = 16
"""Up to so many files are synced one by one; beyond, one ``syncfs`` is as safe and five times faster."""
_BATCH_FILES, _BATCH_BYTES = 512, 64 << 20


class OutputError(SyndicateError):
    """The output folder cannot be written: permission, a full disk, something in the way."""


class Folder:
    """The output. Puts are collected and come into force together at ``commit``, or earlier when many have gathered."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._drafts: list[tuple[Path, Path]] = []
        self._bytes = 0
        self._parents: set[Path] = set()

    def sizes(self, paths: Collection[str]) -> dict[str, int]:
        """Sizes in bytes of those paths that are regular files here."""
        found: dict[str, int] = {}
        for path in paths:
            with suppress(OSError):
                status = disk.status(f"{self.root}/{path}")
                if stat.S_ISREG(status.st_mode):
                    found[path] = status.st_size
        return found

    def bytes_of(self, path: str) -> bytes | None:
        """What a file holds, or ``None`` where there is none."""
        try:
            return disk.content(self.root / path)
        except OSError as error:
            if path in _TELLING and error.errno not in _NO_FILE:
                raise unreadable(self.root / path, error) from error
            return None

    def put(self, path: str, data: bytes, _media_type: str = "") -> bool:
        """Promise a file; say whether it will be touched (equal bytes are not). Raises ``OutputError``."""
        if self._holds(path, data):
            return False
        place = self.root / path
        try:
            self._mark()
            self._make_parent(place.parent)
            draft = place.with_name(f".{place.name}{_DRAFT}")
            disk.draft(draft, data)
        except OSError as error:
            raise unwritable(place, error) from error
        self._promise(draft, place, len(data))
        return True

    def rewrite(self, path: str, data: bytes) -> None:
        """Promise other bytes for a file that stands and is not ours; who may do what with it stays as it is.

        Raises ``OutputError``.
        """
        place = self.root / path
        try:
            status = self._regular(place)
            draft = place.with_name(f".{place.name}{_DRAFT}")
            disk.draft(draft, data)
            with disk.held(disk.open_file(draft)) as file:
                disk.own(file, status)
        except OSError as error:
            raise unwritable(place, error) from error
        self._promise(draft, place, len(data))

    def _regular(self, place: Path) -> os.stat_result:
        status = disk.status(place)
        if not stat.S_ISREG(status.st_mode) or not self._plain(place.parent):
            raise OSError(0, "it is no regular file of this folder any more")
        return status

    def _promise(self, draft: Path, place: Path, size: int) -> None:
        self._drafts.append((draft, place))
        self._bytes += size
        if len(self._drafts) >= _BATCH_FILES or self._bytes >= _BATCH_BYTES:
            self.commit()

    def commit(self) -> None:
        """Bring every promised file into force, durably. Raises ``OutputError``."""
        if not self._drafts:
            return
        try:
            self._sync([draft for draft, _ in self._drafts])
            for draft, place in self._drafts:
                disk.move(draft, place)
            self._sync(sorted({place.parent for _, place in self._drafts} | self._parents))
        except OSError as error:
            raise unwritable(self.root, error) from error
        self._drafts.clear()
        self._parents.clear()
        self._bytes = 0

    def discard(self) -> None:
        """Forget what was promised and not committed."""
        for draft, _ in self._drafts:
            with suppress(OSError):  # what led here is told; the next publish sweeps
                disk.clear(draft)
        self._drafts.clear()

    def remove(self, path: str) -> bool:
        """Delete a file, and the folders that it leaves empty; say whether there was one."""
        place = self.root / path
        try:
            if not self._plain(place.parent):
                return False
            self._mark()
            disk.remove(place)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise unwritable(place, error) from error
        for parent in place.relative_to(self.root).parents:
            if parent != Path() and not _remove_empty(self.root / parent):
                break
        return True

    def finish(self) -> None:
        """Say that all that was begun is done."""
        with self._told(self.root / UNFINISHED):
            disk.clear(self.root / UNFINISHED)

    def interrupted(self) -> bool:
        """Whether the last publish did not reach its end."""
        return os.path.lexists(self.root / UNFINISHED)

    def sweep(self) -> None:
        """Remove the drafts of an interrupted publish."""
        for path in self.walk():
            if path.endswith(_DRAFT):
                with self._told(self.root / path):
                    disk.clear(self.root / path)

    def walk(self, folder: str = "") -> Iterator[str]:
        """Every file below a folder, as a path relative to the output; links are not followed."""
        for place, _, names in os.walk(self.root / folder):
            for name in sorted(names):
                yield (Path(place) / name).relative_to(self.root).as_posix()

    def _holds(self, path: str, data: bytes) -> bool:
        if self.sizes((path,)).get(path) != len(data):
            return False
        standing = self.bytes_of(path)
        return standing is not None and digest_of(standing) == digest_of(data)

    def _mark(self) -> None:
        marker = self.root / UNFINISHED
        if not self.interrupted():  # a link that leads nowhere is something, too
            disk.make_folder(self.root)
            disk.touch(marker)

    def _make_parent(self, parent: Path) -> None:
        if parent not in self._parents:
            disk.make_folder(parent)
            if not self._plain(parent):
                raise OSError(0, "a symbolic link stands in the way")
            self._parents.add(parent)

    def _plain(self, parent: Path) -> bool:
        return parent.resolve() == self.root.resolve() / parent.relative_to(self.root)

    def _sync(self, places: list[Path]) -> None:
        if len(places) > _FEW:
            with disk.held(disk.open_file(self.root)) as root:
                if disk.sync_all(root):
                    return
        for place in places:
            with disk.held(disk.open_file(place)) as file:
                disk.sync(file)

    @contextmanager
    def _told(self, place: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unwritable(place, error) from error


def _remove_empty(folder: Path) -> bool:
    try:
        disk.remove_folder(folder)
    except OSError:
        return False
    return True


def unwritable(place: Path, error: OSError) -> OutputError:
    """Say in the reader's words that a place cannot be written."""
    return OutputError(
        f"{place}: cannot be written: {error.strerror or error}",
        "Check that the folder may be written and that the disk has room; what stood before still stands.",
    )


def unreadable(place: Path, error: OSError) -> OutputError:
    """Say in the reader's words that what stands cannot be read: it is not taken for gone."""
    return OutputError(
        f"{place}: cannot be read: {error.strerror or error}",
        "Check the folder's permissions and the disk; nothing was changed.",
    )
