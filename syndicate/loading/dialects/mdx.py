"""MDX: Markdown with imports, components and expressions (Docusaurus, Astro).

Components that everybody knows become Markdown or HTML; of others the tags go and what they hold stays; expressions
that are no plain text go. One pass, whatever stays open: braces are matched beforehand.
"""

import re
from collections.abc import Mapping
from html import escape

from syndicate.loading import embeds, javascript, markdown

_MODULE = re.compile(
    r"import\b[^\n]*[\"'{*\w]|export\s+(?:const|let|var|function|default|async|class|type|interface|\{|\*)"
)
_TRUNCATE = re.compile(r"\{/\*\s*(truncate|more)\s*\*/\}")
_EVENT = re.compile(r"\\[{}<]|\{|</?(?=[A-Za-z>])")
_NAME = re.compile(r"[A-Za-z][\w.:-]*")
_STEP = re.compile(r"[<>{\"']")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|\{))?")
_HEADING_ID = re.compile(r"[ \t]*\{#[\w-]+\}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^([ \t]*)(:{3,})(\w*)(?:\[([^\]\n]*)\]|[ \t]+([^\n]*))?[ \t]*$")
_LONGEST = 4_000
_RENAMED = {"className": "class", "htmlFor": "for", "srcSet": "srcset"}
_QUIET = frozenset({"", "Fragment", "React.Fragment", "Tabs", "Steps", "CardGroup", "Columns", "Column", "CodeGroup"})
"""What only arranges what it holds."""
_PICTURES = frozenset({"Image", "Img", "Picture", "Figure", "ThemedImage", "Zoom", "ZoomImage"})


def expand(text: str) -> tuple[str, list[str]]:
    """Return the text as Markdown, and the tags and expressions that had no meaning here."""
    if not any(sign in text for sign in ("{", "<", "import", "export", ":::")):
        return text, []
    left: list[str] = []
    text = _TRUNCATE.sub(lambda found: f"<!-- {found[1]} -->", text)
    text = markdown.outside_code(text, lambda part: _Walk(_without_modules(part), left).changed())
    return admonitions(text), left


def _without_modules(text: str) -> str:
    """Leave out imports and exports: from where a paragraph begins with one to the blank line after its last brace."""
    text = _HEADING_ID.sub("", text) if "{#" in text else text
    if not re.search(r"^(?:import|export)\b", text, re.MULTILINE):
        return text
    out: list[str] = []
    inside, depth, blank = False, 0, True
    for line in text.split("\n"):
        inside = (inside and (bool(line.strip()) or depth > 0)) or (blank and _MODULE.match(line) is not None)
        blank = not line.strip()
        if inside:
            depth += sum(map(line.count, "{([")) - sum(map(line.count, "})]"))
        else:
            depth = 0
            out.append(line)
    return "\n".join(out)


class _Walk:
    """From tag to tag and from brace to brace through a text."""

    def __init__(self, text: str, left: list[str]) -> None:
        self.text, self.left = text, left
        self.closes = _matched(text)

    def changed(self) -> str:
        """Return the text without components and expressions."""
        out: list[str] = []
        last = 0
        for found in _EVENT.finditer(self.text):
            if found.start() < last:
                continue
            piece, end = self._at(found)
            out += [self.text[last : found.start()], piece]
            last = end
        return "".join([*out, self.text[last:]])

    def _at(self, found: re.Match[str]) -> tuple[str, int]:
        """Return what stands for what begins at a place, and where it ends."""
        start, sign = found.start(), found[0]
        if sign[0] == "\\":
            return {"{": "&#123;", "}": "&#125;", "<": "&lt;"}[sign[1]], found.end()
        if sign == "{":
            end = self.closes.get(start, 0)
            if not end:
                return "&#123;", start + 1
            return self._expression(self.text[start + 1 : end]), end + 1
        end = self._tag_end(found.end())
        return (self._tag(self.text[start : end + 1]), end + 1) if end else (sign, found.end())

    def _tag_end(self, at: int) -> int:
        limit = at + _LONGEST
        while step := _STEP.search(self.text, at, limit):
            if step[0] == ">":
                return step.start()
            if step[0] == "{":
                at = self.closes.get(step.start(), 0) + 1
            elif step[0] == "<":
                return 0
            else:
                at = self.text.find(step[0], step.end(), limit) + 1
            if at <= 1:
                return 0
        return 0

    def _expression(self, code: str) -> str:
        code = code.strip()
        if code.startswith("/*") or not code:
            return ""
        said = _literal(code)
        if said is None:
            self.left.append(code)
        return escape(said or "", quote=False)

    def _tag(self, tag: str) -> str:
        closing, bare = tag.startswith("</"), tag.strip("</>")
        named = _NAME.match(bare)
        name = named[0] if named else ""
        said = self._attributes(bare[len(name) :])
        if name[:1].islower():
            return _html(name, said, closing=closing, empty=tag.endswith("/>"))
        known = _component(name, said, closing=closing)
        if known is None:
            self.left.append(tag)
        return known or ""

    def _attributes(self, text: str) -> dict[str, str]:
        """Return the attributes that are plain text: ``a="b"``, ``a={'b'}``, ``a``."""
        closes = _matched(text)
        said: dict[str, str] = {}
        at = 0
        while found := _ATTRIBUTE.search(text, at):
            at = found.end()
            value = found[2] if found[2] is not None else found[3]
            if value is None and found[0].endswith("{"):
                end = closes.get(found.end() - 1, len(text))
                value = _literal(text[found.end() : end].strip())
                at = end + 1
                if value is None:
                    continue
            said[found[1]] = value or ""
        return said


def _matched(text: str) -> dict[int, int]:
    """Return the closing brace of each opening one, where both are not too far apart."""
    open_braces: list[int] = []
    found: dict[int, int] = {}
    for brace in re.finditer(r"\\[{}]|[{}]", text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif brace[0] == "}" and open_braces:
            start = open_braces.pop()
            if brace.start() - start < _LONGEST:
                found[start] = brace.start()
    return found


def _literal(code: str) -> str | None:
    """Return what an expression says if it is a string or a number, else ``None``."""
    try:
        value = javascript.read(f"export default {{v:{code}}}").configuration.get("v")
    except ValueError:
        return None
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else None
    )


def _html(name: str, said: Mapping[str, str], *, closing: bool, empty: bool) -> str:
    if closing:
        return f"</{name}>"
    written = "".join(f' {_RENAMED.get(key, key)}="{escape(value)}"' for key, value in said.items())
    return f"<{name}{written}>" + (
        f"</{name}>" if empty and name in {"iframe", "video", "audio", "div", "span", "a"} else ""
    )


def _component(name: str, said: Mapping[str, str], *, closing: bool) -> str | None:
    """Return what a component becomes; ``None`` for one that nobody knows."""
    last = name.rpartition(".")[2]
    if last in _QUIET:
        return "\n"
    if last in {"TabItem", "Tab"}:
        return "\n" if closing else f"\n\n**{said.get('label') or said.get('title') or said.get('value', '')}**\n\n"
    if last in {"Admonition", "Callout", "Aside", "Note", "Tip", "Warning", "Info"}:
        label = said.get("title") or (said.get("type") or last).capitalize()
        return "\n\n</blockquote>\n" if closing else f"\n<blockquote><p><strong>{escape(label)}</strong></p>\n\n"
    if last in {"Details", "Accordion"}:
        head = escape(said.get("summary") or said.get("title") or "Details")
        return "\n\n</details>\n" if closing else f"\n<details><summary>{head}</summary>\n\n"
    if closing:
        return "" if last in _PICTURES or last.startswith(("YouTube", "Youtube", "Vimeo", "Tweet")) else None
    return _embedded(last, said)


def _embedded(name: str, said: Mapping[str, str]) -> str | None:
    number = said.get("id") or said.get("videoId") or said.get("youTubeId") or ""
    if name in _PICTURES:
        return embeds.picture(said)
    if name.lower().startswith("youtube") or name == "LiteYouTubeEmbed":
        return embeds.youtube(number.rpartition("/")[2].rpartition("v=")[2])
    if name.startswith("Vimeo"):
        return embeds.vimeo(number.rpartition("/")[2])
    if name in {"Tweet", "TweetEmbed", "Twitter"}:
        return embeds.post({"id": number or said.get("tweetId", "")})
    if name in {"Link", "LinkCard", "LinkButton"} and (said.get("to") or said.get("href")):
        return embeds.link(said.get("to") or said.get("href", ""), said.get("title", ""))
    return None


def admonitions(text: str) -> str:
    """``:::note Title`` with what follows up to ``:::`` becomes a quotation."""
    if ":::" not in text:
        return text
    out: list[str] = []
    fence, opened = "", 0
    for line in text.split("\n"):
        fence = markdown.fence_after(line, fence)
        found = None if fence else _FENCE.match(line)
        if found is None or (not found[3] and not opened):
            out.append(line)
        elif found[3]:
            label = escape(found[4] or found[5] or found[3].capitalize(), quote=False)
            out += ["", f"<blockquote><p><strong>{label}</strong></p>", ""]
            opened += 1
        else:
            out += ["", "</blockquote>", ""]
            opened -= 1
    return "\n".join([*out, *(["", "</blockquote>"] * opened)])
