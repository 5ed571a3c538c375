"""Bytes within the budget."""

import io
import random

import pytest
from making import picture_bytes
from PIL import Image

from syndicate.cards import encode


def noise(size=(1200, 630)):
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def test_a_photograph_keeps_its_quality():
    made = encode.jpeg(Image.open(io.BytesIO(picture_bytes(1200, 630))))
    assert made.quality == 88
    assert len(made.data) < encode.BUDGET


def test_a_picture_too_heavy_loses_quality_until_it_fits():
    made = encode.jpeg(noise())
    assert made.quality < 88
    assert len(made.data) <= encode.BUDGET or made.quality == 56


@pytest.mark.parametrize(("top", "bottom"), [(0, 630), (300, 600), (17, 18), (330, 331), (600, 630), (0, 0)])
def test_some_rows_of_a_photograph_are_decoded_as_the_whole_is(top, bottom):
    made = encode.jpeg(Image.open(io.BytesIO(picture_bytes(1200, 630))))
    shown, first = encode.opened_between(made.data, top, bottom)
    box = (0, max(0, top - 8), 1200, min(630, bottom + 8))
    part = shown.crop((0, box[1] - first, 1200, box[3] - first))
    assert part.tobytes() == encode.opened(made.data).crop(box).tobytes()


def test_a_flat_card_keeps_its_colours_exactly():
    image = Image.new("RGB", (1200, 630), (11, 95, 255))
    image.paste((255, 204, 0), (100, 100, 300, 300))
    made = encode.png(image)
    assert encode.opened(made.data).tobytes() == image.tobytes()
    assert len(made.data) < 5_000


def test_nothing_of_the_source_survives_but_the_picture():
    image = Image.new("RGB", (64, 64))
    exif = Image.Exif()
    exif[0x010E] = "Mme Dupont, 12 rue de la Paix"
    image.info = {"exif": exif.tobytes(), "icc_profile": b"x" * 128, "comment": b"secret", "xmp": b"<x/>"}
    for made in (encode.jpeg(image), encode.png(image)):
        assert b"Exif" not in made.data
        assert b"secret" not in made.data
        assert b"ICC" not in made.data
        assert b"iCCP" not in made.data
        assert b"tEXt" not in made.data
