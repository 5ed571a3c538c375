"""The fonts at hand."""

import re
import tomllib

import pytest
from making import ROOT

from syndicate.artifact import digest_of
from syndicate.loading import typefaces
from syndicate.loading.sources import Tree, shipped
from syndicate.loading.typefaces import of_site

FONTS = ROOT / "fonts"
LOCK = tomllib.loads((FONTS / "fonts.lock").read_text(encoding="utf-8"))["font"]


def put(root, name, data):
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return name


@pytest.fixture
def thai():
    return (FONTS / "noto-sans-thai.ttf").read_bytes()


def test_the_lock_names_every_font_and_nothing_else():
    assert sorted(font["file"] for font in LOCK) == sorted(path.name for path in FONTS.glob("*.[ot]tf"))


@pytest.mark.parametrize("font", LOCK, ids=lambda font: font["file"])
def test_the_lock_tells_the_truth(font):
    from syndicate.cards.text import raster, shape

    data = (FONTS / font["file"]).read_bytes()
    assert digest_of(data) == font["sha256"]
    assert len(data) < 2 << 20
    face = shape.Face(data, colour=False)
    (known,) = [one for one in typefaces.shipped() if one.asset.path.endswith(f"/{font['file']}")]
    assert face.covers == known.covers
    assert (face.has_colour, face.is_variable) == (known.colour, known.variable)
    raster.prove(data, face.covers)


def test_all_that_ships_is_small_and_licensed():
    assert sum(path.stat().st_size for path in FONTS.glob("*.[ot]tf")) < 12 << 20
    assert {font["licence"] for font in LOCK} == {"OFL-1.1", "OFL-1.1 AND CC-BY-4.0"}
    for name in ("inter.txt", "noto.txt", "noto-cjk.txt", "twemoji.txt"):
        assert re.search("licen[cs]e", (FONTS / "licences" / name).read_text(encoding="utf-8"), re.IGNORECASE), name


def test_assets_of_shipped_fonts_can_be_read():
    first = typefaces.shipped()[0]
    assert first.name == "Inter"
    assert first.variable
    assert digest_of(shipped(first.asset.path)) == first.asset.digest


def test_a_sites_font_is_known_by_its_family_and_characters(tmp_path, thai):
    (face,), found = of_site(Tree(tmp_path), [put(tmp_path, "type/mine.ttf", thai)])
    assert found == ()
    assert (face.name, face.asset.path, face.asset.digest) == ("Noto Sans Thai", "type/mine.ttf", digest_of(thai))
    assert ord("ก") in face.covers


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: b"", "not a TTF"),
        (lambda data: b"wOF2" + data, "WOFF"),
        (lambda data: b"<html>", "not a TTF"),
        (lambda data: data[:400], "cannot be opened"),
        (lambda data: data[: len(data) // 2], ""),
        (lambda data: data[: len(data) // 2] + bytes(len(data) // 2), ""),
    ],
)
def test_a_spoiled_font_is_one_finding(tmp_path, thai, spoil, said):
    faces, (found,) = of_site(Tree(tmp_path), [put(tmp_path, "bad.ttf", spoil(thai))])
    assert faces == ()
    assert (found.code, found.path) == ("font-unusable", "bad.ttf")
    assert said in found.message


def test_a_font_outside_the_site_is_not_read(tmp_path, thai):
    put(tmp_path, "mine.ttf", thai)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link.ttf").symlink_to(tmp_path / "mine.ttf")
    faces, found = of_site(Tree(tmp_path / "site"), ["../mine.ttf", "link.ttf", "gone.ttf"])
    assert faces == ()
    assert [one.code for one in found] == ["source-outside", "source-outside", "source-unreadable"]
