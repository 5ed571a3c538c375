"""The other generators, as far as their front matter and their documented rules for addresses go."""

import pytest
from reading import loaded

HEADER = "title: A Title\ndate: 2024-03-08\n"


@pytest.mark.parametrize(
    ("generator", "contents", "permalink"),
    [
        ("plain", {"content/2024-03-08-a b.md": f"---\n{HEADER}---\nx"}, "/2024-03-08-a%20b/"),
        ("plain", {"posts/x/index.md": f"---\n{HEADER}---\nx"}, "/x/"),
        ("plain", {"content/a.md": f"---\n{HEADER}slug: other\n---\nx"}, "/other/"),
        (
            "plain",
            {
                "syndicate.toml": 'permalink = "/:year/:month/:slug.html"\n',
                "content/2024-03-08-a.md": f"---\n{HEADER}---\nx",
            },
            "/2024/03/a.html",
        ),
        (
            "hugo",
            {
                "hugo.toml": "baseURL = 'https://example.org/'\n[permalinks]\nposts = '/:year/:slug/'\n",
                "content/posts/a.md": f"---\n{HEADER}---\nx",
            },
            "/2024/a-title/",
        ),
        (
            "hugo",
            {
                "config.yaml": "baseURL: https://example.org/\npermalinks:\n  posts: '/:sections[1:]/:filename'\n",
                "content/posts/m/B/index.md": f"---\n{HEADER}---\nx",
                "content/posts/m/B/res.md": "x",
                "content/posts/_index.md": "---\ntitle: S\n---\n",
                "content/posts/m/_index.md": "---\ntitle: M\n---\n",
            },
            "/m/b/",
        ),
        (
            "zola",
            {
                "config.toml": "base_url = 'https://example.org'\n",
                "content/blog/a.md": "+++\ntitle = 'A'\ndate = 2024-03-08\n+++\nx",
            },
            "/blog/a/",
        ),
        (
            "zola",
            {
                "config.toml": "base_url = 'https://example.org'\n",
                "content/a.md": "+++\ntitle = 'A'\npath = '2024/03/08/b'\n+++\nx",
            },
            "/2024/03/08/b/",
        ),
        (
            "pelican",
            {
                "pelicanconf.py": "SITEURL = 'https://example.org'\nARTICLE_URL = 'blog/{slug}.html'\nimport os\nX = os.getenv('A')\n",
                "content/a.md": "Title: A\nDate: 2024-03-08\nSlug: b\n\nx",
            },
            "/blog/b.html",
        ),
        (
            "mkdocs",
            {
                "mkdocs.yml": "site_url: https://example.org/\nplugins:\n- blog\nx: !!python/name:a.b\ny: !ENV [A]\n",
                "docs/blog/posts/a.md": "---\ndate: 2024-03-08\n---\n# A Title\n\nx",
            },
            "/blog/2024/03/08/a-title/",
        ),
        (
            "eleventy",
            {
                ".eleventy.js": "",
                "_data/site.yaml": "url: https://example.org\n",
                "content/posts/2024-03-08-a.md": f"---\n{HEADER}permalink: '{{{{ x }}}}'\n---\nx",
            },
            "/posts/a/",
        ),
    ],
    ids=range(11),
)
def test_an_article_is_found_and_addressed(tmp_path, generator, contents, permalink):
    result = loaded(tmp_path, contents, base_url="https://example.org/")
    assert [one.permalink for one in result.site.articles] == [f"https://example.org{permalink}"], result.findings
    assert result.failed == ()


def test_mkdocs_authors_and_defaults(tmp_path):
    contents = {
        "mkdocs.yml": "site_url: https://example.org/\n",
        "docs/blog/.authors.yml": "authors:\n  ada: {name: Ada Lovelace, url: 'https://example.org/ada'}\n",
        "docs/blog/posts/.meta.yml": "categories: [Notes]\n",
        "docs/blog/posts/a.md": "---\ndate:\n  created: 2024-03-08\n  updated: 2024-03-09\nauthors: [ada]\n---\n# A\n\nx<!-- more -->\n\ny",
    }
    (one,) = loaded(tmp_path, contents).site.articles
    assert (one.authors[0].name, one.authors[0].url, one.section) == (
        "Ada Lovelace",
        "https://example.org/ada",
        "Notes",
    )
    assert (one.updated.day, one.summary) == (9, "x")


def test_pelicans_settings_are_read_and_never_run(tmp_path):
    contents = {
        "pelicanconf.py": "SITENAME = 'S'\nopen('run', 'w')\n",
        "content/a.md": "Title: A\nDate: 2024-03-08\n\nx",
    }
    assert loaded(tmp_path, contents).site.title == "S"
    assert not (tmp_path / "run").exists()


def test_one_file_of_a_bundle_is_an_article_and_serves_the_others(tmp_path):
    from making import picture_bytes

    contents = {
        "hugo.toml": "baseURL = 'https://example.org/'\n",
        "content/posts/b/index.md": f"---\n{HEADER}image: p.png\nimage_alt: P\n---\n![x](p.png)",
        "content/posts/b/p.png": picture_bytes(20, 10, "PNG"),
    }
    (one,) = loaded(tmp_path, contents).site.articles
    assert one.lead.url == "https://example.org/posts/b/p.png"
    assert 'src="https://example.org/posts/b/p.png" alt="x" width="20" height="10"' in one.html


def test_front_matter_in_javascript_is_read_and_never_run(tmp_path):
    contents = {
        "eleventy.config.js": "",
        "content/a.md": '---js\nconst title = "A title";\nconst date = "2023-01-23";\nconst tags = ["x", \'y\'];\n---\nx',
        "content/b.md": "---js\n{\n  title: 'Another',\n  date: '2023-01-24', run: process.exit(1)\n}\n---\nx",
        "content/c.md": '---js\nconst title = "Draft";\nconst date = "2023-01-23";\nconst draft = true;\n---\nx',
    }
    result = loaded(tmp_path, contents, base_url="https://example.org/")
    assert [(one.title, one.tags) for one in result.site.articles] == [("Another", ()), ("A title", ("x", "y"))]
    assert {row.path: row.state for row in result.sources}["content/c.md"] == "draft"


def test_a_title_after_imports(tmp_path):
    contents = {
        "docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/'}",
        "blog/2024-03-08-a.mdx": "import X from './x';\nimport {Y} from '@site/y';\n\n{/* note */}\n\n# The title\n\nText.",
    }
    (one,) = loaded(tmp_path, contents).site.articles
    assert (one.title, one.html) == ("The title", "<p>Text.</p>")
