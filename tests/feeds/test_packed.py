"""Packed siblings of feeds: they hold the feed, and neither hour nor name nor machine."""

import gzip
from dataclasses import replace

import pytest
from making import article, site
from reading import loaded, plain

from syndicate import feeds
from syndicate.errors import SettingsError
from syndicate.feeds import packed
from syndicate.loading import site as site_of

ARTICLE = "---\ntitle: A\ndate: 2024-03-08\n---\nx\n"


def made(*endings):
    return {one.path: one for one in feeds.plan(site(article(1), packed=endings))}


def test_a_feed_has_its_siblings_and_nothing_else_has():
    plain_paths = set(made())
    added = set(made("gz")) - plain_paths
    assert added == {f"{path}.gz" for path in plain_paths if path.endswith((".xml", ".json", ".opml"))}
    assert "feeds/feed.css.gz" not in added


def test_gzip_unpacks_to_the_feed_and_says_nothing_of_its_making():
    artifacts = made("gz")
    data = artifacts["rss.xml.gz"].recipe.render(None).data
    assert gzip.decompress(data) == artifacts["rss.xml"].recipe.render(None).data
    assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    assert data == artifacts["rss.xml.gz"].recipe.render(None).data
    assert gzip.decompress(packed.gzip(b"")) == b""


def test_brotli_unpacks_to_the_feed():
    brotli = pytest.importorskip("brotli")
    artifacts = made("gz", "br")
    data = artifacts["feed.json.br"].recipe.render(None).data
    assert brotli.decompress(data) == artifacts["feed.json"].recipe.render(None).data


def test_a_sibling_is_stale_exactly_when_its_feed_is():
    before = made("gz")
    after = {one.path: one for one in feeds.plan(site(article(1, title="Other"), packed=("gz",)))}
    for path in ("rss.xml.gz", "feed.json.gz"):
        assert before[path].fingerprint("x") == made("gz")[path].fingerprint("x") != after[path].fingerprint("x")
        assert replace(before[path], path="x").points


@pytest.mark.parametrize(
    ("asked", "installed", "endings", "codes"),
    [
        ("false", True, (), []),
        ("true", True, ("gz", "br"), []),
        ("true", False, ("gz",), ["brotli-missing"]),
        ('["gzip"]', False, ("gz",), []),
        ('["brotli", "gzip"]', True, ("gz", "br"), []),
    ],
)
def test_what_is_asked_for_is_what_is_packed(tmp_path, monkeypatch, asked, installed, endings, codes):
    monkeypatch.setattr(site_of, "find_spec", lambda _: object() if installed else None)
    contents = plain(ARTICLE)
    contents["syndicate.toml"] += f"[feeds]\ncompress = {asked}\n"
    result = loaded(tmp_path, contents)
    assert (result.site.packed, [remark.code for remark in result.findings]) == (endings, codes)


def test_what_is_named_and_not_installed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(site_of, "find_spec", lambda _: None)
    contents = plain(ARTICLE)
    contents["syndicate.toml"] += '[feeds]\ncompress = ["brotli"]\n'
    with pytest.raises(SettingsError, match="brotli package is not installed"):
        loaded(tmp_path, contents)
