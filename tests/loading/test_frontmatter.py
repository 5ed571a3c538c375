"""Front matter: what looks like a header is one, or the article is refused; nothing is guessed."""

import pytest
from reading import loaded

from syndicate.loading.frontmatter import parse
from syndicate.loading.sources import SourceError, Tree


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


# Shapes that python-frontmatter alone reads as a body without a header, so that a draft would be published as words:
# each of a real site. (It knows TOML only with a dead package, no mark before the dashes, and no dots after them.)
@pytest.mark.parametrize(
    ("text", "kind", "body", "line"),
    [
        # Zola's own blog, and all sites of Hugo that are older than YAML in it.
        ('+++\ntitle = "A"\ndraft = true\n\n[extra]\nx = 1\n+++\n\nBody\n', "toml", "Body", 8),
        ('+++\r\ntitle = "A"\r\ndraft = true\r\n+++\r\nBody\r\n', "toml", "Body", 5),
        # Editors of Windows begin a file with a mark nobody sees and end lines with two characters.
        ("\ufeff---\ntitle: A\ndraft: true\n---\nBody\n", "yaml", "Body", 5),
        ("\ufeff---\r\ntitle: A\r\ndraft: true\r\n---\r\nBody\r\n", "yaml", "Body", 5),
        ("---\rtitle: A\rdraft: true\r---\rBody\r", "yaml", "Body", 5),
        # A template engine, or a person, left lines before the dashes.
        ("\n\n---\ntitle: A\ndraft: true\n---\nBody\n", "yaml", "Body", 7),
        ("\u200b\n---\ntitle: A\ndraft: true\n---\nBody\n", "yaml", "Body", 6),
        # Pandoc closes with dots.
        ("---\ntitle: A\ndraft: true\n...\n\nBody\n", "yaml", "Body", 5),
        ("---  \ntitle: A\ndraft: true\n---\t\nBody\n", "yaml", "Body", 5),
        # Pelican, Nikola and MultiMarkdown; Hexo without an opening line.
        ("Title: A\nDraft: true\nDate: 2016-05-13\n\nBody\n", "pairs", "Body", 4),
        ("title: A\ndraft: true\n---\nBody\n", "yaml", "Body", 3),
        # Hugo's JSON; Eleventy's language after the dashes; Hexo's JSON without braces.
        ('{\n  "title": "A",\n  "draft": true\n}\n\nBody\n', "json", "Body", 4),
        ('---json\n{\n  "title": "A",\n  "draft": true\n}\n---\nBody\n', "json", "Body", 7),
        ('---toml\ntitle = "A"\ndraft = true\n---\nBody\n', "toml", "Body", 5),
        ("---yaml\ntitle: A\ndraft: true\n---\nBody\n", "yaml", "Body", 5),
        ('"title": "A",\n"draft": true\n;;;\nBody\n', "json", "Body", 4),
        (';;;\n"title": "A",\n"draft": true\n;;;\nBody\n', "json", "Body", 5),
    ],
    ids=range(17),
)
def test_no_shape_of_a_header_publishes_a_draft(tmp_path, text, kind, body, line):
    (tmp_path / "a.md").write_bytes(text.encode())
    header = parse(Tree(tmp_path).text("a.md"), "a.md")
    assert (header.kind, header.get("title")) == (kind, "A")
    assert str(header.get("draft")).lower() == "true"
    assert (header.body.strip(), header.body_line) == (body, line)
    assert header.line("title") > 0
    assert loaded(tmp_path).skipped == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('---json\n{"title": "A"}\nBody\n', "front-matter-unclosed", 1),
        ('---json\n["title"]\n---\nBody\n', "front-matter-invalid", 2),
        ('---json\n{\n"title" "A"}\n---\nBody\n', "front-matter-invalid", 3),
        (';;;\n"title": "A"\n\nBody\n', "front-matter-invalid", 2),
        ('"title": "A"\n"draft": true\n;;;\nBody\n', "front-matter-invalid", 2),
        ('---json\n{"a": "' + "x" * 70_000 + '"}\n---\n', "front-matter-hostile", 1),
        ("---json\n" + "[" * 60_000 + "\n---\n", "front-matter-invalid", 2),
    ],
    ids=range(7),
)
def test_what_merely_resembles_them_is_refused_with_its_line(text, code, line):
    found = refusal(text)
    assert (found.code, found.line) == (code, line)


def test_a_quotation_is_no_header():
    assert parse('"Quoth": he said;\n\nand more.\n', "a.md").kind == ""


def test_a_number_of_five_thousand_digits_is_refused_with_its_file():
    assert refusal(f"+++\ntitle = 'A'\nweight = {'9' * 5000}\n+++\nx").code == "front-matter-invalid"


def test_halves_of_characters_in_json_are_joined_or_replaced():
    header = parse(r'{"title": "\ud83c\udf89", "slug": "a\ud800"}' + "\n\nBody", "a.md")
    assert (header.get("title"), header.get("slug")) == ("\U0001f389", "a\ufffd")
