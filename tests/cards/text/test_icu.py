"""What the Unicode library says does not depend on the machine."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from making import ROOT

from syndicate.cards.text import icu


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "8 mars 2024"),
        ("en", "March 8, 2024"),
        ("en-GB", "8 March 2024"),
        ("de", "8. März 2024"),
        ("ar", "8 مارس 2024"),
        ("ja", "2024年3月8日"),
        ("zh-Hant", "2024年3月8日"),
        ("hi", "8 मार्च 2024"),
    ],
)
@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_a_date_is_written_as_the_language_does_in_its_own_offset(language, written, hours):
    zone = timezone(timedelta(hours=hours))
    for hour in (0, 23):
        assert icu.long_date(datetime(2024, 3, 8, hour, 59, tzinfo=zone), language) == written


def test_an_unknown_language_still_has_dates_and_clusters():
    for language in ("", "xx-unknown", "zz--!"):
        assert "2024" in icu.long_date(datetime(2024, 3, 8, tzinfo=UTC), language)
        assert icu.clusters("ab", language) == ("a", "b")


def test_the_machines_zone_and_locale_do_not_matter():
    code = (
        "from datetime import *; from syndicate.cards.text import icu;"
        "print(ascii([icu.long_date(datetime(2024, 3, 8, 1, tzinfo=timezone(timedelta(hours=h))), l)"
        " for h in (-12, 14) for l in ('fr', 'ar', 'th', '')]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale},
        ).stdout
        for zone, locale in (("UTC", "C"), ("Pacific/Kiritimati", "tr_TR.UTF-8"), ("America/St_Johns", "fa_IR.UTF-8"))
    }
    assert len(said) == 1


def test_what_a_reader_takes_for_one_character_is_whole():
    assert icu.clusters("👨‍👩‍👧e\u0301क्षि🇫🇷", "en") == ("👨‍👩‍👧", "e\u0301", "क्षि", "🇫🇷")
