"""Addresses: one spelling for each URL, one safe place for each article."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.addresses import absolute, article_path, canonical, card_path, tags_path, url


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTPS://Example.ORG:443", "https://example.org/"),
        ("http://bücher.example/é à?q=ü#ñ", "http://xn--bcher-kva.example/%C3%A9%20%C3%A0?q=%C3%BC#%C3%B1"),
        ("https://example.org/%7euser/%e9%25", "https://example.org/~user/%E9%25"),
        ("https://example.org/a[1]|b", "https://example.org/a%5B1%5D%7Cb"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("http://[broken/é", "http://%5bbroken/%C3%A9"),
        ("/é", "/%C3%A9"),
    ],
)
def test_a_url_has_one_spelling(written, spelled):
    assert canonical(written) == spelled
    assert canonical(spelled) == spelled


@given(st.text(max_size=40))
def test_canonical_is_ascii_and_stays(path):
    once = canonical("https://example.org/" + path)
    assert once.isascii()
    assert canonical(once) == once


def test_references_resolve_against_their_page():
    assert absolute("https://example.org/a/b/", "../é.png") == "https://example.org/a/%C3%A9.png"
    assert absolute("https://example.org/a/b/", "//cdn.example.org/x") == "https://cdn.example.org/x"
    assert absolute("https://example.org/a/b/", "#top") == "https://example.org/a/b/#top"


@pytest.mark.parametrize(
    ("permalink", "place"),
    [
        ("https://example.org/", "index"),
        ("https://example.org/2024/03/08/slug/", "2024/03/08/slug"),
        ("https://example.org/blog/a.html", "blog/a.html"),
        ("https://example.org/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7/", "مرحبا"),
    ],
)
def test_an_article_is_named_by_its_permalinks_path(permalink, place):
    assert article_path(permalink) == place
    assert card_path(permalink, "og", 1200, 630, "jpg") == f"cards/{place}/og-1200x630.{{digest}}.jpg"
    assert tags_path(permalink) == f"tags/{place}.html"


@given(st.text(max_size=300))
def test_no_article_climbs_out_or_breaks_a_disk(path):
    place = article_path(canonical("https://example.org/" + path))
    for segment in place.split("/"):
        assert segment not in {"", ".", ".."}
        assert not segment.startswith(".")
        assert len(segment.encode()) <= 200
        assert not set(segment) & set('\\<>:"|?*{}\0\n')


@pytest.mark.parametrize(
    "twins", [("a/b", "a%2Fb"), ("con", "con~"), ("x.", "x"), ("é" * 200, "é" * 201), ("..", "%2e%2e%2f")]
)
def test_two_addresses_never_share_a_place(twins):
    first, second = (article_path(canonical(f"https://example.org/{path}/")) for path in twins)
    assert first != second


def test_output_paths_become_urls():
    assert (
        url("https://example.org/base/", "cards/é à/og.jpg") == "https://example.org/base/cards/%C3%A9%20%C3%A0/og.jpg"
    )
    assert urlsplit(url("https://example.org/", "cards/a?b#c")).query == ""


def test_a_host_of_half_a_character_is_an_address_that_can_be_written():
    assert canonical("https://a\ud800:b\udc00@c\ud800.org/").isascii()
