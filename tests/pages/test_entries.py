"""Feeds and sitemaps of a built site."""

import json

from hypothesis import given
from hypothesis import strategies as st

from syndicate.pages.entries import Entry, entries, places


def test_rss_atom_and_json_say_the_same():
    rss = b"""<rss version="2.0"><channel><link>https://e.org/</link><item><title>A</title><link>https://e.org/a/</link>
    <guid>urn:1</guid><pubDate>Fri, 08 Mar 2024 15:13:00 +0100</pubDate></item></channel></rss>"""
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><link href="https://e.org/"/><entry><id>urn:1</id>
    <link rel="self" href="https://e.org/no"/><link href="https://e.org/a/"/><published>2024-03-08</published>
    <updated>2024-03-09</updated></entry></feed>"""
    spoken = json.dumps({"items": [{"id": "urn:1", "url": "https://e.org/a/", "date_published": "2024-03-08"}, 3]})
    assert entries(rss) == (Entry(address="https://e.org/a/", id="urn:1", published="Fri, 08 Mar 2024 15:13:00 +0100"),)
    assert entries(atom) == (
        Entry(address="https://e.org/a/", id="urn:1", published="2024-03-08", updated="2024-03-09"),
    )
    assert entries(spoken.encode()) == (Entry(address="https://e.org/a/", id="urn:1", published="2024-03-08"),)


def test_a_feed_that_breaks_off_says_what_it_said():
    assert len(entries(b"<rss><channel><item><link>a</link></item><item><link>b")) == 1


def test_entities_are_not_followed():
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><link>&b;</link></item></channel></rss>'
    assert entries(bomb) == ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"{" + text.encode("utf-8", "replace")))
def test_nothing_is_too_odd(data):
    assert all(isinstance(one, Entry) for one in entries(data))
    assert all(isinstance(one, str) for one in places(data))


def test_a_sitemap_names_places():
    assert places(b"<urlset><url><loc>\nhttps://e.org/?a&amp;b </loc></url></urlset>") == ("https://e.org/?a&b",)
