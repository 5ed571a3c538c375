"""Whether what stands is what was published: every file against the ledger, and every file that another one names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from syndicate.artifact import digest_of
from syndicate.findings import Finding, finding, ordered
from syndicate.publishing.ledger import Entry, Ledger
from syndicate.publishing.store import Store

_HASHED = re.compile(r"""(?<![\w.~%-])((?:cards|gallery/thumbs)/[^\s"'<>\\]+\.[0-9a-f]{16}\.\w+)""")
"""Cards, wherever they are named: nothing else looks like that."""
_FEEDS = re.compile(
    r"""(?:<(?:atom:)?link\s[^<>]*?href=|xmlUrl=|"(?:next_url|feed_url)":\s*)["'](?:[^"']*/)?(feeds/[^"'?#]+)["']"""
)
"""Feeds, where one names another: in the text of an article such a path means nothing."""
_TOLD = ("application/", "text/")


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong, and the artifacts that have to be made anew."""

    findings: tuple[Finding, ...]
    artifacts: frozenset[str]
    files: int


def verify(ledger: Ledger, store: Store) -> Faults:
    """Read every file that the ledger knows, and compare."""
    there = {entry.file.path for entry in ledger.files.values()} | set(ledger.retained)
    findings: list[Finding] = []
    artifacts: set[str] = set()
    for name, entry in sorted(ledger.files.items()):
        found = list(_faults(entry, store.bytes_of(entry.file.path), there))
        findings += found
        if found:
            artifacts.add(name)
    findings += [
        finding("file-missing", path, "a replaced card is gone before its time: posts that show it show nothing")
        for path in sorted(ledger.retained.keys() - store.sizes(ledger.retained).keys())
    ]
    return Faults(ordered(findings), frozenset(artifacts), len(ledger.files))


def _named(text: str) -> list[str]:
    found = [*_HASHED.findall(text), *_FEEDS.findall(text)]
    return sorted({unquote(one.replace("&amp;", "&")) for one in found})


def _faults(entry: Entry, data: bytes | None, there: set[str]) -> Iterator[Finding]:
    path = entry.file.path
    if data is None:
        yield finding("file-missing", path, "was published and is gone")
    elif digest_of(data) != entry.file.digest:
        yield finding("file-altered", path, "is not what was published")
    elif entry.file.media_type.startswith(_TOLD):
        text = data.decode("utf-8", "replace")
        for named in _named(text):
            if named not in there:
                yield finding("reference-broken", path, f"names {named}, which is not there")
