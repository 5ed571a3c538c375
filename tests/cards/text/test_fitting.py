"""How large, and where the lines end: arithmetic on pieces of a known width."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.cards.text.fitting import Box, fit, greedy, height
from syndicate.cards.text.paragraph import Piece

SPACE = 0.3


def pieces(*widths, penalties=(), top=0.7, bottom=0.2):
    made = []
    for number, width in enumerate(widths):
        penalty = penalties[number] if number < len(penalties) else 0
        made.append(Piece(number, number + 1, width, width + SPACE, 0.0, penalty, top, bottom))
    return tuple(made)


def box(width=1000, height=400, lines=5, leading=1.15):
    return Box(width=width, height=height, lines=lines, leading=leading)


def test_what_fits_on_one_line_stays_on_one_line():
    assert fit(pieces(2, 2, 2), (100, 80), box()).lines == ((0, 3),)


def test_the_largest_size_that_fits_is_taken():
    found = fit(pieces(*[3.0] * 12), (100, 80, 60, 40), box(height=250))
    assert found.size == 60
    assert fit(pieces(*[3.0] * 12), (100, 80), box(height=100)) is None


def test_lines_are_balanced_rather_than_filled():
    found = fit(pieces(*[2.5] * 5), (100,), box())
    assert found.lines in {((0, 3), (3, 5)), ((0, 2), (2, 5))}


def test_a_costly_break_is_avoided_where_another_is_nearly_as_even():
    even = fit(pieces(2, 2, 2, 2, 2, 2), (100,), box(width=800)).lines
    moved = fit(pieces(2, 2, 2, 2, 2, 2, penalties=(0, 0, 40)), (100,), box(width=1000)).lines
    assert even == ((0, 3), (3, 6))
    assert moved != even


def test_no_widow_where_a_slightly_smaller_size_has_none():
    found = fit(pieces(3, 3, 3, 1), (100, 96, 92, 88), box(width=1000, lines=2))
    last = found.lines[-1]
    assert last[1] - last[0] > 1 or len(found.lines) == 1


def test_marks_that_would_touch_widen_the_leading():
    low = fit(pieces(*[4.0] * 4), (100,), box(height=900))
    high = fit(pieces(*[4.0] * 4, top=1.2, bottom=0.5), (100,), box(height=900))
    assert low.leading == 1.15
    assert high.leading > 1.7


widths = st.lists(st.floats(0.2, 9.0), min_size=1, max_size=25)


@given(widths, st.integers(200, 1200), st.integers(60, 600), st.integers(1, 8))
def test_what_is_said_to_fit_fits(found_widths, width, tall, lines):
    made = pieces(*found_widths)
    wanted = box(width, tall, lines)
    found = fit(made, (96, 72, 48, 30), wanted)
    if found is None:
        return
    assert 0 < len(found.lines) <= lines
    assert [first for first, _ in found.lines] == [0, *(after for _, after in found.lines[:-1])]
    assert found.lines[-1][1] == len(made)
    assert height(made, found.lines, found.leading) * found.size <= tall
    for first, after in found.lines:
        assert (sum(one.advance for one in made[first:after]) - SPACE) * found.size <= width + 1e-6


@given(widths)
def test_no_fewer_lines_than_it_takes(found_widths):
    made = pieces(*found_widths)
    count = greedy(made, 10.0)
    assert count >= sum(one.advance for one in made) / (10.0 + SPACE) - 1e-9


def raggedness(ends, widths, measure):
    """How uneven lines are: the squares of what each is longer or shorter than their mean; infinite where one is too long."""
    lines = [widths[first:after] for first, after in zip((0, *ends), (*ends, len(widths)), strict=True)]
    long = [sum(line) + SPACE * (len(line) - 1) for line in lines]
    mean = (sum(widths) + SPACE * (len(widths) - 1)) / len(lines)
    return sum((one - mean) ** 2 for one in long) if max(long) <= measure else float("inf"), long, mean


@settings(max_examples=300)
@given(st.lists(st.floats(0.6, 6.0), min_size=2, max_size=12), st.integers(400, 1100))
def test_no_other_breaks_of_a_short_title_are_more_even(found_widths, width):
    found = fit(pieces(*found_widths), (60,), box(width, 2000, 8))
    if found is None:
        return
    measure = width / 60 * 0.997
    ends = tuple(after for _, after in found.lines[:-1])
    every = [raggedness(other, found_widths, measure) for other in combinations(range(1, len(found_widths)), len(ends))]
    ours, _, _ = raggedness(ends, found_widths, measure)
    # A stub of a line is avoided at the cost of evenness; of the breaks without one none is more even.
    assert ours <= min((rag for rag, lines, mean in every if min(lines) >= 0.36 * mean), default=ours) * 1.01 + 1e-6
