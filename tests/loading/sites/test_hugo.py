"""Hugo: what its own answers (see test_against_hugo.py) do not tell: findings, bounds, what is left out and why."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import files, loaded

from syndicate.loading.sites import hugo
from syndicate.loading.sites.hugo.globs import matches
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

CONFIG = "baseURL = 'https://example.org/'\ntitle = 'S'\nlocale = 'en'\n"
POST = "---\ntitle: T\ndate: 2024-03-08\n---\nx"


def codes(result):
    return sorted(remark.code for remark in result.findings)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/posts/*", "/posts/a", True),
        ("/posts/*", "/posts/a/b", False),
        ("/posts/**", "/posts/a/b", True),
        ("/{posts,posts/**}", "/Posts", True),
        ("{/a,/b/*}", "/b/c", True),
        ("/{a{b,c},d}", "/ac", True),
        ("/a?c", "/abc", True),
        ("/a?c", "/a/c", False),
        ("/[a-c]x", "/bx", True),
        ("/[!a-c]x", "/bx", False),
        ("/[xy]", "/y", True),
        (r"/a\*", "/a*", True),
        (r"/a\*", "/ab", False),
        ("**/b", "/a/x/b", True),
        ("/{a", "/{a", True),
        ("", "", True),
    ],
)
def test_globs(pattern, path, fits):
    assert matches(pattern, path) is fits


@given(st.text(alphabet="ab/", max_size=12))
def test_a_path_fits_itself_and_what_begins_or_ends_like_it(path):
    assert matches(path, path)
    assert matches("**", path)
    assert matches(f"{path}**", f"{path}/a/b")
    assert matches(f"**{path}", f"a/b/{path}")


@pytest.mark.parametrize("pattern", ["**a" * 100, "{a,b}" * 60, "{" * 300, "*" * 390 + "b", "[" * 300])
def test_no_pattern_takes_long(pattern):
    assert matches(pattern, "a" * 250) in {True, False}


def test_a_language_on_another_host_is_a_site_of_its_own(tmp_path):
    config = (
        "title = 'S'\n[languages.en]\nbaseURL = 'https://en.example/'\n[languages.fr]\nbaseURL = 'https://fr.example'\n"
    )
    contents = {"hugo.toml": config, "content/posts/a.md": POST, "content/posts/a.fr.md": POST}
    result = loaded(tmp_path, contents)
    assert [one.permalink for one in result.site.articles] == ["https://en.example/posts/a/"]
    assert codes(result) == ["language-elsewhere"]
    (tmp_path / "syndicate.toml").write_text("base_url = 'https://fr.example/'\n")
    assert [one.permalink for one in loaded(tmp_path).site.articles] == ["https://fr.example/posts/a/"]


def test_what_cannot_be_read_is_told(tmp_path):
    contents = {
        "hugo.toml": CONFIG + "ignoreFiles = ['(a+)+$', '[', 'gone']\n",
        "config/_default/params.yaml": "a: [\n",
        "content/posts/a.org": "#+title: A\n",
        "content/posts/b.adoc": "= B\n",
        "content/posts/_content.gotmpl": "{{ .AddPage }}",
        "content/posts/_index.md": "---\ntitle: [\n---\n",
        "content/posts/gone.md": POST,
        "content/posts/c.md": POST,
        "content/posts/c.en.md": POST,
    }
    result = loaded(tmp_path, contents)
    assert [one.source for one in result.site.articles] == ["content/posts/c.en.md"]
    assert codes(result) == [
        *["configuration-unread"] * 3, *["format-unread"] * 3, "front-matter-invalid", "permalink-collision",
    ]  # fmt: skip


def test_a_page_without_a_date_can_be_referred_to_and_a_draft_cannot(tmp_path):
    contents = {
        "hugo.toml": CONFIG,
        "content/about.md": "---\ntitle: About\n---\n",
        "content/secret.md": "---\ntitle: S\ndate: 2024-03-08\ndraft: true\n---\n",
        "content/posts/a.md": f'{POST} [us]({{{{< ref "about" >}}}}) [no]({{{{< ref "secret" >}}}})',
    }
    (one,) = loaded(tmp_path, contents).site.articles
    assert 'href="https://example.org/about/"' in one.html
    assert "secret" not in one.html


def test_why_an_article_is_not_published(tmp_path):
    lines = {
        "a": "build: {render: never}", "b": "headless: true", "c": "expiryDate: 2025-01-01", "d": "publishDate: 2030-01-01",
        "e": "build:\n  list: local", "f": "draft: true", "g": "params: {draft: true}", "h": "build: {list: true}",
    }  # fmt: skip
    contents = {
        f"content/{name}.md": f"---\ntitle: T\ndate: 2024-03-08\n{line}\n---\nx" for name, line in lines.items()
    }
    rows = loaded(tmp_path, {"hugo.toml": CONFIG, **contents}).sources
    assert [(row.state, row.why) for row in rows] == [
        ("unpublished", "build: render never"),
        ("unpublished", "headless: true"),
        ("unpublished", "expired 2025-01-01T00:00:00+00:00"),
        ("future", "2030-01-01T00:00:00+00:00"),
        ("unpublished", "build: list local"),
        ("draft", "draft"),
        ("published", ""),
        ("published", ""),
    ]


def test_params_are_the_sites_own_fields(tmp_path):
    header = "title: T\ndate: 2024-03-08\nparams:\n  description: P\n  tags: [a]\n  slug: not-this\n"
    result = loaded(tmp_path, {"hugo.toml": CONFIG, "content/a.md": f"---\n{header}---\nx"})
    (one,) = result.site.articles
    assert (one.summary, one.tags, one.permalink) == ("P", ("a",), "https://example.org/a/")


def test_a_site_may_show_what_is_yet_to_come(tmp_path):
    contents = {"hugo.toml": CONFIG + "buildFuture = true\n", "content/a.md": POST.replace("2024", "2031")}
    assert len(loaded(tmp_path, contents).site.articles) == 1


def test_an_article_more_changes_nothing_for_the_others(tmp_path):
    contents = {"hugo.toml": CONFIG, "content/posts/_index.md": "---\ntitle: P\n---\n", "content/posts/a.md": POST}
    files(tmp_path, contents)
    before = hugo.layout(Tree(tmp_path), Settings())
    files(tmp_path, {"content/posts/b.md": POST})
    after = hugo.layout(Tree(tmp_path), Settings())
    assert len(after.sources) == len(before.sources) + 1
    # By these the index tells whether what it knows of an article still holds.
    assert repr((after.permalink, after.understood)) == repr((before.permalink, before.understood))
    files(tmp_path, {"content/posts/_index.md": "---\ntitle: P\nslug: q\n---\n"})
    assert repr(hugo.layout(Tree(tmp_path), Settings()).permalink) != repr(before.permalink)


def test_references_lead_to_the_same_language(tmp_path):
    body = '[a]({{< ref "/posts/b" >}}) [b]({{< relref "v1.2.md" >}}) [c]({{< ref "only" >}})'
    contents = {
        "hugo.toml": CONFIG + "[languages.en]\n[languages.fr]\n",
        "content/posts/a.md": f"{POST}\n{body}",
        "content/posts/a.fr.md": f"{POST}\n{body}",
        "content/posts/b.md": POST,
        "content/posts/b.fr.md": POST,
        "content/posts/v1.2.md": POST,
        "content/posts/v1.2.fr.md": POST,
        "content/posts/only.fr.md": POST,
    }
    articles = {one.source: str(one.html) for one in loaded(tmp_path, contents).site.articles}
    links = {path: re.findall(r'href="https://example.org([^"]*)', html) for path, html in articles.items()}
    assert links["content/posts/a.md"] == ["/posts/b/", "/posts/v1.2/", "/fr/posts/only/"]
    assert links["content/posts/a.fr.md"] == ["/fr/posts/b/", "/fr/posts/v1.2/", "/fr/posts/only/"]


WORDS = st.sampled_from(
    ["en", "fr", "posts", "/**", "content", "../..", "/etc", ":slug", ":sections[x", "never", "a\\0b", "UTC", ""]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "baseURL", "title", "locale", "languageCode", "timeZone", "contentDir", "defaultContentLanguage", "languages",
    "disableLanguages", "permalinks", "uglyURLs", "cascade", "frontmatter", "module", "ignoreFiles", "params",
    "disableKinds", "staticDir", "buildFuture", "disablePathToLower",
]  # fmt: skip
FIELDS = [
    "title",
    "slug",
    "url",
    "date",
    "lastmod",
    "publishDate",
    "draft",
    "published",
    "build",
    "params",
    "cascade",
    "headless",
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING), st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_a_configuration_or_a_header_says_is_borne(tmp_path, config, header):
    mounts = {"mounts": [{"source": "content", "target": "content"}, {"source": "../..", "target": "content/x"}]}
    contents = {
        "hugo.json": json.dumps({"module": mounts, **config}),
        "content/posts/a.md": json.dumps({"title": "T", **header}) + "\nx",
        "content/posts/_index.md": json.dumps(header) + "\nx",
    }
    result = loaded(tmp_path, contents)
    assert not [remark for remark in result.findings if remark.code == "source-defeats"]


def test_a_configuration_nested_without_end_says_nothing(tmp_path):
    deep = '{"a":' * 900 + "1" + "}" * 900
    contents = {"hugo.json": deep, "config/_default/hugo.json": deep, "content/a.md": POST}
    assert [one.permalink for one in loaded(tmp_path, contents).site.articles] == ["http://localhost/a/"]
