"""Front matter: what looks like a header is one, or the article is refused; nothing is guessed."""

import pytest

from syndicate.loading.frontmatter import parse
from syndicate.loading.sources import SourceError


def refusal(text):
    with pytest.raises(SourceError) as caught:
        parse(text, "a.md")
    return caught.value.finding


def test_yaml_with_lines():
    header = parse("---\ntitle: A\n\ndate: 2024-03-08\n---\n\nBody\n", "a.md")
    assert (header.kind, header.get("title"), header.line("date"), header.body.strip()) == ("yaml", "A", 4, "Body")
    assert header.body.splitlines()[header.body_line - header.body_line] == header.body.splitlines()[0]


def test_toml_and_json():
    toml = parse('+++\ntitle = "A"\n[extra]\nx = 1\n+++\nBody', "a.md")
    assert (toml.kind, toml.get("title"), toml.get("extra.x"), toml.line("title")) == ("toml", "A", 1, 2)
    json = parse('{\n "title": "A"\n}\n\nBody', "a.md")
    assert (json.kind, json.get("title"), json.line("title"), json.body.strip()) == ("json", "A", 2, "Body")


def test_pelicans_pairs_and_hexos_open_header():
    pelican = parse("Title: A: b\nDate: 2016-05-13\nSummary: one\n  two\n\nBody\n", "a.md")
    assert (pelican.kind, pelican.get("title"), pelican.get("summary")) == ("pairs", "A: b", "one two")
    assert pelican.line("date") == 2
    hexo = parse("title: A\ntags:\n- x\n---\nBody\n", "a.md")
    assert (hexo.kind, hexo.get("tags"), hexo.body.strip()) == ("yaml", ["x"], "Body")


def test_keys_are_folded_and_empty_ones_fall_through():
    header = parse("---\nChapeau-Text: a\ndescription:\nexcerpt: ''\n---\n", "a.md")
    assert header.get("description", "excerpt", "chapeau_text") == "a"
    assert header.line("chapeau_text") == 2


def test_scalars_stay_what_their_author_wrote():
    header = parse("---\ntitle: no\nslug: 010\ntags: [1.10, 12:30, yes]\n---\n", "a.md")
    assert (header.get("title"), header.get("slug"), header.get("tags")) == ("no", "010", ["1.10", "12:30", "yes"])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: A\ndraft: true\n\nBody\n", "front-matter-unclosed", 1),
        ("+++\ntitle = 'A'\n\nBody\n", "front-matter-unclosed", 1),
        ("---\ntitle: A\nb: [1\n---\n", "front-matter-invalid", 3),
        ("---\ntitle: 'A\n---\n", "front-matter-invalid", 2),
        ("+++\ntitle = A\n+++\n", "front-matter-invalid", 2),
        ('{"title": }\n', "front-matter-invalid", 1),
        ("---\na: &a [x]\nb: [" + "*a, " * 30 + "]\n---\n", "front-matter-hostile", 3),
        ("---\na: &a {b: c}\nd:\n  <<: *a\n---\n", "front-matter-hostile", 4),
        ("---\na: !!python/object/apply:os.system [x]\n---\n", "front-matter-hostile", 2),
        ("---\na: " + "[" * 30_000 + "\n---\n", "front-matter-hostile", 2),
        ("---\na: " + "x" * 70_000 + "\n---\n", "front-matter-hostile", 1),
        ("---\na: " + "[" * 20 + "]" * 20 + "\n---\n", "front-matter-hostile", 2),
    ],
    ids=range(12),
)
def test_what_cannot_be_understood_is_refused_with_its_line(text, code, line):
    found = refusal(text)
    assert (found.code, found.path, found.line) == (code, "a.md", line)
    assert len(found.message) < 200


def test_a_key_twice_is_reported_and_the_last_counts():
    header = parse("---\ntitle: A\ntitle: B\n---\n", "a.md")
    assert header.get("title") == "B"
    assert [(remark.code, remark.line) for remark in header.findings] == [("front-matter-duplicate-key", 3)]


@pytest.mark.parametrize("key", ["content", "handler", "self", "2024"])
def test_keys_that_python_frontmatter_trips_over(key):
    assert parse(f"---\n{key}: x\n---\nBody\n", "a.md").get(key) == "x"


def test_defaults_fill_what_is_not_said():
    header = parse("---\ntitle: A\n---\n", "a.md").over({"Title": "B", "lang": "fr"})
    assert (header.get("title"), header.get("lang"), header.line("lang")) == ("A", "fr", 0)


def test_no_header_is_no_header():
    header = parse("# A heading\n\nBody\n", "a.md")
    assert (header.kind, dict(header.fields), header.body) == ("", {}, "# A heading\n\nBody\n")
