"""What may be proposed for a card, and what comes of it."""

import pytest
from making import article, site

from syndicate.artifact import Asset
from syndicate.cards.themes import TEXTS
from syndicate.model import Look, Picture, ThemeFile
from syndicate.serving.proposal import Improper, applied, changed, offered, planned, proposed, telling

LEAD = Picture(url="https://example.org/a.jpg", asset=Asset("a.jpg", "0" * 64), width=1600, height=1000)
ONE = article(1, lead=LEAD)
LOOK = site(ONE).look


@pytest.mark.parametrize(
    "said, why",
    [
        ([], "an object"),
        ({"date": "x"}, "cannot be changed here"),
        ({"title": " \u202e\x00 "}, "title: is empty"),
        ({"title": "<b></b>"}, "title: is empty"),
        ({"title": 7}, "title: expected text"),
        ({"title": "x" * 5000}, "title: has 5,000 characters; 1,000 are the most"),
        ({"kicker": "x" * 49}, "kicker: has 49"),
        ({"theme": "blok"}, "there is no 'blok', did you mean 'block'"),
        ({"theme": "../x.toml"}, "there is no"),
        *[({"focal": bad}, "focal: expected two shares") for bad in (None, "", [0.5], [0.5, 1.01], [-0.1, 0], [True, 0], [0, 0, 0], [float("nan"), 0], ["0", "0"])],
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(said, why):
    with pytest.raises(Improper, match=why):
        proposed(said, ONE, LOOK)


def test_where_there_is_no_picture_there_is_no_focus():
    with pytest.raises(Improper, match="no picture"):
        proposed({"focal": [0.5, 0.5]}, article(1), LOOK)


def test_hostile_titles_become_what_loading_would_make_of_them():
    said = proposed({"title": "A\u202e <b>b</b>\n&amp; <script>"}, ONE, LOOK)
    assert said == {"title": "A <b>b</b> &amp; <script>"}
    assert applied(ONE, said).title == "A b & <script>"
    assert proposed({"title": "\ud800x"}, ONE, LOOK) == {"title": "�x"}


def test_only_what_differs_is_new():
    said = proposed({"title": "Raw", "theme": "auto", "kicker": "", "focal": [0.2, 0.3]}, ONE, LOOK)
    assert changed(said, ONE, {"title": "Raw"}) == {"focal": (0.2, 0.3)}


def test_the_cards_are_those_that_a_build_would_make():
    said = proposed({"title": "Other", "theme": "block", "kicker": "Now", "focal": [0, 1]}, ONE, LOOK)
    recipe = planned(applied(ONE, said), site(ONE))["og"].recipe
    assert (recipe.words.title, recipe.words.kicker, recipe.theme.name) == ("Other", "Now", "block")
    recipe = planned(applied(ONE, {"focal": (0.0, 1.0)}), site(ONE))["og"].recipe
    assert recipe.lead.focus == (0, 1)
    assert "strange" in offered(article(1, theme="strange"), LOOK)


def test_a_description_can_be_edited_where_a_theme_shows_it():
    assert telling(LOOK) == ()
    own = ThemeFile(path="themes/own.toml", text=TEXTS["quote"].replace("{{ author or kicker }}", "{{ summary }}"))
    look = Look(theme=own.path, themes=(own,), typefaces=LOOK.typefaces)
    assert telling(look) == ("auto", own.path)
    said = proposed({"description": "In *short*."}, ONE, look)
    card = planned(applied(ONE, said), site(ONE, look=look))["og"]
    assert card.recipe.words.kicker == "In short."
