"""A composed card before paint."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT, shared

from syndicate.cards import layout, themes
from syndicate.cards.frame import arrange
from syndicate.cards.layout import Canvas
from syndicate.cards.text.fonts import Faces, needed
from syndicate.cards.words import Words
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped

CANVAS = Canvas(1200, 630)
LONGEST = (
    "Attractivité et fidélisation des compétences tech dans l’État : la DINUM devient organisme certificateur pour les "
    "intrapreneurs de startups d’État engagés dans la conception d’un service public numérique. Cinq intrapreneurs en "
    "bénéficient dès aujourd’hui"
)


def areas(theme, letters):
    match themes.THEMES[theme].arrangement:
        case "full":
            return layout.photograph(CANVAS, letters)
        case "beside":
            return layout.beside(CANVAS, letters)
        case _:
            return layout.typeset(themes.THEMES[theme].ornament, CANVAS, letters)


def framed(title, theme, language="en", logo=0.0, **fields):
    words = Words(
        title=title,
        language=language,
        **{
            "kicker": "News",
            "date": "8 March 2024",
            "site": "The Example",
            "site_language": "en",
            "day": ("Friday", "8", "March"),
            **fields,
        },
    )
    faces = Faces(needed(words.texts, language, shipped()), reader(ROOT))
    return arrange(words, themes.THEMES[theme], areas(theme, len(title)), CANVAS, faces, logo)


def reach(one):
    """Left, top, right and bottom of a placed text's lines on the canvas."""
    lines = one.block.lines
    return (
        one.left + min(line.left for line in lines),
        one.top,
        one.left + max(line.left + line.width for line in lines),
        one.top + one.block.height,
    )


def assert_inside(made):
    for one in made.placed:
        left, top, right, bottom = reach(one)
        assert left >= 32, one.role
        assert top >= 32, one.role
        assert right <= 1200 - 32, one.role
        assert bottom <= 630 - 20, one.role
        beside = made.panel or made.ornament
        if beside:
            assert right <= beside.left or left >= beside.right, one.role


@pytest.mark.parametrize("theme", themes.THEMES)
@pytest.mark.parametrize("title", ["Hi", "On bridges and what they carry", LONGEST])
def test_all_type_stays_in_the_safe_area_and_off_the_picture(theme, title):
    made = framed(title, theme, "fr")
    assert_inside(made)
    assert not made.title.block.cut


@pytest.mark.parametrize("theme", themes.THEMES)
def test_texts_never_run_into_each_other(theme):
    made = framed(
        LONGEST, theme, kicker="A section with a rather long name", site="The Example of a Long Name " * 3, logo=3
    )
    boxes = [reach(one) for one in made.placed]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    logo = made.logo
    assert logo is not None
    assert all(box[0] >= logo.right or box[3] <= logo.top or box[2] <= logo.left for box in boxes)


@pytest.mark.parametrize("theme", themes.THEMES)
def test_a_title_read_from_the_right_turns_the_whole_card_over(theme):
    left = framed("Networks: a short introduction", theme)
    right = framed("الشبكات: مقدمة قصيرة", theme, "ar", kicker="تقنية")
    assert (left.rtl, right.rtl) == (False, True)
    assert left.bar.left == 64
    assert right.bar.right == 1200 - 64
    assert reach(right.title)[2] == pytest.approx(1200 - 64, abs=1)
    site = next(one for one in right.placed if one.role == "site")
    assert reach(site)[2] == pytest.approx(1200 - 64, abs=1), "a Latin name stands at the right edge, too"
    assert_inside(right)
    if left.panel:
        assert (left.panel.right, right.panel.left) == (1200, 0)


def test_what_is_not_said_takes_no_room():
    made = framed("On bridges", themes.EDITORIAL, kicker="", date="", site="")
    assert [one.role for one in made.placed] == ["title"]


def test_numbers_are_as_heavy_as_the_letters_beside_them():
    weights = [
        next(
            one.block.weight for one in framed("x", themes.EDITORIAL, language, date=date).placed if one.role == "date"
        )
        for language, date in (("en", "July 7, 2025"), ("ja", "2025年7月7日"))
    ]
    assert weights == [450, 640]


def test_a_name_is_worth_more_than_a_date():
    long = "18F: Digital service delivery for all"
    assert {one.role for one in framed("On bridges", themes.BESIDE).placed} >= {"site", "date"}
    (site,) = [one for one in framed("On bridges", themes.BESIDE, site=long).placed if one.role in {"site", "date"}]
    assert (site.role, site.block.cut) == ("site", False)
    assert site.block.size >= 26


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.sampled_from(sorted(themes.THEMES)), st.sampled_from(["en", "ar", "ja", "th"]))
def test_no_title_breaks_a_card(title, theme, language):
    for one in framed(title, theme, language).placed:
        if one.block.lines:
            assert one.left + one.block.width <= 1200 + 1


def test_real_titles_are_never_cut():
    titles = shared("corpora", "titles-dev.txt").read_text(encoding="utf-8").splitlines()
    longest = sorted(titles, key=len)[-12:]
    for title in longest:
        for theme in themes.THEMES:
            assert not framed(title, theme, "fr").title.block.cut, title


@pytest.mark.parametrize(
    ("site", "date"), [("The Example", "8 March 2024"), ("نموذج", "٨ مارس"), ("ตัวอย่าง", "8 มีนาคม")]
)
def test_the_foot_stands_on_one_baseline_whatever_its_scripts(site, date):
    made = framed("On bridges", themes.EDITORIAL, site=site, date=date)
    feet = [one.top + round(one.block.lines[0].baseline) for one in made.placed if one.role in {"site", "date"}]
    assert len(feet) == 2
    assert abs(feet[0] - feet[1]) <= 1
