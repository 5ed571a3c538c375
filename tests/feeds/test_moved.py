"""Redirects: a feed that moved tells each kind of server where to."""

import pytest
from making import article, site

from syndicate import feeds
from syndicate.feeds import moved
from syndicate.model import Author

MOVES = (
    ("/feed.xml", "https://example.org/rss.xml"),
    ("/tag/%C3%A9t%C3%A9;/", "https://example.org/feeds/tags/x/rss.xml"),
)
EXPECTED = {
    "nginx": 'location ~ "^/feed\\.xml$" { return 301 https://example.org/rss.xml; }',
    "caddy": 'redir "/feed.xml" "https://example.org/rss.xml" permanent',
    "apache": 'RedirectMatch 301 "^/feed\\.xml$" "https://example.org/rss.xml"',
    "netlify": "/feed.xml https://example.org/rss.xml 301!",
}


@pytest.mark.parametrize("server", EXPECTED)
def test_each_server_is_told_in_its_own_words(server):
    (one,) = moved.plan((server, server), MOVES)
    first, second = one.recipe.render(None).data.decode().splitlines()
    assert first == EXPECTED[server]
    assert second.endswith(("rss.xml; }", '" permanent', '/rss.xml"', " 301!"))
    assert "x/rss.xml" in second


def test_what_would_end_a_line_or_a_word_is_encoded():
    hostile = (("/a", 'https://example.org/"; }\n evil {$x}'),)
    for server in EXPECTED:
        (one,) = moved.plan((server,), hostile)
        text = one.recipe.render(None).data.decode()
        assert text.count("\n") == 1
        assert "evil%20%7B%24x%7D" in text


def test_nothing_is_written_where_nothing_moved():
    assert list(moved.plan(("nginx",), ())) == []
    paths = [one.path for one in feeds.plan(site(article(1), servers=("netlify",), moved=MOVES))]
    assert "feeds/serving/_redirects" in paths


def test_kinds_without_feeds_have_none():
    paths = [
        one.path
        for one in feeds.plan(
            site(article(1), article(2, authors=(Author(name="Grace"),)), article(3), kinds=("authors",))
        )
    ]
    assert not [path for path in paths if path.startswith("feeds/tags/")]
    assert [path for path in paths if path.startswith("feeds/authors/")]
