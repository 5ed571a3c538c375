"""A broken output for every rule: each is found, and nothing is in what is whole."""

import io
import json
import os
from dataclasses import fields

import pytest
from making import run, write_article, write_site
from PIL import Image

from syndicate.checking import standing
from syndicate.checking.published import LARGEST, Shelf, base_of, judge
from syndicate.findings import ordered
from syndicate.findings.published import PUBLISHED
from syndicate.platforms import Platform, platforms

BASE = "https://example.org/"
CARD = f"{BASE}cards/a/og.jpg"


def picture(width=1200, height=630, kind="JPEG", pad=0):
    place = io.BytesIO()
    Image.new("RGB", (width, height), "#123").save(place, kind)
    return place.getvalue() + bytes(pad)


def page(*, image=CARD, alt="What it shows", title="A title", description="", extra="", before=""):
    metas = {"og:type": "article", "og:title": title, "og:description": description, "og:image": image}
    metas["og:image:alt"] = alt
    said = "".join(f'<meta property="{name}" content="{text}">' for name, text in metas.items() if text)
    return f"<!doctype html><html><head>{before}{said}{extra}</head><body><article>x</article>".encode()


ITEM = (
    '<item><title>A</title><link>https://example.org/a/</link><guid isPermaLink="false">{0}</guid>'
    "<pubDate>Fri, 08 Mar 2024 15:13:00 +0100</pubDate></item>"
)
SELF = '<a:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>'


ONE = ITEM.format("a")


def rss(items=ONE, own=SELF, channel=""):
    return (
        f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>T</title>'
        f"<link>https://example.org/</link><description>D</description>{own}{channel}{items}</channel></rss>"
    ).encode()


def atom(entry="", feed="<id>urn:x</id><title>T</title><updated>2024-03-08T15:13:00Z</updated>"):
    own = '<link rel="self" href="https://example.org/atom.xml"/><author><name>A</name></author>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}{own}{entry}</feed>'.encode()


ENTRY = (
    '<entry><id>urn:a</id><title>A</title><updated>{when}</updated><link href="https://example.org/a/"/>{more}</entry>'
)


def entry(when="2024-03-08T15:13:00Z", more=""):
    return ENTRY.format(when=when, more=more)


def feed_json(*items, **fields):
    plain = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "feed_url": f"{BASE}feed.json"}
    return json.dumps({**plain, "items": list(items), **fields}).encode()


def listing(**fields):
    card = {"path": "cards/a/og.jpg", "url": CARD, "width": 1200, "height": 630, "media_type": "image/jpeg"}
    return json.dumps({"articles": {BASE: {"cards": [{**card, **fields}]}}}).encode()


def codes(files, *, whole=False, base=BASE):
    files = {"cards/a/og.jpg": picture(), **files}
    return {one.code for one in judge(Shelf(frozenset(files), files.get, base, whole))}


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"/>'
WIDE = {"cards/a/og.jpg": picture(2100, 500), "a.html": page()}
BROKEN = [
    ("tags-late", {"a.html": page(before=f"<style>{'x' * 40_000}</style>")}),
    ("preview-title-missing", {"a.html": page(title="")}),
    ("preview-title-cut", {"a.html": page(title="word " * 20)}),
    ("preview-description-cut", {"a.html": page(description="word " * 50)}),
    ("preview-refused", {"a.html": page(alt="x" * 421)}),
    ("preview-refused", {"a.html": page(extra=f'<meta property="og:site_name" content="{"x" * 257}">')}),
    ("card-missing", {"a.html": page(image="")}),
    ("card-several", {"a.html": page(extra=f'<meta property="og:image" content="{CARD}">')}),
    ("card-alt-missing", {"a.html": page(alt="")}),
    ("card-misdeclared", {"a.html": page(extra='<meta property="og:image:width" content="600">')}),
    ("card-misdeclared", {"a.html": page(extra='<meta property="og:image:type" content="image/png">')}),
    ("address-relative", {"a.html": page(image="/cards/a/og.jpg")}),
    ("address-relative", {"a.html": page(image="https://[")}),
    ("address-insecure", {"a.html": page(image="http://example.com/og.jpg")}),
    ("address-local", {"a.html": page(image="http://127.0.0.1:8000/og.jpg")}),
    ("reference-broken", {"a.html": page(image=f"{BASE}cards/b/og.jpg")}),
    ("picture-heavy", {"cards/a/og.jpg": picture(pad=600_001), "a.html": page()}),
    ("picture-small", {"cards/a/og.jpg": picture(200, 105), "a.html": page()}),
    ("picture-narrow", WIDE),
    ("picture-unread", {"a.html": page(image=f"{BASE}o.webp"), "o.webp": picture(kind="WEBP")}),
    ("picture-mistyped", {"cards/a/og.jpg": picture(kind="PNG"), "a.html": page()}),
    ("picture-mistyped", {"cards/a/og.jpg": b"<html>404", "a.html": page()}),
    ("card-listed-wrong", {"cards.json": listing(width=600)}),
    ("reference-broken", {"cards.json": listing(path="cards/b/og.jpg")}),
    ("published-unread", {"cards.json": b"[]"}),
    ("published-unread", {"rss.xml": None}),
    ("feed-invalid", {"rss.xml": b"<rss><channel>"}),
    ("feed-invalid", {"rss.xml": b"<rss version='0.91'><channel/></rss>"}),
    ("feed-invalid", {"rss.xml": rss("<item/>")}),
    ("feed-invalid", {"rss.xml": rss(ITEM.format("a").replace("Fri", "Mon"))}),
    ("feed-invalid", {"rss.xml": rss(ITEM.format("a").replace("+0100", "CET"))}),
    ("feed-invalid", {"rss.xml": rss("<item><title>A</title><guid>no address</guid></item>")}),
    ("feed-invalid", {"rss.xml": rss("<item><title>A</title><title>B</title></item>")}),
    ("feed-invalid", {"rss.xml": rss("<item><title>A</title><author>Ada</author></item>")}),
    ("feed-invalid", {"rss.xml": rss('<item><title>A</title><enclosure url="x"/></item>')}),
    ("feed-invalid", {"rss.xml": rss(channel="<language>so lala</language>")}),
    ("feed-invalid", {"rss.xml": rss(channel="<ttl>soon</ttl>")}),
    ("feed-doubtful", {"rss.xml": rss("<item><title>A</title></item>")}),
    ("feed-doubtful", {"a.rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'}),
    ("feed-invalid", {"atom.xml": atom(feed="<title>T</title>")}),
    ("feed-invalid", {"atom.xml": atom(entry(when="8 March 2024"))}),
    ("feed-invalid", {"atom.xml": atom(entry(more='<link href="https://example.org/b/"/>'))}),
    ("feed-invalid", {"atom.xml": atom(entry(more="<link rel='related'/>"))}),
    ("feed-invalid", {"atom.xml": atom(entry(more="<content type='html'><b/></content>"))}),
    ("feed-invalid", {"atom.xml": atom(entry(more="<content type='xhtml'>a</content>"))}),
    ("feed-invalid", {"atom.xml": atom(entry(more="<content src='https://example.org/'/>"))}),
    ("feed-invalid", {"atom.xml": atom(entry(more="<summary type='markdown'>a</summary>"))}),
    ("feed-invalid", {"atom.xml": atom(entry()).replace(b"<author><name>A</name></author>", b"")}),
    ("feed-invalid", {"atom.xml": atom(entry()).replace(b"urn:a", b"a")}),
    ("feed-invalid", {"feed.json": feed_json({"id": 7, "content_text": "x"})}),
    ("feed-invalid", {"feed.json": feed_json({"id": "7"})}),
    ("feed-invalid", {"feed.json": feed_json({"id": "7", "content_text": "x", "date_published": "2024-03-08"})}),
    ("feed-invalid", {"feed.json": feed_json({"id": "7", "content_text": "x", "tags": "a"})}),
    ("feed-invalid", {"feed.json": feed_json({"id": "7", "content_text": "x", "attachments": [{}]})}),
    ("feed-invalid", {"feed.json": feed_json(authors=[{}])}),
    ("feed-invalid", {"feed.json": feed_json(title=None)}),
    ("feed-invalid", {"feed.json": feed_json()[:-1]}),
    ("feed-invalid", {"feeds.opml": b"<opml><body><outline type='rss' text='a'/></body></opml>"}),
    ("feed-invalid", {"feeds.opml": b"<opml>"}),
    ("feed-id-twice", {"rss.xml": rss(ITEM.format("a") * 2)}),
    ("feed-order", {"rss.xml": rss(ITEM.format("a") + ITEM.format("b").replace("Fri, 08", "Sat, 09"))}),
    ("feed-self-missing", {"rss.xml": rss(own="")}),
    ("feed-self-missing", {"atom.xml": atom().replace(b'rel="self"', b'rel="related"')}),
    ("feed-self-missing", {"feed.json": feed_json(feed_url=None)}),
    ("feed-mistyped", {"rss.xml": rss(own=SELF.replace("rss+", "atom+"))}),
    (
        "feed-mistyped",
        {
            "a.html": page(extra=f'<link rel="alternate" type="application/atom+xml" href="{BASE}rss.xml">'),
            "rss.xml": rss(),
        },
    ),
    ("address-relative", {"rss.xml": rss(ITEM.format("a").replace("https://example.org", ""))}),
    ("feed-heavy", {"rss.xml": rss(channel=f"<!--{'x' * 10_000_000}-->")}),
]


@pytest.mark.parametrize("code, files", BROKEN, ids=[f"{at}-{code}" for at, (code, _) in enumerate(BROKEN)])
def test_a_broken_rule_is_found(code, files):
    assert code in codes(files)


def test_there_is_a_broken_output_for_every_code():
    assert {code for code, _ in BROKEN} >= set(PUBLISHED)


def test_nothing_is_found_in_what_is_whole():
    item = {"id": "7", "content_text": "x", "date_published": "2024-03-08T15:13:00+01:00"}
    linked = page(extra=f'<link rel="alternate" type="application/rss+xml" href="{BASE}rss.xml">')
    assert not codes(
        {"a.html": linked, "rss.xml": rss(), "atom.xml": atom(entry()), "feed.json": feed_json(item)}, whole=True
    )


def named(text):
    return f'<meta property="og:site_name" content="{text}">'


BEYOND = {
    "image_bytes": lambda most: {"cards/a/og.jpg": picture(pad=most), "a.html": page()},
    "image_width": lambda least: {"cards/a/og.jpg": picture(least - 1), "a.html": page()},
    "image_height": lambda least: {"cards/a/og.jpg": picture(height=least - 1), "a.html": page()},
    "image_ratio": lambda _: WIDE,
    "alt": lambda most: {"a.html": page(alt="x" * (most + 1))},
    "site_name": lambda most: {"a.html": page(extra=named("x" * (most + 1)))},
    "title": lambda most: {"a.html": page(title="x" * (most + 1))},
    "description": lambda most: {"a.html": page(description="x" * (most + 1))},
    "head": lambda most: {"a.html": page(before=f"<style>{'x' * most}</style>")},
    "one_image": lambda _: {"a.html": page(extra=f'<meta property="og:image" content="{CARD}">')},
}
KINDS = {"image/webp": picture(kind="WEBP"), "image/avif": picture(kind="AVIF"), "image/svg+xml": SVG}


def said_of(files):
    files = {"cards/a/og.jpg": picture(), **files}
    return " ".join(one.message for one in judge(Shelf(frozenset(files), files.get, BASE)))


DRAWN = {"key", "name", "sources", "layout", "radius", "frame", "title_lines", "description_lines", "large", "tags"}
POSTED = {"limit", "count", "again"}


def test_every_rule_of_the_table_is_drawn_posted_or_judged():
    assert {rule.name for rule in fields(Platform)} == DRAWN | POSTED | BEYOND.keys() | {"unread"}


@pytest.mark.parametrize("one", platforms(), ids=lambda one: one.name)
def test_every_limit_of_a_platform_is_judged(one):
    """What is just beyond a limit names the platform whose limit it is."""
    assert one.sources
    for rule, broken in BEYOND.items():
        limit = getattr(one, rule)
        assert not limit or one.name in said_of(broken(limit)), rule
    for kind in one.unread:
        assert one.name in said_of({"o.bin": KINDS[kind], "a.html": page(image=f"{BASE}o.bin")}), kind


def test_titles_are_cut_between_graphemes_and_counted_in_them():
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert "preview-title-cut" not in codes({"a.html": page(title=family * 70)})
    files = {"cards/a/og.jpg": picture(), "a.html": page(title=family * 71)}
    (cut,) = (x for x in judge(Shelf(frozenset(files), files.get, BASE)) if x.code == "preview-title-cut")
    assert "70 of 71 graphemes" in cut.message


def test_a_file_of_one_entry_a_thousand_times_is_remarked_on_twenty_times():
    found = {"rss.xml": rss("<item/>" * 1000)}
    assert len(judge(Shelf(frozenset(found), found.get, BASE))) <= 60


def test_hostile_files_cost_a_finding_and_nothing_else(tmp_path):
    bomb = b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0">&b;</rss>'
    (tmp_path / "rss.xml").write_bytes(bomb)
    (tmp_path / "deep.json").write_text('{"version":"https://jsonfeed.org/version/1.1","items":' + "[" * 100_000)
    (tmp_path / "deep.html").write_text("<html><head>" + "<template>" * 100_000)
    (tmp_path / "deep.xml").write_text("<rss>" + "<a>" * 100_000)
    (tmp_path / "link.html").symlink_to("/etc/passwd")
    with (tmp_path / "huge.xml").open("wb") as file:
        file.truncate(LARGEST + 1)
    count, found = standing(tmp_path, BASE)
    assert count == 6
    unread = {one.path for one in found if one.code == "published-unread"}
    assert {"link.html", "huge.xml"} <= unread
    assert found == ordered(found)


def test_where_it_is_served_is_told_by_the_index_or_a_feed():
    for files in ({"cards.json": listing()}, {"rss.xml": rss()}, {"feed.json": feed_json()}):
        assert base_of(Shelf(frozenset(files), files.get)) == BASE
    assert not base_of(Shelf(frozenset(), {}.get))


def test_the_command_judges_an_output_and_a_built_folder(tmp_path):
    root, out = write_site(tmp_path / "site"), tmp_path / "out"
    write_article(root, "a.md", "A title")
    assert run("build", root, "-o", out).returncode == 0
    for command in (("check", root, "-o", out), ("check", out)):
        done = run(*command)
        assert (done.returncode, done.stdout.rpartition(": ")[2]) == (0, "0 faults\n"), done.stderr
    built = tmp_path / "built"
    built.mkdir()
    (built / "index.html").write_bytes(page(image="/og.jpg"))
    done = run("check", built, "--format", "github")
    assert done.returncode == 1
    assert "title=address-relative" in done.stderr
    said = json.loads(run("check", built, "--format", "json").stdout)
    assert [one["code"] for one in said["findings"]] == ["address-relative"]
    assert run("check", out, "--repair").returncode == 2


def test_names_that_are_no_text_are_told_of(tmp_path):
    (tmp_path / "index.html").write_bytes(page())
    (tmp_path / "cards.json").write_bytes(listing(path="cards/\ud800.jpg"))
    (tmp_path / os.fsdecode(b"\xff.xml")).write_bytes(b"<rss>")
    for shape in ("text", "json", "github"):
        done = run("check", tmp_path, "--format", shape)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    found = json.loads(run("check", tmp_path, "--format", "json").stdout)["findings"]
    assert {"feed-invalid", "reference-broken"} <= {one["code"] for one in found}


def test_content_is_published_without_a_fault(tmp_path):
    assert run("build", "content", "-o", tmp_path).returncode == 0
    done = run("check", "content", "-o", tmp_path, "--format", "json")
    found = json.loads(done.stdout)["findings"]
    # What a platform shows of a long title is for people to know, and no fault.
    assert {one["code"] for one in found} <= {"preview-title-cut", "preview-description-cut"}
