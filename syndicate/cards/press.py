"""From a card's recipe to its file: decode, compose, paint, encode, and look at what came out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from types import MappingProxyType

from PIL import Image

from syndicate.artifact import Json, Read, Rendered
from syndicate.cards import colours, contrast, darkroom, encode, focus, frame, layout, paint, themes
from syndicate.cards.colours import Colour, Palette
from syndicate.cards.commission import Commission, Excerpt, Lead
from syndicate.cards.darkroom import Developed
from syndicate.cards.encode import Encoded
from syndicate.cards.focus import Crop
from syndicate.cards.frame import Frame
from syndicate.cards.layout import Canvas
from syndicate.cards.paint import Inked
from syndicate.cards.pictures import PictureError
from syndicate.cards.text.compose import Line
from syndicate.cards.text.fonts import Faces
from syndicate.cards.themes.reading import Theme
from syndicate.findings import Finding, finding

_COLOURS = {"title": "ink", "site": "ink", "date": "soft", "kicker": "mark"}
"""Which of the palette's colours sets which text."""
_SMALL_TYPE = ("kicker", "site", "date")
_DARKER = 16
"""How much a scrim gains when the published file turns out to have too little contrast."""
_FIRMNESS = (6.2, 8, 11, 21)
"""Contrast that small type is given before compression, until enough of it is left."""
_NOWHERE = layout.Box(0, 0, 1, 1)
_WHITE: Colour = (255, 255, 255)
_SOFT_WHITE: Colour = (238, 240, 243)
_PAPER = 195
"""From this mean on, in each of its bands, a drawing is on white paper."""
_NOTHING: Colour = (128, 128, 128)
_SOFTNESS = (0, 1, 2, 4)
"""Radius in pixels of the blur that a picture of nothing but fine detail gets, so that its file is not too heavy."""
_last: list[tuple[Commission, Image.Image]] = []
"""The card drawn last, and its pixels. What a thumb looks like does not depend on whether it is kept."""
_STEPS = 20
"""Shades between ground and ink on a flat card, so that all its colours fit a palette."""


def render(drawing: Commission, read: Read) -> Rendered:
    """Make the card."""
    press = _Press(drawing, read)
    made = press.run()
    _last[:] = [(drawing, made.image)]
    return Rendered(made.data, press.facts, tuple(press.findings))


def thumb(drawing: Commission, read: Read) -> Rendered:
    """Make the card in small, of its pixels where it was the last to be drawn here."""
    if not _last or _last[0][0] != drawing:
        render(drawing, read)
    return Rendered(encode.thumb(_last[0][1]))


def crop(excerpt: Excerpt, read: Read) -> Rendered:
    """Cut a picture out for an outlet; one that cannot be used leaves a plain ground, and the fact that it does."""
    outlet, lead = excerpt.outlet, excerpt.lead
    try:
        picture = darkroom.develop(lead, read)
    except PictureError as error:
        remark = finding("lead-image-unusable", excerpt.source, f"{lead.asset.path} {error.message}")
        empty = encode.jpeg(Image.new("RGB", (outlet.width, outlet.height), _NOTHING))
        return Rendered(empty.data, {"unusable": "yes"}, (remark,))
    image, size = picture.image, (outlet.width, outlet.height)
    part = focus.crop(image, size, lead.focus, drawn=picture.drawn)
    if picture.graphic:
        made = Image.new("RGB", size, _WHITE)
        palette = colours.beside(picture.mean())
        shown = paint.panel(made, layout.Box(0, 0, *size), image, palette, part, whole=True)
    else:
        made, shown = paint.cover(image, part.box, *size, _WHITE), "filling"
    encoded = _light(lambda amount: paint.softened(made, layout.Box(0, 0, *size), amount))
    return Rendered(encoded.data, {"picture": shown, "crop": _told(part, image), "quality": str(encoded.quality)})


class _Press:
    """One card being made: its ingredients opened, and what is remarked on the way."""

    def __init__(self, drawing: Commission, read: Read) -> None:
        self.drawing, self.read = drawing, read
        outlet = drawing.outlet
        self.size = outlet.width, outlet.height
        self.canvas = Canvas(outlet.width, outlet.height, outlet.inset)
        self.faces = Faces(drawing.fonts, read)
        self.findings: list[Finding] = []
        self.facts: dict[str, Json] = {}
        self.logo = self._open(drawing.logo, "logo-unusable")

    def run(self) -> Encoded:
        """Return the finished file, and keep what there is to tell of it."""
        drawing = self.drawing
        typeset = drawing.theme.arrangement == "type"
        picture = None if typeset else self._open(drawing.lead, "lead-image-unusable")
        self._tell(why=drawing.why)
        if typeset:
            made = self._typeset(drawing.theme)
        elif picture is None:
            self._tell(why="the picture cannot be used")
            made = self._typeset(themes.THEMES[themes.EDITORIAL])
        elif drawing.theme.arrangement == "beside":
            made = self._beside(picture, drawing.theme)
        elif picture.graphic:
            self._tell(why="the picture is drawn, and must be seen whole")
            made = self._beside(picture, themes.THEMES[themes.BESIDE])
        else:
            made = self._photograph(picture, drawing.theme)
        if len(made.data) > encode.BUDGET:
            self._remark("card-heavy", f"the card has {len(made.data):,} bytes at the lowest quality")
        self.facts["typefaces"] = ", ".join(font.name for font in drawing.fonts)
        return made

    def _photograph(self, picture: Developed, theme: Theme) -> Encoded:
        arranged = self._arrange(theme, layout.photograph(self.canvas, len(self.drawing.words.title)))
        covered = 100 - arranged.top * 100 // arranged.height
        part = self._crop(picture, self.size, covered)
        below = paint.cover(picture.image, part.box, *self.size, colours.deep(_WHITE))
        light = self.drawing.tone == "light"
        tint = (colours.pale if light else colours.deep)(picture.mean(part))
        inks = paint.inked(arranged, self.faces)
        texts = _weighed(inks, dark=light)
        shape, amount = paint.veil(arranged), contrast.strength(below, tint, texts, pale=light)
        everywhere = layout.Box(0, 0, *self.size)

        def composed(softness: int) -> Image.Image:
            canvas = contrast.veiled(paint.softened(below, everywhere, softness), shape, tint, amount)
            self._type(canvas, arranged, inks, self._on_picture(tint))
            return canvas

        while True:
            made = _light(composed)
            reached = _reached(made, texts)
            if reached >= contrast.LEAST or amount == 255:  # noqa: PLR2004 -- as strong as it gets
                break
            amount = min(255, amount + _DARKER)
        self._tell(contrast=f"{reached / 100:.2f}", scrim=f"{amount * 100 // 255} %", quality=str(made.quality))
        return made

    def _compressed(self, canvas: Image.Image, panel: layout.Box, arranged: Frame, palette: Palette) -> Encoded:
        """Write on a canvas, and return a JPEG in which that is legible: compression takes most from coloured type."""
        inks = paint.inked(arranged, self.faces)
        texts = _weighed(inks, dark=colours.luminance(palette.ink) < colours.luminance(palette.ground))
        for least in _FIRMNESS:
            written = canvas.copy()
            self._type(written, arranged, inks, colours.firmer(palette, least))
            made = _light(partial(paint.softened, written, panel))
            reached = _reached(made, texts)
            if reached >= contrast.LEAST:
                break
        self._tell(contrast=f"{reached / 100:.2f}", quality=str(made.quality))
        return made

    def _beside(self, picture: Developed, theme: Theme) -> Encoded:
        drawing = self.drawing
        palette = colours.beside(picture.mean(), self._tone(picture))
        if drawing.accent or drawing.ground:
            palette = colours.palette(drawing.accent, drawing.ground, 0, drawing.tone)
        image = picture.image
        arranged = self._arrange(theme, self._room(picture))
        canvas = Image.new("RGB", self.size, palette.ground)
        if arranged.panel:
            part = self._crop(picture, (arranged.panel.width, arranged.panel.height))
            shown = paint.panel(canvas, arranged.panel, image, palette, part, whole=self._whole(picture))
            self.facts["picture"] = shown
        return self._compressed(canvas, arranged.panel or _NOWHERE, arranged, palette)

    def _typeset(self, theme: Theme) -> Encoded:
        drawing, palette = self.drawing, self._palette(theme)
        arranged = self._arrange(theme, layout.typeset(theme.ornament, self.canvas, len(drawing.words.title)))
        canvas = Image.new("RGB", self.size, palette.ground)
        own = self._decorate(canvas, arranged, theme, palette)
        if drawing.form == "jpg":
            return self._compressed(canvas, _NOWHERE, arranged, palette)
        self._type(canvas, arranged, paint.inked(arranged, self.faces, _STEPS), palette, own)
        made = encode.png(canvas)
        self._tell(contrast=f"{colours.least(palette):.2f}", colours=str(made.quality))
        return made

    def _palette(self, theme: Theme) -> Palette:
        drawing = self.drawing
        match theme.ground:
            case "bold":
                return colours.palette(drawing.accent or drawing.ground, "", colours.BOLD)
            case "paper" if drawing.tone != "dark":
                return colours.palette(drawing.accent or drawing.ground, "", colours.PAPER)
            case "auto":
                return colours.palette(drawing.accent, drawing.ground, drawing.seed // 16 % 3, drawing.tone)
            case _:
                return colours.palette(drawing.accent, drawing.ground, 0, drawing.tone)

    def _decorate(self, canvas: Image.Image, arranged: Frame, theme: Theme, palette: Palette) -> dict[str, Colour]:
        """Paint what goes with type alone; return the colours of the texts that stand on it."""
        figure = arranged.figure
        if figure is None:
            paint.ornaments(canvas, arranged, palette, self.drawing.seed)
        elif theme.ornament == "band":
            under = paint.band(canvas, figure, palette, rtl=arranged.rtl)
            return {role: colours.legible(palette.ink, under) for role in ("site", "date")}
        elif theme.ornament == "quotation":
            paint.quotation(canvas, figure, palette.bar)
        else:
            paint.bar(canvas, figure, palette.bar)
            return {"day": colours.legible(palette.ground, palette.bar)}
        return {}

    def _arrange(self, theme: Theme, areas: layout.Areas) -> Frame:
        proportion = self.logo.image.width / self.logo.image.height if self.logo else 0
        arranged = frame.arrange(self.drawing.words, theme, areas, self.canvas, self.faces, proportion)
        block = arranged.title.block
        if block.cut:
            self._remark(
                "title-cut",
                f"the title was cut to {len(block.lines)} lines of {block.size} px ({self.drawing.outlet.name})",
            )
        self._tell(theme=theme.name, type=f"{block.size} px", lines=str(len(block.lines)))
        self._tell(breaks=" / ".join(line.text for line in block.lines), runs=" / ".join(map(_runs, block.lines)))
        return arranged

    def _type(
        self,
        canvas: Image.Image,
        arranged: Frame,
        inks: Sequence[Inked],
        palette: Palette,
        own: Mapping[str, Colour] = MappingProxyType({}),
    ) -> None:
        paint.bar(canvas, arranged.bar, palette.bar)
        if self.logo and arranged.logo:
            paint.logo(canvas, arranged.logo, self.logo.image, palette.ground)
        paint.write(canvas, inks, {role: getattr(palette, name) for role, name in _COLOURS.items()} | dict(own))

    def _on_picture(self, tint: Colour) -> Palette:
        """White type, or dark on a light scrim, which sees to its contrast; only the bar takes the brand's colour."""
        accent, light = self.drawing.accent, self.drawing.tone == "light"
        ink, soft = (
            (colours.deep(tint), colours.mixed(colours.deep(tint), tint, 88)) if light else (_WHITE, _SOFT_WHITE)
        )
        bar = colours.legible(colours.parse(accent), tint, 3) if accent else ink
        return Palette(ground=tint, ink=ink, soft=soft, mark=soft, bar=bar, shapes=())

    def _room(self, picture: Developed) -> layout.Areas:
        proportion = picture.image.width / picture.image.height
        return layout.beside(self.canvas, len(self.drawing.words.title), proportion, whole=self._whole(picture))

    def _tone(self, picture: Developed) -> str:
        """The tone asked for; where none is, a drawing on white paper makes a card of paper."""
        paper = picture.graphic and picture.image.mode == "RGB" and min(picture.mean()) > _PAPER
        return "light" if paper and self.drawing.tone == "auto" else self.drawing.tone

    def _whole(self, picture: Developed) -> bool:
        """Whether nothing of the picture may be cut."""
        return picture.graphic or self.drawing.whole

    def _crop(self, picture: Developed, size: tuple[int, int], covered: int = 0) -> Crop:
        """Choose a part of the lead image, and tell which."""
        said = self.drawing.lead.focus if self.drawing.lead else None
        part = focus.crop(picture.image, size, said, covered, picture.drawn)
        self._tell(crop=_told(part, picture.image))
        return part

    def _open(self, lead: Lead | None, code: str) -> Developed | None:
        if lead is None:
            return None
        try:
            return darkroom.develop(lead, self.read)
        except PictureError as error:
            self._remark(code, f"{lead.asset.path} {error.message}")
            return None

    def _tell(self, **facts: str) -> None:
        self.facts.update(facts)

    def _remark(self, code: str, message: str) -> None:
        self.findings.append(finding(code, self.drawing.source, message))


def _light(composed: Callable[[int], Image.Image]) -> Encoded:
    """Return a JPEG within the budget at a good quality, of a picture softened as much as that takes."""
    for softness in _SOFTNESS:
        made = encode.jpeg(composed(softness))
        if made.quality >= encode.GOOD and len(made.data) <= encode.BUDGET:
            break
    return made


def _weighed(inks: Iterable[Inked], *, dark: bool = False) -> list[contrast.Ink]:
    """What must be known of ink to judge its contrast."""
    return [
        contrast.Ink(one.left, one.top, one.coverage, one.role in _SMALL_TYPE, one.colour is not None, dark)
        for one in inks
    ]


def _reached(made: Encoded, texts: Sequence[contrast.Ink]) -> int:
    """The least contrast that type has in a published photograph."""
    top = min((one.top for one in texts), default=0)
    bottom = max((one.top + one.coverage.height for one in texts), default=0)
    shown, first = encode.opened_between(made.data, top, bottom)
    return contrast.measured(shown, texts, first)


def _runs(line: Line) -> str:
    """Name the typefaces of a line, from left to right."""
    return ", ".join(name for name, _ in groupby(glyph.font.name for glyph in line.glyphs))


def _told(part: Crop, image: Image.Image) -> str:
    return f"{part.width}x{part.height} at {part.left},{part.top} of {image.width}x{image.height}"
