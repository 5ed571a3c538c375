"""Other values for some keys of a header, and every other byte of the file as it was.

Where each value stands is found out, and only that is written over: comments, quotes, order, line ends and a byte order
mark stay. What comes out is read again before anybody gets it: it must say what was asked, and else what it said.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from syndicate.loading import frontmatter, images, yaml
from syndicate.loading.fields import KICKER, SUMMARY, THEME, Fields
from syndicate.loading.frontmatter import Header
from syndicate.loading.sources import SourceError

Said = str | tuple[float, float]
NAMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "title": ("title", ("title",)),
    "theme": ("theme", THEME),
    "focal": ("focal", images.FOCAL),
    "kicker": ("kicker", KICKER),
    "description": ("summary", SUMMARY),
}
"""What can be changed: the field of each, and the spellings it is looked up by."""
_PLAIN = re.compile(r"[^\W\d_][^\n:#\\\"{}\[\]&*!|>%@`]*")
_WORDS = frozenset("true false yes no on off null y n nan inf".split())
_TOML_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)


class Unamendable(Exception):  # noqa: N818 -- what it is called by people
    """A header that cannot be changed from outside; the message says why, for its author."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters to be written over."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Region:
    """A header in its text: how it is written, and where what is between its fences begins and ends."""

    form: str
    start: int
    end: int
    header: Header

    def inner(self, text: str) -> str:
        """Return what is between the fences."""
        return text[self.start : self.end]


def values(text: str, path: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return what a header says of all that can be changed, as it is written there. Raises ``SourceError``."""
    fields = Fields(frontmatter.parse(text, path), path, own)
    found = {name: fields.first(field, *spellings)[0] for name, (field, spellings) in NAMES.items()}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def header(text: str, path: str) -> str:
    """Return a text's header as it stands, with its fences. Raises ``SourceError``."""
    parsed = frontmatter.parse(text, path)
    return text[: len(text) - len(parsed.body)] if parsed.kind else ""


def plain(data: bytes) -> str:
    """Return a source's bytes as loading reads them. Raises ``Unamendable``."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Unamendable("the file is not UTF-8") from None


def amended(data: bytes, said: Mapping[str, Said], path: str, own: Mapping[str, str]) -> bytes:
    """Return a source with other values for some keys. Raises ``Unamendable`` where that is not sure."""
    text = plain(data)
    try:
        region = _region(text, path)
        edits = [_edit(text, region, _key(region.header, name, path, own), value) for name, value in said.items()]
        made = _written(data.decode(), edits).encode()
        _refuse_other(region.header, plain(made), said, path, own)
    except (SourceError, yaml.YamlError, ValueError) as error:
        raise Unamendable(f"the front matter cannot be changed from here: {error}") from None
    return made


def _region(text: str, path: str) -> _Region:
    header = frontmatter.parse(text, path)
    start = len(text) - len(text.lstrip(frontmatter.UNSEEN))
    end = len(text) - len(header.body)
    if header.kind not in {"yaml", "toml", "json", "pairs"}:
        raise Unamendable("the file has no front matter: write one first")
    whole = text[start:end]
    if header.kind == "pairs" or whole.startswith("{"):
        return _Region(header.kind, start, end, header)
    if whole.startswith(("---", "+++")):
        start += whole.index("\n") + 1
    fence = whole.rstrip("\n").rfind("\n") + 1
    return _Region(header.kind, start, max(start, end - len(whole) + fence), header)


def _key(header: Header, name: str, path: str, own: Mapping[str, str]) -> str:
    """Return the key to be written, as it is spelled."""
    field, spellings = NAMES[name]
    value, key = Fields(header, path, own).first(field, *spellings)
    if value is None:
        key = own.get(field, name)
    found = header.key(key)
    if not found and (value is not None or not re.fullmatch(r"[A-Za-z][\w-]*", key)):
        raise Unamendable(f"{key} stands inside another value: change it by hand")
    return found or key


def _edit(text: str, region: _Region, key: str, value: Said) -> _Edit:
    inner = region.inner(text)
    found = _FORMS[region.form](inner, key, value, bool(region.header.key(key)))
    return _Edit(region.start + found.start, region.start + found.end, found.text)


def _yaml(inner: str, key: str, value: Said, known: bool) -> _Edit:  # noqa: FBT001 -- one of four alike
    if not known:
        return _Edit(len(inner), len(inner), f"{key}: {_yaml_value(value, '')}\n")
    place = yaml.places(inner)[key]
    if place.style == "[" and "#" in inner[place.start : place.end]:
        raise Unamendable(f"{key}: there are comments in its value: change it by hand")
    gap = " " if place.start == place.end else ""
    return _Edit(place.start, place.end, gap + _yaml_value(value, place.style))


def _yaml_value(value: Said, style: str) -> str:
    if isinstance(value, tuple):
        return _pair(value)
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    unquoted = _PLAIN.fullmatch(value) and value == value.strip() and value.casefold() not in _WORDS
    return value if unquoted and style != '"' else _quoted(value)


def _toml(inner: str, key: str, value: Said, known: bool) -> _Edit:  # noqa: FBT001 -- as above
    text = _pair(value) if isinstance(value, tuple) else _quoted(value)
    table = re.search(r"^[ \t]*\[", _masked(inner), re.MULTILINE)
    end = table.start() if table else len(inner)
    if not known:
        return _Edit(end, end, f"{key} = {text}\n")
    found = re.search(rf"^[ \t]*([\"']?){re.escape(key)}\1[ \t]*=[ \t]*", inner[:end], re.MULTILINE)
    if not found:
        raise Unamendable(f"{key} stands in a table: change it by hand")
    rest = inner[found.end() :]
    length = _toml_length(rest)
    if "#" in _masked(rest[:length]):
        raise Unamendable(f"{key}: there are comments in its value: change it by hand")
    return _Edit(found.end(), found.end() + length, text)


def _toml_length(rest: str) -> int:
    """Return how many characters a value of TOML has."""
    masked = _masked(rest)
    if not rest.startswith(("[", "{")):
        return len(re.match(r"[^\n#]*", masked)[0].rstrip())  # type: ignore[index]  # it matches nothing, too
    depth = 0
    for at, character in enumerate(masked):
        depth += (character in "[{") - (character in "]}")
        if depth == 0:
            return at + 1
    return len(rest)


def _masked(text: str) -> str:
    """Return TOML with its strings' characters made harmless, each in its place."""
    return _TOML_STRING.sub(lambda found: "s" * len(found[0]), text)


def _json(inner: str, key: str, value: Said, known: bool) -> _Edit:  # noqa: FBT001 -- as above
    text = _pair(value) if isinstance(value, tuple) else _quoted(value)
    places = dict(_json_places(inner))
    if known:
        return _Edit(*places[key], text)
    brace = inner.index("{") + 1
    gap = re.match(r"\s*", inner[brace:])[0]  # type: ignore[index]  # as above
    comma = "," if places else ""
    return _Edit(brace, brace, f"{gap}{json.dumps(key)}: {text}{comma}")


def _json_places(inner: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the keys of an object, and where their values begin and end. Raises ``ValueError``."""
    decoder = json.JSONDecoder()
    at = _beyond(inner, inner.index("{") + 1)
    while inner[at : at + 1] == '"':
        key, at = decoder.raw_decode(inner, at)
        at = _beyond(inner, inner.index(":", at) + 1)
        start = at
        _, at = decoder.raw_decode(inner, at)
        yield key, (start, at)
        at = _beyond(inner, at)
        at = _beyond(inner, at + (inner[at : at + 1] == ","))


def _beyond(text: str, at: int) -> int:
    """Return where white space ends."""
    while text[at : at + 1].isspace():
        at += 1
    return at


def _pairs(inner: str, key: str, value: Said, known: bool) -> _Edit:  # noqa: FBT001 -- as above
    text = ", ".join(map(_number, value)) if isinstance(value, tuple) else value
    if not known:
        end = len(inner.rstrip("\n"))
        return _Edit(end, end, f"\n{key[:1].upper()}{key[1:]}: {text}")
    found = re.search(rf"^{re.escape(key)}[ \t]*:[ \t]*([^\n]*)(\n[ \t]+\S)?", inner, re.MULTILINE)
    if not found or found[2]:
        raise Unamendable(f"{key}: its value has several lines: change it by hand")
    return _Edit(
        found.start(1), found.end(1), text if found[0][: found.start(1) - found.start()].endswith(" ") else f" {text}"
    )


_FORMS = {"yaml": _yaml, "toml": _toml, "json": _json, "pairs": _pairs}


def _pair(value: tuple[float, float]) -> str:
    return f"[{_number(value[0])}, {_number(value[1])}]"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.1f}"


def _quoted(value: str) -> str:
    """Write a text as JSON, TOML and YAML all read it."""
    return json.dumps(value, ensure_ascii=False)


def _written(raw: str, edits: list[_Edit]) -> str:
    """Write edits of a plain text into the text as the file has it, with its own line ends."""
    mark = len(raw) - len(raw.removeprefix("\ufeff"))
    # Where, in the plain text, lines end that have two characters for it in the file.
    double = [found.start() - mark - count for count, found in enumerate(re.finditer("\r\n", raw))]
    ending = next(iter(re.findall("\r\n|\r|\n", raw)), "\n")
    edits = sorted(edits, key=lambda one: one.start)
    if any(one.end > other.start for one, other in pairwise(edits)):
        raise Unamendable("two keys share one value: change it by hand")
    for edit in reversed(edits):
        start, end = (mark + at + bisect_left(double, at) for at in (edit.start, edit.end))
        raw = raw[:start] + edit.text.replace("\n", ending) + raw[end:]
    return raw


def _refuse_other(before: Header, text: str, said: Mapping[str, Said], path: str, own: Mapping[str, str]) -> None:
    """Refuse what says anything else than what was asked and what it said before."""
    after = frontmatter.parse(text, path)
    touched = {_key(after, name, path, own) for name in said}
    kept = [{key: value for key, value in one.fields.items() if key not in touched} for one in (before, after)]
    fields = Fields(after, path, own)
    right = all(_says(fields, name, value) for name, value in said.items())
    if kept[0] != kept[1] or after.body != before.body or after.kind != before.kind or not right:
        raise Unamendable("the front matter cannot be changed from here: copy it and change it by hand")


def _says(fields: Fields, name: str, value: Said) -> bool:
    if isinstance(value, tuple):
        found = images.focus(fields)
        return found is not None and all(abs(one - other) < 1e-4 for one, other in zip(found, value, strict=True))  # noqa: PLR2004 -- as precise as it is written
    field, spellings = NAMES[name]
    return bool((fields.first(field, *spellings)[0] or "") == value)
