"""The article in a page, without what a site puts around it."""

import pytest

from syndicate.pages.body import article

TEXT = "<p>" + "Words that say what it is about, and then some more. " * 3 + "</p>"


def body(html):
    return article(f"<!doctype html><html><body><nav>Home</nav>{html}<footer>End</footer></body>".encode(), "utf-8")


@pytest.mark.parametrize(
    "holder",
    [
        '<div itemprop="articleBody">{}</div>',
        '<div class="x e-content y">{}</div>',
        '<section class="entry-content">{}</section>',
        '<div class="Post-Content">{}</div>',
        "<article>{}</article>",
        "<main>{}</main>",
        '<div role="main">{}</div>',
        '<div class="prose">{}</div>',
        '<div id="content">{}</div>',
        '<main><article><div class="post-content">{}</div><div>Related: this and that</div></article></main>',
        "<article>Short</article><article>{}</article>",
        "<article><h1>Title</h1><time datetime=2024>2024</time>{}</article>",
        "<article><header><h1>Title</h1><p>By Ada</p></header>{}<footer>Tags</footer></article>",
        '<article><p class="post-meta">8 March{}</article>',
        '<article>{}<div class="share-buttons"><a>Tweet</a><div><div></div></div></div></article>',
        '<article>{}<section id=c class="comments">What <section>they</section> say</section></article>',
        '<article>{}<aside role="complementary">More</aside><!-- x --><script>a</script></article>',
        '<article><nav class=toc><ul><li>a</ul></nav>{}<div hidden>b</div><span class="sr-only">c</span></article>',
    ],
)
def test_the_words_are_found_and_nothing_else(holder):
    assert body(holder.format(TEXT)) == TEXT


@pytest.mark.parametrize(
    "kept",
    [
        "<h2 class=title>A part</h2>",
        '<h2><a class="header" href="#a">A part</a></h2>',
        "<blockquote><p>To be</p><footer>Shakespeare</footer></blockquote>",
        '<div class="elementor-widget"><p>Text</p></div>',
        "<aside><p>By the way</p></aside>",
        "<figure><img src=a><figcaption>A</figcaption></figure>",
        '<p class="related-work">Others did</p>',
        "<h1>A second part</h1>",
    ],
)
def test_what_an_author_wrote_stays(kept):
    assert body(f"<article>{TEXT}{kept}</article>") == TEXT + kept


def test_a_heading_loses_only_the_sign_beside_it():
    sign = '<a class="headerlink" href="#a">¶</a>'
    assert body(f"<article>{TEXT}<h2>A{sign}</h2></article>") == f"{TEXT}<h2>A</h2>"


def test_a_page_without_an_article_has_none():
    assert body("<p>A word.") is None
    assert body(f"<div>{TEXT}</div>") is None


def test_an_article_that_never_ends_ends_with_the_page():
    assert body(f"<article>{TEXT}").startswith(TEXT)


def test_other_encodings_are_read():
    assert article(f"<article>{TEXT} déjà</article>".encode("latin-1"), "windows-1252").endswith("déjà")
