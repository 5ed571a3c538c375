"""An errand as a social media manager runs it for the first time, on a desk and on a phone, counting clicks and keys."""

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from making import ROOT, run
from playwright.sync_api import expect

from syndicate.cards.text.icu import clusters

ARTICLE = """---
title: 'Femmes dans la tech : celles qui écrivent le code de demain 👩🏽‍💻'
date: 2026-03-12 09:00:00 +01:00
tags: [women in tech, Égalité]
chapeau-text: {}
une-ou-diaporama:
- image: "/uploads/hills-in-the-mist.jpg"
  alternative-textuelle: Des collines dans la brume, au lever du jour
---

Elles étaient six à la première réunion.
""".format("Elles étaient six à la première réunion, elles sont trois cents aujourd’hui. " * 6)
SLUG = "femmes-dans-la-tech"
LINK = f"https://estran.example.org/{SLUG}/"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The demonstration site with one article more and LinkedIn's very size."""
    site = tmp_path_factory.mktemp("errand") / "site"
    shutil.copytree(ROOT / "content", site)
    (site / "articles/femmes-dans-la-tech.md").write_text(ARTICLE, encoding="utf-8")
    settings = (site / "syndicate.toml").read_text(encoding="utf-8")
    sizes = '[cards]\noutlets = ["og", "square", "story", "linkedin"]'
    (site / "syndicate.toml").write_text(settings.replace("[cards]", sizes), encoding="utf-8")
    done = run("build", site)
    assert done.returncode == 0, done.stderr
    return site / "output"


class Hand:
    """Clicks and types, and counts both."""

    def __init__(self, page):
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, at):
        self.page.locator(at).click()
        self.clicks += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def take(self, at):
        with self.page.expect_download() as taking:
            self.click(at)
        return taking.value.suggested_filename, Path(taking.value.path()).read_bytes()

    def copy(self, what):
        self.click(f"[data-copy={what}]")
        expect(self.page.locator("#said")).to_have_text("Copié")
        return self.page.evaluate("navigator.clipboard.readText()")


def holds_march(data, root, caption):
    """The ZIP has each file of both articles as it stands, their captions and their text alternatives."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {one: packed.read(one) for one in packed.namelist()}
    rows = list(csv.DictReader(io.StringIO(files.pop("captions.csv").decode("utf-8-sig"))))
    assert [row["link"] for row in rows] == [LINK, "https://estran.example.org/la-lumiere-du-port/"]
    assert rows[0]["caption_x"] == caption
    assert rows[0]["alt"] in files.pop("alt-texts.txt").decode()
    stand = [one for slug in (SLUG, "la-lumiere-du-port") for one in (root / "cards" / slug).iterdir()]
    assert sorted(files.values()) == sorted(one.read_bytes() for one in stand)


DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.mark.parametrize("profile, clicks, keys", [(DESK, 7, 6), (PHONE, 8, 5)], ids=["desk", "phone"])
def test_find_an_article_take_sizes_caption_and_alt_and_hand_over_its_month(root, serve, visit, profile, clicks, keys):
    page = visit(serve(root), permissions=["clipboard-read", "clipboard-write"], **profile)
    hand = Hand(page)
    if profile is DESK:
        hand.type("/")
    else:
        hand.click("#filter")
    hand.type("women")
    expect(page.locator("#count")).to_have_text("1 sur 14")
    hand.click("#found .open")

    card = root / "cards" / SLUG
    for outlet, size in (("linkedin", "1200x627"), ("story", "1080x1920")):
        name, data = hand.take(f"a[download*={outlet}]")
        assert name == f"2026-03-12_femmes-dans-la-tech_{outlet}-{size}_fr.jpg"
        assert data == next(card.glob(f"{outlet}-*.jpg")).read_bytes()

    caption = hand.copy("caption")
    assert caption.startswith("Femmes dans la tech : celles qui écrivent le code de demain 👩🏽‍💻\n\nElles étaient six")
    assert caption.endswith(f"#WomenInTech #Égalité\n\n{LINK}")
    assert 200 < len(clusters(caption.replace(LINK, "x" * 23), "fr")) < 280  # to X, any link is 23 long and an emoji 2
    expect(page.locator("#caption + p output")).to_have_text(re.compile(r"^2\d\d sur 280$"))
    assert "collines dans la brume" in hand.copy("alt")

    hand.click(".about a")
    expect(page.locator("#count")).to_have_text("2 sur 14")
    name, data = hand.take("[data-take=zip]")
    assert name == "2026-03_2.zip"
    holds_march(data, root, caption)

    assert (hand.clicks, hand.keys) == (clicks, keys)


def test_a_sheet_leads_to_its_month_and_to_what_shares_a_tag(root, serve, visit):
    page = visit(serve(root))
    wanted = [one for one in json.loads((root / "feed.json").read_text())["items"] if "Égalité" in one["tags"]]
    page.goto(f"{page.url}gallery/at/femmes-dans-la-tech.html")
    page.get_by_role("link", name="Égalité").click()
    expect(page.locator("#count")).to_have_text(f"{len(wanted)} sur 14")
    assert page.locator("#found h3").all_text_contents() == [one["title"] for one in wanted]
    assert page.locator("[data-by=tag]").input_value() == "Égalité"


def test_months_and_languages_are_named_as_people_say_them(root, serve, visit):
    page = visit(serve(root))
    page.locator("#finder > summary").click()
    month = page.locator("[data-by=month] option[value='2026-03']")
    month.wait_for(state="attached")
    assert month.text_content() == "mars 2026 (2)"
    assert page.locator("[data-by=lang] option[value=ja]").text_content() == "japonais (1)"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_filters_open_below_the_button_that_opened_them(root, serve, visit, width):
    page = visit(serve(root), viewport={"width": width, "height": 900})
    button, field = page.locator("#finder > summary"), page.locator("#filter")
    before = button.bounding_box(), field.bounding_box()
    button.click()
    assert (button.bounding_box(), field.bounding_box()) == before
    assert page.locator("[data-by=tag]").bounding_box()["y"] > before[1]["y"] + before[1]["height"]
    button.click()
    expect(page.locator("[data-by=tag]")).to_be_hidden()
