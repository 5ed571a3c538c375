"""HTML as tokens that know at which bytes they stand: the tokenisation of the HTML standard, section 13.2.5.

Every encoding that HTML may have but UTF-16 and ISO-2022-JP spells what matters here (``< > " ' = / !``, letters and
white space) as in ASCII, so bytes are read as they are; words are decoded by who needs them. Each byte is looked at a
bounded number of times, whatever the input: patterns are possessive.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape

_NAME = rb"[A-Za-z][^\t\n\f\r />]*+"
_VALUE = rb"[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)"
_ATTRIBUTE = rb"=?[^\t\n\f\r />=]++(?:" + _VALUE + rb")?+|=(?:" + _VALUE + rb")?+"
_TAG = re.compile(rb"<(/?)(" + _NAME + rb")(?:[\t\n\f\r /]++|" + _ATTRIBUTE + rb")*+>")
_PAIR = re.compile(
    rb"(=?[^\t\n\f\r />=]++|=)"
    rb"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*+)?))?+"
)
_COMMENT_END = re.compile(rb"--!?>")
_SCRIPT = re.compile(rb"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_RAW = frozenset("title textarea style xmp iframe noembed noframes noscript".split())
"""Elements whose content is text to a browser that runs scripts; ``script`` itself has rules of its own."""
TEXTUAL = _RAW | {"script", "plaintext"}
_ENDS = {name: re.compile(rb"</" + name.encode() + rb"(?=[\t\n\f\r />])", re.IGNORECASE) for name in _RAW}
_NEVER_ENDS = re.compile(rb"</?[A-Za-z]")
_REFERENCE = re.compile(r"&(?:#\d{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};)")
"""In attributes a name needs its semicolon, or the parameters of addresses would be taken for references."""
_MOST_ATTRIBUTES = 100
_FOREIGN = frozenset({"svg", "math"})


class Kind(Enum):
    """What a token is. ``RAW`` is the text of an element that holds no markup."""

    TEXT = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    RAW = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its bytes, from ``start`` up to ``end``. ``name`` is the lower-case name of a tag."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def tokens(data: bytes, start: int = 0, *, scripting: bool = True) -> Iterator[Token]:
    """Part a page into its tokens, in order and without a gap, up to a tag that never ends, as browsers drop it.

    Where no script runs (``scripting``), ``noscript`` is an element like any other.
    """
    place = start
    foreign = 0
    while place < len(data):
        opened, token = _next(data, place)
        if opened > place:
            yield Token(Kind.TEXT, place, opened)
        if token is None:
            return
        yield token
        place = token.end
        if token.name in _FOREIGN:
            foreign = max(0, foreign + (1 if token.kind is Kind.START else -1))
        # In SVG an empty <title/> or <script/> is just that.
        plain = (foreign and data[place - 2 : place] == b"/>") or (token.name == "noscript" and not scripting)
        if token.kind is Kind.START and not plain:
            end = _raw_end(data, token)
            if end > place:
                yield Token(Kind.RAW, place, end, token.name)
                place = end


def attributes(data: bytes, token: Token, encoding: str = "utf-8") -> dict[str, str]:
    """Return a start tag's attributes, names in lower case, references resolved; the first of one name counts."""
    found: dict[str, str] = {}
    if token.end - token.start == len(token.name) + len("<>"):
        return found
    inner = data[token.start + 1 + len(token.name) : token.end - 1]
    for number, pair in enumerate(_PAIR.finditer(inner)):
        if number >= _MOST_ATTRIBUTES:
            break
        name = pair[1].decode(encoding, "replace").lower()
        value = pair[2] or pair[3] or pair[4] or b""
        found.setdefault(name, _REFERENCE.sub(lambda one: unescape(one[0]), value.decode(encoding, "replace")))
    return found


def _next(data: bytes, place: int) -> tuple[int, Token | None]:
    """Return where the next markup begins, and its token; none at the end and for a tag that never ends."""
    opened = data.find(b"<", place)
    while opened >= 0:
        token = _markup(data, opened)
        if token or _NEVER_ENDS.match(data, opened):
            return opened, token
        opened = data.find(b"<", opened + 1)  # a lone < is text
    return len(data), None


def _markup(data: bytes, place: int) -> Token | None:
    if tag := _TAG.match(data, place):
        kind = Kind.END if tag[1] else Kind.START
        return Token(kind, place, tag.end(), tag[2].lower().decode("latin-1"))
    if data.startswith(b"<!--", place):
        return Token(Kind.COMMENT, place, _comment_end(data, place))
    following = data[place + 1 : place + 3]
    if following[:1] == b"!":
        kind = Kind.DOCTYPE if data[place + 2 : place + 9].lower() == b"doctype" else Kind.COMMENT
        return Token(kind, place, _after(data, place))
    if following[:1] == b"?" or (following[:1] == b"/" and len(following) > 1 and not following[1:].isalpha()):
        return Token(Kind.COMMENT, place, _after(data, place))
    return None


def _after(data: bytes, place: int) -> int:
    end = data.find(b">", place)
    return end + 1 if end >= 0 else len(data)


def _comment_end(data: bytes, place: int) -> int:
    inner = place + 4
    for empty in (b">", b"->"):
        if data.startswith(empty, inner):
            return inner + len(empty)
    end = _COMMENT_END.search(data, inner)
    return end.end() if end else len(data)


def _raw_end(data: bytes, token: Token) -> int:
    """Return where the text of an element without markup ends, or the tag's own end for any other."""
    if token.name == "script":
        return _script_end(data, token.end)
    if token.name == "plaintext":
        return len(data)
    if token.name not in _RAW:
        return token.end
    end = _ENDS[token.name].search(data, token.end)
    return end.start() if end else len(data)


def _script_end(data: bytes, place: int) -> int:
    """Follow the standard's escaped states: in ``<!-- <script>`` the first end tag does not end the element."""
    escaped = doubly = False
    while found := _SCRIPT.search(data, place):
        place = found.end()
        if found[0] == b"<!--":
            escaped = True
            place -= 2  # <!--> both begins and ends
        elif found[0] == b"-->":
            escaped = doubly = False
        elif not found[1]:
            doubly = escaped
        elif doubly:
            doubly = False
        else:
            return found.start()
    return len(data)
