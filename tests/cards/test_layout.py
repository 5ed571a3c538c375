"""Where everything goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards import layout, outlets
from syndicate.cards.layout import Box, Canvas

CANVASES = [Canvas(one.width, one.height, one.inset) for one in outlets.TYPESET]


def apart(one, other):
    return one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top


@pytest.mark.parametrize("canvas", CANVASES, ids=str)
@pytest.mark.parametrize("letters", [5, 70, 250])
def test_nothing_overlaps_and_all_type_is_in_the_safe_area(canvas, letters):
    width, height = canvas.width, canvas.height
    safe = min(width, height) // 20
    made = [layout.photograph(canvas, letters)]
    made += [layout.typeset(name, canvas, letters) for name in ("shapes", "band", "quotation", "calendar", "none")]
    made += [
        layout.beside(canvas, letters, proportion, whole=whole) for proportion in (0.2, 1.5, 9) for whole in (0, 1)
    ]
    for areas in made:
        boxes = [areas.title, areas.kicker, areas.foot]
        beside = [box for box in (areas.panel, areas.ornament) if box]
        figure = areas.figure
        for index, box in enumerate(boxes):
            assert box.width > 0
            assert box.height > 0
            assert safe <= box.left
            assert box.right <= width - safe // 2
            assert max(safe, canvas.inset) <= box.top
            assert box.bottom <= height - max(safe, canvas.inset)
            assert all(apart(box, other) for other in boxes[index + 1 :] + beside)
        assert all(box.right == width and box.bottom <= height for box in beside)
        assert figure is None or apart(figure, areas.title)
        assert areas.title.width >= width * 8 // 20


@given(st.integers(0, 900), st.integers(0, 600), st.integers(1, 300), st.integers(1, 300))
def test_mirroring_twice_changes_nothing(left, top, width, height):
    box = Box(left, top, width, height)
    assert box.mirrored(1200).mirrored(1200) == box
    assert box.mirrored(1200).right == 1200 - left


def test_a_longer_title_gets_more_room():
    widths = [layout.editorial(Canvas(1200, 630), letters).title.width for letters in (10, 60, 200)]
    assert widths == sorted(set(widths))


def test_a_picture_beside_the_type_gets_the_room_it_can_use():
    wide, square = Canvas(1200, 630), Canvas(1080, 1080)
    across = [layout.beside(wide, 20, proportion).panel.width for proportion in (0.66, 1.5, 3)]
    assert across == sorted(set(across))
    assert layout.beside(wide, 150, 3).panel.width < across[-1], "a long title keeps its room"
    assert layout.beside(square, 20, 0.66).panel.height == 1080, "what is upright stands beside the type"
    assert layout.beside(square, 20, 1.5).panel.width == 1080


def test_on_taller_cards_the_type_gets_more_room_too():
    square, portrait = (layout.beside(Canvas(1080, height), 60).title for height in (1080, 1350))
    assert portrait.height > square.height
