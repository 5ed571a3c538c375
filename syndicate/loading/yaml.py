"""YAML as plain values, read event by event so that no document can hurt.

PyYAML's loaders build recursively (30,000 nested brackets kill the process), expand merge keys without bounds and turn
``no``, ``1.10`` and ``12:30`` into things their author never meant. Here the parser's events are counted as they come,
and an unquoted scalar stays text, marked as ``Plain``: what it is, the field that asks for it knows best.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

DEPTH, NODES, ALIASES = 12, 3_000, 20
CONFIGURATION_NODES = 50_000
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_STARTS = frozenset({MappingStartEvent, SequenceStartEvent})
_BRACKETS = re.compile(r"[\[{]{64}")


class Plain(str):
    """An unquoted scalar: text that may mean a number, a truth or a date to the field that asks."""

    __slots__ = ()


Value = None | str | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A mapping, the lines (from 1) of its top keys, and the keys that stand twice in it."""

    fields: Mapping[str, Any]
    lines: Mapping[str, int]
    duplicates: tuple[tuple[str, int], ...] = ()


class YamlError(ValueError):
    """A document that cannot be read; ``line`` counts from 1, ``hostile`` marks one that was refused, not wrong."""

    def __init__(self, message: str, line: int, *, hostile: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.hostile = hostile


class _Limits:
    """How much of everything may still come."""

    def __init__(self, nodes: int, *, lenient: bool) -> None:
        self.nodes, self.lenient = nodes, lenient
        self.aliases, self.seen = ALIASES, 0


class _Frame:
    """A collection being filled: for a mapping, ``key`` is the one that waits for its value."""

    def __init__(self, value: list[Any] | dict[str, Any], anchor: str | None, began: int, *, tagged: bool) -> None:
        self.value, self.anchor, self.began, self.tagged = value, anchor, began, tagged
        self.key: str | None = None
        self.lines: dict[str, int] = {}


def read(text: str, *, configuration: bool = False) -> Document:
    """Return a YAML mapping. Raises ``YamlError``.

    Front matter may have 3,000 nodes, 12 levels and 20 aliases, no merge keys and no tags. A generator's configuration
    may be larger and may hold tags that only its own program understands (``!ENV``): their values are read as null.
    """
    limits = _Limits(CONFIGURATION_NODES if configuration else NODES, lenient=configuration)
    if _BRACKETS.search(text):
        raise YamlError("brackets are nested too deeply", 1, hostile=True)
    builder = _Builder(limits)
    try:
        for event in iter(yaml.CSafeLoader(text).get_event, None):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        # What is never closed is only noticed at the end; where it was opened is where the author must look.
        ended = error.problem_mark is not None and error.problem_mark.line >= text.rstrip().count("\n")
        mark = (error.context_mark if ended else None) or error.problem_mark or error.context_mark
        problem = error.problem or error.context or "is not YAML"
        raise YamlError(problem, mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], 1) from None
    if builder.root is None:
        return Document({}, {})
    if not isinstance(builder.root, dict):
        raise YamlError("expected `key: value` lines", 1)
    return Document(builder.root, builder.lines, tuple(builder.duplicates))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the value of a top key stands in a document: from one character to another, and how it is written.

    ``style`` is a scalar's (``'``, ``"``, ``|``, ``>``, or empty where it is plain), ``[`` for all that is no scalar.
    """

    start: int
    end: int
    style: str


def places(text: str) -> Mapping[str, Place]:
    """Return where the values of the top keys stand. Raises ``YamlError`` for what ``read`` would not take."""
    read(text)
    found: dict[str, Place] = {}
    events: list[Any] = []
    depth = 0
    key: Any = None
    parser: Any = yaml.CSafeLoader(text)
    for event in iter(parser.get_event, None):
        depth -= type(event) in _ENDS
        if depth > 0:
            events.append(event)
        depth += type(event) in _STARTS
        if depth != 1 or not events:
            continue
        if key is None:
            key = events[0]
        else:
            found[str(getattr(key, "value", ""))] = _place_of(text, key, events)
            key = None
        events = []
    return found


def _place_of(text: str, key: Any, events: list[Any]) -> Place:  # noqa: ANN401 -- as above
    first, kind = events[0], type(events[0])
    if kind is ScalarEvent:
        start, end, style = first.start_mark.index, first.end_mark.index, first.style or ""
        if not text[start:end].strip():  # `key:` and nothing: the place is behind the colon
            start = end = text.index(":", key.end_mark.index) + 1
    else:
        start, style = first.start_mark.index, "["
        end = max(event.end_mark.index for event in events if event.end_mark.index > event.start_mark.index)
    return Place(start, start + len(text[start:end].rstrip()), style)


class _Builder:
    """Values as they grow from events, without recursion: the collections that are still open stand on a stack."""

    def __init__(self, limits: _Limits) -> None:
        self.limits = limits
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.duplicates: list[tuple[str, int]] = []
        self.root: Value = None
        self.lines: dict[str, int] = {}

    def take(self, event: Any) -> None:  # noqa: ANN401 -- PyYAML has no types for events
        """Let one event of the parser grow the value. Raises ``YamlError``."""
        line = event.start_mark.line + 1
        kind = type(event)
        if kind is ScalarEvent:  # most of them
            _count(self.limits, line)
            self._put(_scalar(event, self.limits, line), event.anchor, line, 1)
        elif kind in _ENDS:
            self._close(line)
        elif kind is MappingStartEvent:
            self._open({}, event, line)
        elif kind is SequenceStartEvent:
            self._open([], event, line)
        elif kind is AliasEvent:
            self._put(_aliased(str(event.anchor), self.anchors, self.limits, line), None, line, 0)

    def _open(self, fresh: list[Any] | dict[str, Any], event: Any, line: int) -> None:  # noqa: ANN401 -- as above
        _count(self.limits, line)
        if len(self.stack) >= DEPTH:
            raise YamlError(f"nested deeper than {DEPTH} levels", line, hostile=True)
        tagged = _tagged(event.tag, self.limits, line)
        self.stack.append(_Frame(fresh, event.anchor, self.limits.seen - 1, tagged=tagged))

    def _close(self, line: int) -> None:
        frame = self.stack.pop()
        if not self.stack:
            self.lines = frame.lines
        self._put(None if frame.tagged else frame.value, frame.anchor, line, self.limits.seen - frame.began)

    def _put(self, value: Value, anchor: str | None, line: int, size: int) -> None:
        if anchor:
            self.anchors[anchor] = value, size
        if self.stack:
            _place(self.stack[-1], value, line, self.duplicates, self.limits)
        else:
            self.root = value


def _place(frame: _Frame, value: Value, line: int, duplicates: list[tuple[str, int]], limits: _Limits) -> None:
    if isinstance(frame.value, list):
        frame.value.append(value)
    elif frame.key is None:
        frame.key = value if isinstance(value, str) else "" if value is None else str(value)
        if frame.key in frame.lines:
            duplicates.append((str(frame.key), line))
        frame.lines[str(frame.key)] = line
    else:
        if frame.key == "<<":
            _merge(frame.value, value, line, limits)
        else:
            frame.value[str(frame.key)] = value
        frame.key = None


def _merge(into: dict[str, Any], value: Value, line: int, limits: _Limits) -> None:
    if not limits.lenient:
        raise YamlError("merge keys (<<) are not allowed in front matter", line, hostile=True)
    for source in value if isinstance(value, list) else [value]:
        if isinstance(source, dict):
            into.update({key: held for key, held in source.items() if key not in into})


def _scalar(event: Any, limits: _Limits, line: int) -> str | None:  # noqa: ANN401 -- PyYAML has no types for events
    text: str = event.value
    if event.tag is not None and _tagged(event.tag, limits, line):
        return None
    if event.style:
        return text
    return None if text in _NULL else Plain(text)


def _aliased(name: str, anchors: Mapping[str, tuple[Value, int]], limits: _Limits, line: int) -> Value:
    """Return what an alias stands for; it counts for as much as if it were written out, for somebody may print it."""
    limits.aliases -= 1
    if limits.aliases < 0 and not limits.lenient:
        raise YamlError(f"more than {ALIASES} aliases", line, hostile=True)
    if name not in anchors:
        raise YamlError(f"alias *{name} refers to nothing that is complete", line)
    value, size = anchors[name]
    _count(limits, line, size)
    return value


def _tagged(tag: str | None, limits: _Limits, line: int) -> bool:
    """Whether a node has a tag of its own; the core ones (``!!str``) say nothing new."""
    if tag is None or tag == "!" or (tag.startswith("tag:yaml.org,2002:") and "python" not in tag):
        return False
    if not limits.lenient:
        raise YamlError(f"tags such as {tag!r} are not allowed in front matter", line, hostile=True)
    return True


def _count(limits: _Limits, line: int, more: int = 1) -> None:
    limits.seen += more
    if limits.seen > limits.nodes:
        raise YamlError(f"more than {limits.nodes:,} values", line, hostile=True)
