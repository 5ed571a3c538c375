"""Patterns of addresses and dates, as the generators' settings spell them: ``:year``, ``{slug}``, ``%Y``, ``yyyy``."""

import re
from collections.abc import Mapping
from datetime import datetime

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_TOKEN = re.compile(r":(\w*[^\W_])")
_LETTERS = re.compile(r"'([^']*)'|(y+|M+|L+|d+|H+|h+|m+|s+|E+|D+|w+|a)|([^'])")


def moment_words(when: datetime) -> dict[str, str]:
    """Return what patterns of most generators call the parts of a moment."""
    return {
        "year": f"{when.year:04}",
        "month": f"{when.month:02}",
        "i_month": str(when.month),
        "day": f"{when.day:02}",
        "i_day": str(when.day),
        "hour": f"{when.hour:02}",
        "minute": f"{when.minute:02}",
        "second": f"{when.second:02}",
        "timestamp": str(int(when.timestamp())),
    }


def coloned(pattern: str, words: Mapping[str, str]) -> str:
    """Fill ``:year/:title/``; a token that nobody knows stays as it is."""
    return _TOKEN.sub(lambda found: words.get(found[1], found[0]), pattern)


def braced(pattern: str, words: Mapping[str, str | datetime]) -> str:
    """Fill ``{slug}`` and ``{date:%Y}`` as Python's ``str.format`` does; a field that nobody knows stays."""

    def fill(found: re.Match[str]) -> str:
        value = words.get(found[1])
        if isinstance(value, datetime):
            return strftime(value, found[2] or "%Y-%m-%d %H:%M:%S")
        return found[0] if value is None else value

    return _FIELD.sub(fill, pattern)


def strftime(when: datetime, pattern: str) -> str:
    """Return a date by a C pattern, in English whatever the locale of the machine."""

    def fill(found: re.Match[str]) -> str:
        number = _numbers(when).get(found[2])
        if number is None:
            return _names(when).get(found[2], found[0])
        return number.lstrip("0") or "0" if found[1] in {"-", "#"} else number

    return re.sub(r"%([-#]?)([a-zA-Z%])", fill, pattern)


def _numbers(when: datetime) -> dict[str, str]:
    twelve = when.hour % 12 or 12
    return {
        "Y": f"{when.year:04}",
        "y": f"{when.year % 100:02}",
        "m": f"{when.month:02}",
        "d": f"{when.day:02}",
        "e": f"{when.day:2}",
        "H": f"{when.hour:02}",
        "I": f"{twelve:02}",
        "M": f"{when.minute:02}",
        "S": f"{when.second:02}",
        "j": f"{when.timetuple().tm_yday:03}",
        "V": f"{when.isocalendar().week:02}",
        "G": f"{when.isocalendar().year:04}",
        "u": str(when.isoweekday()),
        "s": str(int(when.timestamp())),
    }


def _names(when: datetime) -> dict[str, str]:
    month, day = MONTHS[when.month - 1], DAYS[when.weekday()]
    iso, time = when.strftime("%Y-%m-%d"), when.strftime("%H:%M:%S")
    named = {"B": month, "b": month[:3], "h": month[:3], "A": day, "a": day[:3], "p": "AM" if when.hour < 12 else "PM"}  # noqa: PLR2004 -- noon
    return {**named, "F": iso, "T": time, "%": "%"}


def unicode_date(when: datetime, pattern: str) -> str:
    """Return a date by a pattern of Unicode's (``yyyy/MM/dd``, UTS 35), as Babel, Luxon and Java have them."""
    return _LETTERS.sub(lambda found: found[1] or _unicode(when, found[2]) or found[3] or "'", pattern)


def _unicode(when: datetime, letters: str | None) -> str:
    if not letters:
        return ""
    width = len(letters)
    month, day = MONTHS[when.month - 1], DAYS[when.weekday()]
    number = {
        "M": when.month, "L": when.month, "d": when.day, "H": when.hour, "h": when.hour % 12 or 12, "m": when.minute,
        "s": when.second, "D": when.timetuple().tm_yday, "w": when.isocalendar().week,
    }  # fmt: skip
    match letters[0]:
        case "y":
            return f"{when.year % 100:02}" if width == 2 else str(when.year).zfill(width)  # noqa: PLR2004 -- yy
        case "M" | "L" if width > 2:  # noqa: PLR2004 -- a name from three letters on
            return month if width == 4 else month[:3]  # noqa: PLR2004
        case "E":
            return day if width == 4 else day[:3]  # noqa: PLR2004
        case "a":
            return "AM" if when.hour < 12 else "PM"  # noqa: PLR2004 -- noon
        case letter:
            return str(number[letter]).zfill(width)
