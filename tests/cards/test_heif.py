"""Pictures of telephones, where the extra is installed."""

import io
import sys

import pytest
from making import picture_bytes
from PIL import Image

from syndicate.cards import heif
from syndicate.cards.pictures import PictureError, decode, inspect


def heic(image, **options):
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=90, **options)
    return out.getvalue()


def test_a_picture_of_a_telephone_is_measured_and_decoded():
    image = Image.new("RGB", (64, 48), "white")
    image.paste("red", (0, 0, 20, 20))
    data = heic(image)
    facts = inspect(data)
    assert (facts.media_type, facts.width, facts.height) == ("image/heic", 64, 48)
    shown = decode(data, 64, 48)
    assert (shown.mode, shown.size) == ("RGB", (64, 48))
    red, green, _ = shown.getpixel((5, 5))
    assert red > 200 > green


def test_avif_is_of_the_same_family_and_not_meant():
    assert not heif.is_picture(picture_bytes(64, 48, "AVIF"))
    assert inspect(picture_bytes(64, 48, "AVIF")).media_type == "image/avif"


def test_without_the_extra_the_finding_names_it(monkeypatch):
    data = heic(Image.new("RGB", (64, 48)))
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert not heif.is_available()
    with pytest.raises(PictureError) as caught:
        inspect(data)
    assert caught.value.code == "extra-missing"


def test_damage_is_a_picture_error():
    data = heic(Image.new("RGB", (64, 48), "white"))
    for at in (20, 60, len(data) // 2):
        with pytest.raises(PictureError):
            decode(data[:at], 1, 1)
