"""Expressions: where a site's own front matter keys are, in JMESPath (jmespath.org), within bounds.

Two things are easier here than in the standard: a name may hold hyphens and any letters without quotes
(``une-ou-diaporama[0].image``), as front matter keys do; and a plain name is also found in other capitals.
"""

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import prod
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions

from syndicate.findings import nearest

LONGEST, FUNCTIONS, COPIES = 300, 4, 64
"""Beyond, an expression could make more of a header than it holds: each list of k picks may copy it k times."""
_WORDS = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|([^\W\d][\w-]*)""")
_LAST = re.compile(r"""(.+)\.(?:"[^"\\]+"|[^\W\d][\w-]*)""", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class ExpressionError(ValueError):
    """An expression that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A parsed expression. ``key`` is the first name in it; ``computes`` says that it calls functions."""

    search: Any
    key: str
    computes: bool


def check(text: str) -> None:
    """Raise ``ExpressionError`` for an expression that is not well formed, calls what is unknown, or asks too much."""
    _compiled(text)


def search(text: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- front matter holds anything
    """Return what an expression finds in a header; ``None`` where it finds nothing, or not what a function needs."""
    compiled = _compiled(text)
    try:
        found = compiled.search(_untyped(fields) if compiled.computes else fields)
    except (JMESPathError, RecursionError, TypeError, ValueError):
        return None
    return found if isinstance(found, str | int | float | list | dict | date) else None


def key(text: str) -> str:
    """Return the front matter key that an expression begins with."""
    return _compiled(text).key


def parent(text: str) -> str:
    """Return the expression of what holds a path's last name: ``a[0]`` for ``a[0].b``, nothing for one name."""
    found = _LAST.fullmatch(text)
    if found is None:
        return ""
    try:
        check(found[1])
    except ExpressionError:
        return ""
    return found[1]


@lru_cache(maxsize=64)
def _compiled(text: str) -> _Compiled:
    if len(text) > LONGEST:
        raise ExpressionError(f"{len(text)} characters; {LONGEST} are allowed")
    try:
        # It warns of literals that are no JSON, which an early draft allowed.
        with warnings.catch_warnings(action="error"):
            parsed = jmespath.compile(_WORDS.sub(_quoted, text))
    except JMESPathError as error:
        raise ExpressionError(_reason(error)) from None
    except (RecursionError, ValueError, Warning):
        raise ExpressionError("it is nested too deeply, or holds what is no JSON") from None
    nodes = list(_nodes(parsed.parsed))
    called = [node for node in nodes if node["type"] == "function_expression"]
    for node in called:
        _refuse_call(node["value"], len(node["children"]))
    copies = prod(len(node["children"]) for node in nodes if node["type"].startswith("multi_select"))
    if len(called) > FUNCTIONS or copies > COPIES:
        raise ExpressionError(f"it asks too much; {FUNCTIONS} functions and {COPIES} copies are allowed")
    names = (str(node["value"]) for node in nodes if node["type"] == "field")
    return _Compiled(parsed.search, next(names, text), bool(called))


def _quoted(found: re.Match[str]) -> str:
    word = found[2]
    return found[0] if word is None or _PLAIN.fullmatch(word) else json.dumps(word)


def _refuse_call(name: str, given: int) -> None:
    if name not in Functions.FUNCTION_TABLE:
        raise ExpressionError(f"there is no function {name}(){nearest(name, Functions.FUNCTION_TABLE)}")
    signature = Functions.FUNCTION_TABLE[name]["signature"]
    more = bool(signature) and signature[-1].get("variadic", False)
    if given < len(signature) or (given > len(signature) and not more):
        raise ExpressionError(f"{name}() takes {len(signature)} arguments{' or more' if more else ''}, not {given}")


def _reason(error: JMESPathError) -> str:
    """Return what the library complains of, in one line: the second of its message draws an arrow."""
    return str(error).partition("\n")[0].partition(": Parse error")[0].strip() or "it is empty"


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _nodes(child)


def _untyped(value: Any) -> Any:  # noqa: ANN401 -- as above
    """Return a header as the library's functions know it, which judge a value by the exact name of its type."""
    match value:
        case Mapping():
            return {str(name): _untyped(one) for name, one in value.items()}
        case list():
            return [_untyped(one) for one in value]
        case str():
            return str(value)
        case bool() | int() | float() | None:
            return value
        case _:  # TOML's dates
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
