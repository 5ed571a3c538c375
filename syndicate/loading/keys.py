"""Digests of values: by them what was understood of a source is known to depend on nothing that has changed since."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from types import FunctionType

from syndicate.loading.article import Frame
from syndicate.loading.sites.layout import Source

_DEPTH = 40
_PARTS = attrgetter(*(field.name for field in fields(Source)))


def of_frame(frame: Frame) -> str:
    """Return a digest of all that articles share, but for the clock and the sources themselves.

    Raises ``TypeError`` where something in it cannot be told from something else.
    """
    shared = {field.name: getattr(frame, field.name) for field in fields(Frame)}
    for apart in ("tree", "now", "changed", "begun"):
        del shared[apart]
    shared["layout"] = replace(frame.layout, sources=(), findings=())
    return _digest("\n".join(_lines(shared, 0)))


def of_source(source: Source, frame: Frame) -> str:
    """Return a digest of what is known of a source without reading it."""
    dates = frame.changed.get(source.path), frame.begun.get(source.path)
    return _digest(repr((_PARTS(source), dates)))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _lines(value: object, depth: int) -> Iterator[str]:
    """Yield what a value is, one part a line."""
    if depth > _DEPTH:
        raise TypeError("nested too deeply")
    if isinstance(value, (str, int, float, bytes)) or value is None:
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, Mapping):
        yield f"mapping {len(value)}"
        for key, held in value.items():
            yield from _lines(key, depth + 1)
            yield from _lines(held, depth + 1)
    elif isinstance(value, (tuple, list)):
        yield f"{type(value).__name__} {len(value)}"
        for one in value:
            yield from _lines(one, depth + 1)
    elif isinstance(value, (set, frozenset)):
        yield from sorted("\n".join(_lines(one, depth + 1)) for one in value)
        yield f"set {len(value)}"
    else:
        yield from _made_lines(value, depth)


def _made_lines(value: object, depth: int) -> Iterator[str]:
    yield type(value).__qualname__
    if isinstance(value, type):
        yield f"{value.__module__}.{value.__qualname__}"
    elif is_dataclass(value):
        yield from _lines([getattr(value, field.name) for field in fields(value)], depth + 1)
    elif isinstance(value, partial):
        yield from _lines([value.func, value.args, value.keywords], depth + 1)
    elif isinstance(value, FunctionType):
        yield f"{value.__module__}.{value.__qualname__}"
        yield from _lines([cell.cell_contents for cell in value.__closure__ or ()], depth + 1)
        yield from _lines(value.__defaults__, depth + 1)
    elif isinstance(value, re.Pattern):
        yield f"{value.pattern!r} {value.flags}"
    elif isinstance(value, (PurePath, datetime)):
        yield str(value)
    elif isinstance(value, tzinfo):
        # Those of the zone database are called by their names, fixed ones by their offsets.
        yield f"{value!r} {datetime(2000, 1, 1, tzinfo=UTC).astimezone(value).isoformat()}"
    else:
        raise TypeError(f"{type(value).__qualname__} has no digest")
