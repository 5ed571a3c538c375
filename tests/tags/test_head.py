"""Head fragments: what a platform's parser reads out of them, whatever the content tries."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import article, site

from syndicate import tags
from syndicate.characters import one_line
from syndicate.model import Author, Card, Picture, Translation
from syndicate.tags.head import clipped, fragment, of_article

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'\n\x00\u2028\ud800</script>-!")), max_size=40
) | st.sampled_from(
    [
        '"><script>alert(1)</script>',
        "</script><!--<script>",
        "' onload='x",
        "{{ x }}",
        "{{{% x %}{#",
        "&quot;",
        "\\u003c",
    ]
)


class Platform(HTMLParser):
    """Everything a scraper sees in a fragment."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.metas, self.links, self.scripts, self.stray = [], [], [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        assert len(said) == len(attrs)
        self.tags.append(tag)
        if tag == "meta":
            assert said.keys() in ({"name", "content"}, {"property", "content"})
            self.metas.append((said.get("name") or said["property"], said["content"]))
        elif tag == "link":
            self.links.append(said)

    def handle_data(self, data):
        if self.tags and self.tags[-1] == "script" and not self.scripts:
            self.scripts.append(data)
        else:
            self.stray += data

    def all(self, name):
        return [content for key, content in self.metas if key == name]

    def one(self, name):
        (content,) = self.all(name)
        return content


def card(one, **fields):
    made = Card(
        article=one.permalink,
        outlet="og",
        width=1200,
        height=630,
        path="cards/a0001/og-1200x630.0123456789abcdef.jpg",
        url="https://example.org/cards/a0001/og-1200x630.0123456789abcdef.jpg",
        media_type="image/jpeg",
        digest="0123456789abcdef" * 4,
        size=98765,
        alt="Article number 1. A view",
        facts=(("theme", "photograph"), ("why", "the lead image is large enough")),
    )
    return replace(made, **fields)


def seen(one=None, cards=None, **fields):
    one = one or article(1)
    return Platform(fragment(of_article(site(one, **fields), one, (card(one),) if cards is None else cards)))


def described(page):
    (script,) = page.scripts
    return json.loads(script)


def test_a_platform_finds_the_one_card():
    page = seen()
    assert page.one("og:image") == "https://example.org/cards/a0001/og-1200x630.0123456789abcdef.jpg"
    assert page.one("og:image:secure_url") == page.one("og:image")
    assert (page.one("og:image:width"), page.one("og:image:height")) == ("1200", "630")
    assert page.one("og:image:type") == "image/jpeg"
    assert page.one("og:image:alt") == page.one("twitter:image:alt") == "Article number 1. A view"
    assert page.one("twitter:card") == "summary_large_image"


def test_twitter_cards_are_named_and_open_graph_is_a_property():
    written = fragment(of_article(site(article(1)), article(1), (card(article(1)),)))
    assert not re.search(r'property="twitter:|name="(og|article):', written)


def test_other_outlets_are_downloads_and_never_shown():
    one = article(1)
    square = card(one, outlet="square", url="https://example.org/square.jpg")
    assert seen(one, (square, card(one))).one("og:image").endswith("og-1200x630.0123456789abcdef.jpg")
    assert seen(one, (square,)).all("og:image") == []


def test_without_cards_the_lead_image_is_shown():
    lead = Picture(url="https://example.org/p.png?a=1&b=2", alt="", media_type="image/png")
    page = seen(article(1, lead=lead), ())
    assert page.one("og:image") == lead.url
    assert page.one("og:image:alt") == "Article number 1"
    assert page.all("og:image:width") == []
    bare = seen(article(1), ())
    assert (bare.all("og:image"), bare.one("twitter:card")) == ([], "summary")


def test_the_fediverse_finds_the_author_else_the_site():
    ada, grace = Author(name="Ada"), Author(name="Grace", handle="@grace@example.social")
    assert seen(article(1, authors=(ada, grace))).one("fediverse:creator") == "@grace@example.social"
    assert seen(article(1, authors=(ada,)), handle="@news@example.org").one("fediverse:creator") == "@news@example.org"
    assert seen(article(1, authors=()), authors=(grace,)).one("fediverse:creator") == "@grace@example.social"
    assert seen(article(1)).all("fediverse:creator") == []


def test_a_plain_http_address_is_not_called_secure():
    one = article(1)
    assert seen(one, (card(one, url="http://localhost:8000/x.jpg"),)).all("og:image:secure_url") == []


def test_the_article_is_described():
    when = datetime(2024, 3, 8, 15, 13, tzinfo=timezone(timedelta(hours=1)))
    one = article(
        1,
        title="R&D : « <picture> »",
        summary="Un résumé.",
        published=when,
        updated=when + timedelta(days=1),
        language="fr",
        section="Actualité",
        tags=("8 mars", "R&D"),
        authors=(Author(name="Ada", url="https://ada.example/"), Author(name="Grace")),
        translations=(Translation(language="pt-BR", permalink="https://example.org/pt/a/"),),
        lead=Picture(url="https://example.org/p.jpg"),
    )
    page = seen(one, title="Exemple & Cie")
    assert page.one("og:type") == "article"
    assert page.one("og:title") == one.title
    assert page.one("og:url") == one.permalink
    assert page.one("og:description") == page.one("description") == "Un résumé."
    assert page.one("og:site_name") == "Exemple & Cie"
    assert (page.one("og:locale"), page.all("og:locale:alternate")) == ("fr_FR", ["pt_BR"])
    assert page.one("article:published_time") == "2024-03-08T15:13:00+01:00"
    assert page.one("article:modified_time") == "2024-03-09T15:13:00+01:00"
    assert page.all("article:author") == ["https://ada.example/", "Grace"]
    assert page.one("author") == "Ada, Grace"
    assert page.all("article:tag") == ["8 mars", "R&D"]
    assert described(page) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": one.title,
        "description": "Un résumé.",
        "image": ["https://example.org/p.jpg"],
        "datePublished": "2024-03-08T15:13:00+01:00",
        "dateModified": "2024-03-09T15:13:00+01:00",
        "author": [
            {"@type": "Person", "name": "Ada", "url": "https://ada.example/"},
            {"@type": "Person", "name": "Grace"},
        ],
        "publisher": {"@type": "Organization", "name": "Exemple & Cie"},
        "mainEntityOfPage": one.permalink,
        "inLanguage": "fr",
        "articleSection": "Actualité",
        "keywords": ["8 mars", "R&D"],
    }


def test_search_engines_get_the_crops_without_text_where_there_are_any():
    og = card(article(1))
    plain = replace(og, outlet="plain-1x1", url="https://example.org/plain.jpg")
    assert described(seen(cards=(og, plain)))["image"] == ["https://example.org/plain.jpg"]
    assert described(seen(cards=(og,)))["image"] == [og.url]
    assert "image" not in described(seen(cards=()))


def test_readers_find_the_feeds():
    page = seen(article(1, tags=("été",)), base_url="https://example.org/sub/")
    assert [(link["rel"], link["type"], link["href"]) for link in page.links] == [
        ("alternate", "application/rss+xml", "https://example.org/sub/rss.xml"),
        ("alternate", "application/atom+xml", "https://example.org/sub/atom.xml"),
        ("alternate", "application/feed+json", "https://example.org/sub/feed.json"),
        ("outline", "text/x-opml", "https://example.org/sub/feeds.opml"),
        ("alternate", "application/rss+xml", "https://example.org/sub/feeds/tags/%C3%A9t%C3%A9/rss.xml"),
    ]
    assert "feeds/tags" not in str(seen(article(1, tags=("été",)), kinds=()).links)
    assert "canonical" not in str(page.links)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_content_gets_out_of_its_attribute(title, summary, name, tag, alt):
    one = article(1, title=title, summary=summary, tags=(tag,), section=tag, authors=(Author(name=name),))
    page = seen(one, (card(one, alt=one_line(alt)),), title=name)
    assert set(page.tags) == {"meta", "link", "script"}
    assert page.stray.strip() == ""
    assert page.all("og:title") == [one_line(title)] * bool(one_line(title))
    assert described(page).get("headline", "") == one_line(title)
    assert page.all("article:tag") == [one_line(tag)] * bool(one_line(tag))
    written = fragment(of_article(site(one), one, (card(one, alt=one_line(alt)),)))
    assert written.lower().count("<script") == written.lower().count("</script") == 1
    assert "\u2028" not in written.split("ld+json")[1]
    assert not re.search(r"\{[{%#]", written), "a template engine would run it"


def test_limits_of_platforms_are_kept():
    one = article(1, title="Wort " * 50, summary="Satz " * 500)
    page = seen(one, (card(one, alt="Wort " * 200),), title="Name " * 100)
    assert len(page.one("og:image:alt")) <= 420
    assert len(page.one("og:site_name")) <= 256
    assert len(page.one("og:description")) <= 300
    assert page.one("og:title") == ("Wort " * 50).strip()


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two…"),
        ("one two", 6, "one…"),
        ("汉字汉字汉字", 4, "汉字汉…"),
        ("", 3, ""),
    ],
)
def test_texts_are_cut_between_words(text, limit, cut):
    assert clipped(text, limit) == cut


def test_the_offset_of_a_time_before_zones_has_no_seconds():
    old = datetime(1900, 1, 1, tzinfo=timezone(timedelta(minutes=9, seconds=21)))
    assert seen(article(1, published=old)).one("article:published_time") == "1900-01-01T00:00:00+00:09"


def test_a_fragment_depends_on_its_own_article_alone():
    def marks(*articles):
        return {one.path: one.fingerprint("x") for one in tags.plan(site(*articles), {})}

    before, after = marks(article(1), article(2)), marks(article(1, html="<p>Other.</p>"), article(2, title="Other"))
    assert {path for path in before if before[path] != after[path]} == {"tags/a0002.html", "cards.json"}


def test_the_hour_of_the_build_is_nowhere():
    assert str(datetime.now(UTC).year) not in fragment(of_article(site(article(1)), article(1), ()))


def test_golden():
    from making import ROOT

    golden = (ROOT / "tests/tags/golden/article.html").read_text(encoding="utf-8")
    assert small() == golden, "read the difference; if it is meant, write it there"


def small():
    one = article(
        1,
        title="R&D : « <picture> » et l’État",
        summary="Onze témoignages, & plus.",
        language="fr",
        lead=Picture(url="https://example.org/p.jpg?v=1&w=2", alt="Le port"),
    )
    return fragment(of_article(site(one, title="Exemple & Cie", language="fr"), one, (card(one),)))


def test_every_language_is_named_itself_among_them_and_one_for_all_others():
    others = (
        Translation(language="fr", permalink="https://example.org/fr/?a&b"),
        Translation(language="zh-Hant", permalink="https://example.org/zh/"),
    )
    one = article(1, language="de", translations=others)
    for home, fallback in (("fr", others[0].permalink), ("de", one.permalink), ("ja", "")):
        seen = Platform(fragment(of_article(site(one, language=home), one, ()))).links
        alternates = {link["hreflang"]: link["href"] for link in seen if "hreflang" in link}
        expected = {"de": one.permalink, "fr": others[0].permalink, "zh-Hant": others[1].permalink}
        assert alternates == {**expected, **({"x-default": fallback} if fallback else {})}


def test_an_article_in_one_language_names_none():
    assert "hreflang" not in fragment(of_article(site(article(1)), article(1), ()))


def test_what_x_would_cut_anywhere_is_cut_between_words_for_it():
    page = seen(article(1, title="word " * 15 + "last", summary="A sentence. " * 20))
    assert page.one("twitter:title") == "word " * 13 + "word…"
    assert page.one("og:title").endswith("last")
    assert len(page.one("twitter:description")) <= 200
    assert not seen().all("twitter:title") + seen().all("twitter:description")
