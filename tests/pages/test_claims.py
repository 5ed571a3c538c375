"""What pages say of themselves, and what that makes them."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.pages.claims import claim, endings, without_site
from syndicate.pages.head import UnfitError
from syndicate.pages.linked import described, site_name
from syndicate.pages.reading import read


def claimed(head="", body="", html="<html lang=fr>"):
    return claim(read(f"<!doctype html>{html}<head><meta charset=utf-8>{head}</head><body>{body}".encode()))


def linked(**said):
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **said})}</script>'


WORDS = "What it says, and says again, so that it is more than what leads to another page."
CANONICAL = '<link rel="canonical" href="https://e.org/a/">'
OG = '<meta property="og:type" content="article"><meta property="og:title" content="Été">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (OG, ""),
        ('<meta property="article:published_time" content="2024-03-08">', ""),
        (linked(**{"@type": "BlogPosting"}), ""),
        (linked(**{"@graph": [{"@type": "WebSite"}, {"@type": ["Thing", "NewsArticle"]}]}), ""),
        (linked(**{"@type": "WebPage", "mainEntity": {"@type": "TechArticle"}}), ""),
        ("", f'<article><time datetime="2024-03-08">8 mars</time>{WORDS}</article>'),
        ("", f'<div class="h-entry"><time class="dt-published" datetime="2024-03-08"></time>{WORDS}</div>'),
        (CANONICAL, f'<article><h1><a href="/a/">A</a></h1><time datetime="2024"></time>{WORDS}</article>'),
        (
            "",
            '<div itemscope itemtype="https://schema.org/Article"><meta itemprop="datePublished" content="2024"></div>',
        ),
    ],
)
def test_these_are_articles(head, body):
    assert claimed(head, body).article


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>About us"),
        ("", '<article><time datetime="2024-03-08"></time></article><article><time datetime="2024"></time></article>'),
        ('<meta property="og:type" content="website">', '<article><time datetime="2024-03-08"></time></article>'),
        (linked(**{"@type": "WebSite"}), ""),
        (linked(**{"@type": "Blog", "blogPost": [{"@type": "BlogPosting"}]}), ""),
        ('<script type="application/ld+json">{"@type": </script>', ""),
        ("", "<time datetime=2024>"),
        ("", f'<article><a href="/b/">{WORDS}</a><time datetime="2024-03-08"></time></article>'),
        (CANONICAL, f'<article><h2><a href="/b/">B</a></h2><time datetime="2024"></time>{WORDS}</article>'),
    ],
)
def test_these_are_none(head, body):
    assert not claimed(head, body).article


def test_a_page_that_sends_its_visitors_elsewhere_claims_nothing():
    assert claimed(OG + '<meta http-equiv="Refresh" content="0; url=/new/">') is None


def test_open_graph_speaks_first_then_linked_data_then_the_page_itself():
    full = claimed(
        OG
        + '<meta property="og:description" content="Résumé"><meta property="og:image" content="/a.jpg">'
        + '<meta property="og:image:alt" content="Une vue"><meta property="article:tag" content="mer">'
        + '<meta property="article:tag" content="vent"><link rel="canonical" href="https://e.org/a/">'
        + '<link rel="alternate" hreflang="en" href="/en/a/"><meta name="robots" content="noindex, follow">'
        + linked(
            **{
                "@type": "Article",
                "headline": "Other",
                "datePublished": "2024-03-08T15:13:00+01:00",
                "dateModified": "2024-03-09",
                "author": [{"@type": "Person", "name": "Ada", "url": "https://ada.org/"}, "Bob"],
                "articleSection": "Nouvelles",
            }
        )
    )
    assert (full.title, full.description, full.preview, full.alt) == ("Été", "Résumé", "/a.jpg", "Une vue")
    assert (full.published, full.updated) == ("2024-03-08T15:13:00+01:00", "2024-03-09")
    assert full.authors == (("Ada", "https://ada.org/"), ("Bob", ""))
    assert (full.tags, full.section, full.address) == (("mer", "vent"), "Nouvelles", "https://e.org/a/")
    assert (full.language, full.translations, full.hidden) == ("fr", (("en", "/en/a/"),), True)
    bare = claimed(
        "<title>Été | Le Site</title><meta name=author content=Ada><meta name=keywords content='mer, vent'>",
        f"<article><h1>Été <em>1</em></h1><time datetime=2024-03-08></time>{WORDS}</article>",
    )
    assert (bare.title, bare.published, bare.authors) == ("Été 1", "2024-03-08", (("Ada", ""),))
    assert bare.tags == ("mer", "vent")


def test_linked_data_may_refer_to_what_stands_elsewhere_in_it():
    text = json.dumps(
        {
            "@graph": [
                {"@type": "Article", "author": {"@id": "#me"}, "image": {"@id": "#i"}, "keywords": "a, b"},
                {"@type": "Person", "@id": "#me", "name": "Ada"},
                {"@type": "ImageObject", "@id": "#i", "url": "https://e.org/i.jpg", "caption": "Cap"},
                {"@type": "WebSite", "name": "Le Site"},
            ]
        }
    )
    found = described([text])
    assert (found.authors, found.image, found.alt, found.tags) == (
        (("Ada", ""),),
        "https://e.org/i.jpg",
        "Cap",
        ("a", "b"),
    )
    assert site_name([text]) == "Le Site"


@given(st.recursive(st.none() | st.booleans() | st.text() | st.floats(), lambda s: st.lists(s) | st.dictionaries(
    st.sampled_from(["@type", "@graph", "@id", "author", "image", "name", "keywords", "headline", "url"]), s)))  # fmt: skip
def test_no_linked_data_is_too_odd(value):
    found = described(
        [json.dumps({"@type": "Article", "author": value, "image": value, "keywords": value}), json.dumps(value)]
    )
    assert all(isinstance(text, str) for text in (found.image, found.alt, *found.tags, *sum(found.authors, ())))


@given(st.binary(max_size=400))
def test_no_page_is_too_odd(data):
    with suppress(UnfitError):
        page = b"<html><head>" + data
        assert claim(read(page)) == claim(read(page))


def test_the_name_of_the_site_leaves_the_title():
    assert without_site("A - b | Le Site", "le site") == "A - b"
    assert without_site("Le Site · A - b", "Le Site") == "A - b"
    assert without_site("A – Le Site", "Other") == "A – Le Site"
    assert without_site("Le Site", "Le Site") == "Le Site"
    assert endings("A – Le Site") == ("Le Site", "A")
    assert endings("A") == ()


def test_what_a_page_holds_is_bounded():
    page = read(
        b"<html><head>" + b"<meta name=a content=b>" * 5000 + b"<body>" + b"<img src=x>" * 5000 + b"<h1>x</h1>" * 500
    )
    assert len(page.metas) <= 400
    assert len(page.pictures) <= 400
    assert len(page.headings) <= 20
