"""Links from source to source (``[x](../b.md#y)``), turned into where those are published."""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from syndicate.loading.embeds import Context

_TARGET = re.compile(
    r"(?P<before>\]\(\s*+<?|^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*+<?|\b(?:href|src)=[\"'])"
    r"(?P<target>[^\s<>\"'()]{1,500})",
    re.MULTILINE,
)
_SOURCE = re.compile(r"\.(?:md|mdx|markdown)(?:[#?].*)?$", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|//|#")


def targets(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to every address that a Markdown text names, in its own links and in HTML."""
    return _TARGET.sub(lambda found: f"{found['before']}{change(found['target'])}", text)


def relinked(text: str, path: str, context: Context) -> str:
    """Return a text whose links to other sources lead to where those are published."""

    def change(target: str) -> str:
        if not _SOURCE.search(target) or _SCHEME.match(target):
            return target
        return context.resolve(within(path, target)) or target

    return targets(text, change) if ".md" in text or ".markdown" in text else text


def within(path: str, target: str) -> str:
    """Return what a relative reference means, as a path from the site's root."""
    bare, hash_, fragment = unquote(target).partition("#")
    bare = bare.partition("?")[0]
    joined = bare.lstrip("/") if bare.startswith("/") else posixpath.join(posixpath.dirname(path), bare)
    return posixpath.normpath(joined) + hash_ + fragment
