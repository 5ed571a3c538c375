"""The index: what was understood of each source, in SQLite beside the site, so that it is not read and parsed again.

One for each output, under the output's lock. Disposable: what cannot be read, is of another program or was made under
other settings, is made anew, and a site that cannot be written is read each time. Nothing in it is trusted to be code:
rows are JSON, decoded by type; a body is checked by its digest before it is published.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

from syndicate import certificate, disk
from syndicate.findings import Finding
from syndicate.loading.article import Draft
from syndicate.loading.sites.layout import Source
from syndicate.model import Article

T = TypeVar("T")

_SCHEME = "1"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (path TEXT PRIMARY KEY, state TEXT, digest TEXT, key TEXT, draft BLOB, article BLOB,
    body TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bodies (digest TEXT UNIQUE, html TEXT);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, state TEXT, digest TEXT) WITHOUT ROWID;
"""
_PATIENCE = 0.5
_APART = frozenset({"source", "fields"})
_NAMES = tuple(one.name for one in fields(Draft) if one.name not in _APART)
_Facts = msgspec.defstruct(
    "_Facts", [(name, get_type_hints(Draft)[name]) for name in _NAMES], array_like=True, frozen=True
)


class Ending(msgspec.Struct, array_like=True, frozen=True):
    """What became of an article's body: the article, what was remarked, and what was asked of files and of sources."""

    article: Article | None
    findings: tuple[Finding, ...] = ()
    seen: dict[str, str] | None = None
    asked: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One source as it was understood: the state and digest of its file, what else it depends on, and the outcome.

    ``ending`` is empty where its body was not rendered; ``html`` is a body that is new to the index, ``body`` its name.
    """

    path: str
    state: str
    digest: str
    key: str
    draft: bytes
    ending: bytes = b""
    body: str = ""
    html: str = ""


_decode_facts = msgspec.json.Decoder(_Facts).decode
_decode_ending = msgspec.json.Decoder(Ending).decode


def draft_bytes(draft: Draft) -> bytes:
    """Return a draft without what can be had from its source. Raises ``ValueError`` for what would come back other."""
    for moment in (draft.published, *draft.moments):
        _refuse_odd(moment)
    return msgspec.json.encode(_Facts(*(getattr(draft, name) for name in _NAMES)))


def draft_of(data: bytes, source: Source) -> Draft:
    """Return a draft as it was. Raises ``ValueError``."""
    facts: Any = _decoded(_decode_facts, data)
    return Draft(source=source, **{name: getattr(facts, name) for name in _NAMES})


def ending_bytes(ending: Ending) -> bytes:
    """Return an ending as bytes. Raises ``ValueError`` for what would come back other."""
    one = ending.article
    for moment in (one.published, one.updated, one.event) if one else ():
        _refuse_odd(moment)
    return msgspec.json.encode(ending)


def ending_of(data: bytes) -> Ending:
    """Return an ending as it was. Raises ``ValueError``."""
    return _decoded(_decode_ending, data)


def packed(value: object) -> bytes:
    """Return rows and plain values as bytes, for the way from one process to another."""
    return msgspec.msgpack.encode(value)


def unpacked(data: bytes) -> Any:  # noqa: ANN401 -- whatever was packed
    """Return what was packed; rows as mappings."""
    return msgspec.msgpack.decode(data)


def _decoded(decode: Callable[[bytes], T], data: bytes) -> T:
    try:
        return decode(data)
    except (msgspec.MsgspecError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _refuse_odd(moment: datetime | None) -> None:
    offset = moment.utcoffset() if moment else None
    if offset and offset.total_seconds() % 60:  # the local times of cities, before there were zones
        raise ValueError("an offset with seconds")


class Index:
    """An open index. Never raises: what goes wrong with it ends its use, and what it did not give is read."""

    def __init__(self, place: Path, program: str) -> None:
        self.place, self.program = place, program
        self.database: sqlite3.Connection | None = None
        self.changed = False

    def opened(self, frame: str) -> "Index":
        """Open it for articles that share a frame; what was understood under another one goes."""
        wanted = f"{_SCHEME} {self.program} {frame}"
        try:
            certificate.private(self.place.parent)
            self.database = self._prepared(wanted)
        except (sqlite3.Error, OSError) as error:
            self.give_up(error)
        return self

    def rows(self) -> Iterator[Row]:
        """Yield what is known, in the order of the paths."""
        query = "SELECT path, state, digest, key, draft, article, body FROM sources ORDER BY path"
        try:
            if self.database:
                yield from (Row(*row) for row in self.database.execute(query))
        except (sqlite3.Error, TypeError) as error:
            self.give_up(error)

    def files(self) -> dict[str, tuple[str, str]]:
        """Return the digests of other files, by their states."""
        return {path: (state, digest) for path, state, digest in self._all("SELECT path, state, digest FROM files")}

    def body(self, digest: str) -> str | None:
        """Return a body by its digest."""
        found = self._all("SELECT html FROM bodies WHERE digest = ?", digest)
        return str(found[0][0]) if found else None

    def put(self, rows: Sequence[Row]) -> None:
        """Remember sources. Bodies are in force at once, for who renders reads them."""
        bodies = [(row.body, row.html) for row in rows if row.html]
        self._many("INSERT OR IGNORE INTO bodies VALUES (?, ?)", bodies)
        values = [(one.path, one.state, one.digest, one.key, one.draft, one.ending, one.body) for one in rows]
        self._many("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def touch(self, states: Iterable[tuple[str, str]]) -> None:
        """Remember new states of sources whose bytes are the same: pairs of state and path."""
        self._many("UPDATE sources SET state = ? WHERE path = ?", list(states))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget sources that are gone."""
        self._many("DELETE FROM sources WHERE path = ?", [(path,) for path in paths])

    def put_files(self, known: Iterable[tuple[str, str, str]]) -> None:
        """Remember the digests of other files: triples of path, state and digest."""
        self._many("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", list(known))

    def settle(self) -> None:
        """Bring into force what was remembered, so that other processes can read it."""
        try:
            if self.database and self.changed:
                self.database.commit()
        except sqlite3.Error as error:
            self.give_up(error)

    def close(self) -> None:
        """Let go of bodies that no source has any more, and of the file."""
        if self.changed:
            self._many("DELETE FROM bodies WHERE digest NOT IN (SELECT body FROM sources) AND 1 = ?", [(1,)])
        self.settle()
        self.give_up()

    def give_up(self, error: Exception | None = None) -> None:
        """Do without; what is damaged goes."""
        with suppress(sqlite3.Error):
            if self.database:
                self.database.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                disk.clear(self.place)
        self.database = None

    def _prepared(self, wanted: str) -> sqlite3.Connection:
        try:
            return self._connected(wanted)
        except sqlite3.OperationalError:
            raise  # locked or not writable: it may be whole
        except sqlite3.DatabaseError:
            disk.clear(self.place)
            return self._connected(wanted)

    def _connected(self, wanted: str) -> sqlite3.Connection:
        if self.place.is_symlink():
            raise OSError(0, "a symbolic link stands in the way")
        database = sqlite3.connect(self.place, timeout=_PATIENCE)
        try:
            # Disposable: what a power cut leaves of it is seen to be damaged, and made anew.
            database.executescript(f"PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; {_TABLES}")
            made = database.execute("SELECT value FROM meta WHERE key = 'frame'").fetchone()
            if made != (wanted,):
                database.executescript("DELETE FROM sources; DELETE FROM bodies; DELETE FROM files;")
                database.execute("INSERT OR REPLACE INTO meta VALUES ('frame', ?)", (wanted,))
                database.commit()
        except BaseException:
            database.close()
            raise
        return database

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.database.execute(query, values).fetchall() if self.database else []
        except sqlite3.Error as error:
            self.give_up(error)
            return []

    def _many(self, query: str, values: list[tuple[Any, ...]]) -> None:
        try:
            if self.database and values:
                self.database.executemany(query, values)
                self.changed = True
        except (sqlite3.Error, UnicodeError) as error:
            self.give_up(error)
