"""The ornament of a card without a picture."""

from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards import ornament


@given(st.integers(1, 3), st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_the_grid_is_full_and_one_module_is_loud(columns, rows, seed):
    made = ornament.compose(columns, rows, seed)
    assert {(one.column, one.row) for one in made} == {(x, y) for x in range(columns) for y in range(rows)}
    assert any(2 in (one.ground, one.colour) for one in made)
    assert all(one.ground != one.colour and one.shape in ornament.SHAPES for one in made)


def test_the_address_alone_decides():
    assert ornament.compose(2, 3, 99) == ornament.compose(2, 3, 99)
    assert len({ornament.compose(2, 3, seed) for seed in range(200)}) > 150
