"""Pelican's links to its own content: ``{filename}other.md``, ``{static}/x.png``, ``{attach}x.png``, ``{tag}x``."""

import posixpath
import re
from urllib.parse import quote, unquote

from syndicate.loading.dialects import hexo
from syndicate.loading.embeds import Context
from syndicate.loading.sites import slugs

_LINK = re.compile(r"(?<=[(\"'<\s])[{|](filename|static|attach|tag|category|author|index)[|}]([^\s\"'<>)]{0,500})")


def expand(text: str, path: str, context: Context) -> tuple[str, list[str]]:
    """Return the text with Pelican's links resolved; tags of its ``liquid_tags`` plugin are Octopress' and Hexo's."""
    return hexo.expand(_LINK.sub(lambda found: _resolved(found, path, context), text), context)


def _resolved(found: re.Match[str], path: str, context: Context) -> str:
    kind, target = found[1], found[2]
    bare, hash_, fragment = unquote(target).partition("#")
    if kind == "filename":
        url = context.resolve(_within(path, bare))
        if url:
            return f"{url}{hash_}{fragment}"
    if kind in {"filename", "static", "attach"}:
        return quote(f"/{_served(path, bare)}") if kind != "attach" or bare.startswith("/") else quote(bare)
    if kind in {"tag", "category", "author"}:
        return f"/{kind}/{slugs.pelican(bare)}.html"
    return "/"


def _within(path: str, target: str) -> str:
    """Return a target as a path of the site: from the root of the content, or from the article's folder."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _served(path: str, target: str) -> str:
    """Return where a static file is served: its path in the content, whose folder no address names."""
    if target.startswith("/"):
        return target.lstrip("/")
    inner = posixpath.dirname(path).partition("/")[2]
    return posixpath.normpath(posixpath.join(inner, target)).removeprefix("../")
