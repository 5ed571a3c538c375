"""A site's folder, read safely: the only place of the package that opens the site's files.

Nothing outside the site is ever read, whatever links say; no FIFO or device ever blocks; sizes are known before bytes.
"""

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from syndicate import disk
from syndicate.artifact import Asset, digest_of
from syndicate.certificate import Witness, counts, listed, listing, state
from syndicate.certificate import digest_of as digest
from syndicate.errors import AssetError
from syndicate.findings import Finding, finding
from syndicate.loading.bodies import body
from syndicate.wording import KEPT

SHIPPED = "syndicate:"
ARTICLE_BYTES = 2 << 20
"""An article may have 2 MiB: a long novel."""
ASSET_BYTES = 64 << 20
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class SourceError(Exception):
    """A source cannot be read; ``finding`` says which and why."""

    def __init__(self, found: Finding) -> None:
        super().__init__(str(found))
        self.finding = found


class Tree:
    """The files of one site, by their path relative to its root, with ``/`` between the parts.

    ``witness`` remembers what was looked at, and ``traced`` what was found: whoever asks the disk about the site in
    another way is taken for unchanged when it is not. ``states`` has those of the files that were listed and are no
    links, ``known`` the digests of files by their state.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.witness = Witness(self.root)
        self.states: dict[str, str] = {}
        self.known: dict[str, tuple[str, str]] = {}
        self._seen: dict[str, str] | None = None
        self._digests: dict[tuple[str, int, int], str] = {}

    def files(self, folder: str = "", *, skip: Collection[str] = ()) -> Iterator[str]:
        """Every name below a folder that is not a folder, sorted: links and FIFOs, too, so that reading them reports.

        Links to folders are not followed; hidden folders, version control, packages and those in ``skip`` are left out.
        """
        if not self.inside(folder):
            return
        entries = listed(self.root, folder, self.witness.began)
        self.witness.searched(folder, entries, skip)
        for name, inner, linked, known, fresh in entries:
            path = f"{folder}/{name}" if folder else name
            if inner:
                if counts(path, name, skip):
                    yield from self.files(path, skip=skip)
            elif known != "folder":
                if not linked:
                    self.states[path] = "" if fresh else known
                yield path

    def names(self) -> list[str]:
        """Every name at the top of the site: enough to see what kind of site it is."""
        entries = listing(self.root, "", self.witness.began)
        self.witness.searched("", entries, ())
        return [name for name, inner, *_ in entries if not inner]

    def read(self, path: str, limit: int = ASSET_BYTES) -> bytes:
        """Return a file's bytes. Raises ``SourceError`` for what is outside, no plain file, too large or unreadable."""
        if not path.isprintable() and (spelled := path.encode(errors="backslashreplace").decode()) != path:
            _fail("source-unreadable", spelled, "its name is not UTF-8, so that no address can hold it")
        # What was found in a folder of the site and is no link is inside: to resolve it costs more than to read it.
        if path not in self.states and not self.inside(path):
            _fail("source-outside", path, "leads out of the site")
        try:
            place = f"{self.root}/{path}" if path in self.states else (self.root / path).resolve()
            descriptor = disk.open_file(place)
        except (OSError, ValueError) as error:
            _fail("source-unreadable", path, _reason(error))
        try:
            with disk.held(descriptor):
                status = os.fstat(descriptor)
                self._saw(path)
                if not stat.S_ISREG(status.st_mode):
                    _fail("source-not-a-file", path, "is not a regular file")
                if status.st_size > limit:
                    _fail("source-too-large", path, f"has {status.st_size:,} bytes; {limit:,} are allowed")
                data = disk.read(descriptor, status.st_size + 1)  # to ask for the limit would take its memory each time
        except OSError as error:
            _fail("source-unreadable", path, _reason(error))
        self.witness.read(path, status, data)
        if self._seen is not None:
            self._seen[path] = f"={digest(data)}"
        return data

    def text(self, path: str, limit: int = ARTICLE_BYTES) -> str:
        """Return a file's text, without a byte order mark and with Unix line ends. Raises ``SourceError``."""
        data = self.read(path, limit)
        if data[:2] in _BOMS:
            _fail("source-not-utf-8", path, f"is written in {_BOMS[data[:2]]}, not in UTF-8", 1)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            _fail("source-not-utf-8", path, f"byte 0x{data[error.start]:02x} is not valid UTF-8 here", line)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def exists(self, path: str) -> bool:
        """Whether there is a regular file at a path, inside the site."""
        self._saw(path)
        place = self.root / path
        try:
            return self._found(path, "file" if place.is_file() and self.inside(place) else "")
        except (OSError, ValueError):
            return self._found(path, "")

    def is_barred(self, path: str) -> bool:
        """Whether there is something at a path that is neither a folder nor a file we may read. Never raises."""
        place = str(self.root / path)
        return os.path.lexists(place) and not os.path.isdir(place) and not self.exists(path)  # noqa: PTH112 -- a Path's own raises

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path, inside the site."""
        self._saw(path)
        return self._found(path, "folder" if (self.root / path).is_dir() and self.inside(path) else "")

    def is_link(self, path: str) -> bool:
        """Whether a path is a symbolic link, wherever it leads. Never raises."""
        self._saw(path)
        linked = os.path.islink(self.root / path)  # noqa: PTH114 -- a Path's own raises
        return self._found(f"link:{path}", "link" if linked else "")

    def find(self, reference: str, folders: Sequence[str]) -> str | None:
        """Return the file a reference means: as written or percent-decoded, NFC or NFD, below any of the folders."""
        bare = reference.partition("?")[0].partition("#")[0].lstrip("/")
        spellings = dict.fromkeys(
            form
            for spelled in (bare, unquote(bare))
            for form in (spelled, unicodedata.normalize("NFC", spelled), unicodedata.normalize("NFD", spelled))
        )
        for folder in folders:
            for spelling in spellings:
                path = os.path.normpath(f"{folder}/{spelling}" if folder else spelling)
                if not path.startswith("..") and self.exists(path):
                    return path
        return None

    def size(self, path: str) -> int:
        """Return how many bytes a file has, however many. Raises ``SourceError``."""
        if not self.exists(path):
            _fail("source-unreadable", path, "is no file of the site")
        try:
            size = (self.root / path).stat().st_size
        except OSError as error:
            _fail("source-unreadable", path, _reason(error))
        self._found(path, f"size {size}")
        return size

    def asset(self, path: str) -> Asset:
        """Return a file as an ingredient: its path and the digest of its bytes. Raises ``SourceError``."""
        try:
            status = (self.root / path).stat()
        except OSError as error:
            _fail("source-unreadable", path, _reason(error))
        key = (path, status.st_size, status.st_mtime_ns)
        if key not in self._digests:
            self._digests[key] = digest_of(self.read(path))
        elif self._seen is not None:
            self._seen[path] = f"={self.digest(path)}"
        return Asset(path, self._digests[key])

    def digest(self, path: str) -> str:
        """Return a short digest of a file's bytes, told by its state where that can be. Raises ``SourceError``."""
        now = state(f"{self.root}/{path}")
        if self.known.get(path, ("", ""))[0] != now or not now:
            self.known[path] = (now, digest(self.read(path)))
        return self.known[path][1]

    @contextmanager
    def traced(self) -> Iterator[dict[str, str]]:
        """Gather what is found out about the files of the site meanwhile, for ``holds`` to ask again."""
        before, self._seen = self._seen, {}
        try:
            yield self._seen
        finally:
            self._seen = before

    def holds(self, found: Mapping[str, str]) -> bool:
        """Whether the files of the site still are as they were found."""
        return all(self._holds(path, what) for path, what in found.items())

    def _holds(self, path: str, what: str) -> bool:
        try:
            if what.startswith("="):
                return what == f"={self.digest(path)}"
            if what.startswith("size "):
                return what == f"size {self.size(path)}"
            if path.startswith("link:"):
                return self.is_link(path.removeprefix("link:")) is bool(what)
            return self.is_folder(path) if what == "folder" else self.exists(path) is bool(what)
        except SourceError:
            return False

    def _found(self, path: str, what: str) -> bool:
        """Trace what was found at a path; what was read says more. Say whether there was anything."""
        if self._seen is not None and not self._seen.get(path, "").startswith(("=", "size ")):
            self._seen[path] = what
        return bool(what)

    def _saw(self, path: str) -> None:
        if path.rpartition("/")[0] not in self.witness.folders:
            self.witness.saw(path)

    def inside(self, path: str | Path) -> bool:
        """Whether a path, links resolved, stays in the site."""
        try:
            return (self.root / path).resolve().is_relative_to(self.root)
        except (OSError, ValueError, RuntimeError):  # a loop of links; a NUL in the name
            return False


@dataclass(frozen=True, slots=True)
class Reader:
    """Gives an asset's bytes, digest checked: the ``Read`` that recipes get. Pickles, so that it travels to workers.

    ``kept`` is the file that texts are kept in.
    """

    root: str
    kept: str = ""

    def __call__(self, asset: Asset) -> bytes:
        """Return the bytes. Raises ``AssetError`` when the file is gone or is no longer the one planned with."""
        if asset.path == KEPT:
            data = self._kept(asset)
        elif asset.path.startswith(SHIPPED):
            data = shipped(asset.path)
        else:
            try:
                data = Tree(Path(self.root)).read(asset.path)
            except SourceError as error:
                raise AssetError(str(error), "Build again.") from None
        if hashlib.sha256(data).hexdigest() != asset.digest:
            raise AssetError(f"{asset.path}: changed while the build ran", "Build again.")
        return data

    def _kept(self, asset: Asset) -> bytes:
        try:
            return body(Path(self.kept), asset.digest)
        except OSError as error:
            raise AssetError(f"a body is not in the index: {error}", "Build again.") from None


def reader(root: Path, kept: Path | None = None) -> Reader:
    """Return the ``Read`` for a site, whose bodies are ``kept`` in an index."""
    return Reader(str(root.resolve()), str(kept or ""))


def shipped(path: str) -> bytes:
    """Return the bytes of a file that comes with the program, such as ``syndicate:fonts/fonts.lock``."""
    package = Path(__file__).parents[1]
    name = path.removeprefix(SHIPPED)
    # A wheel carries fonts/ inside the package; in a checkout it stands beside it.
    for base in (package, package.parent):
        if (base / name).is_file():
            return (base / name).read_bytes()
    raise AssetError(f"{path}: is missing from this installation", "Install syndicate-cards again.")


def _fail(code: str, path: str, message: str, line: int = 0) -> NoReturn:
    raise SourceError(finding(code, path, message, line=line))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        if error.errno == errno.ENXIO:
            return "is not a regular file"
        return (error.strerror or str(error)).lower()
    return str(error)
