"""Cards in small: the same bytes whoever drew the card, light, and shown where many are."""

import io
import json

import pytest
from making import order, site, tree, with_picture
from PIL import Image

from syndicate import cards, engine, publishing
from syndicate.addresses import gallery_thumb
from syndicate.cards import press
from syndicate.loading.sources import reader
from syndicate.publishing.folder import Folder


@pytest.fixture
def root(tmp_path):
    place = tmp_path / "site"
    place.mkdir()
    return place


@pytest.fixture
def standing(made, root, tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    publishing.publish(order(made), Folder(output), engine.inline(reader(root)), lambda *_: None)
    return tree(output)


@pytest.fixture
def made(root):
    return site(with_picture(root, 1), with_picture(root, 2, theme="plain"))


def test_a_thumb_does_not_depend_on_what_was_drawn_before(made, root, standing):
    stands = {path: data for path, data in standing.items() if path.startswith("gallery/thumbs/")}
    assert len(stands) == 2
    reading = {one.path: one.recipe for one in cards.objects(made)}
    for article in made.articles:
        press._last.clear()
        drawn = reading[gallery_thumb(article.permalink)].render(reader(root)).data
        assert drawn in stands.values()


def test_a_thumb_is_a_small_light_webp_that_pages_and_search_name(standing):
    front = standing["index.html"].decode()
    shard = standing["gallery/articles-1.js"].decode()
    for path, data in standing.items():
        if path.startswith("gallery/thumbs/"):
            with Image.open(io.BytesIO(data)) as image:
                assert (image.format, image.size) == ("WEBP", (600, 315))
            assert len(data) < 20_000
            assert f'src="{path}" width="1200" height="630"' in front
            assert json.dumps(path.split(".")[-2]) in shard


def test_without_a_gallery_there_are_none(root):
    assert not [
        one for one in cards.objects(site(with_picture(root, 1), gallery=False)) if one.path.startswith("gallery")
    ]
