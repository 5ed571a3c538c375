"""The outbox: what is still to be told, and what was noted last, in SQLite beside the site.

Losing it costs no correctness of what is published: the next publish tells what it changes itself. News of the same
address merges while it waits, so the outbox never grows beyond the site. Every step is one transaction.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from syndicate import disk
from syndicate.announcing.messages import Change
from syndicate.announcing.schedule import Line, stale
from syndicate.announcing.topics import Topics

_LEASE = timedelta(minutes=1)
"""How long a channel is left to the process that is sending; one that was killed blocks it no longer than that."""
_PATIENCE = 2.0
_EDITION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS noted (output TEXT, kind TEXT, url TEXT, digest TEXT, PRIMARY KEY (output, kind, url))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (output TEXT, channel TEXT, kind TEXT, url TEXT, gone INTEGER, since TEXT,
    PRIMARY KEY (output, channel, kind, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lines (output TEXT, channel TEXT, failures INTEGER, rests_until TEXT,
    PRIMARY KEY (output, channel)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits to be told, and since when."""

    change: Change
    since: datetime


class Outbox:
    """What one output still has to tell, and to whom."""

    def __init__(self, database: sqlite3.Connection, output: str) -> None:
        self.database = database
        self.output = output

    def noted(self) -> Topics | None:
        """The topics as they stood when last noted; ``None`` if never."""
        rows = self._all("SELECT kind, url, digest FROM noted WHERE output = ?", self.output)
        if not rows:
            return None
        feeds = {url: digest for kind, url, digest in rows if kind == "feed"}
        return Topics(feeds, {url: digest for kind, url, digest in rows if kind == "article"})

    def note(self, topics: Topics, news: Mapping[str, Iterable[Change]], now: datetime) -> None:
        """Remember what stands and, in the same instant, what each channel has to be told of it."""
        kinds = (("", {"": ""}), ("feed", topics.feeds), ("article", topics.articles))  # the first: that it was noted
        noted = [(self.output, kind, url, digest) for kind, known in kinds for url, digest in known.items()]
        waiting = [
            (self.output, channel, one.kind, one.url, one.gone, now.isoformat())
            for channel, changes in news.items()
            for one in changes
        ]
        with self._at_once():
            self.database.execute("DELETE FROM noted WHERE output = ?", (self.output,))
            self.database.executemany("INSERT INTO noted VALUES (?, ?, ?, ?)", noted)
            self.database.executemany("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?)", waiting)

    def count(self, channel: str) -> int:
        """How much waits for a channel."""
        query = "SELECT count(*) FROM waiting WHERE output = ? AND channel = ?"
        return int(self._all(query, self.output, channel)[0][0])

    def waiting(self, channel: str, limit: int = -1) -> tuple[Waiting, ...]:
        """What a channel is to be told, the oldest first."""
        query = "SELECT kind, url, gone, since FROM waiting WHERE output = ? AND channel = ?"
        query += " ORDER BY since, kind, url LIMIT ?"
        rows = self._all(query, self.output, channel, limit)
        return tuple(
            Waiting(Change(url, kind, bool(gone)), datetime.fromisoformat(since)) for kind, url, gone, since in rows
        )

    def claim(self, channel: str, now: datetime) -> Line | None:
        """Take a channel for a minute and return its state; ``None`` if it rests or another process has it."""
        with self._at_once():
            line = self.line(channel)
            if not line.open(now):
                return None
            self._set_line(channel, Line(line.failures, now + _LEASE))
        return line

    def line(self, channel: str) -> Line:
        """Return a channel's state."""
        query = "SELECT failures, rests_until FROM lines WHERE output = ? AND channel = ?"
        rows = self._all(query, self.output, channel)
        if not rows:
            return Line()
        failures, until = rows[0]
        return Line(int(failures), datetime.fromisoformat(until) if until else None)

    def settle(self, channel: str, line: Line, told: Sequence[Waiting]) -> None:
        """Set a channel's state, and forget what was told; what changed again meanwhile keeps waiting."""
        rows = [(self.output, channel, one.change.kind, one.change.url, one.since.isoformat()) for one in told]
        delete = "DELETE FROM waiting WHERE output = ? AND channel = ? AND kind = ? AND url = ? AND since = ?"
        with self._at_once():
            self.database.executemany(delete, rows)
            self._set_line(channel, line)

    def drop_stale(self, channel: str, now: datetime) -> int:
        """Forget what nobody need be told any more; say how much that was."""
        old = tuple(one for one in self.waiting(channel) if stale(one.since, now))
        if old:
            self.settle(channel, self.line(channel), old)
        return len(old)

    def _set_line(self, channel: str, line: Line) -> None:
        until = line.rests_until.isoformat() if line.rests_until else None
        row = (self.output, channel, line.failures, until)
        self.database.execute("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", row)

    def _all(self, query: str, *values: object) -> list[tuple[str, ...]]:
        return self.database.execute(query, values).fetchall()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")


@contextmanager
def opened(place: Path, output: str) -> Iterator[Outbox]:
    """Open the outbox of an output, made anew where it is damaged. Raises ``sqlite3.Error`` or ``OSError``."""
    disk.make_folder(place.parent)
    database = _connect(place)
    try:
        yield Outbox(database, output)
    finally:
        database.close()


def _connect(place: Path) -> sqlite3.Connection:
    try:
        return _prepared(place)
    except sqlite3.OperationalError:
        raise  # locked or not writable: it may be whole
    except sqlite3.DatabaseError:
        disk.clear(place)
        return _prepared(place)


def _prepared(place: Path) -> sqlite3.Connection:
    if place.is_symlink():
        raise OSError(0, "a symbolic link stands in the way")
    database = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None)
    try:
        edition = database.execute("PRAGMA user_version").fetchone()[0]
        if edition not in {0, _EDITION}:
            raise sqlite3.DatabaseError("the outbox of another edition")  # noqa: TRY301 -- told like a damaged one
        database.executescript(f"{_TABLES} PRAGMA user_version = {_EDITION};")
    except BaseException:
        database.close()
        raise
    return database
