"""Hexo: names, permalinks and drafts as the real one has them (see ``test_against_hexo`` for its own answers)."""

import pytest
from addressing import POST, addresses
from reading import loaded

CONFIG = "title: T\nurl: https://example.org\nnew_post_name: ':title.md'\ndefault_category: misc\n"


@pytest.mark.parametrize(
    ("config", "path", "header", "expected"),
    [
        ("", "Hello World.md", "", "/2024/03/08/Hello%20World/"),
        ("permalink: ':title.html'\n", "sub/a.md", "", "/sub/a.html"),
        ("permalink: ':category/:name/'\n", "sub/a.md", "categories: [Über, C d]\n", "/Uber/C-d/a/"),
        ("permalink: ':category/:name/'\n", "a.md", "", "/misc/a/"),
        ("permalink: ':i_month-:i_day-:hour:minute/:post_title/'\n", "a.md", "", "/3-8-1005/a-title/"),
        ("permalink: ':hash.html'\n", "a.md", "", "/9685378547fd.html"),
        ("", "a.md", "permalink: own/one.html\n", "/own/one.html"),
        ("post_asset_folder: true\npermalink: ':title'\n", "a.md", "", "/a/"),
        ("permalink: ':title.html'\npretty_urls: {trailing_html: false}\n", "a.md", "", "/a"),
        ("permalink: ':lang/:title/'\npermalink_defaults: {lang: en}\n", "a.md", "", "/en/a/"),
    ],
)
def test_addresses(tmp_path, config, path, header, expected):
    text = f"title: A Title\ndate: 2024-03-08 10:05:00\n{header}---\nx"
    contents = {"_config.yml": CONFIG + config, f"source/_posts/{path}": text}
    assert addresses(tmp_path, contents) == {f"source/_posts/{path}": expected}


def test_names_that_hold_dates_and_languages(tmp_path):
    config = CONFIG.replace(":title.md", ":lang/:year-:month-:day-:title.md") + "permalink: ':lang/:title/'\n"
    contents = {
        "_config.yml": config,
        "source/_posts/en/2024-03-08-a.md": "---\ntitle: One\n---\nx",
        "source/_posts/fr/2024-03-08-a.md": "---\ntitle: Un\n---\nx",
        "source/_drafts/d.md": POST,
        "source/about/index.md": POST,
    }
    result = loaded(tmp_path, contents)
    assert {one.language: (one.permalink, one.published.day) for one in result.site.articles} == {
        "en": ("https://example.org/en/a/", 8),
        "fr": ("https://example.org/fr/a/", 8),
    }
    assert all(one.translations for one in result.site.articles)
    assert {row.state for row in result.sources if "_drafts" in row.path} == {"draft"}


def test_a_token_nobody_knows_is_a_guess(tmp_path):
    contents = {"_config.yml": CONFIG + "permalink: ':abbrlink/:title/'\n", "source/_posts/a.md": POST}
    assert "permalink-guessed" in {remark.code for remark in loaded(tmp_path, contents).findings}


def test_jekyll_is_not_taken_for_hexo(tmp_path):
    contents = {"_config.yml": "url: https://example.org\n", "_posts/2024-03-08-a.md": POST}
    assert addresses(tmp_path, contents) == {"_posts/2024-03-08-a.md": "/2024/03/08/a.html"}
