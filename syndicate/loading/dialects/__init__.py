"""What bodies hold besides Markdown, generator by generator: a known set is turned into it, the rest is left out."""

from syndicate.loading import templates
from syndicate.loading.templates import Context

_TEMPLATES = frozenset({"liquid", "hugo", "zola"})
_HTML = (".html", ".htm")


def expand(text: str, context: Context) -> tuple[str, int, int]:
    """Return the text as Markdown, how many pieces had no meaning here, and the line of the first of them."""
    if context.dialect in _TEMPLATES:
        return templates.expand(text, context)
    return text, 0, 0


def is_html(path: str, context: Context) -> bool:
    """Whether a source's body is HTML, not Markdown."""
    return context.dialect == "ghost" or path.lower().endswith(_HTML)
