from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicate.gallery.words import ENGLISH, FRENCH, Words, day, direction, right_to_left, weight, words_for


@pytest.mark.parametrize("tag, spoken", [("fr", FRENCH), ("fr-CA", FRENCH), ("FR_be", FRENCH), ("en-GB", ENGLISH)])
def test_the_interface_speaks_the_language_of_the_site(tag, spoken):
    assert words_for(tag) is spoken


@pytest.mark.parametrize("tag", ["de", "fa", "", "frr", "x-klingon"])
def test_other_languages_fall_back_to_english(tag):
    assert words_for(tag) is ENGLISH


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=lambda words: words.language)
def test_every_language_says_everything(words):
    assert all(astuple(words))
    assert (len(words.months), len(words.bytes)) == (12, 3)
    assert "{n}" in words.shown
    assert "{total}" in words.shown
    same = {one.name for one in fields(Words) if getattr(ENGLISH, one.name) == getattr(FRENCH, one.name)}
    assert same == {"articles", "pages"}, "words that happen to be the same in both"


@pytest.mark.parametrize(
    "language, written",
    [("en", "8\u00a0March 2024"), ("fr", "8\u00a0mars 2024"), ("de", "2024-03-08"), ("fa-IR", "2024-03-08")],
)
def test_a_day_is_written_as_its_language_does(language, written):
    assert day(datetime(2024, 3, 8, 23, 59, tzinfo=UTC), language) == written


def test_a_day_is_that_of_the_author_not_of_greenwich():
    moment = datetime(2024, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert day(moment, "fr") == "1er\u00a0mars 2024"
    assert day(moment.astimezone(UTC), "fr") == "29\u00a0février 2024"


def test_a_year_of_three_digits_is_a_date_too():
    assert day(datetime(987, 3, 8, tzinfo=UTC), "de") == "0987-03-08"


@pytest.mark.parametrize(
    "size, english, french",
    [
        (0, "0 B", "0 o"),
        (999, "999 B", "999 o"),
        (1_000, "1.0 kB", "1,0 ko"),
        (9_940, "9.9 kB", "9,9 ko"),
        (9_960, "10 kB", "10 ko"),
        (84_321, "84 kB", "84 ko"),
        (999_499, "999 kB", "999 ko"),
        (999_500, "1.0 MB", "1,0 Mo"),
        (4_999_999_999, "5000 MB", "5000 Mo"),
    ],
)
def test_a_weight_is_short(size, english, french):
    assert weight(size, ENGLISH) == english.replace(" ", "\u00a0")
    assert weight(size, FRENCH) == french.replace(" ", "\u00a0")


@pytest.mark.parametrize("tag", ["fa", "ar-EG", "he", "AR", "ur_PK", "az-Arab", "uz-Arab-AF", "ckb"])
def test_languages_written_from_right_to_left(tag):
    assert right_to_left(tag)


@pytest.mark.parametrize("tag", ["en", "fr-CA", "", "fa-Latn", "ar-Latn-EG", "az", "de-1901"])
def test_languages_written_from_left_to_right(tag):
    assert not right_to_left(tag)


@pytest.mark.parametrize(
    "text, language, written",
    [
        ("Hello", "en", "ltr"),
        ("C++ چیست؟", "fa", "rtl"),
        ("Hello, world!", "fa", "auto"),
        ("سلام", "en", "auto"),
        ("سلام means hello", "en", "ltr"),
        ("2024!", "fa", "rtl"),
        ("2024!", "en", "ltr"),
        ("", "fa", "rtl"),
    ],
)
def test_a_title_runs_as_its_language_does_unless_it_cannot(text, language, written):
    assert direction(text, language) == written
