"""An output that also holds the site's own files."""

import stat

import pytest
from making import article, order, site

from syndicate import plan
from syndicate.engine import inline
from syndicate.errors import Refusal
from syndicate.loading.sources import reader
from syndicate.publishing import publish, sharing
from syndicate.publishing.folder import Folder, OutputError
from syndicate.publishing.ledger import Ledger


def published(root, seen):
    made = site(article(1), shared=True, cards=False)
    folder = Folder(root)
    waves = sharing.beside(plan.waves(made), sharing.opened(folder), folder, seen)
    return publish(order(made, waves=waves), folder, inline(reader(root)), lambda *_: None)


def test_a_file_of_the_sites_own_keeps_its_place(tmp_path):
    (tmp_path / "rss.xml").write_bytes(b"own")
    (tmp_path / "index.html").write_bytes(b"own")
    seen = []
    report = published(tmp_path, seen)
    assert [(one.path, one.code) for one in seen] == [("rss.xml", "output-occupied")]
    assert (tmp_path / "rss.xml").read_bytes() == (tmp_path / "index.html").read_bytes() == b"own"
    assert {"atom.xml", "gallery/index.html", "tags/a0001.html"} <= set(report.written)
    assert published(tmp_path, []).written == ()


def test_what_is_ours_is_told_by_the_ledger(tmp_path):
    published(tmp_path, [])
    ours = sharing.ours(tmp_path, tmp_path)
    assert ours("atom.xml")
    assert not ours("index.html")
    below = sharing.ours(tmp_path, tmp_path / "feeds")
    assert below("feeds/x")
    assert not below("feedsx")
    assert not sharing.ours(tmp_path, "s3://bucket/")("atom.xml")
    assert not sharing.ours(tmp_path / "feeds", tmp_path)("x")


def test_feeds_of_others_are_no_memory_of_ours(tmp_path):
    (tmp_path / "feed.json").write_text(
        '{"items": [{"id": "x", "url": "https://e.org/x", "date_modified": "2024-01-01T00:00:00Z"}]}'
    )
    assert sharing.opened(Folder(tmp_path)) == Ledger()


def test_only_a_folder_of_a_site_is_shared(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for place in (tmp_path, tmp_path / "nowhere", "/"):
        with pytest.raises(Refusal):
            sharing.refuse_unsafe(place)


def test_other_bytes_for_a_file_leave_its_mode_and_wait_for_the_commit(tmp_path):
    page = tmp_path / "a.html"
    page.write_bytes(b"old")
    page.chmod(0o604)
    folder = Folder(tmp_path)
    folder.rewrite("a.html", b"new")
    assert page.read_bytes() == b"old"
    folder.commit()
    assert page.read_bytes() == b"new"
    assert stat.S_IMODE(page.stat().st_mode) == 0o604
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize("way", ["link", "folder", "gone"])
def test_nothing_is_written_through_what_is_no_file(tmp_path, way):
    (tmp_path / "site").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.html").write_bytes(b"old")
    path = {"link": "a.html", "folder": "in/a.html", "gone": "a.html"}[way]
    if way == "link":
        (tmp_path / "site/a.html").symlink_to(tmp_path / "other/a.html")
    elif way == "folder":
        (tmp_path / "site/in").symlink_to(tmp_path / "other")
    with pytest.raises(OutputError):
        Folder(tmp_path / "site").rewrite(path, b"new")
    assert (tmp_path / "other/a.html").read_bytes() == b"old"
