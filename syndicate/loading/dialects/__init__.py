"""What bodies hold besides Markdown, generator by generator: a known set is turned into it, the rest is left out."""

from collections.abc import Callable

from syndicate.loading import templates
from syndicate.loading.dialects import hexo, mdx, mkdocs, obsidian, pelican, zola
from syndicate.loading.dialects.links import relinked
from syndicate.loading.embeds import Context

_HTML = (".html", ".htm")
_COMPONENTS = (".mdx",)


def expand(text: str, context: Context, path: str) -> tuple[str, int, int]:
    """Return the text as Markdown, how many pieces had no meaning here, and the line of the first of them."""
    changed, left = _expanded(text, context, path)
    line = text[: text.find(left[0])].count("\n") + 1 if left and left[0] in text else 0
    changed = relinked(changed, path, context)
    changed, more, first = templates.expand(changed, context)
    return changed, len(left) + more, line or first


def _expanded(text: str, context: Context, path: str) -> tuple[str, list[str]]:
    dialect = context.dialect
    if dialect == "astro":
        # Astro's plain Markdown is plain, but for the directives that most of its themes have; its MDX is MDX.
        dialect = "mdx" if path.lower().endswith(_COMPONENTS) else "directives"
    known = _DIALECTS.get(dialect)
    return known(text, context, path) if known else (text, [])


_DIALECTS: dict[str, Callable[[str, Context, str], tuple[str, list[str]]]] = {
    "mdx": lambda text, _context, _path: mdx.expand(text),
    "directives": lambda text, _context, _path: (mdx.admonitions(text), []),
    "obsidian": lambda text, context, _path: obsidian.expand(text, context),
    "mkdocs": lambda text, _context, _path: mkdocs.expand(text),
    "hexo": lambda text, context, _path: hexo.expand(text, context),
    "pelican": lambda text, context, path: pelican.expand(text, path, context),
    "zola": lambda text, context, _path: (zola.expand(text, context), []),
}


def is_html(path: str, context: Context) -> bool:
    """Whether a source's body is HTML, not Markdown."""
    return context.dialect == "ghost" or path.lower().endswith(_HTML)
