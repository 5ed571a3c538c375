"""The ornament of a card without a picture: a small composition of circles and squares in a grid of modules.

Which one an article gets is decided by its address alone, so that its card keeps its face whatever else changes.
"""

from dataclasses import dataclass

SHAPES = ("quarter", "half", "disc", "leaf", "arch", "rings", "wedge")
"""What a module may hold; ``paint`` knows how each is drawn."""
_TURNS = 4
_LOUD = 2
"""The palette's vivid colour."""


@dataclass(frozen=True, slots=True)
class Module:
    """One square of the grid: its column and row, its shape turned by quarters, and which of the palette's colours.

    A colour is an index into ``Palette.shapes``; -1 is the card's ground.
    """

    column: int
    row: int
    shape: str
    turn: int
    ground: int
    colour: int


_PAIRS = ((0, 1), (0, 2), (1, 3), (2, 3), (1, 0), (2, 0), (-1, 1), (-1, 2), (0, 3), (-1, 0))
"""Grounds and colours that stand together, as indices of the palette."""


def compose(columns: int, rows: int, seed: int) -> tuple[Module, ...]:
    """Return the modules for a grid: no two neighbours have the same ground or shape, one at least is loud."""
    made: dict[tuple[int, int], Module] = {}
    for number in range(columns * rows):
        column, row = number % columns, number // columns
        near = [made[place] for place in ((column - 1, row), (column, row - 1)) if place in made]
        made[column, row] = _fitting(column, row, near, seed + number * 7)
    if not any(_LOUD in (one.ground, one.colour) for one in made.values()):
        place = (columns - 1, seed % rows)
        quiet = made[place]
        made[place] = Module(*place, quiet.shape, quiet.turn, quiet.ground, _LOUD)
    return tuple(made.values())


def _fitting(column: int, row: int, near: list[Module], seed: int) -> Module:
    """The first module, from where the seed points, that differs from its neighbours."""
    chance = _scattered(seed)
    for step in range(len(_PAIRS) * len(SHAPES)):
        ground, colour = _PAIRS[(chance + step) % len(_PAIRS)]
        shape = SHAPES[(chance // 11 + step) % len(SHAPES)]
        if all(one.ground != ground and one.shape != shape and one.colour != colour for one in near):
            break
    return Module(column, row, shape, (chance // 97) % _TURNS, ground, colour)


def _scattered(seed: int) -> int:
    """Spread neighbouring seeds far apart (the finaliser of MurmurHash3)."""
    seed &= 0xFFFFFFFF
    seed = (seed ^ (seed >> 16)) * 0x85EBCA6B & 0xFFFFFFFF
    seed = (seed ^ (seed >> 13)) * 0xC2B2AE35 & 0xFFFFFFFF
    return seed ^ (seed >> 16)
