"""How dark the scrim must be, and what the file really has."""

import io

import pytest
from making import picture_bytes
from PIL import Image, ImageDraw

from syndicate.cards import contrast
from syndicate.cards.colours import deep

SIZE = (1200, 630)


def ink(box=(64, 300, 900, 500)):
    made = Image.new("L", SIZE)
    for left in range(box[0], box[2], 24):
        made.paste(255, (left, box[1], left + 10, box[3]))
    return made


def ground(colour):
    return Image.new("RGB", SIZE, colour)


def full():
    return Image.new("L", SIZE, 255)


@pytest.mark.parametrize("colour", ["white", "yellow", (120, 180, 240), (90, 90, 90)], ids=str)
def test_the_scrim_is_as_dark_as_white_type_needs_and_hardly_darker(colour):
    tint = deep((120, 130, 140))
    amount = contrast.strength(ground(colour), full(), tint, ink(), Image.new("L", SIZE))
    shown = contrast.veiled(ground(colour), full(), tint, amount)
    shown.paste("white", mask=ink())
    assert 450 <= contrast.measured(shown, ink()) < 800


def test_a_dark_picture_needs_none():
    assert contrast.strength(ground((20, 20, 30)), full(), (0, 0, 0), ink(), Image.new("L", SIZE)) <= 4


def test_the_brightest_place_under_the_type_decides_and_no_other():
    picture = ground("black")
    picture.paste("white", (0, 0, 1200, 200))
    assert contrast.strength(picture, full(), (0, 0, 0), ink(), Image.new("L", SIZE)) <= 4
    picture.paste("white", (500, 400, 540, 440))
    assert contrast.strength(picture, full(), (0, 0, 0), ink(), Image.new("L", SIZE)) > 100


def test_small_type_asks_for_more():
    picture, nothing = ground((200, 200, 200)), Image.new("L", SIZE)
    large = contrast.strength(picture, full(), (0, 0, 0), ink(), nothing)
    assert contrast.strength(picture, full(), (0, 0, 0), nothing, ink()) > large


def test_white_on_grey_is_measured_as_wcag_says():
    shown = ground((119, 119, 119))
    shown.paste("white", mask=ink())
    assert contrast.measured(shown, ink()) == pytest.approx(448, abs=12)


def test_one_illegible_tile_is_found():
    shown = ground("black")
    shown.paste((200, 200, 200), (300, 320, 420, 420))
    shown.paste("white", mask=ink())
    assert contrast.measured(shown, ink()) < contrast.LEAST


def test_a_photograph_stays_legible_through_compression():
    picture = Image.open(io.BytesIO(picture_bytes())).resize(SIZE)
    tint = deep((100, 100, 100))
    amount = contrast.strength(picture, full(), tint, ink(), Image.new("L", SIZE))
    shown = contrast.veiled(picture, full(), tint, amount)
    shown.paste("white", mask=ink())
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=88)
    assert contrast.measured(Image.open(out).convert("RGB"), ink()) >= contrast.LEAST


def test_no_type_no_complaint():
    assert contrast.measured(ground("white"), Image.new("L", SIZE)) == 2100
    draw = ImageDraw.Draw(speck := Image.new("L", SIZE))
    draw.point((5, 5), 255)
    assert contrast.measured(ground("white"), speck) == 2100


@pytest.mark.parametrize("amount", [1, 77, 128, 254, 255])
def test_an_even_scrim_mixes_as_pillow_does(amount):
    shape = Image.new("L", (256, 8), 255)
    shape.paste(120, (0, 0, 256, 3))
    below = Image.merge("RGB", [Image.linear_gradient("L").rotate(90).crop((0, 0, 256, 8))] * 3)
    wanted = below.copy()
    wanted.paste((10, 60, 200), mask=shape.point([value * amount // 255 for value in range(256)]))
    assert contrast.veiled(below, shape, (10, 60, 200), amount).tobytes() == wanted.tobytes()
