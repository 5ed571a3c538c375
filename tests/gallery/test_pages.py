import json
import pickle
import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showing import HOSTILE, PARIS, article, card, front, planned, rendered, site, strictly

from syndicate import gallery
from syndicate.cards import outlets
from syndicate.gallery import PAGE
from syndicate.gallery.exhibits import label
from syndicate.model import Author
from syndicate.settings import Cards

DEFAULT_SET = [
    {
        "outlet": one.name,
        "width": one.width,
        "height": one.height,
        "path": f"cards/2024/03/08/a-title-of-quite-usual-length-12/{one.name}-{one.width}x{one.height}.0123456789abcdef.jpg",
    }
    for one in (*outlets.chosen(Cards().outlets), *outlets.CROPS)
]


def texts(page, at):
    return [one.text_content() for one in page.cssselect(at)]


def many(count):
    return [article(number) for number in range(count)]


def test_the_page_lists_every_article_newest_first():
    page = front(site(*many(5)))
    assert texts(page, "h3") == [f"Article {number}" for number in (4, 3, 2, 1, 0)]
    assert texts(page, "time") == [f"{day}\u00a0March 2024" for day in (12, 11, 10, 9, 8)]
    assert page.cssselect("time")[0].get("datetime") == "2024-03-12"


def test_an_article_brings_all_that_its_sharing_needs():
    (entry,) = front(site(article(0, language="fr"))).cssselect("article")
    (image,) = entry.cssselect("img")
    assert (image.get("width"), image.get("height"), image.get("loading")) == ("1200", "630", "lazy")
    assert image.get("alt") == "The words “Article 0” on a plain ground" == texts(entry, ".alt")[0]
    (download,) = entry.cssselect("a[download]")
    assert download.get("download") == "2024-03-08_a000_og-1200x630_fr.jpg"
    assert download.text_content() == "Download 1200\u00a0×\u00a0630 · JPEG · 84\u00a0kB"
    (title,) = entry.cssselect("h3")
    assert (title.get("lang"), title.get("dir")) == ("fr", "ltr")
    assert title.cssselect("a")[0].get("href") == "https://example.org/2024/a000/"
    assert texts(entry, ".tags li") == ["Tag", "été"]
    assert texts(entry, ".authors") == ["Ada"]
    assert [one.get("data-copy") for one in entry.cssselect("button")] == ["link", "alt"]


def test_every_card_of_an_article_can_be_taken():
    one = article(0)
    cards = (card(one), card(one, outlet="square", width=1080, height=1080, path="cards/square.png"))
    page = front(site(one), {one.permalink: cards})
    assert [link.get("href") for link in page.cssselect("a[download]")] == [
        "cards/2024/a000/og-1200x630.0123456789abcdef.jpg",
        "cards/square.png",
    ]
    assert len(page.cssselect("img")) == 1


def test_other_sizes_stand_behind_one_button_with_their_use_and_honest_names():
    one = article(0, language="fr")
    page = front(site(one), {one.permalink: tuple(card(one, **fields) for fields in DEFAULT_SET)})
    (more,) = page.cssselect("details.sizes")
    assert [link.text for link in more.cssselect("a")][:3] == ["Square ", "Portrait ", "Story "]
    assert [link.text for link in more.cssselect("a")][3:] == ["Picture 16:9 ", "Picture 4:3 ", "Picture 1:1 "]
    assert more.cssselect("a")[2].get("download") == "2024-03-08_a000_story-1080x1920_fr.jpg"
    assert front(site(one)).cssselect("details.sizes") == [], "one card needs no choice"


def test_names_with_spaces_accents_and_percent_signs_are_exact():
    one = article(0, permalink="https://example.org/%C3%A9%20%C3%A8/100%25%20#1?/")
    made = card(one, path="cards/é è/100% #1?&'x:y/og.jpg")
    page = front(site(one), {one.permalink: (made,)})
    address = page.cssselect("img")[0].get("src")
    assert address == "cards/%C3%A9%20%C3%A8/100%25%20%231%3F&'x:y/og.jpg"
    parts = urlsplit(urljoin("https://example.org/sub/index.html", address))
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote(parts.path) == f"/sub/{made.path}"
    assert {page.cssselect(at)[0].get("href") for at in (".picture", ".download")} == {address}


def test_every_address_on_every_page_resolves():
    made = site(*many(PAGE * 3 + 5))
    pages = rendered(made)
    standing = {*pages, *(card(one).path for one in made.articles), "rss.xml", "atom.xml", "feed.json"}
    articles = {one.permalink for one in made.articles}
    for path, text in pages.items():
        if not path.endswith(".html"):
            continue
        page = strictly(text)
        ids = {one.get("id") for one in page.cssselect("[id]")}
        shards = " ".join(page.xpath("//body/@data-shards")).split()
        for address in [*page.xpath("//@href | //@src | //@data-pick"), *shards]:
            if address.startswith("data:") or address in articles:
                continue
            if address.startswith("#"):
                assert address[1:] in ids or page.xpath("//template"), address
                continue
            place, criterion = urldefrag(address)
            assert unquote(urljoin(path, place)) in standing, (path, address)
            assert criterion.partition("=")[0] in {"", "month", "tag"}


def test_nothing_is_asked_of_another_host():
    for path, text in rendered(site(*many(PAGE * 2))).items():
        if not path.endswith(".html"):
            assert path.startswith("gallery/articles") or not re.search(
                r"https?:/[^\\]|@import|url\(|innerHTML|eval\(", text
            )
            continue
        page = strictly(text)
        resources = page.xpath("//@src | //link/@href | //@srcset | //@poster | //@action")
        assert resources
        assert not [address for address in resources if re.match(r"(?!data:)[a-z]+:|//", address)]
        for code in [*texts(page, "style"), *texts(page, "script:not([type])")]:
            assert not re.search(r"https?:|@import|url\(|fetch\(|innerHTML|eval\(", code)


@pytest.mark.parametrize("count", [1, PAGE * 2])
def test_the_policy_lets_only_our_own_style_and_script_run(count):
    page = front(site(*many(count)))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    (style,), (script,) = texts(page, "style"), texts(page, "script:not([src])")
    assert rules == {
        "default-src": "'none'",
        "img-src": "'self' data:",
        "style-src": f"'{_hash(style)}'",
        "script-src": f"'{_hash(script)}' 'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def _hash(text):
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_text(text):
    one = article(0, text, tags=(text,), authors=(Author(name=text),), language=text, section=text)
    page = front(site(one, title=text, description=text), {one.permalink: (card(one, alt=text),)})
    for at in ("h1", "h3", ".tags li", ".authors", ".alt", ".description"):
        assert texts(page, at) == [text], at
    assert page.cssselect("img")[0].get("alt") == text
    assert text in page.cssselect("title")[0].text
    assert len(page.cssselect("script:not([src])")) == len(page.cssselect("article")) == 1
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //@href[starts-with(., 'javascript')]")


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=60)
@given(title=_TEXT, tag=_TEXT, author=_TEXT, alt=_TEXT)
def test_whatever_is_written_the_page_keeps_its_shape(title, tag, author, alt):
    one = article(0, title, tags=(tag, "x"), authors=(Author(name=author), Author(name="x")))
    page = front(site(one), {one.permalink: (card(one, alt=f"x{alt}"),)})
    assert texts(page, "h3") == [label(one.title) or one.permalink]
    assert texts(page, ".alt") == [label(f"x{alt}")]
    assert [element.tag for element in page.cssselect("article > *")] == ["a", "div"]
    assert texts(page, ".tags li") == [text for text in (label(tag), "x") if text]


def test_an_article_without_a_card_has_a_placeholder_and_no_broken_image():
    page = front(site(article(0, "Words instead")), {})
    assert page.cssselect("img, a[download], article details") == []
    assert texts(page, ".placeholder") == ["Words instead"]
    assert page.cssselect(".placeholder")[0].get("aria-hidden") == "true"
    assert texts(page, ".none") == ["No card"]
    assert texts(page, "button[data-copy]")[3:] == ["Copy link"]


def test_an_empty_site_is_told_what_to_do():
    page = front(site())
    assert "No articles yet" in texts(page, "h2")
    assert "title: My first article" in texts(page, "pre")[0]
    assert page.cssselect("input, img, article") == []
    assert len(page.cssselect(".feeds li")) == 3


def test_the_feeds_stand_at_the_top_with_their_addresses():
    page = front(site(article(0)))
    assert texts(page, ".feeds .address") == [
        "https://example.org/sub/rss.xml",
        "https://example.org/sub/atom.xml",
        "https://example.org/sub/feed.json",
    ]
    assert page.xpath("//link[@rel='alternate']/@href") == ["rss.xml", "atom.xml", "feed.json"]


def test_the_interface_speaks_french_on_a_french_site():
    page = front(site(article(0, published=datetime(2024, 8, 1, tzinfo=PARIS)), language="fr-FR"))
    assert (page.get("lang"), page.get("dir")) == ("fr", "ltr")
    assert texts(page, "time") == ["1er\u00a0août 2024"]
    assert texts(page, ".download small") == ["1200\u00a0×\u00a0630 · JPEG · 84\u00a0ko"]


def test_a_site_written_from_right_to_left_is_laid_out_so():
    page = front(site(article(0, "C++ چیست؟", language="fa"), language="fa", title="وبلاگ"))
    assert (page.get("lang"), page.get("dir")) == ("en", "rtl"), "the labels are English, and must be read as such"
    assert page.cssselect("h1")[0].get("lang") == "fa"
    assert page.cssselect("h3")[0].get("dir") == "rtl"
    assert texts(page, "time") == ["2024-03-08"]


def test_a_page_can_be_walked_by_its_landmarks_and_labels():
    page = front(site(*many(3)))
    assert [len(page.cssselect(tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    levels = [int(one.tag[1]) for one in page.cssselect("h1, h2, h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.cssselect("label")[0].get("for") == page.cssselect("input")[0].get("id")
    assert page.cssselect("a")[0].get("href") == "#articles"


def test_without_a_script_no_button_promises_anything():
    page = front(site(*many(2)))
    for button in page.cssselect("button, input"):
        hidden = [one for one in (button, *button.iterancestors()) if one.get("hidden") is not None]
        assert hidden or any("scripted" in (one.get("class") or "") for one in (button, *button.iterancestors()))
    assert "html:not(.js) .scripted { display: none !important; }" in texts(page, "style")[0].replace("[hidden], ", "")


def pages_of(made):
    return {path for path in planned(made) if path.endswith(".html") and "/at/" not in path}


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE * 2 - 1])
def test_most_sites_have_one_page(count):
    assert pages_of(site(*many(count))) == {"index.html"}


def test_an_empty_site_has_nothing_else():
    assert set(planned(site())) == {"index.html"}


@pytest.mark.parametrize("count", [PAGE * 2, PAGE * 3 + 7])
def test_many_articles_stand_on_several_pages_each_once_and_newest_first(count):
    made = site(*many(count))
    pages = rendered(made)
    seen, path = [], "index.html"
    visited = []
    while path:
        page = strictly(pages[path])
        seen += texts(page, "main > ul#list h3")
        newer = page.xpath("//a[@rel='prev']/@href")
        assert [urljoin(path, address) for address in newer] == visited[-1:]
        visited.append(path)
        path = next((urljoin(path, address) for address in page.xpath("//a[@rel='next']/@href")), "")
    assert seen == [one.title for one in made.articles]
    assert set(visited) == pages_of(made)


def test_a_new_article_touches_the_front_page_and_the_search_only():
    articles = many(PAGE * 3 + 6)
    before, after = (planned(site(*some)) for some in (articles[:-1], articles))
    changed = {
        path for path, one in after.items() if path in before and before[path].fingerprint("x") != one.fingerprint("x")
    }
    assert changed == {"index.html", "gallery/articles-1.js", "gallery/words-1.js"}
    assert len(set(after) - set(before)) == 1, "its sheet"


def test_shards_are_filled_from_the_oldest_and_then_left_alone(monkeypatch):
    monkeypatch.setattr(gallery, "SHARD", 4)
    before, after = (planned(site(*many(count))) for count in (10, 11))
    shards = [one for path, one in sorted(after.items()) if "articles-" in path]
    held = [[record.exhibit.title for record in one.recipe.records] for one in shards]
    assert held == [[f"Article {n}" for n in numbers] for numbers in ((3, 2, 1, 0), (7, 6, 5, 4), (10, 9, 8))]
    changed = {
        path for path, one in after.items() if path in before and one.fingerprint("") != before[path].fingerprint("")
    }
    assert changed == {"index.html", "gallery/articles-3.js", "gallery/words-3.js"}


def test_the_search_knows_every_article_as_its_page_shows_it():
    made = site(*many(PAGE * 2), article(999, "</script>\u2028<b>", tags=("a,b",)))
    rows = rows_of(rendered(made)["gallery/articles-1.js"])
    assert [row[0] for row in rows[1:]] == [one.title for one in made.articles[1:]]
    newest = strictly(rendered(made)["index.html"]).cssselect("#list article")[0]
    title, language, direction, day, date, link, alt, tags, authors, files, sheet, *_, hashtags, thumb = rows[0]
    assert (title, link) == (texts(newest, "h3")[0], newest.cssselect("h3 a")[0].get("href"))
    assert (language, direction) == (newest.cssselect("h3")[0].get("lang"), newest.cssselect("h3")[0].get("dir"))
    assert (day, date) == (newest.cssselect("time")[0].get("datetime"), texts(newest, "time")[0])
    assert (tags, [authors], [alt]) == tuple(texts(newest, at) for at in (".tags li", ".authors", ".alt"))
    assert thumb == ""
    assert (sheet, hashtags) == (newest.cssselect(".open")[0].get("href"), "#AB")
    folder, start, (tail, name, label, width, height, use) = files
    download = newest.cssselect("a[download]")[0]
    assert folder + tail == download.get("href")
    assert start + name == download.get("download")
    assert (label, width, height, use) == (texts(download, "small")[0], 1200, 630, "Link")


def rows_of(text):
    assert "<" not in text
    start = "(window.syndicateArticles ??= {})[1] = "
    assert text.startswith(start)
    return json.loads(text.removeprefix(start).removesuffix(";\n"))


def test_ten_thousand_articles_are_told_in_few_bytes():
    one = article(0, "A title of quite usual length for an article of a blog", summary="x" * 200)
    cards = {one.permalink: tuple(card(one, **fields) for fields in DEFAULT_SET)}
    assert len(rendered(site(one), cards)["gallery/articles-1.js"]) < 1_700


def test_a_full_front_page_stays_light():
    made = site(
        *(
            article(
                number,
                "A title of quite usual length for an article of a blog",
                permalink=f"https://example.org/2024/03/08/a-title-of-quite-usual-length-{number}/",
                tags=("Release", "Community", "Accessibility"),
            )
            for number in range(PAGE * 2 - 1)
        )
    )
    cards = {one.permalink: tuple(card(one, **fields) for fields in DEFAULT_SET) for one in made.articles}
    assert len(rendered(made, cards)["index.html"].encode()) < 150_000
    assert len(rendered(made)["index.html"].encode()) < 100_000


def test_recipes_travel_and_say_that_they_point_at_cards():
    for one in planned(site(*many(PAGE * 2))).values():
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert again.fingerprint("x") == one.fingerprint("x")
        shared, own = one.path.count(".") > 1, "/at/" in one.path
        assert (one.points, bool(one.source)) == (not shared, own)


def test_a_page_depends_on_what_it_shows_and_on_nothing_else():
    one = article(0)
    before = planned(site(one))["index.html"].fingerprint("x")
    unseen = article(0, html="<p>Other words.</p>", summary="Other", updated=datetime(2026, 1, 1, tzinfo=PARIS))
    assert planned(site(unseen, feed_limit=3))["index.html"].fingerprint("x") == before
    assert planned(site(one, description="Other"))["index.html"].fingerprint("x") != before
