"""Template code in bodies (Liquid, shortcodes): a small known set is expanded, the rest is left out and counted.

No tag ever reaches a reader. Code is content: what stands in a fenced block or a code span is not touched, but for
``{% raw %}``, which its author put there for the template engine.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from syndicate.loading import markdown

_OPEN, _CLOSE = "\x01", "\x02"
"""Stand for braces that are content; the illegal characters of a body are gone before."""
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"\{%-?\s*endraw\s*-?%\}")
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w*)[^%{}]*%\}\n?"), re.compile(r"\n?\{%-?\s*endhighlight\s*-?%\}")
_HUGO_CODE = (
    re.compile(r"\{\{[<%]\s*highlight\s+\"?(\w*)[^<>%{}]*[>%]\}\}\n?"),
    re.compile(r"\n?\{\{[<%]\s*/highlight\s*[>%]\}\}"),
)
_COMMENTS = (
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"\{#"), re.compile(r"#\}")),
    (re.compile(r"\{\{[<%]/\*"), re.compile(r"\*/[>%]\}\}")),
)
_EDGES = {"hugo": re.compile(r"\{\{|\}\}")}
_EDGE = re.compile(r"\{\{|\{%|\}\}|%\}")
_LIQUID = re.compile(r"\{%-?\s*(\w+)(.*?)-?%\}|\{\{-?(.*?)-?\}\}", re.DOTALL)
_HUGO = re.compile(r"\{\{[<%]\s*(/?\w[\w/.-]*)(.*?)/?\s*[>%]\}\}", re.DOTALL)
_ZOLA = re.compile(r"\{\{\s*(\w+)\((.*)\)\s*\}\}|\{%-?\s*(\w+)(?:\((.*)\))?\s*-?%\}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|`[^`]*`")
_ARGUMENT = re.compile(r"(?:(\w+)\s*=\s*)?(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s,\"'`]+))")
_STRING = re.compile(r"\s*[\"']([^\"']*)[\"']\s*(?:\||$)")
_SCREEN = 4_000
_FILM = re.compile(r"[\w-]{6,20}")


Resolve = Callable[[str], str]
"""Where the source that a reference means is published; nothing where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What template code may ask for: its own language, the site's addresses, where another source is published."""

    dialect: str
    base_url: str
    resolve: Resolve


def expand(text: str, context: Context) -> tuple[str, int, int]:
    """Return the text without template code, how many tags had no meaning here, and the line of the first of them."""
    if not context.dialect or ("{%" not in text and "{{" not in text and "{#" not in text):
        return text, 0, 0
    left: list[str] = []
    pattern, meaning = {"liquid": (_LIQUID, _liquid), "hugo": (_HUGO, _hugo), "zola": (_ZOLA, _zola)}[context.dialect]

    def replaced(tag: str) -> str:
        found = pattern.fullmatch(tag) if len(tag) < _SCREEN else None
        if found is None and len(tag) < _SCREEN:
            return tag
        known = meaning(found, context) if found else None
        if known is None:
            left.append(tag)
        return known or ""

    changed = _code(text, context.dialect)
    for opening, closing in _COMMENTS:
        changed = _blocks(changed, opening, closing, lambda _opening, _inside: "")
    changed = markdown.outside_code(changed, lambda part: _tags(part, _EDGES.get(context.dialect, _EDGE), replaced))
    line = text[: text.find(left[0])].count("\n") + 1 if left else 0
    return changed.replace(_OPEN, "{").replace(_CLOSE, "}"), len(left), line


def _tags(text: str, edges: re.Pattern[str], replaced: Callable[[str], str]) -> str:
    """Replace each tag, from its closing braces back to the nearest opening ones: in one pass, whatever stays open."""
    out: list[str] = []
    last, start = 0, -1
    for edge in edges.finditer(text):
        if edge[0][0] == "{":
            start = edge.start()
        elif start >= 0 and not _in_string(tag := text[start : edge.end()]):
            out += [text[last:start], replaced(tag)]
            last, start = edge.end(), -1
    return "".join([*out, text[last:]])


def _in_string(tag: str) -> bool:
    """Whether a tag seems to end inside one of its strings; a tag of more than a screen is taken as it is."""
    bare = _QUOTED.sub("", tag) if len(tag) < _SCREEN else ""
    return bare.count('"') % 2 == 1 or bare.count("'") % 2 == 1


def _blocks(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], replaced: Callable[[re.Match[str], str], str]
) -> str:
    """Replace what stands between an opening and the next closing; without a closing nothing is opened."""
    out: list[str] = []
    last = 0
    while (begin := opening.search(text, last)) and (end := closing.search(text, begin.end())):
        out += [text[last : begin.start()], replaced(begin, text[begin.end() : end.start()])]
        last = end.end()
    return "".join([*out, text[last:]])


def _code(text: str, dialect: str) -> str:
    if dialect == "hugo":
        return _blocks(text, *_HUGO_CODE, lambda begin, code: _fence(begin[1], code))
    if dialect == "zola":
        return text
    kept = _blocks(text, *_RAW, lambda _, code: code.replace("{", _OPEN).replace("}", _CLOSE))
    return _blocks(kept, *_HIGHLIGHT, lambda begin, code: _fence(begin[1], code))


def _fence(language: str, code: str) -> str:
    marks = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", code)), default=0))
    return f"\n{marks}{language}\n{code}\n{marks}\n"


def _liquid(found: re.Match[str], context: Context) -> str | None:
    tag, rest, output = found[1], (found[2] or "").strip(), found[3]
    if output is not None:
        return _output(output.strip(), context)
    if tag in {"post_url", "link"}:
        return context.resolve(rest) or None
    arguments = _arguments(rest)
    if tag in {"image", "figure"} or (tag == "include" and "image" in rest and arguments.get("src")):
        return _image(arguments)
    if tag == "youtube" or (tag == "include" and "youtube" in rest):
        film = arguments.get("id") or arguments.get("video_id") or (arguments.get("0", "") if tag == "youtube" else "")
        return _youtube(film)
    return None


def _output(expression: str, context: Context) -> str | None:
    name = expression.partition("|")[0].strip()
    if name in {"site.url", "site.baseurl", "site.base_url"}:
        # What follows begins with a slash, and the base path is part of the base URL.
        return context.base_url.rstrip("/") if name != "site.baseurl" else ""
    literal = _STRING.match(expression)
    return literal[1] if literal else None


def _hugo(found: re.Match[str], context: Context) -> str | None:
    tag, arguments = found[1], _arguments(found[2])
    match tag:
        case "figure" | "image" | "img":
            return _image(arguments)
        case "youtube":
            return _youtube(arguments.get("0") or arguments.get("id", ""))
        case "ref" | "relref":
            return context.resolve(arguments.get("0") or arguments.get("path", "")) or None
        case "vimeo":
            number = arguments.get("0") or arguments.get("id", "")
            return f'<iframe src="https://player.vimeo.com/video/{number}"></iframe>' if number.isdecimal() else None
        case _:
            return None


def _zola(found: re.Match[str], _: Context) -> str | None:
    if found[1] == "youtube":
        return _youtube(_arguments(found[2]).get("id", ""))
    return None


def _arguments(text: str) -> dict[str, str]:
    """Named and positional (``"0"``, ``"1"`` ...) arguments of a tag."""
    found: dict[str, str] = {}
    position = 0
    for name, *values in _ARGUMENT.findall(text):
        value = next((one for one in values if one), "")
        found[name or str(position)] = value
        position += not name
    return found


def _image(arguments: dict[str, str]) -> str | None:
    source = arguments.get("src") or arguments.get("0", "")
    if not source:
        return None
    words = arguments.get("alt") or arguments.get("1", "")
    caption = arguments.get("caption") or arguments.get("title", "")
    image = f'<img src="{escape(source)}" alt="{escape(words)}">'
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>" if caption else image


def _youtube(film: str) -> str | None:
    return f'<iframe src="https://www.youtube.com/embed/{film}"></iframe>' if _FILM.fullmatch(film) else None
