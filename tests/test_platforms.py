"""The one table of what platforms do with a link."""

import re

from syndicate.platforms import breached, names, platforms


def test_every_rule_says_who_says_so_and_when():
    for one in platforms():
        for source in one.sources:
            assert re.search(r"\(2026-\d\d(-\d\d)?\)", source), (one.name, source)


def test_a_limit_is_breached_beyond_it_only():
    assert names(breached(lambda one: one.image_bytes, 600_000)) == ""
    assert names(breached(lambda one: one.image_bytes, 600_001)) == "WhatsApp"
    assert names(breached(lambda one: one.image_bytes, 2_000_001)) == "WhatsApp, Mastodon and Bluesky"
