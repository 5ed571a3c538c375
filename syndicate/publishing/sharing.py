"""An output that also holds the site's own files: what is ours in it, and what is not, and is never touched."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from syndicate.addresses import CARDS, GALLERY, LEDGER
from syndicate.artifact import DIGEST, Artifact, Standing, Wave
from syndicate.errors import Refusal
from syndicate.findings import Finding, finding
from syndicate.publishing import open_ledger
from syndicate.publishing.ledger import Ledger
from syndicate.publishing.places import Where
from syndicate.publishing.places import opened as place_of
from syndicate.publishing.store import Store

_HEAD = 100


def refuse_unsafe(output: Where) -> None:
    """Raise ``Refusal`` unless the output is the folder of a site that was built."""
    place = Path(output).resolve()
    if place in {Path.home().resolve(), Path(place.anchor)} or not place.is_dir():
        raise Refusal(f"{output}: refusing to publish there: it is no folder of a built site", "Name that folder.")
    if GALLERY in open_ledger(place_of(place)).files:
        cure = "Name the folder that your generator builds."
        raise Refusal(f"{output}: refusing to publish there: it is what `syndicate build` published", cure)


def ours(built: Path, output: Where) -> Callable[[str], bool]:
    """Return what tells whether a file of a built site is one that we published into it."""
    site, place = built.resolve(), Path(output).resolve()
    if isinstance(output, str) or not place.is_relative_to(site):
        return lambda _: False
    if place != site:
        below = f"{place.relative_to(site).as_posix()}/"
        return lambda path: path.startswith(below)
    return published(open_ledger(place_of(output))).__contains__


def opened(folder: Store) -> Ledger:
    """Read what stands of ours. Without a ledger, feeds here are the site's own, unless the index of cards is ours."""
    told = folder.bytes_of(LEDGER) is not None or b'"generator": "syndicate"' in (folder.bytes_of(CARDS) or b"")[:_HEAD]
    return open_ledger(folder) if told else Ledger()


def published(ledger: Ledger) -> frozenset[str]:
    """Return the path of every file that a ledger knows."""
    return frozenset({entry.file.path for entry in ledger.files.values()} | ledger.retained.keys())


def beside(waves: Sequence[Wave], ledger: Ledger, folder: Store, seen: list[Finding]) -> tuple[Wave, ...]:
    """Return a plan without what would take the place of a file that is not ours; each is remarked when it is met."""
    return tuple(partial(_free, wave, ledger, folder, seen) for wave in waves)


def _free(wave: Wave, ledger: Ledger, folder: Store, seen: list[Finding], standing: Standing) -> tuple[Artifact, ...]:
    planned = wave(standing)
    foreign = folder.sizes([one.path for one in planned if one.path not in ledger.files and DIGEST not in one.path])
    seen += [finding("output-occupied", path, "is a file of the site's own, and stays") for path in foreign]
    return tuple(one for one in planned if one.path not in foreign)
