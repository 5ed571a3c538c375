"""The output folder: whole files, equal bytes untouched, nothing through a link."""

import os
import threading

import pytest
from making import times

from syndicate.publishing.folder import Folder, OutputError


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "out")


def test_a_promise_comes_into_force_at_commit(folder):
    assert folder.put("a/b/c.txt", b"one")
    assert folder.bytes_of("a/b/c.txt") is None
    folder.commit()
    assert folder.bytes_of("a/b/c.txt") == b"one"
    assert folder.sizes(["a/b/c.txt", "gone"]) == {"a/b/c.txt": 3}
    assert not [path for path in folder.walk() if path.endswith("~")]


def test_equal_bytes_are_not_touched(folder):
    folder.put("a.txt", b"one")
    folder.commit()
    folder.finish()
    before = times(folder.root)
    assert not folder.put("a.txt", b"one")
    folder.commit()
    folder.finish()
    assert times(folder.root) == before


def test_many_files_come_into_force_in_batches(folder):
    for number in range(600):
        folder.put(f"{number % 7}/{number}.txt", str(number).encode())
    assert folder.bytes_of("0/0.txt") == b"0", "the first batch stands already"
    folder.commit()
    assert all(folder.bytes_of(f"{number % 7}/{number}.txt") == str(number).encode() for number in range(600))


def test_discarded_promises_leave_nothing(folder):
    folder.put("a.txt", b"old")
    folder.commit()
    folder.put("a.txt", b"new")
    folder.discard()
    folder.commit()
    assert folder.bytes_of("a.txt") == b"old"
    assert not [path for path in folder.walk() if path.endswith("~")]


def test_an_interruption_is_seen_and_swept(folder):
    folder.put("a/x.txt", b"half")
    assert folder.interrupted()
    again = Folder(folder.root)
    assert again.interrupted()
    again.sweep()
    again.finish()
    assert list(again.walk()) == []


def test_removing_takes_empty_folders_along(folder):
    folder.put("a/b/c.txt", b"x")
    folder.put("a/d.txt", b"x")
    folder.commit()
    assert folder.remove("a/b/c.txt")
    assert not (folder.root / "a/b").exists()
    assert (folder.root / "a/d.txt").exists()
    assert not folder.remove("a/b/c.txt")


def test_nothing_is_written_or_read_or_removed_through_a_link(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.txt").write_bytes(b"theirs")
    folder.root.mkdir()
    (folder.root / "cards").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        folder.put("cards/x.txt", b"ours")
    assert not folder.remove("cards/x.txt")
    (folder.root / "rss.xml").symlink_to(outside / "x.txt")
    assert folder.bytes_of("rss.xml") is None
    folder.put("rss.xml", b"ours")
    folder.commit()
    assert (outside / "x.txt").read_bytes() == b"theirs"
    assert folder.bytes_of("rss.xml") == b"ours"


def test_a_link_planted_under_a_drafts_name_is_not_followed(folder, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"theirs")
    folder.root.mkdir()
    (folder.root / ".rss.xml.draft~").symlink_to(victim)
    folder.put("rss.xml", b"ours")
    folder.commit()
    assert victim.read_bytes() == b"theirs"
    assert folder.bytes_of("rss.xml") == b"ours"


def test_a_folder_that_may_not_be_written_says_so(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    folder = Folder(locked / "out")
    # root may write anywhere: take the rights of nobody for the attempt.
    root = os.geteuid() == 0
    if root:
        tmp_path.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(OutputError, match="cannot be written: Permission denied") as caught:
            folder.put("rss.xml", b"x")
    finally:
        if root:
            os.seteuid(0)
    assert caught.value.exit_code == 2
    assert "what stood before still stands" in caught.value.help


def test_something_in_the_way_says_so(folder):
    folder.root.mkdir()
    (folder.root / "cards").write_bytes(b"a file where a folder must be")
    with pytest.raises(OutputError, match="cannot be written"):
        folder.put("cards/x.txt", b"x")


def test_a_reader_never_sees_half_a_file(folder):
    versions = {bytes([letter]) * 200_000 for letter in b"abc"}
    folder.put("feed.json", min(versions))
    folder.commit()
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add(folder.bytes_of("feed.json"))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(30):
        for version in versions:
            folder.put("feed.json", version)
            folder.commit()
    stop.set()
    reader.join()
    assert seen <= versions
