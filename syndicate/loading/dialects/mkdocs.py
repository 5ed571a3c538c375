"""What MkDocs and pymdownx add beyond admonitions: blocks, keys, marks, snippets, critic marks, tables of contents."""

import re
from html import escape

from syndicate.loading import markdown

_SNIPPET = re.compile(r"^[ \t]*-+8<-+[^\n]*$", re.MULTILINE)
_TOC = re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)
_KEYS = re.compile(r"\+\+([\w\"' -]{1,40}(?:\+[\w\"' -]{1,40}){0,6})\+\+")
_MARKED = re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,500}?)(?<=\S)==(?![=\w])")
_INSERTED = re.compile(r"(?<!\^)\^\^(?=\S)([^\^\n]{1,500}?)(?<=\S)\^\^(?!\^)")
_CRITIC = re.compile(r"\{(?:(?:\+\+|--|==|>>|~~)(?:(?!\+\+\}|--\}|==\}|<<\}|~~\})[^\n]){0,400}(?:\+\+|--|==|<<|~~))\}")
_BLOCK = re.compile(r"^(/{3,})[ \t]*(?:([\w-]+)(?:[ \t]*\|[ \t]*([^\n]*))?)?[ \t]*$")


def expand(text: str) -> tuple[str, list[str]]:
    """Return the text as Markdown, and the snippets that are in other files."""
    if not any(sign in text for sign in ("8<", "[TOC]", "++", "{", "==", "^^", "///")):
        return text, []
    left: list[str] = []

    def change(part: str) -> str:
        if "8<" in part:
            left.extend(_SNIPPET.findall(part))
            part = _SNIPPET.sub("", part)
        part = _CRITIC.sub(_judged, part) if "{" in part else part
        part = _TOC.sub("", part) if "[TOC]" in part else part
        if "++" in part:
            part = _KEYS.sub(lambda found: "+".join(f"<kbd>{_key(one)}</kbd>" for one in found[1].split("+")), part)
        part = _MARKED.sub(r"<mark>\1</mark>", part) if "==" in part else part
        return _INSERTED.sub(r"<ins>\1</ins>", part) if "^^" in part else part

    return _blocks(markdown.outside_code(text, change)), left


def _key(name: str) -> str:
    bare = name.strip(" \"'")
    return escape(bare if name.startswith(('"', "'")) else bare.replace("-", " ").title())


def _judged(found: re.Match[str]) -> str:
    """Critic marks: what is added and marked stays, what is deleted or said about it goes."""
    kind, inner = found[0][1:3], found[0][3:-3]
    return {"++": inner, "==": inner, "~~": inner.rpartition("~>")[2]}.get(kind, "")


def _blocks(text: str) -> str:
    """``/// note | Title`` with what follows up to ``///`` becomes a quotation; other blocks lose their fences."""
    if "///" not in text:
        return text
    out: list[str] = []
    fence = ""
    open_blocks: list[bool] = []
    for line in text.split("\n"):
        fence = markdown.fence_after(line, fence)
        found = None if fence else _BLOCK.match(line)
        if found is None or (not found[2] and not open_blocks):
            out.append(line)
        elif found[2]:
            titled = found[3] or found[2] in {
                "note",
                "tip",
                "warning",
                "info",
                "danger",
                "example",
                "quote",
                "admonition",
            }
            label = escape(found[3] or found[2].capitalize(), quote=False)
            out += ["", f"<blockquote><p><strong>{label}</strong></p>" if titled else "", ""]
            open_blocks.append(bool(titled))
        else:
            out += ["", "</blockquote>" if open_blocks.pop() else "", ""]
    return "\n".join([*out, *("</blockquote>" for quoted in open_blocks if quoted)])
