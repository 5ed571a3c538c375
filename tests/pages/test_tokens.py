"""Tokens that know where they stand."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.pages.tokens import Kind, attributes, tokens

MARKUP = st.lists(
    st.sampled_from(
        [
            b"<",
            b">",
            b"a",
            b"!--",
            b"-->",
            b"/",
            b" ",
            b'"',
            b"'",
            b"=",
            b"script",
            b"title",
            b"svg",
            b"\n",
            b"?",
            b"<b",
        ]
    ),
    max_size=30,
).map(b"".join)


@settings(max_examples=500)
@given(MARKUP | st.binary(max_size=60))
def test_tokens_leave_no_gap(data):
    read = list(tokens(data))
    assert not read or read[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(read))
    assert all(token.end > token.start for token in read)
    rest = data[read[-1].end if read else 0 :]
    assert not rest or rest.lstrip(b"</")[:1].isalpha()  # only a tag that never ends is dropped


def test_tokens_are_a_browsers():
    data = b"<!doctype html><p class='a>b'>x < y<br/><!-- c --!></p><title>&lt;<p></title><?pi?></ x></>"
    assert [(token.kind.name, token.name) for token in tokens(data)] == [
        ("DOCTYPE", ""),
        ("START", "p"),
        ("TEXT", ""),
        ("START", "br"),
        ("COMMENT", ""),
        ("END", "p"),
        ("START", "title"),
        ("RAW", "title"),
        ("END", "title"),
        ("COMMENT", ""),
        ("COMMENT", ""),
        ("COMMENT", ""),
    ]


def test_attributes_are_a_browsers():
    data = b"<A HREF=/x/?a=1&copy=2 b='&amp;&#233;' c = \"d>e\" href=no f =g h/ =i== \xc3\xa9=\xc3\xa9 j=>"
    token = next(tokens(data))
    assert token.end == len(data)
    assert attributes(data, token) == {
        "href": "/x/?a=1&copy=2",
        "b": "&é",
        "c": "d>e",
        "f": "g",
        "h": "",
        "=i": "=",
        "é": "é",
        "j": "",
    }


def test_a_title_in_a_drawing_may_be_empty():
    read = list(tokens(b"<svg><title/><p></svg><script/><p></script>"))
    assert [token.name for token in read if token.kind is Kind.START] == ["svg", "title", "p", "script"]
