"""Settings in Python, read and never run: assignments of literals, and of what follows from literals by plain rules.

Names already assigned, sums, f-strings, ``os.path.join``, ``os.getenv("X", "default")`` and ``dict(...)`` are followed;
everything else is unknown, and the line where it stands is remembered.
"""

import ast
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from syndicate.characters import whole

_DEPTH = 40
_JOINS = frozenset({"os.path.join", "path.join", "join", "posixpath.join"})
_ENVIRONMENT = frozenset({"os.getenv", "getenv", "os.environ.get", "environ.get"})
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Module:
    """What a module assigns at its top: values by name, and the lines of those that are computed."""

    values: Mapping[str, Any]
    unknown: Mapping[str, int] = field(default_factory=dict)


class _Unknown(Exception):  # noqa: N818 -- no error: a value that only running it would tell
    """A value that only the program itself could tell."""


def read(text: str, known: Mapping[str, Any] | None = None) -> Module:
    """Return a module's assignments; ``known`` is what it imports. Raises ``ValueError``, ``SyntaxError``."""
    try:
        module = ast.parse(text)
    except (RecursionError, MemoryError) as error:
        raise ValueError("is too intricate to be read") from error
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii():
            node.value = whole(node.value)
    values: dict[str, Any] = dict(known or {})
    unknown: dict[str, int] = {}
    for said in _statements(module.body):
        targets = said.targets if isinstance(said, ast.Assign) else [said.target]
        for target in targets:
            if not isinstance(target, ast.Name) or said.value is None:
                continue
            try:
                added = _value(said.value, values, 0)
                values[target.id] = _sum(values[target.id], added) if isinstance(said, ast.AugAssign) else added
                unknown.pop(target.id, None)
            except (_Unknown, KeyError, TypeError, ValueError):
                unknown[target.id] = said.lineno
    return Module(values, unknown)


def _statements(body: list[ast.stmt]) -> list[ast.Assign | ast.AnnAssign | ast.AugAssign]:
    """Assignments in order; those in ``try`` and ``with`` count, those under a condition do not."""
    found: list[ast.Assign | ast.AnnAssign | ast.AugAssign] = []
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            found.append(node)
        elif isinstance(node, ast.Try | ast.With):
            found += _statements(node.body)
    return found


def _value(node: ast.expr, known: Mapping[str, Any], depth: int) -> Any:  # noqa: ANN401 -- settings hold anything
    if depth > _DEPTH:
        raise _Unknown

    def inner(one: ast.expr) -> Any:  # noqa: ANN401 -- as above
        return _value(one, known, depth + 1)

    found: Any
    match node:
        case ast.List() | ast.Set() | ast.Tuple():
            found = [inner(one) for one in node.elts]
        case ast.Dict():
            found = {inner(key): inner(one) for key, one in zip(node.keys, node.values, strict=True) if key}
        case ast.BinOp(op=ast.Add()):
            found = _sum(inner(node.left), inner(node.right))
        case ast.JoinedStr():
            found = "".join(_piece(one, inner) for one in node.values)
        case ast.Call():
            found = _called(node, inner)
        case _:
            found = known[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)
    # A text that doubles with every line would soon fill the memory.
    if isinstance(found, str) and len(found) > _LONGEST:
        raise _Unknown
    return found


def _sum(left: Any, right: Any) -> Any:  # noqa: ANN401 -- as above
    if type(left) is type(right) and isinstance(left, str | list) and len(left) + len(right) < _LONGEST:
        return left + right
    raise _Unknown


def _piece(node: ast.expr, inner: Any) -> str:  # noqa: ANN401 -- a function
    value = inner(node.value) if isinstance(node, ast.FormattedValue) and node.format_spec is None else None
    value = node.value if isinstance(node, ast.Constant) else value
    if not isinstance(value, str | int):
        raise _Unknown
    return str(value)


def _called(node: ast.Call, inner: Any) -> Any:  # noqa: ANN401 -- a function
    name = ast.unparse(node.func)
    arguments = [inner(one) for one in node.args] if name in _JOINS else node.args
    if name in _JOINS and all(isinstance(one, str) for one in arguments):
        return posixpath.join(*arguments)
    if name in _ENVIRONMENT and len(node.args) > 1:
        return inner(node.args[1])
    if name == "dict" and not node.args:
        return {one.arg: inner(one.value) for one in node.keywords if one.arg}
    raise _Unknown
