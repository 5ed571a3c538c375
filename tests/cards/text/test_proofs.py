"""Titles as set in every theme and outlet, judged as a typesetter would; ``bench/cards/titles.py`` sets them all."""

import pytest
from making import ROOT, shared
from proofs import faults, fonts_for, generated, rooms, set_in

from syndicate.cards.outlets import TYPESET
from syndicate.cards.text import raster
from syndicate.cards.themes import NAMES
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped

READ = reader(ROOT)
RIGHT_TO_LEFT = (("رسالةٌ من الكثبان إلى من لا يقرأ الرسائل", "ar"), ("מכתב בלי כתובת (ובלי בול)", "he"))


def opened(title, language):
    return fonts_for(title, language, shipped(), READ)


def judged(title, language):
    faces = opened(title, language)
    return [
        (room.name, title, fault)
        for room in rooms(title, language)
        for fault in faults(set_in(room, title, faces), room, title, faces)
    ]


def real(step):
    rows = [row.split("\t") for row in shared("corpora", "titles-dev.tsv").read_text("utf-8").splitlines()[1:]]
    return [(row[4], row[1].replace("_", "-")) for row in rows[::step]]


def test_there_is_a_room_for_every_theme_and_outlet():
    found = {room.name.rstrip("ab") for room in rooms("A title", "en")}
    assert found == {f"{name}, {one.width}x{one.height}" for name in NAMES for one in TYPESET}


def test_titles_of_real_sites():
    assert [fault for one in real(150) for fault in judged(*one)] == []


@pytest.mark.parametrize(("title", "language"), RIGHT_TO_LEFT)
def test_titles_read_from_the_right(title, language):
    assert judged(title, language) == []


def test_ink_that_reaches_over_a_run_beside_it_stays_inside():
    assert (
        judged(
            "\ufdf2\u0791\u07a3\u07ad\u079d\u0787\u079b\u079e \xab \u0664\u0797: \u0662\u07ab\u0661\u0792\u0798\u0666\u0781\u0793\u07aa: \u0668\u07af\u07b1\u07ad\u07ae\u0790\u078e\u078d\u0661\xa0\u0795\u0788) \u078f\u0781\u07a9\u0784\u079e ! \u07b0\u07ac\u079f\u07ab\u0790\u07aa\u07a8\u07a7\u079d \u078a \u078d\u0664\u0781 \xab",
            "en",
        )
        == []
    )


def test_titles_of_any_letters():
    assert [fault for title in generated(40, shipped()) for fault in judged(title, "en")] == []


def test_the_longest_real_titles_are_whole_on_every_card_for_links():
    longest = [one for one in real(1) if len(one[0]) > 200]
    assert len(longest) >= 2
    for title, language in longest:
        for room in rooms(title, language):
            if "1200x630" in room.name:
                assert not set_in(room, title, opened(title, language)).cut, (room.name, title)


def test_a_fault_is_found():
    room = next(rooms("A title", "en"))
    faces = opened("A title", "en")
    other = set_in(room, "Another title", faces)
    assert any("letters are lost" in fault for fault in faults(other, room, "A title", faces))


def test_ink_as_drawn_is_where_it_was_judged_to_be():
    for number, (title, language) in enumerate(real(97)):
        made = tuple(rooms(title, language))
        room = made[number % len(made)]
        block = set_in(room, title, opened(title, language))
        for layer in raster.layers(block, opened(title, language)):
            # Round letters and joined ones reach a little over the edge that their advance keeps.
            over = block.size // 8
            assert layer.top >= -1, title
            assert layer.top + layer.height <= room.box.height + 1, title
            assert layer.left >= -over, title
            assert layer.left + layer.width <= room.box.width + over, title
