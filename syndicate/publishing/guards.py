"""What must not happen: publishing over somebody else's files, wiping a site by accident, two builds at once."""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from syndicate import disk
from syndicate.addresses import AGAIN, CARDS, LEDGER, LOCK, OUR_NAMES
from syndicate.errors import Busy, Refusal
from syndicate.publishing.folder import UNFINISHED, unwritable
from syndicate.publishing.store import Store

_VANISHED_LEAST = 10
"""Fewer articles than this may go at once without being asked about, unless all go."""


def refuse_foreign(output: Path, site: Path, also: Collection[str] = ()) -> None:
    """Raise ``Refusal`` unless the output is a folder of our own: new, empty, or one we published before.

    ``also`` are paths at which the site wants feeds besides ours.
    """
    place, root = output.resolve(), site.resolve()
    if place in {root, Path.home().resolve(), Path(place.anchor)} or place in root.parents:
        raise Refusal(
            f"{output}: refusing to publish over the site, its parents or a home folder", "Name another OUTPUT."
        )
    if output.exists() and not output.is_dir():
        raise Refusal(f"{output}: refusing to publish: it is not a folder", "Name a folder.")
    foreign = _foreign(output, _tops(also))
    if foreign:
        raise _among_others(str(output), foreign)


def refuse_foreign_objects(store: Store, where: str, also: Collection[str] = ()) -> None:
    """Raise ``Refusal`` unless what stands in an object store, below the address asked for, is ours."""
    names = _tops(store.walk())
    if LEDGER not in names and (foreign := sorted(names - OUR_NAMES - {UNFINISHED} - _tops(also))):
        raise _among_others(where, foreign[0])


def refuse_wipe(before: Collection[str], now: Collection[str], share: float, *, allowed: bool) -> None:
    """Raise ``Refusal`` when more than a share of what stands would vanish: a half-mounted folder looks like that."""
    gone = len(set(before) - set(now))
    if allowed or not gone:
        return
    if not now or (gone >= _VANISHED_LEAST and gone > len(before) * share):
        raise Refusal(
            f"refusing to publish: {gone} of {len(before)} published articles are gone",
            "If that is meant, build with --allow-empty (or set vanish_share); else check the content folder.",
        )


@contextmanager
def only_one(output: Path) -> Iterator[None]:
    """Hold the output for one build. Raises ``Busy`` after telling the build that holds it to run once more."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 -- half of what it costs to start, for those who only read

    try:
        disk.make_folder(output)
        lock = FileLock(output / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        if not os.path.lexists(output / AGAIN):  # through a link a file would be made elsewhere
            disk.touch(output / AGAIN)
        raise Busy(
            f"{output}: another build is running; it was told to run once more", "Nothing need be done."
        ) from None
    except OSError as error:
        raise unwritable(output, error) from error
    try:
        yield
    finally:
        try:
            lock.release()
        except OSError as error:
            raise unwritable(output / LOCK, error) from error


def asked_again(output: Path) -> bool:
    """Whether somebody wanted a build while this one ran; asking clears it."""
    try:
        return disk.clear(output / AGAIN)
    except OSError as error:
        raise unwritable(output / AGAIN, error) from error


def _tops(paths: Iterable[str]) -> set[str]:
    return {path.lstrip("/").partition("/")[0] for path in paths}


def _among_others(where: str, foreign: str) -> Refusal:
    return Refusal(
        f"{where}: refusing to publish among files that syndicate did not make, such as {foreign!r}",
        f"Name an empty place, or put an empty file called {LEDGER} into this one to say that it may be shared.",
    )


def _foreign(output: Path, also: Collection[str]) -> str:
    if not output.is_dir() or (output / LEDGER).exists():
        return ""
    names = sorted(entry.name for entry in os.scandir(output))
    ours = OUR_NAMES | {UNFINISHED, *also}
    unknown = [name for name in names if name not in ours and not name.startswith(".git")]
    if unknown:
        return unknown[0]
    # Our names alone prove little (anyone may have an index.html): a lost ledger is forgiven where cards.json is ours,
    # a missing one where a first publish was killed before it could write any.
    telling = [name for name in names if name not in {LOCK, AGAIN, UNFINISHED}]
    return "" if not telling or UNFINISHED in names or _is_ours(output / CARDS) else telling[0]


def _is_ours(cards: Path) -> bool:
    try:
        document = json.loads(cards.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("generator") == "syndicate"
