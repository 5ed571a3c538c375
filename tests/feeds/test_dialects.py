"""Three dialects, one story: what was written is what any reader reads."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import article, shared
from subscribing import items, parsed, text_of, written

from syndicate.characters import one_line, prose
from syndicate.model import Author, Picture, Translation

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&\"'\r\n\t\x00\x0b\x85\u2028\u2029\ufffe\ufffd\ud800\u00a0\u202f\u200d\u0301\u202e😀𐍈]"),
        st.sampled_from(list("abc {}%[]/;#x")),
    ),
    max_size=40,
)
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "d": "http://purl.org/dc/elements/1.1/",
}
LABELS = ODD.map(one_line)
TEXTS = ODD.map(lambda text: prose(text).strip())
HTML = ODD.map(lambda text: prose(text.replace("<", "").strip())).map(lambda text: f"<p>{text}</p>")


@st.composite
def odd_articles(draw):
    number = draw(st.integers(0, 9999))
    return article(
        number,
        title=draw(LABELS.filter(str.strip)),
        summary=draw(TEXTS.filter(str.strip)),
        html=draw(HTML),
        tags=tuple(draw(st.lists(LABELS.filter(str.strip), max_size=3, unique=True))),
        authors=tuple(Author(name=name) for name in draw(st.lists(LABELS.filter(str.strip), max_size=3))),
        language=draw(st.sampled_from(["en", "fr", "zh-Hant", "pt-BR"])),
    )


def mended(text):
    """Text as feedparser gives it: white space at the ends is nobody's, and what looks like mojibake is repaired."""
    try:
        return text.strip().encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text.strip()


@settings(max_examples=100, deadline=None)
@given(odd_articles())
def test_feeds_read_back_what_was_written(one):
    made = written(one)
    for path in ("rss.xml", "atom.xml"):
        (entry,) = parsed(made[path]).entries
        assert entry.title == mended(one.title)
        assert mended(text_of(entry.summary_detail)) == mended(one.summary)
        assert entry.content[0].value == mended(one.html)
        for found, tag in zip(entry.get("tags", []), one.tags, strict=True):
            assert mended(found.term) in {mended(tag), mended(mended(tag))}  # attributes are not mended
        assert (entry.id, entry.link) == (one.id, one.permalink)
        assert entry.title_detail.language == one.language


@settings(max_examples=100, deadline=None)
@given(odd_articles())
def test_every_character_arrives(one):
    made = written(one)
    names = [author.name for author in one.authors]
    (item,) = items(made["feed.json"])
    assert (item["title"], item["summary"], item["content_html"]) == (one.title, one.summary, one.html)
    assert (item.get("tags", []), [author["name"] for author in item.get("authors", [])]) == (list(one.tags), names)
    atom = ET.fromstring(made["atom.xml"]).find("a:entry", SPACES)
    assert [atom.findtext(f"a:{name}", namespaces=SPACES) for name in ("title", "summary", "content")] == [
        one.title, one.summary, one.html,
    ]  # fmt: skip
    assert [tag.get("term") for tag in atom.iterfind("a:category", SPACES)] == list(one.tags)
    assert [name.text for name in atom.iterfind("a:author/a:name", SPACES)] == names
    rss = ET.fromstring(made["rss.xml"]).find("channel/item")
    assert (rss.findtext("title"), rss.findtext("c:encoded", namespaces=SPACES)) == (one.title, one.html)
    assert html.unescape(rss.findtext("description")) == html.unescape(html.escape(one.summary, quote=False))
    assert [tag.text for tag in rss.iterfind("category")] == list(one.tags)
    assert rss.findtext("d:creator", namespaces=SPACES) == (", ".join(names) or None)


@given(ODD, ODD)
@settings(max_examples=50, deadline=None)
def test_the_feeds_own_words_read_back_too(title, description):
    made = written(article(1), title=title, description=description)
    name, about = one_line(title), one_line(description)
    for path in ("rss.xml", "atom.xml"):
        found = parsed(made[path]).feed
        assert found.title == (mended(name) if name else "https://example.org/")
        if about.strip():
            assert text_of(found.subtitle_detail) == mended(about)


@cache
def grammar():
    from lxml import etree

    return etree.RelaxNG(etree.parse(shared("checks", "atom.rng")))


def sites():
    picture = Picture(url="https://example.org/p.jpg", alt="A view", width=1600, height=1000, size=9)
    return {
        "empty": ((), {}),
        "one": ((article(1),), {}),
        "no author": ((article(1, authors=()), article(2)), {}),
        "no words": ((article(1, title="", summary="", html="", tags=()),), {"title": "", "description": ""}),
        "summaries": ((article(1, lead=picture), article(2, summary="")), {"full_content": False}),
        "picture": ((article(1, lead=picture),), {}),
        "elsewhere": ((article(1, link="https://elsewhere.example/a?b=1&c=2"),), {}),
        "right to left": ((article(1, language="ar", title="مرحبا (1)", html="<p>مرحبا</p>"),), {"language": "ar"}),
        "cdata": ((article(1, title="]]>", summary="a ]]> b", html="<p>]]&gt; <![CDATA[ ]]></p>"),), {}),
        "long": ((article(1, title="Wörter " * 36 + "Ende"),), {}),
        "urn": ((article(1, id="tag:example.org,2024:1"),), {}),
        "contact": ((article(1, authors=(Author(name="A", url="https://a.example/", email="a@a.example"),)),), {}),
        "many": (tuple(map(article, range(30))), {"feed_limit": 7}),
    }


@pytest.mark.parametrize("case", sites())
def test_each_dialect_is_valid(case):
    import json

    import jsonschema
    from lxml import etree
    from making import ROOT

    articles, fields = sites()[case]
    made = written(*articles, **fields)
    schema = json.loads((ROOT / "tests/feeds/jsonfeed-1.1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(made["feed.json"]), schema)
    rss, atom = parsed(made["rss.xml"]), parsed(made["atom.xml"])
    limit = fields.get("feed_limit", 20)
    assert (rss.version, atom.version) == ("rss20", "atom10")
    assert len(rss.entries) == len(atom.entries) == len(items(made["feed.json"])) == min(len(articles), limit)
    grammar().assertValid(etree.fromstring(made["atom.xml"]))


@pytest.mark.parametrize("case", sites())
def test_an_atom_entry_is_never_without_an_author(case):
    articles, fields = sites()[case]
    found = parsed(written(*articles, **fields)["atom.xml"])
    assert found.feed.get("authors") or all(entry.get("authors") for entry in found.entries)


def test_newest_first_and_no_more_than_asked():
    made = written(*map(article, range(30)), feed_limit=7)
    expected = [f"https://example.org/a{number:04}/" for number in range(29, 22, -1)]
    assert [item["id"] for item in items(made["feed.json"])] == expected
    for path in ("rss.xml", "atom.xml"):
        assert [entry.id for entry in parsed(made[path]).entries] == expected


def test_a_feed_knows_its_own_address_and_its_page():
    made = written(article(1), base_url="https://example.org/sub/")
    for path, kind in (("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")):
        feed = parsed(made[path]).feed
        (own,) = [link for link in feed.links if link.rel == "self"]
        assert (own.href, own.type) == (f"https://example.org/sub/{path}", kind)
        assert feed.link == "https://example.org/sub/"
    assert b'"feed_url": "https://example.org/sub/feed.json"' in made["feed.json"]


def test_the_lead_image_is_the_same_address_everywhere():
    picture = Picture(url="https://example.org/p%20q.jpg?a=1&b=2", alt="A & B", width=16, height=10, size=9)
    made = written(article(1, lead=picture))
    assert items(made["feed.json"])[0]["image"] == picture.url
    for path in ("rss.xml", "atom.xml"):
        (entry,) = parsed(made[path]).entries
        (media,) = entry.media_content
        assert media == {
            "url": picture.url, "type": "image/jpeg", "medium": "image", "filesize": "9", "width": "16", "height": "10",
        }  # fmt: skip
        assert b">A &#x26; B</media:description>" in made[path] or b">A &amp; B</media:description>" in made[path]
        assert entry.content[0].value.count("<img") == 1
        assert 'src="https://example.org/p%20q.jpg?a=1&amp;b=2"' in entry.content[0].value


def test_a_permalink_guid_says_so_and_no_other():
    assert b'<guid isPermaLink="true">https://example.org/a0001/' in written(article(1))["rss.xml"]
    assert b'<guid isPermaLink="false">tag:x' in written(article(1, id="tag:x"))["rss.xml"]


def test_an_article_that_lives_elsewhere_is_linked_there_and_keeps_its_id():
    there = "https://elsewhere.example/a?b=1&c=2"
    made = written(article(1, link=there))
    item = items(made["feed.json"])[0]
    assert (item["id"], item["url"], item["external_url"]) == ("https://example.org/a0001/", there, there)
    for path in ("rss.xml", "atom.xml"):
        (entry,) = parsed(made[path]).entries
        assert (entry.id, entry.link) == ("https://example.org/a0001/", there)
        assert [link.href for link in entry.links] == [there]


def test_rss_texts_use_hexadecimal_references():
    made = written(article(1, title="R&D <picture>", tags=("A&B",), authors=(Author(name="C & D"),)), title="T & <x>")
    rss = made["rss.xml"].decode()
    for line in ("R&#x26;D &#x3C;picture&#x3E;", "A&#x26;B", "C &#x26; D", "T &#x26; &#x3C;x&#x3E;"):
        assert f">{line}</" in rss


def test_the_build_leaves_no_trace_of_its_hour():
    made = written(article(1))
    assert made == written(article(1))
    years = {year for data in made.values() for year in re.findall(rb"20\d\d(?!/Atom)", data)}
    assert years == {b"2024"}


def test_updated_is_the_newest_change_among_the_entries():
    edited = replace(article(1), updated=datetime(2024, 6, 1, tzinfo=UTC))
    made = written(edited, article(2))
    assert b"<lastBuildDate>Sat, 01 Jun 2024 00:00:00 +0000</lastBuildDate>" in made["rss.xml"]
    assert parsed(made["atom.xml"]).feed.updated == "2024-06-01T00:00:00+00:00"
    assert b"lastBuildDate" not in written()["rss.xml"]
    assert b"<atom:updated>2024-06-01T00:00:00+00:00</atom:updated>" in made["rss.xml"]


def test_nothing_an_article_says_is_live_in_the_file():
    words = "<script> {{ x }} {% y %} {{{ z"
    made = written(article(1, title=words, html=f"<p>{html.escape(words)}</p>", summary="</SCRIPT><!--", tags=(words,)))
    for data in made.values():
        assert not re.search(rb"<(?=/?script|!--)|\{[{%]", data, re.IGNORECASE)
    assert items(made["feed.json"])[0]["title"] == words
    assert [parsed(made[path]).entries[0].title for path in ("rss.xml", "atom.xml")] == [words, words]


def test_a_feed_nobody_can_swallow_is_remarked_on():
    from making import site

    from syndicate import feeds

    made = site(*(article(n, html="<p>x</p>" * 100_000, tags=()) for n in range(7)))
    remarks = [one.recipe.render(None).findings for one in feeds.plan(made) if one.path in {"rss.xml", "feed.json"}]
    assert [[remark.code for remark in found] for found in remarks] == [["feed-heavy"], ["feed-heavy"]]
    assert remarks[0][0].path == "https://example.org/rss.xml"
    assert "14.0 MB" in remarks[0][0].message


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "feed.json"])
def test_golden(path):
    from making import ROOT

    golden = ROOT / "tests/feeds/golden" / path
    assert small()[path].decode() == golden.read_text(encoding="utf-8"), (
        "read the difference; if it is meant, write it there"
    )


def small():
    """Two entries that show what an entry can have."""
    from datetime import timedelta, timezone

    paris = timezone(timedelta(hours=1))
    link = "https://example.org/2024/femmes-et-num%C3%A9rique/"
    rich = article(
        1,
        title="R&D : « <picture> » et l’État",
        permalink=link,
        id=link,
        published=datetime(2024, 3, 8, 15, 13, tzinfo=paris),
        updated=datetime(2024, 3, 9, 10, 0, tzinfo=paris),
        language="fr",
        summary="Onze témoignages, & plus.",
        html='<p>Voir <a href="https://example.org/a?b=1&amp;c=2">la page</a>.</p>',
        tags=("8 mars", "R&D"),
        authors=(Author(name="Ada Lovelace", url="https://ada.example/"), Author(name="Grace Hopper")),
        lead=Picture(url="https://example.org/p.jpg?v=1&w=2", alt="Le port", width=1600, height=1000, size=123456),
    )
    bare = article(
        2,
        title="مرحبا",
        language="ar",
        summary="",
        html="<p>مرحبا بالعالم</p>",
        tags=(),
        authors=(),
        id="tag:example.org,2024:2",
        link="https://elsewhere.example/2/",
    )
    return written(rich, bare, title="Exemple & Cie", description="Un exemple.", language="fr")


def test_an_entry_names_its_translations_and_still_leads_to_itself():
    others = tuple(Translation(language=tag, permalink=f"https://example.org/{tag}/?a&b") for tag in ("de", "fr"))
    one = article(1, translations=others)
    feed = written(one)
    (entry,) = parsed(feed["atom.xml"]).entries
    assert entry.link == one.permalink
    alternates = [link for link in entry.links if link.rel == "alternate"]
    # RFC 4287, section 4.1.2: no two of the same type and language.
    said = [(link.type, link.get("hreflang")) for link in alternates]
    assert said == [("text/html", tag) for tag in (None, "de", "fr", "en")]
    assert alternates[0].href == alternates[-1].href == one.permalink
    assert [link.href for link in alternates[1:-1]] == [other.permalink for other in others]
    assert feed["rss.xml"] == written(article(1))["rss.xml"]
    assert feed["feed.json"] == written(article(1))["feed.json"]
