"""What a generator would have taken away reaches no reader: over the bodies of every real site there is."""

import re
from datetime import UTC, datetime

import pytest
from making import shared

from syndicate import loading

LEAKS = re.compile(
    r"\{%|\{\{(?:%|&lt;)|(?m:^\s*import\b[^\n<]*\bfrom\b)|\[\[[^\]\n]+\]\]|\{::?[\s.#a-z]"
    r"|^[ \t]*(?:!!!|\?\?\?|:::)[ \t]*\w|<[A-Z]\w*"
)
SITES = ("18f", "fullstackpython", "mehdix-ir", "mkdocs-material", "numerique-gouv-fr", "ruby-lang", "rust-blog", "scientific-python")  # fmt: skip


def outside_code(html):
    return re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", html)


@pytest.mark.parametrize("name", SITES)
def test_no_template_code_reaches_a_reader(name):
    site = shared("corpora", name)
    articles = loading.load(site, loading.settings_of(site), datetime(2026, 11, 1, tzinfo=UTC)).site.articles
    leaked = {one.source: found for one in articles if (found := LEAKS.findall(outside_code(one.html + one.summary)))}
    assert leaked == {}
    assert len(articles) > 10
