"""Share cards, from plan to file."""

import io
from dataclasses import replace

import pytest
from making import article, picture_bytes, site, with_picture
from PIL import Image, ImageDraw

from syndicate import cards
from syndicate.artifact import Asset, File, digest_of
from syndicate.cards import encode
from syndicate.cards.text import icu
from syndicate.loading.sources import reader
from syndicate.model import Look, Picture


def rendered(made, root):
    (one,) = cards.plan(made)
    return one, one.recipe.render(reader(root))


def opened(result):
    return Image.open(io.BytesIO(result.data))


def lead(root, data, width, height, media_type="image/jpeg", **fields):
    (root / "lead").write_bytes(data)
    plain = Picture(
        url="https://example.org/lead",
        asset=Asset("lead", digest_of(data)),
        media_type=media_type,
        width=width,
        height=height,
        size=len(data),
    )
    return replace(plain, **fields)


def saved(image, form="PNG"):
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def chart():
    image = Image.new("RGB", (1400, 800), "white")
    draw = ImageDraw.Draw(image)
    for column in range(8):
        draw.rectangle((100 + column * 150, 740 - column * 80, 200 + column * 150, 740), fill="navy")
    return image


def test_a_good_picture_makes_a_photograph_card(tmp_path):
    one, result = rendered(site(with_picture(tmp_path, 7)), tmp_path)
    assert one.path == "cards/a0007/og-1200x630.{digest}.jpg"
    assert (one.media_type, one.source, one.points) == ("image/jpeg", "content/a0007.md", False)
    image = opened(result)
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert not image.getexif()
    assert len(result.data) <= encode.BUDGET
    assert result.facts["theme"] == "photograph"
    assert float(result.facts["contrast"]) >= 4.5
    assert (result.facts["breaks"], result.facts["runs"]) == ("Article number 7", "Inter")
    assert result.facts["why"] == "the picture fills the card"
    assert result.findings == ()


def test_an_article_without_one_is_set_in_type(tmp_path):
    one, result = rendered(site(article(1)), tmp_path)
    assert one.path.endswith(".png")
    image = opened(result)
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert result.facts["theme"] == "editorial"
    assert len(result.data) < 80_000


@pytest.mark.parametrize("brightness", [255, 230, 128, 0])
@pytest.mark.parametrize("tone", ["dark", "light"])
def test_type_is_legible_on_any_brightness(tmp_path, brightness, tone):
    noisy = Image.effect_noise((1600, 1000), 60).convert("RGB")
    image = Image.blend(noisy, Image.new("RGB", noisy.size, (brightness,) * 3), 0.7)
    made = site(article(1, lead=lead(tmp_path, saved(image, "JPEG"), 1600, 1000)))
    _, result = rendered(replace(made, look=replace(made.look, tone=tone)), tmp_path)
    assert result.facts["theme"] == "photograph"
    assert float(result.facts["contrast"]) >= 4.5
    below_the_type = opened(result).convert("L").getpixel((600, 620))
    assert (below_the_type > 150) == (tone == "light")


def test_a_chart_is_shown_whole_beside_the_type(tmp_path):
    made = site(article(1, lead=lead(tmp_path, saved(chart()), 1400, 800, "image/png")))
    one, result = rendered(made, tmp_path)
    assert (one.media_type, result.facts["theme"]) == ("image/jpeg", "beside")
    shown = opened(result).convert("RGB").crop((700, 0, 1200, 630))
    navy = sum(count for count, (r, g, b) in shown.getcolors(1 << 20) if r < 40 and g < 40 and 90 < b < 170)
    assert navy > 10_000, "all columns of the chart are there"
    assert min(opened(result).convert("RGB").getpixel((20, 20))) > 220, "on white paper, beside white paper"


def test_what_is_only_ground_round_a_drawing_takes_no_room(tmp_path):
    image = Image.new("RGB", (1400, 1400), "white")
    ImageDraw.Draw(image).rectangle((600, 650, 800, 750), fill="navy")
    see_through = Image.new("RGBA", image.size)
    see_through.paste("navy", (600, 650, 800, 750))
    for one in (image, see_through):
        _, result = rendered(site(article(1, lead=lead(tmp_path, saved(one), 1400, 1400, "image/png"))), tmp_path)
        shown = opened(result).convert("RGB").crop((660, 0, 1200, 630))
        row = [shown.getpixel((column, 315)) for column in range(540)]
        navy = sum(red < 40 and green < 40 and 90 < blue < 170 for red, green, blue in row)
        assert navy >= 240, "as large as it may be blown up"


def test_a_small_picture_is_not_blown_up(tmp_path):
    small = saved(Image.open(io.BytesIO(picture_bytes(300, 200))), "PNG")
    _, result = rendered(site(article(1, lead=lead(tmp_path, small, 300, 200, "image/png"))), tmp_path)
    assert (result.facts["theme"], result.facts["picture"]) == ("beside", "standing")


def test_a_picture_that_fails_leaves_a_card_in_type_and_a_finding(tmp_path):
    made = site(article(1, lead=lead(tmp_path, picture_bytes()[:9000], 1600, 1000)))
    one, result = rendered(made, tmp_path)
    assert [(remark.code, remark.path) for remark in result.findings] == [("lead-image-unusable", "content/a0001.md")]
    assert result.facts["theme"] == "editorial"
    assert (one.media_type, opened(result).format) == ("image/jpeg", "JPEG"), "the file is what its name says"


def test_the_logo_stands_on_the_card_and_a_bad_one_is_a_finding(tmp_path):
    (tmp_path / "logo.png").write_bytes(data := saved(Image.new("RGBA", (200, 200), (255, 0, 200, 255))))
    logo = Picture(url="x", asset=Asset("logo.png", digest_of(data)), width=200, height=200)
    plain = site(article(1))
    _, result = rendered(replace(plain, look=replace(plain.look, logo=logo)), tmp_path)
    pink = {colour for _, colour in opened(result).convert("RGB").getcolors(1 << 16)}
    assert (255, 0, 200) in pink
    (tmp_path / "logo.png").write_bytes(b"no picture")
    logo = replace(logo, asset=Asset("logo.png", digest_of(b"no picture")))
    _, result = rendered(replace(plain, look=replace(plain.look, logo=logo)), tmp_path)
    assert [remark.code for remark in result.findings] == ["logo-unusable"]


def test_the_brands_ground_is_kept_to_the_last_bit(tmp_path):
    plain = site(article(1))
    _, result = rendered(replace(plain, look=replace(plain.look, accent="#ff5500", ground="#123456")), tmp_path)
    image = opened(result).convert("RGB")
    assert image.getpixel((5, 5)) == (0x12, 0x34, 0x56)


def test_same_recipe_same_bytes(tmp_path):
    made = site(with_picture(tmp_path, 7))
    assert rendered(made, tmp_path)[1].data == rendered(made, tmp_path)[1].data


def test_a_title_too_long_for_any_card_is_cut_with_a_finding(tmp_path):
    _, result = rendered(site(article(1, title="A very long title about everything. " * 40)), tmp_path)
    assert [remark.code for remark in result.findings] == ["title-cut"]


def test_emoji_keep_their_colours(tmp_path):
    _, result = rendered(site(article(1, title="Launched 🚀 today")), tmp_path)
    plain = rendered(site(article(1, title="Launched today")), tmp_path)[1]
    reds = [
        sum(
            count for count, (r, g, b) in opened(one).convert("RGB").getcolors(1 << 16) if r > 150 and g < 60 and b < 80
        )
        for one in (result, plain)
    ]
    assert reds[0] > 100 > reds[1]


def test_no_cards_where_the_site_wants_none():
    made = site(article(1), cards=False)
    assert list(cards.plan(made)) == list(cards.review(made)) == []
    assert cards.published(made, {}) == {}


def test_a_character_nobody_can_draw_is_told_before_anything_is_drawn():
    made = site(article(1, title="A \U00013000 hieroglyph"))
    (remark,) = cards.review(made)
    assert (remark.code, remark.path) == ("glyph-missing", "content/a0001.md")
    assert "U+13000" in remark.message
    assert "fonts" in remark.help


def test_without_typefaces_a_card_still_stands(tmp_path):
    _, result = rendered(site(article(1), look=Look()), tmp_path)
    assert opened(result).size == (1200, 630)


def test_published_cards_say_what_they_are(tmp_path):
    made = site(with_picture(tmp_path, 7), article(1))
    names = {one.source: one.path for one in cards.plan(made)}
    file = File("cards/a0007/og-1200x630.abc.jpg", "image/jpeg", "abc", 99, {"theme": "photograph", "lines": "2"})
    found = cards.published(made, {names["content/a0007.md"]: file})
    assert set(found) == {"https://example.org/a0007/"}, "an article whose card does not stand has none"
    (card,) = found["https://example.org/a0007/"]
    assert card.url == "https://example.org/cards/a0007/og-1200x630.abc.jpg"
    assert card.alt == "Article number 7. A view"
    assert card.facts == (("lines", "2"), ("theme", "photograph"))
    assert (card.outlet, card.width, card.height, card.size) == ("og", 1200, 630, 99)


def test_recipes_hold_what_the_card_needs_and_no_more(tmp_path):
    first, second = (one.recipe for one in cards.plan(site(with_picture(tmp_path, 7), article(1, title="日本語"))))
    assert {font.name for font in first.fonts} == {"Inter"}
    assert any("JP" in font.name for font in second.fonts)
    assert second.lead is None
    assert first.words.date == icu.long_date(article(7).published, "en")
