"""Proof that there is nothing to do: what a build looked at and left behind, so that the next one need not look closer.

A certificate lists what the state of a site and of its output was told from: the names and the state of every file in
the folders that were searched, of every other file that was looked for (there or not), of all that was published, and
of the program itself. Where all of that is as it was, and no moment has come that changes anything by itself, the last
result holds, and nothing is read, parsed or imported to say so. It is disposable: without one, a build looks.

The state of a file is its size, its times and its inode. As in git's index, a file that changed so shortly before it
was read that a second change could bear the same time is not trusted by these: its bytes are compared.
"""

import json
import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from hashlib import blake2b, sha256
from pathlib import Path
from time import time_ns
from typing import Any

from syndicate import disk
from syndicate.addresses import AGAIN, LEDGER
from syndicate.findings import Finding
from syndicate.report import Built, Options, Report
from syndicate.secrecy import without_user

VERSION = 1
FOLDER = ".syndicate"
"""Beside the articles; never published, never searched for any."""
_FRESH = 64
"""Files too new to be trusted, beyond which a certificate would cost more than it saves."""
_TICK, _COARSE = 100_000_000, 2_100_000_000
"""Nanoseconds in which a file may change twice and show one time: a kernel's tick; two seconds on coarse disks."""
_NEVER = frozenset({"node_modules", "__pycache__", "_site", "vendor", "bower_components"})

Found = tuple[str, bool, bool, str, bool]
"""A name in a folder; whether it is a folder, and a link; its state, and whether that is too new to be trusted."""


class Witness:
    """What a load looks at, below ``root``: folders by the digest of what counts in them, files by their state.

    ``fresh`` has the digests of files whose state does not prove that they are unchanged; folders in ``skip`` do not
    count, nor do hidden ones. ``blind`` says that there was something of which it cannot tell whether it changed.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.began = root, time_ns()
        self.folders: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.fresh: dict[str, str] = {}
        self.skip: set[str] = set()
        self.blind = False

    def saw(self, path: str) -> None:
        """Remember the state of a path, there or not, as it is now that it is asked for."""
        if path not in self.files:
            self.files[path] = state(f"{self.root}/{path}")

    def saw_history(self) -> None:
        """Remember what says which commits there are: where the site lies in a repository, its present one."""
        place = next((up for up in (self.root, *self.root.parents) if (up / ".git").exists()), self.root) / ".git"
        up = os.path.relpath(place, self.root)
        try:
            head = (place / "HEAD").read_text("utf-8").strip().removeprefix("ref: ")
        except (OSError, UnicodeError):
            self.blind, head = True, "HEAD"
        for name in ("HEAD", "packed-refs", "shallow", head, ""):
            self.saw(f"{up}/{name}")

    def searched(self, folder: str, entries: Sequence[Found], skip: Collection[str]) -> None:
        """Remember what was found in a folder."""
        self.skip.update(skip)
        self.folders[folder] = digest_of_listing(entries, folder, skip)

    def read(self, path: str, status: os.stat_result, data: bytes) -> None:
        """Remember the bytes of a file that is too new."""
        if is_fresh(status, self.began):
            self.fresh[path] = digest_of(data)


def state(path: str) -> str:
    """Return the state of a file, followed through links; empty where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- a hundred thousand times
    except (OSError, ValueError):
        return ""
    return state_of(status)


def state_of(status: os.stat_result) -> str:
    """Return what a file's status says of its content."""
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}:{status.st_mode}"


def is_fresh(status: os.stat_result, when: int) -> bool:
    """Whether a file had changed so shortly before a moment that its times would not show another change."""
    coarse = status.st_ctime_ns % 1_000_000_000 == 0
    return status.st_ctime_ns > when - (_COARSE if coarse else _TICK)


def digest_of(data: bytes) -> str:
    """Return a short digest of a file's bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def place_of(options: Options, ending: str = "json") -> Path:
    """Return where the certificate of a build is kept: one for each output that is asked for."""
    output = options.output
    asked = str(output.resolve() if isinstance(output, Path) else output or "")
    return options.site.resolve() / FOLDER / f"{sha256(asked.encode()).hexdigest()[:12]}.{ending}"


def holds(options: Options) -> Built | None:
    """Return the last result where it still is the one that a build would have; ``None`` where it must be looked at."""
    if not options.certifiable:
        return None
    try:
        said = json.loads(place_of(options).read_bytes())
        if said["version"] != VERSION or said["asked"] != _asked(options) or said["program"] != _program():
            return None
        since, until = datetime.fromisoformat(said["since"]), said["until"] and datetime.fromisoformat(said["until"])
        if options.now < since or (until and options.now >= until):
            return None
        root, output = options.site.resolve(), Path(said["output"])
        if _published(output, said["published"].split("\n")) != said["stands"] or not _unchanged(root, said):
            return None
        return _built(output, said["built"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def issue(options: Options, witness: Witness, built: Built, paths: Iterable[str], until: datetime | None) -> None:
    """Write down that all of a site was looked at and that all of its output stands. Never raises."""
    if not isinstance(built.output, Path):
        return  # what stands in an object store, only the store can tell
    published = sorted(paths)
    place = place_of(options)
    try:
        if witness.blind or len(witness.fresh) > _FRESH:
            disk.clear(place)
            return
        _write(
            place,
            {
                "version": VERSION,
                "asked": _asked(options),
                "program": _program(),
                "since": options.now.isoformat(),
                "until": until.isoformat() if until else None,
                "folders": witness.folders,
                "files": witness.files,
                "fresh": witness.fresh,
                "skip": sorted(witness.skip),
                "output": str(built.output.resolve()),
                "published": "\n".join(published),
                "stands": _published(built.output, published),
                "built": _said(built),
            },
        )
    except (OSError, UnicodeError):
        return


def private(folder: Path) -> None:
    """Make the folder of what can be lost, and keep it out of version control. Raises ``OSError``."""
    disk.make_folder(folder)
    if folder.is_symlink():
        raise OSError(0, "a symbolic link stands in the way")
    ignored = folder / ".gitignore"
    if not ignored.exists():
        disk.put(ignored, b"*\n")


def listing(root: Path, folder: str, when: int = 0) -> list[Found]:
    """Return what is in a folder of a site, in the order of the names, as seen at a moment. Never raises."""
    try:
        with os.scandir(root / folder) as entries:
            return sorted(_found(entry, when) for entry in entries)
    except OSError:
        return []


def listed(root: Path, folder: str, when: int) -> list[Found]:
    """Return what ``listing`` does, as it was found a moment ago by ``holds``, if it was."""
    return _looked_at.pop((str(root), folder), None) or listing(root, folder, when)


_looked_at: dict[tuple[str, str], list[Found]] = {}
"""What was listed to see that something has changed: the build that follows need not list it again."""


def counts(path: str, name: str, skip: Collection[str]) -> bool:
    """Whether a folder is searched: no hidden ones, no packages, none that is to be skipped."""
    return not (name.startswith(".") or name in _NEVER or path in skip)


def digest_of_listing(entries: Iterable[Found], folder: str, skip: Collection[str]) -> str:
    """Return a digest of the names and states that count: of linked files, the state of what they lead to."""
    below = f"{folder}/" if folder else ""
    lines = [
        f"{name}\0{known}" for name, inner, _, known, _ in entries if not inner or counts(below + name, name, skip)
    ]
    return digest_of("\n".join(lines).encode("utf-8", "surrogatepass"))


def _found(entry: "os.DirEntry[str]", when: int) -> Found:
    linked = entry.is_symlink()
    if entry.is_dir(follow_symlinks=False):
        return entry.name, True, linked, "folder", False
    try:
        status = entry.stat()
    except OSError:
        return entry.name, False, linked, "", True
    return entry.name, False, linked, state_of(status), is_fresh(status, when)


def _unchanged(root: Path, said: Mapping[str, Any]) -> bool:
    """Whether all that was looked at is as it was."""
    _looked_at.clear()
    when = time_ns()
    return (
        all(state(f"{root}/{path}") == known for path, known in said["files"].items())
        and all(digest_of((root / path).read_bytes()) == known for path, known in said["fresh"].items())
        and all(_as_listed(root, path, said["skip"], when) == known for path, known in said["folders"].items())
    )


def _as_listed(root: Path, folder: str, skip: Collection[str], when: int) -> str:
    _looked_at[str(root), folder] = listing(root, folder, when)
    return digest_of_listing(_looked_at[str(root), folder], folder, skip)


def _asked(options: Options) -> list[Any]:
    """What of the options decides on the result."""
    return [str(options.output or ""), without_user(options.base_url), options.drafts, options.future]


def _program() -> str:
    """Return a digest of the state of all that is run: our own files, and where libraries are installed."""
    package = Path(__file__).parent
    lines = [sys.version, *_states_below(str(package)), *_states_below(str(package.parent / "fonts"))]
    lines += [f"{place} {Path(place).stat().st_mtime_ns}" for place in sys.path if _is_library(place)]
    return digest_of("\n".join(lines).encode("utf-8", "surrogatepass"))


def _is_library(place: str) -> bool:
    return place.endswith(("site-packages", "dist-packages")) and os.path.isdir(place)  # noqa: PTH112 -- as sys.path


def _states_below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (f"{name} {state(os.path.join(place, name))}" for name in sorted(names))  # noqa: PTH118 -- quick


def _published(output: Path, paths: Iterable[str]) -> str:
    """Return a digest of the state of what stands in an output; of one that is in need of a build, of that."""
    base = str(output.resolve())
    if any(os.path.lexists(f"{base}/{name}") for name in (AGAIN, ".unfinished")):
        return "unsettled"
    lines = (f"{path}\0{state(f'{base}/{path}')}" for path in (LEDGER, *paths))
    return digest_of("\n".join(lines).encode("utf-8", "surrogatepass"))


def _said(built: Built) -> dict[str, Any]:
    return {
        "articles": built.articles,
        "skipped": built.skipped,
        "unchanged": built.report.unchanged + len(built.report.written),
        "findings": [astuple(remark) for remark in built.findings],
    }


def _built(output: Path, said: Mapping[str, Any]) -> Built:
    findings = tuple(Finding(*remark) for remark in said["findings"])
    report = Report(unchanged=said["unchanged"])
    return Built(output, said["articles"], said["skipped"], report, findings)


def _write(place: Path, said: Mapping[str, Any]) -> None:
    private(place.parent)
    disk.put(place, json.dumps(said, separators=(",", ":")).encode())
