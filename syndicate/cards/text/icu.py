"""What the Unicode library knows of languages: grapheme clusters, where a line may break, how a date is written."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker, WordBreaker
from icu4py.messageformat import MessageFormat

_PHRASES = frozenset({"ja", "ko"})
"""Languages whose lines break between phrases in headings, not between any two characters (CSS ``auto-phrase``)."""


def clusters(text: str, language: str) -> tuple[str, ...]:
    """Split a text into what a reader takes for one character."""
    return tuple(map(str, CharacterBreaker(text, _locale(language))))


def breaks(text: str, language: str) -> tuple[int, ...]:
    """Return where a line may end: offsets in characters, the end of the text last (UAX 14, dictionaries included)."""
    base = language.partition("-")[0].lower()
    locale = _locale(language) + ("@lw=phrase" if base in _PHRASES else "")
    return tuple(_ends(map(str, LineBreaker(text, locale))))


def words(text: str, language: str) -> frozenset[int]:
    """Return where words begin or end (UAX 29, dictionaries included): offsets in characters."""
    return frozenset(_ends(map(str, WordBreaker(text, _locale(language)))))


def long_date(when: datetime, language: str) -> str:
    """Write a day as the language does (CLDR's long form), in the moment's own offset."""
    # Noon of that day in UTC: the day is the author's, whatever zone the machine is in.
    noon = datetime(when.year, when.month, when.day, 12, tzinfo=UTC)
    try:
        return str(_dates(_locale(language)).format({"when": noon}))
    except ValueError:  # the first and the last year Python knows are beyond what the library takes
        return f"{when:%Y-%m-%d}"


def part_of_date(when: datetime, language: str, skeleton: str) -> str:
    """Write a part of a day as the language does: ``MMMM`` is the month, ``d`` the day, ``EEEE`` the weekday (CLDR)."""
    noon = datetime(when.year, when.month, when.day, 12, tzinfo=UTC)
    try:
        return str(_parts(_locale(language), skeleton).format({"when": noon}))
    except ValueError:
        return f"{when.day}" if skeleton == "d" else ""


@lru_cache(maxsize=256)
def _parts(locale: str, skeleton: str) -> MessageFormat:
    return MessageFormat(f"{{when, date, ::{skeleton}}}", f"{locale}@timezone=UTC")


@lru_cache(maxsize=64)
def _dates(locale: str) -> MessageFormat:
    return MessageFormat("{when, date, long}", f"{locale}@timezone=UTC")


def _ends(parts: Iterable[str]) -> Iterator[int]:
    end = 0
    for part in parts:  # the library counts in UTF-16; adding up its strings counts characters
        end += len(part)
        yield end


def _locale(language: str) -> str:
    return language.partition("@")[0] or "en"
