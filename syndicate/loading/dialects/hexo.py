"""Hexo's tags (``{% asset_img x.png %}``), and those of Octopress that Pelican and others took over.

What a tag shows becomes Markdown or HTML; of blocks that nobody knows the tags go and what they hold stays.
"""

import re
from html import escape

from syndicate.loading import embeds, markdown
from syndicate.loading.embeds import Context

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_TAG = re.compile(
    r"\{%-?\s*(\w+)((?:[^%{}\"']|\"[^\"\n]*\"|'[^'\n]*'|%(?!\})){0,1500}?)-?%\}"
    r"|\{\{[^{}]{0,500}?\}\}|\{#[^{}]{0,500}#\}|\{%[^{}]{0,1500}?%\}"
)
_CODE = frozenset({"codeblock", "code", "highlight"})
_CODE_END = re.compile(r"\{%-?\s*end(?:codeblock|code|highlight)\s*-?%\}")
_CODE_START = re.compile(r"^[ \t]*\{%-?\s*(?:codeblock|code|highlight)\b([^%\n]{0,500})%\}[ \t]*\n?", re.MULTILINE)
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_OPEN, _CLOSE = "&#123;", "&#125;"
_QUOTES = frozenset({"blockquote", "quote", "pullquote"})


def expand(text: str, context: Context) -> tuple[str, list[str]]:
    """Return the text as Markdown, and the tags that had no meaning here."""
    if "{%" not in text and "{{" not in text and "{#" not in text:
        return text, []
    left: list[str] = []
    text = _raw(_code(text))

    def change(part: str) -> str:
        return _TAG.sub(lambda found: _meant(found, context, left), part)

    return markdown.outside_code(text, change), left


def _raw(text: str) -> str:
    if "endraw" not in text:
        return text
    return _RAW.sub(lambda found: found[1].replace("{", _OPEN).replace("}", _CLOSE), text)


def _code(text: str) -> str:
    """``{% codeblock title lang:js %}`` with what follows becomes a fenced block."""
    out: list[str] = []
    last = 0
    while (begin := _CODE_START.search(text, last)) and (end := _CODE_END.search(text, begin.end())):
        language = re.search(r"\blang(?:uage)?[:=]\s*([\w+#-]+)", begin[1])
        out += [
            text[last : begin.start()],
            embeds.code(language[1] if language else "", text[begin.end() : end.start()].strip("\n")),
        ]
        last = end.end()
    return "".join([*out, text[last:]])


def _meant(found: re.Match[str], context: Context, left: list[str]) -> str:
    if found[1] is None:
        if not found[0].startswith("{#"):
            left.append(found[0])
        return ""
    known = _tag(found[1], found[2], context)
    if known is None and not found[1].startswith("end"):
        left.append(found[0])
    return known or ""


def _words(text: str) -> list[str]:
    return [a or b or c for a, b, c in _WORD.findall(text)]


def _tag(name: str, said: str, context: Context) -> str | None:
    words = _words(said)
    if name in _QUOTES:
        return "\n<blockquote>\n\n"
    if name.startswith("end") and name[3:] in _QUOTES:
        return "\n\n</blockquote>\n"
    if name in {"post_link", "post_path", "asset_link", "asset_path", "link"}:
        return _link(name, words, context)
    if name in {"asset_img", "img", "image"}:
        return _image(words, said)
    if name == "more":
        return "<!-- more -->"
    return _player(name, words[0] if words else "")


def _player(name: str, first: str) -> str | None:
    match name:
        case "youtube":
            return embeds.youtube(first)
        case "vimeo":
            return embeds.vimeo(first)
        case "gist":
            return embeds.gist({"0": first})
        case "iframe" if first:
            return f'<iframe src="{escape(first)}"></iframe>'
        case _:
            return None


def _link(name: str, words: list[str], context: Context) -> str | None:
    if not words:
        return None
    if name == "link":
        at = next((number for number, word in enumerate(words) if re.match(r"https?://|/", word)), -1)
        return embeds.link(words[at], " ".join(words[:at])) if at > 0 else None
    address = words[0] if name.startswith("asset") else context.resolve(words[0])
    if not address or name.endswith("path"):
        return address or None
    shown = " ".join(word for word in words[1:] if word not in {"true", "false"})
    return embeds.link(address, shown or words[0])


def _image(words: list[str], written: str) -> str | None:
    """``[class] source [width] [height] [title [alt]]``: the source is the first word that looks like one."""
    at = next((number for number, word in enumerate(words) if re.search(r"\.\w{2,5}$|^https?://|^/", word)), -1)
    if at < 0:
        return None
    said = [word for word in words[at + 1 :] if not re.fullmatch(r"\d+(?:px|%)?", word)]
    quoted = re.findall(r"'([^']*)'|\"([^\"]*)\"", written)
    alt = next((a or b for a, b in reversed(quoted)), " ".join(said))
    return embeds.picture({"src": words[at], "alt": alt})
