"""Pixels: pictures, scrims, shapes and type laid on a canvas, with Pillow."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from syndicate.cards import ornament
from syndicate.cards.colours import Colour, Palette, luminance, mixed
from syndicate.cards.focus import Crop
from syndicate.cards.frame import Frame, Placed
from syndicate.cards.layout import Box
from syndicate.cards.pictures import to_srgb
from syndicate.cards.scaling import scaled
from syndicate.cards.text import raster
from syndicate.cards.text.fonts import Faces
from syndicate.cards.text.raster import Layer

_FINER = 4
"""Edges are drawn that many times larger and reduced."""
_BLOWN_UP = 125
"""Percent up to which a picture may be enlarged."""
_EDGE_STEPS = 8
"""A shape's edge has so many shades: enough for the eye, few enough for a palette."""
_KEPT = 43
"""Percent of a picture that must survive for it to fill a panel."""
_ROUND = 14
_BLUR = 24
_ALIKE = 60
"""Percent of a picture's edge that must be one colour for the panel to take it."""
_SEEN = [0] * 24 + [255] * 232
"""What differs from a drawing's ground: more than compression does."""
_FAINT = 2
"""Contrast below which a logo would vanish on its ground, and gets a plate."""
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Inked:
    """Ink of one colour at its place on the canvas; ``colour`` is ``None`` for that of the role."""

    role: str
    colour: Colour | None
    left: int
    top: int
    coverage: Image.Image


def inked(frame: Frame, faces: Faces, steps: int = 255) -> tuple[Inked, ...]:
    """Rasterise all texts of a frame, in paint order, with that many steps from no ink to full."""
    return tuple(_ink(one, layer, steps) for one in frame.placed for layer in raster.layers(one.block, faces))


def cover(picture: Image.Image, box: tuple[int, int, int, int], width: int, height: int, ground: Colour) -> Image.Image:
    """Return a part of a picture at a size, in sRGB, without transparency."""
    return flat(to_srgb(scaled(picture, box, width, height)), ground)


def flat(image: Image.Image, ground: Colour) -> Image.Image:
    """Lay what can be seen through on a ground."""
    if image.mode == "RGB":
        return image
    made = Image.new("RGB", image.size, ground)
    made.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return made


def softened(image: Image.Image, box: Box, amount: int) -> Image.Image:
    """Return a picture without its finest detail inside a box: what is noise costs bytes and shows nothing."""
    if not amount:
        return image
    made, place = image.copy(), (box.left, box.top, box.right, box.bottom)
    made.paste(made.crop(place).filter(ImageFilter.GaussianBlur(amount)), place)
    return made


def mean(image: Image.Image) -> Colour:
    """Return the mean colour of a picture."""
    small = image.reduce(max(1, min(image.size) // 16))
    red, green, blue = flat(small, WHITE).resize((1, 1), Image.Resampling.BOX).tobytes()
    return red, green, blue


def write(canvas: Image.Image, inks: Iterable[Inked], colours: dict[str, Colour]) -> None:
    """Paint all texts, each in the colour of its role."""
    for one in inks:
        # An even picture is pasted through a mask in half the time of a colour.
        plain = Image.new("RGB", one.coverage.size, one.colour or colours[one.role])
        canvas.paste(plain, (one.left, one.top), one.coverage)


def bar(canvas: Image.Image, box: Box, colour: Colour) -> None:
    """Paint the brand's mark."""
    canvas.paste(colour, (box.left, box.top, box.right, box.bottom))


def veil(frame: Frame) -> bytes:
    """Return the shape of the scrim, row by row: full below the type, rising to it in a soft curve from above."""
    full, start = frame.top - frame.height // 14, frame.top - frame.height * 38 // 100
    rise = _rise(full - start)[max(0, -start) :]
    return (bytes(max(0, start)) + rise).ljust(frame.height, b"\xff")[: frame.height]


def ornaments(canvas: Image.Image, frame: Frame, palette: Palette, seed: int) -> None:
    """Paint the composition of shapes beside the type of a card without a picture."""
    box, side = frame.ornament, frame.module
    if box is None or not side:
        return
    strip = Image.new("RGB", (box.width, box.height), palette.ground)
    for one in ornament.compose(-(-box.width // side), -(-box.height // side), seed):
        place = (one.column * side, one.row * side)
        strip.paste(_of(palette, one.ground), (*place, place[0] + side, place[1] + side))
        strip.paste(Image.new("RGB", (side, side), _of(palette, one.colour)), place, _shape(one.shape, one.turn, side))
    if frame.rtl:
        strip = strip.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    canvas.paste(strip, (box.left, box.top))


def band(canvas: Image.Image, box: Box, palette: Palette, *, rtl: bool) -> Colour:
    """Paint a band that the foot stands on, and rings behind the type; return the band's colour."""
    away = BLACK if luminance(palette.ink) > luminance(palette.ground) else WHITE  # never towards the ink
    side = min(canvas.size[0], box.top) * 84 // 100
    rings = _shape("rings", 3, side)
    if rtl:
        rings = rings.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    canvas.paste(mixed(away, palette.ground, 9), (0 if rtl else canvas.size[0] - side, 0), rings)
    deep = mixed(away, palette.ground, 36)
    canvas.paste(deep, (box.left, box.top, box.right, box.bottom))
    return deep


def quotation(canvas: Image.Image, box: Box, colour: Colour) -> None:
    """Paint a pair of opening quotation marks, made of circles and squares like the ornaments."""
    side = box.height
    drop = _shape("drop", 0, side)
    for left in (box.left, box.left + side * 5 // 4):
        canvas.paste(colour, (left, box.top), drop)


def panel(canvas: Image.Image, box: Box, picture: Image.Image, palette: Palette, part: Crop, *, whole: bool) -> str:
    """Paint a picture into a panel: filling it where its pixels suffice, else standing in it; return which.

    ``part`` is what a crop would leave of it; ``whole`` says that nothing of it may be cut.
    """
    enough = part.width * _BLOWN_UP >= box.width * 100
    kept = part.width * part.height * 100 // (picture.width * picture.height)
    if not whole and enough and kept >= _KEPT:
        canvas.paste(cover(picture, part.box, box.width, box.height, palette.ground), (box.left, box.top))
        return "filling"
    ground = _edge(picture) if whole else None
    picture = _trimmed(picture, ground) if whole else picture
    if ground is None and whole:
        ground = palette.shapes[0]
    canvas.paste(ground or _blurred(picture, part, box, palette), (box.left, box.top, box.right, box.bottom))
    _stand(canvas, box, picture, ground or palette.ground, rounded=ground is None or ground == palette.shapes[0])
    return "standing"


def logo(canvas: Image.Image, box: Box, picture: Image.Image, ground: Colour) -> None:
    """Paint the site's logo, on a plate where it would vanish."""
    sized = to_srgb(_fitted(picture, box.width, box.height))
    if _vanishes(sized, ground):
        plate = WHITE if luminance(ground) < 0.18 else BLACK  # noqa: PLR2004 -- black and white are equally far away
        canvas.paste(plate, (box.left, box.top), _rounded(box.width, box.height, box.height // 5))
        sized = to_srgb(_fitted(picture, box.width * 4 // 5, box.height * 4 // 5))
    place = (box.left + (box.width - sized.width) // 2, box.top + (box.height - sized.height) // 2)
    canvas.paste(sized.convert("RGB"), place, sized.getchannel("A") if sized.mode == "RGBA" else None)


def _ink(placed: Placed, layer: Layer, steps: int) -> Inked:
    coverage = Image.frombytes("L", (layer.width, layer.height), layer.coverage)
    alpha = layer.colour[3] if layer.colour else 255
    if alpha < 255 or steps < 255:  # noqa: PLR2004 -- opaque, and all steps there are
        coverage = coverage.point(_table(steps, alpha))
    colour = layer.colour and layer.colour[:3]
    return Inked(placed.role, colour, placed.left + layer.left, placed.top + layer.top, coverage)


@lru_cache(maxsize=256)
def _table(steps: int, alpha: int = 255) -> list[int]:
    """Coverage in so many steps, and as much of it as the colour is opaque."""
    return [(value * steps + 127) // 255 * 255 // steps * alpha // 255 for value in range(256)]


@lru_cache(maxsize=64)
def _rise(across: int) -> bytes:
    """From 0 to 255 on a curve without corners, in whole numbers."""
    shares = (at * 1024 // max(1, across) for at in range(across))
    return bytes(share * share * (3 * 1024 - 2 * share) * 255 >> 30 for share in shares)


def _of(palette: Palette, number: int) -> Colour:
    return palette.ground if number < 0 else palette.shapes[number]


@lru_cache(maxsize=64)
def _shape(name: str, turn: int, side: int) -> Image.Image:
    made = Image.new("L", (side * _FINER, side * _FINER))
    draw, full = ImageDraw.Draw(made), side * _FINER
    match name:
        case "quarter":
            draw.ellipse((-full, -full, full, full), fill=255)
        case "half":
            draw.ellipse((0, -full // 2, full, full // 2), fill=255)
        case "disc":
            draw.ellipse((0, 0, full, full), fill=255)
        case "leaf":
            made = ImageChops.darker(_quarter(full, (-full, 0)), _quarter(full, (0, -full)))
        case "arch":
            draw.ellipse((-full, -full, full, full), fill=255)
            draw.ellipse((-full // 2, -full // 2, full // 2, full // 2), fill=0)
        case "drop":
            draw.ellipse((0, 0, full, full), fill=255)
            draw.rectangle((0, 0, full // 2, full // 2), fill=255)
        case "rings":
            for part, ink in ((4, 255), (3, 0), (2, 255), (1, 0)):
                draw.ellipse((-full * part // 4, -full * part // 4, full * part // 4, full * part // 4), fill=ink)
        case _:
            draw.polygon((0, 0, full, 0, 0, full), fill=255)
    turned = made.reduce(_FINER).point(_table(_EDGE_STEPS))
    return turned.rotate(90 * turn) if turn else turned


def _quarter(full: int, corner: tuple[int, int]) -> Image.Image:
    made = Image.new("L", (full, full))
    left, top = corner
    ImageDraw.Draw(made).ellipse((left, top, left + 2 * full, top + 2 * full), fill=255)
    return made


def _edge(picture: Image.Image) -> Colour | None:
    """The colour of a picture's edge, where it has one."""
    image = flat(picture, WHITE)
    width, height = image.size
    strips = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    counted: dict[Colour, int] = {}
    for strip in strips:
        line = image.crop(strip).resize((64, 1) if strip[3] - strip[1] == 1 else (1, 64), Image.Resampling.NEAREST)
        raw = line.tobytes()
        for at in range(0, len(raw), 3):
            colour = (raw[at], raw[at + 1], raw[at + 2])
            counted[colour] = counted.get(colour, 0) + 1
    colour, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    return colour if count * 100 >= _ALIKE * 256 else None


def _trimmed(picture: Image.Image, ground: Colour | None) -> Image.Image:
    """Cut off what is only ground round a drawing, so that it stands as large as it can."""
    if picture.mode == "RGBA":
        seen = picture.getchannel("A")
    elif ground is not None:
        seen = ImageChops.difference(flat(picture, ground), Image.new("RGB", picture.size, ground)).convert("L")
    else:
        return picture
    box = seen.point(_SEEN).getbbox()
    return picture.crop(box) if box else picture


def _blurred(picture: Image.Image, part: Crop, box: Box, palette: Palette) -> Image.Image:
    quarter = cover(picture, part.box, max(1, box.width // 4), max(1, box.height // 4), palette.ground)
    soft = quarter.filter(ImageFilter.GaussianBlur(_BLUR // 4)).resize(
        (box.width, box.height), Image.Resampling.BICUBIC
    )
    soft.paste(palette.ground, mask=Image.new("L", soft.size, 110))
    return soft


def _stand(canvas: Image.Image, box: Box, picture: Image.Image, ground: Colour, *, rounded: bool) -> None:
    margin = min(box.width, box.height) // 12
    sized = flat(to_srgb(_fitted(picture, box.width - 2 * margin, box.height - 2 * margin)), ground)
    place = (box.left + (box.width - sized.width) // 2, box.top + (box.height - sized.height) // 2)
    canvas.paste(sized, place, _rounded(*sized.size, _ROUND) if rounded else None)


def _fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return the whole picture, as large as it may be inside a room."""
    scale = min(width / picture.width, height / picture.height, _BLOWN_UP / 100)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _vanishes(image: Image.Image, ground: Colour) -> bool:
    if image.mode != "RGBA":
        return False
    seen = image.getchannel("A")
    weights = seen.resize((1, 1), Image.Resampling.BOX).tobytes()[0]
    if not weights:
        return True
    laid = mean(flat(image, ground))
    share = max(1, weights)
    own = mixed(laid, ground, 100)
    ink = tuple(max(0, min(255, under + (top - under) * 255 // share)) for top, under in zip(own, ground, strict=True))
    high, low = sorted((luminance((ink[0], ink[1], ink[2])), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05) < _FAINT


@lru_cache(maxsize=16)
def _rounded(width: int, height: int, radius: int) -> Image.Image:
    made = Image.new("L", (width * _FINER, height * _FINER))
    ImageDraw.Draw(made).rounded_rectangle((0, 0, width * _FINER - 1, height * _FINER - 1), radius * _FINER, fill=255)
    return made.reduce(_FINER)
