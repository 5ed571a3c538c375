"""Which typeface draws which character."""

import pytest

from syndicate.artifact import Asset
from syndicate.cards.text import emoji
from syndicate.cards.text.fonts import assigned, choose, missing, needed, preferred
from syndicate.loading.typefaces import shipped
from syndicate.model import Typeface


def names(text, language="en", typefaces=None):
    return [font.name for font in needed([text], language, typefaces or shipped())]


def own(name, characters, *, colour=False):
    return Typeface(
        asset=Asset(f"fonts/{name}.ttf", "0" * 64), name=name, covers=frozenset(map(ord, characters)), colour=colour
    )


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Où en est-on ?", ["Inter"]),
        ("ru", "Открытые данные", ["Inter"]),
        ("vi", "Chuyển đổi số", ["Inter"]),
        ("ar", "تجربة", ["Noto Sans Arabic"]),
        ("ar", "تجربة GitHub", ["Inter", "Noto Sans Arabic"]),
        ("ur", "سرکاری خدمات", ["Noto Nastaliq Urdu"]),
        ("ja", "新しい", ["Noto Sans JP"]),
        ("zh", "数据", ["Noto Sans SC"]),
        ("zh-TW", "讓網頁更快的方法", ["Noto Sans TC"]),
        ("zh-Hant-HK", "數據", ["Noto Sans TC"]),
        ("ko", "서비스 안내", ["Noto Sans KR"]),
        ("en", "Done ✅", ["Inter", "Twemoji"]),
        ("en", "👩🏽‍💻", ["Twemoji"]),
    ],
)
def test_only_what_a_text_needs(language, text, wanted):
    assert names(text, language) == wanted


def test_the_language_decides_whose_shape_a_shared_character_has():
    assert names("直", "ja") == ["Noto Sans JP"]
    assert names("直", "zh") == ["Noto Sans SC"]


def test_a_sites_own_typeface_comes_first():
    mine = own("Marianne", "abc ")
    assert names("abc", "fr", (mine, *shipped())) == ["Marianne"]
    assert names("abc d", "fr", (mine, *shipped())) == ["Marianne", "Inter"]
    assert preferred((mine, *shipped()), "ja")[0] is mine


def test_punctuation_stays_with_the_letters_before_it():
    latin, other = own("Latin", "ab() "), own("Other", "אב() ")
    assert choose(")", (latin, other), 1) == 1
    assert choose("(", (latin, other), None) == 0


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ar", "3 مارس 2026", "Noto Sans Arabic"),
        ("hi", "4 मार्च 2026", "Noto Sans Devanagari"),
    ],
)
def test_a_number_at_the_start_is_of_one_colour_with_the_words_after_it(language, text, wanted):
    assert names(text, language) == [wanted]


def test_what_follows_an_emoji_goes_with_the_letters_before_it():
    latin, other, colour = own("Latin", "ab1 "), own("Other", "אב1 "), own("Colour", "🚀1 ", colour=True)
    assert assigned(("1", " ", "א", " ", "🚀", " ", "1"), (latin, other, colour)) == [1, 1, 1, 1, 2, 1, 1]
    assert assigned(("🚀", "1"), (latin, other, colour)) == [2, 0]


def test_a_mark_is_drawn_with_its_letter():
    bare, full = own("Bare", "x"), own("Full", "x\u0301")
    assert choose("x\u0301", (bare, full), None) == 1
    assert choose("x\u0301", (bare,), None) == 0, "better without its mark than not at all"


def test_white_space_after_an_emoji_is_not_as_wide_as_one():
    plain, colour = own("Plain", "a "), own("Colour", "🚀 ", colour=True)
    assert choose(" ", (colour, plain), 0) == 1


@pytest.mark.parametrize("cluster", ["🚀", "❤\ufe0f", "1\ufe0f\u20e3", "🇫🇷", "👩🏽‍💻"])
def test_shown_in_colour(cluster):
    assert emoji.is_emoji(cluster)
    assert emoji.may_be(f"a {cluster}")


@pytest.mark.parametrize("cluster", ["a", "1", "❤", "☎", "🚀\ufe0e", "©", "→"])
def test_shown_as_text(cluster):
    assert not emoji.is_emoji(cluster)


def test_characters_no_typeface_has_are_named_once():
    assert missing("a\U00013000b\U00013000 \u200d\ufe0f\u00ad", shipped()) == ("U+13000",)
    assert missing("Ordinary words, été, привет", shipped()) == ()
    assert missing("e\u0301", (own("Only", "é"),)) == (), "as composed"


def test_without_typefaces_nothing_is_needed():
    assert needed(["a"], "en", ()) == ()
    assert missing("a", ()) == ("U+0061",)
