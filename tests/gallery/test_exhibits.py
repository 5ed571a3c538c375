import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showing import article, card

from syndicate.gallery.exhibits import LONGEST, exhibit, file_name, label, show
from syndicate.gallery.words import ENGLISH
from syndicate.model import Author


def named(permalink, **fields):
    one = article(0, permalink=permalink, language=fields.pop("language", "fr"))
    shown = exhibit(one, (card(one, **fields),))
    return file_name(shown, shown.downloads[0])


@pytest.mark.parametrize(
    "permalink, slug",
    [
        ("https://example.org/2024/my-article/", "my-article"),
        ("https://example.org/2024/my-article.html", "my-article"),
        ("https://example.org/2024/my-article/index.html", "my-article"),
        ("https://example.org/%C3%A9t%C3%A9%20%C3%A0%20Paris/", "été-à-Paris"),
        ("https://example.org/100%25/", "100"),
        ("https://example.org/%DA%A9%D8%AA%D8%A7%D8%A8/", "کتاب"),
        ("https://example.org/%E0%A4%B9%E0%A4%BF%E0%A4%A8/", "हिन"),
        ("https://example.org/", "index"),
        ("https://example.org/%F0%9F%98%80/", "article"),
        ("https://example.org/a%E2%80%AEgpj.exe/", "a-gpj.exe"),
    ],
)
def test_a_file_has_an_honest_name(permalink, slug):
    assert named(permalink) == f"2024-03-08_{slug}_og-1200x630_fr.jpg"


def test_a_file_name_says_what_the_file_is():
    assert named("https://example.org/a/", media_type="image/png", outlet="square", width=1080, height=1080) == (
        "2024-03-08_a_square-1080x1080_fr.png"
    )


@given(st.text(min_size=1) | st.text("é%😀", min_size=200), st.text(max_size=30))
def test_a_file_name_is_safe_on_any_disk(path, language):
    name = named(f"https://example.org/{path}", language=language)
    assert len(name.encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|%')
    assert not name.startswith((".", "-"))
    assert all(unicodedata.category(c)[0] in "LMNPS" for c in name)


def test_foreign_texts_are_bounded():
    endless = "A" * 5_000
    one = article(0, endless, tags=(endless,) * 500, authors=(Author(name=endless),) * 500)
    shown = show(exhibit(one, (card(one, alt=endless),)), ENGLISH, "en")
    assert len(shown.title) == LONGEST
    assert shown.title.endswith("A…")
    assert len(shown.alt) == 2_000
    assert len(shown.tags) == 12
    assert sum(map(len, shown.tags)) + len(shown.authors) < 2_500


def test_a_title_that_fits_is_untouched():
    assert label("x" * LONGEST) == "x" * LONGEST
    assert label("Un titre\u00a0: l’été") == "Un titre\u00a0: l’été"


def test_controls_that_turn_text_around_are_gone():
    one = article(0, "\u202egnp.exe\u2066", tags=("\u202e", "ok"))
    shown = show(exhibit(one, ()), ENGLISH, "en")
    assert (shown.title, shown.tags) == ("gnp.exe", ("ok",))


def test_an_article_without_a_title_is_known_by_its_address():
    one = replace(article(0), title="\u202e")
    assert show(exhibit(one, ()), ENGLISH, "en").title == one.permalink


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", ""])
def test_an_address_no_browser_should_follow_is_no_link(address):
    assert exhibit(article(0, permalink=address), ()).link == ""


def test_an_article_that_lives_elsewhere_is_linked_there():
    assert exhibit(article(0, link="https://elsewhere.example/x"), ()).link == "https://elsewhere.example/x"
