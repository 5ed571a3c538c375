"""Colours that belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards import colours

HEX = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_the_contrast_ratio_is_that_of_wcag():
    assert colours.ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert colours.ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.478, abs=0.001)
    assert colours.ratio((10, 20, 30), (10, 20, 30)) == 1


@given(HEX | st.just(""), HEX | st.just(""), st.integers(0, 2**28))
def test_all_type_is_legible_whatever_the_brand(accent, ground, variant):
    made = colours.palette(accent, ground, variant)
    for colour in (made.ink, made.soft, made.mark):
        assert colours.ratio(colour, made.ground) >= 4.5
    if ground:
        assert made.ground == colours.parse(ground)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_type_beside_a_picture_of_any_colour_is_legible(mean):
    made = colours.beside(mean)
    assert min(colours.ratio(colour, made.ground) for colour in (made.ink, made.soft, made.mark)) >= 4.5
    assert colours.luminance(colours.deep(mean)) < 0.03


def test_grey_stays_grey():
    red, green, blue = colours.palette("#888888", "").ground
    assert max(red, green, blue) - min(red, green, blue) <= 1


def test_three_grounds_of_one_family_are_told_apart():
    grounds = {colours.palette("#0b5fff", "", variant).ground for variant in range(9)}
    assert len(grounds) == 3
