"""A share card as a recipe. Nothing is opened, nor any library of pictures loaded, before it is rendered."""

from dataclasses import dataclass

from syndicate.artifact import Read, Rendered
from syndicate.cards.commission import Commission, Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Commission):
    """The recipe of one card: what is commissioned, and who draws it."""

    def render(self, read: Read) -> Rendered:
        """Make the card."""
        from syndicate.cards import press  # noqa: PLC0415 -- a build with nothing to draw need not load Pillow

        return press.render(self, read)


@dataclass(frozen=True, slots=True)
class Thumb:
    """The recipe of a card in small, for pages that show many. Made right after the card, it takes its pixels."""

    card: Drawing

    def render(self, read: Read) -> Rendered:
        """Make it."""
        from syndicate.cards import press  # noqa: PLC0415 -- see above

        return press.thumb(self.card, read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop(Excerpt):
    """The recipe of one picture without type."""

    def render(self, read: Read) -> Rendered:
        """Cut it out."""
        from syndicate.cards import press  # noqa: PLC0415 -- see above

        return press.crop(self, read)
