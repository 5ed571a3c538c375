"""Which characters may leave the house: the one gate for every string that goes out.

XML 1.0 (section 2.2, production 2) allows tab, line feed, carriage return and everything from U+0020 but surrogates,
U+FFFE and U+FFFF. One character outside that set loses a whole feed in lxml, so nothing passes here.
"""

import re
import unicodedata
from functools import lru_cache

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# C1 controls and noncharacters are legal in XML but no text holds them; U+0085 is a line break to some parsers only.
_UNWANTED = re.compile("[\u007f-\u009f\ufdd0-\ufdef\ufeff]")
# Overrides and embeddings let a title rewrite what stands beside it; isolates are balanced by nobody in a plain string.
_DIRECTING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])
_MARKS = 8
"""Combining marks kept on one base; no living orthography needs more than five, Zalgo text stacks dozens."""


def strip_illegal(text: str) -> str:
    """Return the text without characters that XML 1.0 forbids or that carry nothing; the rest is untouched."""
    return text if _clean(text) else _UNWANTED.sub("", _ILLEGAL.sub("", text))


def illegal_in(text: str) -> tuple[str, ...]:
    """Name the characters ``strip_illegal`` would remove, once each, as ``U+0008``."""
    found = () if _clean(text) else sorted({*_ILLEGAL.findall(text), *_UNWANTED.findall(text)})
    return tuple(f"U+{ord(character):04X}" for character in found)


@lru_cache(maxsize=8192)
def one_line(text: str) -> str:
    """Return a label: no illegal characters, no directional controls, no stacks of marks, single spaces.

    No-break spaces are kept: they are typography, not white space to fold.
    """
    if text.isascii() and text.isprintable():
        return re.sub(" +", " ", text).strip(" ")  # most labels are, and a build asks thousands of times
    clean = _DIRECTING.sub("", strip_illegal(text))
    return _cap_marks(re.sub("[\t\n\r \u2028\u2029]+", " ", clean).strip(" "))


def visible(text: str) -> str:
    """Return foreign text fit for a terminal or a log: controls and directional marks are shown as escapes."""
    return "".join(_shown(character) for character in text)


def whole(text: str) -> str:
    """Return text without the halves of characters that escapes such as JSON's can write: joined, or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _clean(text: str) -> bool:
    """Whether a glance is enough; what is printable is legal, and so are these four."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN)
    return text.replace("\n", "").replace("\t", "").replace("\xa0", "").replace("\u202f", "").isprintable()


def _shown(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\u200c\u200d":
        return f"\\u{ord(character):04x}"
    return character


def _cap_marks(text: str) -> str:
    if len(text) <= _MARKS or text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MARKS:
            kept.append(character)
    return "".join(kept)
