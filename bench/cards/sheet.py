"""Draw a contact sheet: every theme in every size and tone, for articles of many scripts.

    python bench/cards/sheet.py FOLDER [--theme NAME] [--tone light]

One picture a theme is written into FOLDER. Look at them before anything of a card's look is committed.
"""

import argparse
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from syndicate import build, cards
from syndicate.cards.outlets import TYPESET
from syndicate.cards.themes import NAMES
from syndicate.loading.sources import reader
from syndicate.model import Article, Site
from syndicate.report import Options

SITE = Path(__file__).resolve().parents[2] / "content"
MORE = (
    ("th", "ไฟฉุกเฉินที่ปลายสะพานในคืนที่น้ำขึ้นสูงที่สุดของปี"),
    ("hi", "ज्वार की किताब और उसके अनकहे अध्याय"),
    ("ko", "마지막 열차의 불빛을 기다리는 사람들"),
    ("de", "Donaudampfschifffahrtsgesellschaftskapitän sucht Anschluss"),
)
"""Titles in scripts that the demonstration site does not write."""
HEIGHT, GAP = 300, 6


def shown(site: Site, theme: str) -> Iterator[Article]:
    """Yield the site's articles in a theme, then others in more scripts, with and without a picture."""
    for one in site.articles:
        yield replace(one, theme=theme)
    for number, (language, title) in enumerate(MORE):
        model = site.articles[number]
        link = f"{site.base_url}sheet-{language}/"
        yield replace(model, theme=theme, title=title, language=language, permalink=link, event=model.published)


def sheet(site: Site, theme: str, tone: str) -> Image.Image:
    """Return all cards of a theme, an article a row."""
    look = replace(site.look, outlets=tuple(one.name for one in TYPESET), tone=tone)
    made = replace(site, articles=tuple(shown(site, theme)), look=look)
    read = reader(SITE)
    width = sum(one.width * HEIGHT // one.height + GAP for one in TYPESET)
    paper = Image.new("RGB", (width, len(made.articles) * (HEIGHT + GAP)), "#888888")
    for row, article in enumerate(made.articles):
        left = 0
        for card in cards.plan(replace(made, articles=(article,))):
            image = Image.open(io.BytesIO(card.recipe.render(read).data)).convert("RGB")
            small = image.resize((image.width * HEIGHT // image.height, HEIGHT), Image.Resampling.LANCZOS)
            paper.paste(small, (left, row * (HEIGHT + GAP)))
            left += small.width + GAP
    return paper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", choices=NAMES, action="append")
    parser.add_argument("--tone", choices=["auto", "light", "dark"], default="auto")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    site = build.load(Options(site=SITE, now=datetime(2030, 1, 1, tzinfo=UTC))).site
    for theme in asked.theme or NAMES:
        place = asked.folder / f"{theme}-{asked.tone}.png"
        sheet(site, theme, asked.tone).save(place)
        print(place)


if __name__ == "__main__":
    main()
