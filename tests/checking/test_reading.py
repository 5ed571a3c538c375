"""Feeds as others write them: every dialect, and what no machine should have written."""

from datetime import UTC, datetime

import pytest

from syndicate.checking.reading import LARGEST, moment, read

WHEN = datetime(2024, 3, 8, 14, 13, tzinfo=UTC)


def one(text, address=""):
    feed, remarks = read(text.encode(), "f", address)
    assert feed is not None
    return feed, [remark.code for remark in remarks]


def facts(item):
    return item.id, item.url, item.title, item.published


RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Feed</title><link>https://e.org/</link><atom:link rel="self" href="https://e.org/feed.xml"/>{}</channel></rss>"""


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "<title>R&amp;D</title><link>https://e.org/a</link><guid isPermaLink='false'>7</guid><pubDate>Fri, 08 Mar 2024 15:13:00 +0100</pubDate>",
            ("7", "https://e.org/a", "R&D", WHEN),
        ),
        ("<guid>https://e.org/a</guid>", ("https://e.org/a", "https://e.org/a", "", None)),
        ("<title><![CDATA[<b>x</b>]]></title><link>/a</link>", ("https://e.org/a", "https://e.org/a", "<b>x</b>", None)),
        (
            "<guid isPermaLink='false'>u</guid><dc:date>2024-03-08T14:13:00Z</dc:date>",
            ("u", "", "", WHEN),
        ),
    ],
)  # fmt: skip
def test_rss(item, expected):
    feed, codes = one(RSS.format(f"<item>{item}</item>"))
    assert (feed.dialect, feed.address, codes) == ("rss", "https://e.org/feed.xml", [])
    assert [facts(item) for item in feed.items] == [expected]


def test_rdf():
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://e.org/rdf"><title>x</title></channel>
    <item rdf:about="https://e.org/a"><title>A</title><link>https://e.org/a</link><dc:date>2024-03-08T14:13Z</dc:date></item>
    </rdf:RDF>"""
    feed, _ = one(text, "https://e.org/rdf")
    assert feed.address == "https://e.org/rdf"
    assert [facts(item) for item in feed.items] == [("https://e.org/a", "https://e.org/a", "A", WHEN)]


def test_atom_takes_the_page_and_resolves_it():
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.org/blog/"><link rel="self" href="https://e.org/atom"/>
    <entry><id>tag:e.org,2024:a</id><link rel="enclosure" href="x.mp3"/><link type="application/json" href="a.json"/>
    <link href="a/"/><title type="html">R&amp;amp;D</title><published>2024-03-08T15:13:00+01:00</published>
    <updated>2024-03-09T00:00:00Z</updated></entry></feed>"""
    feed, _ = one(text)
    assert (feed.dialect, feed.address) == ("atom", "https://e.org/atom")
    assert [facts(item) for item in feed.items] == [("tag:e.org,2024:a", "https://e.org/blog/a/", "R&amp;D", WHEN)]


def test_json():
    text = """{"version": "https://jsonfeed.org/version/1", "feed_url": "https://e.org/f.json", "items": [
    {"id": 7, "url": "/a", "title": "A", "date_published": "2024-03-08T14:13:00Z"}, "nonsense", {"id": null}]}"""
    feed, _ = one(text)
    assert [facts(item) for item in feed.items] == [("7", "https://e.org/a", "A", WHEN), ("", "", "", None)]


@pytest.mark.parametrize("text", ["", "x", "{", "[]", '{"version": 1}', "<html/>", "<rss", "<a:b/>", "{" * 100_000])
def test_what_is_no_feed_is_none(text):
    assert read(text.encode(), "f")[0] is None or text == "<rss"


def test_a_broken_feed_is_mended_and_remarked_on():
    feed, codes = one(RSS.format("<item><title>A &nbsp; & B</title><link>https://e.org/a</link></item>"))
    assert codes == ["feed-malformed"]
    assert [item.url for item in feed.items] == ["https://e.org/a"]


def test_no_entity_is_expanded_and_no_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words", encoding="utf-8")
    doctype = f'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file://{secret}">]>'
    feed, _ = one(doctype + RSS.format("<item><title>x &b; &f;</title><link>https://e.org/a</link></item>"))
    assert "aaaa" not in feed.items[0].title
    assert "secret" not in feed.items[0].title.replace("&f;", "")


def test_a_file_beyond_all_feeds_is_not_parsed():
    feed, remarks = read(b"<rss>" + b" " * LARGEST, "f")
    assert (feed, [remark.code for remark in remarks]) == (None, ["feed-unread"])


@pytest.mark.parametrize(
    "text", ["Fri, 08 Mar 2024 14:13:00 GMT", "08 Mar 24 09:13 EST", "2024-03-08T14:13:00", "2024-03-08T15:13:00+01:00"]
)
def test_moments(text):
    assert moment(text) == WHEN


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Fri, 99 Mar 2024 14:13:00 GMT", "2024-13-01", "Fri, 08 Mar 99999 0:0:0 Z"]
)
def test_what_is_no_moment_is_none(text):
    assert moment(text) is None
