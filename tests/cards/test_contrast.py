"""How dark the scrim must be, and what the file really has."""

import io

import pytest
from making import picture_bytes
from PIL import Image, ImageColor

from syndicate.cards import contrast
from syndicate.cards.colours import deep, pale, ratio
from syndicate.cards.contrast import Ink

SIZE = (1200, 630)


def ink(box=(64, 300, 900, 500), **kind):
    made = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    for left in range(0, made.width, 24):
        made.paste(255, (left, 0, left + 10, made.height))
    return Ink(box[0], box[1], made, **kind)


def written(picture, one, colour="white"):
    picture.paste(colour, (one.left, one.top), one.coverage)
    return picture


def ground(colour):
    return Image.new("RGB", SIZE, colour)


def full():
    return bytes([255]) * SIZE[1]


@pytest.mark.parametrize("colour", ["white", "yellow", (120, 180, 240), (90, 90, 90)], ids=str)
def test_the_scrim_is_as_dark_as_white_type_needs_and_hardly_darker(colour):
    tint = deep((120, 130, 140))
    amount = contrast.strength(ground(colour), tint, [ink()])
    shown = written(contrast.veiled(ground(colour), full(), tint, amount), ink())
    assert 450 <= contrast.measured(shown, [ink()]) < 800


def test_a_dark_picture_needs_none():
    assert contrast.strength(ground((20, 20, 30)), (0, 0, 0), [ink()]) == 0


def test_the_brightest_place_under_the_type_decides_and_no_other():
    picture = ground("black")
    picture.paste("white", (0, 0, 1200, 200))
    assert contrast.strength(picture, (0, 0, 0), [ink()]) == 0
    picture.paste("white", (500, 400, 540, 440))
    assert contrast.strength(picture, (0, 0, 0), [ink()]) > 100


@pytest.mark.parametrize("colour", ["black", "navy", (120, 80, 40), (90, 90, 90)], ids=str)
def test_a_light_scrim_is_as_light_as_dark_type_needs(colour):
    tint = pale((120, 130, 140))
    amount = contrast.strength(ground(colour), tint, [ink()], pale=True)
    shown = written(contrast.veiled(ground(colour), full(), tint, amount), ink(), deep(tint))
    assert 700 <= contrast.measured(shown, [ink(dark=True)]) < 1300
    assert contrast.strength(ground("white"), tint, [ink()], pale=True) == 0


@pytest.mark.parametrize(("type_", "under"), [("black", "#a0a0a0"), ("#28283c", "white"), ("#333", "#ddd")])
def test_dark_type_is_measured_as_wcag_says(type_, under):
    shown = written(ground(under), ink(), type_)
    said = ratio(*(ImageColor.getrgb(one) for one in (type_, under)))
    assert contrast.measured(shown, [ink(dark=True)]) == pytest.approx(said * 100, rel=0.06)


def test_small_type_asks_for_more():
    picture = ground((200, 200, 200))
    large, small = (contrast.strength(picture, (0, 0, 0), [ink(small=small)]) for small in (False, True))
    assert small > large
    assert contrast.strength(picture, (0, 0, 0), [ink(), ink((64, 540, 400, 580), small=True)]) == pytest.approx(
        small, abs=8
    )


def test_white_on_grey_is_measured_as_wcag_says():
    assert contrast.measured(written(ground((119, 119, 119)), ink()), [ink()]) == pytest.approx(448, abs=12)


def test_one_illegible_tile_is_found():
    shown = ground("black")
    shown.paste((200, 200, 200), (300, 320, 420, 420))
    assert contrast.measured(written(shown, ink()), [ink()]) < contrast.LEAST


def test_type_is_no_ground_for_other_type_nor_are_emoji():
    shown = written(ground("black"), ink())
    beside = Ink(70, 280, Image.new("L", (400, 19), 255))
    for other in (beside, Ink(70, 280, beside.coverage, coloured=True)):
        assert contrast.measured(written(shown.copy(), other), [ink(), other]) > 1800
        assert contrast.measured(written(shown.copy(), other), [ink()]) < contrast.LEAST


def test_a_photograph_stays_legible_through_compression():
    picture = Image.open(io.BytesIO(picture_bytes())).resize(SIZE)
    tint = deep((100, 100, 100))
    amount = contrast.strength(picture, tint, [ink()])
    shown = written(contrast.veiled(picture, full(), tint, amount), ink())
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=88)
    assert contrast.measured(Image.open(out).convert("RGB"), [ink()]) >= contrast.LEAST


def test_no_type_no_complaint():
    assert contrast.measured(ground("white"), []) == 2100
    speck = Ink(5, 5, Image.new("L", (1, 1), 255))
    assert contrast.measured(ground("white"), [speck]) == 2100


@pytest.mark.parametrize("amount", [1, 77, 128, 254, 255])
def test_an_even_scrim_mixes_as_pillow_does(amount):
    shape = bytes([120] * 3 + [255] * 5)
    below = Image.merge("RGB", [Image.linear_gradient("L").rotate(90).crop((0, 0, 256, 8))] * 3)
    wanted = below.copy()
    mask = Image.frombytes("L", (1, 8), bytes(value * amount // 255 for value in shape)).resize((256, 8))
    wanted.paste((10, 60, 200), mask=mask)
    assert contrast.veiled(below, shape, (10, 60, 200), amount).tobytes() == wanted.tobytes()
