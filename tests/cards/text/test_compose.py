"""Titles as set: golden frames, and what holds for any text."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT

from syndicate.cards.text import raster
from syndicate.cards.text.compose import Style, compose
from syndicate.cards.text.fonts import Faces, needed
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped

READ = reader(ROOT)
GOLDEN = Path(__file__).parent / "golden"
SIZES = (96, 88, 80, 72, 64, 56, 48, 42, 36, 30)
LONG = (
    "Attractivité et fidélisation des compétences tech dans l’État : la DINUM devient organisme certificateur pour les "
    "intrapreneurs de startups d’État engagés dans la conception d’un service public numérique. Cinq intrapreneurs en "
    "bénéficient dès aujourd’hui"
)


def block(text, language="en", width=1072, height=430, **fields):
    faces = Faces(needed([text], language, shipped()), READ)
    return compose(text, Style(language=language, sizes=fields.pop("sizes", SIZES), **fields), width, height, faces)


def layers(text, language="en", **fields):
    faces = Faces(needed([text], language, shipped()), READ)
    return raster.layers(block(text, language, **fields), faces)


def frame(language, title):
    """A composed title in words: what a typographer would say of it."""
    made = block(title, language, width=900)
    said = f"{language} {made.size} px, {'right to left' if made.rtl else 'left to right'}, {made.height} high"
    lines = [f"  {line.baseline:3.0f} {line.left:3.0f} {round(line.width):3} {line.text}" for line in made.lines]
    return "\n".join([said + ", cut" * made.cut, *lines])


def test_golden_frames():
    wanted = (GOLDEN / "frames.txt").read_text(encoding="utf-8")
    titles = [line.split("\t") for line in (GOLDEN / "titles.tsv").read_text(encoding="utf-8").splitlines()]
    assert "\n\n".join(frame(*title) for title in titles) + "\n" == wanted


def test_a_title_of_254_characters_is_whole():
    made = block(LONG, "fr")
    assert not made.cut
    assert made.size >= 36
    assert " ".join(line.text for line in made.lines).replace("\u00a0", " ") == LONG


def test_what_cannot_fit_is_cut_at_a_word_and_says_so():
    made = block("word " * 400, sizes=(40, 30))
    assert made.cut
    assert made.lines[-1].text.endswith("word…")
    assert made.height <= 430
    unbroken = block("x" * 990, sizes=(40, 30), width=300, height=80)
    assert unbroken.cut
    assert unbroken.lines[-1].text.endswith("x…")


def test_right_to_left_text_stands_at_the_right_edge():
    made = block("تجربة GitHub في الإدارة", "ar")
    assert made.rtl
    assert all(abs(line.left + line.width - 1072) < 0.01 for line in made.lines)


def test_the_language_decides_the_direction_where_the_text_has_its_letters():
    assert not block("שלום is Hebrew for hello", "en").rtl
    assert block("GitHub יוצא לדרך", "he").rtl
    assert not block("Only English", "he").rtl


def test_centred_lines_have_the_same_white_on_both_sides():
    for line in block("A title of two lines that is centred on its card", align="center").lines:
        assert abs(line.left - (1072 - line.left - line.width)) < 0.01


def test_the_ink_stands_flush_with_the_edge():
    (layer,) = layers("Hamburg")
    assert layer.left in {-1, 0}  # the grid is a quarter of a pixel


def test_a_character_no_typeface_has_is_left_out_and_named():
    made = block("A \U00013000 sign")
    assert made.missing == ("U+13000",)
    assert made.lines[0].text == "A  sign"
    assert all(glyph.id for line in made.lines for glyph in line.glyphs)
    nothing = block("\U00013000")
    assert (nothing.lines, nothing.missing) == ((), ("U+13000",))


def test_long_words_are_divided_only_where_that_is_worth_it():
    assert any(
        line.text.endswith("-") for line in block("Rechtsschutzversicherungsgesellschaften", "de", width=500).lines
    )
    assert not any(line.text.endswith("-") for line in block("Eine Versicherungsgesellschaft", "de", width=900).lines)


def test_tracking_moves_latin_letters_and_never_tears_arabic():
    assert block("Title", tracking=-0.02).width < block("Title").width
    assert block("تجربة", "ar", tracking=-0.02).width == block("تجربة", "ar").width


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Ể Ẫ Ộ Ặ chuyển đổi số quốc gia Ể Ẫ Ộ Ặ"),
        ("th", "น้ำใจผู้ใหญ่ปี่ที่กรุงเทพฯ ข้อมูลเปิดภาครัฐ"),
        ("bo", "བོད་སྐད་ཀྱི་དཔེ་མཚོན་ཞིག བརྒྱུད་སྒྲུབས"),
        ("my", "မြန်မာနိုင်ငံ၏ ဒစ်ဂျစ်တယ် ဝန်ဆောင်မှုများ"),
        ("km", "ការអភិវឌ្ឍន៍ប្រព័ន្ធឌីជីថលនៅកម្ពុជា"),
        ("ur", "سرکاری خدمات میں مصنوعی ذہانت کا استعمال"),
        ("en", "Z\u0351\u0352a\u0351\u0352l\u0323\u0323g\u0331o ÉÇ"),
        ("en", "We shipped it 🚀🎉 and more"),
    ],
)
def test_no_mark_is_clipped(language, text):
    made = block(text, language, width=700)
    for layer in layers(text, language, width=700):
        assert layer.top >= -1
        assert layer.top + layer.height <= made.height + 1
        assert layer.left >= -1 - made.size // 8
        assert layer.left + layer.width <= 700 + made.size // 8


def test_a_block_travels():
    made = block("Title 🚀")
    assert pickle.loads(pickle.dumps(made)) == made


languages = st.sampled_from(["en", "fr", "ar", "he", "ja", "zh-Hant", "th", "", "zz--!"])
letters = st.sampled_from(
    list("abc é«»:;!?-/ \u00a0\u00ad\u200b\u200d\u0301\ufe0f אבתث中の한ไ่क्ष🚀🇫🇷1️⃣\U00013000\u0601\n")
)


@settings(max_examples=60, deadline=None)
@given(st.text(letters, max_size=70), languages, st.sampled_from([(1072, 330), (300, 120), (40, 30)]))
def test_any_text_is_set_inside_its_box(text, language, size):
    made = block(text, language, *size, lines=4)
    assert len(made.lines) <= 4 or made.cut
    assert all(glyph.id for line in made.lines for glyph in line.glyphs), "a box for a missing glyph"
    if not made.cut and made.lines:
        assert made.width <= size[0]
        assert made.height <= size[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzéè", min_size=1, max_size=12), min_size=1, max_size=25))
def test_lines_keep_every_character(words):
    text = " ".join(words)
    made = block(text, "xx")
    assert not made.cut
    assert " ".join(line.text for line in made.lines) == text
