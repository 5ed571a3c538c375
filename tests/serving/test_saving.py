"""A source is written over whole, as it was seen, through no link, and keeps its permissions."""

import os
import stat

import pytest

from syndicate.serving import saving
from syndicate.serving.saving import Changed, Unsaved, save, seen


def louder(data):
    return data.upper()


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/content/a.md").write_bytes(b"\xef\xbb\xbftext\r\n")
    return tmp_path / "site"


def test_it_is_written_and_keeps_its_permissions(site):
    place = site / "content/a.md"
    place.chmod(0o640)
    before = saving.read(site, "content/a.md")
    after = save(site, "content/a.md", seen(before), louder)
    assert place.read_bytes() == after == b"\xef\xbb\xbfTEXT\r\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    assert names(place.parent) == ["a.md"]
    # What already says so is not touched, whoever asks.
    moment = place.stat().st_mtime_ns
    assert save(site, "content/a.md", "another", louder) == after
    assert place.stat().st_mtime_ns == moment


def test_one_that_changed_is_left_alone(site):
    place = site / "content/a.md"
    known = seen(place.read_bytes())
    place.write_bytes(b"edited elsewhere")
    with pytest.raises(Changed) as caught:
        save(site, "content/a.md", known, louder)
    assert caught.value.now == place.read_bytes() == b"edited elsewhere"


def test_one_that_changes_while_it_is_written_is_left_alone(site, monkeypatch):
    place = site / "content/a.md"
    written = saving._write

    def slow(*arguments):
        written(*arguments)
        place.write_bytes(b"edited elsewhere")

    monkeypatch.setattr(saving, "_write", slow)
    with pytest.raises(Changed):
        save(site, "content/a.md", seen(place.read_bytes()), louder)
    assert place.read_bytes() == b"edited elsewhere"
    assert names(place.parent) == ["a.md"]


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/hostname", "content/../../out.md", "", "content/", "content//a.md", "a\0"]
)
def test_nothing_outside_is_reached(site, path):
    (site.parent / "out.md").write_bytes(b"text")
    with pytest.raises(Unsaved):
        save(site, path, seen(b"text"), louder)
    assert (site.parent / "out.md").read_bytes() == b"text"


def test_no_link_is_followed(site):
    other = site.parent / "other"
    other.mkdir()
    (other / "a.md").write_bytes(b"text")
    (site / "linked").symlink_to(other)
    (site / "content/b.md").symlink_to(other / "a.md")
    (site / "content/c.md").symlink_to("a.md")
    for path in ("linked/a.md", "content/b.md", "content/c.md"):
        with pytest.raises(Unsaved, match="link"):
            save(site, path, seen(b"text"), louder)
    assert (other / "a.md").read_bytes() == b"text"


def test_what_is_no_file_or_protected_is_refused(site):
    os.mkfifo(site / "content/pipe.md")
    (site / "content/a.md").chmod(0o444)
    for path in ("content/pipe.md", "content", "content/none.md"):
        with pytest.raises(Unsaved):
            save(site, path, "", louder)
    with pytest.raises(Unsaved, match="write-protected"):
        save(site, "content/a.md", seen(saving.read(site, "content/a.md")), louder)
    assert names(site / "content") == ["a.md", "pipe.md"]


def test_a_full_disk_costs_nothing(site, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    before = saving.read(site, "content/a.md")
    with pytest.raises(Unsaved, match="No space"):
        save(site, "content/a.md", seen(before), louder)
    assert (site / "content/a.md").read_bytes() == before
    assert names(site / "content") == ["a.md"]
