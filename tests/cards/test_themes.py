"""Which theme an article gets."""

import pytest

from syndicate.artifact import Asset
from syndicate.cards.outlets import TYPESET
from syndicate.cards.themes import BESIDE, EDITORIAL, PHOTOGRAPH, choose
from syndicate.model import Picture

ASSET = Asset("a.jpg", "0" * 64)


def picture(width, height, asset=ASSET):
    return Picture(url="https://example.org/a.jpg", asset=asset, width=width, height=height)


@pytest.mark.parametrize(
    ("lead", "theme"),
    [
        (None, EDITORIAL),
        (picture(1600, 1000, asset=None), EDITORIAL),
        (picture(64, 64), EDITORIAL),
        (picture(1600, 1000), PHOTOGRAPH),
        (picture(960, 504), PHOTOGRAPH),
        (picture(940, 500), BESIDE),
        (picture(2800, 700), PHOTOGRAPH),
        (picture(4000, 700), BESIDE),
        (picture(1200, 2000), BESIDE),
        (picture(300, 200), BESIDE),
    ],
    ids=str,
)
def test_a_picture_is_never_blown_up_nor_cut_to_a_sliver(lead, theme):
    assert choose("auto", lead, TYPESET[0]) == theme
    assert choose("photograph", lead, TYPESET[0]) == theme
    assert choose("editorial", lead, TYPESET[0]) == EDITORIAL
