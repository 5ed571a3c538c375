"""Bytes within the budget."""

import io
import random

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
