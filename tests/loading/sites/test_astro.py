"""Astro: ids of entries, and the dynamic pages that say where they are published."""

import pytest
from addressing import POST, addresses, codes
from reading import loaded

CONFIG = (
    "import { defineConfig } from 'astro/config';\nexport default defineConfig({ site: 'https://example.org', %s });\n"
)
CONTENT = """
import { glob } from 'astro/loaders';
const blog = defineCollection({ loader: glob({ pattern: '**/[^_]*.{md,mdx}', base: "./src/posts" }), schema: z.object({}) });
const data = defineCollection({ loader: file("src/data.json") });
export const collections = { blog, data };
"""
PAGE = """---
export async function getStaticPaths() {
  const posts = await getCollection('blog', ({ data }) => !data.draft);
  return posts.map((post) => ({ params: { %s }, props: post }));
}
---
"""


@pytest.mark.parametrize(
    ("more", "page", "gives", "post", "expected"),
    [
        ("", "blog/[...slug].astro", "slug: post.id", ("First Post.md", ""), "/blog/first-post/"),
        ("", "blog/[...slug].astro", "slug: post.slug", ("2024/Über_uns!.md", ""), "/blog/2024/%C3%BCber_uns/"),
        ("", "[...slug].astro", "slug: post.id", ("a/index.mdx", ""), "/a/"),
        ("", "posts/[id].astro", "id: post.id", ("a.md", "slug: Own-Slug\n"), "/posts/Own-Slug/"),
        ("", "posts/[slug]/index.astro", "slug: post.data.link", ("a.md", "link: own\n"), "/posts/own/index/"),
        ("trailingSlash: 'never',", "blog/[slug].astro", "slug: post.id", ("a.md", ""), "/blog/a"),
        ("build: { format: 'file' },", "blog/[slug].astro", "slug: post.id", ("a.md", ""), "/blog/a"),
        ("base: '/docs',", "blog/[slug].astro", "slug: post.id", ("a.md", ""), "/docs/blog/a/"),
    ],
)
def test_addresses(tmp_path, more, page, gives, post, expected):
    path, header = post
    contents = {
        "astro.config.mjs": CONFIG % more,
        "src/content.config.ts": CONTENT,
        f"src/pages/{page}": PAGE % gives,
        "src/pages/tags/[tag].astro": PAGE % "tag: tag",
        "src/pages/[...page].astro": "getCollection('blog') params: { slug } paginate(",
        "src/pages/blog/[slug].png.ts": PAGE % "slug: post.id",
        f"src/posts/{path}": f"---\ntitle: T\npubDate: 2024-03-08\n{header}---\nx",
        "src/posts/_draft.md": POST,
    }
    expected = expected.replace("/index/", "/")
    result = loaded(tmp_path, contents)
    assert [one.permalink for one in result.site.articles] == [f"https://example.org{expected}"], result.findings
    assert "permalink-guessed" not in {remark.code for remark in result.findings}


def test_collections_without_configuration_and_pages(tmp_path):
    contents = {
        "astro.config.mjs": CONFIG % "",
        "src/content/notes/A Note.md": POST,
        "src/pages/about.md": "---\ntitle: About\n---\nx",
        "src/pages/2024/hello.md": POST,
        "src/pages/news/index.md": POST,
    }
    assert addresses(tmp_path, contents) == {
        "src/content/notes/A Note.md": "/notes/a-note/",
        "src/pages/2024/hello.md": "/2024/hello/",
        "src/pages/news/index.md": "/news/",
    }
    assert "permalink-guessed" in codes(tmp_path, {})


def test_languages(tmp_path):
    i18n = "i18n: { defaultLocale: 'en', locales: ['en', 'fr', { path: 'deutsch', codes: ['de'] }] },"
    contents = {
        "astro.config.mjs": CONFIG % i18n,
        "src/content.config.ts": CONTENT,
        "src/pages/[lang]/blog/[...slug].astro": PAGE % "lang, slug: slug.join('/') || undefined",
        "src/posts/en/a.md": POST,
        "src/posts/fr/a.md": POST,
    }
    result = loaded(tmp_path, contents)
    assert {one.language: one.permalink for one in result.site.articles} == {
        "en": "https://example.org/en/blog/a/",
        "fr": "https://example.org/fr/blog/a/",
    }
    assert all(len(one.translations) == 1 for one in result.site.articles)
