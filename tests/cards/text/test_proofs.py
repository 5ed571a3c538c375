"""Titles as set, judged as a typesetter would; all of them are set by ``bench/cards/titles.py``."""

import pytest
from making import ROOT, shared
from proofs import ROOMS, faults, generated, set_in

from syndicate.cards.text import raster
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped

READ = reader(ROOT)


def judged(room, title, language):
    block, _ = set_in(room, title, language, shipped(), READ)
    return [(room.name, title, fault) for fault in faults(block, room, title, language)]


def real(step):
    rows = [row.split("\t") for row in shared("corpora", "titles-dev.tsv").read_text("utf-8").splitlines()[1:]]
    return [(row[4], row[1].replace("_", "-")) for row in rows[::step]]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_titles_of_real_sites(room):
    assert [fault for title, language in real(60) for fault in judged(room, title, language)] == []


def test_titles_of_any_letters():
    assert [
        fault
        for number, title in enumerate(generated(350, shipped()))
        for fault in judged(ROOMS[number % len(ROOMS)], title, "en")
    ] == []


def test_no_ink_leaves_the_room():
    for number, (title, language) in enumerate(real(97)):
        room = ROOMS[number % len(ROOMS)]
        block, faces = set_in(room, title, language, shipped(), READ)
        for layer in raster.layers(block, faces):
            # Round letters and joined ones reach a little over the edge that their advance keeps.
            over = block.size // 8
            assert layer.top >= -1, title
            assert layer.top + layer.height <= room.height + 1, title
            assert layer.left >= -over, title
            assert layer.left + layer.width <= room.width + over, title
