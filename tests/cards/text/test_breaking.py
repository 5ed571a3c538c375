"""Where a line may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards.text import breaking


def pieces(text, language="en", breaker=breaking.breaks):
    start, found = 0, []
    for one in breaker(text, language):
        found.append(text[start : one.at].rstrip(" ") + "-" * one.hyphen)
        start = one.at
    return found


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("fr", "une hausse de 10 % en un an", "10 %"),
        ("fr", "soit 10 000 € de moins", "10 000 €"),
        ("fr", "la lettre N° 12 est là", "N° 12"),
        ("fr", "selon M. Dupont hier", "M. Dupont"),
        ("fr", "il faut que a-t-il fini", "a-t-il"),
        ("fr", "il dit « oui » et part", "« oui »"),
        ("fr", "vraiment ? oui", "vraiment ?"),
        ("en", "what is new in C++20 now", "C++20"),
        ("en", "see raa.ruby-lang.org now", "raa.ruby-lang.org"),
        ("en", "an e-mail now", "e-mail"),
        ("en", "a read/write lock, 24/7 here", "24/7"),
        ("en", "the years 2013–2014 were", "2013–2014"),
        ("en", "at 20 °C or 5 km/h today", "20 °C"),
        ("en", "this and – well – that", "and –"),
        ("en", "dates, 28 - 29 July", "28 -"),
        ("en", "hosted by Dr. Who tonight", "Dr. Who"),
        ("en", "we did it 🎉🎉 now", "🎉🎉"),
        ("pl", "dane w Polsce", "w Polsce"),
        ("cs", "a v Praze je", "v Praze"),
    ],
)
def test_what_stays_together(language, text, whole):
    assert any(whole in piece for piece in pieces(text, language)), pieces(text, language)


def test_no_break_spaces_do_not_break():
    assert pieces("où\u202f? là\u00a0: ici", "fr") == ["où\u202f?", "là\u00a0:", "ici"]


def test_compounds_break_after_their_hyphen_only_between_words():
    assert pieces("user-centered S3-compatible") == ["user-", "centered", "S3-compatible"]


def test_dictionaries_know_the_words_of_thai_and_the_phrases_of_japanese_and_korean():
    assert pieces("สวัสดีชาวโลก", "th") == ["สวัสดี", "ชาว", "โลก"]
    assert pieces("デザインの使い方", "ja") == ["デザインの", "使い方"]
    assert pieces("오늘은 날씨가 좋으니까", "ko") == ["오늘은", "날씨가", "좋으니까"]


def test_offsets_count_characters_beyond_the_basic_plane():
    assert pieces("😀😀 𝒇(x) 𝐛") == ["😀😀", "𝒇(x)", "𝐛"]


def test_a_chinese_word_is_torn_unwillingly():
    cost = {one.at: one.penalty for one in breaking.breaks("提供开源软件社区", "zh")}
    assert cost[5] > cost[4]


def test_small_words_end_a_line_unwillingly():
    cost = {one.at: one.penalty for one in breaking.breaks("the way of life: now", "en")}
    assert cost[len("the ")] > cost[len("the way ")] > cost[len("the way of life: ")]


def test_words_are_divided_by_their_languages_patterns():
    assert "Rechts-" in pieces("Rechtsschutzversicherung", "de", breaking.divided)
    assert pieces("ab Rechts", "xx", breaking.divided) == ["ab", "Rechts"]


def test_a_soft_hyphen_is_shown_where_the_line_ends():
    assert pieces("Fest\u00adplatte") == ["Fest\u00ad-", "platte"]


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "th", "ja", "zh", "ar"]))
def test_breaks_rise_and_reach_the_end(text, language):
    for breaker in (breaking.breaks, breaking.divided, breaking.anywhere):
        places = [one.at for one in breaker(text.replace("\ud800", ""), language)]
        assert places == sorted(set(places))
        assert places[-1] == len(text)


def test_even_where_anything_may_break_a_no_break_space_does_not():
    places = {one.at for one in breaking.anywhere("xx\u00a0xx", "en")}
    assert places == {1, 4, 5}


def test_even_where_anything_may_break_nothing_that_closes_begins_a_line_nor_what_opens_ends_one():
    assert {one.at for one in breaking.anywhere("a«b» (c)!!", "en")} == {1, 5, 10}
    assert breaking.clusters("e\u0301« ", "fr") == (2, 3, 4)


def test_an_emoji_stays_with_the_sentence_it_comments_on():
    text = "Everyone up! \U0001f44d The sky \U0001f30c"
    cost = {one.at: one.penalty for one in breaking.breaks(text, "en")}
    after_first, before_last = text.index("The"), text.index("\U0001f30c")
    assert cost[text.index("\U0001f44d")] > cost[before_last - 4] > cost[after_first]
    assert cost[before_last] > cost[before_last - 4]


def test_the_first_word_of_a_sentence_is_not_left_behind():
    cost = {one.at: one.penalty for one in breaking.breaks("Rise. The sky over the sea", "en")}
    assert cost[10] > cost[23] > cost[14]
