"""Columns: nothing is wider than the screen, whatever its script."""

from hypothesis import given
from hypothesis import strategies as st

from syndicate.cli.columns import GAP, cut, fitted, padded, width

TEXTS = st.text("ab/é́日本語😀ا‌", max_size=30)


def test_cells():
    assert [width(text) for text in ("abc", "日本", "é", "e\u0301", "a\u200cb", "😀")] == [3, 4, 1, 1, 2, 2]


def test_what_is_too_long_is_cut_at_its_end_or_in_its_middle():
    assert cut("a long title", 12) == "a long title"
    assert cut("a long title", 8) == "a long…"
    assert cut("日本語日本語", 8) == "日本語…"
    assert cut("/2024/03/08/what-it-says/", 14, end=False) == "/202…-it-says/"


@given(TEXTS, st.integers(0, 20), st.booleans())
def test_a_cut_text_never_takes_more_than_its_room(text, room, end):
    assert width(cut(text, room, end=end)) <= room
    assert width(padded(cut(text, room, end=end), room)) == room


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.integers(40, 90))
def test_a_table_fits_the_screen_and_gives_way_where_it_is_widest(rows, room):
    natural, widths = fitted(rows, None), fitted(rows, room, firm=1)
    shown = [each for each in widths if each]
    assert sum(shown) + GAP * max(0, len(shown) - 1) <= max(room, widths[0] + 2 * GAP + 12)
    assert widths[0] == natural[0]
    given_way = [after for before, after in zip(natural, widths, strict=True) if after < before]
    assert all(after >= max(widths[1:]) - 1 for after in given_way)
