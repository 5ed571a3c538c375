"""What the settings turn off is not made."""

import pytest
from making import article, site

from syndicate import cards, plan
from syndicate.artifact import File


def paths(**fields):
    return {one.path for wave in plan.waves(site(*map(article, range(60)), **fields)) for one in wave({})}


@pytest.mark.parametrize(
    ("off", "prefix"),
    [
        ({"archive": False}, "feeds/archive/"),
        ({"kinds": ()}, "feeds/tags/"),
        ({"tags": False}, ("tags/", "cards.json", "feeds/links.html")),
        ({"gallery": False}, ("gallery/", "index.html")),
        ({"cards": False}, ("cards/", "gallery/thumbs/")),
    ],
    ids=["archive", "kinds", "tags", "gallery", "cards"],
)
def test_each_output_can_be_turned_off_and_nothing_else_goes_with_it(off, prefix):
    everything = paths()
    gone = {path for path in everything if path.startswith(prefix)}
    assert gone
    assert paths(**off) == everything - gone


def test_without_an_archive_the_feed_leads_to_none():
    (feed,) = [one for one in plan.waves(site(*map(article, range(60)), archive=False))[1]({}) if one.path == "rss.xml"]
    assert feed.recipe.feed.chain.previous == ""


def test_cards_stay_out_of_feeds():
    made = site(article(1))
    (card, *_) = cards.objects(made)
    standing = {card.path: File("cards/x.png", "image/png", "0" * 64, 1, {})}
    bare, carded = ({one.path: one for one in plan.waves(made)[1](known)} for known in ({}, standing))
    feeds = [path for path in bare if path.endswith((".xml", ".json")) and not path.startswith(("cards", "gallery"))]
    assert {"rss.xml", "atom.xml", "feed.json"} <= set(feeds)
    assert [carded[path] for path in feeds] == [bare[path] for path in feeds]
    assert carded["cards.json"] != bare["cards.json"]
