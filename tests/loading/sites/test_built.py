"""The built site answers where only templates know an address."""

from addressing import POST, addresses, codes

PAGE = "<!DOCTYPE html><html><head><title>{title} | Site</title>{more}</head><body><h1>{title}</h1></body></html>"
LINK = '<link rel="canonical" href="https://example.org{0}">'


def page(title, more=""):
    return PAGE.format(title=title, more=more)


def eleventy(**posts):
    return {
        "eleventy.config.js": "export default function () { return { dir: { input: 'content' } } }\n",
        **{f"content/{name}.md": POST.replace("A Title", title) for name, title in posts.items()},
        "content/content.11tydata.js": "export default { permalink: (data) => `/x/${data.title}/` }\n",
    }


def test_slug_title_and_canonical_link(tmp_path):
    contents = {
        **eleventy(one="One", two="The second", three="Third"),
        "_site/deep/one/index.html": page("One"),
        "_site/moved/second.html": page("The second", LINK.format("/moved/second")),
        "_site/three/index.html": page("Third", LINK.format("/third-at-last/")),
        "_site/index.html": page("Home"),
    }
    assert addresses(tmp_path, contents) == {
        "content/one.md": "/deep/one/",
        "content/two.md": "/moved/second",
        "content/three.md": "/third-at-last/",
    }
    assert "permalink-guessed" not in codes(tmp_path, {})


def test_what_several_pages_could_be_stays_a_guess(tmp_path):
    contents = {
        **eleventy(one="One", two="Two"),
        "_site/a/one/index.html": page("Other"),
        "_site/b/one/index.html": page("Another"),
        "_site/a/two/index.html": page("Two"),
        "_site/b/two/index.html": page("Not two"),
    }
    assert addresses(tmp_path, contents) == {"content/one.md": "/one/", "content/two.md": "/a/two/"}
    assert "permalink-guessed" in codes(tmp_path, {})


def test_the_folder_that_the_settings_name(tmp_path):
    contents = {
        **eleventy(one="One"),
        "syndicate.toml": 'built = "www"\n',
        "www/here/one/index.html": page("One"),
        "_site/not/one/index.html": page("One"),
    }
    assert addresses(tmp_path, contents) == {"content/one.md": "/here/one/"}


def test_astro_without_a_page_that_asks(tmp_path):
    contents = {
        "astro.config.mjs": "export default { site: 'https://example.org' }\n",
        "src/content/blog/a.md": POST,
        "dist/writing/a/index.html": page("A Title"),
    }
    assert addresses(tmp_path, contents) == {"src/content/blog/a.md": "/writing/a/"}


def test_pages_that_cannot_be_read_do_no_harm(tmp_path):
    contents = {**eleventy(one="One"), "_site/x/one/index.html": b"\xff\xfe\x00<", "_site/y.html": b"<" * 50_000}
    assert addresses(tmp_path, contents) == {"content/one.md": "/x/one/"}


def test_an_address_that_a_function_computes_is_no_rule_of_ours(tmp_path):
    contents = {
        **eleventy(one="One"),
        "content/content.11tydata.js": "module.exports = { eleventyComputed: { permalink: (data) => f(data) } }\n",
    }
    assert addresses(tmp_path, contents) == {"content/one.md": "/one/"}
    assert "permalink-guessed" in codes(tmp_path, {})
    assert addresses(tmp_path, {"_site/computed/one/index.html": page("One")}) == {"content/one.md": "/computed/one/"}


def test_no_article_is_lost_for_a_guess(tmp_path):
    names = {"2024-01-02-links": "One", "2024-02-03-links": "Two", "2024-03-04-alone": "Three"}
    assert addresses(tmp_path, eleventy(**names)) == {
        "content/2024-01-02-links.md": "/2024-01-02-links/",
        "content/2024-02-03-links.md": "/2024-02-03-links/",
        "content/2024-03-04-alone.md": "/alone/",
    }
