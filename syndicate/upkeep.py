"""What an operator asks of an output: how it stands, whether it is whole, to go back, to mend."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate import build as building
from syndicate import checking, loading, publishing
from syndicate.addresses import AGAIN, HELD, LEDGER
from syndicate.checking import published as judging
from syndicate.checking.published import Shelf, base_of
from syndicate.errors import Refusal
from syndicate.findings import Finding
from syndicate.publishing import generations, inspection, places
from syndicate.publishing import ledger as books
from syndicate.publishing.bucket import Bucket
from syndicate.publishing.folder import Folder
from syndicate.publishing.generations import Generation, Vault
from syndicate.publishing.inspection import Faults
from syndicate.publishing.places import Where
from syndicate.report import Built, Options


@dataclass(frozen=True, slots=True)
class Status:
    """How an output stands. ``kinds`` maps the top folder or file to how many files and bytes are there."""

    output: Where
    published: bool
    articles: int
    kinds: Mapping[str, tuple[int, int]]
    retained: int
    generations: tuple[Generation, ...]
    held: bool
    interrupted: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class _Place:
    output: Where
    store: Folder | Bucket
    vault: Vault


def status(options: Options) -> Status:
    """Say how an output stands. Raises ``SettingsError`` or ``OutputError``."""
    place = _place(options)
    store = place.store
    ledger = publishing.open_ledger(store)
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for entry in ledger.files.values():
        kind = entry.file.path.partition("/")[0]
        counts[kind] += 1
        sizes[kind] += entry.file.size
    return Status(
        output=place.output,
        published=store.bytes_of(LEDGER) is not None,
        articles=len(ledger.articles),
        kinds={kind: (counts[kind], sizes[kind]) for kind in sorted(counts)},
        retained=len(ledger.retained),
        generations=tuple(place.vault.generations()),
        held=store.bytes_of(HELD) is not None,
        interrupted=store.interrupted(),
        waiting=store.bytes_of(AGAIN) is not None,
    )


def roll_back(options: Options, number: int | None, now: datetime) -> tuple[int, tuple[str, ...]]:
    """Let an earlier generation (the last before the present one, unless said) stand again; return it and the paths.

    Raises ``Refusal`` when there is none, or ``Busy``.
    """
    place = _place(options)
    with places.held(place.store):
        known = place.vault.generations()
        if number is None and not known:
            raise Refusal("there is no generation to go back to", "One is kept of each publish that changes something.")
        wanted = known[-1].number if number is None else number
        return wanted, tuple(generations.roll_back(place.store, place.vault, wanted, now))


def release(options: Options) -> bool:
    """Let builds publish again; say whether they were held."""
    store = _place(options).store
    with places.held(store):
        held = store.remove(HELD)
        store.finish()
    return held


def verify(options: Options) -> Faults:
    """Compare every file with the ledger, and look for every file that another one names."""
    store = _place(options).store
    return inspection.verify(publishing.open_ledger(store), store)


def found(options: Options) -> Options:
    """Return the options as meant where the folder that is named is itself an output."""
    itself = options.output is None and (options.site / LEDGER).is_file()
    return replace(options, output=options.site) if itself else options


def judge(options: Options) -> tuple[int, tuple[Finding, ...]]:
    """Judge what is published as platforms and feed readers would; return how many files, and the findings.

    A folder of pages that nothing was published into is taken for a built site.
    """
    place = _place(options)
    known = frozenset(entry.file.path for entry in publishing.open_ledger(place.store).files.values())
    if isinstance(place.store, Bucket):
        shelf = Shelf(known, place.store.bytes_of, options.base_url)
        return len(known), judging.judge(replace(shelf, base=shelf.base or base_of(shelf)))
    if options.output is None and not known and (options.site / "index.html").is_file():
        return checking.standing(options.site, options.base_url, whole=True)
    return checking.standing(place.store.root, options.base_url, known=known)


def repair(options: Options, faults: Faults) -> Built:
    """Build, as if what is at fault had never been published. Raises what a build raises."""
    store = _place(options).store
    with places.held(store):
        ledger = books.parse(store.bytes_of(LEDGER) or b"")
        if ledger is not None:
            files = {path: entry for path, entry in ledger.files.items() if path not in faults.artifacts}
            store.put(LEDGER, books.dump(replace(ledger, files=files)), "application/json")
            store.commit()
    return building.build(options)


def _place(options: Options) -> _Place:
    root = loading.root_of(options.site)
    settings = loading.settings_of(root)
    output = places.output_of(options.output, options.site, settings.output)
    store = places.opened(output)
    return _Place(output, store, places.vault(output, store, root, settings.generations))
