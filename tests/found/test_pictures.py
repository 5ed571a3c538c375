"""Pictures that hurt: the header is judged before a pixel has room; nothing of a file but its picture is published."""

import io
import re
import struct
import zlib
from datetime import UTC, datetime

import pytest
from making import picture_bytes, write_article, write_site
from PIL import Image, PngImagePlugin

from syndicate import build as building
from syndicate.cards import pictures
from syndicate.cards.pictures import PictureError, decode, inspect
from syndicate.report import Options

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = b"48.8566 rue du Secret"


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def webp(width, height):
    """A still WebP's header of 38 bytes, and nothing behind it."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return (
        b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + size + b"VP8 \0\0\0\0"
    )


def lossless(width, height):
    bits = (width - 1) | (height - 1) << 14
    return (
        b"RIFF"
        + struct.pack("<I", 30)
        + b"WEBPVP8L"
        + struct.pack("<I", 10)
        + b"\x2f"
        + struct.pack("<I", bits)
        + bytes(13)
    )


def lossy(width, height):
    frame = b"\x30\x01\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8 " + struct.pack("<I", 18) + frame + bytes(8)


@pytest.mark.parametrize("data", [webp(16383, 10800), lossless(16383, 10800), lossy(16383, 10800)], ids=["x", "l", "y"])
def test_thirty_eight_bytes_of_webp_get_no_room_for_177_megapixels(monkeypatch, data):
    """Pillow makes room for them when it opens the file, so it may not be asked."""
    assert len(data) == 38
    monkeypatch.setattr(pictures.Image, "open", lambda *_, **__: pytest.fail("opened"))
    for read in (inspect, lambda data: decode(data, 100, 100)):
        with pytest.raises(PictureError) as caught:
            read(data)
        assert (caught.value.code, caught.value.message) == (
            "lead-image-too-large",
            "has 16383 by 10800 pixels; 32 million are allowed",
        )


def claiming(data, at, form, *size):
    return data[:at] + struct.pack(form, *size) + data[at + struct.calcsize(form) :]


@pytest.mark.parametrize("size", [(7000, 7000), (16384, 16384), (65000, 40000)])
def test_an_avif_of_gigabytes_is_refused(size):
    small = picture_bytes(64, 64, "AVIF")
    with pytest.raises(PictureError) as caught:
        inspect(claiming(small, small.index(b"ispe") + 8, ">II", *size))
    assert caught.value.code in {"lead-image-too-large", "lead-image-unusable"}


def test_a_png_of_its_size_without_a_warning_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    rows = zlib.compress(bytes(14_000 * 1_751), 9)

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 14_000, 14_000, 1, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    assert len(bomb) < 64_000
    for read in (inspect, lambda data: decode(data, 100, 100)):
        with pytest.raises(PictureError, match="has 14000 by 14000 pixels"):
            read(bomb)


def jpeg(width, height, **options):
    data = saved(Image.new("RGB", (64, 64), "red"), "JPEG", **options)
    start = re.search(rb"\xff[\xc0\xc2]\0\x11\x08", data)
    return claiming(data, start.end(), ">HH", height, width)


def test_a_huge_jpeg_is_scaled_while_it_is_decoded_or_refused():
    facts = inspect(jpeg(14_000, 14_000))
    assert (facts.width, facts.height) == (14_000, 14_000)
    for data in (jpeg(14_200, 14_200), jpeg(7_000, 7_000, progressive=True), jpeg(65_000, 65_000)):
        with pytest.raises(PictureError) as caught:
            inspect(data)
        assert caught.value.code == "lead-image-too-large"
    with pytest.raises(PictureError) as caught:  # a card cannot ask for as much as would need all of it
        decode(jpeg(14_000, 14_000), 13_000, 13_000)
    assert caught.value.code == "lead-image-too-large"


OTHERS = ["BMP", "TIFF", "PPM", "ICO", "TGA", "PCX", "SGI", "EPS", "PDF", "JPEG2000", "DDS", "SPIDER"]


@pytest.mark.parametrize("form", OTHERS)
def test_five_formats_are_read_and_no_other_decoder_is_begun(monkeypatch, form):
    """Pillow would start Ghostscript for one of them."""
    Image.init()
    for other in {*Image.OPEN} - {*pictures.FORMATS}:
        monkeypatch.setitem(Image.OPEN, other, (lambda *_: pytest.fail("begun"), None))
    image = Image.new("L" if form == "SPIDER" else "RGB", (32, 32))
    data = saved(image.convert("F") if form == "SPIDER" else image, form)
    with pytest.raises(PictureError) as caught:
        inspect(data)
    assert caught.value.code == "lead-image-unusable"


def telling(form):
    """A photograph that says where it was taken, in every way its format has."""
    image = Image.open(io.BytesIO(picture_bytes(1400, 900, "PNG")))
    exif = Image.Exif()
    exif[0x010E] = exif[0x9286] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 29: SECRET.decode()}
    options = {"exif": exif.tobytes(), "icc_profile": b"\0\0\0\x80" + SECRET * 20}
    if form == "PNG":
        said = PngImagePlugin.PngInfo()
        for name in ("Comment", "XML:com.adobe.xmp"):
            said.add_itxt(name, SECRET.decode())
        said.add_text("Author", SECRET.decode())
        options["pnginfo"] = said
    else:
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if form == "JPEG":
        options["comment"] = SECRET
    return saved(image, form, **options)


MARKS = (
    SECRET,
    b"Exif\0",
    b"eXIf",
    b"EXIF",
    b"xmpmeta",
    b"XMP ",
    b"ICC_PROFILE",
    b"iCCP",
    b"ICCP",
    b"tEXt",
    b"iTXt",
    b"zTXt",
)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_that_a_photograph_tells_besides_is_published(tmp_path, form):
    site = write_site(tmp_path / "site")
    (site / "syndicate.toml").write_text(
        (site / "syndicate.toml").read_text() + '[cards]\noutlets = ["og", "square", "plain"]\n'
    )
    data = telling(form)
    assert data.count(SECRET) > 2
    (site / "content").mkdir()
    (site / f"content/p.{form.lower()}").write_bytes(data)
    write_article(site, "a.md", image=f"p.{form.lower()}")
    built = building.build(Options(site=site, output=tmp_path / "out", now=NOW))
    assert {remark.code for remark in built.findings} <= {"alt-missing"}
    made = [path for path in (tmp_path / "out").rglob("*") if path.suffix in {".jpg", ".png", ".webp"}]
    assert len(made) >= 5, "cards, crops without type, the card in small"
    for path in made:
        held = path.read_bytes()
        assert [mark for mark in MARKS if mark in held] == [], path
        with Image.open(path) as opened:
            assert not opened.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened.info)
    told = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and SECRET in path.read_bytes()]
    assert told == []
