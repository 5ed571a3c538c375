"""A feed in a browser: real links in the feed's own words, and nothing a reader would stumble over."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from making import article
from subscribing import parsed, written

from syndicate.model import Author, Picture

X = "{http://www.w3.org/1999/xhtml}"
PATHS = ("rss.xml", "atom.xml")


def block(data):
    root = ET.fromstring(data)
    (found,) = (root if root.tag.endswith("feed") else root[0]).findall(f"{X}div")
    return found


@pytest.mark.parametrize("path", PATHS)
def test_every_entry_is_a_link_in_its_own_language_and_direction(path):
    made = written(
        article(1, title="A & <B>"),
        article(2, title="مرحبا", language="ar", link="https://elsewhere.example/?a&b"),
        language="fr",
    )
    links = block(made[path]).findall(f"{X}ol/{X}li/{X}a")
    assert [(one.get("href"), one.get("lang"), one.get("dir"), one.text) for one in links] == [
        ("https://elsewhere.example/?a&b", "ar", "rtl", "مرحبا"),
        ("https://example.org/a0001/", "en", "ltr", "A & <B>"),
    ]


@pytest.mark.parametrize(
    ("language", "spoken", "kind", "date"),
    [
        ("fr-CA", "fr", "Flux RSS", "1er\u00a0mars 2024"),
        ("en", "en", "RSS feed", "1\u00a0March 2024"),
        ("de", "en", "RSS feed", "1\u00a0March 2024"),
        ("ar", "en", "RSS feed", "1\u00a0March 2024"),
    ],
)
def test_it_speaks_the_language_of_the_feed_or_english(language, spoken, kind, date):
    found = block(written(article(1, published=datetime(2024, 3, 1, tzinfo=UTC)), language=language)["rss.xml"])
    assert (found.get("lang"), found.get("dir")) == (spoken, "rtl" if language == "ar" else "ltr")
    assert found.find(f"{X}p").text == kind
    assert found.find(f".//{X}time").text == date
    assert found.find(f"{X}h1").get("lang") == language


@pytest.mark.parametrize("path", PATHS)
def test_it_says_which_address_to_copy(path):
    assert block(written(article(1))[path]).find(f".//{X}code").text == f"https://example.org/{path}"


@pytest.mark.parametrize("path", PATHS)
def test_the_style_sheet_is_found_wherever_the_site_is_mounted_and_the_root_in_the_first_512_bytes(path):
    made = written(article(1), title="T" * 600, base_url="https://example.org/sub/")
    assert b'<?xml-stylesheet type="text/css" href="feeds/feed.css"?>' in made[path]
    assert made["feeds/feed.css"].startswith(b"/*")
    assert re.search(rb"<(rss|feed)\b", made[path][:512])
    assert b"xsl" not in made[path].lower()


@pytest.mark.parametrize("path", PATHS)
def test_readers_do_not_see_it(path):
    made = written(article(1), article(2), description="")[path]
    bare = re.sub(rb'<div xmlns="http://www.w3.org/1999/xhtml".*?</div>\s*(?=<item|<entry)', b"", made, flags=re.DOTALL)
    assert b"xhtml" in made
    assert b"xhtml" not in bare
    assert parsed(made).entries == parsed(bare).entries
    seen = {key: value for key, value in parsed(made).feed.items() if not key.startswith("xhtml_")}
    assert seen == parsed(bare).feed


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//elsewhere.example/", "x"])
def test_nothing_runs_on_a_click(link):
    made = written(article(1, link=link, authors=(Author(name="A", url=link),)))
    for path in PATHS:
        assert parsed(made[path]).entries[0].link == "https://example.org/a0001/"
    assert not any(link.encode() in made[path] for path in (*PATHS, "feed.json") if len(link) > 1)


def test_an_empty_feed_says_so():
    assert "Aucun article" in ET.tostring(block(written(language="fr")["atom.xml"]), encoding="unicode")


@pytest.mark.parametrize("path", PATHS)
def test_an_entry_shows_its_lead_image(path):
    lead = Picture(url="https://example.org/a%20b.jpg?x&y", alt="A view", width=1600, height=900)
    images = block(written(article(1, lead=lead), article(2))[path]).findall(f"{X}ol/{X}li/{X}img")
    assert [(one.get("src"), one.get("alt"), one.get("width")) for one in images] == [(lead.url, "", "1600")]
