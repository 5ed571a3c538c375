"""Files that go with an article: one in RSS, all of them in Atom and JSON Feed; and what makes a feed a podcast."""

import re

import pytest
from making import article
from subscribing import items, parsed, written

from syndicate.feeds.podcast import guid
from syndicate.model import Enclosure, Episode, Podcast

PDF = Enclosure(url="https://example.org/a.pdf?x=1&y=2", media_type="application/pdf", size=9, title="R&D")
MP3 = Enclosure(url="https://example.org/a.mp3", media_type="audio/mpeg", size=12345678, duration=754)
OGG = Enclosure(url="https://example.org/a.ogg", media_type="audio/ogg", size=7, duration=7)
SHOW = Podcast(
    title="Marées & vents",
    author="Ada",
    email="a@example.org",
    category="Arts > Books",
    image="https://example.org/c.jpg",
)
ITUNES = re.compile(rb"<(?:itunes|podcast):[^>]*>[^<]*")


def enclosed(data):
    (entry,) = parsed(data).entries
    return [(one.href, one.type, one.length) for one in entry.enclosures]


def test_one_in_rss_all_elsewhere():
    made = written(article(1, enclosures=(PDF, MP3, OGG)))
    every = [(one.url, one.media_type, str(one.size)) for one in (PDF, MP3, OGG)]
    assert enclosed(made["rss.xml"]) == every[1:2]
    assert enclosed(made["atom.xml"]) == every
    assert b'title="R&amp;D"' in made["atom.xml"]
    assert items(made["feed.json"])[0]["attachments"] == [
        {"url": PDF.url, "mime_type": "application/pdf", "title": "R&D", "size_in_bytes": 9},
        {"url": MP3.url, "mime_type": "audio/mpeg", "size_in_bytes": 12345678, "duration_in_seconds": 754},
        {"url": OGG.url, "mime_type": "audio/ogg", "size_in_bytes": 7, "duration_in_seconds": 7},
    ]
    assert parsed(made["atom.xml"]).entries[0].link == "https://example.org/a0001/"


def test_a_document_where_nothing_plays():
    assert enclosed(written(article(1, enclosures=(PDF,)))["rss.xml"]) == [(PDF.url, PDF.media_type, "9")]


def test_a_feed_that_is_no_podcast_says_nothing_of_one():
    made = written(article(1, enclosures=(MP3,), episode=Episode(number=1)))
    assert not any(ITUNES.search(data) or b"podcast" in data for data in made.values())
    assert written(article(1)) == written(article(1, episode=Episode(number=1)))


def test_a_podcast():
    said = Episode(number=3, season=2, explicit=True)
    made = written(article(1, enclosures=(MP3,), episode=said), article(2, enclosures=(PDF,)), podcast=SHOW)
    rss = made["rss.xml"].decode()
    channel, second, first = re.split("<item", rss)
    for line in (
        "<itunes:author>Ada</itunes:author>",
        "<itunes:name>Ada</itunes:name>",
        "<itunes:email>a@example.org</itunes:email>",
        '<itunes:image href="https://example.org/c.jpg"/>',
        '<itunes:category text="Arts">',
        '<itunes:category text="Books"/>',
        "<itunes:explicit>false</itunes:explicit>",
        f"<podcast:guid>{guid('https://example.org/rss.xml')}</podcast:guid>",
        '<podcast:locked owner="a@example.org">no</podcast:locked>',
    ):
        assert line in channel
    for line in ("duration>754<", "season>2<", "episode>3<", "explicit>true<"):
        assert f"<itunes:{line}" in first
    assert "itunes" not in second
    assert not any(ITUNES.search(made[path]) for path in made if path != "rss.xml")
    assert {parsed(made[path]).feed.title for path in ("rss.xml", "atom.xml")} == {SHOW.title}


def test_a_recording_that_directories_do_not_play_is_no_episode():
    rss = written(article(1, enclosures=(OGG,)), podcast=SHOW)["rss.xml"]
    assert b"itunes:duration" not in rss
    assert enclosed(rss) == [(OGG.url, "audio/ogg", "7")]


@pytest.mark.parametrize(
    "address", ["https://mp3s.nashownotes.com/pc20rss.xml", "http://mp3s.nashownotes.com/pc20rss.xml/"]
)
def test_the_identity_of_a_podcast_is_that_of_its_specification(address):
    assert guid(address) == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
