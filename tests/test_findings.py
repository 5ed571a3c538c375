"""Findings: values with an address, in one order everywhere."""

import pytest

from syndicate.findings import CATALOGUE, Severity, finding, nearest, ordered


def test_a_finding_reads_like_a_compiler_message():
    remark = finding("date-invalid", "content/a.md", "date: expected a date with an offset, got 'demain'", line=4)
    assert str(remark) == "content/a.md:4: date-invalid: date: expected a date with an offset, got 'demain'"
    assert remark.severity is Severity.WARNING
    assert remark.help == CATALOGUE["date-invalid"].cure


def test_an_unknown_code_is_our_mistake():
    with pytest.raises(KeyError):
        finding("no-such-code", "a", "b")


def test_order_is_by_place_and_each_comes_once():
    first, second = finding("title-missing", "a.md", "x", line=9), finding("title-missing", "b.md", "x")
    assert ordered([second, first, second]) == (first, second)


def test_every_kind_says_what_it_means_and_what_to_do():
    for kind in CATALOGUE.values():
        assert kind.meaning.endswith(".")
        assert kind.cure.endswith(".")


def test_the_nearest_word_is_offered_only_when_near():
    assert nearest("titel", ["title", "author"]) == ", did you mean 'title'?"
    assert nearest("zzz", ["title", "author"]) == ""
