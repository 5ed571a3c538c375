"""What pages of the gallery share: styles and scripts, each in a file named by its digest.

So a page is never met with a style of another edition, and thousands of sheets need not repeat theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.gallery.previews import style

_HERE = files("syndicate.gallery")


def text(name: str) -> str:
    """Return a file that ships with the room. Only for the moment when it is opened: a recipe may not open files."""
    return _HERE.joinpath(name).read_text("utf-8")


def _path(name: str, said: str) -> str:
    return addresses.gallery_part(name, sha256(said.encode()).hexdigest())


STYLE = text("style.css")
_TAKE, _SHEET = text("take.js"), text("sheet.js")
_LOOK = STYLE + text("sheet.css") + style()
TOOLS, SHEET_SCRIPT, SHEET_STYLE = _path("take.js", _TAKE), _path("sheet.js", _SHEET), _path("sheet.css", _LOOK)


@dataclass(frozen=True, slots=True)
class Part:
    """A shared file, word for word."""

    text: str

    def render(self, _: Read, /) -> Rendered:
        """Give it."""
        return Rendered(self.text.encode())


def parts() -> Iterator[Artifact]:
    """Plan the shared files. They stand before the pages that need them."""
    yield Artifact(TOOLS, "text/javascript", Part(_TAKE))
    yield Artifact(SHEET_SCRIPT, "text/javascript", Part(_SHEET))
    yield Artifact(SHEET_STYLE, "text/css", Part(_LOOK))
