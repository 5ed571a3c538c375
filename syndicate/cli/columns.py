"""Columns: rows of texts aligned on a screen, whatever their script, and cut where it ends."""

import unicodedata
from collections.abc import Sequence

GAP = 2
_LEAST = 6
_ELLIPSIS = "…"


def width(text: str) -> int:
    """Return how many cells of a screen a text takes: East Asian characters and emoji two, marks none."""
    return sum(map(_cells, text))


def cut(text: str, room: int, *, end: bool = True) -> str:
    """Return what fits into ``room`` cells, with an ellipsis for what does not: at the end, else in the middle."""
    if width(text) <= room:
        return text
    if room <= 1:
        return _ELLIPSIS[:room]
    if end:
        return _start(text, room - 1).rstrip() + _ELLIPSIS
    # Of a path the last words tell most.
    head = (room - 1) // 3
    return _start(text, head) + _ELLIPSIS + _start(text[::-1], room - 1 - head)[::-1]


def padded(text: str, room: int) -> str:
    """Return a text with spaces after it, so that the next column begins where it should."""
    return text + " " * (room - width(text))


def fitted(rows: Sequence[Sequence[str]], room: int | None, firm: int = 0) -> list[int]:
    """Return the widths of the columns of some rows in ``room`` cells (``None``: as many as they take).

    The first ``firm`` columns are never cut; of the others the widest gives way first. An empty column has no width.
    """
    widths = [max(map(width, column), default=0) for column in zip(*rows, strict=True)]
    if room is None:
        return widths
    while sum(widths) + GAP * (sum(map(bool, widths)) - 1) > room:
        widest = max(range(len(widths)), key=lambda index: (index >= firm, widths[index], -index))
        if widest < firm or widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    return widths


def _start(text: str, room: int) -> str:
    for index, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return text[:index]
    return text


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
