"""The pages of the gallery: a template, a style and a script in one file, and the shards that its search reads.

Style and script stand in the page itself and are named in its content security policy by their digests. So the page
is never met with the style of another edition, it works from a folder as from a server, and nothing foreign may run.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from syndicate import addresses
from syndicate.artifact import Read, Rendered
from syndicate.gallery.exhibits import Exhibit, File, Record, Shown, hashtags, label, show, summary
from syndicate.gallery.labels import labels_for
from syndicate.gallery.parts import STYLE, text
from syndicate.gallery.sheet import networks
from syndicate.gallery.words import Words, right_to_left, words_for

_PAGE, _SCRIPT = text("page.html"), text("script.js")
_BLANK = Shown("", "", "", "", "", "#", "", ("",), "", (File("", "", "", 0, 0, "", ""),), "#", "")
"""What the script copies and fills in for an article that is found on another page."""
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed by its name, its place seen from the first page, and the address to give to a reader."""

    name: str
    media_type: str
    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything one page is made of. Addresses are relative to the page; ``shards`` is how many the search has.

    ``above`` leads from the page to the output (``../``); ``number`` is 0 for the front page, which alone shows feeds.
    """

    number: int
    site: str
    description: str
    language: str
    above: str
    feeds: tuple[Feed, ...]
    exhibits: tuple[Exhibit, ...]
    shards: int
    tools: str
    newer: str
    older: str

    def render(self, _: Read, /) -> Rendered:
        """Make the page."""
        words = words_for(self.language)
        made = _weave()(
            page=self,
            words=words,
            labels=labels_for(self.language),
            networks=json.dumps(networks(), separators=(",", ":")),
            shards=tuple(addresses.url(self.above, addresses.gallery_shard(n)) for n in range(self.shards, 0, -1)),
            rtl=right_to_left(self.language),
            shown=tuple(show(one, words, self.language, self.above) for one in self.exhibits),
            blank=_BLANK,
        )
        return Rendered(made.encode())


@dataclass(frozen=True, slots=True)
class Search:
    """Some of the articles for the script to search: a shard, 1 holding the oldest."""

    number: int
    language: str
    records: tuple[Record, ...]

    def render(self, _: Read, /) -> Rendered:
        """Make a script of one assignment: a folder opened without a server lets a page load that, but not JSON."""
        words = words_for(self.language)
        rows = ",\n".join(_json(_row(one, words, self.language)) for one in self.records)
        return Rendered(f"(window.syndicateArticles ??= {{}})[{self.number}] = [\n{rows}\n];\n".encode())


def _row(one: Record, words: Words, language: str) -> Row:
    """Tell an article as briefly as may be: ten thousand of these are loaded."""
    shown = show(one.exhibit, words, language)
    texts = (shown.title, shown.language, shown.direction, shown.day, shown.date, shown.link, shown.alt)
    files = _files(shown)
    more = (shown.sheet, summary(one), label(one.section), one.updated.isoformat(timespec="seconds"))
    return (*texts, shown.tags, shown.authors, files, *more, hashtags(one.exhibit), shown.thumb[-21:-5])


def _files(one: Shown) -> Row:
    """Return where an article's files stand and how their names begin, once, then the rest of each."""
    folders = {file.href.rpartition("/")[0] + "/" for file in one.files}
    folder = folders.pop() if len(folders) == 1 else ""
    start = one.files[0].name.rpartition("_")[0].rpartition("_")[0] + "_" if one.files else ""
    return (folder, start, *(_file(file, folder, start) for file in one.files))


def _file(file: File, folder: str, start: str) -> Row:
    name = file.name.removeprefix(start)
    return (file.href.removeprefix(folder), name, file.label, file.width, file.height, file.use)


def _json(value: Row) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _weave() -> Callable[..., str]:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- costs 40 ms an unchanged gallery need not pay

    weaver = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    weaver.globals |= {"style": STYLE, "style_hash": _hash(STYLE), "script": _SCRIPT, "script_hash": _hash(_SCRIPT)}
    return weaver.from_string(_PAGE).render


def _hash(said: str) -> str:
    return f"sha256-{b64encode(sha256(said.encode()).digest()).decode()}"
