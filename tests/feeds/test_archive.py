"""Archives: the whole history, each article once, in documents that never change once closed (RFC 5005)."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, article, shared, site
from subscribing import items, parsed

from syndicate import feeds
from syndicate.addresses import url
from syndicate.feeds import archive
from syndicate.feeds.archive import BYTES, ENTRIES, SLACK
from syndicate.model import Tombstone

HUB = "https://hub.example/push"
HOME = "https://example.org/"
NAMES = ("rss.xml", "atom.xml", "feed.json")


def published(made):
    return {url(HOME, one.path): one.recipe.render(None).data for one in feeds.plan(made)}


def links(data):
    """The channel's own links, by relation."""
    text = data.decode().partition("<item")[0].partition("<entry")[0]
    found = re.findall(r"<(?:atom:)?link ([^>]*)/>", text)
    said = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in found]
    return {one.get("rel", "alternate"): one["href"] for one in said}


def older(data):
    return json.loads(data).get("next_url") if data.startswith(b"{") else links(data).get("prev-archive")


def ids(data):
    return [one["id"] for one in items(data)] if data.startswith(b"{") else [one.id for one in parsed(data).entries]


def walk(standing, name):
    """Every document from the feed back to the oldest, by address."""
    address = HOME + name
    while address:
        yield address, standing[address]
        address = older(standing[address])


@pytest.fixture(scope="module")
def thousand():
    return published(archive.bind(site(*(article(n, tags=()) for n in range(1000)))))


@pytest.mark.parametrize("name", NAMES)
def test_walking_back_meets_every_article_once(thousand, name):
    met = [ids(data) for _, data in walk(thousand, name)]
    assert len(met[0]) == 20
    assert [one for document in met for one in document] == [
        f"https://example.org/a{n:04}/" for n in range(999, -1, -1)
    ]
    assert {len(one) for one in met[2:]} == {ENTRIES}
    assert 0 < len(met[1]) <= ENTRIES + SLACK


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_each_closed_document_names_its_neighbours_and_the_feed(thousand, name):
    chain = list(walk(thousand, name))
    for place, (address, data) in enumerate(chain):
        said = links(data)
        assert said["self"] == address
        assert said.get("prev-archive") == (chain[place + 1][0] if place + 1 < len(chain) else None)
        # What is newer than the document that is still open is the feed itself, which is no archive.
        assert said.get("next-archive") == (chain[place - 1][0] if place > 1 else None)
        assert said.get("current") == (HOME + name if place else None)
        closed = ET.fromstring(data).iter("{http://purl.org/syndication/history/1.0}archive")
        assert len(list(closed)) == (1 if place > 1 else 0)
        assert parsed(data).feed.get("id", HOME + name) == HOME + name, "one feed, one id"


def test_archives_are_numbered_from_the_oldest():
    made = published(archive.bind(site(*map(article, range(100)), feed_limit=10)))
    assert ids(made[HOME + "feeds/archive/1/feed.json"])[-1] == "https://example.org/a0000/"
    assert json.loads(made[HOME + "feeds/archive/1/feed.json"])["_archive"]["closed"] is True


def test_a_small_site_has_no_archive():
    made = published(site(*map(article, range(20))))
    assert not [address for address in made if "archive" in address]
    assert all(older(made[HOME + name]) is None for name in NAMES)


def test_the_atom_grammar_takes_archives_hubs_and_tombstones():
    from lxml import etree

    grammar = etree.RelaxNG(etree.parse(shared("checks", "atom.rng")))
    bound = archive.bind(site(*map(article, range(80)), hub=HUB))
    gone = (Tombstone(id="https://example.org/gone/", when=NOW),)
    made = published(replace(bound, history=replace(bound.history, tombstones=gone)))
    for address, data in made.items():
        if address.endswith("atom.xml"):
            grammar.assertValid(etree.fromstring(data))


def test_no_document_grows_beyond_what_readers_take():
    body = "<p>" + 'Words & more <b>words</b>, "quoted"\n' * 300 + "</p>"
    made = published(archive.bind(site(*(article(n, tags=(), html=body) for n in range(120)))))
    archives = {address: data for address, data in made.items() if "archive" in address}
    assert len(archives) > 3 * 120 / ENTRIES
    assert max(map(len, archives.values())) <= BYTES


def test_an_article_too_large_for_any_document_stands_alone():
    huge = [article(n, html="<p>" + "x" * 300_000 + "</p>") for n in range(3)]
    bound = archive.bind(site(*huge, *(article(n) for n in range(3, 60))))
    assert [len(volume) for volume in bound.history.volumes] == [1, 1, 1, 20]


def test_a_late_article_with_an_old_date_never_enters_a_closed_document():
    before = archive.bind(site(*(article(n) for n in range(10, 95))))
    late = archive.bind(replace(before, articles=(*before.articles, article(1))))
    assert late.history == before.history
    assert archive.divide(late).open[-1].permalink == "https://example.org/a0001/"


def test_a_larger_limit_fills_the_feed_from_closed_documents():
    before = archive.bind(site(*map(article, range(100))))
    wide = archive.bind(replace(before, feed_limit=60))
    assert [one.permalink for one in archive.divide(wide).head] == [one.permalink for one in wide.articles[:60]]
    assert wide.history == before.history


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["new", "late", "delete", "date"]), st.integers(0, 10**6)), max_size=120),
    st.integers(1, 30),
)
def test_whatever_happens_each_article_stands_once_and_closed_documents_stay(deeds, limit):
    living = {n: article(n) for n in range(1000, 1080)}
    made = archive.bind(site(*living.values(), feed_limit=limit))
    for turn, (deed, chance) in enumerate(deeds):
        if deed in {"new", "late"}:
            number = 2000 + turn if deed == "new" else turn
            living[number] = article(number)
        elif len(living) > limit:
            number = sorted(living)[chance % len(living)]
            one = living.pop(number)
            if deed == "date":
                living[number] = replace(one, published=one.published + timedelta(hours=chance % 5000))
        links = {one.permalink for one in living.values()}
        kept = tuple(tuple(link for link in volume if link in links) for volume in made.history.volumes)
        made = archive.bind(
            replace(site(*living.values(), feed_limit=limit), history=replace(made.history, volumes=kept))
        )
        assert made.history.volumes[: len(kept)] == kept
        assert archive.bind(made) == made
    parts = archive.divide(made)
    stand = [one.permalink for part in (parts.open, *parts.closed) for one in part]
    assert len(stand) == len(set(stand))
    assert {*stand, *(one.permalink for one in parts.head)} == {one.permalink for one in living.values()}
    assert len(parts.head) == min(limit, len(living))


def test_a_hub_is_named_by_every_feed_and_by_no_archive():
    made = published(archive.bind(site(*map(article, range(90)), hub=HUB)))
    for address, data in made.items():
        if address.endswith(("rss.xml", "atom.xml")):
            assert links(data).get("hub") == (None if "archive" in address else HUB)
            assert links(data)["self"] == address
        elif address.endswith("feed.json"):
            wanted = None if "archive" in address else [{"type": "WebSub", "url": HUB}]
            assert json.loads(data).get("hubs") == wanted


def test_what_is_sealed_has_no_packed_sibling_and_a_hub_is_in_the_servers_snippets():
    made = published(archive.bind(site(*map(article, range(90)), packed=("gz",), servers=("nginx",), hub=HUB)))
    packed = {address for address in made if address.endswith("atom.xml.gz") and "tags" not in address}
    assert packed == {HOME + "atom.xml.gz", HOME + "feeds/archive/3/atom.xml.gz"}, "the feed's and the open document's"
    assert [address for address, data in made.items() if "serving" in address and HUB.encode() in data]


def test_tombstones_stand_before_the_entries_of_the_atom_feed_alone():
    plain = site(article(1))
    gone = (Tombstone(id="https://example.org/gone/?a&b", when=NOW),)
    made = published(replace(plain, history=replace(plain.history, tombstones=gone, deleted=NOW)))
    root = ET.fromstring(made[HOME + "atom.xml"])
    names = [element.tag.rpartition("}")[2] for element in root]
    (stone,) = root.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert (stone.get("ref"), stone.get("when")) == ("https://example.org/gone/?a&b", "2026-11-01T12:00:00+00:00")
    assert names.index("deleted-entry") < names.index("entry")
    assert [address for address, data in made.items() if b"deleted-entry" in data] == [HOME + "atom.xml"]
    assert parsed(made[HOME + "atom.xml"]).feed.updated == "2026-11-01T12:00:00+00:00", "a deletion is a change"
