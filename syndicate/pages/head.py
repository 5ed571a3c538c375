"""Where a page's head ends, and what stands in it: the tree construction of the HTML standard, section 13.2.6.4.

Every tag of the head may be left out: then it ends where the first thing stands that no head can hold.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from syndicate.pages.tokens import TEXTUAL, Kind, Token, attributes, tokens

_IN_HEAD = frozenset("base basefont bgsound link meta title noscript noframes style script template html head".split())
_ENDING = frozenset({"head", "body", "html", "br"})
"""End tags that end a head; any other is ignored in one."""
_WHOLE = frozenset({"html", "head", "body", "title"})
"""What tells a page from a fragment that others include."""
_SOON = 50
"""Tokens within which a page shows that it is one, even if rubbish stands before its head."""
_WHITE = b"\t\n\f\r "
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_PRESCAN = 1024
"""Bytes in which a browser looks for the encoding before it reads."""
_BOM = codecs.BOM_UTF8
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_NOT_ASCII = frozenset({"iso2022_jp", "hz"})
_KNOWN = re.compile(
    r"utf-8|ascii|cp(?:874|125\d|866|932|949|950)|iso8859-\d+|koi8-[ru]|euc_\w+|shift_jis|big5|gb\w+|mac-\w+|iso2022_jp|hz"
)
_TOLD = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""Encodings that browsers read as another one (the Encoding standard's labels)."""
UTF8 = "utf-8"
_ELSE = "windows-1252"


class UnfitError(ValueError):
    """A page that nothing can be written into; the message ends the sentence "the page ..."."""


@dataclass(frozen=True, slots=True)
class Element:
    """A ``meta``, ``link``, ``title`` or ``script`` element: its bytes from ``start`` to ``end``, its text's within."""

    name: str
    start: int
    end: int
    said: dict[str, str]
    text: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A page's head. What is written at byte ``end`` is in it; ``body`` is where tokens were not read any more.

    ``encoding`` is a Python codec's name; ``declared`` the byte behind which it is known.
    """

    end: int
    encoding: str
    declared: int
    elements: tuple[Element, ...]


def head(data: bytes) -> Head | None:
    """Return a page's head; ``None`` for what is no whole page. Raises ``UnfitError`` where none can be told."""
    if data.startswith(_WIDE):
        raise UnfitError("is written in UTF-16")
    start = len(_BOM) if data.startswith(_BOM) else 0
    read = list(_head_tokens(data, start))
    end, whole = _end(data, read, start)
    if not whole:
        return None
    elements = tuple(elements_of(data, read))
    encoding, declared = (UTF8, 0) if start else _declared(elements)
    if encoding in _NOT_ASCII:
        raise UnfitError(f"is written in {encoding}")
    early = _noscript(data, read, end)
    found = Head(end=early if declared <= early else end, encoding=encoding, declared=declared, elements=elements)
    return found if declared or start else _late(data, found)


def elements_of(data: bytes, read: Iterable[Token], encoding: str = UTF8) -> Iterator[Element]:
    """Yield the elements that speak about the page, outside templates."""
    inert = 0
    opened: tuple[Token, tuple[int, int]] | None = None
    for token in read:
        if token.name == "template":
            inert = max(0, inert + (1 if token.kind is Kind.START else -1))
        elif inert:
            continue
        elif token.kind is Kind.START and token.name in {"meta", "link"}:
            yield Element(token.name, token.start, token.end, attributes(data, token, encoding))
        elif token.kind is Kind.START and token.name in {"script", "title"}:
            opened = token, (token.end, token.end)
        elif token.kind is Kind.RAW and opened:
            opened = opened[0], (token.start, token.end)
        elif token.kind is Kind.END and opened and token.name == opened[0].name:
            said = attributes(data, opened[0], encoding)
            yield Element(token.name, opened[0].start, token.end, said, opened[1])
            opened = None


def text_of(data: bytes, encoding: str) -> str:
    """Decode bytes of a page as a browser would."""
    return data.decode(encoding, "replace")


def _head_tokens(data: bytes, start: int) -> Iterator[Token]:
    """Yield the tokens of the head, and the first behind it."""
    inert = 0
    for token in tokens(data, start):
        yield token
        if token.name == "template":
            inert = max(0, inert + (1 if token.kind is Kind.START else -1))
        elif not inert and _ends(data, token):
            return


def _ends(data: bytes, token: Token) -> bool:
    match token.kind:
        case Kind.TEXT:
            return bool(data[token.start : token.end].strip(_WHITE))
        case Kind.START:
            return token.name not in _IN_HEAD
        case Kind.END:
            return token.name in _ENDING
        case _:
            return False


def _end(data: bytes, read: list[Token], start: int) -> tuple[int, bool]:
    """Return the byte at which the head ends, and whether this is a whole page."""
    if not any(token.name in _WHOLE or token.kind is Kind.DOCTYPE for token in islice(tokens(data, start), _SOON)):
        return start, False
    last = read[-1]
    if _inert(read):
        raise UnfitError("has a head that never ends")
    if _ends(data, last):
        white = len(data[last.start : last.end]) - len(data[last.start : last.end].lstrip(_WHITE))
        return last.start + (white if last.kind is Kind.TEXT else 0), True
    # The page stops within its head, and what stops it may itself be unfinished: a comment, a script.
    if last.kind is Kind.RAW:
        return read[-2].start, True
    unfinished = last.kind is Kind.COMMENT or (last.kind is Kind.START and last.name in TEXTUAL)
    return (last.start if unfinished else last.end), last.kind is not Kind.DOCTYPE


def _inert(read: Iterable[Token]) -> int:
    """Return how many templates are open at the end."""
    depth = 0
    for token in read:
        if token.name == "template":
            depth = max(0, depth + (1 if token.kind is Kind.START else -1))
    return depth


def _noscript(data: bytes, read: list[Token], end: int) -> int:
    """Return where the head ends for those who run no scripts: a picture in ``noscript`` ends it for them."""
    for before, token in pairwise(read):
        hidden = token.kind is Kind.RAW and token.name == "noscript" and token.end <= end
        if hidden and _sheds(data[token.start : token.end]):
            return before.start
    return end


def _sheds(inner: bytes) -> bool:
    """Whether the content of a ``noscript``, read as markup, reaches beyond it: ends a head, or never ends."""
    read = list(tokens(inner, scripting=False))
    if not read or read[-1].end < len(inner) or read[-1].kind in {Kind.RAW, Kind.COMMENT}:
        return True
    return read[-1].name in TEXTUAL or any(_ends(inner, one) for one in read)


def _declared(elements: Iterable[Element]) -> tuple[str, int]:
    for one in elements:
        if name := _charset(one):
            return name, one.end
    return _ELSE, 0


def _charset(element: Element) -> str:
    if element.name != "meta":
        return ""
    named = element.said.get("charset", "")
    if not named and element.said.get("http-equiv", "").lower() == "content-type":
        found = _CHARSET.search(element.said.get("content", ""))
        named = found[1] if found else ""
    return _codec(named.strip()) if named else ""


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return _ELSE
    if name.startswith("utf-16"):
        return UTF8  # a declaration that can be read as ASCII is none of UTF-16, says the standard
    return _TOLD.get(name, name) if _KNOWN.fullmatch(name) else _ELSE


def _late(data: bytes, found: Head) -> Head:
    """Mind a declaration behind the head: what is written before it may push it to where no browser looks."""
    if b"charset" not in data[found.end : _PRESCAN].lower():
        return found
    for one in elements_of(data, tokens(data, found.end)):
        if one.start > _PRESCAN:
            break
        if name := _charset(one):
            return replace(found, encoding=name, declared=one.end, end=one.end)
    return found
