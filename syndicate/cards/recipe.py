"""A share card as a recipe. Nothing is opened, nor any library of pictures loaded, before it is rendered."""

from dataclasses import dataclass

from syndicate.artifact import Read, Rendered
from syndicate.cards.commission import Commission


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Commission):
    """The recipe of one card: what is commissioned, and who draws it."""

    def render(self, read: Read) -> Rendered:
        """Make the card."""
        from syndicate.cards import press  # noqa: PLC0415 -- a build with nothing to draw need not load Pillow

        return press.render(self, read)
