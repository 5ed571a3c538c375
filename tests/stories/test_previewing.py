"""A preview while one writes: built, shown on this machine only, built again at each change."""

import shutil

import pytest
from making import tree, write_article, write_site
from previewing import serving


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path / "site")
    (root / "syndicate.toml").write_text((root / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(root, "a.md", "First")
    return root


@pytest.fixture
def served(site, tmp_path):
    with serving(site, tmp_path / "journal") as server:
        yield server


def test_what_is_written_is_shown(site, served):
    before = tree(site)
    first = served.after(0)
    assert first["ok"], first
    page, body = served.ask("/index.html")
    assert page.status == 200
    assert b"First" in body
    feed, body = served.ask("/rss.xml")
    assert feed.headers["Content-Type"] == "application/xml"
    assert f"http://127.0.0.1:{served.port}/rss.xml".encode() in body
    assert served.ask("/rss.xml", If_None_Match=feed.headers["ETag"])[0].status == 304
    assert served.ask("/rss.xml", "HEAD")[1] == b""
    assert served.ask("/rss.xml", Range="bytes=0-4")[1] == b"<?xml"
    write_article(site, "a.md", "Second")
    assert served.after(first["number"])["ok"]
    assert b"Second" in served.ask("/rss.xml")[1]
    shutil.rmtree(site / ".syndicate")
    assert tree(site).keys() == {path for path in before if not path.startswith(".syndicate")}


def test_only_this_machine_is_let_in_and_only_to_read(site, served):
    served.after(0)
    assert served.ask("/rss.xml", Host="evil.example")[0].status == 421
    assert served.ask("/rss.xml", "POST")[0].status == 405
    assert served.ask("/.ledger.json")[0].status == 404
    assert served.ask("/../../syndicate.toml")[0].status == 404
    (site / ".syndicate/preview/link.html").symlink_to("/etc/passwd")
    assert served.ask("/link.html")[0].status == 404
    live, _ = served.ask("/.live/")
    assert "default-src 'none'" in live.headers["Content-Security-Policy"]
    assert live.headers["X-Content-Type-Options"] == "nosniff"
    assert served.ask("/")[0].headers["Location"] == "/.live/"
