"""Dates: every way real sites write them; what can be read in two ways is not guessed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.loading.dates import DateError, Zones, from_path, moment, zone

PARIS = zone("Europe/Paris")
SITE = Zones(PARIS, UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-08 15:13:00 +01:00", "2024-03-08T15:13:00+01:00"),
        ("2024-03-08T15:13:00Z", "2024-03-08T15:13:00+00:00"),
        ("2009-12-25 10:41:06 +0000", "2009-12-25T10:41:06+00:00"),
        ("2009-12-25 9:41:06 -0500", "2009-12-25T09:41:06-05:00"),
        ("2015-12-08 14:00:00-05:00", "2015-12-08T14:00:00-05:00"),
        ("2015-12-08 14:00:00 -0500", "2015-12-08T14:00:00-05:00"),
        ("2024-07-08 15:13", "2024-07-08T15:13:00+02:00"),
        ("2024-03-08", "2024-03-08T00:00:00+01:00"),
        ("2024-3-8", "2024-03-08T00:00:00+01:00"),
        ("20240308", "2024-03-08T00:00:00+01:00"),
        ("April 30, 2017", "2017-04-30T00:00:00+02:00"),
        ("18 Dec 2014", "2014-12-18T00:00:00+01:00"),
        ("Fri, 8 Mar 2024 15:13:00 +0100", "2024-03-08T15:13:00+01:00"),
        ("25/12/2020", "2020-12-25T00:00:00+01:00"),
        ("12/25/2020", "2020-12-25T00:00:00+01:00"),
        ("2024-03-08 23:59:60", "2024-03-08T23:59:59+01:00"),
        (date(2024, 3, 8), "2024-03-08T00:00:00+01:00"),
        (datetime(2024, 3, 8, 1), "2024-03-08T01:00:00+00:00"),  # noqa: DTZ001 -- as TOML gives it
        (20240308, "2024-03-08T00:00:00+01:00"),
        ("2024-03-08 10:00:00 PST", "2024-03-08T10:00:00-08:00"),
        ("Fri, 08 Mar 2024 10:00:00 CET", "2024-03-08T10:00:00+01:00"),
    ],
)
def test_what_people_write(written, meant):
    assert moment(written, SITE).isoformat() == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("demain", "date-invalid"),
        ("March 2024", "date-invalid"),
        ("2024-13-45", "date-invalid"),
        ("0001-01-01T00:00:00+14:00", "date-invalid"),
        ("9999-12-31T23:59:59-12:00", "date-invalid"),
        ("2024-03-08 10:00 AMT", "date-invalid"),
        ("03/04/2024", "date-ambiguous"),
        (True, "date-invalid"),
        ([], "date-invalid"),
    ],
)
def test_what_nobody_can_know(written, code):
    with pytest.raises(DateError) as caught:
        moment(written, SITE)
    assert caught.value.code == code


@given(st.text(max_size=40))
def test_no_text_does_worse_than_fail(text):
    code = ""
    try:
        found = moment(text, SITE)
    except DateError as error:
        found, code = None, error.code
    assert code in {"date-invalid", "date-ambiguous"} or found.tzinfo is not None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("_posts/2024-03-08-a-title.md", "2024-03-08"),
        ("content/240308-a.md", "2024-03-08"),
        ("2024/03/08/a.md", "2024-03-08"),
        ("content/a.md", None),
        ("content/2024-13-40-a.md", None),
        ("content/0001-01-01-a.md", None),
    ],
)
def test_a_path_may_say_the_day(path, day):
    found = from_path(path, SITE)
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_zone_nobody_knows(name):
    with pytest.raises(ValueError, match="unknown time zone"):
        zone(name)
