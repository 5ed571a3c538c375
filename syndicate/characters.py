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
_OVERRIDES, _POP_EMBEDDING, _POP_ISOLATE = "\u202d\u202e", "\u202c", "\u2069"
_OPENING = {"\u202a": _POP_EMBEDDING, "\u202b": _POP_EMBEDDING} | dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)
_CONTROLS = (*_OVERRIDES, _POP_EMBEDDING, _POP_ISOLATE, *_OPENING)
_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])
_MARKS = 8
"""Combining marks kept on one base; no living orthography needs more than five, Zalgo text stacks dozens."""
_STACK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e34-\u0e3a\u0e47-\u0e4e"
    rf"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{{{_MARKS + 1}}}"
)
"""The marks that stacks are built of; to ask each character of a long text would take too long."""
# Programs that run builds take lines of these beginnings for orders: GitHub's, and the older forms of it and others
# anywhere in a line.
_TALKING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, the last four where people write in Chinese or Japanese."""
_ORDER = re.compile(r"\A\s*+:(?=:)|#(?=#(?:vso|teamcity)?\[)")


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


def prose(text: str) -> str:
    """Return a text of any length and many lines: nothing illegal, nothing turned that is not turned back, no stacks.

    What turns a whole passage of another script stays where it is closed again; a text that leaves it open would turn
    what a reader sets behind it.
    """
    clean = strip_illegal(text)
    if clean.isascii():
        return clean
    if any(control in clean for control in _CONTROLS):
        clean = _balanced(clean)
    return _cap_marks(clean) if _STACK.search(clean) else clean


def visible(text: str) -> str:
    """Return foreign text fit for a terminal or a log: controls, directional marks and orders are shown as escapes."""
    shown = text if text.isascii() and text.isprintable() else "".join(_shown(character) for character in text)
    return _ORDER.sub(_escape, shown)


def inert(document: str) -> str:
    """Return JSON that a person's terminal, or what runs a build, may show: what they would obey stands as escapes."""
    return _ORDER.sub(_escape, _TALKING.sub(_escape, document))


def cell(text: str) -> str:
    """Return a cell of a table for programs: in no spreadsheet a formula, on no terminal an order."""
    guarded = f"'{text}" if text.startswith(_FORMULA) else text
    return inert(guarded).replace("\n", "\\u000a")


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


def _escape(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}"


def _balanced(text: str) -> str:
    """Leave out overrides, and whatever is opened and not closed, or closed and not opened."""
    opened: list[tuple[int, str]] = []
    dropped: set[int] = set()
    for found in _DIRECTING.finditer(text):
        control, place = found[0], found.start()
        if control in _OPENING:
            opened.append((place, _OPENING[control]))
        elif opened and opened[-1][1] == control:
            opened.pop()
        else:  # an override, too
            dropped.add(place)
    dropped.update(place for place, _ in opened)
    return _DIRECTING.sub(lambda found: "" if found.start() in dropped else found[0], text)


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
