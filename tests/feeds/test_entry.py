"""Entries: what every dialect says, decided once."""

from datetime import UTC, datetime

import pytest
from making import article, site

from syndicate.artifact import Asset
from syndicate.feeds.entry import maker, of_article, of_site, right_to_left
from syndicate.model import Author, Picture

LEAD = Picture(url="https://example.org/p.jpg?a=1&b='2'", alt='A "view" & <more>', width=1600, height=1000)


def whole(made):
    return of_site(made, maker(made))


def content(**fields):
    return of_article(article(1, **fields), full=True).content


def test_the_lead_image_is_put_before_a_body_that_does_not_show_it():
    assert content(lead=LEAD, html="<p>Text.</p>") == (
        '<p><img src="https://example.org/p.jpg?a=1&amp;b=&#x27;2&#x27;" alt="A &quot;view&quot; &amp; &lt;more&gt;"'
        ' width="1600" height="1000"></p>\n<p>Text.</p>'
    )


@pytest.mark.parametrize(
    "shown",
    [
        """<p>Text.</p><img alt="x > y" src="https://example.org/p.jpg?a=1&amp;b='2'">""",
        """<img src="https://example.org/p.jpg?a=1&amp;b=&#39;2&#39;">""",
        """<picture><source srcset="https://example.org/p.webp 1x, https://example.org/p.jpg?a=1&amp;b='2' 2x"></picture>""",
        """<video controls="" poster="https://example.org/p.jpg?a=1&amp;b='2'"></video>""",
    ],
)
def test_a_lead_image_the_body_shows_is_not_shown_twice(shown):
    assert content(lead=LEAD, html=shown) == shown


@pytest.mark.parametrize(
    "other",
    [
        """<a href="https://example.org/p.jpg?a=1&amp;b='2'">the picture</a>""",
        """<code>&lt;img src="https://example.org/p.jpg?a=1&amp;b='2'"&gt;</code>""",
        """<img src="https://example.org/p.jpg?a=1&amp;b='2'&amp;c=3">""",
    ],
)
def test_naming_an_image_is_not_showing_it(other):
    assert content(lead=LEAD, html=other).count('<img src="https://example.org/p.jpg?a=1&amp;b=&#x27;2&#x27;"') == 1


def test_sizes_that_are_not_known_are_not_said():
    assert "width" not in content(lead=Picture(url="https://elsewhere.example/p.jpg"))


def test_an_article_without_a_body_shows_its_summary_and_picture():
    assert content(html="", summary="A & B").endswith("<p>A &amp; B</p>")
    assert content(html="", lead=LEAD).count("<img") == 1
    assert content(html="", summary="", title="Only a title") == "<p>Only a title</p>"


def test_a_summary_feed_has_no_bodies():
    short = of_article(article(1, lead=LEAD), full=False)
    assert (short.content, short.html, short.summary) == ("", "", "What it is about.")
    assert of_article(article(1, summary="", title="Only a title"), full=False).summary == "Only a title"


def test_a_body_written_from_right_to_left_says_so():
    assert content(language="fa", html="<p>سلام</p>") == '<div dir="rtl" lang="fa"><p>سلام</p></div>'
    for tag, answer in {
        "ar-EG": True,
        "he": True,
        "ku-Arab-IQ": True,
        "az": False,
        "ar-Latn": False,
        "fr": False,
    }.items():
        assert right_to_left(tag) is answer, tag


def test_a_picture_file_or_its_focus_is_no_ingredient():
    made = [
        of_article(article(1, lead=Picture(url="https://example.org/p.jpg", asset=asset, focus=focus)), full=True)
        for asset, focus in ((None, None), (Asset("p.jpg", "0"), (0.2, 0.8)))
    ]
    assert made[0] == made[1]


def test_only_the_newest_entries_count_for_the_date_of_the_feed():
    one, two, old = article(1), article(2), article(0, updated=datetime(2025, 1, 1, tzinfo=UTC))
    assert whole(site(one, two, old, feed_limit=2)).updated == two.updated
    assert whole(site(one, two, old)).updated == datetime(2025, 1, 1, tzinfo=UTC)
    assert whole(site()).updated == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_feed_has_an_author_where_an_entry_has_none():
    def authors(*articles, **fields):
        return tuple(author.name for author in whole(site(*articles, **fields)).authors)

    assert authors(article(1)) == ()
    assert authors() == ("Example",)
    assert authors(article(1), article(2, authors=())) == ("Example",)
    assert authors(article(1), article(2, authors=(Author(name=" \n"),))) == ("Example",)
    assert authors(article(1), authors=(Author(name="Staff"),)) == ("Staff",)
    assert authors(title="") == ("https://example.org/",)


def test_what_xml_forbids_stops_here():
    entry = of_article(
        article(1, title="a\x08b\ud800", summary="\ufffe\x0c", html="<p>\x00</p>", tags=("\x01", "t", "t")), full=True
    )
    assert (entry.title, entry.summary, entry.html, entry.tags) == ("ab", "", "<p></p>", ("t",))
