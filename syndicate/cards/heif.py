"""Pictures of telephones (HEIC, HEIF), decoded by libheif where it is installed."""

import io

from PIL import Image

_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def is_picture(data: bytes) -> bool:
    """Whether a file says that it is HEIC or HEIF; AVIF is of the same family, and not meant."""
    if data[4:8] != b"ftyp":
        return False
    length = min(int.from_bytes(data[:4]), 128)
    brands = {data[at : at + 4] for at in (8, *range(16, length, 4))}
    return bool(brands & _BRANDS) and not brands & {b"avif", b"avis"}


def is_available() -> bool:
    """Whether the library is installed."""
    try:
        import pillow_heif  # noqa: F401, PLC0415 -- an extra; most sites have no such picture
    except ImportError:
        return False
    return True


def size(data: bytes) -> tuple[int, int]:
    """Return width and height as shown, from the header alone."""
    import pillow_heif  # noqa: PLC0415 -- see above

    width, height = pillow_heif.open_heif(io.BytesIO(data)).size
    return int(width), int(height)


def decode(data: bytes) -> Image.Image:
    """Return the first picture, upright."""
    import pillow_heif  # noqa: PLC0415 -- see above

    image: Image.Image = pillow_heif.open_heif(io.BytesIO(data)).to_pillow()
    pillow_heif.set_orientation(image.info)  # the library has turned it already
    return image
