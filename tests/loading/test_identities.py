"""Identities: the ids that another tool's feeds gave, so that no reader shows an article again."""

import html
import json
import re
import shutil
import subprocess
from datetime import datetime

import pytest
from making import run, tree
from reading import files, loaded

from syndicate.loading.identities import minted

WHEN = datetime.fromisoformat("2024-03-08T23:30:00-05:00")


@pytest.mark.parametrize(
    ("permalink", "name", "known"),
    [
        ("https://e.org/2024/03/08/a.html", "a", "https://e.org/2024/03/08/a"),
        ("https://e.org/2024/03/08/a/", "a", "https://e.org/2024/03/08/a"),
        ("https://e.org/about/", "a-b.", "https://e.org/a-b"),
        ("https://e.org/blog/news/a.html", "été", "https://e.org/blog/news/%C3%A9t%C3%A9"),
        ("https://e.org/x", "It's_A(B)", "https://e.org/It's_A(B)"),
    ],
)
def test_jekyll_feed_names_the_folder_and_the_slug(permalink, name, known):
    assert minted("jekyll-feed", permalink, name, WHEN) == known


def test_pelican_makes_a_tag_of_the_day_and_the_path():
    assert minted("pelican", "https://e.org:8000/a/b.html", "b", WHEN) == "tag:e.org,2024-03-08:/a/b.html"


def test_else_the_address_is_the_id():
    assert minted("permalink", "https://e.org/a/", "a", WHEN) == "https://e.org/a/"


SETTINGS = (
    'title = "T"\nbase_url = "https://example.org/blog/"\n[feeds]\nids = "jekyll-feed"\n[cards]\nenabled = false\n'
)


def test_what_a_header_claims_counts_more(tmp_path):
    made = loaded(tmp_path, {
        "syndicate.toml": SETTINGS,
        "content/a.md": "---\ntitle: A\ndate: 2024-03-08\nid: urn:x:1\n---\n",
        "content/b.md": "---\ntitle: B\ndate: 2024-03-09\nslug: c\n---\n",
    })  # fmt: skip
    assert [one.id for one in made.site.articles] == ["https://example.org/blog/c", "urn:x:1"]


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="jekyll is not installed")
@pytest.mark.parametrize("permalink", ["date", "pretty", "none", "/:year/:title", "/p/:slug:output_ext"])
def test_the_real_jekyll_gives_the_same_ids(tmp_path, permalink):
    posts = {
        "2024-03-08-a.md": "title: A",
        "2024-03-09-L'été d'Ada.md": "title: B\ncategories: [big news, x]",
        "2024-03-10-C.d_e.md": "title: C\nslug: Own-Slug",
        "2024-03-11-d.md": "title: D\npermalink: /else/where/",
        "2024-03-12-e...md": "title: E",
    }
    # The expression is jekyll-feed's own (lib/jekyll-feed/feed.xml).
    feed = "---\nlayout: null\n---\n{% for post in site.posts %}{{ post.title }} {{ post.id | absolute_url | xml_escape }}\n{% endfor %}"
    root = files(tmp_path / "site", {
        "_config.yml": f"url: https://example.org\nbaseurl: /blog\npermalink: {permalink}\n",
        "syndicate.toml": '[feeds]\nids = "jekyll-feed"\n',
        "ids.txt": feed,
        **{f"_posts/{name}": f"---\n{header}\n---\nBody\n" for name, header in posts.items()},
    })  # fmt: skip
    command = ["jekyll", "build", "-q", "-s", root, "-d", tmp_path / "out", "--disable-disk-cache"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    theirs = dict(line.split(" ", 1) for line in (tmp_path / "out/ids.txt").read_text().split("\n") if line)
    ours = {one.title: one.id for one in loaded(root).site.articles}
    assert {title: html.unescape(known) for title, known in theirs.items()} == ours


ARTICLE = "---\ntitle: A\ndate: 2024-03-08\ntags: [x]\n---\nBody\n"
ALSO = '[feeds.also]\n"feed.xml" = "atom.xml"\n"/tags/x/index.xml" = "feeds/tags/x/rss.xml"\n"old.json" = "feed.json"\n'


def test_feeds_stand_at_their_old_places_too(tmp_path):
    files(tmp_path, {"syndicate.toml": SETTINGS + ALSO, "content/a.md": ARTICLE})
    out = tmp_path / "out"
    done = run("build", tmp_path, "-o", out)
    assert done.returncode == 0, done.stderr
    made = tree(out)
    again = {
        "feed.xml": ("atom.xml", "feeds/feed.css"),
        "tags/x/index.xml": ("feeds/tags/x/rss.xml", "../../feeds/feed.css"),
    }
    for old, (new, style) in again.items():
        text = made[old].decode()
        assert re.search(
            f'href="https://example.org/blog/{old}" rel="self"|rel="self" href="https://example.org/blog/{old}"', text
        )
        assert f'type="text/css" href="{style}"' in text
        assert text.count("https://example.org/blog/a/") == made[new].decode().count("https://example.org/blog/a/")
    assert json.loads(made["old.json"])["feed_url"] == "https://example.org/blog/old.json"
    assert json.loads(made["old.json"])["items"] == json.loads(made["feed.json"])["items"]
    # A lost ledger costs nothing but time; a place that is no longer wanted is cleared.
    (out / ".ledger.json").unlink()
    assert run("build", tmp_path, "-o", out).returncode == 0
    (tmp_path / "syndicate.toml").write_text(SETTINGS)
    assert run("build", tmp_path, "-o", out).returncode == 0
    assert not (out / "feed.xml").exists()


@pytest.mark.parametrize(
    "old",
    [
        "../x.xml",
        "atom.xml",
        "feeds/feed.css",
        "feeds/tags/x.xml",
        "a//b",
        ".hidden",
        "con",
        "a\\b",
        "tags/x.html",
        "tags",
        "feeds",
    ],
)
def test_a_place_that_is_ours_or_nobodys_is_refused(tmp_path, old):
    text = f'{SETTINGS}[feeds.also]\n{json.dumps(old)} = "rss.xml"\n'
    made = loaded(tmp_path, {"syndicate.toml": text, "content/a.md": ARTICLE})
    assert made.site.also == ()
    assert "setting-invalid" in [remark.code for remark in made.findings]


def test_what_is_no_feed_of_ours_is_remarked_on(tmp_path):
    text = SETTINGS + '[feeds.also]\n"feed.xml" = "index.html"\n'
    assert "setting-invalid" in [
        one.code for one in loaded(tmp_path, {"syndicate.toml": text, "content/a.md": ARTICLE}).findings
    ]
