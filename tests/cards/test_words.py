"""What a card says, and its text alternative."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import article, site

from syndicate.cards import words
from syndicate.cards.themes import THEMES
from syndicate.model import Picture


def lead(alt):
    return Picture(url="https://example.org/a.jpg", alt=alt)


@pytest.mark.parametrize(
    ("title", "alt", "says"),
    [
        ("On bridges", "A bridge at dawn", "On bridges. A bridge at dawn"),
        ("Why bridges?", "A bridge", "Why bridges? A bridge"),
        ("Le « pont »", "Un pont", "Le « pont ». Un pont"),
        ("橋について", "夜明けの橋", "橋について。夜明けの橋"),
        ("On bridges", "", "On bridges"),
        ("On bridges", "image", "On bridges"),
        ("On bridges", "Photo 1", "On bridges"),
        ("On bridges", "IMG_2034.jpg", "On bridges"),
        ("On bridges", "on Bridges", "On bridges"),
    ],
)
def test_the_alternative_is_the_title_and_what_the_picture_shows(title, alt, says):
    language = "ja" if "橋" in title else "en"
    assert words.alternative(article(1, title=title, lead=lead(alt), language=language)) == says


@given(st.text(min_size=1, max_size=700), st.text(max_size=700))
def test_the_alternative_has_at_most_420_characters(title, alt):
    assert len(words.alternative(article(1, title=title, lead=lead(alt)))) <= 420


def test_a_long_alternative_is_cut_at_a_word():
    said = words.alternative(article(1, title="word " * 100))
    assert said.endswith("word…")


@pytest.mark.parametrize(
    ("section", "tags", "says"),
    [
        ("News", ("a",), "News"),
        ("", ("open-source", "b"), "Open source"),
        ("", (), ""),
        ("x" * 60, ("Short",), "Short"),
        ("", ("Article Number 1",), ""),
        ("", ("état",), "état"),
    ],
)
def test_the_kicker_is_the_section_or_the_first_tag(section, tags, says):
    assert words.kicker(article(1, section=section, tags=tags)) == says


def test_an_article_may_say_its_kicker_itself():
    assert words.kicker(article(1, section="Essays", kicker="Out now")) == "Out now"
    assert words.kicker(article(1, section="Essays", kicker="x" * 49)) == "Essays"


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "March 8, 2024"), ("fr", "8 mars 2024"), ("de-AT", "8. März 2024"), ("ja", "2024年3月8日")],
)
def test_the_date_is_the_authors_day_in_the_articles_language(language, says):
    late = datetime(2024, 3, 8, 23, 30, tzinfo=timezone(timedelta(hours=-11)))
    said = words.of(article(1, published=late, language=language), site(), THEMES["editorial"])
    assert said.date == says
    assert (said.site, said.site_language) == ("Example", "en")


def test_an_event_says_its_day_once():
    when = datetime(2026, 3, 8, 19, 30, tzinfo=timezone(timedelta(hours=1)))
    said = words.of(article(1, event=when, language="fr"), site(), THEMES["event"])
    assert (said.day, said.date) == (("dimanche", "8", "mars 2026"), "")
