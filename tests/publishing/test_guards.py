"""Guards: somebody else's files, a wiped site, two builds at once."""

import pytest

from syndicate.errors import Busy, Refusal
from syndicate.publishing.folder import OutputError
from syndicate.publishing.guards import asked_again, only_one, refuse_foreign, refuse_wipe


@pytest.fixture
def place(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "out").mkdir()
    return tmp_path


def test_our_own_or_an_empty_or_a_new_folder_is_fine(place):
    refuse_foreign(place / "new", place / "site")
    refuse_foreign(place / "out", place / "site")
    refuse_foreign(place / "site" / "output", place / "site")
    (place / "out" / ".ledger.json").touch()
    (place / "out" / "theirs.html").touch()
    refuse_foreign(place / "out", place / "site")
    assert not (place / "new").exists(), "asking makes nothing"
    (place / "out" / ".ledger.json").unlink()
    with pytest.raises(Refusal):
        refuse_foreign(place / "out", place / "site")


def test_a_lost_ledger_is_forgiven_where_the_files_are_ours(place):
    for name in ("rss.xml", "index.html"):
        (place / "out" / name).touch()
    with pytest.raises(Refusal):
        refuse_foreign(place / "out", place / "site")
    (place / "out" / "cards.json").write_text('{"generator": "syndicate"}')
    refuse_foreign(place / "out", place / "site")


def test_a_first_publish_that_was_killed_is_taken_up_again(place):
    for name in (".lock", ".unfinished", "rss.xml"):
        (place / "out" / name).touch()
    refuse_foreign(place / "out", place / "site")
    (place / "out" / "theirs.html").touch()
    with pytest.raises(Refusal, match=r"theirs\.html"):
        refuse_foreign(place / "out", place / "site")


@pytest.mark.parametrize("name", ["theirs.html", "index.html", "cards.json"])
def test_foreign_files_are_not_published_over(place, name):
    (place / "out" / name).write_text("{}")
    with pytest.raises(Refusal, match=name) as caught:
        refuse_foreign(place / "out", place / "site")
    assert caught.value.exit_code == 4


def test_the_site_its_parents_and_files_are_refused(place):
    (place / "file").touch()
    (place / "link").symlink_to(place / "site")
    for output in (place / "site", place, place / "link", place / "site" / "..", place / "file"):
        with pytest.raises(Refusal):
            refuse_foreign(output, place / "site")


def test_a_wipe_is_refused_unless_allowed():
    many = {f"u{number}" for number in range(30)}
    for left in (set(), {"u1"}, {f"u{number}" for number in range(14)}):
        with pytest.raises(Refusal):
            refuse_wipe(many, left, 0.5, allowed=False)
        refuse_wipe(many, left, 0.5, allowed=True)
    refuse_wipe(many, {f"u{number}" for number in range(16)}, 0.5, allowed=False)
    refuse_wipe({"a", "b", "c"}, {"a"}, 0.5, allowed=False)
    refuse_wipe(set(), set(), 0.5, allowed=False)
    refuse_wipe(many, {"u1"}, 1.0, allowed=False)
    with pytest.raises(Refusal):
        refuse_wipe(many, {f"u{number}" for number in range(16)}, 0.1, allowed=False)


def test_the_second_build_is_told_and_the_first_hears_of_it(place):
    with only_one(place / "out"):
        assert not asked_again(place / "out")
        with pytest.raises(Busy), only_one(place / "out"):
            pass
        assert asked_again(place / "out")
        assert not asked_again(place / "out")
    with only_one(place / "out"):
        pass


def test_a_lock_that_cannot_be_let_go_is_told(tmp_path, monkeypatch):
    from filelock import FileLock

    def broken(_self, force=False):
        raise OSError(5, "Input/output error")

    with pytest.raises(OutputError, match=r"\.lock: cannot be written: Input/output error"), only_one(tmp_path):
        monkeypatch.setattr(FileLock, "release", broken)
