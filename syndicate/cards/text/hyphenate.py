"""Where a word may be divided, in the languages that have patterns."""

from functools import lru_cache

import pyphen

_BEFORE, _AFTER = 3, 3
"""Letters that must stand before and after a hyphen: a heading is no newspaper column."""


def points(word: str, language: str) -> tuple[int, ...]:
    """Return the offsets in a word where a hyphen may stand; none for a language without patterns."""
    dictionary = _dictionary(language)
    return tuple(dictionary.positions(word)) if dictionary else ()


@lru_cache(maxsize=32)
def _dictionary(language: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known, left=_BEFORE, right=_AFTER) if known else None
