"""What was made last, known again by the very object that it was made from, since to compare large values is long.

An equal object is not the same: equal moments may be told in other zones. Few are kept, and any thread may ask.
"""

from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The last ``size`` results; ``beside`` is what else they were made from."""

    def __init__(self, size: int) -> None:
        self._made: deque[tuple[object, Hashable, T]] = deque(maxlen=size)

    def of(self, source: object, beside: Hashable = None) -> T | None:
        """Return what was made from this object."""
        for known, asked, made in tuple(self._made):  # another thread may add to them meanwhile
            if known is source and asked == beside:
                return made
        return None

    def keep(self, made: T, source: object, beside: Hashable = None) -> T:
        """Keep a result, and return it."""
        self._made.append((source, beside, made))
        return made
