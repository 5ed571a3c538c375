"""What the fuzz benches share: bytes made worse by chance, always the same for a seed, and a crew that tries them.

Every input has a number; a seed and a number make the same bytes on any machine, so a finding can be made again.
"""

import json
import random
import resource
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from syndicate.engine.crew import Job, spread
from syndicate.engine.seam import Failure

GROUP = 250
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_ALL, _HEAD = 0.6, 96
"""Bytes in which most formats say what comes."""
Make = Callable[[int], bytes]
Judge = Callable[[bytes], str]
"""Return what became of an input; what it raises is a fault."""


@dataclass
class Tally:
    """What became of all inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    worker: float = 0.0
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        for name, count in self.outcomes.most_common():
            yield f"{count:9,}  {name}"
        for name, count in self.killed.most_common():
            yield f"{count:9,}  worker lost: {name}"
        parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        yield f"{self.seconds:.0f} s; slowest {self.slowest[0]:.2f} s (input {self.slowest[1]});"
        yield f"most memory: {self.worker:.0f} MB a worker, {parent:.0f} MB here"
        yield from (f"FAULT: input {number}: {what}" for number, what in self.faults)


def tried(count: int, make: Make, judge: Judge, *, hands: int, seconds: float, first: int = 0) -> Tally:
    """Make and judge ``count`` inputs in copies of this process, each within ``seconds``."""
    tally, began = Tally(), perf_counter()

    def work(number: int) -> bytes:
        data, at = make(first + number), perf_counter()
        return json.dumps([judge(data), perf_counter() - at]).encode()

    def last() -> bytes:
        return str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000).encode()

    groups = [range(start, min(start + GROUP, count)) for start in range(0, count, GROUP)]
    for number, made in spread(Job(groups, work, last, seconds=seconds), hands):
        if isinstance(made, Failure):
            _lost(tally, first + number, made.cause) if number >= 0 else None
        elif number < 0:
            tally.worker = max(tally.worker, float(made))
        else:
            outcome, took = json.loads(made)
            tally.outcomes[outcome] += 1
            tally.slowest = max(tally.slowest, (took, first + number))
    tally.seconds = perf_counter() - began
    return tally


def _lost(tally: Tally, number: int, cause: str) -> None:
    if cause.startswith(("its worker", "took longer")):
        tally.killed[cause] += 1
    else:
        tally.faults.append((number, cause))


def chance_of(seed: int, number: int) -> random.Random:
    """Return the chance of one input."""
    return random.Random(f"{seed} {number}")


def mutated(data: bytes, chance: random.Random, others: Sequence[bytes] = (), words: Sequence[bytes] = ()) -> bytes:
    """Return bytes made worse in one to four places: flipped, cut, doubled, exchanged, with odd words put in."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        _worsen(made, chance, others, words)
    return bytes(made)


def _worsen(made: bytearray, chance: random.Random, others: Sequence[bytes], words: Sequence[bytes]) -> None:  # noqa: C901 -- a list of ways
    if not made:
        return
    at = chance.randrange(len(made) if chance.random() < _ALL else min(_HEAD, len(made)))
    size = min(chance.choice((1, 2, 4, 16, 200, len(made) // 3 + 1)), len(made) - at)
    match chance.randrange(9):
        case 0:
            made[at] ^= 1 << chance.randrange(8)
        case 1:
            made[at] = chance.randrange(256)
        case 2:
            width = chance.choice((1, 2, 4))
            order = chance.choice(("big", "little"))
            value = chance.choice(EXTREMES) & ((1 << 8 * width) - 1)
            made[at : at + width] = value.to_bytes(width, order)
        case 3:
            del made[at : at + size]
        case 4:
            made[at:at] = made[at : at + size] * chance.choice((1, 1, 2, 8))
        case 5:
            del made[at:]
        case 6 if others:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            made[at : at + size] = other[start : start + chance.choice((4, 40, 400, len(other)))]
        case 7 if words:
            made[at:at] = chance.choice(words)
        case _:
            other_at = chance.randrange(len(made))
            made[at : at + size], made[other_at : other_at + size] = (
                made[other_at : other_at + size],
                made[at : at + size],
            )
