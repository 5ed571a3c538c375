"""Before a site switches: what its readers would see change, and what they must not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import article, site
from subscribing import written

from syndicate import checking
from syndicate.checking.parity import Item, OldFeed, Ours, compare, folded, match

WHEN = datetime(2024, 3, 8, 14, 13, tzinfo=UTC)
NEW = Item(id="https://e.org/a/", url="https://e.org/a/", title="R&D", published=WHEN, updated=WHEN)
HERE = "https://e.org/rss.xml"


def judged(*old, new=(NEW,), address=HERE):
    feed = OldFeed(path="old.xml", dialect="rss", address=address, items=old)
    ours = Ours(
        items=new, window=frozenset(one.id for one in new), addresses=frozenset({HERE, "https://e.org/atom.xml"})
    )
    return compare([feed], ours)


def codes(*old, **options):
    return [remark.code for remark in judged(*old, **options).findings]


def test_what_is_the_same_is_not_remarked_on():
    found = judged(NEW)
    assert (found.entries, found.matched, found.same, found.findings) == (1, 1, 1, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "tag:e.org,2024:a"}, "entry-id-changed"),
        ({"id": "https://e.org/a"}, "entry-id-changed"),
        ({"url": "http://www.e.org/a"}, "entry-url-changed"),
        ({"title": "R and D"}, "entry-title-changed"),
        ({"published": WHEN + timedelta(hours=1)}, "entry-date-changed"),
    ],
)
def test_each_change_is_named(change, code):
    assert codes(replace(NEW, **change)) == [code]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "R&amp;D"},
        {"title": " <b>R&amp;D</b>\n"},
        {"url": ""},
        {"url": "https://E.org/a/"},
        {"published": None, "updated": None},
        {"published": WHEN.astimezone(timezone(timedelta(hours=9)))},
        {"updated": WHEN + timedelta(days=3)},
    ],
)
def test_what_no_reader_notices_is_no_change(change):
    assert codes(replace(NEW, **change)) == []


def test_an_entry_is_found_by_id_then_by_address_then_by_title_and_day():
    by_id = replace(NEW, id="1", url="https://e.org/1/", title="One")
    by_address = replace(NEW, id="2", url="https://e.org/2/", title="Two")
    by_title = replace(NEW, id="3", url="https://e.org/3/", title="Three")
    old = (
        replace(by_id, url="https://e.org/2/", title="Three"),
        replace(by_address, id="x", url="http://e.org/2/index.html", title="Other"),
        replace(by_title, id="y", url="https://old.example/three", published=WHEN + timedelta(hours=2)),
    )
    pairs = {before.id: after.id for before, after in match(old, (by_title, by_address, by_id))}
    assert pairs == {"1": "1", "x": "2", "y": "3"}


def test_gone_and_new():
    assert codes(replace(NEW, id="x", url="https://e.org/x/", title="Gone")) == ["entry-gone", "entry-new"]
    later = replace(NEW, id="l", url="https://e.org/l/", title="Later", published=WHEN + timedelta(days=1))
    (remark,) = judged(NEW, new=(NEW, later)).findings
    assert (remark.code, "newer than all" in remark.message) == ("entry-new", True)


def test_a_feed_that_moves_is_told_where_to():
    (remark,) = judged(NEW, address="https://e.org/feed.xml").findings
    assert remark.code == "feed-moved"
    redirect = f"redirect https://e.org/feed.xml to {HERE} for good (301)."
    assert remark.help == f'Write "feed.xml" = "rss.xml" under [feeds.also] in syndicate.toml, or {redirect}'
    (remark,) = judged(NEW, address="https://old.example/feed.xml").findings
    assert remark.help == f"Redirect https://old.example/feed.xml to {HERE} for good (301)."
    assert codes(NEW, address="") == ["feed-address-unknown"]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("TU")), max_size=8), st.randoms()
)
def test_nothing_is_matched_twice_and_what_is_there_is_found(keys, chance):
    items = [
        Item(id=f"{key}{n}", url=f"https://e.org/{url}", title=title, published=WHEN)
        for n, (key, url, title) in enumerate(keys)
    ]
    shuffled = [*items]
    chance.shuffle(shuffled)
    pairs = match(items, shuffled)
    assert sorted(old.id for old, _ in pairs) == sorted(item.id for item in items)
    assert all(old == new for old, new in pairs)


def test_addresses_fold_as_people_compare_them():
    same = ["http://Example.org/a", "https://www.example.org/a/", "https://example.org/a/index.html"]
    assert len(set(map(folded, same))) == 1
    assert folded("https://example.org/a?p=1") != folded("https://example.org/a?p=2")


def test_a_site_compared_with_its_own_feeds_changes_nothing(tmp_path):
    articles = [article(n, title=f"R&D <b> &amp; {n}", tags=("é & è",)) for n in range(30)]
    for path, data in written(*articles).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    feeds, parity = checking.against(tmp_path, site(*articles))
    assert len(feeds) == 9, "the site's, its archive's and the tag's"
    assert parity.findings == ()
    assert parity.entries == parity.same == 6 * 20 + 3 * 10
