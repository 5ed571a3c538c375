"""A build in shares: each of several machines renders its part of the cards, and the build after them finds them made.

A share puts the objects it rendered into the output, where nothing points at them yet, and beside them a note of what
they were made from, as a ledger's entries. Whatever build comes next takes the notes up: what they hold is fresh if it
still has the ingredients of the plan, and is rendered again if not. So a share that is late, lost or old costs time,
never correctness.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from syndicate.addresses import SHARDS
from syndicate.artifact import Artifact
from syndicate.findings import Finding, finding
from syndicate.publishing import ledger as books
from syndicate.publishing.ledger import Entry, Ledger
from syndicate.publishing.store import Store


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``number``-th of ``of`` shares, counted from 1."""

    number: int
    of: int

    @property
    def note(self) -> str:
        """Where its note lies in the output."""
        return f"{SHARDS}/{self.number}-of-{self.of}.json"

    def of_all(self, artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
        """Return this share: what is made from one source stays together."""
        return tuple(one for one in artifacts if crc32((one.source or one.path).encode()) % self.of == self.number - 1)


def missing(notes: Collection[str]) -> Iterator[Finding]:
    """Yield what was expected: the other shares of those that left a note."""
    read = (re.fullmatch(rf"{re.escape(SHARDS)}/(\d+)-of-(\d+)\.json", path) for path in notes)
    found = {(int(one[1]), int(one[2])) for one in read if one}
    for of in sorted({of for _, of in found}):
        if lost := [str(number) for number in range(1, of + 1) if (number, of) not in found]:
            yield finding("share-missing", SHARDS, f"no share {', '.join(lost)} of {of}")


def leave(shard: Shard, files: Mapping[str, Entry], store: Store) -> None:
    """Put a share's note into the output."""
    store.put(shard.note, books.dump(Ledger(files)), "application/json")
    store.commit()


def notes(store: Store) -> Iterator[tuple[str, Mapping[str, Entry]]]:
    """Yield the notes that lie in an output, with where they lie; one that cannot be read says nothing."""
    for path in store.walk(SHARDS):
        data = store.bytes_of(path)
        found = books.parse(data) if data else None
        yield path, found.files if found else {}
