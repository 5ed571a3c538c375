"""Galleries written to disk for browsers: pages, sheets, tags, and cards that are real pictures."""

import io

from showing import card, unread

from syndicate import gallery, tags

LARGE = 10_000


def publish(folder, made, bare=-1):
    """Write a gallery into a folder with a space in its name; the article of one number goes without a card."""
    root = folder / "out put"
    cards = {
        one.permalink: (
            card(one),
            card(one, outlet="story", width=1080, height=1920, path=f"cards/{one.source}/story.jpg"),
        )
        for one in made.articles
        if not one.permalink.endswith(f"a{bare:03}/")
    }
    save(root, made, cards)
    return root


def save(root, made, cards, *, sheets=True):
    heads = {one.path: one.recipe for one in tags.plan(made, cards)} if sheets else {}
    for one in (*gallery.kit(made), *gallery.plan(made, cards, heads)):
        if sheets or "/at/" not in one.path:
            write(root / one.path, one.recipe.render(unread).data)
    for one in (one for several in cards.values() for one in several):
        write(root / one.path, _picture(one.width // 10, one.height // 10, len(one.path)))


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _picture(width, height, shade):
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (width, height), (shade % 256, 90, 120)).save(data, "JPEG")
    return data.getvalue()
