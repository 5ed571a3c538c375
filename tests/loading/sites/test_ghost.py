"""Ghost: the posts of an export, their people and tags, and what only members may read."""

import json

import pytest
from reading import loaded

POSTS = [
    {
        "id": "1", "title": "One", "slug": "one", "status": "published", "type": "post", "visibility": "public",
        "html": '<p>Hello <a href="__GHOST_URL__/two/">two</a> <img src="__GHOST_URL__/content/images/a.png"></p>',
        "feature_image": "__GHOST_URL__/content/images/c.jpg", "published_at": "2024-03-08T10:00:00.000Z",
        "custom_excerpt": "An excerpt",
    },
    {
        "id": "2", "title": "Two", "slug": "two", "status": "published", "visibility": "members",
        "html": "<p>For all.</p><!--members-only--><p>For members.</p>", "published_at": 1709892000000,
    },
    {"id": "3", "title": "Three", "slug": "three", "status": "draft", "html": "<p>x</p>", "created_at": "2024-03-08 10:00:00"},
    {"id": "4", "title": "About", "slug": "about", "status": "published", "type": "page", "html": "<p>x</p>"},
    {"id": "5", "title": "Paid", "slug": "paid", "status": "published", "visibility": "paid", "html": "<p>Secret</p>",
     "published_at": "2024-03-08T10:00:00.000Z"},
]  # fmt: skip
DATA = {
    "posts": POSTS,
    "tags": [
        {"id": "t", "name": "News & views", "slug": "news"},
        {"id": "u", "name": "#internal", "slug": "hash-internal"},
    ],
    "posts_tags": [
        {"post_id": "1", "tag_id": "u", "sort_order": 0},
        {"post_id": "1", "tag_id": "t", "sort_order": 1},
    ],
    "users": [{"id": "a", "name": "Ada", "slug": "ada", "website": "https://ada.example"}],
    "posts_authors": [{"post_id": "1", "author_id": "a", "sort_order": 0}],
    "posts_meta": [{"post_id": "1", "feature_image_alt": "A coast"}],
    "settings": [{"key": "title", "value": "My Ghost"}, {"key": "timezone", "value": "Europe/Paris"}],
}


def exported(data, **more):
    return {"my.ghost.2024.json": json.dumps({"db": [{"meta": {}, "data": data}]}), **more}


def test_posts_people_and_tags(tmp_path):
    result = loaded(tmp_path, exported(DATA), base_url="https://example.org/")
    found = {one.title: one for one in result.site.articles}
    one = found["One"]
    assert (one.permalink, one.summary, one.tags) == ("https://example.org/one/", "An excerpt", ("News & views",))
    assert (one.authors[0].name, one.authors[0].url) == ("Ada", "https://ada.example")
    assert 'href="https://example.org/two/"' in one.html
    assert 'src="https://example.org/content/images/a.png"' in one.html
    assert result.site.title == "My Ghost"
    assert {row.path: row.state for row in result.sources} == {
        "my.ghost.2024.json#one": "published",
        "my.ghost.2024.json#two": "published",
        "my.ghost.2024.json#three": "draft",
        "my.ghost.2024.json#paid": "published",
    }


def test_what_only_members_may_read_stays_out(tmp_path):
    result = loaded(tmp_path, exported(DATA), base_url="https://example.org/")
    found = {one.title: one for one in result.site.articles}
    assert found["Two"].html == "<p>For all.</p>"
    assert found["Paid"].html == ""
    assert "Secret" not in found["Paid"].summary


def test_routes(tmp_path):
    routes = "collections:\n  /blog/:\n    permalink: /blog/{year}/{primary_tag}/{slug}/\n"
    result = loaded(tmp_path, exported(DATA, **{"routes.yaml": routes}), base_url="https://example.org/")
    assert result.site.articles[0].permalink.startswith("https://example.org/blog/2024/")
    assert "https://example.org/blog/2024/news-views/one/" in {one.permalink for one in result.site.articles}


LEXICAL = {
    "root": {
        "children": [
            {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "A <b>"}]},
            {"type": "paragraph", "children": [
                {"type": "text", "text": "Bold", "format": 1},
                {"type": "link", "url": "https://a.example", "children": [{"type": "text", "text": "link"}]},
            ]},
            {"type": "list", "listType": "number", "children": [{"type": "listitem", "children": []}]},
            {"type": "image", "src": "/i.png", "alt": "I", "caption": "C"},
            {"type": "codeblock", "code": "a < b"},
            {"type": "unknown-card", "html": "<p>no</p>"},
        ]
    }
}  # fmt: skip
MOBILEDOC = {
    "markups": [["strong"], ["a", ["href", "https://a.example"]]],
    "cards": [["html", {"html": "<p>card</p>"}]],
    "sections": [[1, "p", [[0, [0], 1, "Bold"], [0, [1], 1, "link"]]], [10, 0], [3, "ul", [[[0, [], 0, "item"]]]]],
}


@pytest.mark.parametrize(
    ("field", "document", "expected"),
    [
        (
            "lexical",
            LEXICAL,
            ("<h2>A &lt;b&gt;</h2>", "<strong>Bold</strong>", ">link</a>", "<ol>", "i.png", "a &lt; b"),
        ),
        ("mobiledoc", MOBILEDOC, ("<strong>Bold</strong>", ">link</a>", "<p>card</p>", "<li>item</li>")),
        ("lexical", {"root": {"children": [[]]}}, ()),
    ],
)
def test_bodies_in_ghosts_own_formats(tmp_path, field, document, expected):
    post = {**POSTS[0], "html": None, field: json.dumps(document)}
    result = loaded(tmp_path, exported({"posts": [post]}), base_url="https://example.org/")
    for part in expected:
        assert part in result.site.articles[0].html
    assert "<p>no</p>" not in result.site.articles[0].html


def test_an_export_that_cannot_be_read_is_said(tmp_path):
    result = loaded(tmp_path, {"my.ghost.json": '{"db": [{"data": {}}]}'}, base_url="https://example.org/")
    assert "source-unreadable" in {remark.code for remark in result.findings}
    assert result.site.articles == ()


def test_an_export_whose_rows_name_each_other_by_anything(tmp_path):
    strange = ([1], {"a": 1}, None, 2.5, True)
    rows = [{"id": one, "post_id": one, "tag_id": one, "author_id": one, "name": "n", "slug": "s"} for one in strange]
    tables = dict.fromkeys(("tags", "users", "posts_meta", "posts_tags", "posts_authors"), rows)
    post = {"title": "A\ud800", "slug": "a", "html": "<p>x</p>", "status": "published", "published_at": 1704153600000}
    data = {"posts": [{**post, "id": "1"}, {**post, "id": [1], "author_id": {}, "slug": "b"}], **tables}
    result = loaded(tmp_path, {"x.ghost.json": json.dumps({"db": [{"data": data}]})})
    assert [(one.title, one.permalink[-3:]) for one in result.site.articles] == [("A\ufffd", "/a/"), ("A\ufffd", "/b/")]
