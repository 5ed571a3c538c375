"""The rules by which what is published is judged, beside those by which the gallery draws it."""

import re

from syndicate.checking.platforms import breached, names, platforms
from syndicate.gallery import platforms as gallery


def test_the_gallery_and_the_check_know_the_same_platforms_and_the_same_cuts():
    drawn = {one.name: one for one in gallery.platforms()}
    judged = {one.name: one for one in platforms()}
    assert drawn.keys() == judged.keys()
    for name, one in drawn.items():
        assert (one.title_length, one.description_length) == (judged[name].title, judged[name].description), name


def test_every_rule_says_who_says_so_and_when():
    for one in platforms():
        for source in one.sources:
            assert re.search(r"\(2026-\d\d(-\d\d)?\)", source), (one.name, source)


def test_a_limit_is_breached_beyond_it_only():
    assert names(breached(lambda one: one.image_bytes, 600_000)) == ""
    assert names(breached(lambda one: one.image_bytes, 600_001)) == "WhatsApp"
    assert names(breached(lambda one: one.image_bytes, 2_000_001)) == "WhatsApp, Mastodon and Bluesky"
