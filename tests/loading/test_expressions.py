"""Expressions: any key of a site is reached, and none can do harm."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading import files, loaded, only

from syndicate import loading
from syndicate.errors import SettingsError
from syndicate.loading import expressions, images
from syndicate.loading.fields import Fields
from syndicate.loading.frontmatter import parse

HEADER = """chapeau-text: Un chapeau
une-ou-diaporama:
- {image: a.jpg, alternative-textuelle: Une vue}
- {image: b.jpg}
people:
- {name: Ada, role: author}
- {name: Bob, role: editor}
catégorie: Mer
When: {first: 2024-03-08 15:13:00}
empty: ''
"""


def ask(name, expression):
    fields = Fields(parse(f"---\n{HEADER}---\n", "a.md"), "a.md", {name: expression})
    return fields.first(name)


@pytest.mark.parametrize(
    ("expression", "value", "key"),
    [
        ("chapeau-text", "Un chapeau", "chapeau-text"),
        ("Chapeau_Text", "Un chapeau", "Chapeau_Text"),
        ("une-ou-diaporama[0].image", "a.jpg", "une-ou-diaporama"),
        ("une-ou-diaporama[-1].image", "b.jpg", "une-ou-diaporama"),
        ("une-ou-diaporama[9].image", None, "x"),
        ("une-ou-diaporama[0].alternative-textuelle", "Une vue", "une-ou-diaporama"),
        ('"une-ou-diaporama"[0]."image"', "a.jpg", "une-ou-diaporama"),
        ("people[?role=='author'].name | [0]", "Ada", "people"),
        ("people[?role!='no-one'].name", ["Ada", "Bob"], "people"),
        ("join(', ', people[].name)", "Ada, Bob", "people"),
        ("join(', ', nobody)", None, "x"),
        ("empty || catégorie", "Mer", "empty"),
        ("nothing.at.all", None, "x"),
        ("&people", None, "x"),
    ],
)
def test_what_an_expression_finds(expression, value, key):
    found, said = ask("x", expression)
    assert found == value
    assert said == key


def test_every_field_can_be_named(tmp_path):
    settings = (
        'title = "T"\nbase_url = "https://example.org/"\n[fields]\ntitle = "t"\npublished = "When.first"\n'
        'summary = "chapeau-text"\nauthor = "people[?role==\'author\'].name"\ntags = "catégorie"\nid = "extra.uri"\n'
        'lead_image = "une-ou-diaporama[0].image"\nlink = "over-there"\n'
    )
    header = HEADER + "t: A title\nextra: {uri: 'urn:x:1'}\nover-there: https://elsewhere.example/\n"
    article, codes = only(tmp_path, {"syndicate.toml": settings, "content/a.md": f"---\n{header}---\nBody\n"})
    assert (article.title, article.summary, article.tags) == ("A title", "Un chapeau", ("Mer",))
    assert [author.name for author in article.authors] == ["Ada"]
    assert article.published.isoformat() == "2024-03-08T15:13:00+00:00"
    assert (article.id, article.link) == ("urn:x:1", "https://elsewhere.example/")
    assert codes == ["lead-image-missing"]


def test_a_complaint_names_the_line_of_the_key(tmp_path):
    text = "---\ntitle: A\ndate: 2024-03-08\nmedia:\n- file: a.jpg\n---\nBody\n"
    settings = 'base_url = "https://example.org/"\n[fields]\nlead_image = "media[0].file"\n'
    found = loaded(tmp_path, {"syndicate.toml": settings, "content/a.md": text}).findings
    assert [(one.code, one.line) for one in found] == [("alt-missing", 4), ("lead-image-missing", 4)]


def test_what_stands_beside_an_image_describes_it():
    fields = Fields(parse(f"---\n{HEADER}---\n", "a.md"), "a.md", {"lead_image": "une-ou-diaporama[0].image"})
    assert images.lead(fields) == images.Lead("a.jpg", "une-ou-diaporama", "Une vue")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ('\n[fields]\nsummary = "a["', "syndicate.toml:3: fields.summary: 'a[': "),
        ('[fields]\nsummary = "nofn(a)"', "syndicate.toml:2: fields.summary: 'nofn(a)': there is no function nofn()"),
        (
            '[fields]\nsummary = "jion(a)"',
            "syndicate.toml:2: fields.summary: 'jion(a)': there is no function jion(), did",
        ),
        ('[fields]\nsummary = "length(a, b)"', "length() takes 1 arguments, not 2"),
        ('[fields]\nsumary = "a"', "syndicate.toml:2: fields.sumary: unknown key, did you mean 'summary'?"),
        ("[fields]\nsummary = 1", "syndicate.toml:2: fields.summary: expected `str`, got `int`"),
    ],
)
def test_a_wrong_expression_is_an_error_of_the_settings_with_its_line(tmp_path, said, complaint):
    with pytest.raises(SettingsError) as caught:
        loading.settings_of(files(tmp_path, {"syndicate.toml": said}))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.help


def test_in_pyproject_too(tmp_path):
    text = '[tool.syndicate]\n[tool.syndicate.fields]\nsummary = "a b"\n'
    with pytest.raises(SettingsError, match=r"pyproject\.toml:3: tool\.syndicate\.fields\.summary: 'a b': "):
        loading.settings_of(files(tmp_path, {"pyproject.toml": text}))


@pytest.mark.parametrize(
    "expression",
    ["a" * 301, "[@,@]|" * 20 + "@", "to_string(" * 9 + "@" + ")" * 9, "(" * 299, "a" + ".b" * 140, "[[[[" * 70],
    ids=["long", "copies", "functions", "deep", "path", "brackets"],
)
def test_what_could_grow_without_bounds_is_refused_or_harmless(expression):
    try:
        found = expressions.search(expression, {"a": "b" * 60_000})
    except expressions.ExpressionError as error:
        found, said = None, str(error)
    else:
        said = ""
    assert (found, len(said) < 200) == (None, True)


@given(st.text("ab-.[]{}()*@|&?,:'`\"0 <>=!\\é\n", max_size=40))
@example("`{`")
@example("a.`1`")
@example('"\\ud800"')
def test_no_expression_ever_raises_anything_else(expression):
    try:
        expressions.check(expression)
    except expressions.ExpressionError:
        return
    expressions.search(expression, {"a": ["b", {"b": "a"}], "b": {"a-b": None}})
    assert isinstance(expressions.key(expression), str)
