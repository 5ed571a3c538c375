"""Which words stand in which articles, a file a shard: what lets the search look into texts.

Words are sorted by their UTF-16 units, as JavaScript compares them, so that those with one beginning are soon found
without reading the file into anything: ``;lamp 0 3;lantern 2``. Numbers count a shard's articles from the newest, each
but a word's first from the one before it, in base 36. Scripts that part no words give pairs of characters instead.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from syndicate.artifact import Read, Rendered, Text, text_of

_READ, _MOST = 20_000, 600
"""Characters of an article that are looked at, and different words of it that are kept."""
_SHORT, _LONG = 3, 24
"""Letters that a word needs to be kept, and those of it that are; ``script.js`` asks by the same."""
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_UNPARTED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Concordance:
    """The words of a shard's articles, of which ``texts`` has the bodies, the newest first."""

    number: int
    texts: tuple[str | Text, ...]

    def render(self, read: Read, /) -> Rendered:
        """Make a script of one assignment, as the search's shards are."""
        places: dict[str, list[int]] = {}
        for number, text in enumerate(self.texts):
            for word in words(text_of(text, read)):
                places.setdefault(word, []).append(number)
        told = "".join(f";{word} {_told(places[word])}" for word in sorted(places, key=_units))
        said = json.dumps(f"{told};", ensure_ascii=False)
        return Rendered(f"(window.syndicateWords ??= {{}})[{self.number}] = {said};\n".encode())


def words(html: str) -> tuple[str, ...]:
    """Return the words of a body as the search folds them, each once, in the order in which they first come."""
    text = unicodedata.normalize("NFKD", unescape(_TAG.sub(" ", html[:_READ])).lower())
    kept: dict[str, None] = {}
    for token in dict.fromkeys(text.split()):
        kept.update(dict.fromkeys(_parts(token)))
        if len(kept) >= _MOST:
            break
    return tuple(kept)[:_MOST]


def _parts(token: str) -> Iterator[str]:
    plain = token if token.isascii() else "".join(one for one in token if unicodedata.category(one)[0] != "M")
    for run in _WORD.findall(plain):
        for number, part in enumerate((run,) if run.isascii() else _UNPARTED.split(run)):
            if number % 2:
                yield from (part[at : at + 2] for at in range(max(len(part) - 1, 1)))
            elif len(part) >= _SHORT:
                yield part[:_LONG]


def _units(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


def _told(numbers: list[int]) -> str:
    return " ".join(_short(number - before) for before, number in zip([0, *numbers], numbers, strict=False))


def _short(number: int) -> str:
    high, low = divmod(number, 36)
    return (_short(high) if high else "") + _DIGITS[low]
