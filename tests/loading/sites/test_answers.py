"""What real generators answered when they were asked where they publish (see ``asking``), and what we say."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from asked import SITES
from reading import loaded

ANSWERS = Path(__file__).parents[1] / "answers"
ASKED = "2026-01-01"
FAR = datetime(2090, 1, 1, tzinfo=UTC)
CASES = [(generator, number) for generator, sites in SITES.items() for number in range(len(sites))]


@pytest.mark.parametrize(("generator", "number"), CASES)
def test_addresses_are_those_of_the_real_one(tmp_path, generator, number):
    theirs = json.loads((ANSWERS / f"{generator}.json").read_text(encoding="utf-8"))[number]
    result = loaded(tmp_path, SITES[generator][number], now=FAR, base_url="https://example.org/")
    ours = {one.source: unquote(one.permalink.removeprefix("https://example.org")) for one in result.site.articles}
    # Where a post says no day, Hexo takes that of the file; here its name is asked.
    told = {path: unquote(address) for path, address, when, _ in theirs if when < ASKED or not when}
    assert {path: address for path, address in ours.items() if path in told or "2023-04-05-dated" not in path} == told
    assert len(told) > 1
