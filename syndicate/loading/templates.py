"""Template code in bodies (Liquid, shortcodes): a small known set is expanded, the rest is left out and counted.

No tag ever reaches a reader, and no text between tags is lost. Code is content: what stands in a fenced block or a code
span is not touched, but for what its author wrote for the template engine: ``{% raw %}`` and ``{{</* x */>}}``.
"""

import re
from collections.abc import Callable

from syndicate.loading import embeds, liquid, markdown, shortcodes
from syndicate.loading.embeds import Context, Resolve

__all__ = ["Context", "Resolve", "expand", "settled"]

_OPEN, _CLOSE = "\x01", "\x02"
"""Stand for braces that are content; the illegal characters of a body are gone before."""
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"\{%-?\s*endraw\s*-?%\}")
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w*)[^%{}]*%\}\n?"), re.compile(r"\n?\{%-?\s*endhighlight\s*-?%\}")
_HUGO_CODE = (
    re.compile(r"\{\{[<%]\s*highlight\s+\"?([\w+#-]*)[^<>%{}]*[>%]\}\}\n?"),
    re.compile(r"\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"),
)
_SHOWN = re.compile(r"\{\{([<%])/\*"), re.compile(r"\*/([>%])\}\}")
_MIRROR = {"<": ">", "%": "%"}
_COMMENTS = {
    "hugo": (
        (re.compile(r"\{\{[<%]\s*comment\s*[>%]\}\}"), re.compile(r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}")),
        # Go's own template language, written where it is used.
        (
            re.compile(r"\{\{[<%]\s*[\w-]+\.inline\b[^{}]*[>%]\}\}"),
            re.compile(r"\{\{[<%]\s*/\s*[\w-]+\.inline\s*[>%]\}\}"),
        ),
    )
}
_OTHER_COMMENTS = (
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"\{#"), re.compile(r"#\}")),
)
_EDGES = {"hugo": re.compile(r"\{\{|\}\}")}
_EDGE = re.compile(r"\{\{|\{%|\}\}|%\}")
_ZOLA = re.compile(r"\{\{\s*(\w+)\((.*)\)\s*\}\}|\{%-?\s*(\w+)(?:\((.*)\))?\s*-?%\}", re.DOTALL)
_STRINGS = {"hugo": (re.compile(r"\"[^\"]*\"|`[^`]*`"), '"`'), "liquid": (re.compile(r"\"[^\"]*\"|'[^']*'"), "\"'")}
_SCREEN = 4_000
# All braces before it go, too: with one left, what follows could begin another.
_LEFT = {
    "hugo": re.compile(r"(?<!\{)\{{2,}(?:%|<|&lt;)(?:[^<>{}]{0,400}?(?:%|>|&gt;)\}\})?"),
    "liquid": re.compile(r"(?<!\{)\{+%(?:[^<>{}]{0,400}?%\})?"),
    "zola": re.compile(r"(?<!\{)\{+%(?:[^<>{}]{0,400}?%\})?"),
}
_ELEMENT = re.compile(r"(<[^<>]*>)")
_PRE = re.compile(r"<(/?)(?:pre|code)\b", re.IGNORECASE)

Meaning = Callable[[re.Match[str], Context], str | None]


def expand(text: str, context: Context) -> tuple[str, int, int]:
    """Return the text without template code, how many tags had no meaning here, and the line of the first of them.

    What is to be seen although it looks like template code stays hidden until it is ``settled``.
    """
    if context.dialect not in _LEFT or ("{%" not in text and "{{" not in text and "{#" not in text):
        return text, 0, 0
    left: list[str] = []
    pattern, meaning = _DIALECTS[context.dialect]

    def replaced(tag: str) -> str:
        found = pattern.fullmatch(tag) if len(tag) < _SCREEN else None
        if found is None and len(tag) < _SCREEN:
            return tag
        known = meaning(found, context) if found else None
        if known is None:
            left.append(tag)
        return known or ""

    changed = _code(text, context.dialect)
    for opening, closing in _COMMENTS.get(context.dialect, _OTHER_COMMENTS):
        changed = _blocks(changed, opening, closing, lambda _opening, _inside: "")
    changed = markdown.outside_code(changed, lambda part: _tags(part, context.dialect, replaced))
    line = text[: text.find(left[0])].count("\n") + 1 if left else 0
    return changed, len(left), line


def settled(html: str, context: Context) -> tuple[str, int]:
    """Return a rendered body with the braces that are content, and how many broken tags were left out before."""
    dialect = context.dialect
    count = 0
    if dialect in _LEFT and ("{%" in html or "{{" in html):
        html, count = _swept(html, _LEFT[dialect])
    return html.replace(_OPEN, "{").replace(_CLOSE, "}"), count


def _swept(html: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    """Leave out what is left of tags, but for code: in text, and in attributes, which may be read aloud."""
    out: list[str] = []
    inside = count = 0
    for part in _ELEMENT.split(html):
        code = _PRE.match(part)
        if code:
            inside = max(0, inside + (-1 if code[1] else 1))
        clean, number = (part, 0) if inside else pattern.subn("", part)
        out.append(clean)
        count += number
    return "".join(out), count


def _tags(text: str, dialect: str, replaced: Callable[[str], str]) -> str:
    """Replace each tag, from its closing braces back to the nearest opening ones: in one pass, whatever stays open."""
    out: list[str] = []
    last, start = 0, -1
    edges = list(_EDGES.get(dialect, _EDGE).finditer(text))
    for number, edge in enumerate(edges):
        if edge[0][0] == "{":
            start = edge.start()
        elif start >= 0:
            # In a string that goes on to further closing braces, these are none; another opening says that they are.
            closes = number + 1 < len(edges) and edges[number + 1][0][0] != "{"
            if closes and _in_string(text[start : edge.end()], dialect):
                continue
            out += [text[last:start], replaced(text[start : edge.end()])]
            last, start = edge.end(), -1
    return "".join([*out, text[last:]])


def _in_string(tag: str, dialect: str) -> bool:
    """Whether a tag seems to end inside one of its strings; a tag of more than a screen is taken as it is."""
    strings, marks = _STRINGS.get(dialect, _STRINGS["liquid"])
    bare = strings.sub("", tag) if len(tag) < _SCREEN else ""
    return any(bare.count(mark) % 2 == 1 for mark in marks)


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


def _hidden(code: str) -> str:
    return code.replace("{", _OPEN).replace("}", _CLOSE)


def _code(text: str, dialect: str) -> str:
    if dialect == "hugo":
        # What is a comment to Hugo's parser is how one writes about shortcodes.
        shown = _blocks(text, *_SHOWN, lambda begin, code: _hidden(f"{{{{{begin[1]}{code}{_MIRROR[begin[1]]}}}}}"))
        return _blocks(shown, *_HUGO_CODE, lambda begin, code: embeds.code(begin[1], code))
    if dialect == "zola":
        return text
    kept = _blocks(text, *_RAW, lambda _, code: _hidden(code))
    return _blocks(kept, *_HIGHLIGHT, lambda begin, code: embeds.code(begin[1], code))


def _zola(found: re.Match[str], _: Context) -> str | None:
    return embeds.youtube(embeds.arguments(found[2]).get("id", "")) if found[1] == "youtube" else None


_DIALECTS: dict[str, tuple[re.Pattern[str], Meaning]] = {
    "liquid": (liquid.PATTERN, liquid.meaning),
    "hugo": (shortcodes.PATTERN, shortcodes.meaning),
    "zola": (_ZOLA, _zola),
}
