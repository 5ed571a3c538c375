"""syndicate.toml: every complaint names the file, the line, the key and the cure."""

import json

import pytest

from syndicate.errors import SettingsError
from syndicate.settings import Settings, parse, schema


def test_what_is_not_said_is_empty():
    assert parse("", "syndicate.toml") == Settings()


def test_a_full_example_is_read():
    said = parse(
        'title = "T"\nbase_url = "https://example.org/blog"\nauthor = ["A", "B"]\n'
        '[feeds]\nlimit = 5\ncontent = "summary"\n[cards]\naccent = "#0b5fff"\nfonts = ["a.ttf"]\n'
        '[fields]\nsummary = "chapeau-text"\n',
        "syndicate.toml",
    )
    assert (said.title, said.author, said.feeds.limit, said.cards.fonts) == ("T", ("A", "B"), 5, ("a.ttf",))
    assert said.own == {"summary": "chapeau-text"}


def test_a_table_in_another_file():
    text = '[project]\nname = "x"\n\n[tool.syndicate]\ntitle = "T"\n\n[tool.syndicate.feeds]\nlimit = 3\n'
    said = parse(text, "pyproject.toml", ("tool", "syndicate"))
    assert (said.title, said.feeds.limit) == ("T", 3)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('\ntitel = "x"', "syndicate.toml:2: titel: unknown key, did you mean 'title'?"),
        ("[cards]\n\nlogos = 1", "syndicate.toml:3: cards.logos: unknown key, did you mean 'logo'?"),
        ("[card]\nlogo = 1", "syndicate.toml:1: card: unknown key, did you mean 'cards'?"),
        ('[feeds]\nlimit = "many"', "syndicate.toml:2: feeds.limit: expected `int`, got `str`"),
        ('[feeds]\nhub = "hub"', "syndicate.toml:2: feeds.hub: expected an address like https://hub.example/"),
        ("[feeds]\ntombstone_days = -1", "syndicate.toml:2: feeds.tombstone_days: expected `int` >= 0"),
        ("[feeds]\nlimit = 0", "syndicate.toml:2: feeds.limit: expected `int` >= 1"),
        ("title = 1", "syndicate.toml:1: title: expected `str`, got `int`"),
        ('title = "x', "syndicate.toml:1: "),
    ],
)
def test_complaints_have_an_address(text, complaint):
    with pytest.raises(SettingsError) as caught:
        parse(text, "syndicate.toml")
    assert str(caught.value).startswith(complaint)
    assert caught.value.help


@pytest.mark.parametrize(
    ("text", "example"), [('base_url = "ftp://x"', "https://example.org/"), ('[cards]\naccent = "red"', "#0b5fff")]
)
def test_a_pattern_is_explained_by_example(text, example):
    with pytest.raises(SettingsError) as caught:
        parse(text, "syndicate.toml")
    assert example in f"{caught.value} {caught.value.help}"
    assert "regex" not in str(caught.value)


def test_the_schema_describes_every_key():
    printed = json.loads(json.dumps(schema()))
    for kind in printed["$defs"].values():
        for name, field in kind["properties"].items():
            assert "description" in field or "$ref" in json.dumps(field), name


@pytest.mark.parametrize("text", ["title = " + "[" * 50_000, "title = " + "9" * 5_000])
def test_what_only_an_attack_says_is_a_complaint_with_the_file(text):
    with pytest.raises(SettingsError, match=r"^syndicate\.toml:1: "):
        parse(text, "syndicate.toml")
