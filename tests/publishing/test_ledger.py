"""The ledger: what stands, as text and back; what is stale, and why."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.artifact import Artifact, File, Rendered
from syndicate.findings import finding
from syndicate.publishing.ledger import Entry, Ledger, compare, dump, expired, orphans, parse

WHEN = datetime(2026, 3, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    body: str = "b"

    def render(self, read):
        return Rendered(self.title.encode())


def artifact(path="a.txt", title="t", **fields):
    return Artifact(path, "text/plain", Words(title), **fields)


def entry(one, edition="e", size=1, path=None, **fields):
    file = File(path or one.path, one.media_type, "d", size, {})
    return Entry(file, one.fingerprint(edition), one.ingredients(), **fields)


def reason(one, files, edition="e", present=None):
    changes = compare([one], files, edition, {"a.txt": 1} if present is None else present)
    return changes.stale[0].reason if changes.stale else ""


def test_why_a_file_is_rendered():
    one = artifact()
    files = {"a.txt": entry(one)}
    assert reason(one, files) == ""
    assert reason(one, {}) == "new"
    assert reason(artifact(title="other"), files) == "changed: title"
    assert reason(one, files, edition="f") == "another edition of syndicate or of its libraries"
    assert reason(one, files, present={}) == "its file is gone"
    assert reason(one, files, present={"a.txt": 2}) == "its file was altered"


def test_orphans_are_what_no_plan_wants_but_for_failed_sources():
    files = {path: entry(artifact(path), source=f"{path}.md") for path in ("a", "b", "c")}
    assert orphans(Ledger(files), {"a"}, {"c.md"}) == ("b",)


def test_grace_ends():
    retained = {"new": WHEN - timedelta(days=1), "old": WHEN - timedelta(days=31)}
    assert expired(retained, WHEN, timedelta(days=30)) == ("old",)


names = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.dictionaries(names, names, max_size=3), st.dictionaries(names, st.integers(0, 9), max_size=3))
def test_a_ledger_is_read_back_as_it_was_written(articles, facts):
    one = artifact()
    remark = finding("title-cut", "a.md", "x", line=3)
    kept = Entry(File("a.txt", "text/plain", "d", 1, facts), "f", {"title": "1"}, "a.md", (remark,))
    whole = Ledger({one.path: kept}, articles, {"cards/x": WHEN})
    assert parse(dump(whole)) == whole
    assert dump(whole) == dump(parse(dump(whole)))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'{"version": 99}', b'{"files": 1}', b"[" * 100_000])
def test_what_is_not_a_ledger_is_none(text):
    assert parse(text) is None
