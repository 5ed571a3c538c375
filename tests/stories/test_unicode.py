"""Whatever an author types, from the front matter's text to three parsed feeds: nothing lost, nothing changed, no feed broken."""

import html
import json
import tempfile
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import loaded

from syndicate import feeds
from syndicate.characters import illegal_in, one_line

SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "d": "http://purl.org/dc/elements/1.1/",
}
ODDITIES = (
    "<>&\"'`\\\t\n\r\x00\x08\x0b\x1b\x7f\x85\x9f\u00a0\u00ad\u0301\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2066\u2069"
    "\ud800\udfff\ufdd0\ufe0f\ufeff\ufffd\ufffe\uffff\U0001f468\U0001f1eb\U000e0041\U0001fffe\U00010348\U0010ffff]#:-*_{}%[!|"
)
TEXT = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from(ODDITIES), st.sampled_from("abc é ß ش 日")), max_size=30
)
LITERAL = TEXT.map(lambda text: "".join(c for c in text if c not in "<>&`"))
"""Text without what could be meant as markup: the very characters arrive."""


def yaml(text, *, raw):
    """A double-quoted scalar; what YAML cannot hold as it is, and all beyond ASCII if asked, as an escape."""
    return '"' + "".join(c if plain(c, raw=raw) else escaped(c) for c in text if not surrogate(c)) + '"'


def plain(character, *, raw):
    point = ord(character)
    if character in '"\\' or point in {0x2028, 0x2029}:
        return False
    return 0x20 <= point < 0x7F or (raw and (0xA0 <= point < 0xD800 or 0xE000 <= point < 0xFDD0))


def surrogate(character):
    """Whether it is half a character: YAML and TOML refuse those; JSON lets them through."""
    return 0xD800 <= ord(character) < 0xE000


def escaped(character):
    point = ord(character)
    return f"\\U{point:08x}" if point > 0xFFFF else f"\\u{point:04x}"


def toml(text):
    return '"' + "".join(escaped(c) for c in text if not surrogate(c)) + '"'


def body(text):
    return text.encode("utf-8", "ignore").decode()


@st.composite
def sources(draw, words=TEXT):
    said = {
        "title": draw(words),
        "date": "2024-03-08 15:13:00 +01:00",
        "summary": draw(words),
        "tags": draw(st.lists(words, max_size=3)),
        "authors": draw(st.lists(words, max_size=2)),
    }
    write = draw(st.sampled_from([in_json, partial(in_yaml, raw=True), partial(in_yaml, raw=False)]))
    return write(said) + body(draw(words)), toml(draw(words)), toml(draw(words))


def in_json(said):
    return f"{json.dumps(said)}\n"


def in_yaml(said, *, raw):
    def scalar(value):
        return f"[{', '.join(map(scalar, value))}]" if isinstance(value, list) else yaml(value, raw=raw)

    return "---\n" + "".join(f"{key}: {scalar(value)}\n" for key, value in said.items()) + "---\n"


def published(source, title, description):
    """The one article of a site, and its three feeds, parsed by nobody yet."""
    settings_text = (
        f'title = {title}\ndescription = {description}\nbase_url = "https://example.org/"\nlanguage = "en"\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        site = loaded(Path(folder), {"syndicate.toml": settings_text, "content/a.md": source}).site
    (article,) = site.articles
    return (
        site,
        article,
        {one.path: one.recipe.render(None).data for one in feeds.plan(site) if "/" not in one.path},
    )


QUIET = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(sources())
@example(('{"title": "a", "date": "2024-03-08", "summary": "\\ud800"}\nx', '""', '""'))
@example(
    (
        '{"title": "\\ud83d\\ude00 \\udc00", "date": "2024-03-08"}\n]]>&#0;&#xFFFE;&#13;\x00\x0b\u2028',
        '"\\uFFFE"',
        '"\\u0000"',
    )
)
def test_every_feed_says_what_was_understood(source):
    site, article, made = published(*source)
    item = json.loads(made["feed.json"])["items"][0]
    rss, atom = ET.fromstring(made["rss.xml"]).find("channel"), ET.fromstring(made["atom.xml"])
    entry, element = atom.find("a:entry", SPACES), rss.find("item")
    content = article.html or f"<p>{html.escape(article.summary or article.title)}</p>"
    summary = article.summary or ("" if article.html else article.title)
    names = [author.name for author in article.authors]

    assert item["title"] == element.findtext("title") == entry.findtext("a:title", None, SPACES) == article.title
    assert item["content_html"] == content
    # RSS has no summary beside the content where there is none: then its description is the content.
    described, encoded = element.findtext("description"), element.findtext("c:encoded", None, SPACES)
    assert (encoded if summary else described) == entry.findtext("a:content", None, SPACES) == content
    assert item.get("summary", "") == (entry.findtext("a:summary", None, SPACES) or "") == summary
    assert not summary or html.unescape(described) == html.unescape(html.escape(summary, quote=False))
    assert item.get("tags", []) == [one.text for one in element.iterfind("category")] == list(article.tags)
    assert [one.get("term") for one in entry.iterfind("a:category", SPACES)] == list(article.tags)
    assert [one["name"] for one in item.get("authors", [])] == names
    assert [one.text for one in entry.iterfind("a:author/a:name", SPACES)] == names
    assert (element.findtext("d:creator", None, SPACES) or "") == ", ".join(names)
    assert item["id"] == element.findtext("guid") == entry.findtext("a:id", None, SPACES) == article.id
    heading = json.loads(made["feed.json"])["title"]
    assert heading == rss.findtext("title") == atom.findtext("a:title", None, SPACES)
    assert heading == (one_line(site.title) or "https://example.org/")
    for data in made.values():
        assert not illegal_in(data.decode())


@QUIET
@given(LITERAL, LITERAL, st.booleans())
def test_what_no_markup_is_in_arrives_as_it_was_typed(title, tag, raw):
    source = f"---\ntitle: {yaml('T' + title, raw=raw)}\ndate: 2024-03-08\ntags: [{yaml('t' + tag, raw=raw)}]\n---\nx"
    _, article, _ = published(source, '"T"', '"D"')
    assert article.title == one_line("T" + title)
    assert article.tags == (one_line("t" + tag),)
