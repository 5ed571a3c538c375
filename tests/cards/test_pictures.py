"""Pictures from anywhere."""

import io
import struct
import zlib

import pytest
from making import picture_bytes
from PIL import Image

from syndicate.cards.pictures import PictureError, decode, inspect, to_srgb


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def oriented(value, size=(60, 40)):
    exif = Image.Exif()
    exif[0x112] = value
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, 20, 20))
    return saved(image, "JPEG", exif=exif, quality=95, subsampling=0)


def chunk(name, body, *, spoil=False):
    check = zlib.crc32(name + body) ^ spoil
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def with_chunk(png, extra):
    return png[:33] + extra + png[33:]  # after the signature and IHDR


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_five_formats_are_known_by_their_bytes(form):
    facts = inspect(picture_bytes(320, 200, form))
    assert (facts.media_type, facts.width, facts.height) == (f"image/{form.lower()}", 320, 200)
    assert decode(picture_bytes(320, 200, form), 320, 200).size == (320, 200)


@pytest.mark.parametrize("value", range(1, 9))
def test_a_picture_is_measured_and_decoded_upright(value):
    data = oriented(value)
    facts = inspect(data)
    image = decode(data, 60, 60)
    assert (facts.width, facts.height) == image.size == ((60, 40) if value < 5 else (40, 60))
    corner = {1: (5, 5), 2: (55, 5), 3: (55, 35), 4: (5, 35), 5: (5, 5), 6: (35, 5), 7: (35, 55), 8: (5, 55)}[value]
    red, green, _ = image.getpixel(corner)
    assert red > 200
    assert green < 60
    assert 0x112 not in image.getexif() or image.getexif()[0x112] == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_comes_out_as_rgb_or_rgba(mode):
    image = Image.new(mode, (8, 8)) if mode == "I;16" else Image.new("RGBA", (8, 8), (200, 10, 10, 128)).convert(mode)
    assert decode(saved(image, "PNG"), 1, 1).mode == ("RGBA" if mode in {"LA", "P", "RGBA"} else "RGB")


def test_sixteen_bits_are_scaled_not_clipped():
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 0x8000)
    image.putpixel((1, 0), 0xFFFF)
    shown = decode(saved(image, "PNG"), 1, 1)
    assert [shown.getpixel((x, 0))[0] for x in (0, 1)] == [0x80, 0xFF]


def test_cmyk_is_shown_in_its_colours():
    image = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    red, green, blue = decode(saved(image, "JPEG"), 64, 64).getpixel((32, 32))
    assert red > 200
    assert max(green, blue) < 90


def test_a_png_with_a_spoilt_profile_is_shown_as_browsers_show_it():
    spoilt = with_chunk(picture_bytes(60, 40, "PNG"), chunk(b"iCCP", b"icc\0\0x", spoil=True))
    with pytest.raises(Image.UnidentifiedImageError):
        Image.open(io.BytesIO(spoilt))
    assert inspect(spoilt).width == 60
    assert decode(spoilt, 1, 1).size == (60, 40)


def wide_gamut():
    """A profile with the primaries of Display P3 and a gamma of 1.8, in 300 bytes (ICC.1:2001)."""

    def fixed(*numbers):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(1.8 * 256), 0)
    tags = {
        b"rXYZ": fixed(0.5151, 0.2412, -0.0011),
        b"gXYZ": fixed(0.2919, 0.6922, 0.0419),
        b"bXYZ": fixed(0.1572, 0.0666, 0.7841),
        b"wtpt": fixed(0.9642, 1, 0.8249),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, bodies, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        table += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += body
    head = struct.pack(">I4xI4s4s4s12x4s", at + len(bodies), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + fixed(0.9642, 1, 0.8249)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + bodies


def test_a_picture_is_shown_in_srgb():
    image = Image.new("RGB", (4, 4), (90, 120, 30))
    image.info["icc_profile"] = wide_gamut()
    red, green, _ = to_srgb(image).getpixel((0, 0))
    assert red > 95
    assert green > 125
    assert to_srgb(decode(saved(image, "PNG"), 1, 1)).getpixel((0, 0)) == (
        red,
        green,
        to_srgb(image).getpixel((0, 0))[2],
    )
    image.info["icc_profile"] = b"no profile at all"
    assert to_srgb(image).getpixel((0, 0)) == (90, 120, 30)


def test_a_blank_first_frame_is_not_the_picture():
    frames = [Image.new("RGB", (20, 20), "white"), Image.new("RGB", (20, 20), "white")]
    frames[1].paste("blue", (5, 5, 15, 15))
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert decode(data, 1, 1).convert("RGB").getpixel((10, 10)) == (0, 0, 255)


def test_a_large_jpeg_is_scaled_while_it_is_decoded_but_never_below_what_is_asked():
    data = picture_bytes(3200, 2400)
    assert decode(data, 700, 600).size == (800, 600)
    assert decode(data, 1200, 630).size == (1600, 1200)


def bomb(width, height):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


WEBP = b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + b"\xfe\x3f\0" * 2


@pytest.mark.parametrize(
    "data", [bomb(7000, 7000), bomb(30000, 30000), bomb(2**31 - 1, 2**31 - 1), WEBP], ids=["49M", "900M", "4E", "webp"]
)
def test_a_bomb_is_refused_by_its_header(data):
    with pytest.raises(PictureError) as caught:
        inspect(data)
    assert caught.value.code in {"lead-image-too-large", "lead-image-unusable"}


def test_a_picture_of_more_than_forty_megapixels_is_too_large():
    with pytest.raises(PictureError) as caught:
        inspect(bomb(7000, 7000))
    assert (caught.value.code, caught.value.message) == (
        "lead-image-too-large",
        "has 7000 by 7000 pixels; 40 million are allowed",
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "the drawing does not say"),
        (b"<!doctype html>", "web page"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "something else"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    ],
)
def test_what_is_no_picture_says_what_it_is(data, says):
    with pytest.raises(PictureError) as caught:
        inspect(data)
    assert caught.value.code == "lead-image-unusable"
    assert says in caught.value.message


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_damage_is_a_picture_error_and_nothing_else(form):
    data = picture_bytes(160, 100, form)
    step = max(1, len(data) // 60)
    refused = 0
    for at in range(0, len(data), step):
        for broken in (data[:at], data[:at] + b"\xff" + data[at + 1 :], data[:at] + b"\0\0\0\0" + data[at + 4 :]):
            try:
                inspect(broken)
                decode(broken, 1, 1)
            except PictureError:
                refused += 1
    assert refused, "some damage must have been noticed, and none of it raised anything else"


def test_the_first_of_two_pictures_in_a_file_is_the_picture():
    first, second = Image.new("RGB", (64, 48), "red"), Image.new("RGB", (64, 48), "blue")
    data = saved(first, "MPO", save_all=True, append_images=[second])
    assert inspect(data).media_type == "image/jpeg"
    red, _, blue = decode(data, 64, 48).getpixel((30, 20))
    assert red > 200 > blue
