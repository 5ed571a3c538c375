"""What was taken is known again, also after a restart, and not for ever."""

import sqlite3

import pytest

from syndicate.serving import deliveries
from syndicate.serving.deliveries import WINDOW, Deliveries


@pytest.fixture
def place(tmp_path):
    return tmp_path / ".syndicate" / "deliveries.db"


def take(place, *marks, sender="github", now=1000.0):
    seen = Deliveries(place)
    try:
        return seen.take(sender, marks, now)
    finally:
        seen.close()


def test_a_copy_is_known_by_either_mark(place):
    assert take(place, "body 1", "id 1")
    assert not take(place, "body 1", "id 1")
    assert not take(place, "body 1", "id 2")
    assert not take(place, "body 2", "id 1")
    assert take(place, "body 3", "id 3")
    assert take(place, "body 1", "id 1", sender="gitea")


def test_a_copy_makes_nothing_known(place):
    take(place, "body 1", "id 1")
    take(place, "body 1", "id 2")
    assert not take(place, "body 2", "id 2"), "what came with a copy is known, too: it was signed once"


def test_the_old_is_forgotten_by_time_and_by_number(place, monkeypatch):
    assert take(place, "a", now=0)
    assert take(place, "a", now=WINDOW + 1)
    monkeypatch.setattr(deliveries, "MOST", 3)
    for number in range(10):
        take(place, f"m{number}", now=WINDOW + 2 + number)
    with sqlite3.connect(place) as database:
        assert database.execute("SELECT count(*) FROM seen").fetchone()[0] <= 4
    database.close()


def test_a_damaged_memory_is_made_anew(place):
    place.parent.mkdir()
    place.write_bytes(b"this was never a database, whatever its name says" * 10)
    assert take(place, "a")
