"""Feeds as readers get them, for tests."""

import html
import json

import feedparser
from making import site as plain_site

from syndicate import feeds


def written(*articles, **fields):
    """The bytes of each of the site's feeds, by path."""
    made = plain_site(*articles, **fields)
    return {one.path: one.recipe.render(None).data for one in feeds.plan(made)}


def parsed(data):
    """What feedparser reads, as it was written: no sanitiser, no guesses at relative addresses."""
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    return found


def text_of(detail):
    """A construct as plain text: where a reader takes it for HTML, its references are decoded."""
    return html.unescape(detail.value) if detail.type == "text/html" else detail.value


def items(data):
    return json.loads(data)["items"]
