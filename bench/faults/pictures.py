"""Pictures made worse by chance, through the door that opens all pictures: each is decoded or refused, nothing else.

``pictures.py [--count 300000] [--seed 1] [--hands 2]`` prints counts; exits with 1 where anything but a refusal came.
"""

import argparse
import io
import struct
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from random import Random

from PIL import Image, ImageCms

from bench.faults.mutation import chance_of, mutated, tried
from syndicate.cards import heif, vector
from syndicate.cards.pictures import PictureError, decode, inspect, to_srgb

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><defs><linearGradient id="g"><stop offset="0"/>'
    b'</linearGradient></defs><g><rect width="40" height="30" fill="url(#g)"/><path d="M3 3L9 9 3 20z"/>'
    b'<use href="#g"/><text x="4" y="9">A</text></g></svg>'
)
SECONDS = 20.0
_SUMMED = 0.7


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--count", type=int, default=300_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--hands", type=int, default=2)
    said = asked.parse_args()
    kinds = seeds()
    tally = tried(said.count, lambda number: made(said.seed, number), judge, hands=said.hands, seconds=SECONDS)
    print(f"{said.count:,} pictures made worse, of {len(kinds)} kinds")
    print("\n".join(tally.lines()))
    sys.exit(bool(tally.faults))


def judge(data: bytes) -> str:
    """Open and decode a picture as a card does."""
    try:
        inspect(data)
        to_srgb(decode(data, 1200, 630))
    except PictureError as error:
        return f"refused: {error.code}"
    return "decoded"


def made(seed: int, number: int) -> bytes:
    """Return the picture of a number."""
    chance, kinds = chance_of(seed, number), seeds()
    worse = mutated(kinds[number % len(kinds)], chance, kinds)
    return _summed(worse) if worse.startswith(_PNG) and chance.random() < _SUMMED else worse


def _summed(data: bytes) -> bytes:
    """Give a PNG's chunks right checksums, for else nothing behind them is looked at."""
    made, at = bytearray(data), len(_PNG)
    while at + 12 <= len(made):
        (length,) = struct.unpack_from(">I", made, at)
        end = at + 8 + length
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(bytes(made[at + 4 : end])).to_bytes(4, "big")
        at = end + 4
    return bytes(made)


@cache
def seeds() -> tuple[bytes, ...]:
    """Return small whole pictures of every kind that is read."""
    extras = [_SVG] if vector.is_available() else []
    if heif.is_available():
        import pillow_heif  # noqa: PLC0415 -- an extra

        pillow_heif.register_heif_opener()
        extras.append(_saved(_drawn("RGB").resize((64, 64)), "HEIF", quality=40))
    return (*_plain(), *_moving(), *extras)


def _plain() -> Iterator[bytes]:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    yield _saved(_drawn("RGB"), "JPEG", exif=exif, icc_profile=profile)
    yield _saved(_drawn("L"), "JPEG", progressive=True)
    yield _saved(_drawn("RGB").convert("CMYK"), "JPEG", comment=b"words")
    for mode in ("RGB", "RGBA", "L", "LA", "1", "I;16"):
        yield _saved(_drawn("L").convert("I").convert("I;16") if mode == "I;16" else _drawn(mode), "PNG")
    yield _saved(_drawn("RGB").quantize(7), "PNG", transparency=2, exif=exif)
    yield _saved(_drawn("RGB").quantize(5), "GIF", transparency=1)
    yield _saved(_drawn("RGBA"), "WEBP", exif=exif, icc_profile=profile)
    yield _saved(_drawn("RGBA"), "WEBP", lossless=True)
    yield _saved(_drawn("RGB"), "WEBP", quality=20)
    yield _saved(_drawn("RGB"), "AVIF", quality=30, exif=exif)
    yield _saved(_drawn("RGBA"), "AVIF", quality=30)


def _moving() -> Iterator[bytes]:
    frames = [_drawn("RGB", turn) for turn in range(3)]
    for kind in ("GIF", "PNG", "WEBP", "AVIF"):
        yield _saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)


def _drawn(mode: str, turn: int = 0) -> Image.Image:
    chance = Random(turn)
    picture = Image.new("RGB", (32, 24))
    picture.putdata([(chance.randrange(256), x * 7 % 256, turn * 80 % 256) for x in range(32 * 24)])
    return picture.convert(mode)


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    place = io.BytesIO()
    picture.save(place, kind, **how)  # type: ignore[arg-type]
    return place.getvalue()


if __name__ == "__main__":
    main()
