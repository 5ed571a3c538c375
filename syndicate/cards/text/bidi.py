"""Directions of text: levels by the Unicode Bidirectional Algorithm (UAX 9), and the order of runs on a line.

The rules keep their names (X1, W4, N0 ...), so that each can be read beside the standard. All cases of its conformance
test, BidiCharacterTest.txt, pass.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syndicate.cards.text.sequence import INITIATORS, ISOLATING, IsolatingRun, direction

_EMBEDDING = frozenset({"LRE", "RLE", "LRO", "RLO"})
_REMOVED = _EMBEDDING | {"PDF", "BN"}
_DEEPEST = 125


@dataclass(frozen=True, slots=True)
class Directions:
    """``base`` is the paragraph's level (0 left to right, 1 right to left); ``levels`` one for each character.

    ``removed`` are the characters rule X9 takes out; they have the level of what stands before them.
    """

    base: int
    levels: tuple[int, ...]
    removed: frozenset[int]


def resolve(text: str, base: int | None = None) -> Directions:
    """Return the levels of a paragraph; without a base, its first strong character decides (P2, P3)."""
    classes = tuple(unicodedata.bidirectional(character) or "L" for character in text)
    matching = _matching(classes)
    if base is None:
        base = _first_strong(classes, matching, 0, len(classes)) or 0
    if not base and not {"R", "AL", "AN"} & set(classes) and not (_EMBEDDING | ISOLATING) & set(classes):
        return Directions(0, (0,) * len(text), frozenset(i for i, name in enumerate(classes) if name in _REMOVED))
    return _Paragraph(text, classes, matching, base).resolve()


def order(levels: Sequence[int]) -> list[int]:
    """Return the visual order of things with these levels, from left to right (L2)."""
    indices = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(indices):
            end = start
            while end < len(indices) and levels[indices[end]] >= level:
                end += 1
            if end > start:
                indices[start:end] = indices[start:end][::-1]
            start = end + 1
    return indices


def has_strong(text: str, base: int) -> bool:
    """Whether a text holds a letter that is written in the direction of a paragraph level."""
    wanted = {"R", "AL"} if base else {"L"}
    return any(unicodedata.bidirectional(character) in wanted for character in text)


def _matching(classes: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate initiator's PDI."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for index, name in enumerate(classes):
        if name in INITIATORS:
            waiting.append(index)
        elif name == "PDI" and waiting:
            pairs[waiting.pop()] = index
    return pairs


def _first_strong(classes: Sequence[str], matching: dict[int, int], start: int, end: int) -> int | None:
    """P2, P3: the level the first strong character asks for; what is isolated does not count."""
    index = start
    while index < end:
        name = classes[index]
        if name in {"L", "R", "AL"}:
            return int(name != "L")
        if name in INITIATORS:
            index = matching.get(index, end)
        index += 1
    return None


@dataclass(frozen=True, slots=True)
class _Status:
    """An entry of the directional status stack."""

    level: int
    override: str = ""
    isolate: bool = False


class _Stack:
    """The directional status stack, with its counts of what was too deep to count (X1)."""

    def __init__(self, base: int) -> None:
        self._entries = [_Status(base)]
        self._isolates = self._embeddings = 0

    @property
    def top(self) -> _Status:
        """What holds for the next character."""
        return self._entries[-1]

    def embed(self, name: str) -> None:
        """X2 to X5."""
        level = self._deeper(name)
        if level <= _DEEPEST and not self._isolates and not self._embeddings:
            self._entries.append(_Status(level, name[0] if name[2] == "O" else ""))
        elif not self._isolates:
            self._embeddings += 1

    def isolate(self, name: str) -> None:
        """X5a, X5b."""
        level = self._deeper(name)
        if level <= _DEEPEST and not self._isolates and not self._embeddings:
            self._entries.append(_Status(level, isolate=True))
        else:
            self._isolates += 1

    def close_isolate(self) -> None:
        """X6a."""
        if self._isolates:
            self._isolates -= 1
        elif any(entry.isolate for entry in self._entries):
            self._embeddings = 0
            while not self._entries.pop().isolate:
                pass

    def close_embedding(self) -> None:
        """X7."""
        if self._isolates:
            return
        if self._embeddings:
            self._embeddings -= 1
        elif not self.top.isolate and len(self._entries) > 1:
            self._entries.pop()

    def _deeper(self, name: str) -> int:
        level = self.top.level
        return (level + 1) | 1 if name[0] == "R" else (level + 2) & ~1


class _Paragraph:
    """The state of one run of the algorithm."""

    def __init__(self, text: str, classes: tuple[str, ...], matching: dict[int, int], base: int) -> None:
        self.text = text
        self.original = classes
        self.types = list(classes)
        self.matching = matching
        self.base = base
        self.levels = [base] * len(text)
        self.removed = frozenset(index for index, name in enumerate(classes) if name in _REMOVED)

    def resolve(self) -> Directions:
        """Run all rules; L1 as for a paragraph that is one line."""
        self._explicit()
        explicit = tuple(self.levels)
        kept = [index for index in range(len(self.text)) if index not in self.removed]
        place = {index: position for position, index in enumerate(kept)}
        for indices in self._sequences(kept):
            before, after = place[indices[0]] - 1, place[indices[-1]] + 1
            left = explicit[kept[before]] if before >= 0 else self.base
            right = explicit[kept[after]] if after < len(kept) and not self._open(indices[-1]) else self.base
            self._resolve(indices, explicit[indices[0]], left, right)
        for index in sorted(self.removed):
            self.levels[index] = self.levels[index - 1] if index else self.base
        self._reset_ends()
        return Directions(self.base, tuple(self.levels), self.removed)

    def _explicit(self) -> None:
        """X1 to X8."""
        stack = _Stack(self.base)
        for index, name in enumerate(self.original):
            if name in INITIATORS:
                self._place(index, stack.top)
                stack.isolate(self._asked(index, name))
            elif name == "PDI":
                stack.close_isolate()
                self._place(index, stack.top)
            elif name in _REMOVED:
                self.levels[index] = stack.top.level
                if name in _EMBEDDING:
                    stack.embed(name)
                elif name == "PDF":
                    stack.close_embedding()
            elif name != "B":
                self._place(index, stack.top)

    def _place(self, index: int, status: _Status) -> None:
        self.levels[index] = status.level
        if status.override:
            self.types[index] = status.override

    def _asked(self, index: int, name: str) -> str:
        """X5c: an FSI asks for the direction of the first strong character in it."""
        if name != "FSI":
            return name
        end = self.matching.get(index, len(self.original))
        return "RLI" if _first_strong(self.original, self.matching, index + 1, end) else "LRI"

    def _open(self, index: int) -> bool:
        return self.original[index] in INITIATORS and index not in self.matching

    def _sequences(self, kept: Sequence[int]) -> Iterator[list[int]]:
        """X10: level runs, joined across isolates (BD13)."""
        runs: list[list[int]] = []
        for index in kept:
            if runs and self.levels[runs[-1][-1]] == self.levels[index]:
                runs[-1].append(index)
            else:
                runs.append([index])
        at = {run[0]: run for run in runs}
        closing = set(self.matching.values())
        for run in runs:
            if run[0] in closing:
                continue
            sequence = list(run)
            while (end := self.matching.get(sequence[-1])) is not None and end in at:
                sequence += at[end]
            yield sequence

    def _resolve(self, indices: Sequence[int], level: int, left: int, right: int) -> None:
        edges = (direction(max(left, level)), direction(max(right, level)))
        text = "".join(self.text[index] for index in indices)
        original, types = [self.original[index] for index in indices], [self.types[index] for index in indices]
        for index, resolved in zip(indices, IsolatingRun(text, original, types, level, edges).resolve(), strict=True):
            self.levels[index] = resolved

    def _reset_ends(self) -> None:
        """L1: separators, and the white space before them and at the end, have the paragraph's level."""
        trailing = True
        for index in range(len(self.original) - 1, -1, -1):
            name = self.original[index]
            if name in {"B", "S"}:
                trailing = True
            elif not (name == "WS" or name in ISOLATING or index in self.removed):
                trailing = False
            if trailing:
                self.levels[index] = self.base
