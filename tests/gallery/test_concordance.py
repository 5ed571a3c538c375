"""The words of texts: folded as the search folds, sorted as JavaScript compares, bounded."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showing import unread

from syndicate.gallery.concordance import Concordance, words


def looked_up(texts):
    said = Concordance(1, tuple(texts)).render(unread).data.decode()
    told = json.loads(said.removeprefix("(window.syndicateWords ??= {})[1] = ").removesuffix(";\n"))
    assert told.startswith(";")
    assert told.endswith(";")
    return [entry.split(" ") for entry in told.strip(";").split(";") if entry]


def test_each_word_leads_to_the_articles_that_have_it():
    entries = looked_up(["<p>A lamp &amp; a lantern</p>", "<p>Lantern</p>", "", "<b>LAMP</b> lamp"])
    assert entries == [["lamp", "0", "3"], ["lantern", "0", "1"]]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Déjà vu à Évian</p>", ("deja", "evian")),
        ("<a href='hidden'>shown</a><script>", ("shown",)),
        ("日本語", ("日本", "本語")),
        ("灯", ("灯",)),
        ("Python言語", ("python", "言語")),
        ("क्षत्रिय", ("कषतरय",)),
        ("x" * 99, ("x" * 24,)),
        ("to be", ()),
    ],
)
def test_words_are_folded_as_the_search_folds_what_is_typed(body, found):
    assert words(body) == found


def test_a_long_article_is_bounded():
    assert len(words(" ".join(f"word{number}" for number in range(5_000)))) == 600
    assert "late" not in words("x " * 10_000 + "late")


@given(st.lists(st.text(), max_size=4))
def test_entries_are_sorted_as_javascript_compares_and_hold_no_separator(texts):
    entries = looked_up(texts)
    names = [word for word, *_ in entries]
    assert names == sorted(set(names), key=lambda word: word.encode("utf-16-be", "surrogatepass"))
    assert all(steps for _, *steps in entries)
