"""The texts of a theme: Jinja2 templates cut down to a language that cannot loop, grow or reach anything.

A theme comes with a site, and so from many hands. Jinja's sandbox keeps it from Python; it does not keep it from
running for ever. Here there are no loops, no calls, no assignments and no multiplication, so each template ends.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from syndicate.findings import nearest

if TYPE_CHECKING:
    from jinja2 import Environment

LONGEST = 400
"""Characters of a template."""
_OUTPUT = 1000
NAMES = ("title", "kicker", "date", "site", "author", "authors", "section", "tags", "summary", "event", "language")
Values = Mapping[str, str | tuple[str, ...]]
_PLAIN = re.compile(r"\{\{ (\w+)(?: or (\w+))? \}\}|([^{}]*)")
_ALLOWED = frozenset(
    "Template Output TemplateData Name Const If CondExpr Filter Concat Compare Operand And Or Not Add Getitem Test"
    " List Tuple Slice Neg Sub".split()
)


def mistake(template: str) -> str:
    """Say what cannot be understood in a template: its grammar, a filter or a name; nothing where all can."""
    plain = _PLAIN.fullmatch(template)
    if plain:
        wrong = next((name for name in (plain[1], plain[2]) if name and name not in NAMES), "")
        return _unknown(wrong) if wrong else ""
    from jinja2 import TemplateError, meta  # noqa: PLC0415 -- costs 40 ms that built-in themes need not pay

    try:
        tree = _environment().parse(template)
        _environment().compile(tree)
        strange = sorted(meta.find_undeclared_variables(tree) - set(NAMES))
    except (TemplateError, RecursionError, SyntaxError, ValueError, MemoryError) as error:
        return f"{error}" or "cannot be understood"
    return _unknown(strange[0]) if strange else ""


def unsafe(template: str) -> str:
    """Name what a template may not do (loops, calls, macros, multiplication); nothing for a good one."""
    if _PLAIN.fullmatch(template):
        return ""
    from jinja2 import nodes  # noqa: PLC0415 -- see above

    kinds = (type(node).__name__ for node in _environment().parse(template).find_all(nodes.Node))
    return next((kind for kind in kinds if kind not in _ALLOWED), "")


def fill(template: str, values: Values) -> str | None:
    """Return a template's text; ``None`` where it may not be run, or fails."""
    plain = _PLAIN.fullmatch(template)
    if plain:
        if plain[1] is None:
            return plain[3]
        return _shown(values[plain[1]] or (values[plain[2]] if plain[2] else values[plain[1]]))
    if unsafe(template):
        return None
    try:
        return _shown(_environment().from_string(template).render(values))
    except Exception:  # noqa: BLE001 -- the template is the site's own, and so is what it does wrong
        return None


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return " ".join(text.split())[:_OUTPUT]


def _unknown(name: str) -> str:
    return f"there is no {name!r}{nearest(name, NAMES)}"


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import StrictUndefined  # noqa: PLC0415 -- see above
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, optimized=False)  # folding would run it unbounded
    made.filters = dict(_FILTERS)
    made.globals = {}
    return made


def _join(values: object, between: str = ", ") -> str:
    return between.join(map(str, values))[:_OUTPUT] if isinstance(values, tuple) else str(values)


def _truncate(text: object, length: int = 80) -> str:
    said = str(text)
    return said if len(said) <= length else said[: max(1, length - 1)].rstrip() + "…"


_FILTERS: Mapping[str, Callable[..., object]] = {
    "upper": lambda text: str(text).upper(),
    "lower": lambda text: str(text).lower(),
    "capitalize": lambda text: str(text)[:1].upper() + str(text)[1:],
    "trim": lambda text: str(text).strip(),
    "default": lambda text, other="": text or other,
    "first": lambda values: values[0] if values else "",
    "last": lambda values: values[-1] if values else "",
    "join": _join,
    "length": len,
    "truncate": _truncate,
}
"""All that a template may do to a text."""
