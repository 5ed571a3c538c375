"""From a card's recipe to its file: decode, compose, paint, encode, and look at what came out."""

from collections.abc import Sequence

from PIL import Image, ImageChops

from syndicate.artifact import Json, Read, Rendered
from syndicate.cards import colours, contrast, encode, focus, frame, layout, paint, pictures, themes
from syndicate.cards.colours import Colour, Palette
from syndicate.cards.commission import Commission, Lead
from syndicate.cards.encode import Encoded
from syndicate.cards.frame import Frame
from syndicate.cards.paint import Inked
from syndicate.cards.text.fonts import Faces
from syndicate.findings import Finding, finding

_COLOURS = {"title": "ink", "site": "ink", "date": "soft", "kicker": "mark"}
"""Which of the palette's colours sets which text."""
_SMALL_TYPE = ("kicker", "site", "date")
_DARKER = 16
"""How much a scrim gains when the published file turns out to have too little contrast."""
_WHITE: Colour = (255, 255, 255)
_SOFT_WHITE: Colour = (238, 240, 243)
_STEPS = 20
"""Shades between ground and ink on a flat card, so that all its colours fit a palette."""


def render(drawing: Commission, read: Read) -> Rendered:
    """Make the card."""
    return _Press(drawing, read).run()


class _Press:
    """One card being made: its ingredients opened, and what is remarked on the way."""

    def __init__(self, drawing: Commission, read: Read) -> None:
        self.drawing, self.read = drawing, read
        self.size = drawing.width, drawing.height
        self.faces = Faces(drawing.fonts, read)
        self.findings: list[Finding] = []
        self.facts: dict[str, Json] = {}
        self.logo = self._open(drawing.logo, "logo-unusable", 400, 100)

    def run(self) -> Rendered:
        """Return the finished file."""
        drawing = self.drawing
        picture = None
        if drawing.theme != themes.EDITORIAL:
            picture = self._open(drawing.lead, "lead-image-unusable", drawing.width, drawing.height)
        if picture is None:
            made = self._editorial()
        elif drawing.theme == themes.PHOTOGRAPH and not focus.is_graphic(picture):
            made = self._photograph(picture)
        else:
            made = self._beside(picture)
        if len(made.data) > encode.BUDGET:
            self._remark("card-heavy", f"the card has {len(made.data):,} bytes at the lowest quality")
        self.facts["typefaces"] = ", ".join(font.name for font in drawing.fonts)
        return Rendered(made.data, self.facts, tuple(self.findings))

    def _photograph(self, picture: Image.Image) -> Encoded:
        arranged = self._arrange(themes.PHOTOGRAPH, layout.photograph(*self.size, len(self.drawing.words.title)))
        covered = 100 - arranged.top * 100 // arranged.height
        part = focus.crop(picture, *self.size, self.drawing.lead.focus if self.drawing.lead else None, covered)
        below = paint.cover(picture, part.box, *self.size, colours.deep(_WHITE))
        tint = colours.deep(paint.mean(below))
        inks = paint.inked(arranged, self.faces)
        large, small = (paint.mask(inks, self.size, roles) for roles in (("title",), _SMALL_TYPE))
        shape = paint.veil(arranged)
        amount = contrast.strength(below, shape, tint, large, small)
        self.facts["crop"] = f"{part.width}x{part.height} at {part.left},{part.top} of {picture.width}x{picture.height}"
        both = ImageChops.lighter(large, small)
        while True:
            canvas = contrast.veiled(below, shape, tint, amount)
            self._type(canvas, arranged, inks, self._on_picture(tint))
            made = encode.jpeg(canvas)
            reached = contrast.measured(encode.opened(made.data), both)
            if reached >= contrast.LEAST or amount == 255:  # noqa: PLR2004 -- as dark as it gets
                break
            amount = min(255, amount + _DARKER)
        self._tell(contrast=f"{reached / 100:.2f}", scrim=f"{amount * 100 // 255} %", quality=str(made.quality))
        return made

    def _beside(self, picture: Image.Image) -> Encoded:
        drawing = self.drawing
        palette = colours.beside(paint.mean(picture))
        if drawing.accent or drawing.ground:
            palette = colours.palette(drawing.accent, drawing.ground)
        arranged = self._arrange(themes.BESIDE, layout.beside(*self.size))
        canvas = Image.new("RGB", self.size, palette.ground)
        if arranged.panel:
            whole = focus.is_graphic(picture)
            self.facts["picture"] = paint.panel(canvas, arranged.panel, picture, palette, whole=whole)
        self._type(canvas, arranged, paint.inked(arranged, self.faces), palette)
        made = encode.jpeg(canvas)
        self._tell(contrast=f"{colours.ratio(palette.ink, palette.ground):.2f}", quality=str(made.quality))
        return made

    def _editorial(self) -> Encoded:
        drawing = self.drawing
        palette = colours.palette(drawing.accent, drawing.ground, drawing.seed // 16)
        arranged = self._arrange(themes.EDITORIAL, layout.editorial(*self.size, len(drawing.words.title)))
        canvas = Image.new("RGB", self.size, palette.ground)
        paint.ornaments(canvas, arranged, palette, drawing.seed)
        self._type(canvas, arranged, paint.inked(arranged, self.faces, _STEPS), palette)
        made = encode.jpeg(canvas) if drawing.form == "jpg" else encode.png(canvas)
        self._tell(contrast=f"{colours.ratio(palette.ink, palette.ground):.2f}", colours=str(made.quality))
        return made

    def _arrange(self, theme: str, areas: layout.Areas) -> Frame:
        proportion = self.logo.width / self.logo.height if self.logo else 0
        arranged = frame.arrange(self.drawing.words, themes.THEMES[theme], areas, self.size, self.faces, proportion)
        block = arranged.title.block
        if block.cut:
            self._remark("title-cut", f"the title was cut to {len(block.lines)} lines of {block.size} px")
        self._tell(theme=theme, type=f"{block.size} px", lines=str(len(block.lines)))
        return arranged

    def _type(self, canvas: Image.Image, arranged: Frame, inks: Sequence[Inked], palette: Palette) -> None:
        paint.bar(canvas, arranged.bar, palette.bar)
        if self.logo and arranged.logo:
            paint.logo(canvas, arranged.logo, self.logo, palette.ground)
        paint.write(canvas, inks, {role: getattr(palette, name) for role, name in _COLOURS.items()})

    def _on_picture(self, tint: Colour) -> Palette:
        """White type, whose contrast the scrim sees to; only the bar takes the brand's colour."""
        accent = self.drawing.accent
        bar = colours.legible(colours.parse(accent), tint, 3) if accent else _WHITE
        return Palette(ground=tint, ink=_WHITE, soft=_SOFT_WHITE, mark=_SOFT_WHITE, bar=bar, shapes=())

    def _open(self, lead: Lead | None, code: str, width: int, height: int) -> Image.Image | None:
        if lead is None:
            return None
        data = self.read(lead.asset)
        try:
            return pictures.decode(data, width, height)
        except pictures.PictureError as error:
            self._remark(code, f"{lead.asset.path} {error.message}")
            return None

    def _tell(self, **facts: str) -> None:
        self.facts.update(facts)

    def _remark(self, code: str, message: str) -> None:
        self.findings.append(finding(code, self.drawing.source, message))
