"""Moments: what is written is what was meant, in any locale."""

import locale
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.moments import rfc822, rfc3339

OFFSETS = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    st.datetimes(
        timezones=OFFSETS,
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001 -- hypothesis adds the offset
    )
)
def test_both_spellings_read_back_to_the_second(when):
    exact = when.replace(microsecond=0)
    assert datetime.fromisoformat(rfc3339(when)) == exact
    assert parsedate_to_datetime(rfc822(when)) == exact
    assert datetime.fromisoformat(rfc3339(when)).utcoffset() == when.utcoffset()


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2024, 3, 8, 15, 13, tzinfo=timezone(timedelta(hours=1))), "Fri, 08 Mar 2024 15:13:00 +0100"),
        (datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC), "Thu, 29 Feb 2024 23:59:59 +0000"),
        (datetime(2024, 7, 1, tzinfo=timezone(-timedelta(hours=3, minutes=30))), "Mon, 01 Jul 2024 00:00:00 -0330"),
        (datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Paris")), "Mon, 01 Jan 1900 00:00:00 +0009"),
        (datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Paris")), "Mon, 01 Jan 0001 00:00:00 +0009"),
    ],
)
def test_rss_dates_are_english_and_keep_the_offset(when, written):
    assert rfc822(when) == written


def test_an_offset_with_seconds_is_written_in_minutes():
    assert rfc3339(datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))) == "1900-01-01T00:00:00+00:09"


def test_the_locale_is_neither_asked_nor_switched(monkeypatch):
    from making import article
    from subscribing import written

    def refused(*_):
        raise AssertionError("the locale of the process was touched")

    monkeypatch.setattr(locale, "setlocale", refused)
    assert b"Mon, 01 Jan 2024 01:00:00 +0000" in written(article(1))["rss.xml"]
