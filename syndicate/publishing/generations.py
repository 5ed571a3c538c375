"""Generations: what stood before a publish, kept for a while, so that an operator can go back to it at night.

A generation is the ledger that stood, and the bytes of those of its files that the publish after it replaced or
removed. To go back over several, the bytes are taken from all the publishes in between. Cards need no copy: they are
named by their digest and stay for their grace time. What readers know articles by is never taken back, and neither is a
closed archive document.

Going back also *holds* the output: else the next hook would publish again what was just taken back.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from syndicate.addresses import HELD, LEDGER
from syndicate.errors import Refusal
from syndicate.publishing import ledger as books
from syndicate.publishing.ledger import Entry, Ledger
from syndicate.publishing.store import Store

_JSON, _BYTES = "application/json", "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Generation:
    """An earlier state: its number, until when it stood, how many articles it had."""

    number: int
    until: datetime
    articles: int


class Vault:
    """Where generations are kept: below ``prefix`` in a store that need not be the output. ``size`` is how many."""

    def __init__(self, store: Store, size: int, prefix: str = "") -> None:
        self._store, self._size, self._prefix = store, size, prefix
        self._kept: set[str] = set()

    def keep(self, data: bytes | None, digest: str) -> None:
        """Keep the bytes of a file that is about to be replaced or removed."""
        if data is not None and self._size and digest not in self._kept:
            self._kept.add(digest)
            self._store.put(f"{self._prefix}objects/{digest}", data, _BYTES)

    def close(self, before: Ledger, now: datetime) -> None:
        """Make what stood before a publish a generation, and let those go that are too many."""
        if not self._size:
            return
        known = self.generations()
        number = known[-1].number + 1 if known else 1
        note = {"until": now.isoformat(), "articles": len(before.articles), "kept": sorted(self._kept)}
        self._store.put(self._ledger(number), books.dump(before), _JSON)
        self._store.commit()  # the note says that the rest is there
        self._store.put(self._note(number), json.dumps(note).encode(), _JSON)
        self._store.commit()
        self._prune([*(one.number for one in known), number])
        self._store.finish()
        self._kept.clear()

    def generations(self) -> Sequence[Generation]:
        """What can be gone back to, the oldest first."""
        found = []
        for path in self._store.walk(self._prefix.rstrip("/")):
            named = re.fullmatch(rf"{re.escape(self._prefix)}(\d+)/note\.json", path)
            note = self._read(int(named[1])) if named else None
            if named and note:
                found.append(Generation(int(named[1]), datetime.fromisoformat(note["until"]), note["articles"]))
        return sorted(found, key=lambda one: one.number)

    def ledger(self, number: int) -> Ledger:
        """Return the ledger of a generation. Raises ``Refusal`` when it is not kept."""
        data = self._store.bytes_of(self._ledger(number)) if self._read(number) else None
        found = books.parse(data) if data else None
        if found is None:
            known = ", ".join(str(one.number) for one in self.generations()) or "none yet"
            raise Refusal(f"there is no generation {number}", f"Kept are: {known}.")
        return found

    def bytes_of(self, digest: str) -> bytes | None:
        """Return the bytes of a file that was replaced."""
        return self._store.bytes_of(f"{self._prefix}objects/{digest}")

    def _prune(self, numbers: Sequence[int]) -> None:
        over, kept = numbers[: -self._size], numbers[-self._size :]
        needed = {digest for number in kept for digest in self._noted(number)}
        for number in over:
            for digest in self._noted(number):
                if digest not in needed:
                    self._store.remove(f"{self._prefix}objects/{digest}")
            self._store.remove(self._note(number))
            self._store.remove(self._ledger(number))

    def _noted(self, number: int) -> Sequence[str]:
        note = self._read(number)
        return list(map(str, note["kept"])) if note else ()

    def _read(self, number: int) -> dict[str, Any] | None:
        data = self._store.bytes_of(self._note(number))
        try:
            note = json.loads(data) if data else None
        except (ValueError, RecursionError):
            return None
        return note if isinstance(note, dict) and {"until", "articles", "kept"} <= note.keys() else None

    def _note(self, number: int) -> str:
        return f"{self._prefix}{number}/note.json"

    def _ledger(self, number: int) -> str:
        return f"{self._prefix}{number}/ledger.json"


def roll_back(store: Store, vault: Vault, number: int, now: datetime) -> Sequence[str]:
    """Let a generation stand again and hold it; return the paths that changed.

    Raises ``Refusal``, with nothing changed, when it is not kept or something of it is gone.
    """
    present = books.parse(store.bytes_of(LEDGER) or b"") or Ledger()
    wanted = vault.ledger(number)
    sealed = {path: entry for path, entry in present.files.items() if entry.sealed}
    files = {**wanted.files, **sealed}
    restored = _restored(store, vault, files, present)
    gone = [entry.file.path for path, entry in present.files.items() if path not in files and not books.shared(path)]
    digests = {entry.file.path: entry.file.digest for entry in present.files.values()}
    for path in (*restored, *gone):
        if path in digests:
            vault.keep(store.bytes_of(path), digests[path])
    for path, (data, media_type) in restored.items():
        store.put(path, data, media_type)
    store.put(HELD, json.dumps({"generation": number}).encode(), _JSON)
    store.commit()
    store.put(LEDGER, books.dump(_as_of(wanted, present, files, now)), _JSON)
    store.commit()
    for path in gone:
        store.remove(path)
    store.finish()
    vault.close(present, now)
    return sorted([*restored, *gone])


def refuse_held(store: Store) -> None:
    """Raise ``Refusal`` while an operator holds the output at an earlier generation."""
    data = store.bytes_of(HELD)
    if data is None:
        return
    try:
        number = json.loads(data)["generation"]
    except (ValueError, KeyError, TypeError, RecursionError):
        number = "?"
    raise Refusal(
        f"the output is held at generation {number}, to which somebody went back",
        "When what was wrong is mended: syndicate rollback --release, then build.",
    )


def _restored(store: Store, vault: Vault, files: Mapping[str, Entry], present: Ledger) -> dict[str, tuple[bytes, str]]:
    """Return the bytes of what has to be put back. Raises ``Refusal`` for what is gone."""
    cards = {entry.file.path for path, entry in files.items() if books.shared(path)}
    lost = sorted(cards - store.sizes(cards).keys())
    found: dict[str, tuple[bytes, str]] = {}
    for path, entry in files.items():
        now = present.files.get(path)
        if books.shared(path) or (now and now.file.digest == entry.file.digest):
            continue
        data = vault.bytes_of(entry.file.digest)
        if data is None:
            lost.append(path)
        else:
            found[entry.file.path] = (data, entry.file.media_type)
    if lost:
        raise Refusal(f"{lost[0]} of that generation is no longer there", "Go back to a later one, or build anew.")
    return found


def _as_of(wanted: Ledger, present: Ledger, files: Mapping[str, Entry], now: datetime) -> Ledger:
    """Return a ledger of what stands after going back: the cards that are not shown any more have their grace time."""
    current = {entry.file.path for entry in files.values()}
    before = {entry.file.path for path, entry in present.files.items() if books.shared(path)}
    retained = {**dict.fromkeys(sorted(before - current), now), **wanted.retained, **present.retained}
    kept = {path: since for path, since in retained.items() if path not in current}
    return replace(wanted, files=files, retained=kept, memory=present.memory)
