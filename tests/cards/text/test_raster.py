"""Coverage from outlines."""

import hashlib

import freetype
import pytest
import uharfbuzz
from making import ROOT

from syndicate.cards.text import raster
from syndicate.cards.text.compose import Style, compose
from syndicate.cards.text.fonts import Faces, needed
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped


def drawn(text, language="en", **fields):
    faces = Faces(needed([text], language, shipped()), reader(ROOT))
    return raster.layers(compose(text, Style(language=language, sizes=(64,), **fields), 900, 300, faces), faces)


def ink(layer):
    return sum(layer.coverage)


def test_plain_text_is_one_layer_in_the_texts_own_colour():
    (layer,) = drawn("Title of two\u00a0words, ﷺ", "ar")
    assert layer.colour is None
    assert len(layer.coverage) == layer.width * layer.height
    assert max(layer.coverage) == 255


def test_an_emoji_is_layers_of_its_own_colours():
    first, *others = drawn("a 🇫🇷")
    assert first.colour is None
    assert len(others) >= 2
    assert all(layer.colour and layer.colour[3] for layer in others)


def test_weight_is_ink():
    weights = [ink(drawn("Title", weight=weight)[0]) for weight in (400, 600, 800)]
    assert weights == sorted(set(weights))


def test_what_overlaps_is_never_lighter_than_either():
    both = raster._both(bytes([0, 255, 128, 7]), bytes([9, 3, 128, 8]))
    assert list(both) == [9, 255, 128, 15]


def test_the_same_text_is_the_same_bytes_again():
    first = drawn("Même titre 🚀", "fr")
    raster._rendered.cache_clear()
    raster._faces.clear()
    assert drawn("Même titre 🚀", "fr") == first


@pytest.mark.parametrize(
    ("text", "language", "digest"),
    [
        ("Hamburgefonstiv 2024", "en", "0655e57eee92a47d"),
        ("تجربة الإدارة", "ar", "4eaec5318eecb68f"),
        ("デザイン", "ja", "3ce4f80e1fb82e81"),
        ("क्षेत्र", "hi", "ed5728984a5c92b6"),
        ("🚀🇫🇷", "en", "7c8d8a925bbd8cf0"),
    ],
)
@pytest.mark.skipif(
    (freetype.version(), uharfbuzz.version_string()) != ((2, 13, 2), "15.0.0"),
    reason="digests are those of the library versions they were made with",
)
def test_the_same_bytes_on_every_machine(text, language, digest):
    found = hashlib.sha256(repr(drawn(text, language)).encode()).hexdigest()[:16]
    assert found == digest
