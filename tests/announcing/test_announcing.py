"""The whole way: what changed is told once, to whom it concerns, after it stands; what nobody took is told later."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from making import NOW

from syndicate import announcing
from syndicate.announcing import News, desk
from syndicate.announcing.messages import Answer
from syndicate.announcing.outbox import opened
from syndicate.announcing.topics import Topics, topics
from syndicate.artifact import File
from syndicate.settings import Announce

BASE = "https://example.org/"
HUB = "https://hub.example/"


@pytest.fixture
def office(tmp_path):
    settings = Announce(
        hub=True, indexnow_key="abcdef12", webhook="https://me.example/hook", webhook_secret_env="HOOKS_TEST_SECRET"
    )
    return desk(tmp_path, tmp_path / "out", BASE, settings, HUB)


class Wire:
    """Stands in for the network."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def __call__(self, post):
        self.sent.append(post)
        return self.answers.pop(0) if self.answers else Answer(200, "status 200")

    @property
    def hosts(self):
        return [post.url.split("/")[2] for post in self.sent]


def news(feed="1", article="1", **more):
    now = Topics({f"{BASE}rss.xml": feed}, {f"{BASE}a/": article})
    return replace(News(before=Topics(), now=now), **more)


def test_each_hears_what_concerns_it_once(office, monkeypatch):
    monkeypatch.setenv("HOOKS_TEST_SECRET", "canary-5c1e")
    assert announcing.note(office, news(written=("rss.xml", "cards/a.jpg")), NOW) == ()
    wire = Wire()
    assert announcing.deliver(office, NOW, wire) == ()
    assert wire.hosts == ["hub.example", "api.indexnow.org", "me.example"]
    assert b"cards%2Fa.jpg" not in wire.sent[0].body
    assert b"cards/a.jpg" in wire.sent[2].body
    assert b"canary-5c1e" not in b"".join(post.body + repr(post.headers).encode() for post in wire.sent)
    announcing.note(office, news(), NOW)
    announcing.deliver(office, NOW, wire)
    assert len(wire.sent) == 3, "nothing changed, nobody is told"


def test_what_a_killed_build_did_not_note_the_next_one_does(office):
    announcing.note(office, news(), NOW)
    announcing.deliver(office, NOW, Wire())
    wire = Wire()
    announcing.note(office, news(feed="2", before=Topics({f"{BASE}rss.xml": "2"}, {f"{BASE}a/": "1"})), NOW)
    announcing.deliver(office, NOW, wire)
    assert wire.hosts == ["hub.example"]


def test_nor_is_the_very_first_publish_forgotten_if_it_is_killed(office):
    announcing.begin(office, Topics(), NOW)
    stands = Topics({f"{BASE}rss.xml": "1"}, {})
    announcing.begin(office, stands, NOW)
    announcing.note(office, News(before=stands, now=stands), NOW)
    wire = Wire()
    announcing.deliver(office, NOW, wire)
    assert wire.hosts == ["hub.example"]


def test_a_lost_outbox_tells_only_what_this_publish_changed(office):
    announcing.note(office, news(before=Topics({f"{BASE}rss.xml": "0"}, {f"{BASE}a/": "1"})), NOW)
    assert [(channel.name, len(waiting)) for channel, waiting in announcing.waiting(office)] == [
        ("websub", 1),
        ("indexnow", 0),
        ("webhook", 1),
    ]


def test_who_is_down_is_left_alone_then_asked_again(office):
    announcing.note(office, news(), NOW)
    down = Wire(Answer(0, "nobody there"), Answer(503, "status 503"))
    found = announcing.deliver(office, NOW, down)
    assert [remark.code for remark in found] == ["announcement-unsigned", "announcement-waits", "announcement-waits"]
    announcing.note(office, news(feed="2"), NOW + timedelta(seconds=10))
    quick = Wire()
    announcing.deliver(office, NOW + timedelta(seconds=10), quick)
    assert quick.sent == [], "a line that rests is not tried"
    later = Wire()
    assert [r.code for r in announcing.deliver(office, NOW + timedelta(seconds=61), later)] == ["announcement-unsigned"]
    assert later.hosts == ["hub.example", "api.indexnow.org"]
    assert later.sent[0].body.count(b"rss.xml") == 1, "news of one address merges"


def test_a_refusal_is_final_and_said(office):
    announcing.note(office, news(), NOW)
    found = announcing.deliver(office, NOW, Wire(Answer(404, "status 404")))
    assert "announcement-refused" in {remark.code for remark in found}
    wire = Wire()
    announcing.deliver(office, NOW, wire)
    assert "hub.example" not in wire.hosts


def test_without_its_secret_the_webhooks_news_waits(office, monkeypatch):
    announcing.note(office, news(), NOW)
    wire = Wire()
    (remark,) = announcing.deliver(office, NOW, wire)
    assert (remark.code, "me.example" in wire.hosts) == ("announcement-unsigned", False)
    monkeypatch.setenv("HOOKS_TEST_SECRET", "s")
    announcing.deliver(office, NOW, wire)
    assert wire.hosts[-1] == "me.example"


def test_old_news_is_dropped_and_said(office):
    announcing.note(office, news(), NOW)
    wire = Wire()
    found = announcing.deliver(office, NOW + timedelta(days=5), wire)
    assert wire.sent == []
    assert [remark.code for remark in found].count("announcement-refused") == 3


def test_gone_articles_are_told_to_search_engines_only_if_they_are_ours(office):
    announcing.note(office, news(), NOW)
    announcing.deliver(office, NOW, Wire())
    left = News(before=Topics(), now=Topics({f"{BASE}rss.xml": "1"}, {"https://other.example/b/": "1"}))
    announcing.note(office, left, NOW)
    wire = Wire()
    announcing.deliver(office, NOW, wire)
    (told,) = wire.sent
    assert f"{BASE}a/".encode() in told.body
    assert b"other.example" not in told.body


def test_many_are_told_in_requests_of_a_bearable_size(office):
    feeds = {f"{BASE}feeds/tags/{n}/rss.xml": "1" for n in range(250)}
    announcing.note(office, News(before=Topics(), now=Topics(feeds, {})), NOW)
    wire = Wire()
    announcing.deliver(office, NOW, wire)
    assert [post.body.count(b"hub.url") for post in wire.sent] == [100, 100, 50]


def test_a_change_while_it_is_being_told_is_told_again(office):
    announcing.note(office, news(), NOW)

    def send(post):
        if "hub.example" in post.url and not sent:
            announcing.note(office, news(feed="2"), NOW + timedelta(seconds=1))
        sent.append(post.url)
        return Answer(200, "")

    sent = []
    announcing.deliver(office, NOW, send)
    assert sent.count(HUB) == 2


def test_two_at_once_do_not_both_send(office):
    announcing.note(office, news(), NOW)
    inner = Wire()

    def send(_):
        announcing.deliver(office, NOW, inner)
        return Answer(200, "")

    announcing.deliver(office, NOW, send)
    assert inner.hosts == ["api.indexnow.org"], "the hub was ours; what we had not begun is theirs"


def test_outputs_of_one_site_do_not_mix(office, tmp_path):
    other = desk(tmp_path, tmp_path / "preview", BASE, office.settings, HUB)
    announcing.note(other, news(), NOW)
    wire = Wire()
    announcing.deliver(office, NOW, wire)
    assert wire.sent == []


@pytest.mark.parametrize(
    "damage",
    [b"not a database, but long enough to look like something that once was one", b"SQLite format 3\0" + b"\xff" * 500],
)
def test_a_damaged_outbox_is_made_anew(office, damage):
    office.place.parent.mkdir()
    office.place.write_bytes(damage)
    assert announcing.note(office, news(), NOW) == ()
    assert len(announcing.waiting(office)[0][1]) == 1


def test_an_outbox_of_another_edition_is_made_anew(office):
    announcing.note(office, news(), NOW)
    with sqlite3.connect(office.place) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert announcing.note(office, news(), NOW) == ()


def test_a_locked_outbox_is_a_warning(office, monkeypatch):
    monkeypatch.setattr("syndicate.announcing.outbox._PATIENCE", 0.05)
    with opened(office.place, "x") as held:
        held.database.execute("BEGIN EXCLUSIVE")
        (remark,) = announcing.note(office, news(), NOW)
        assert remark.code == "outbox-unusable"


def test_nobody_is_told_unless_asked(tmp_path):
    silent = desk(tmp_path, tmp_path / "out", BASE, Announce(), HUB)
    announcing.note(silent, news(), NOW)
    assert list(tmp_path.iterdir()) == []


def test_topics_are_what_people_subscribe_to():
    kinds = {
        "rss.xml": "application/rss+xml",
        "atom.xml.gz": "application/atom+xml",
        "feeds/feed.css": "text/css",
        "feeds/archive/1/rss.xml": "application/rss+xml",
        "feeds/tags/x/feed.json": "application/feed+json",
        "cards.json": "application/json",
        "a-rss.xml": "application/xml",
    }
    found = topics(BASE, [File(path, kind, "1", 1, {}) for path, kind in kinds.items()], {})
    assert set(found.feeds) == {f"{BASE}rss.xml", f"{BASE}feeds/tags/x/feed.json"}
