"""Jekyll: addresses, defaults, collections and drafts as the real one has them."""

import pytest
from reading import loaded

from syndicate.loading.sites.jekyll import slugify

CONFIG = "url: https://example.org\nbaseurl: /base\ntimezone: Europe/Paris\n"


def permalink(root, config, path, header=""):
    result = loaded(root, {"_config.yml": CONFIG + config, path: f"---\ntitle: T\n{header}---\nx"})
    assert len(result.site.articles) == 1, result.findings
    return result.site.articles[0].permalink.removeprefix("https://example.org/base")


@pytest.mark.parametrize(
    ("config", "path", "header", "expected"),
    [
        ("", "_posts/2024-03-08-Über-ein_Wort.md", "", "/2024/03/08/%C3%9Cber-ein_Wort.html"),
        ("permalink: pretty", "fr/news/_posts/2024-03-08-a.md", "", "/fr/news/2024/03/08/a/"),
        ("permalink: ordinal", "_posts/2024-03-08-a.md", "", "/2024/068/a.html"),
        ("permalink: weekdate", "_posts/2024-03-08-a.md", "", "/2024/W10/Fri/a.html"),
        ("permalink: none", "_posts/2024-03-08-a.md", "categories: Big News", "/big/news/a.html"),
        ("permalink: :title:output_ext", "_posts/2024-03-08-A.b.md", "", "/A.b.html"),
        ("permalink: /:year/:i_month/:i_day/:slug/", "_posts/2024-03-08-A.b.md", "", "/2024/3/8/a-b/"),
        ("permalink: /:short_year/:long_month/:title_:day", "_posts/2024-03-08-a.md", "", "/24/March/a_08"),
        ("", "_posts/2024-03-08-a.md", "permalink: /x/:title/\n", "/x/a/"),
        ("", "_posts/2024-03-08-a.md", "slug: Other One\n", "/2024/03/08/Other-One.html"),
        ("", "_posts/2024-03-08-a.md", "date: 2024-12-31 23:30:00 +0000\n", "/2025/01/01/a.html"),
        ("", "_posts/2024-03-08-a.md", "category: A b\ncategories: [C, a b]\n", "/c/a%20b/2024/03/08/a.html"),
        ("collections: {n: {output: true, permalink: '/n/:title/'}}", "_n/sub/a.md", "date: 2024-03-08\n", "/n/a/"),
        ("collections: {n: {output: true}}", "_n/sub/a.md", "date: 2024-03-08\n", "/n/sub/a.html"),
        ("permalink: pretty\ncollections: {n: {output: true}}", "_n/a.md", "date: 2024-03-08\n", "/n/a/"),
        ("source: src", "src/_posts/2024-03-08-a.md", "", "/2024/03/08/a.html"),
        ("collections_dir: all\ncollections: {n: {output: true}}", "all/_n/a.md", "date: 2024-03-08\n", "/n/a.html"),
        ("collections: {n: {output: true, permalink: '/n/:title/'}}", "_n/2024-3-8-a.md", "", "/n/a/"),
        ("permalink: weekdate\ncollections: {n: {output: true}}", "_n/a.md", "date: 2024-03-08\n", "/n/a"),
        ("permalink: /:path/:name/", "_posts/sub/2024-03-08-a.md", "", "/sub/2024-03-08-a/2024-03-08-a/"),
        ("", "_posts/24-3-8-a.md", "", "/2024/03/08/a.html"),
        (
            "defaults: [{scope: {path: _posts/2024}, values: {permalink: /y/:title}}]",
            "_posts/2024-03-08-a.md",
            "",
            "/y/a",
        ),
        (
            "defaults: [{scope: {type: post}, values: {categories: [d]}}]",
            "_posts/2024-03-08-a.md",
            "categories: c",
            "/d/c/2024/03/08/a.html",
        ),
    ],
    ids=range(23),
)
def test_addresses(tmp_path, config, path, header, expected):
    assert (
        permalink(tmp_path, config, path, header if header.endswith("\n") or not header else f"{header}\n") == expected
    )


def test_what_is_no_article(tmp_path):
    contents = {
        "_config.yml": CONFIG + "collections: {n: {output: true}, hidden: {output: false}}\nexclude: [old]\n",
        "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx",
        "_posts/undated.md": "---\ntitle: U\n---\nx",
        "_drafts/d.md": "---\ntitle: D\n---\nx",
        "_n/page.md": "---\ntitle: P\n---\nx",
        "_hidden/h.md": "---\ntitle: H\ndate: 2024-03-08\n---\nx",
        "old/_posts/2024-03-08-o.md": "---\ntitle: O\n---\nx",
        "node_modules/_posts/2024-03-08-o.md": "---\ntitle: O\n---\nx",
        "about.md": "---\ntitle: About\n---\nx",
    }
    result = loaded(tmp_path, contents)
    assert {row.path: row.state for row in result.sources} == {
        "_posts/2024-03-08-a.md": "published",
        "_drafts/d.md": "draft",
        "_n/page.md": "page",
    }


@pytest.mark.parametrize(
    ("config", "path", "read"),
    [
        ("", "_posts/_no/2024-03-08-a.md", False),
        ("", "_no/_posts/2024-03-08-a.md", False),
        ("include: [_no]", "_no/_posts/2024-03-08-a.md", True),
        ("collections: {n: {output: true}}", "_n/_2024-03-08-a.md", False),
        ("exclude: [dr]", "drawer/_posts/2024-03-08-a.md", False),
        ("exclude: ['*/tmp']", "a/b/tmp/_posts/2024-03-08-a.md", False),
        ("exclude: [a, b/]\ninclude: [a]", "a/_posts/2024-03-08-a.md", True),
    ],
)
def test_what_is_left_out(tmp_path, config, path, read):
    result = loaded(tmp_path, {"_config.yml": f"{CONFIG}{config}\n", path: "---\ntitle: T\n---\nx"})
    assert bool(result.sources) is read


def test_a_document_without_title_is_called_as_jekyll_calls_it(tmp_path):
    contents = {"_config.yml": CONFIG, "_posts/2024-03-08-an-API_guide.md": "---\ntags: a\n---\nx"}
    assert loaded(tmp_path, contents).site.articles[0].title == "An Api_guide"


def test_a_post_without_front_matter_is_refused(tmp_path):
    result = loaded(tmp_path, {"_config.yml": CONFIG, "_posts/2024-03-08-a.md": "A secret.\n"})
    assert [remark.code for remark in result.findings] == ["front-matter-missing"]


def test_defaults_fill_and_the_closest_wins(tmp_path):
    config = CONFIG + (
        "defaults:\n- {scope: {path: ''}, values: {lang: fr, author: A}}\n"
        "- {scope: {path: en}, values: {lang: en}}\n- {scope: {path: '', type: posts}, values: {author: B}}\n"
        "- {scope: {path: '', type: pages}, values: {author: C}}\n"
    )
    contents = {"_config.yml": config, "en/_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx"}
    (one,) = loaded(tmp_path, contents).site.articles
    assert (one.language, one.authors[0].name) == ("en", "B")
    contents["en/_posts/2024-03-08-a.md"] = "---\ntitle: A\nlang: de\n---\nx"
    assert loaded(tmp_path, contents).site.articles[0].language == "de"


def test_an_unquoted_time_is_utc_and_a_quoted_one_the_sites(tmp_path):
    def published(written):
        contents = {"_config.yml": CONFIG, "_posts/2024-03-08-a.md": f"---\ntitle: A\ndate: {written}\n---\nx"}
        return loaded(tmp_path, contents).site.articles[0].published.isoformat()

    assert published("2024-07-08 10:00:00") == "2024-07-08T10:00:00+00:00"
    assert published('"2024-07-08 10:00:00"') == "2024-07-08T10:00:00+02:00"
    assert published("2024-07-08") == "2024-07-08T00:00:00+02:00"


def test_a_configuration_that_cannot_be_read_is_told(tmp_path):
    result = loaded(tmp_path, {"_config.yml": "a: [\n", "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx"})
    assert [remark.code for remark in result.findings] == ["configuration-unread", "base-url-missing"]
    assert len(result.site.articles) == 1


@pytest.mark.parametrize(
    ("words", "pretty", "cased", "slug"),
    [
        ("A  b_c", False, False, "a-b-c"),
        ("A.b,c!", True, True, "A.b,c!"),
        ("-é-", False, False, "é"),
        ("日本 語", True, False, "日本-語"),
    ],
)
def test_slugs(words, pretty, cased, slug):
    assert slugify(words, pretty=pretty, cased=cased) == slug


def test_a_sites_own_separator_ends_the_summary(tmp_path):
    contents = {
        "_config.yml": f"{CONFIG}excerpt_separator: '~~~more~~~'\n",
        "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nOne *two*.\n\nThree.\n\n~~~more~~~\n\nFour.",
        "_posts/2024-03-09-b.md": "---\ntitle: B\ndescription: Said.\nexcerpt_separator: '<!-- x -->'\n---\nOne.\n<!-- x -->",
        "_posts/2024-03-10-c.md": "---\ntitle: C\n---\nOne {% x %}.\n\n~~~more~~~\n\nTwo.",
    }
    summaries = [one.summary for one in loaded(tmp_path, contents).site.articles]
    assert sorted(summaries) == ["One .", "One two. Three.", "Said."]


def test_a_site_may_show_what_is_yet_to_come(tmp_path):
    contents = {"_config.yml": f"{CONFIG}future: true\n", "_posts/2031-03-08-a.md": "---\ntitle: A\n---\nx"}
    assert len(loaded(tmp_path, contents).site.articles) == 1
    (tmp_path / "_config.yml").write_text(CONFIG)
    assert loaded(tmp_path).site.articles == ()


def test_polyglots_languages_have_folders_and_are_linked(tmp_path):
    config = f"{CONFIG}plugins: [jekyll-polyglot]\nlanguages: [en, fr]\ndefault_lang: en\n"
    contents = {
        "_config.yml": config,
        "_posts/2024-03-08-a.md": "---\ntitle: A\nlang: en\n---\nx",
        "_posts/fr/2024-03-08-a.md": "---\ntitle: B\nlang: fr\n---\nx",
    }
    articles = loaded(tmp_path, contents).site.articles
    found = {one.language: (one.permalink, [other.permalink for other in one.translations]) for one in articles}
    english, french = (f"https://example.org/base{folder}/2024/03/08/a.html" for folder in ("", "/fr"))
    assert found == {"en": (english, [french]), "fr": (french, [english])}


def test_what_is_not_published_is_no_draft_either(tmp_path):
    contents = {"_config.yml": CONFIG, "_drafts/a.md": "---\ntitle: A\npublished: false\ndate: 2024-03-08\n---\nx"}
    assert [row.state for row in loaded(tmp_path, contents, drafts=True).sources] == ["unpublished"]
