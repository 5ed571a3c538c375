"""What the rules of all feed formats share: remarks, entries, and what dates and addresses look like."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from syndicate.addresses import is_web_address

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_RFC822 = re.compile(
    r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), *)?\d{1,2} +(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d\d|\d{4}) +"
    r"\d\d:\d\d(:\d\d)? +(UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[A-Z]|[+-]\d{4})",
    re.IGNORECASE,
)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;.*)?", re.ASCII)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule that is broken; ``line`` is 0 where nobody knows it."""

    code: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """As much of an entry as is compared with the others."""

    id: str
    when: datetime | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What was remarked on a feed; ``own`` is where it says it is served, ``links`` are those that must be whole."""

    remarks: tuple[Remark, ...] = ()
    entries: tuple[Entry, ...] = ()
    own: str = ""
    own_type: str = ""
    links: tuple[str, ...] = ()


def rfc3339(text: str) -> datetime | None:
    """Return the moment of a date that RFC 3339 allows; ``None`` for any other."""
    return _moment(text) if _RFC3339.fullmatch(text) else None


def rfc822(text: str) -> datetime | None:
    """Return the moment of a date that RSS allows, whose day of the week is right; ``None`` for any other."""
    if not _RFC822.fullmatch(text):
        return None
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    day, comma, _ = text.partition(",")
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return when if not comma or day.lower() == days[when.weekday()] else None


def is_iri(text: str) -> bool:
    """Whether a text has a scheme, as ids of Atom must."""
    return bool(_IRI.fullmatch(text))


def is_web(text: str) -> bool:
    """Whether a text is an address that readers can open."""
    return is_web_address(text)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None
