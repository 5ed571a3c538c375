"""Drawings: drawn where the extra is installed, and nothing of the machine gets in."""

import base64
import io
import sys

import pytest
from making import picture_bytes
from PIL import Image

from syndicate.cards import vector
from syndicate.cards.pictures import PictureError, decode, inspect


def svg(inside="", head='viewBox="0 0 40 20"'):
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {xlink} {head}>{inside}</svg>'.encode()


RED = '<rect width="40" height="20" fill="red"/>'


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('viewBox="0 0 40 20"', (2000, 1000)),
        ('width="30" height="60"', (1000, 2000)),
        ('width="10mm" height="1cm"', (2000, 2000)),
        ('width="100%" height="100%" viewBox="0,0,3,1"', (2000, 667)),
    ],
)
def test_a_drawing_is_as_large_as_a_card_needs(head, size):
    facts = inspect(svg(RED, head))
    assert (facts.media_type, facts.width, facts.height) == ("image/svg+xml", *size)
    assert decode(svg(RED, head), 1200, 630).size == size


def test_a_drawing_keeps_its_colours_and_what_is_seen_through():
    image = decode(svg('<rect width="20" height="20" fill="red"/>'), 1, 1)
    assert image.getpixel((100, 500)) == (255, 0, 0, 255)
    assert image.getpixel((1900, 500))[3] == 0


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?>\n", b"<!-- made by hand -->"])
def test_a_drawing_is_known_by_its_start(start):
    assert inspect(start + svg(RED)).width == 2000


def test_nothing_outside_a_drawing_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.png").write_bytes(picture_bytes(40, 20, "PNG"))
    for address in ("secret.png", f"{tmp_path}/secret.png", f"file://{tmp_path}/secret.png", "https://e.org/a.png"):
        for name in ("href", "xlink:href"):
            image = decode(svg(f'<image {name}="{address}" width="40" height="20"/>'), 1, 1)
            assert image.getextrema() == ((0, 0),) * 4, address


def test_a_picture_inside_a_drawing_is_judged_like_any_other():
    def held(data):
        return svg(f'<image href="data:image/png;base64,{base64.b64encode(data).decode()}" width="40" height="20"/>')

    assert decode(held(picture_bytes(40, 20, "PNG")), 1, 1).getextrema()[3] == (255, 255)
    huge = io.BytesIO()
    Image.new("1", (8000, 8000)).save(huge, "PNG")
    with pytest.raises(PictureError) as caught:
        decode(held(huge.getvalue()), 1, 1)
    assert caught.value.code == "lead-image-too-large"


def many(levels):
    groups = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, levels))
    return svg(f'<g id="a0">{RED}</g>{groups}')


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (svg("<text>Words</text>"), "outlines"),
        (svg(RED, ""), "how large"),
        (svg(RED, 'viewBox="0 0 4000 1"'), "how large"),
        (svg("<g>" * 300 + "</g>" * 300), "deeper"),
        (svg("<g/>" * 50_001), "larger"),
        (svg("<rect>"), "well formed"),
        (b"<?xml version='1.0'?><html><svg/></html>", "not a drawing"),
        (many(9), "limit"),
    ],
    ids=["text", "no size", "a thread", "deep", "wide", "broken", "other XML", "a bomb"],
)
def test_what_cannot_be_drawn_says_why(data, says):
    with pytest.raises(PictureError) as caught:
        decode(data, 1, 1)
    assert caught.value.code == "lead-image-unusable"
    assert says in caught.value.message


def test_entities_that_multiply_are_refused():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(PictureError):
        inspect(f'<!DOCTYPE svg [<!ENTITY e0 "x">{entities}]>'.encode() + svg("<desc>&e11;</desc>"))


def test_without_the_extra_the_finding_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert not vector.is_available()
    with pytest.raises(PictureError) as caught:
        inspect(svg(RED))
    assert caught.value.code == "extra-missing"
