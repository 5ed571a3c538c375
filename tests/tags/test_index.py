"""cards.json: what a template finds by permalink."""

import json

from making import article, site
from test_head import card

from syndicate import tags


def index(made, cards):
    *fragments, last = tags.plan(made, cards)
    assert last.path == "cards.json"
    return json.loads(last.recipe.render(None).data), {one.path: one.recipe.render(None).data for one in fragments}


def test_each_article_is_found_by_its_permalink_with_cards_and_head():
    one, two = article(1), article(2)
    found, fragments = index(site(one, two), {one.permalink: (card(one), card(one, outlet="square"))})
    assert found["generator"] == "syndicate"
    assert list(found["articles"]) == [two.permalink, one.permalink]
    entry = found["articles"][one.permalink]
    assert (entry["title"], entry["source"], entry["alt"]) == (one.title, one.source, "Article number 1. A view")
    assert entry["head"].encode() == fragments["tags/a0001.html"]
    assert entry["cards"][0] == {
        "path": "cards/a0001/og-1200x630.0123456789abcdef.jpg",
        "url": "https://example.org/cards/a0001/og-1200x630.0123456789abcdef.jpg",
        "width": 1200,
        "height": 630,
        "media_type": "image/jpeg",
        "bytes": 98765,
        "digest": "0123456789abcdef" * 4,
        "outlet": "og",
        "alt": "Article number 1. A view",
        "facts": {"theme": "photograph", "why": "the lead image is large enough"},
    }
    assert [each["outlet"] for each in entry["cards"]] == ["og", "square"]
    assert found["articles"][two.permalink]["cards"] == []


def test_a_site_without_articles_has_an_index_that_says_so():
    found, fragments = index(site(), {})
    assert (found, list(fragments)) == ({"generator": "syndicate", "articles": {}}, ["feeds/links.html"])


def test_fragments_belong_to_their_source_and_the_index_to_none():
    made = list(tags.plan(site(article(1)), {}))
    assert [(one.path, one.source, one.points) for one in made] == [
        ("tags/a0001.html", "content/a0001.md", True),
        ("feeds/links.html", "", True),
        ("cards.json", "", True),
    ]


def test_pages_that_are_no_articles_learn_where_the_feeds_are():
    _, fragments = index(site(article(1), title="<Ours>"), {})
    lines = fragments["feeds/links.html"].decode().splitlines()
    assert all(line in fragments["tags/a0001.html"].decode() for line in lines)
    assert lines[0] == (
        '<link rel="alternate" type="application/rss+xml" title="&lt;Ours&gt; (RSS)" href="https://example.org/rss.xml">'
    )
