"""When an article was published: the many ways people write it, read without guessing.

The author's own offset is kept. A time without one is in the site's zone. The system's zone and clock play no part.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 -- what a date does not say; the zone is added afterwards
_OTHER = datetime(2001, 2, 2)  # noqa: DTZ001 -- another default: what differs was not said
_YEAR_FIRST = re.compile(r"\s*\d{4}\D")
_NUMBERS = re.compile(r"\D*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\b")
_SPACED = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_NAMED = re.compile(r"(?:^|/)(\d{4})-(\d{1,2})-(\d{1,2})(?=[-_. /]|$)")
_SHORT = re.compile(r"(?:^|/)(\d{2})(\d{2})(\d{2})[-_](?=[^/]*$)")
_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=/|$)")
# RFC 822 (section 5.1) and the names of Europe and Japan, as Ruby's Time.parse has them, too.
_OFFSETS = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
}  # fmt: skip
_YEARS = 1000, 9998
"""Beyond, some zone's clock has no such year, and the dates of feeds (four digits) cannot say it."""
LIKE = "write it like 2024-03-08 15:13:00 +01:00"


class DateError(ValueError):
    """A date that cannot be understood; ``code`` is the finding's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Zones:
    """Which zone a time without an offset is in: one that the header's own parser made (``typed``), or a text."""

    text: tzinfo = UTC
    typed: tzinfo = UTC


def zone(name: str) -> tzinfo:
    """Return a time zone by its IANA name. Raises ``ValueError`` for one that nobody knows."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # an unknown zone is a KeyError, a path that climbs a ValueError
        raise ValueError(f"unknown time zone {name!r}") from None


def moment(value: object, zones: Zones) -> datetime:
    """Return the moment a front matter value means. Raises ``DateError``."""
    when = _moment(value, zones)
    if not _YEARS[0] <= when.year <= _YEARS[1]:
        raise DateError("date-invalid", f"expected a year of four digits, got {when.year}")
    return when


def _moment(value: object, zones: Zones) -> datetime:
    match value:
        case datetime():
            return value if value.tzinfo else value.replace(tzinfo=zones.typed)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=zones.text)
        case int() if not isinstance(value, bool) and len(str(value)) == 8:  # noqa: PLR2004 -- 20240308
            return _moment(str(value), zones)
        case str() if value.strip():
            return _in_zone(_parsed(value.strip()), zones.text)
        case _:
            raise DateError("date-invalid", f"expected a date, got {str(value)[:60]!r}")


def from_path(path: str, zones: Zones) -> datetime | None:
    """Return the day a file's name or folders say (``2024-03-08-title``, ``240308-title``, ``2024/03/08/title``)."""
    for pattern in (_NAMED, _SHORT, _FOLDERS):
        found = pattern.search(path)
        if found:
            year, month, day = map(int, found.groups())
            try:
                when = datetime(year if len(found[1]) > 2 else 2000 + year, month, day, tzinfo=zones.text)  # noqa: PLR2004 -- YY
            except ValueError:
                continue
            if _YEARS[0] <= when.year <= _YEARS[1]:
                return when
    return None


def _in_zone(when: datetime, zone_of_site: tzinfo) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=zone_of_site)


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _SPACED.match(text)
    try:
        return _spelled(*found.groups()) if found else _prose(text)
    except DateError:
        raise
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise DateError("date-invalid", f"expected a date with an offset, got {text[:60]!r}") from None


def _spelled(
    day: str, hour: str, minute: str, second: str | None, fraction: str | None, offset: str | None
) -> datetime:
    """``2009-12-25 9:41:06 +0000``: what Jekyll itself writes and ``fromisoformat`` refuses."""
    year, month, dom = map(int, day.split("-"))
    # A second of 60 or more (a leap second, a slip) is the last one of its minute: no article is lost for it.
    seconds = min(int(second or 0), 59)
    micro = int(float(fraction or 0) * 1_000_000)
    plain = datetime(year, month, dom, int(hour), int(minute), seconds, micro)  # noqa: DTZ001 -- the zone follows
    if not offset:
        return plain
    sign = offset if offset[0] in "+-" else "+00:00"
    sign = sign if ":" in sign else f"{sign[:3]}:{sign[3:]}"
    return plain.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{sign}").tzinfo)


def _prose(text: str) -> datetime:
    """``April 30, 2017``, ``18 Dec 2014``, ``Fri, 8 Mar 2024 15:13:00 +0100``."""
    numbers = _NUMBERS.match(text)
    month_first = False
    if numbers:
        first, second = int(numbers[1]), int(numbers[2])
        if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 -- months of a year
            raise DateError("date-ambiguous", f"{text[:60]!r} can be read with the day or with the month first")
        month_first = first <= 12  # noqa: PLR2004
    day_first = not (month_first or _YEAR_FIRST.match(text))
    from dateutil import parser as dateutil  # noqa: PLC0415 -- most dates are written as ISO 8601 has them

    one = dateutil.parse(text, default=_FIXED, dayfirst=day_first, tzinfos=_offset)
    other = dateutil.parse(text, default=_OTHER, dayfirst=day_first, tzinfos=_offset)
    if one.date() != other.date():
        raise DateError("date-invalid", f"expected a whole date, got {text[:60]!r}")
    offset = one.utcoffset()
    if offset is None:
        return one.replace(tzinfo=None)
    return one.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{_sign(offset.total_seconds())}").tzinfo)


def _offset(name: str | None, seconds: int | None) -> int | None:
    """Return the offset of a zone's name in seconds. Raises ``ValueError`` for a name of several zones, or of none."""
    if seconds is not None or name is None:
        return seconds
    if name.upper() not in _OFFSETS:
        raise ValueError(f"unknown time zone {name!r}")
    return _OFFSETS[name.upper()] * 3600


def _sign(seconds: float) -> str:
    minutes = int(abs(seconds)) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
