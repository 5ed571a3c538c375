"""When to try, when to wait, when to give up. Pure: a channel's state and a moment to what is to be done.

A channel that fails is left alone as a whole, for twice as long each time: what changes meanwhile waits with the rest,
so that a hub that is down costs a build nothing but the first attempt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.announcing.messages import Answer

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
STALE = timedelta(days=3)
"""News older than this is no longer told: readers have polled by then."""
_WORTH_RETRYING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Line:
    """A channel's state: how often in a row it failed, and until when it is left alone."""

    failures: int = 0
    rests_until: datetime | None = None

    def open(self, now: datetime) -> bool:
        """Whether it may be tried. A clock that was set back by more than the longest rest does not silence it."""
        return self.rests_until is None or now >= self.rests_until or self.rests_until - now > LONGEST


def after(line: Line, answer: Answer, now: datetime) -> Line:
    """Return a channel's state after an answer."""
    if answer.taken or hopeless(answer):
        return Line()
    rest = max(min(FIRST * 2**line.failures, LONGEST), min(timedelta(seconds=answer.retry_after), LONGEST))
    return Line(min(line.failures + 1, 16), now + rest)


def hopeless(answer: Answer) -> bool:
    """Whether the same message would be refused again: it is dropped, and somebody is told."""
    return answer.final or (answer.status // 100 in {3, 4} and answer.status not in _WORTH_RETRYING)


def stale(since: datetime, now: datetime) -> bool:
    """Whether news is too old to be told."""
    return now - since > STALE
