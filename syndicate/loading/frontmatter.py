"""Front matter: the header of an article, told from its body with certainty.

python-frontmatter's handlers split and load; what they leave open is closed here. A header that is not seen is a draft
published as body, so whatever begins like a header must end like one and must be understood, or the article is refused.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn

from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from syndicate.findings import Finding, finding
from syndicate.loading import javascript, objects, yaml
from syndicate.loading.sources import SourceError

HEADER_BYTES = 64 << 10
_KNOWN = r"title|date|author|authors|slug|tags|category|categories|summary|layout|lang|permalink|status|draft|published"
_LOOSE = re.compile(rf"(?i)(?:{_KNOWN})[ \t]*:[ \t]")
# Of a text without front matter: a line that only such a header would have, after something that may have opened one.
_SAID = re.compile(rf"(?i)[ \t]*[\"']?(?:{_KNOWN})[\"']?[ \t]*[:=](?!=)")
_LIKE_FENCE = re.compile(r"[^\w\s`~]{1,8}(?:yaml|toml|json|js)?[ \t]*|<!--.*|%YAML\b.*")
UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\xa0 \t\n\f\v\x85\u2028\u2029"
# None of these may look at a header's characters more than once for each way in: one is made to hurt.
_PAIR = re.compile(r"([^\s:][^:\n]*+):(?:[ \t]++(.*+)|[ \t]*+)$")
_TABLE_KEY = re.compile(r"""^[ \t]*+\[*+[ \t]*+(?:"([^"\n]*+)"|'([^'\n]*+)'|([\w-]++))""", re.MULTILINE)
_OBJECT_KEY = re.compile(r'"([^"\\\n]*+)"\s*+:')
_SCRIPT_KEY = re.compile(r"([\w$]++)[\"']?+\s*+[:=]")
_DOTTED = re.compile(r"(?:[\w\"'-]++[ \t]*+\.[ \t]*+){16}")
_NAMED = re.compile(r"---(yaml|yml|toml|json|js|javascript)[ \t]*\n")
_BARE = re.compile(r'(?:;{3,}[ \t]*\n)?\s*"[^"\n]+"[ \t]*:')
_SEMICOLONS = re.compile(r"^;{3,}[ \t]*$", re.MULTILINE)
_DASHES = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above an article: its fields, their lines in the file, and the body with the line it begins on.

    ``kind`` is "yaml", "toml", "json", "pairs" or "" where there is no header. Values are null, text (``Plain`` where
    unquoted), lists and mappings; TOML and JSON add numbers, truths and dates.
    """

    fields: Mapping[str, Any]
    lines: Mapping[str, int]
    kind: str
    body: str
    body_line: int
    findings: tuple[Finding, ...] = ()
    _folded: Mapping[str, str] = field(default_factory=dict, compare=False)

    def get(self, *names: str) -> Any:  # noqa: ANN401 -- front matter holds anything; the typed getters ask
        """Return the first value among the names that is neither null nor empty; ``a.b`` looks into a mapping."""
        for name in names:
            whole, first, _ = _steps(name)
            # Of the many spellings that are asked for, a header has few.
            if whole in self._folded or first in self._folded:
                value = self._at(name)
                if value is not None and value not in ("", [], {}):
                    return value
        return None

    def line(self, *names: str) -> int:
        """Return the line of the first of the names that is there; 0 where none is."""
        for name in names:
            key = self._folded.get(fold(name.partition(".")[0]))
            if key is not None and self._at(name) is not None:
                return self.lines.get(key, 0)
        return 0

    def key(self, name: str) -> str:
        """Return a top key as it is written, or nothing where there is none."""
        return self._folded.get(fold(name), "")

    def over(self, defaults: Mapping[str, Any]) -> "Header":
        """Return the header with defaults where it says nothing."""
        if not defaults:
            return self
        missing = {key: value for key, value in defaults.items() if fold(key) not in self._folded}
        return _header({**self.fields, **missing}, self.lines, self.kind, self.body, self.body_line, self.findings)

    def saying(self, said: Mapping[str, Any]) -> "Header":
        """Return the header with other values for some fields, whatever it says of them; a null says nothing."""
        others = {fold(key) for key in said}
        kept = {key: value for key, value in self.fields.items() if fold(key) not in others}
        lines = {**self.lines, **{key: line for key in said if (line := self.line(key))}}
        return _header({**kept, **said}, lines, self.kind, self.body, self.body_line, self.findings)

    def _at(self, name: str) -> Any:  # noqa: ANN401 -- as above
        whole, first, rest = _steps(name)
        if whole in self._folded:
            return self.fields[self._folded[whole]]
        if not rest or first not in self._folded:
            return None
        value = self.fields[self._folded[first]]
        for part in rest:
            value = next((v for k, v in value.items() if fold(k) == part), None) if isinstance(value, dict) else None
        return value


@lru_cache(maxsize=1024)
def _steps(name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a spelling folded, its first part, and the parts that follow it."""
    first, _, rest = name.partition(".")
    return fold(name), fold(first), tuple(rest.split(".")) if rest else ()


def made(fields: Mapping[str, Any], body: str) -> Header:
    """Return a header that stands in no file of its own, such as an export's."""
    return _header(fields, {}, "json", body, 1)


def fold(key: str) -> str:
    """Return a key as it is looked up: case and the choice between ``-`` and ``_`` play no part."""
    return key.casefold().replace("-", "_")


class _Yaml(YAMLHandler):
    """YAML that a line of three dots may close, too."""

    FM_BOUNDARY = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class _Toml(BaseHandler):
    """TOML by the standard library; the package's own handler needs a dead one."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)


_YAML, _TOML, _JSON = _Yaml(), _Toml(), JSONHandler()


def parse(text: str, path: str) -> Header:
    """Return header and body. Raises ``SourceError`` for a header that does not end or cannot be understood."""
    stripped = text.lstrip(UNSEEN)
    skipped = text.count("\n", 0, len(text) - len(stripped))
    for handler, reads in ((_YAML, _yaml), (_TOML, _toml)):
        if handler.detect(stripped) and not stripped.startswith("..."):
            return _fenced(stripped, path, skipped, handler, reads)
    if _NAMED.match(stripped):
        return _named(stripped, path, skipped)
    if re.match(r'\{\s*["}]', stripped):
        return _json(stripped, path, skipped)
    if _BARE.match(stripped) and _SEMICOLONS.search(stripped, 4, HEADER_BYTES):
        return _semicolons(stripped, path, skipped)
    if _LOOSE.match(stripped) or _all_pairs(stripped):
        return _unfenced(stripped, path, skipped)
    _refuse_hidden(stripped, path, skipped)
    return Header({}, {}, "", text, 1)


def _all_pairs(text: str) -> bool:
    """Whether a text begins with at least two ``Key: value`` lines, a known key among them, and nothing else."""
    lines = re.split(r"\n[ \t]*\n", text[:HEADER_BYTES], maxsplit=1)[0].rstrip("\n").split("\n")
    return len(lines) > 1 and all(map(_PAIR.match, lines)) and any(map(_LOOSE.match, lines))


def _refuse_hidden(text: str, path: str, skipped: int) -> None:
    """Refuse what looks like front matter to people but opens in a way that nothing reads: a draft may be in it."""
    lines = re.split("[\n\x85\u2028\u2029]", text[:HEADER_BYTES])
    bare = _SAID.match(lines[0].strip("{[ ")) if lines[0].startswith("{") else lines[0].startswith("#+")
    first = next((n for n, line in enumerate(lines) if line.strip() and not _LIKE_FENCE.fullmatch(line.rstrip())), 0)
    if bare or (first and _SAID.match(lines[first].lstrip("{ "))):
        line = 1 + skipped + first
        _fail("front-matter-invalid", path, f"{lines[first].strip()[:60]!r} looks like front matter that is not", line)


def _fenced(text: str, path: str, skipped: int, handler: BaseHandler, reads: "_Reads") -> Header:
    opening = text.partition("\n")[0].rstrip()
    boundary = handler.FM_BOUNDARY
    parts = boundary.split(text, 2) if boundary else []
    if len(parts) < 3:  # noqa: PLR2004 -- before, header, body
        _fail("front-matter-unclosed", path, f"the front matter opened with {opening} is never closed", 1 + skipped)
    _, header, body = parts
    body = body.removeprefix("\n")
    _bound(header, path, skipped)
    body_line = skipped + text.count("\n", 0, len(text) - len(body)) + 1
    return reads(header.lstrip("\n"), path, skipped + 1, body, body_line)


_Reads = Callable[[str, str, int, str, int], Header]


def _yaml(header: str, path: str, offset: int, body: str, body_line: int) -> Header:
    try:
        document = yaml.read(header)
    except yaml.YamlError as error:
        code = "front-matter-hostile" if error.hostile else "front-matter-invalid"
        _fail(code, path, f"front matter: {error}", offset + error.line)
    lines = {key: offset + line for key, line in document.lines.items()}
    twice = tuple(
        finding("front-matter-duplicate-key", path, f"{key}: stands twice", line=offset + line)
        for key, line in document.duplicates
    )
    return _header(document.fields, lines, "yaml", body, body_line, twice)


def _toml(header: str, path: str, offset: int, body: str, body_line: int) -> Header:
    dotted = _DOTTED.search(header)  # the library takes the square of its dots, and nobody goes deeper
    if dotted:
        line = offset + header.count("\n", 0, dotted.start()) + 1
        _fail("front-matter-hostile", path, "front matter: a key has more than 16 parts", line)
    try:
        fields = tomllib.loads(header)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else header.count("\n") + 1
        _fail("front-matter-invalid", path, f"front matter: {error}", offset + line)
    lines = _lines_of(fields, header, _TABLE_KEY, offset)
    # Zola and Hugo keep the site's own keys in tables: they are looked up like top-level ones, which win.
    return _header(fields, lines, "toml", body, body_line)


def _lines_of(fields: Mapping[str, Any], header: str, key: re.Pattern[str], offset: int) -> dict[str, int]:
    """Return the lines on which keys stand first, found in one pass: of some headers there are thousands."""
    lines: dict[str, int] = {}
    line, before = offset + 1, 0
    for found in key.finditer(header):
        line, before = line + header.count("\n", before, found.start()), found.start()
        name = next((one for one in found.groups() if one is not None), "")
        if name in fields:
            lines.setdefault(name, line)
    return lines


def _named(text: str, path: str, skipped: int) -> Header:
    """``---json``: the language after the dashes, as gray-matter reads it (Eleventy and others)."""
    opening = _NAMED.match(text)
    assert opening is not None  # noqa: S101 -- the caller has just matched it
    closing = _DASHES.search(text, opening.end())
    if closing is None:
        _fail(
            "front-matter-unclosed", path, f"the front matter opened with ---{opening[1]} is never closed", 1 + skipped
        )
    body = text[closing.end() :].removeprefix("\n")
    header = text[opening.end() : closing.start()]
    _bound(header, path, skipped)
    body_line = skipped + text.count("\n", 0, len(text) - len(body)) + 1
    return _LANGUAGES[opening[1]](header, path, skipped + 1, body, body_line)


def _semicolons(text: str, path: str, skipped: int) -> Header:
    """JSON without its braces, closed by three semicolons, as Hexo has it."""
    opening = _SEMICOLONS.match(text)
    start = opening.end() if opening else 0
    closing = _SEMICOLONS.search(text, start + 1)
    if closing is None:
        _fail("front-matter-unclosed", path, "the front matter opened with ;;; is never closed", 1 + skipped)
    body = text[closing.end() :].removeprefix("\n")
    body_line = skipped + text.count("\n", 0, len(text) - len(body)) + 1
    return _object(f"{{{text[start : closing.start()]}}}", path, skipped, body, body_line)


def _json(text: str, path: str, skipped: int) -> Header:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        end = len(text)
    _bound(text[:end], path, skipped)
    return _object(text[:end], path, skipped, text[end:], skipped + text.count("\n", 0, end) + 1)


def _object(header: str, path: str, offset: int, body: str, body_line: int) -> Header:
    try:
        fields = objects.read(header)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        _fail("front-matter-invalid", path, f"front matter: {error}", offset + line)
    if not isinstance(fields, dict):
        _fail("front-matter-invalid", path, "front matter: expected an object in braces", offset + 1)
    return _header(fields, _lines_of(fields, header, _OBJECT_KEY, offset), "json", body, body_line)


def _script(header: str, path: str, offset: int, body: str, body_line: int) -> Header:
    """JavaScript, read and never run: an object, or constants, as Eleventy has it."""
    try:
        script = javascript.read(f"export default {header}" if header.lstrip().startswith("{") else header)
    except ValueError as error:
        _fail("front-matter-invalid", path, f"front matter: {error}", offset)
    said = {**script.constants, **script.configuration}
    fields = {key: value for key, value in said.items() if isinstance(value, str | int | float | list | dict)}
    return _header(fields, _lines_of(fields, header, _SCRIPT_KEY, offset), "json", body, body_line)


_LANGUAGES: dict[str, _Reads] = {
    "yaml": _yaml, "yml": _yaml, "toml": _toml, "json": _object, "js": _script, "javascript": _script,
}  # fmt: skip


def _unfenced(text: str, path: str, skipped: int) -> Header:
    """``Key: value`` lines: Pelican's end with the first blank line, Hexo's with a line of three dashes."""
    head = re.split(r"\n[ \t]*\n", text, maxsplit=1)[0]
    dashes = _DASHES.search(text)
    if dashes and dashes.start() <= len(head) + 1:
        _bound(text[: dashes.start()], path, skipped)
        body = text[dashes.end() :]
        line = skipped + text.count("\n", 0, dashes.end()) + 1
        return _yaml(text[: dashes.start()], path, skipped, body, line)
    _bound(head, path, skipped)
    fields, lines = _pairs(head, skipped)
    return _header(fields, lines, "pairs", text[len(head) :], skipped + head.count("\n") + 2)


def _pairs(head: str, skipped: int) -> tuple[dict[str, str], dict[str, int]]:
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    key = ""
    for number, line in enumerate(head.split("\n"), skipped + 1):
        found = _PAIR.match(line) if not line.startswith((" ", "\t")) else None
        if found:
            key = found[1].rstrip(" \t")
            fields[key], lines[key] = yaml.Plain((found[2] or "").strip()), number
        elif key:  # an indented line goes on with the value above it
            fields[key] = yaml.Plain(f"{fields[key]} {line.strip()}".strip())
    return fields, lines


def _header(
    fields: object, lines: Mapping[str, int], kind: str, body: str, line: int, findings: tuple[Finding, ...] = ()
) -> Header:
    known = {str(key): value for key, value in fields.items()} if isinstance(fields, dict) else {}
    return Header(known, lines, kind, body, line, findings, {fold(key): key for key in reversed(known)})


def _bound(header: str, path: str, skipped: int) -> None:
    size = len(header.encode())
    if size > HEADER_BYTES:
        _fail(
            "front-matter-hostile", path, f"front matter of {size:,} bytes; {HEADER_BYTES:,} are allowed", skipped + 1
        )


def _fail(code: str, path: str, message: str, line: int) -> NoReturn:
    raise SourceError(finding(code, path, message, line=line))
