"""Which part of a picture survives the crop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import picture_bytes
from PIL import Image, ImageDraw

from syndicate.cards.focus import crop, is_graphic
from syndicate.cards.pictures import decode

SIDES = st.integers(40, 900)
SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1))


def scene(size, spot, radius=40):
    """A calm ground with one thing to look at."""
    image = Image.new("RGB", size, (120, 128, 132))
    draw = ImageDraw.Draw(image)
    for step in range(radius, 0, -8):
        colour = (224, 172, 140) if step // 8 % 2 else (120, 40, 30)
        draw.ellipse((spot[0] - step, spot[1] - step, spot[0] + step, spot[1] + step), fill=colour)
    return image


@given(SIDES, SIDES, st.none() | SHARES, st.integers(0, 100))
def test_a_crop_lies_in_the_picture_with_the_proportions_asked(width, height, focus, covered):
    part = crop(Image.new("RGB", (width, height)), (1200, 630), focus, covered)
    assert part.left >= 0
    assert part.top >= 0
    assert part.left + part.width <= width
    assert part.top + part.height <= height
    assert width == part.width or height == part.height
    assert abs(part.width * 630 - part.height * 1200) <= 1200


@pytest.mark.parametrize(
    ("size", "spot"), [((1000, 1000), (500, 160)), ((1000, 1000), (500, 840)), ((2400, 700), (2200, 300))]
)
def test_what_the_eye_goes_to_survives(size, spot):
    left, top, right, bottom = crop(scene(size, spot), (1200, 630), None).box
    assert left <= spot[0] - 40 < spot[0] + 40 <= right
    assert top <= spot[1] - 40 < spot[1] + 40 <= bottom


def test_it_lies_above_the_type_where_it_can():
    part = crop(scene((1000, 1400), (500, 700)), (1200, 630), None, covered=55)
    assert part.top + part.height * 45 // 100 >= 700 + 35


def test_the_authors_focus_always_wins():
    image = scene((1000, 1000), (500, 160))
    part = crop(image, (1200, 630), (0.5, 0.9))
    assert part.top + part.height == 1000
    assert crop(image, (1200, 630), (0.5, 0)).top == 0


def test_drawings_are_told_from_photographs():
    chart = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(chart)
    for column in range(8):
        draw.rectangle((80 + column * 100, 560 - column * 60, 140 + column * 100, 560), fill="navy")
    assert is_graphic(chart)
    assert is_graphic(Image.new("RGBA", (200, 200), (0, 0, 0, 0)))
    assert not is_graphic(decode(picture_bytes(), 1200, 630))
