"""The texts of a theme: what they may say, and that each of them ends."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.cards.themes import slots

VALUES = dict.fromkeys(slots.NAMES, "") | {"title": "On bridges", "tags": ("steel", "stone"), "authors": ("Ada",)}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ title }}", "On bridges"),
        ("plain words", "plain words"),
        ("", ""),
        ("{{ tags }}", "steel, stone"),
        ("{{ tags | join(' · ') }}", "steel · stone"),
        ("{{ tags | first | upper }}", "STEEL"),
        ("{{ section or title }}", "On bridges"),
        ("{% if section %}{{ section }}{% else %}—{% endif %}", "—"),
        ("{{ title | truncate(4) }}", "On…"),
        ("{{ title ~ ', ' ~ authors[0] }}", "On bridges, Ada"),
    ],
)
def test_a_template_says(template, text):
    assert slots.mistake(template) == ""
    assert slots.unsafe(template) == ""
    assert slots.fill(template, VALUES) == text


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in tags %}x{% endfor %}",
        "{% set x = title %}{{ x }}",
        "{% macro f() %}{{ f() }}{% endmacro %}x",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ title.upper() }}",
        "{{ title.__class__.__mro__ }}",
        "{{ '%9999999999d' % 1 }}",
        "{% include 'x' %}",
    ],
)
def test_what_could_run_for_ever_or_reach_further_is_never_run(template):
    started = time.perf_counter()
    assert slots.unsafe(template)
    assert slots.fill(template, VALUES) is None
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ titel }}", "there is no 'titel', did you mean 'title'?"),
        ("{{ titel | upper }}", "there is no 'titel', did you mean 'title'?"),
        ("{{ title | uper }}", "No filter named 'uper'"),
        ("{{ title ", "unexpected"),
        ("{% endfor %}", "Encountered unknown tag"),
    ],
)
def test_mistakes_are_named(template, said):
    assert said in slots.mistake(template)


def test_what_fails_only_when_it_runs_leaves_the_articles_own_words():
    assert slots.fill("{{ title + 1 }}", VALUES) is None
    assert slots.fill("{{ tags['x'] }}", VALUES) is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="{}%| titleagsforn()[]'0123456789.*+~", max_size=60))
def test_any_template_ends_with_a_text_or_without(template):
    if not slots.mistake(template):
        text = slots.fill(template, VALUES)
        assert text is None or len(text) <= 1000
