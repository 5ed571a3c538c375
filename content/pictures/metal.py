"""Metal: a forme of type as it lies on the stone, locked up and mirrored, in the light of a window and a lamp.

The letters are those of the face that Pillow carries in itself, so that no font file is needed here.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from darkroom import Plane, clouds, focused, sample, smaller, soft, step
from field import Camera, Height, lit, look, mirrored, unit

LINES = (
    "À MARÉE BASSE LE PAPIER",
    "SÈCHE SUR LES FILETS ET",
    "LES LETTRES ATTENDENT LE",
    "RETOUR DE LA MER · ESTRAN",
    "LA NUIT LE TRAIN RELIT LES",
    "GARES UNE À UNE ET RANGE",
)
CELL = 220
"""Pixels of the plan to one unit: the height of a sort's face."""


def plan() -> Plane:
    """Return the forme from above: 0 between the sorts, the shoulder of each, 1 on the face of the letters."""
    font = ImageFont.load_default(int(CELL * 0.88))
    wide, high = CELL * 17, CELL * 6
    sheet = Image.new("F", (wide, high), 0.0)
    brush = ImageDraw.Draw(sheet)
    chance = np.random.default_rng(91)
    for row, text in enumerate(LINES):
        left = 0.0
        for letter in text * 2:
            broad = max(font.getlength(letter), CELL * 0.26) + CELL * 0.10
            if left + broad > wide:
                break
            top = row * CELL
            level = 0.78 + chance.uniform(-0.006, 0.006) if letter != " " else 0.30 + chance.uniform(-0.02, 0.02)
            brush.rectangle((left + 2, top + 3, left + broad - 2, top + CELL - 3), fill=level)
            if letter != " ":
                brush.text(
                    (left + CELL * 0.05, top - CELL * 0.02),
                    letter,
                    fill=1.0 + chance.uniform(-0.004, 0.004),
                    font=font,
                    stroke_width=4,
                    stroke_fill=1.0,
                )
            left += broad
        brush.rectangle((left, row * CELL + 3, wide, row * CELL + CELL - 3), fill=0.30)
    # Type is the mirror of what it prints; the far edge of the plan is its last row.
    turned = sheet.transpose(Image.Transpose.ROTATE_180)
    return soft(np.asarray(turned, np.float32), CELL * 0.011)


def _forme() -> Height:
    top = plan()
    worn = clouds(512, 1.0, 92)

    def height(x: Plane, z: Plane, footprint: Plane) -> Plane:
        u, v = x * CELL + top.shape[1] / 2 - 260, (z - 2.35) * CELL
        raised = sample(top, u, v)
        grain = sample(worn, x * 500, z * 500) / (1 + (footprint / 0.004) ** 2)
        return (0.62 * raised + 0.0011 * grain).astype(np.float32)

    return height


def _room(direction: Plane) -> Plane:
    """Return the light of the workshop: a tall window ahead to the left, a lamp to the right, dark walls."""
    up = np.clip(direction[..., 1], -1, 1)
    light = (0.020 + 0.16 * np.clip(up, 0, 1))[..., None] * np.array([0.90, 0.96, 1.10], np.float32)
    for heading, wide, colour in (
        ((-0.42, 0.62, 0.72), 0.36, (3.0, 3.3, 3.7)),
        ((0.52, 0.66, 0.62), 0.30, (4.2, 2.3, 1.0)),
        ((0.02, 0.95, -0.30), 0.45, (0.30, 0.33, 0.40)),
    ):
        aim = unit(np.array(heading, np.float32))
        angle = np.arccos(np.clip(np.sum(direction * aim, -1), -1, 1))
        light += np.exp(-((angle / wide) ** 2))[..., None] * np.array(colour, np.float32)
    return light


def forme(width: int, height: int, scale: float) -> Plane:
    """The forme at arm's length, sharp in one line only."""
    big = (int(width * 1.4), int(height * 1.4))
    camera = Camera(big[0], big[1], focal=big[0] * 1.05, horizon=-big[1] * 0.62, eye=4.6)
    surface = _forme()
    view = look(camera, surface, 2.2, 24, int(3600 * max(scale, 0.4)))
    window, lamp = unit(np.array([-0.55, 0.55, 0.75], np.float32)), unit(np.array([0.62, 0.50, 0.66], np.float32))
    by_window = lit(view, surface, window, 0.9, steps=18, hardness=5)
    by_lamp = lit(view, surface, lamp, 0.9, steps=18, hardness=5)
    hollow = step(0.02, 0.50, view.y)
    shine = _room(unit(mirrored(view)))
    faces = step(0.585, 0.612, view.y)
    metal = np.array([0.50, 0.51, 0.54], np.float32)
    stain = 0.85 + 0.15 * np.tanh(sample(clouds(512, 1.4, 93), view.x * 90, view.z * 90))
    rough = (
        np.clip(np.sum(view.normal * window, -1), 0, 1)[..., None]
        * by_window[..., None]
        * np.array([0.80, 0.95, 1.15], np.float32)
        + np.clip(np.sum(view.normal * lamp, -1), 0, 1)[..., None]
        * by_lamp[..., None]
        * np.array([1.15, 0.66, 0.30], np.float32)
        + 0.05
    )
    gloss = (0.30 + 0.62 * faces) * (0.25 + 0.75 * np.minimum(by_window, by_lamp))
    light = (
        metal
        * (rough * (0.42 - 0.12 * faces)[..., None] + shine * gloss[..., None])
        * (stain * (0.12 + 0.88 * hollow))[..., None]
    )
    sharp = 5.2
    blur = np.clip(np.abs(1 / view.z - 1 / sharp) * big[0] * 0.135 - big[0] * 0.0006, 0, big[0] * 0.016)
    return smaller(focused(light, soft(blur.astype(np.float32), 2), 6), width, height)
