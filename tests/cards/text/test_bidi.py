"""Directions: the standard's own conformance test, and what setting relies on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards.text import bidi

CONFORMANCE = Path("/usr/share/unicode/BidiCharacterTest.txt")


def cases():
    for line in CONFORMANCE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, direction, base, levels, order = line.split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            yield text, {"0": 0, "1": 1, "2": None}[direction], int(base), levels.split(), order.split()


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="the Unicode Character Database is not installed (unicode-data)")
def test_every_case_of_the_standard():
    count = 0
    for text, asked, base, levels, order in cases():
        found = bidi.resolve(text, asked)
        shown = [index for index in range(len(text)) if index not in found.removed]
        visual = [shown[place] for place in bidi.order([found.levels[index] for index in shown])]
        got = ["x" if index in found.removed else str(level) for index, level in enumerate(found.levels)]
        assert (found.base, got, [*map(str, visual)]) == (base, levels, order), ascii(text)
        count += 1
    assert count > 90_000


def test_the_first_strong_character_decides():
    assert bidi.resolve("123 אב").base == 1
    assert bidi.resolve("123 ab אב").base == 0
    assert bidi.resolve("").base == 0


def test_numbers_run_left_to_right_in_right_to_left_text():
    text = "עלה ב־10% השנה"
    levels = bidi.resolve(text).levels
    assert levels[text.index("1")] == levels[text.index("0")] == 2
    assert levels[0] == 1


@given(st.text(max_size=60), st.sampled_from([0, 1, None]))
def test_order_is_a_permutation_for_any_text(text, base):
    found = bidi.resolve(text, base)
    assert len(found.levels) == len(text)
    assert sorted(bidi.order(found.levels)) == list(range(len(text)))
