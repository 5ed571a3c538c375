"""Foreign HTML: nothing that runs, embeds or styles passes; every address is absolute; text survives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.loading import html as markup
from syndicate.loading.html import BodyError, plain, sanitise

PAGE = "https://example.org/blog/post/"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<style>*{background:url(javascript:alert(1))}</style>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<form action=//evil.example><input></form>",
        "<object data=x></object><embed src=x>",
        "<base href='//evil.example/'>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p style='position:fixed'>x</p>",
        "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
        "<a href='vbscript:x'>x</a><a href='file:///etc/passwd'>y</a>",
    ],
)
def test_nothing_active_passes(hostile):
    clean = sanitise(f"<p>before</p>{hostile}<p>after</p>", PAGE)
    assert not re.search(
        r"<(?:script|style|svg|math|iframe|form|input|object|embed|base|meta)|\son\w+=|javascript:|vbscript:|file:|style=|data:text|svg\+xml",
        clean,
    )
    assert "before" in clean


def test_every_address_becomes_absolute():
    clean = sanitise(
        '<a href="#note">n</a><a href="../é.html">e</a><img src="/a b.png" srcset="x.png 1x, /y.png 2x" alt="">'
        '<video poster="p.jpg" src="v.mp4"></video><blockquote cite="/c">q</blockquote>',
        PAGE,
    )
    assert 'href="https://example.org/blog/post/#note"' in clean
    assert 'href="https://example.org/blog/%C3%A9.html"' in clean
    assert 'src="https://example.org/a%20b.png"' in clean
    assert 'srcset="https://example.org/blog/post/x.png 1x, https://example.org/y.png 2x"' in clean
    assert 'poster="https://example.org/blog/post/p.jpg"' in clean
    assert 'cite="https://example.org/c"' in clean
    assert not re.search(r'(?:href|src|poster|cite)="(?!https?:|mailto:)', clean)


def test_a_frame_becomes_a_link_and_a_film_a_poster():
    clean = sanitise('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?start=3" title="A film"></iframe>', PAGE)
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in clean
    assert 'alt="A film"' in clean
    assert sanitise('<iframe src="//maps.example/x"></iframe>', PAGE).count("<a href") == 1


def test_a_lazy_image_gets_its_source_back():
    clean = sanitise('<img class="lazy" src="data:image/gif;base64,R0lGOD" data-src="/real.jpg" alt="A &amp; b">', PAGE)
    assert 'src="https://example.org/real.jpg"' in clean
    assert 'alt="A &amp; b"' in clean


def test_template_code_that_is_content_reads_the_same_but_is_none():
    clean = sanitise("<pre>{% raw %} {{ x }}</pre><p title='{{ y }}'>z</p>", PAGE)
    assert "{%" not in clean
    assert "{{" not in clean
    assert plain(clean) == "{% raw %} {{ x }} z"


def test_endless_nesting_is_refused_and_unclosed_things_are_closed():
    with pytest.raises(BodyError):
        sanitise("<div>" * 10_000, PAGE)
    with pytest.raises(BodyError):
        sanitise("<blockquote>" * 10_000, PAGE)
    assert sanitise("<p>a<p>b<div><b>c", PAGE).count("<p>") == 2


@given(st.text(max_size=200))
def test_sanitising_is_stable_and_never_fails(text):
    once = sanitise(text, PAGE)
    assert "<script" not in once.lower()
    assert plain(once) == plain(sanitise(once, PAGE))


def test_plain_text_keeps_words_apart_and_no_break_spaces():
    assert plain("<p>a</p><p>b<br>c</p><script>x</script> d\u00a0: e &amp; f") == "a b c d\u00a0: e & f"


def test_openings():
    assert markup.first_paragraph("<h2>x</h2><p> </p><p>First <em>one</em></p><p>second</p>") == "First one"
    assert markup.before_more("<p>a</p><!-- more --><p>b</p>") == "<p>a</p>"
    assert markup.before_more("<p>a</p>") is None
    assert markup.first_heading("<!-- x -->\n<h1>A &amp; b</h1>\n<p>c</p>") == ("A & b", "<p>c</p>")
    assert markup.first_heading("<p>c</p><h1>A</h1>") == ("", "<p>c</p><h1>A</h1>")


def test_sizes_are_given_where_known_and_not_said():
    clean = '<p><img src="https://example.org/a.png" alt=""><img src="https://example.org/b.png" alt="" width="5"></p>'
    sized = markup.with_sizes(clean, lambda url: (640, 480))
    assert sized.count('width="640" height="480"') == 1
    assert markup.pictures(sized) == (("https://example.org/a.png", ""), ("https://example.org/b.png", ""))
