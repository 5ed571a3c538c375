"""What sites should not hold and do: addresses twice, climbing out, of nothing; names that disks tell apart and people do not."""

import os

import pytest
from reading import NOW, files, loaded

from syndicate.errors import SettingsError
from syndicate.loading import keys, settings_of
from syndicate.loading.site import framed
from syndicate.loading.sites import laid_out
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

BASE = "https://example.org/"
HEAD = "title: A Title\ndate: 2024-03-08\n"
PELICAN = "Title: A Title\nDate: 2024-03-08\n"
SITES = {
    "plain": ({}, "content/{}.md", "permalink"),
    "jekyll": ({"_config.yml": "url: https://example.org\n"}, "_posts/2024-03-08-{}.md", "permalink"),
    "hugo": ({"hugo.toml": "baseURL = 'https://example.org/'\n"}, "content/posts/{}.md", "url"),
    "zola": ({"config.toml": "base_url = 'https://example.org'\n"}, "content/{}.md", "path"),
    "pelican": ({"pelicanconf.py": "SITEURL = 'https://example.org'\nSLUGIFY_SOURCE = 'basename'\n"}, "content/{}.md", "url"),
    "mkdocs": ({"mkdocs.yml": "plugins: [blog]\n"}, "docs/blog/posts/{}.md", "slug"),
    "eleventy": ({"eleventy.config.js": ""}, "content/{}.md", "permalink"),
    "docusaurus": ({"docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/'}"}, "blog/{}.md", "slug"),
    "astro": ({"astro.config.mjs": "export default {}"}, "src/content/blog/{}.md", "slug"),
    "hexo": ({"_config.yml": "url: https://example.org\nnew_post_name: :title.md\n"}, "source/_posts/{}.md", "permalink"),
    "obsidian": ({".obsidian/app.json": "{}"}, "{}.md", "permalink"),
}  # fmt: skip


def site(generator, names, header=""):
    configuration, pattern, key = SITES[generator]
    own = f"{key}: {header}\n" if header else ""
    if generator == "pelican":
        text = f"{PELICAN}{own}\nx\n"
    elif generator == "zola":
        text = f"+++\ntitle = 'A Title'\ndate = 2024-03-08\n{f'{key} = {header!r}' if header else ''}\n+++\nx"
    else:
        text = f"---\n{HEAD}{own}---\nx"
    # The titles of MkDocs' posts are their addresses.
    return {
        **configuration,
        **{
            pattern.format(name): text.replace("A Title", f"A {name}" if generator == "mkdocs" else "A Title")
            for name in names
        },
    }


def understood(root, contents):
    result = loaded(root, contents, base_url=BASE)
    return result, {row.path: (row.state, row.permalink) for row in result.sources}


@pytest.mark.parametrize("generator", SITES)
def test_two_articles_of_one_address(tmp_path, generator):
    result, rows = understood(tmp_path, site(generator, ["a", "b"], "same"))
    assert sorted(state for state, _ in rows.values()) == ["failed", "published"], rows
    assert [row for row in rows if rows[row][0] == "published"] == [min(rows)]
    assert [remark.path for remark in result.findings if remark.code == "permalink-collision"] == [max(rows)]


@pytest.mark.parametrize("generator", [one for one in SITES if one != "jekyll"])
@pytest.mark.parametrize("climbing", ["../../etc/x", "/a/../../b/", "a/%2e%2e/%2e%2e/b", "..\\..\\b"])
def test_an_address_never_climbs_out(tmp_path, generator, climbing):
    result, rows = understood(tmp_path, site(generator, ["a"], climbing))
    ((state, permalink),) = rows.values()
    assert state == "failed" or (permalink.startswith(BASE) and ".." not in permalink), permalink
    if state == "failed":
        assert "permalink-invalid" in {remark.code for remark in result.findings}


@pytest.mark.parametrize("generator", SITES)
@pytest.mark.parametrize("written", ["100%/x", "%zz/x", "a%2/x", "%"])
def test_percent_encoding_of_nothing(tmp_path, generator, written):
    _, rows = understood(tmp_path, site(generator, ["a"], written))
    ((state, permalink),) = rows.values()
    assert state == "failed" or "%" not in permalink.replace("%25", ""), permalink


@pytest.mark.parametrize("generator", SITES)
def test_names_that_mean_something_elsewhere(tmp_path, generator):
    names = ["a<b>", "c:d", "e?f", "g#h", "i%20j", "k\"l'm", "n&o"]
    result, rows = understood(tmp_path, site(generator, names))
    published = [permalink for state, permalink in rows.values() if state == "published"]
    assert published
    for permalink in published:
        assert permalink.startswith(BASE)
        assert not set(permalink) & set("<>\"'\\ ") or "'" in permalink
        assert "#" not in permalink
    assert len(set(published)) == len(published)
    assert len(rows) == len(names)
    assert {remark.code for remark in result.findings} <= {
        "permalink-collision",
        "permalink-guessed",
        "permalink-invalid",
    }


@pytest.mark.parametrize("generator", SITES)
def test_twins_that_only_unicode_tells_apart(tmp_path, generator):
    result, rows = understood(tmp_path, site(generator, ["\u00e9t\u00e9", "e\u0301te\u0301"]))
    states = sorted(state for state, _ in rows.values())
    assert states in (["failed", "published"], ["published", "published"])
    if states[0] == "failed":
        assert "permalink-collision" in {remark.code for remark in result.findings}
    else:
        assert len({permalink for _, permalink in rows.values()}) == 2
    again, _ = understood(tmp_path, {})
    assert again.site == result.site


def test_one_article_named_by_two_languages(tmp_path):
    contents = {
        "config.toml": "base_url = 'https://example.org'\ndefault_language = 'en'\n[languages.fr]\n",
        "content/a.md": "+++\ntitle = 'A'\ndate = 2024-03-08\n+++\nx",
        "content/a.en.md": "+++\ntitle = 'A again'\ndate = 2024-03-08\nslug = 'a'\n+++\nx",
        "content/a.fr.md": "+++\ntitle = 'Un'\ndate = 2024-03-08\n+++\nx",
    }
    result, rows = understood(tmp_path, contents)
    assert rows["content/a.fr.md"] == ("published", f"{BASE}fr/a/")
    assert sorted(state for state, _ in rows.values()) == ["failed", "published", "published"]
    assert [remark.path for remark in result.findings if remark.code == "permalink-collision"] == ["content/a.md"]


@pytest.mark.parametrize("generator", SITES)
def test_what_a_layout_depends_on_has_a_digest(tmp_path, generator):
    files(
        tmp_path,
        {**site(generator, ["a"]), "_site/a/index.html": "<title>A</title>", "dist/a.html": "<title>A</title>"},
    )
    tree = Tree(tmp_path)
    layout = laid_out(tree, Settings())
    assert layout.generator == generator
    digest = keys.of_frame(framed(tree, layout, Settings(), BASE, NOW, []))
    assert digest == keys.of_frame(framed(tree, laid_out(tree, Settings()), Settings(), BASE, NOW, []))


@pytest.mark.parametrize("name", ["_config.yml", "hugo.toml", "mkdocs.yml", "docusaurus.config.js", "pelicanconf.py"])
@pytest.mark.parametrize("kind", ["fifo", "link out", "dangling"])
def test_a_configuration_that_may_not_be_read_is_said(tmp_path, name, kind):
    (tmp_path / "outside").write_text("title: secret\n")
    root = tmp_path / "site"
    files(root, {"content/a.md": "---\ntitle: A\ndate: 2024-03-08\n---\nx"})
    if kind == "fifo":
        os.mkfifo(root / name)
    else:
        (root / name).symlink_to("../outside" if kind == "link out" else "nowhere")
    result = loaded(root, {})
    assert [remark.path for remark in result.findings if remark.code == "configuration-unread"] == [name]
    assert result.site.title != "secret"


def test_settings_that_may_not_be_read_are_not_taken_for_none(tmp_path):
    os.mkfifo(tmp_path / "syndicate.toml")
    with pytest.raises(SettingsError, match=r"syndicate\.toml: leads out of the site, or is no regular file"):
        settings_of(tmp_path)
