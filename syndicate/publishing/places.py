"""Where to publish, by its name: a folder or an object store, each guarded and held in its own way."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from syndicate.addresses import GENERATIONS
from syndicate.errors import SettingsError
from syndicate.publishing import guards
from syndicate.publishing.bucket import Bucket
from syndicate.publishing.folder import Folder
from syndicate.publishing.generations import Vault

Where = Path | str
"""A folder, or the address of an object store."""


def output_of(asked: Where | None, site: Path, said: str) -> Where:
    """Return where to publish: what was asked for, else what the settings say, else ``output/``.

    Raises ``SettingsError`` where the settings lead out of the site: those may come with the content, from anybody.
    """
    if asked is not None:
        return asked
    place = site / (said or "output")
    if not place.resolve().is_relative_to(site.resolve()):
        raise SettingsError(f"output: {said!r} is outside of the site", "Name it on the command line, with -o.")
    return place


def opened(where: Where) -> Folder | Bucket:
    """Open an output. Raises ``SettingsError`` for an address that cannot be used."""
    return Bucket(where) if isinstance(where, str) else Folder(where)


def vault(where: Where, store: Folder | Bucket, site: Path, size: int) -> Vault:
    """Return where an output's generations are kept: beside the articles; those of an object store, in it."""
    if isinstance(store, Bucket):
        return Vault(store, size, GENERATIONS)
    name = sha256(str(Path(where).resolve()).encode()).hexdigest()[:12]
    return Vault(Folder(site / ".syndicate" / GENERATIONS.strip("./") / name), size)


def refuse_foreign(store: Folder | Bucket, site: Path, also: Collection[str] = ()) -> None:
    """Raise ``Refusal`` unless the output is ours: new, empty, or one we published before."""
    if isinstance(store, Bucket):
        guards.refuse_foreign_objects(store, store.url, also)
    else:
        guards.refuse_foreign(store.root, site, also)


@contextmanager
def held(store: Folder | Bucket) -> Iterator[None]:
    """Hold the output for one build. Raises ``Busy`` after telling the build that holds it to run once more."""
    if isinstance(store, Folder):
        with guards.only_one(store.root):
            yield
        return
    store.hold()
    try:
        yield
    finally:
        store.release()


def asked_again(store: Folder | Bucket) -> bool:
    """Whether somebody wanted a build while this one ran; asking clears it."""
    return store.asked_again() if isinstance(store, Bucket) else guards.asked_again(store.root)
