"""Moments as feeds spell them: English names in any locale, whole seconds, the author's own offset."""

from datetime import UTC, datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: Atom demands a date, and the clock would change it at every build."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def whole(when: datetime) -> datetime:
    """Return the moment in whole seconds, with an offset both formats can write.

    Before zones were agreed on, offsets had seconds (Paris: +00:09:21), but RFC 3339 and RFC 822 know minutes only. The
    author's clock is kept: turned to UTC, the first of January of the year 1, which some tools write for "no date",
    would leave the calendar.
    """
    offset = when.utcoffset() or timedelta()
    return when.replace(microsecond=0, tzinfo=timezone(offset - offset % timedelta(minutes=1)))


def rfc3339(when: datetime) -> str:
    """Write a moment for Atom and JSON Feed: ``2024-03-08T15:13:00+01:00`` (RFC 4287, section 3.3)."""
    return whole(when).isoformat()


def rfc822(when: datetime) -> str:
    """Write a moment for RSS, year in four digits: ``Fri, 08 Mar 2024 15:13:00 +0100``."""
    exact = whole(when)
    minutes = int((exact.utcoffset() or timedelta()).total_seconds()) // 60
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    day = f"{_DAYS[exact.weekday()]}, {exact.day:02} {_MONTHS[exact.month - 1]} {exact.year:04}"
    return f"{day} {exact:%H:%M:%S} {sign}{hours:02}{rest:02}"
