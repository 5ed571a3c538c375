"""Docusaurus: addresses as ``parseBlogFileName`` and ``normalizeUrl`` give them, several blogs, translations."""

import pytest
from addressing import POST, addresses
from reading import loaded

CONFIG = """
// @ts-check
import {themes as prismThemes} from 'prism-react-renderer';
const config: Config = {
  title: 'My Site', tagline: "It's cool", url: 'https://example.org', baseUrl: '/%s',
  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] }, %s
  presets: [['classic', { docs: false, blog: { %s } } satisfies Preset.Options]],
};
export default config;
"""


@pytest.mark.parametrize(
    ("path", "header", "expected"),
    [
        ("2019-05-28-first-post.md", "", "/blog/2019/05/28/first-post"),
        ("2019-05-30-welcome/index.mdx", "", "/blog/2019/05/30/welcome"),
        ("2021/05/30/welcome.md", "", "/blog/2021/05/30/welcome"),
        ("2021/05-30-no.md", "", "/blog/2021/05/30/no"),
        ("deep/2021-5-3/name.md", "", "/blog/2021/5/3/deep/name"),
        ("plain.md", "date: 2024-03-08\n", "/blog/plain"),
        ("folder/index.md", "date: 2024-03-08\n", "/blog/folder"),
        ("2019-05-28-a.md", "slug: hello\n", "/blog/hello"),
        ("2019-05-28-a.md", "slug: /deep/hello/\n", "/blog/deep/hello/"),
        ("2019-05-28-a b.md", "", "/blog/2019/05/28/a%20b"),
    ],
)
def test_addresses(tmp_path, path, header, expected):
    contents = {"docusaurus.config.ts": CONFIG % ("", "", ""), f"blog/{path}": f"---\ntitle: T\n{header}---\nx"}
    assert addresses(tmp_path, contents) == {f"blog/{path}": expected}


@pytest.mark.parametrize(
    ("more", "blog", "expected"),
    [
        ("trailingSlash: true,", "", "/blog/2019/05/28/a/"),
        ("trailingSlash: false,", "", "/blog/2019/05/28/a"),
        ("", "routeBasePath: '/'", "/2019/05/28/a"),
        ("", "routeBasePath: 'news/all'", "/news/all/2019/05/28/a"),
    ],
)
def test_options(tmp_path, more, blog, expected):
    contents = {"docusaurus.config.js": CONFIG % ("", more, blog), "blog/2019-05-28-a.md": "---\ntitle: T\n---\nx"}
    assert list(addresses(tmp_path, contents).values()) == [expected]


def test_several_blogs_and_what_is_no_post(tmp_path):
    config = """module.exports = { url: 'https://example.org', baseUrl: '/', presets: [['@docusaurus/preset-classic', {}]],
      plugins: [async function own() { return {name: 'own'} }, ['@docusaurus/plugin-content-blog', {
        id: 'second', routeBasePath: 'second', path: './second-blog' }]] }"""
    contents = {
        "docusaurus.config.js": config,
        "blog/2024-03-08-a.md": POST,
        "second-blog/2024-03-08-a.md": POST,
        "blog/_partial.md": POST,
        "blog/_drafts/2024-03-08-a.md": POST,
        "docs/intro.md": POST,
        "i18n/fr/docusaurus-plugin-content-blog-second/2024-03-08-a.md": POST,
    }
    assert addresses(tmp_path, contents) == {
        "blog/2024-03-08-a.md": "/blog/2024/03/08/a",
        "second-blog/2024-03-08-a.md": "/second/2024/03/08/a",
    }


def test_translations_authors_and_what_configuration_says(tmp_path):
    contents = {
        "docusaurus.config.js": CONFIG % ("base/", "", ""),
        "blog/authors.yml": "ada:\n  name: Ada Lovelace\n  url: https://ada.example\n",
        "blog/2024-03-08-a.md": "---\ntitle: One\nauthors: [ada]\nunlisted: false\n---\nx",
        "i18n/fr/docusaurus-plugin-content-blog/2024-03-08-a.md": "---\ntitle: Un\nauthors: ada\n---\nx",
        "blog/2024-03-09-b.md": "---\ntitle: Hidden\nunlisted: true\n---\nx",
    }
    result = loaded(tmp_path, contents)
    found = {one.language: one for one in result.site.articles}
    assert found["en"].permalink == "https://example.org/base/blog/2024/03/08/a"
    assert found["fr"].permalink == "https://example.org/base/fr/blog/2024/03/08/a"
    assert [one.permalink for one in found["en"].translations] == [found["fr"].permalink]
    assert found["fr"].authors[0].name == "Ada Lovelace"
    assert (result.site.title, result.site.description) == ("My Site", "It's cool")
    assert len(result.site.articles) == 2


def test_a_configuration_that_cannot_be_read_is_said(tmp_path):
    contents = {"docusaurus.config.js": "f(" * 70_000, "blog/2024-03-08-a.md": POST}
    result = loaded(tmp_path, contents)
    assert {remark.code for remark in result.findings} >= {"configuration-unread"}
    assert len(result.site.articles) == 1
