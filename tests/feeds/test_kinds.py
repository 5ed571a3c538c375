"""Feeds of tags, authors, sections and languages, and the list of them all."""

import json
import re
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import article, site
from subscribing import items, parsed, written

from syndicate.addresses import feed_folder
from syndicate.feeds.kinds import shelves
from syndicate.model import Author


def labels(kind, *articles, **fields):
    return [(shelf.label, shelf.folder) for shelf in shelves(site(*articles, **fields)) if shelf.kind == kind]


def test_each_tag_has_its_feeds_newest_first():
    made = written(article(1, tags=("été",)), article(2, tags=("été", "R&D")), article(3, tags=()))
    assert {path for path in made if path.startswith("feeds/tags/")} == {
        f"feeds/tags/{name}/{file}" for name in ("été", "r&d") for file in ("rss.xml", "atom.xml", "feed.json")
    }
    atom = parsed(made["feeds/tags/été/atom.xml"])
    assert [entry.id for entry in atom.entries] == ["https://example.org/a0002/", "https://example.org/a0001/"]
    assert atom.feed.title == "Example – été"
    assert atom.feed.id == "https://example.org/feeds/tags/%C3%A9t%C3%A9/atom.xml"
    assert [item["id"] for item in items(made["feeds/tags/r&d/feed.json"])] == ["https://example.org/a0002/"]


def test_an_article_is_the_same_entry_in_every_feed():
    made = written(article(1), article(2, tags=()))
    assert items(made["feeds/tags/tag/feed.json"])[0] == items(made["feed.json"])[1]
    both = [parsed(made[path]).entries for path in ("feeds/tags/tag/rss.xml", "rss.xml")]
    assert both[0][0] == both[1][1]


def test_spellings_of_a_tag_share_a_feed_under_the_usual_one():
    spelled = ("Open Source", "open source", "OPEN  SOURCE", "open source", "open\u00a0source")
    assert labels("tags", *(article(n, tags=(tag,)) for n, tag in enumerate(spelled))) == [
        ("open source", "feeds/tags/open-source/")
    ]
    assert labels("tags", article(1, tags=("e\u0301te\u0301",)), article(2, tags=("été",)))[0][1] == "feeds/tags/été/"
    assert len(items(written(article(1, tags=("A", "a")))["feeds/tags/a/feed.json"])) == 1


def test_tags_that_differ_have_feeds_that_differ():
    tags = ("C", "C++", "C#", ".NET", "a/b", "a-b", "..", "con", "100%", "100%25", "日本", "x" * 300, "x" * 301)
    folders = [folder for _, folder in labels("tags", article(1, tags=tags))]
    assert len(set(folders)) == len(tags)
    for folder in folders:
        assert re.fullmatch(r"feeds/tags/[^/.][^/]*/", folder)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=250))
def test_a_name_never_leaves_its_folder(name):
    folder = feed_folder("tags", name)
    assert folder == feed_folder("tags", name.strip()) or not name.strip()
    assert re.fullmatch(r"feeds/tags/[^/\\\x00-\x1f.][^/\\\x00-\x1f]*/", folder)


def test_where_a_feed_stands_depends_on_its_name_alone():
    before = set(labels("tags", article(1, tags=("open-source",))))
    after = set(labels("tags", article(1, tags=("open-source",)), article(2, tags=("Open Data", "opensource"))))
    assert before <= after


def test_kinds_that_would_repeat_the_sites_feed_have_none():
    alone = article(1, section="news"), article(2, section="news")
    assert {shelf.kind for shelf in shelves(site(*alone))} == {"tags"}
    other = article(3, authors=(Author(name="Grace"),), section="essays", language="pt-BR")
    assert labels("authors", *alone, other) == [("Ada", "feeds/authors/ada/"), ("Grace", "feeds/authors/grace/")]
    assert labels("sections", *alone, other) == [("essays", "feeds/sections/essays/"), ("news", "feeds/sections/news/")]
    assert labels("languages", *alone, other) == [
        ("English", "feeds/languages/en/"), ("Português (Brasil)", "feeds/languages/pt-br/"),
    ]  # fmt: skip


def test_articles_without_an_author_are_the_sites_authors():
    made = labels("authors", article(1, authors=()), article(2), authors=(Author(name="Staff"),))
    assert [label for label, _ in made] == ["Ada", "Staff"]


def test_a_language_feed_says_its_language_and_an_author_feed_its_author():
    grace = Author(name="Grace", url="https://grace.example/")
    made = written(article(1), article(2, language="fa", authors=(grace,)))
    assert json.loads(made["feeds/languages/fa/feed.json"])["language"] == "fa"
    assert parsed(made["feeds/languages/fa/rss.xml"]).feed.title == "Example – فارسی"
    assert json.loads(made["feeds/authors/grace/feed.json"])["authors"] == [{"name": "Grace", "url": grace.url}]
    assert parsed(made["feeds/authors/grace/atom.xml"]).feed.author == "Grace"


def test_a_feed_further_down_finds_the_style_sheet():
    made = written(article(1))
    (href,) = re.findall(rb'xml-stylesheet type="text/css" href="([^"]+)"', made["feeds/tags/tag/rss.xml"])
    assert urljoin("https://example.org/feeds/tags/tag/rss.xml", href.decode()) == "https://example.org/feeds/feed.css"


def test_the_list_names_every_feed_once_and_all_of_them_stand():
    other = article(2, authors=(Author(name="Grace"),), section="essays", language="fr", tags=("A & <B>",))
    made = written(article(1, section="news"), other, title="T & <x>", language="fr", base_url="https://example.org/é/")
    root = ET.fromstring(made["feeds.opml"])
    assert (root.get("version"), root.findtext("head/title")) == ("2.0", "T & <x>")
    assert [group.get("text") for group in root.findall("body/outline[@text]") if not group.get("xmlUrl")] == [
        "Étiquettes", "Auteurs", "Rubriques", "Langues",
    ]  # fmt: skip
    feeds = [outline for outline in root.iter("outline") if outline.get("xmlUrl")]
    paths = [unquote(urlsplit(outline.get("xmlUrl")).path).removeprefix("/é/") for outline in feeds]
    assert sorted(paths) == sorted(path for path in made if path.endswith("rss.xml"))
    assert paths[0] == "rss.xml"
    for outline, path in zip(feeds, paths, strict=True):
        assert outline.get("text") == parsed(made[path]).feed.title
        assert outline.get("type") == "rss"


@pytest.mark.parametrize("words", ["{{ x }}", "{% x %}", '"><script>', "]]>"])
def test_a_tag_is_a_word_in_the_list_and_nothing_else(words):
    data = written(article(1, tags=(words,)))["feeds.opml"]
    assert not re.search(rb"\{[{%]|<script", data)
    assert f"Example – {words}" in [outline.get("text") for outline in ET.fromstring(data).iter("outline")]


def test_a_feed_of_a_tag_depends_on_its_own_articles_alone():
    from syndicate import feeds

    def marks(*articles):
        return {one.path: one.fingerprint("x") for one in feeds.plan(site(*articles))}

    one, two = article(1, tags=("a",)), article(2, tags=("b",))
    before, after = marks(one, two), marks(one, article(2, tags=("b",), title="Other"))
    assert {path for path in before if before[path] != after[path]} == {
        f"{folder}{name}" for folder in ("", "feeds/tags/b/") for name in ("rss.xml", "atom.xml", "feed.json")
    }
