"""Glyphs for text."""

import pytest

from syndicate.cards.text import hyphenate, shape
from syndicate.cards.text.shape import Setting
from syndicate.loading.sources import shipped as bytes_of
from syndicate.loading.typefaces import shipped

PLAIN = Setting("en", 700, 32)


def face(name):
    (one,) = [one for one in shipped() if one.name == name]
    return shape.face(one.asset, lambda asset: bytes_of(asset.path), colour=one.colour)


def test_letters_join_across_the_ends_of_a_run():
    arabic = face("Noto Sans Arabic")
    alone = shape.shape(arabic, "ب", (0, 1), ("Arab", True), PLAIN)
    within = shape.shape(arabic, "ببب", (1, 2), ("Arab", True), PLAIN)
    assert alone.glyphs[0].id != within.glyphs[0].id


def test_letters_are_kerned():
    inter = face("Inter")
    pair = shape.shape(inter, "AV", (0, 2), ("Latn", False), PLAIN).advance
    apart = sum(shape.shape(inter, one, (0, 1), ("Latn", False), PLAIN).advance for one in "AV")
    assert pair < apart


def test_ink_is_measured_with_its_marks():
    inter = face("Inter")
    assert shape.shape(inter, "Ể", (0, 1), ("Latn", False), PLAIN).top > 0.9
    assert shape.shape(inter, "E", (0, 1), ("Latn", False), PLAIN).top < 0.75
    assert shape.shape(inter, " ", (0, 1), ("Latn", False), PLAIN).top == 0


def test_bold_is_wider_than_regular():
    inter = face("Inter")
    widths = [shape.shape(inter, "mmm", (0, 3), ("Latn", False), Setting("en", w, 32)).advance for w in (400, 800)]
    assert widths[0] < widths[1]


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("ab אב", ["Latn", "Latn", "Latn", "Hebr", "Hebr"]),
        ("1 б", ["Cyrl", "Cyrl", "Cyrl"]),
        ("e\u0301", ["Latn", "Latn"]),
        ("12", ["Zyyy", "Zyyy"]),
    ],
)
def test_what_serves_many_scripts_takes_that_of_its_neighbour(text, scripts):
    assert list(shape.scripts(text)) == scripts


def test_colour_layers_come_with_their_palette():
    emoji = face("Twemoji")
    glyph = shape.shape(emoji, "🇫🇷", (0, 2), ("Zyyy", False), PLAIN).glyphs[0].id
    layers = emoji.layers(glyph)
    assert len(layers) >= 2
    assert all(colour is None or len(colour) == 4 for _, colour in layers)
    assert face("Inter").layers(5) == ()


def test_hyphens_come_from_patterns_and_leave_no_stumps():
    assert hyphenate.points("typographie", "fr")
    assert all(3 <= point <= len("typographie") - 3 for point in hyphenate.points("typographie", "fr"))
    assert hyphenate.points("typographie", "xx") == ()
