"""Pictures in another size."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import picture_bytes
from PIL import Image, ImageChops, ImageStat

from syndicate.cards.scaling import scaled

SIDES = st.integers(40, 70)


def photograph():
    return Image.open(io.BytesIO(picture_bytes())).convert("RGB")


@given(SIDES, SIDES, st.sampled_from([(60, 50), (50, 60), (90, 30)]))
def test_an_even_picture_stays_even_to_its_edges(width, height, size):
    made = scaled(Image.new("RGB", (width + 7, height + 9), (200, 100, 50)), (3, 4, 3 + width, 4 + height), *size)
    assert made.size == size
    assert made.getcolors() == [(size[0] * size[1], (200, 100, 50))]


@pytest.mark.parametrize("side", [52, 60, 64, 70, 85])
def test_nothing_moves(side):
    """What is the same from both sides stays so, within rounding."""
    half = [random.Random(side).randrange(256) for _ in range(side)]
    row = Image.frombytes("L", (side, 1), bytes(a // 2 + b // 2 for a, b in zip(half, reversed(half), strict=True)))
    made = scaled(row.resize((side, side), Image.Resampling.NEAREST), (0, 0, side, side), 64, 64)
    apart = ImageChops.difference(made, made.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert apart.getextrema()[1] <= 2


@pytest.mark.parametrize("percent", [80, 95, 100, 110, 133, 150, 170])
def test_it_is_as_close_to_lanczos_as_the_eye_can_tell(percent):
    picture = photograph()
    size = 400, 300
    box = (100, 50, 100 + 4 * percent, 50 + 3 * percent)
    wanted = picture.resize(size, Image.Resampling.LANCZOS, box=box)
    (off,) = ImageStat.Stat(ImageChops.difference(scaled(picture, box, *size), wanted).convert("L")).rms
    (plain,) = ImageStat.Stat(
        ImageChops.difference(picture.resize(size, Image.Resampling.BILINEAR, box=box), wanted).convert("L")
    ).rms
    assert off <= plain + 0.3
    assert off < 4


@pytest.mark.parametrize("percent", [204, 260, 310])
def test_much_smaller_it_is_no_further_from_lanczos_than_squares_are(percent):
    picture = photograph()
    box = (0, 0, 4 * percent, 3 * percent)
    wanted = picture.resize((400, 300), Image.Resampling.LANCZOS, box=box)
    (off,) = ImageStat.Stat(ImageChops.difference(scaled(picture, box, 400, 300), wanted).convert("L")).rms
    assert off < 2


@given(st.integers(1, 40), st.integers(40, 60), st.integers(30, 60))
def test_each_pixel_lies_between_its_two_neighbours_wherever_the_part_begins(left, width, size):
    ramp = Image.frombytes("L", (120, 1), bytes(2 * value for value in range(120))).resize((120, 4))
    made = scaled(ramp, (left, 0, left + width, 4), size, 4).tobytes()[:size]
    places = [left + max(0, min(width - 1, (step + 0.5) * width / size - 0.5)) for step in range(size)]
    if 0.8 <= width / size <= 1.5:
        assert all(abs(value - 2 * place) <= 1 for value, place in zip(made, places, strict=True))
