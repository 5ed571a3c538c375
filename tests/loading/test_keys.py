"""What is understood of a source depends on a frame that can be told from another one."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from making import NOW, shared, write_article, write_site

from syndicate import loading
from syndicate.loading import keys
from syndicate.loading.site import framed
from syndicate.loading.sites import laid_out
from syndicate.loading.sources import Tree


def frame_of(root, base_url=""):
    tree = Tree(root)
    settings = loading.settings_of(root, tree)
    return framed(tree, laid_out(tree, settings), settings, base_url, NOW, [])


@pytest.fixture
def root(tmp_path):
    write_article(write_site(tmp_path), "one.md")
    return tmp_path


def test_the_same_site_has_the_same_key_whatever_the_hour(root):
    one = frame_of(root)
    assert keys.of_frame(one) == keys.of_frame(frame_of(root))
    assert keys.of_frame(one) == keys.of_frame(replace(one, now=NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    "change",
    [{"language": "fr"}, {"drafts": True}, {"own": {"title": "name"}}, {"base_url": "https://other.example/"}],
    ids=lambda one: next(iter(one)),
)
def test_what_articles_share_is_in_the_key(root, change):
    one = frame_of(root)
    assert keys.of_frame(one) != keys.of_frame(replace(one, **change))


def test_how_addresses_are_formed_is_in_the_key(root):
    before = keys.of_frame(frame_of(root))
    settings = root / "syndicate.toml"
    settings.write_text(settings.read_text() + 'permalink = "/:slug/"\n')
    assert keys.of_frame(frame_of(root)) != before


def test_a_function_is_what_it_closes_over(root):
    def close(pattern):
        return lambda _: pattern

    one = frame_of(root)
    made = [
        keys.of_frame(replace(one, layout=replace(one.layout, permalink=permalink)))
        for permalink in (close("a"), close("b"), partial(close, "a"), partial(close, re.compile("a")))
    ]
    assert len(set(made)) == len(made)


def test_what_cannot_be_told_apart_is_refused(root):
    one = frame_of(root)
    with pytest.raises(TypeError):
        keys.of_frame(replace(one, own={"title": object()}))


@pytest.mark.parametrize("name", ["plain", "jekyll", "hugo", "zola", "pelican", "mkdocs", "eleventy"])
def test_every_generators_layout_has_a_key(name, tmp_path):
    markers = {"jekyll": "_config.yml", "hugo": "hugo.toml", "zola": "config.toml", "pelican": "pelicanconf.py",
               "mkdocs": "mkdocs.yml", "eleventy": ".eleventy.js"}  # fmt: skip
    write_article(tmp_path, "a.md")
    (tmp_path / "syndicate.toml").write_text(f'generator = "{name}"\n' if name in markers else "")
    if name in markers:
        (tmp_path / markers[name]).write_text("")
    assert keys.of_frame(frame_of(tmp_path)) == keys.of_frame(frame_of(tmp_path))


def test_real_sites_have_keys():
    for site in sorted(one for one in shared("corpora").iterdir() if one.is_dir()):
        assert keys.of_frame(frame_of(site)) == keys.of_frame(frame_of(site)), site
