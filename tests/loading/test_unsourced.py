"""Sites that are known by their built pages alone."""

from datetime import UTC, datetime

import pytest
from making import picture_bytes

from syndicate.loading import unsourced
from syndicate.loading.sources import Tree
from syndicate.settings import parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = "<p>What it says, and says again, so that it is more than what leads to another page.</p>"


def page(title, head="", body=WORDS, date="2024-03-08T15:13:00+01:00", lang="fr"):
    said = f'<meta property="article:published_time" content="{date}">' if date else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{said}{head}</head>'
        f"<body><nav>Menu</nav><main>{body}</main></body></html>"
    )


def load(root, files, settings="", ours=lambda _: False, **options):
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return unsourced.load(Tree(root), parse(settings, "syndicate.toml"), NOW, ours, **options)


def canonical(path, base="https://e.org/"):
    return f'<link rel="canonical" href="{base}{path}">'


def codes(loaded):
    return {(one.path, one.code) for one in loaded.findings}


def test_a_page_becomes_an_article(tmp_path):
    head = (
        canonical("b/a/", "https://e.org/b/")
        + '<meta property="og:image" content="/b/i.jpg"><meta property="og:image:alt" content="Une vue">'
        + '<meta name="author" content="Ada"><meta property="article:tag" content="mer">'
        + '<meta property="article:modified_time" content="2024-03-09"><meta property="og:description" content="Quoi">'
    ).replace("b/b/", "b/")
    made = load(
        tmp_path,
        {
            "a/index.html": page("Été – Le Site", head),
            "c.html": page("Vent – Le Site", canonical("c.html", "https://e.org/b/"), date="2024-02-01"),
            "index.html": page("Le Site", canonical("", "https://e.org/b/") + '<meta name=description content="Un site">', date=""),
            "i.jpg": picture_bytes(1600, 1000),
        },
    )  # fmt: skip
    site = made.site
    assert (site.title, site.base_url, site.language, site.description) == (
        "Le Site",
        "https://e.org/b/",
        "fr",
        "Un site",
    )
    one, other = site.articles
    assert (one.permalink, one.title, one.summary) == ("https://e.org/b/a/", "Été", "Quoi")
    assert one.published == datetime.fromisoformat("2024-03-08T15:13:00+01:00")
    assert (one.updated.day, one.dated, one.tags, one.authors[0].name) == (9, True, ("mer",), "Ada")
    assert (one.lead.asset.path, one.lead.url, one.lead.alt) == ("i.jpg", "https://e.org/b/i.jpg", "Une vue")
    assert one.html == WORDS
    assert (other.permalink, other.title) == ("https://e.org/b/c.html", "Vent")
    assert made.findings == ()


@pytest.mark.parametrize(
    ("files", "base"),
    [
        ({"sitemap.xml": "<urlset><url><loc>https://e.org/x/a/</loc></url></urlset>"}, "https://e.org/x/"),
        ({"feed.xml": "<rss><channel><item><link>https://e.org/a/</link></item></channel></rss>"}, "https://e.org/"),
        ({"CNAME": "www.e.org\n"}, "https://www.e.org/"),
        ({"CNAME": "not a host/\n"}, "http://localhost/"),
        ({"b/index.html": page("B", canonical("other/"))}, "http://localhost/"),
    ],
)
def test_where_a_site_is_served_is_said_somewhere(tmp_path, files, base):
    made = load(tmp_path, {"a/index.html": page("A"), **files})
    assert made.site.base_url == base


def test_what_all_pages_say_is_the_sites(tmp_path):
    common = '<meta property="og:image" content="/logo.png"><meta name="description" content="Un site de la mer.">'
    files = {f"{name}/index.html": page(name, canonical(f"{name}/") + common) for name in "abcd"}
    made = load(tmp_path, {**files, "logo.png": picture_bytes(1200, 800, "PNG")})
    assert [one.lead for one in made.site.articles] == [None] * 4
    assert {one.summary for one in made.site.articles} == {"What it says, and says again, so that it is more than what leads to another page."}  # fmt: skip


def test_a_card_that_somebody_made_is_no_picture_for_ours(tmp_path):
    shown = f'{WORDS}<img src="/big.jpg" alt="Une vue">'
    made = load(
        tmp_path,
        {
            "a/index.html": page("A", canonical("a/") + '<meta property="og:image" content="/card.png">', shown),
            "b/index.html": page("B", canonical("b/") + '<meta property="og:image" content="/card.png">', '<article><img src="/card.png"></article>' + WORDS),
            "card.png": picture_bytes(1200, 630, "PNG"),
            "big.jpg": picture_bytes(1600, 1000),
        },
    )  # fmt: skip
    leads = {one.title: one.lead.asset.path for one in made.site.articles}
    assert leads == {"A": "big.jpg", "B": "card.png"}


def test_feeds_tell_dates_and_ids(tmp_path):
    item = "<item><link>https://e.org/a/</link><guid>urn:uuid:1</guid><pubDate>Fri, 08 Mar 2024 15:13:00 +0100</pubDate></item>"
    zero = "<item><link>https://e.org/b/</link><pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate></item>"
    made = load(
        tmp_path,
        {
            "a/index.html": page("A", canonical("a/"), date=""),
            "b/index.html": page("B", canonical("b/"), date=""),
            "index.xml": f"<rss><channel>{item}{zero}</channel></rss>",
            "deep/index.xml": "<rss><channel><item><link>https://e.org/b/</link><pubDate>1 Jan 2020</pubDate></item></channel></rss>",
        },
    )  # fmt: skip
    (one,) = made.site.articles
    assert (one.id, one.published.isoformat()) == ("urn:uuid:1", "2024-03-08T15:13:00+01:00")
    assert ("b/index.html", "undated-skipped") in codes(made)


def test_each_page_has_its_own_fate(tmp_path):
    made = load(
        tmp_path,
        {
            "old/index.html": page("Old", '<meta http-equiv="refresh" content="0; url=/a/">' + canonical("a/")),
            "a/index.html": page("A", canonical("a/")),
            "amp/a/index.html": page("A, again", canonical("a/")),
            "hidden/index.html": page("Hidden", canonical("hidden/") + '<meta name="robots" content="noindex">'),
            "future/index.html": page("Future", canonical("future/"), date="2030-01-01"),
            "empty/index.html": page("Empty", canonical("empty/"), body=""),
            "wide/index.html": page("Wide").encode("utf-16"),
            "about.html": page("About", date=""),
            "ours/index.html": page("Ours", canonical("ours/")),
        },
        ours=lambda path: path.startswith("ours/"),
    )
    assert {one.title for one in made.site.articles} == {"A", "Empty"}
    assert codes(made) == {
        ("hidden/index.html", "unpublished-skipped"),
        ("future/index.html", "future-skipped"),
        ("empty/index.html", "built-body-missing"),
        ("wide/index.html", "page-skipped"),
    }
    assert made.until == datetime(2030, 1, 1, tzinfo=UTC)


def test_a_canonical_link_to_the_front_page_on_every_page_says_nothing(tmp_path):
    files = {f"{name}/index.html": page(name, canonical("")) for name in "ab"}
    made = load(tmp_path, {**files, "index.html": page("Home", canonical(""), date="")})
    assert {one.permalink for one in made.site.articles} == {"https://e.org/a/", "https://e.org/b/"}


def test_translations_are_those_that_are_there(tmp_path):
    links = '<link rel="alternate" hreflang="en" href="/en/a/"><link rel="alternate" hreflang="de" href="/de/a/">'
    made = load(
        tmp_path,
        {
            "a/index.html": page("A", canonical("a/") + links),
            "en/a/index.html": page("A", canonical("en/a/") + links, lang="en"),
        },
    )
    assert {one.language: [t.permalink for t in one.translations] for one in made.site.articles} == {
        "fr": ["https://e.org/en/a/"],
        "en": [],
    }


def test_hostile_pages_are_harmless(tmp_path):
    body = '<article><p onclick="x()">Say <script>alert(1)</script><a href="javascript:x()">it</a> again and again and again, here.</p></article>'
    head = (
        canonical("a/")
        + '<meta property="og:title" content="<script>&#x202e;x"><meta property="og:image" content="file:///etc/passwd">'
    )
    made = load(
        tmp_path, {"a/index.html": page("A", head, body), "b/index.html": page("B", canonical("b/"), "<div>" * 30000)}
    )
    one = next(one for one in made.site.articles if one.permalink.endswith("/a/"))
    assert "script" not in one.html
    assert "onclick" not in one.html
    assert one.lead is None
    assert "\u202e" not in one.title
