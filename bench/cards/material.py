"""What the bench's cards are made of: titles, and pictures with what photographs have."""

import io
import random

from PIL import Image, ImageChops

SITE, KICKER = "The Paper Boat", "Field notes"
_STARTS = (
    "How we moved",
    "Why nobody reads",
    "What we learnt from",
    "A short history of",
    "Notes on",
    "The case against",
    "Before you buy",
)
_THINGS = (
    "the archive to plain files",
    "a thousand bug reports",
    "the city’s open data",
    "slow software",
    "public libraries and their catalogues",
    "the metric system",
    "typefaces for the screen",
    "a winter on the coast",
    "the last paper map",
)
_ENDS = ("", " in a week", " and what it cost", ": lessons from ten years of small decisions")
_SCALES = ((3, 150), (7, 150), (17, 150), (41, 60), (120, 24), (400, 24))
"""How many patches lie across a picture, and how much they differ: detail shrinks with its contrast."""
_HARD = 17
"""The patches with hard edges."""


def titles(count: int) -> list[str]:
    """Return distinct titles of 20 to 90 letters."""
    every = [f"{start} {thing}{end}" for start in _STARTS for thing in _THINGS for end in _ENDS]
    return random.Random(4).sample(every, count)


def photograph(seed: int, width: int = 1600, height: int = 1200) -> bytes:
    """Return a JPEG of large shapes, edges and fine detail."""
    chance = random.Random(seed)
    made = Image.new("RGB", (width, height), tuple(chance.randrange(60, 196) for _ in range(3)))
    for across, strength in _SCALES:
        down = across * 3 // 4 + 1
        noise = Image.new("RGB", (across, down))
        noise.putdata([tuple(chance.randrange(strength) for _ in range(3)) for _ in range(across * down)])
        filled = noise.resize(
            (width, height), Image.Resampling.NEAREST if across == _HARD else Image.Resampling.BICUBIC
        )
        half = Image.new("RGB", (width, height), (strength // 2,) * 3)
        made = ImageChops.subtract(ImageChops.add(made, filled), half)
    out = io.BytesIO()
    made.save(out, "JPEG", quality=90)
    return out.getvalue()
