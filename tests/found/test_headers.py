"""Front matter that hurt: what kills a parser, grows without end or hides a draft is refused with file, line and cure."""

import pytest
from reading import loaded, plain

from syndicate.findings import CATALOGUE
from syndicate.loading import yaml
from syndicate.loading.frontmatter import HEADER_BYTES, parse
from syndicate.loading.sources import SourceError


def refused(text):
    with pytest.raises(SourceError) as caught:
        parse(text, "a.md")
    found = caught.value.finding
    assert (found.path, found.help) == ("a.md", CATALOGUE[found.code].cure)
    assert found.line > 0
    assert len(found.message) < 200
    return found.code, found.line


def test_thirty_thousand_brackets_kill_nobody():
    assert refused(f"---\na: {'[' * 30_000}\n---\n") == ("front-matter-hostile", 2)
    assert refused(f"---\na: {'{a: ' * 5_000}\n---\n") == ("front-matter-hostile", 2)
    assert refused(f"---\n{'- ' * 15_000}a\n---\n") == ("front-matter-hostile", 2)


def test_a_merge_key_is_refused_however_it_is_said():
    for merged in ("<<: *a", "<<: [*a, *a]", '"<<": *a', "? <<\n: *a"):
        code, _ = refused(f"---\na: &a {{b: c}}\n{merged}\n---\n")
        assert code == "front-matter-hostile", merged


def bomb(fan, levels, first):
    lines = [f"a0: &a0 [{first}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * fan)}]" for n in range(1, levels)]
    return "---\n" + "\n".join(lines) + "\n---\n"


@pytest.mark.parametrize("text", [bomb(10, 9, "x"), bomb(3, 7, ", ".join("x" * 2_000)), bomb(2, 11, "x, x, x, x, x")])
def test_aliases_count_for_what_they_stand_for(text):
    assert len(text) < 7_000
    assert refused(text)[0] == "front-matter-hostile"


def test_aliases_within_reason_are_read():
    header = parse("---\nauthor: &me {name: Ada}\neditor: *me\ntags: &t [a, b]\nkeywords: *t\n---\n", "a.md")
    assert header.get("editor") == {"name": "Ada"}
    assert header.get("keywords") == ["a", "b"]


def test_bounds_are_those_that_were_promised():
    assert (HEADER_BYTES, yaml.DEPTH, yaml.NODES, yaml.ALIASES) == (64 << 10, 12, 3_000, 20)
    assert parse(f"---\na: {'[' * 11}{']' * 11}\n---\n", "a.md").kind == "yaml"
    assert refused(f"---\na: {'[' * 12}{']' * 12}\n---\n")[0] == "front-matter-hostile"
    assert refused("---\n" + "- x\n" * 3_000 + "---\n")[0] == "front-matter-hostile"
    assert refused(f"---\na: {'x' * HEADER_BYTES}\n---\n")[0] == "front-matter-hostile"


def test_keys_of_many_parts_are_refused_and_prose_with_dots_is_not():
    assert refused(f"+++\n{'a.' * 16_000}b = 1\n+++\n") == ("front-matter-hostile", 2)
    assert refused('+++\n[extra]\n"a" . b.' + "c . " * 20 + "d = 1\n+++\n") == ("front-matter-hostile", 3)
    header = parse(f'+++\ntitle = "{"." * 500} a.b.c"\n[a.b.c.d.e]\nx.y.z = 1\n+++\n', "a.md")
    assert header.get("a.b.c.d.e.x.y.z") == 1


def test_the_lines_of_keys_are_those_where_they_stand_first():
    toml = parse('+++\ntitle = "A"\n"odd key" = 1\n\n[extra]\ntitle = "B"\n[[list]]\nx = 1\n+++\n', "a.md")
    assert {key: toml.line(key) for key in ("title", "odd key", "extra", "list")} == {
        "title": 2, "odd key": 3, "extra": 5, "list": 7,
    }  # fmt: skip
    json = parse('{\n "a": "b",\n "title" : "x",\n "b": {"title": 1}\n}\n\nBody', "a.md")
    assert (json.line("a"), json.line("title"), json.line("b")) == (2, 3, 4)
    script = parse("---js\n{\n title: 'A',\n 'date': '2024-03-08'\n}\n---\nx", "a.md")
    assert (script.line("title"), script.line("date")) == (3, 4)


@pytest.mark.parametrize("value", ["no", "1.10", "12:30:45", "010", "yes", "0x1F", "1e3", "2024", "~x", "null x"])
def test_a_title_is_what_its_author_wrote(tmp_path, value):
    (one,) = loaded(tmp_path, plain(f"---\ntitle: {value}\ndate: 2024-03-08\ntags: [{value}]\n---\nx")).site.articles
    assert (one.title, one.tags) == (value, (value,))


@pytest.mark.parametrize("email", ["\0@{{", "a\x9b@e.org", "a@e.org\u202e", "a b@e.org", "<a@e.org>"])
def test_an_address_that_is_none_costs_no_feed(tmp_path, email):
    import json

    header = json.dumps({"title": "A", "date": "2024-03-08", "authors": [{"name": "Ada", "email": email}]})
    (one,) = loaded(tmp_path, plain(f"{header}\n\nx")).site.articles
    assert [(author.name, author.email) for author in one.authors] == [("Ada", "")]
