"""The pictures of an article, decoded once for all its cards.

The cards of one article are drawn one after the other. Its picture and the site's logo are kept while they are, by
their digest, so that what is kept can never be another's. What a card looks like does not depend on what is kept.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

from PIL import Image

from syndicate.artifact import Read
from syndicate.cards import focus, paint, pictures
from syndicate.cards.colours import Colour
from syndicate.cards.commission import Lead
from syndicate.cards.focus import Crop
from syndicate.cards.pictures import PictureError

_KEPT = 2
"""A lead image and a logo."""
_LARGE = 4_000_000
"""Pixels from which on a picture is let go before the next is decoded. The room of smaller ones is used again."""
_kept: OrderedDict[tuple[str, int, int], "Developed | PictureError"] = OrderedDict()


@dataclass(frozen=True)
class Developed:
    """A picture's pixels, and what was seen in them."""

    image: Image.Image = field(repr=False)

    @cached_property
    def graphic(self) -> bool:
        """Whether it is drawn rather than taken: no crop may cut it."""
        return focus.is_graphic(self.image)

    @cached_property
    def drawn(self) -> Image.Image:
        """Where the eye is drawn."""
        return focus.attention(self.image, self._small)

    def mean(self, part: Crop | None = None) -> Colour:
        """Return the mean colour of the picture, or of a part of it."""
        small = self._small
        if part:
            left, right = (at * small.width // self.image.width for at in (part.left, part.left + part.width))
            top, bottom = (at * small.height // self.image.height for at in (part.top, part.top + part.height))
            small = small.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
        return paint.mean(pictures.to_srgb(small))

    @cached_property
    def _small(self) -> Image.Image:
        return focus.reduced(self.image)


def develop(lead: Lead, read: Read) -> Developed:
    """Return a picture, large enough for what its ``Lead`` says is needed. Raises ``PictureError``."""
    key = (lead.asset.digest, lead.width, lead.height)
    found = _kept.pop(key, None) or _developed(lead, read, key)
    _kept[key] = found
    while len(_kept) > _KEPT:
        _kept.popitem(last=False)
    if isinstance(found, PictureError):
        raise found
    return found


def _large(kept: Developed | PictureError) -> bool:
    return isinstance(kept, Developed) and kept.image.width * kept.image.height > _LARGE


def _developed(lead: Lead, read: Read, key: tuple[str, int, int]) -> Developed | PictureError:
    for other in [one for one, kept in _kept.items() if one[1:] == key[1:] and _large(kept)]:
        del _kept[other]  # the last article's: two of them at a time are too much
    try:
        return Developed(pictures.decode(read(lead.asset), lead.width, lead.height))
    except PictureError as error:  # kept, too: a bomb need not be looked at seven times
        return PictureError(error.code, error.message)
