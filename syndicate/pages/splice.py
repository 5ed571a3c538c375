"""A block of head tags written into a page, found again, and taken out: every other byte stays as it was.

The block stands between two comments. A tag of the page's own that had to give way stands where it was, in a comment,
as Base64: so taking the block out brings every byte back, and writing it twice is writing it once.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from syndicate.pages.head import UTF8, Element, Head, UnfitError, elements_of, head
from syndicate.pages.tokens import Kind, tokens

BEGIN, END = b"<!--syndicate:begin-->", b"<!--syndicate:end-->"
_MARK = b"<!--syndicate:"
_WAS = re.compile(rb"<!--syndicate:was ([A-Za-z0-9+/]*={0,2})-->")
_ARTICLE = re.compile(rb'"(?:[A-Za-z]*Article|BlogPosting|SocialMediaPosting|LiveBlogPosting|Report)"')
_XML = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml")
_SCRIPTED = "application/ld+json"
_PICTURE = ("og:image", "twitter:image")
_SHOWS = {"twitter:card": "og:image", "twitter:title": "og:title", "twitter:description": "og:description"}
_TELLING = (b"og:", b"twitter:", b"article:", b"ld+json", b"description", b"hreflang", b"author", b"fediverse:")
"""What a tag of a page's own that matters here holds: where none is behind the head, nothing need be read."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """A page with our block; ``kept`` names those of the page's own tags that ours gave way to."""

    data: bytes
    kept: tuple[str, ...] = ()


def splice(data: bytes, fragment: str, *, replace: bool = False) -> Spliced | None:
    """Write a fragment, a tag a line, into the head of a page in place of what we wrote before.

    Tags that say what the page says itself give way to the page's own, or with ``replace`` take their place. Returns
    ``None`` for what is no whole page. Raises ``UnfitError`` for a page that nothing can be written into.
    """
    original = bare(data)
    found = head(original)
    if found is None:
        return None
    # An empty tag of the page's own says nothing that ours must give way to.
    foreign = [(one, key) for one, key in _foreign(original, found) if replace or _says(one)]
    lines = [(key, line) for line in fragment.split("\n") if line for key in (_key_of_line(line),)]
    ours = {key for key, _ in lines}
    taken = {key for _, key in foreign if key in ours}
    if replace:
        # Feeds of the page's own stay: they may be of other things. The very same one need not be named twice.
        taken = {key for key in taken if key.startswith("feed ")}
        gone = [one for one, key in foreign if key in ours and key not in taken]
    else:
        gone = []
    kept_lines = [line for key, line in lines if key not in taken and not _bound(key, taken)]
    # What begins as XML may be read as XML, where every tag must end.
    block = _block([_closed(line) for line in kept_lines] if _XML.match(original) else kept_lines, found)
    kept = tuple(sorted(key for key in taken if not key.startswith("feed ")))
    return Spliced(_written(original, found.end, block, gone), kept)


def bare(data: bytes) -> bytes:
    """Return a page as it was before we wrote into it. Raises ``UnfitError`` where our marks are damaged."""
    if _MARK not in data:
        return data
    parts: list[bytes] = []
    last, begun = 0, -1
    for start, end in _marks(data):
        mark = data[start:end]
        was = _WAS.fullmatch(mark)
        if mark == BEGIN and begun < 0:
            begun = start
        elif mark == END and begun >= 0:
            parts.append(data[last:begun])
            last = end + (data[end : end + 1] == b"\n")
            begun = -1
        elif was and begun < 0:
            parts += [data[last:start], _decoded(was[1])]
            last = end
        else:
            raise UnfitError("has damaged marks of syndicate")
    if begun >= 0:
        raise UnfitError("has a mark of syndicate that begins and never ends")
    return b"".join([*parts, data[last:]])


def marked(data: bytes) -> bool:
    """Whether a page has our block."""
    return BEGIN in data and any(data[start:end] == BEGIN for start, end in _marks(data))


def _marks(data: bytes) -> Iterator[tuple[int, int]]:
    last = data.rfind(_MARK)
    for token in tokens(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0):
        if token.start > last:
            return
        if token.kind is Kind.COMMENT and data.startswith(_MARK, token.start):
            yield token.start, token.end


def _decoded(text: bytes) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise UnfitError("has damaged marks of syndicate") from None


def _written(data: bytes, end: int, block: bytes, gone: list[Element]) -> bytes:
    changes = [(end, end, block)]
    changes += [(one.start, one.end, _was(data[one.start : one.end])) for one in gone]
    parts: list[bytes] = []
    last = 0
    for start, stop, new in sorted(changes):
        parts += [data[last:start], new]
        last = stop
    return b"".join([*parts, data[last:]])


def _was(original: bytes) -> bytes:
    return b"<!--syndicate:was " + b64encode(original) + b"-->"


def _block(lines: list[str], found: Head) -> bytes:
    if not lines:
        return b""
    plain = found.encoding != UTF8 or found.declared > found.end
    written = [_ascii(line) if plain else line for line in lines]
    return b"\n".join([BEGIN, *(line.encode(errors="replace") for line in written), END, b""])


def _closed(line: str) -> str:
    return f"{line[:-1]} />" if line.startswith(("<meta", "<link")) else line


def _ascii(line: str) -> str:
    """Spell a line so that it reads the same in any encoding: references in tags, escapes in scripts."""
    if not line.startswith("<script"):
        return line.encode("ascii", "xmlcharrefreplace").decode()
    wide = line.encode("utf-16-be", "replace")
    units = (int.from_bytes(wide[place : place + 2]) for place in range(0, len(wide), 2))
    return "".join(chr(unit) if unit < 128 else f"\\u{unit:04x}" for unit in units)  # noqa: PLR2004 -- ASCII


def _foreign(data: bytes, found: Head) -> list[tuple[Element, str]]:
    """Return the page's own tags that speak of what ours do, wherever they stand, each with what it speaks of."""
    elements = list(found.elements)
    last = max([found.end, *(one.end for one in elements)])
    if any(word in data[last:] for word in _TELLING):
        elements += [one for one in elements_of(data, tokens(data, last)) if one.start >= last]
    return [(one, key) for one in elements if (key := _key(one, data))]


def _says(element: Element) -> bool:
    return element.name != "meta" or bool(element.said.get("content", "").strip())


def _key_of_line(line: str) -> str:
    data = line.encode(errors="replace")
    return next((_key(one, data) for one in elements_of(data, tokens(data))), "")


def _key(element: Element, data: bytes) -> str:
    """Return what a tag speaks of; the many tags of one picture speak of one thing."""
    said = element.said
    if element.name == "meta":
        name = (said.get("property") or said.get("name") or "").strip().lower()
        return "og:image" if name.startswith(_PICTURE) else name
    if element.name == "link":
        return _link(said)
    linked = element.name == "script" and said.get("type", "").strip().lower() == _SCRIPTED
    return _SCRIPTED if linked and _ARTICLE.search(data, *element.text) else ""


def _link(said: dict[str, str]) -> str:
    relations = said.get("rel", "").lower().split()
    if "alternate" in relations and "hreflang" in said and "stylesheet" not in relations:
        return "hreflang"
    if ("alternate" in relations and said.get("type")) or "outline" in relations:
        return f"feed {said.get('href', '').strip()}"
    return ""


def _bound(key: str, taken: set[str]) -> bool:
    """Whether a tag tells how another is shown: the kind of card is its picture's, a short title its title's."""
    return _SHOWS.get(key, "") in taken
