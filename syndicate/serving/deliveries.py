"""Which deliveries were taken already, in SQLite beside the site: a copy of one is refused, also after a restart."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from syndicate import disk

DELIVERIES = ".syndicate/deliveries.db"
WINDOW = 30 * 86400
"""Seconds for which a delivery is remembered whose sender signs no moment."""
MOST = 50_000
"""Deliveries remembered; only genuine ones are, so nobody else can fill this."""


class Deliveries:
    """The marks of what was taken."""

    def __init__(self, place: Path) -> None:
        disk.make_folder(place.parent)
        try:
            self.database = _opened(place)
        except sqlite3.OperationalError:
            raise  # locked or not writable: it may be whole
        except sqlite3.DatabaseError:
            disk.clear(place)
            self.database = _opened(place)

    def take(self, sender: str, marks: Sequence[str], now: float) -> bool:
        """Remember a delivery; say whether it is a new one. Raises ``sqlite3.Error``."""
        names = [f"{sender} {mark}" for mark in marks]
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            self._forget(now)
            holes = ",".join("?" * len(names))
            query = f"SELECT count(*) FROM seen WHERE mark IN ({holes})"  # noqa: S608 -- question marks only
            new = self.database.execute(query, names).fetchone()[0] == 0
            rows = [(name, now) for name in names]
            self.database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
        return bool(new)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def _forget(self, now: float) -> None:
        self.database.execute("DELETE FROM seen WHERE at < ?", (now - WINDOW,))
        self.database.execute(
            "DELETE FROM seen WHERE rowid IN (SELECT rowid FROM seen ORDER BY at DESC LIMIT -1 OFFSET ?)", (MOST,)
        )


def _opened(place: Path) -> sqlite3.Connection:
    if place.is_symlink():
        raise OSError(0, "a symbolic link stands in the way")
    database = sqlite3.connect(place, timeout=2, isolation_level=None)
    try:
        database.executescript(
            "CREATE TABLE IF NOT EXISTS seen (mark TEXT PRIMARY KEY, at REAL);"
            "CREATE INDEX IF NOT EXISTS age ON seen (at);"
        )
    except BaseException:
        database.close()
        raise
    return database
