"""A block of tags in a page: exactly there, exactly once, and gone without a trace.

``SYNDICATE_MUTATIONS=10000 pytest tests/pages/test_splice.py`` tries so many random mutations of pages.
"""

import os
import random
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from syndicate.pages.head import UnfitError, head
from syndicate.pages.splice import BEGIN, END, bare, marked, splice

OURS = "ours-"
FRAGMENT = """<meta name="description" content="ours-Été &amp; &lt;b&gt;">
<meta property="og:title" content="ours-日本 😀">
<meta property="og:image" content="https://e.org/ours-x.jpg">
<meta property="og:image:alt" content="ours-A view">
<meta name="twitter:card" content="ours-summary_large_image">
<link rel="alternate" type="application/rss+xml" title="ours-x" href="https://e.org/rss.xml">
<script type="application/ld+json">{"@type": "Article", "headline": "ours-日本 😀"}</script>
"""
PAGES = (
    b"""<!DOCTYPE html>\n<html lang="fr">\n  <head>\n    <meta charset="utf-8"><title>A &amp; </head> b</title>
<!-- </head> > y --><script>if (a<b) "</head>"; </script><style>a>b{}</style><noscript><link rel=stylesheet href=x>
</noscript><template><div></head></div></template><meta property="og:image" content='a>b.png'>
<script type="application/ld+json">{"@context":"x","@type":"BlogPosting"}</script></head>\n<body class=a><article>
<h1>T</h1><p>a < b<p>c<svg><title/><path/></svg></article><script><!-- <script> </script> --></script></body></html>""",
    b"<!doctype html><title>x</title><p>Hello<p>there",
    b'<html><head><meta http-equiv=content-type content="text/html; charset=windows-1252"><title>\xe9t\xe9</title><body>',
    b"\xef\xbb\xbf<!doctype html><html><head><title>x</title><noscript><img src=x></noscript></head><body>x</body></html>",
    b"<!doctype html>hey<html><head><meta charset=utf-8><title>q</title></head><body>b",
    b'<!DOCTYPE html>\r\n<HTML>\r\n<HEAD>\r\n<META CHARSET="Shift_JIS"><TITLE>\x93\xfa\x96{</TITLE>\r\n</HEAD>\r\n<BODY>',
)
PIECES = (
    b"< > </head> <head> <body> <!-- --> \" ' <script> </script> <template> </template> <noscript> </noscript> <title>"
    b" </title> <svg> <![CDATA[ ]]> = / \0 \xff <meta\tcharset=shift_jis> <!doctype\thtml> </p> <style> <textarea> <?xml"
    b" ?> <plaintext> </br> <frameset> <meta\tname=description\tcontent=x> &amp <math> --!> <!> </> <!-->"
).split(b" ")
WRITTEN = f"{BEGIN.decode()}\n"


def mutated(page: bytes, chance: random.Random, most: int) -> bytes:
    data = bytearray(page)
    for _ in range(chance.randrange(most + 1)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(3):
            case 0:
                data[place:place] = chance.choice(PIECES).replace(b"\t", b" ")
            case 1:
                del data[place : place + chance.randrange(1, 30)]
            case _:
                data[place : place + 1] = bytes([chance.randrange(256)])
    return bytes(data).removesuffix(b"<!")  # at the end of a page, Lexbor takes the text before it for a comment


def seen(data: bytes) -> list[tuple[str, str]]:
    """What a browser's parser makes of a page: elements, comments and text, but ours."""
    found: list[tuple[str, str]] = []
    document = LexborHTMLParser(data.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))
    for node in document.root.parent.traverse(include_text=True):
        ours = node.tag in {"meta", "link", "script", "-comment"} and re.search("ours-|syndicate:", node.html)
        if ours or node.tag in {"html", "head", "body", "-document", None}:
            continue  # the last are always there, written or not
        if node.tag == "-text":
            said = "".join(node.text(deep=False).split())
            if not said or OURS in said:
                continue
            if found and found[-1][0] == "-text":
                said = found.pop()[1] + said
        else:
            said = str(sorted(node.attributes.items())) if node.tag[0] not in "-_" else node.html
        found.append((node.tag, said))
    return found


def in_head(data: bytes) -> bool:
    heads = LexborHTMLParser(data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")).css("head meta")
    return any(OURS in (one.attributes.get("content") or "") for one in heads)


def written(page: bytes, fragment: str = FRAGMENT, *, replace: bool = False) -> bytes:
    done = splice(page, fragment, replace=replace)
    assert done is not None
    return done.data


def test_the_block_stands_at_the_very_end_of_the_head():
    before, after = b"<!doctype html><head><title>x</title>\n  ", b"</head><body>y"
    made = written(before + after)
    assert made.startswith(before + BEGIN + b"\n<meta")
    assert made.endswith(END + b"\n" + after)


@pytest.mark.parametrize(
    ("page", "at"),
    [
        (b"<!doctype html><title>x</title><p>y", b"<p>y"),
        (b"<!doctype html><title>x</title>  y", b"y"),
        (b"<html><head><title>x</title></body>", b"</body>"),
        (b"<html><meta name=a></i><div>", b"<div>"),
        (b"<!doctype html><html><head><title></head></title></head>", b"</head>"),
        (b"<head><script>'</head>'</script><!-- </head> --></head>", b"</head>"),
        (b"<head><script><!--<script></script></head>--></script></head>", b"</head>"),
        (b"<head><template></head><template></template></head></template></head>", b"</head>"),
        (b"<head><meta name=\"a>\" b='</head>'></head>", b"</head>"),
        (b"<head><noscript><img></noscript><link></head>", b"<noscript><img></noscript><link></head>"),
        (b"<head><noscript><link></noscript></head>", b"</head>"),
        (b"<head><title>x</title><!-- never ends", b"<!-- never ends"),
        (b"<head><title>x</title><script>never ends", b"<script>never ends"),
        (b"<head><title>x</title><meta name='never", b"<meta name='never"),
        (b"<title>", b"<title>"),
        (b"<html><head><!-->a</head>", b"a</head>"),
        (b"<html><head></></ x></head>", b"</head>"),
        (b"<html><head><title>x</title><frameset>", b"<frameset>"),
        (b"text<!doctype html><html><head><meta charset=utf-8></head>", b"</head>"),
    ],
)
def test_a_head_ends_where_browsers_end_it(page, at):
    made = written(page)
    assert made.index(BEGIN) == page.rindex(at)
    assert bare(made) == page


@pytest.mark.parametrize(
    "text", [b"", b"hello", b"<p>An include.</p>", b"google-site-verification: google1.html", b"<!-- <html> -->", b"{}"]
)
def test_what_is_no_whole_page_is_left_alone(text):
    assert splice(text, FRAGMENT) is None


@pytest.mark.parametrize(
    "data",
    [
        "<html><head></head>".encode("utf-16"),
        "<html><head></head>".encode("utf-16-be"),
        b"<html><head><meta charset=iso-2022-jp></head>",
        b"<html><head><template></head><p>",
        b"<html><head>" + BEGIN + b"<title></title></head>",
        b"<html><head>" + END + b"</head>",
        b"<html><head><!--syndicate:was ?--></head>",
        b"<html><head><!--syndicate:was QQ--></head>",
    ],
)
def test_a_page_that_cannot_be_written_into_says_why(data):
    with pytest.raises(UnfitError, match=r"^(is|has) "):
        splice(data, FRAGMENT)


def test_the_pages_own_tags_are_respected():
    page = (
        b'<head><meta charset=utf-8><meta property="og:image:url" content="own.png">'
        b'<meta name="og:title" content="Own"><meta name=description content=" ">'
        b'<link rel=alternate type="application/rss+xml" href="https://e.org/rss.xml"></head>'
    )
    done = splice(page, FRAGMENT)
    assert done.kept == ("og:image", "og:title")
    text = done.data.decode()
    assert text.count("og:image") == 1
    assert "twitter:card" not in text  # the kind of card belongs to the picture
    assert text.count("og:title") == 1
    assert "ours-Été" in text  # an empty description is none
    assert text.count("rss.xml") == 1
    assert "ld+json" in text


def test_a_title_cut_for_one_platform_stays_with_the_title_it_was_cut_from():
    fragment = '<meta property="og:title" content="Ours, long"><meta name="twitter:title" content="Ours…">\n'
    own = b'<head><meta property="og:title" content="Own"></head><body>'
    assert b"twitter:title" not in splice(own, fragment).data
    assert b"twitter:title" in splice(b"<head><title>x</title></head><body>", fragment).data


def test_tags_in_the_body_count_too():
    page = b'<head><title>x</title></head><body><meta property="og:title" content="Own"><p>'
    assert splice(page, FRAGMENT).kept == ("og:title",)
    assert bare(written(page, replace=True)) == page


def test_replaced_tags_come_back_byte_by_byte():
    page = (
        b"<head><meta charset=utf-8>\n<META  Property='og:image' content=own.png />\n"
        b'<script type="application/ld+json">{"@type": ["NewsArticle"], "a": "--><!--"}</script>'
        b'<script type="application/ld+json">{"@type": "BreadcrumbList"}</script>'
        b'<link rel="alternate" type="application/atom+xml" href="/own.xml"><meta property="og:title" content></head>'
    )
    done = splice(page, FRAGMENT, replace=True)
    assert done.kept == ()
    heads = LexborHTMLParser(done.data.decode())
    assert len(heads.css("meta[property='og:image']")) == 1
    assert len(heads.css("meta[property='og:title']")) == 1
    assert heads.css_first("script").text() == '{"@type": "BreadcrumbList"}'
    assert len(heads.css("link")) == 2
    assert bare(done.data) == page
    assert written(done.data) == written(page)  # without --replace the page's own stand again


def test_other_encodings_read_the_same_words():
    page = b'<html><head><meta charset="windows-1252"><title>\xe9</title></head>'
    made = written(page)
    assert b"ours-&#201;t&#233;" in made
    assert rb"ours-\u65e5\u672c \ud83d\ude00" in made
    made.decode("windows-1252").encode("ascii", "replace")
    heads = LexborHTMLParser(made.decode("windows-1252"))
    assert heads.css_first("meta[property='og:title']").attributes["content"] == "ours-日本 😀"


def test_a_page_that_is_xml_stays_xml():
    page = b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><head></head><body/></html>'
    made = written(page)
    assert ET.fromstring(made).find(".//{http://www.w3.org/1999/xhtml}meta") is not None
    assert bare(made) == page


def test_an_example_of_our_marks_in_a_text_is_no_mark():
    page = b"<head><title><!--syndicate:begin--></title><script>'<!--syndicate:end-->'</script></head><body>"
    made = written(page)
    assert bare(made) == page
    assert marked(made)
    assert not marked(page)


def test_a_minifier_that_joined_the_lines_does_no_harm():
    page = b"<html><head><title>x</title></head><body>y"
    joined = written(page).replace(b"\n", b"")
    assert bare(joined) == page
    assert written(joined) == written(page)


@settings(max_examples=int(os.environ.get("SYNDICATE_MUTATIONS", "300")), deadline=None)
@given(st.sampled_from(PAGES), st.integers(0, 2**64), st.booleans())
@example(PAGES[0], 0, False)
def test_no_mutation_of_a_page_loses_a_byte_or_an_element(page, seed, replace):
    original = mutated(page, random.Random(seed), 12)
    try:
        done = splice(original, FRAGMENT, replace=replace)
    except UnfitError:
        return
    if done is None:
        return
    assert bare(done.data) == original
    assert written(done.data, replace=replace) == done.data
    if replace:
        return
    assert seen(done.data) == seen(original)
    found = head(original)
    # A charset behind the head comes first; the parser runs no scripts, so that a torn noscript is another to it.
    if found.end != found.declared and not re.search(b"<noscript|<template", original, re.IGNORECASE):
        assert in_head(done.data) or not re.search(rb'content="[^"]*ours-', done.data)
