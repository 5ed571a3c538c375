"""Addresses that templates form (Liquid, Nunjucks), filled in as far as they name what is known here.

``/blog/{{ page.date | date: "%Y" }}/{{ title | slugify }}/`` needs no engine: a name, and filters everybody knows.
Whatever else stands in a template makes the address unknown; nothing is ever run.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from syndicate.loading.sites import slugs
from syndicate.loading.sites.layout import Facts, text
from syndicate.loading.sites.patterns import strftime, unicode_date

UNTOLD = "{% function %}"
"""What stands for an address that a function forms."""
_OUTPUT = re.compile(r"\{\{-?((?:[^{}\"']|\"[^\"]*\"|'[^']*')*?)-?\}\}")
_FILTER = re.compile(r"\s*(\w+)\s*(?:[:(]\s*([^|]*?)\)?)?\s*")
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*")
_LONGEST = 500
_LUXON = re.compile(r"[yMdLHmsEDa]{2,}")

Value = str | datetime
Filter = Callable[[Value, list[str]], Value | None]


def is_template(said: str) -> bool:
    """Whether an address holds template code."""
    return "{{" in said or "{%" in said


def filled(said: str, facts: Facts) -> str | None:
    """Return an address with its names filled in, or ``None`` where only running the template would tell."""
    if len(said) > _LONGEST:
        return None
    pieces: list[str] = []
    last = 0
    for found in _OUTPUT.finditer(said):
        value = _value(found[1], facts)
        if value is None:
            return None
        pieces += [said[last : found.start()], value]
        last = found.end()
    whole = "".join([*pieces, said[last:]])
    return None if is_template(whole) else whole


def _value(expression: str, facts: Facts) -> str | None:
    name, *filters = _parted(expression)
    literal = _LITERAL.fullmatch(name)
    value: Value | None = (literal[1] or literal[2] or "") if literal else _named(name.strip(), facts)
    for one in filters:
        found = _FILTER.fullmatch(one)
        if found is None or (value is None and found[1] != "default"):
            return None
        arguments = [a or b for a, b in _LITERAL.findall(found[2] or "")]
        known = _FILTERS.get(found[1])
        value = known(value or "", arguments) if known else None
    return value if isinstance(value, str) else value.isoformat() if value else None


def _parted(expression: str) -> list[str]:
    """Split at bars outside quotes."""
    return re.findall(r"(?:[^|\"']|\"[^\"]*\"|'[^']*')+", expression) or [""]


def _named(name: str, facts: Facts) -> Value | None:
    """Return what a template's name means for a page: ``page.fileSlug``, ``title``, any key of its header."""
    within = PurePosixPath(facts.source.within)
    stem = re.sub(r"^.*?\d{4}-\d{2}-\d{2}-", "", within.name) or within.name
    known: Mapping[str, Value] = {
        "page.fileSlug": facts.source.name,
        "page.filePathStem": f"/{(within.parent / stem).as_posix()}",
        "page.date": facts.written.astimezone(UTC),
        "date": facts.written.astimezone(UTC),
        "page.inputPath": f"./{facts.source.path}",
        "page.outputFileExtension": "html",
        "title": facts.title,
    }
    if name in known:
        return known[name]
    value = facts.header.get(name) if re.fullmatch(r"[\w.-]+", name) else None
    return text(value) or None


def _date(value: Value, arguments: list[str]) -> Value | None:
    """Return a date by a C pattern, or by one of Luxon's; what is no date is none here either."""
    if not isinstance(value, datetime) or not arguments:
        return None
    pattern = arguments[0]
    return (
        strftime(value, pattern) if "%" in pattern else unicode_date(value, pattern) if _LUXON.search(pattern) else None
    )


def _words(change: Callable[[str], str]) -> Filter:
    return lambda value, _: change(value) if isinstance(value, str) else None


_FILTERS: Mapping[str, Filter] = {
    "slugify": _words(slugs.eleventy),
    "slug": _words(slugs.eleventy),
    "date": _date,
    "lower": _words(str.lower),
    "downcase": _words(str.lower),
    "upcase": _words(str.upper),
    "upper": _words(str.upper),
    "strip": _words(str.strip),
    "trim": _words(str.strip),
    "url": _words(str),
    "safe": _words(str),
    "string": _words(str),
    "default": lambda value, arguments: value or (arguments[0] if arguments else None),
    "append": lambda value, arguments: f"{value}{arguments[0]}" if arguments and isinstance(value, str) else None,
    "prepend": lambda value, arguments: f"{arguments[0]}{value}" if arguments and isinstance(value, str) else None,
    "replace": lambda value, arguments: (
        value.replace(arguments[0], arguments[1]) if len(arguments) > 1 and isinstance(value, str) else None
    ),
    "remove": lambda value, arguments: (
        value.replace(arguments[0], "") if arguments and isinstance(value, str) else None
    ),
}
