"""What the settings turn off is not made."""

import pytest
from making import article, site

from syndicate import plan


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
