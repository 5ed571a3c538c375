"""Pictures from anywhere, opened safely: what a file holds, and its pixels upright, whole and small enough.

Five formats are read (Pillow would also start interpreters for PostScript), and two more where an extra is installed:
drawings (SVG) and pictures of telephones (HEIC). The size in the header is judged before anything is decoded, because
38 bytes of WebP can ask for gigabytes. Damage is a ``PictureError`` and nothing else.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from syndicate.cards import heif, vector

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # two JPEGs in one file, as some cameras make them; the first is the picture
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
}
_PIXELS = 40_000_000
_JPEG_PIXELS = 200_000_000
"""A baseline JPEG is scaled while it is decoded, so a huge one costs little (36 MB for 200 megapixels)."""
_WEBP_PIXELS = 32_000_000
"""A WebP is held three times over while it is decoded."""
_FRAMES = 8
"""How many frames of an animation are tried before a blank one is taken for the picture."""
_UPRIGHT, _SIDEWAYS = 1, frozenset({5, 6, 7, 8})
"""EXIF orientations: as it is, and those that swap width and height."""
_WEBP_HEADER = 30
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"eXIf"})


class PictureError(Exception):
    """A picture cannot be used; ``code`` is that of the finding, ``message`` says why in a few words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture's header says: width and height are those a viewer shows, after EXIF orientation."""

    media_type: str
    width: int
    height: int


def inspect(data: bytes) -> Facts:
    """Read a picture's header. Raises ``PictureError`` for what is not a picture of ours or would be too large."""
    with _guarded():
        extra = _extra(data)
        if extra:
            return extra
    with _guarded(), _opened(data) as image:
        width, height = image.size
        if _orientation(image) in _SIDEWAYS:
            width, height = height, width
        return Facts(_MEDIA_TYPES[image.format or ""], width, height)


def decode(data: bytes, width: int, height: int) -> Image.Image:
    """Return a picture's pixels, upright, as RGB or RGBA, in its own colour space (see ``to_srgb``).

    A large JPEG comes scaled down by a power of two, never below ``width`` by ``height`` pixels. Raises
    ``PictureError``.
    """
    with _guarded():
        if _extra(data):
            return _plain(_drawn(data))
    with _guarded(), _opened(data) as image:
        turned = _orientation(image)
        if turned in _SIDEWAYS:
            width, height = height, width
        image.draft(None, (width, height))
        _bound(*image.size, _PIXELS)
        plain = _plain(_frame(image))
        return plain if turned == _UPRIGHT else ImageOps.exif_transpose(plain)


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB: browsers show its colours so. A profile that cannot be read counts as none."""
    profile = image.info.get("icc_profile")
    # Nearly every profile met is sRGB itself, and says so in its description.
    if not profile or b"sRGB" in profile or b"s\0R\0G\0B" in profile:
        return image
    try:
        return _converted(image, profile)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


@contextmanager
def _guarded() -> Iterator[None]:
    """Make one limit of Pillow's two, and every way in which a picture can fail a ``PictureError``."""
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = _JPEG_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PictureError("lead-image-too-large", "would decode to more pixels than is safe") from None
    except Exception as error:  # ten classes were met in damaged files: struct.error, SyntaxError, EOFError ...
        raise PictureError("lead-image-unusable", f"cannot be decoded ({_first_line(error)})") from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _extra(data: bytes) -> Facts | None:
    """What a drawing or a telephone's picture says of itself; nothing for all others."""
    if vector.is_drawing(data):
        _installed(vector.is_available(), "a drawing (SVG)")
        return Facts("image/svg+xml", *vector.size(data))
    if heif.is_picture(data):
        _installed(heif.is_available(), "a HEIC picture")
        width, height = heif.size(data)
        _bound(width, height, _PIXELS)
        return Facts("image/heic", width, height)
    return None


def _installed(available: bool, kind: str) -> None:  # noqa: FBT001 -- what is asked, in one word
    if not available:
        raise PictureError("extra-missing", f"is {kind}, for which nothing is installed")


def _drawn(data: bytes) -> Image.Image:
    if heif.is_picture(data):
        return heif.decode(data)
    return Image.open(io.BytesIO(vector.draw(data, _held)), formats=("PNG",))


def _held(data: bytes) -> None:
    """Judge a picture inside a drawing."""
    _opened(data).close()


def _opened(data: bytes) -> Image.Image:
    # To open a WebP is to make room for its pixels.
    _bound(*_canvas(data), _WEBP_PIXELS)
    try:
        image = Image.open(io.BytesIO(_without_extras(data)), formats=FORMATS)
        image.decodermaxblock = len(data)  # in one go: a decoder that waits for more does part of its work again
    except UnidentifiedImageError:
        raise PictureError("lead-image-unusable", f"is {_kind(data)}, not a JPEG, PNG, WebP, GIF or AVIF") from None
    scaled = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    _bound(*image.size, _JPEG_PIXELS if scaled else _PIXELS)
    return image


def _bound(width: int, height: int, pixels: int) -> None:
    if width * height > pixels:
        allowed = f"{pixels // 10**6} million are allowed"
        raise PictureError("lead-image-too-large", f"has {width} by {height} pixels; {allowed}")


def _canvas(data: bytes) -> tuple[int, int]:
    """Return what the header of a WebP says of its size (RFC 9649); nothing of any other."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < _WEBP_HEADER:
        return 0, 0
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _without_extras(data: bytes) -> bytes:
    """Leave out what a PNG need not have: text, animation, and extras with a wrong checksum, as browsers do."""
    if not data.startswith(_SIGNATURE):
        return data
    kept, at = [_SIGNATURE], len(_SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        extra = bool(name[0] & 0x20)  # a small first letter (PNG, section 5.4)
        if name in _CHUNKS and (not extra or _intact(data[at:end])):
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _intact(chunk: bytes) -> bool:
    return chunk[-4:] == zlib.crc32(chunk[4:-4]).to_bytes(4, "big")


def _kind(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "empty"
    if start.startswith((b"<svg", b"<?xml")):
        return "an SVG drawing"
    if start.startswith(b"<"):
        return "a web page"
    if start.startswith(b"version https://git-lfs"):
        return "a Git LFS pointer"
    return "something else"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:80] or type(error).__name__


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, _UPRIGHT))
    except Exception:  # noqa: BLE001 -- EXIF that cannot be read says nothing
        return _UPRIGHT


def _frame(image: Image.Image) -> Image.Image:
    """The first frame that shows something: animations often begin with a blank one."""
    image.load()
    first = image
    if not getattr(image, "is_animated", False) or image.format == "MPO" or not _blank(image):
        return first
    first = image.copy()
    for number in range(1, _FRAMES):
        try:
            image.seek(number)
        except EOFError:
            break
        if not _blank(image):
            return image
    return first


def _blank(image: Image.Image) -> bool:
    channels = image.convert("RGB").split()
    return all(low == high for low, high in (channel.getextrema() for channel in channels))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA, keeping its profile and orientation."""
    if image.mode.startswith("I;16"):  # the high byte of each sample; Pillow would clip instead of scale
        high = image.tobytes()[0 if image.mode.endswith("B") else 1 :: 2]
        return _same(Image.frombytes("L", image.size, high).convert("RGB"), image, profile=False)
    if image.mode == "CMYK":
        profile = image.info.get("icc_profile")
        if profile:
            try:
                return _same(_converted(image, profile), image, profile=False)
            except (ImageCms.PyCMSError, OSError, ValueError):
                pass
    if image.mode in {"RGB", "RGBA"}:
        return image
    seen_through = image.has_transparency_data
    # A profile for grey or CMYK means nothing once the picture is RGB.
    return _same(image.convert("RGBA" if seen_through else "RGB"), image, profile=image.mode in {"P", "PA", "RGBX"})


def _same(changed: Image.Image, image: Image.Image, *, profile: bool) -> Image.Image:
    exif, icc = image.info.get("exif"), image.info.get("icc_profile")
    changed.info = {name: value for name, value in (("exif", exif), ("icc_profile", icc if profile else None)) if value}
    return changed


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    source = image.convert("RGB") if alpha else image
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    shown = ImageCms.profileToProfile(source, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if shown is None:  # only for in-place conversion, which this is not
        return image
    if alpha:
        shown.putalpha(alpha)
    return shown
