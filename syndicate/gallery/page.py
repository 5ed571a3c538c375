"""The pages of the gallery: a template, a style and a script, woven into one file that needs no other.

Style and script stand in the page itself and are named in its content security policy by their digests. So the page
is never met with the style of another edition, it works from a folder as from a server, and nothing else may run.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from syndicate.artifact import Read, Rendered
from syndicate.gallery.exhibits import Exhibit, File, Shown, show
from syndicate.gallery.words import right_to_left, words_for

_HERE = files("syndicate.gallery")
# Read once, when the room is opened: a recipe may not open files.
_PAGE, _STYLE, _SCRIPT = (_HERE.joinpath(name).read_text("utf-8") for name in ("page.html", "style.css", "script.js"))
_BLANK = Shown("", "", "", "", "", "#", "", ("",), "", (File("", "", "", 0, 0, "", ""),))
"""What the script copies and fills in for an article that is found on another page."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed by its name, its place seen from the first page, and the address to give to a reader."""

    name: str
    media_type: str
    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything one page is made of. Addresses are relative to the page; ``search`` is empty where it shows all.

    ``above`` leads from the page to the output (``../``); ``number`` is 0 for the front page, which alone shows feeds.
    """

    number: int
    site: str
    description: str
    language: str
    above: str
    feeds: tuple[Feed, ...]
    exhibits: tuple[Exhibit, ...]
    search: str
    newer: str
    older: str

    def render(self, _: Read, /) -> Rendered:
        """Make the page."""
        words = words_for(self.language)
        text = _weave()(
            page=self,
            words=words,
            rtl=right_to_left(self.language),
            shown=tuple(show(one, words, self.language, self.above) for one in self.exhibits),
            blank=_BLANK,
        )
        return Rendered(text.encode())


@dataclass(frozen=True, slots=True)
class Search:
    """All articles for the script to search, where they do not fit on one page."""

    language: str
    exhibits: tuple[Exhibit, ...]

    def render(self, _: Read, /) -> Rendered:
        """Make a script of one assignment: a folder opened without a server lets a page load that, but not JSON."""
        words = words_for(self.language)
        rows = ",\n".join(_row(show(one, words, self.language)) for one in self.exhibits)
        return Rendered(f"window.syndicateArticles = [\n{rows}\n];\n".encode())


def _row(one: Shown) -> str:
    text = json.dumps(astuple(one), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _weave() -> Callable[..., str]:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- costs 40 ms an unchanged gallery need not pay

    weaver = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    weaver.globals |= {"style": _STYLE, "style_hash": _hash(_STYLE), "script": _SCRIPT, "script_hash": _hash(_SCRIPT)}
    return weaver.from_string(_PAGE).render


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
