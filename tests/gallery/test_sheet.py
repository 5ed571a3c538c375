import json
import pickle
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote, urljoin

import pytest
from showing import HOSTILE, article, card, site, strictly, unread

from syndicate import gallery, tags
from syndicate.gallery.exhibits import exhibit, hashtags
from syndicate.gallery.previews import previews, tags_of
from syndicate.model import Author
from syndicate.platforms import platforms

BASE = "https://example.org/"


def sheet_of(one, cards=None, **fields):
    """The sheet of one article of a site that publishes head tags."""
    made = site(one, **{"base_url": BASE, **fields})
    cards = {one.permalink: (card(one), card(one, outlet="story", width=1080, height=1920))} if cards is None else cards
    heads = {artifact.path: artifact.recipe for artifact in tags.plan(made, cards)}
    (planned,) = [artifact for artifact in gallery.plan(made, cards, heads) if "/at/" in artifact.path]
    return planned, heads


def drawn(one, cards=None, **fields):
    planned, _ = sheet_of(one, cards, **fields)
    return strictly(planned.recipe.render(unread).data.decode())


def texts(page, at):
    return [element.text_content() for element in page.cssselect(at)]


def test_a_sheet_has_an_address_that_can_be_passed_on():
    planned, _ = sheet_of(article(0))
    assert (planned.path, planned.source) == ("gallery/at/2024/a000.html", "content/a000.md")
    assert pickle.loads(pickle.dumps(planned)).fingerprint("x") == planned.fingerprint("x")


def test_every_address_leads_from_the_sheet_to_what_is_published():
    one = article(0)
    planned, _ = sheet_of(one)
    page = drawn(one)
    resources = page.xpath("//@src | //link/@href | //a[@download]/@href | //a[@class='back']/@href")
    reached = {unquote(urljoin(planned.path, address)) for address in resources if not address.startswith("data:")}
    named = {re.sub(r"\.[0-9a-f]{12}\.", ".*.", path) for path in reached}
    assert named == {"gallery/take.*.js", "gallery/sheet.*.js", "gallery/sheet.*.css", "index.html", card(one).path}


def test_previews_say_how_much_of_the_picture_a_network_shows():
    head = '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="{}">'
    shown = {one.platform.key: one.part for one in previews(head.format(630))}
    assert shown["linkedin"] == "1200\u00a0×\u00a0627"
    assert shown["slack"] == ""
    assert {one.part for one in previews(head.format(627)) if one.platform.key == "linkedin"} == {""}
    assert {one.part for one in previews(head.format("9" * 5000))} == {""}


def test_previews_say_what_the_published_tags_say_and_not_what_the_article_does():
    planned, heads = sheet_of(article(0, "The article's own title"))
    (path,) = [path for path in heads if path.startswith("tags/")]
    other = replace(
        planned.recipe, tags=replace(heads[path], head=replace(heads[path].head, title="What was published"))
    )
    page = strictly(other.render(unread).data.decode())
    assert set(texts(page, ".headline")) == {"What was published"}
    assert texts(page, "h1") == ["The article's own title"]
    assert len(page.cssselect(".preview")) == 10
    assert 'property="og:title" content="What was published"' in texts(page, "[data-text=head]")[0]


def test_a_picture_from_elsewhere_is_not_asked_for():
    one = article(0)
    page = drawn(one, {one.permalink: (card(one, url="https://cdn.example.net/x.jpg"),)})
    assert page.cssselect(".preview img") == []


def test_without_head_tags_that_is_said():
    page = drawn(article(0), tags=False)
    assert page.cssselect(".preview") == []
    assert "No head tags are published" in texts(page, ".previews .quiet")[0]


def test_titles_are_cut_where_a_platform_says_that_it_cuts():
    head = '<meta property="og:title" content="{}"><meta name="twitter:card" content="summary_large_image">'
    shown = {one.platform.key: one.title for one in previews(head.format("x" * 300))}
    assert (len(shown["x"]), len(shown["discord"]), len(shown["facebook"])) == (70, 256, 300)
    assert shown["x"].endswith("…")


def test_where_the_tags_ask_for_a_small_card_it_is_small():
    layouts = {one.platform.key: one.layout for one in previews('<meta name="twitter:card" content="summary">')}
    assert [key for key, layout in layouts.items() if layout == "row"] == ["x", "linkedin", "discord"]


def test_of_several_tags_the_first_counts():
    assert (
        tags_of('<meta property=og:title content="A &amp; B"><meta property=og:title content=C>')["og:title"] == "A & B"
    )


def test_every_rule_says_where_it_comes_from_and_when():
    assert {one.key for one in platforms()} == {
        *("x", "linkedin", "facebook", "whatsapp", "imessage", "slack", "discord", "mastodon", "bluesky", "threads")
    }
    for one in platforms():
        assert one.sources
        assert all(re.search(r"\(20\d\d-\d\d(-\d\d)?\)", source) for source in one.sources), one.key
        assert one.layout in {"over", "above", "below", "row"}
        assert one.count in {"weighted", "graphemes", "links"}


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 5_000, "\u202eevil\u202c"])
def test_hostile_texts_are_only_text(text):
    one = article(0, text, tags=(text,), authors=(Author(name=text),), summary=text, section=text)
    page = drawn(one, {one.permalink: (card(one, alt=text),)}, title=text)
    assert len(page.cssselect("script")) == 3
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //@href[starts-with(., 'javascript')] | //@style")
    data = json.loads(texts(page, "#data")[0])
    assert "\u202e" not in data["title"] + texts(page, "h1")[0]
    assert len(texts(page, "h1")[0]) <= 300
    assert data["title"] == texts(page, "h1")[0]


def test_an_article_without_a_card_has_a_sheet_too():
    page = drawn(article(0), {})
    assert page.cssselect("img, a[download], #zip") == []
    assert texts(page, ".placeholder") == ["Article 0"]


def test_without_a_script_captions_can_be_read_and_files_taken():
    page = drawn(article(0, summary="What it is about."))
    assert page.cssselect("textarea")[0].text == (
        "Article 0\n\nWhat it is about.\n\n#Tag #Été\n\nhttps://example.org/2024/a000/"
    )
    for button in page.cssselect("button, select"):
        assert any("scripted" in (one.get("class") or "") for one in (button, *button.iterancestors()))


def test_the_embed_code_is_whole():
    (code,) = texts(drawn(article(0, 'A "quote" & more')), "[data-text=embed]")
    assert code.startswith('<a href="https://example.org/2024/a000/"><img src="https://example.org/cards/2024/a000/og-')
    assert 'alt="The words “A &quot;quote&quot; &amp; more” on a plain ground"' in code


@pytest.mark.parametrize(
    "given, written",
    [
        (("énergie renouvelable",), "#ÉnergieRenouvelable"),
        (("women in tech", "C++", "2024", "iOS"), "#WomenInTech #C #IOS"),
        (("हिन्दी भाषा", "a-b_c"), "#हिन्दीभाषा #AB_c"),
        (("!!!", ""), ""),
    ],
)
def test_hashtags_are_read_aloud_word_by_word(given, written):
    assert hashtags(exhibit(article(0, tags=given), ())) == written


def test_a_sheet_depends_on_its_own_article_alone():
    one, other = article(0), article(1)

    def fingerprint(*articles):
        planned = gallery.plan(site(*articles), {}, {})
        return next(found.fingerprint("") for found in planned if found.path.endswith("at/2024/a000.html"))

    assert fingerprint(one) == fingerprint(one, other)
    assert fingerprint(one) != fingerprint(replace(one, summary="Other"))
    assert fingerprint(one) != fingerprint(replace(one, updated=datetime(2026, 1, 1, tzinfo=UTC)))
