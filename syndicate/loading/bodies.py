"""Bodies that are kept in the index, for recipes to read, here and in other processes."""

import os
import sqlite3
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_PATIENCE = 10.0
_KEPT = 32
"""Bodies that are held: those of one document, which three dialects read one after the other."""


@lru_cache(maxsize=_KEPT)
def body(place: Path, digest: str) -> bytes:
    """Return a body by its digest. Raises ``OSError`` where it cannot be had."""
    try:
        found = _opened(place, os.getpid()).execute("SELECT html FROM bodies WHERE digest = ?", (digest,)).fetchone()
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from None
    if not found:
        raise OSError(0, "it is gone")
    return str(found[0]).encode("utf-8", "surrogatepass")


def close() -> None:
    """Let go of the file, once all is rendered."""
    for database in _open:
        with suppress(sqlite3.Error):
            database.close()
    _open.clear()
    body.cache_clear()
    _opened.cache_clear()


_open: list[sqlite3.Connection] = []


@lru_cache(maxsize=1)
def _opened(place: Path, _process: int) -> sqlite3.Connection:
    """Open an index to read; a process that was copied may not use what its original opened."""
    _open.append(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE))
    return _open[-1]
