"""Small sites that real generators were asked about: ``asking`` runs them, ``answers/`` keeps what they said.

Each generator has a list of sites; a site is a mapping from path to text. They exercise every rule of addresses that
the generator documents: patterns, slugs of awkward titles, dates in names and headers, languages, folders.
"""

import re

TITLES = (
    "A Plain Title", "It's 100% \"quoted\" & more", "Über Straße, naïve café", "日本語のタイトル", "Привет, мир", "C++ / C# _under_ -dash-",
    "  spaces   inside  ", "Title with `code` and *stars*", "2024: a year?", "Emoji 🎉 party", "Ελληνικά λόγια", "Łódź œuvre Ærø",
    "a.b.c v1.2", "<b>Bold</b> tags", "don't stop", "ﬁne ligature ½", "Tiếng Việt", "ALL CAPS",
)  # fmt: skip


def _pelican(*lines: str, body: str = "x") -> str:
    return "\n".join((*lines, "", body, ""))


def _titled(folder: str, ending: str, head: str, foot: str) -> dict[str, str]:
    return {f"{folder}/t{number:02}{ending}": f"{head % title}{foot}" for number, title in enumerate(TITLES)}


_PELICAN = {
    **_titled("content", ".md", "Title: %s\n", "Date: 2024-03-08 10:05\n\nx\n"),
    "content/news/2024-03-09-dated.md": _pelican("Title: Dated by name"),
    "content/Big News/in-folder.md": _pelican("Title: In a folder", "Date: 2024-12-31 23:30"),
    "content/category.md": _pelican("Title: With category", "Date: 2024-01-02", "Category: C++ & Ruby"),
    "content/slug.md": _pelican("Title: With slug", "Date: 2024-01-02", "Slug: Own_Slug"),
    "content/url.md": _pelican(
        "Title: With url", "Date: 2024-01-02", "URL: own/place/", "Save_as: own/place/index.html"
    ),
    "content/author.md": _pelican("Title: With authors", "Date: 2024-01-02", "Authors: Ada Lovelace; Bob"),
    "content/offset.md": _pelican("Title: With offset", "Date: 2024-01-01 23:30:00-05:00"),
    "content/fr.md": _pelican("Title: En français", "Date: 2024-01-02", "Lang: fr", "Slug: spoken"),
    "content/en.md": _pelican("Title: In English", "Date: 2024-01-02", "Lang: en", "Slug: spoken"),
    "content/alone.md": _pelican("Title: Allein", "Date: 2024-01-02", "Lang: de"),
    "content/pages/about.md": _pelican("Title: A page", "Date: 2024-01-02"),
    "content/drafts/d.md": _pelican("Title: A draft", "Date: 2024-01-02", "Status: draft"),
}
_PELICANS = (
    "",
    "ARTICLE_URL = 'blog/{date:%Y}/{date:%m}/{date:%d}/{slug}/'\nARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'\n",
    "ARTICLE_URL = '{category}/{date:%b}-{date:%j}-{slug}.html'\nTIMEZONE = 'Europe/Paris'\nARTICLE_LANG_URL = '{lang}/{slug}.html'\n",
    "SLUGIFY_SOURCE = 'basename'\nARTICLE_URL = '{author}/{slug}'\nAUTHOR = 'The Author'\nUSE_FOLDER_AS_CATEGORY = False\n",
    "SLUGIFY_USE_UNICODE = True\nSLUGIFY_PRESERVE_CASE = True\nDEFAULT_LANG = 'fr'\n",
    (
        "SLUG_REGEX_SUBSTITUTIONS = [(r'[^\\w\\s-]', '_'), (r'\\s', '.'), (r'(?u)\\A[-_.]+', '')]\nDEFAULT_CATEGORY = 'Other'\n"
        "ARTICLE_URL = '{category}/{slug}.html'\nCATEGORY_REGEX_SUBSTITUTIONS = [(r'[^a-z]+', '')]\n"
    ),
    (
        "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)'\nPATH_METADATA = r'(?P<kind>[^/]*)/.*'\n"
        "ARTICLE_PATHS = ['news', 'Big News']\n"
    ),
    (
        "import os\nBASE = 'posts'\nARTICLE_URL = os.path.join(BASE, '{slug}') + '.html'\nARTICLE_EXCLUDES = ['news']\n"
        "DEFAULT_METADATA = {'category': 'From settings'}\n"
    ),
)

_MKDOCS = {
    **_titled("docs/blog/posts", ".md", "---\ndate: 2024-03-08\ntitle: >-\n  %s\n---\n", "\nx\n"),
    **{f"docs/blog/posts/h{n:02}.md": f"---\ndate: 2024-03-08\n---\n\n# {t} two\n\nx\n" for n, t in enumerate(TITLES)},
    "docs/blog/posts/no-title_at-all.md": "---\ndate: 2024-01-02\n---\nJust words.\n",
    "docs/blog/posts/2024/deep-one.md": "---\ndate: 2024-12-31 23:30:00\n---\n# Deep one\n",
    "docs/blog/posts/offset.md": "---\ndate: 2024-12-31 23:30:00 -05:00\n---\n# With offset\n",
    "docs/blog/posts/both.md": "---\ndate:\n  created: 2023-05-06\n  updated: 2024-01-01\nslug: Own_Slug\ncategories: [Big News, C++]\n---\n# B\n",
    "docs/blog/posts/categories.md": "---\ndate: 2024-01-02\ncategories: [Über uns, Two, Three]\n---\n# Categories\n",
    "docs/blog/posts/draft.md": "---\ndate: 2024-01-02\ndraft: true\n---\n# Draft\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/index.md": "# Home\n",
}
_MKDOCSES = (
    "plugins: [blog]\n",
    "plugins:\n- blog:\n    blog_dir: .\n",
    "plugins:\n- blog:\n    post_url_format: '{categories}/{date}/{file}'\n    post_url_date_format: yyyy-MM\n    post_url_max_categories: 2\n",
    "plugins:\n- blog:\n    post_url_format: '{slug}'\n    post_slugify_separator: '_'\nuse_directory_urls: false\n",
    "plugins:\n- meta\n- blog:\n    post_url_format: 'p/{date}-{slug}'\n    post_url_date_format: dd.MMM.yy\n",
)

_HEXO = {
    **_titled("source/_posts", ".md", "---\ndate: 2024-03-08 10:05:00\ntitle: >-\n  %s\n---\n", "\nx\n"),
    **{f"source/_posts/{name}.md": f"---\ntitle: {name}\ndate: 2024-03-08 10:05:00\n---\nx\n" for name in (
        "Hello World", "Über uns", "v1.b", "日本語", "sub/deep/post", "_hidden", "100 sure", "a+b (c)")},
    "source/_posts/2023-04-05-dated.md": "---\ntitle: Dated by name\n---\nx\n",
    "source/_posts/cats.md": "---\ntitle: Cats\ndate: 2024-03-08\ncategories: [Big News, Über]\n---\nx\n",
    "source/_posts/cats2.md": "---\ntitle: Cats two\ndate: 2024-03-08\ncategories:\n- [A, B b]\n- [C]\n---\nx\n",
    "source/_posts/cat.md": "---\ntitle: Cat\ndate: 2024-03-08\ncategory: One Word\n---\nx\n",
    "source/_posts/own.md": "---\ntitle: Own\ndate: 2024-03-08\npermalink: own/place.html\nlang: fr\n---\nx\n",
    "source/_posts/lang.md": "---\ntitle: Lang\ndate: 2024-12-31 23:30:00\nlang: fr\n---\nx\n",
    "source/_drafts/draft.md": "---\ntitle: Draft\ndate: 2024-03-08\n---\nx\n",
    "package.json": '{"name": "hexo-site", "hexo": {"version": "8"}, "dependencies": {"hexo-renderer-marked": "*"}}',
}  # fmt: skip
_HEXOS = (
    "new_post_name: :title.md\n",
    "new_post_name: :title.md\npermalink: :category/:year-:i_month-:i_day/:name.html\ndefault_category: none\n",
    "new_post_name: :year-:month-:day-:title.md\npermalink: :post_title/:hour:minute:second/\ntimezone: Europe/Paris\n",
    "new_post_name: :title.md\npermalink: :hash/:timestamp/\ncategory_map: {Big News: news}\nfilename_case: 1\n",
    "new_post_name: :title.md\npermalink: :lang/:title\npermalink_defaults: {lang: en}\npost_asset_folder: true\n",
    "new_post_name: :title.md\npermalink: :title.html\npretty_urls: {trailing_index: false, trailing_html: false}\n",
    "new_post_name: :title.md\npermalink: :category/:title/index.html\npretty_urls: {trailing_index: false}\nfilename_case: 1\n",
)

_ELEVENTY = {
    **_titled("content/posts", ".md", "---\ndate: 2024-03-08\ntitle: >-\n  %s\n---\n", "\nx\n"),
    "content/posts/2024-03-09-dated.md": "---\ntitle: Dated\n---\nx\n",
    "content/posts/2024-03-10-bundle/index.md": "---\ntitle: Bundle\n---\nx\n",
    "content/posts/same/same.md": "---\ntitle: Same\ndate: 2024-03-08\n---\nx\n",
    "content/posts/v1-2024-03-11-odd.md": "---\ntitle: Odd\n---\nx\n",
    "content/posts/own.md": "---\ntitle: Own\ndate: 2024-03-08\npermalink: /own/place/index.html\n---\nx\n",
    "content/posts/file.md": "---\ntitle: File\ndate: 2024-03-08\npermalink: own/file.html\n---\nx\n",
    "content/posts/liquid.md": "---\ntitle: Über Li quid\ndate: 2024-03-08\npermalink: \"/{{ page.date | date: '%Y/%m' }}/{{ title | slugify }}/\"\n---\nx\n",
    "content/posts/stem.md": "---\ntitle: Stem\ndate: 2024-03-08\npermalink: '{{ page.filePathStem }}.html'\n---\nx\n",
    "content/posts/deep/2024-01-02-stem.md": '---\ntitle: Deep stem\nkind: K k\npermalink: \'/{{ kind | downcase | replace: " ", "-" }}{{ page.filePathStem }}/\'\n---\nx\n',
    "content/zone.md": "---\ntitle: Zone\ndate: 2024-12-31T23:30:00-05:00\npermalink: \"/{{ page.date | date: '%Y-%m-%d' }}/\"\n---\nx\n",
    "content/data/2024-03-08-d.md": "---\ntitle: With data\n---\nx\n",
    "content/data/data.json": '{"permalink": "/d/{{ page.fileSlug }}/"}',
    "content/js/2024-03-08-j.md": "---\ntitle: With data in a script\n---\nx\n",
    "content/js/js.11tydata.js": "export default { permalink: '/j/{{ title | slugify }}-{{ page.fileSlug }}.html' };\n",
    "content/one/a.md": "---\ntitle: A one\ndate: 2024-03-08\n---\nx\n",
    "content/one/a.11tydata.json": '{"permalink": "/alone/"}',
    "content/one/one.11tydata.json": '{"permalink": "/never/{{ page.fileSlug }}/", "date": "2024-02-03"}',
    "content/one/b.md": "---\ntitle: B one\n---\nx\n",
    "content/_data/site.json": '{"url": "https://example.org"}',
}
_ELEVENTIES = (
    "export default function (config) { config.setInputDirectory('content'); }\n",
    "export default function () { return { dir: { input: 'content', output: '_site' }, markdownTemplateEngine: 'njk' } }\n",
)

_POST = "---\ntitle: T\ndate: 2024-03-08\n%s---\nx\n"
_ASTRO_PAGE = """---
import { getCollection } from 'astro:content';
export async function getStaticPaths() {
  const posts = await getCollection('blog');
  return posts.map((post) => ({ params: { PARAMS }, props: { post } }));
}
const { post } = Astro.props;
---
<html><head><meta name="source" content={post.filePath} /></head><body></body></html>
"""
_ASTRO_CONTENT = """import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
const blog = defineCollection({ loader: glob({ pattern: '**/[^_]*.md', base: './src/posts' }) });
export const collections = { blog };
"""
_ASTRO = {
    "src/content.config.ts": _ASTRO_CONTENT,
    **{f"src/posts/{name}.md": _POST % "" for name in (
        "First Post", "2024/Über uns!", "a.b.c v1", "日本 語", "C++ & C", "deep/er/index", "deep/_not", "UPPER_case", "it's -- so",
        "fr/spoken", "Émile & Zoë", "tab_under-dash", "1.5 times", "(brackets) [x]")},
    "src/posts/own.md": _POST % "slug: Own-Slug/deep\n",
    "src/posts/link.md": _POST % "link: own-link\n",
}  # fmt: skip
_ASTROS = (
    ("", "src/pages/blog/[...slug].astro", "slug: post.id"),
    ("trailingSlash: 'always',", "src/pages/[...id].astro", "id: post.id"),
    ("base: '/base', build: { format: 'file' },", "src/pages/posts/[...path].astro", "path: post.id"),
)
_DOCUSAURUS = {
    f"blog/{name}": _POST % header
    for name, header in {
        "2019-05-28-first-post.md": "", "2019-05-28-first/index.mdx": "", "2021/05/30/a.md": "", "2021/05-30-b.md": "",
        "deep/2021-5-3/c.md": "", "deep/er/d.md": "", "folder/index.md": "", "e_f G.md": "", "2024-01-02-slug.md": "slug: own\n",
        "2024-01-02-slash.md": "slug: /own/slash/\n", "x-2024-01-02-y.md": "", "2024-01-02.md": "", "2024-01-02-Über.md": "",
        "2024-01-02/index.md": "", "a.b.md": "",
    }.items()
}  # fmt: skip
_DOCUSAURUSES = ("", "trailingSlash: true,", "trailingSlash: false,", "routeBasePath")

SITES: dict[str, list[dict[str, str]]] = {
    "pelican": [{"pelicanconf.py": f"SITEURL = 'https://example.org'\nPATH = 'content'\n{more}", **_PELICAN} for more in _PELICANS],
    "mkdocs": [
        {"mkdocs.yml": f"site_name: S\nsite_url: https://example.org/\ntheme: {{name: material}}\n{more}"}
        | {path.replace("/blog/posts/", "/posts/") if "blog_dir: ." in more else path: text for path, text in _MKDOCS.items()}
        | ({"docs/blog/posts/.meta.yml": "categories: [Above]\n"} if "meta" in more else {})
        for more in _MKDOCSES
    ],
    "hexo": [{"_config.yml": f"title: T\nurl: https://example.org\ntimezone: UTC\n{more}" if "timezone" not in more
              else f"title: T\nurl: https://example.org\n{more}", **_HEXO} for more in _HEXOS],
    "astro": [
        {"astro.config.mjs": f"export default {{ site: 'https://example.org', {more} }};\n", page: _ASTRO_PAGE.replace("PARAMS", gives)}
        | _ASTRO
        for more, page, gives in _ASTROS
    ],
    "docusaurus": [
        {"docusaurus.config.js": "module.exports = { url: 'https://example.org', baseUrl: '/', "
         + ("presets: [['classic', { blog: { routeBasePath: '/' } }]] };" if more == "routeBasePath" else f"{more} }};"), **_DOCUSAURUS}
        for more in _DOCUSAURUSES
    ],
    "eleventy": [
        {"eleventy.config.js": config}
        | {path: text for path, text in _ELEVENTY.items() if "njk" not in config or not re.search("date: .%|replace: ", text)}
        for config in _ELEVENTIES
    ],
}  # fmt: skip
