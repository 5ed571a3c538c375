"""Configuration in JavaScript or TypeScript, read and never run: its literals, and the calls that hold some.

``export default defineConfig({site: "https://..."})`` gives a mapping; what is computed is ``None``. Constants are
followed by their name, ``process.env.X || "default"`` gives the default. Work is bounded, whatever a file holds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from syndicate.characters import whole

_TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*(?:(?!\*/).)*+(?:\*/)?)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"
    r"|(?P<name>[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)"
    r"|(?P<number>\d[\d_]*(?:\.\d+)?)"
    r"|(?P<sign>=>|\.\.\.|===?|!==?|\|\||&&|\?\?|[^\s])",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^\n/\\\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/[a-z]*")
_BEFORE_REGEX = frozenset("( , = : [ ! & | ? { } ; return => || && ??".split(" "))
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(\n)|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_ENDS = frozenset({",", "}", "]", ")", ";", ""})
_DEPTH, _TOKENS, _STEPS = 40, 60_000, 600_000
_LONGEST, _MOST = 100_000, 10_000
"""Characters of a text that is put together, entries of a list that is: each line may double them."""
_ANNOTATION = 24
"""Tokens that a type may stand between a constant's name and its value."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose arguments are known as far as they are literals: ``glob({base: "./posts"})``."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What a script says in literals: what it exports, its constants by name, what its functions return, its calls."""

    exported: Any = None
    constants: Mapping[str, Any] = field(default_factory=dict)
    returned: tuple[Mapping[str, Any], ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def configuration(self) -> Mapping[str, Any]:
        """The mapping that is exported: itself, or what a call such as ``defineConfig`` is given."""
        exported = mapping(self.exported)
        return exported or next((one for one in reversed(self.returned) if one), {})


def mapping(value: object) -> Mapping[str, Any]:
    """Return a value that is a mapping, or the first mapping that a call is given, else nothing."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Call):
        return next((found for one in value.arguments if (found := mapping(one))), {})
    return {}


def read(text: str) -> Script:
    """Return what a script says. Raises ``ValueError`` for one that is larger or more intricate than any real one."""
    tokens = list(_tokens(text))
    if len(tokens) > _TOKENS:
        raise ValueError(f"has more than {_TOKENS:,} words and signs")
    return _Reader(tokens).script()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, before = 0, ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return
        kind, word = str(found.lastgroup), found[0]
        if word == "/" and (not before or before in _BEFORE_REGEX) and (regex := _REGEX.match(text, at)):
            kind, found, word = "regex", regex, regex[0]
        at = found.end()
        if kind != "space":
            before = word
            yield kind, word


class _Reader:
    """Walks over tokens once, looking for what is exported, named, returned or called."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.constants: dict[str, Any] = {}
        self.steps = 0

    def script(self) -> Script:
        """Return everything the script says."""
        exported: Any = None
        returned: list[Mapping[str, Any]] = []
        calls: list[Call] = []
        for at, (kind, word) in enumerate(self.tokens):
            if kind != "name":
                continue
            if word in {"const", "let", "var"}:
                self._constant(at)
            elif word == "module.exports" or (word == "export" and self._is(at + 1, "default")):
                value = self.value(at + 2, 0)[0]
                exported = value if mapping(value) else exported
            elif word == "return" and (self._is(at + 1, "{") or self._is(at + 1, "(")):
                returned.append(mapping(self.value(at + 1, 0)[0]))
            elif self._is(at + 1, "(") and "." in word:
                calls.append(Call(word.rpartition(".")[2], self._arguments(at + 1, 0)[0]))
        return Script(exported, self.constants, tuple(returned), tuple(calls))

    def _constant(self, at: int) -> None:
        name = self._token(at + 1)
        for place in range(at + 2, at + 2 + _ANNOTATION):
            if self._is(place, "="):
                self.constants[name] = self.value(place + 1, 0)[0]
                return
            if self._token(place) in {";", "", "of", "in"}:
                return

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        """Return the value that begins at a word, and the word after it."""
        self.steps += 1
        if self.steps > _STEPS or depth > _DEPTH:
            raise ValueError("is too intricate to be read")
        found, after = self._operand(at, depth)
        while self._goes_on(after):
            if self._token(after) in {"as", "satisfies"}:
                return found, self._skip(after)
            alternative = self._token(after) in {"||", "??"}
            if not (alternative or (self._token(after) == "+" and isinstance(found, str))):
                return None, self._skip(after)
            other, after = self._operand(after + 1, depth)
            if not alternative:
                found = _joined(found, other)
            elif found is None:
                found = other
        return found, after

    def _goes_on(self, at: int) -> bool:
        """Whether an expression does: a name after it begins another statement, where nobody wrote the semicolon."""
        kind, word = self._at(at)
        return (kind == "sign" and word not in _ENDS) or word in {"as", "satisfies", "in", "instanceof"}

    def _operand(self, at: int, depth: int) -> tuple[Any, int]:
        kind, word = self._at(at)
        if kind == "sign" and word in _CLOSING:
            return self._bracketed(word, at, depth + 1)
        if kind == "name":
            return self._named(word, at, depth)
        if kind == "number":
            digits = word.replace("_", "")
            return (float(digits) if "." in digits else int(digits[:15])), at + 1
        return (_text(word), at + 1) if kind == "text" else (None, self._skip(at))

    def _bracketed(self, opening: str, at: int, depth: int) -> tuple[Any, int]:
        if opening != "(":
            return self._object(at + 1, depth) if opening == "{" else self._list(at + 1, "]", depth)
        inner, after = self.value(at + 1, depth)
        if self._is(after, ")") and not self._is(after + 1, "=>"):
            return inner, after + 1
        return None, self._skip(at)

    def _named(self, word: str, at: int, depth: int) -> tuple[Any, int]:
        if word in {"new", "await"}:
            return self._operand(at + 1, depth + 1)
        if self._is(at + 1, "("):
            arguments, after = self._arguments(at + 1, depth + 1)
            called: Any = Call(word, arguments)
            if word in {"require.resolve", "URL"}:
                called = arguments[0] if arguments else None
            return called, after
        if self._is(at + 1, "=>") or word in {"async", "function", "class"}:
            return None, self._skip(at)
        return (_WORDS[word] if word in _WORDS else self.constants.get(word)), at + 1

    def _arguments(self, at: int, depth: int) -> tuple[tuple[Any, ...], int]:
        found, after = self._list(at + 1, ")", depth)
        return tuple(found), after

    def _list(self, at: int, closing: str, depth: int) -> tuple[list[Any], int]:
        values: list[Any] = []
        while not self._is(at, closing) and self._token(at):
            if self._is(at, "..."):
                spread, at = self.value(at + 1, depth)
                values += spread if isinstance(spread, list) and len(values) + len(spread) <= _MOST else []
            else:
                value, at = self.value(at, depth)
                values.append(value)
            at = at + 1 if self._is(at, ",") else at if self._is(at, closing) else self._skip(at, stop=closing)
        return values, at + 1

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        while not self._is(at, "}") and self._token(at):
            kind, word = self._at(at)
            key = _text(word) if kind == "text" else word
            if word == "...":
                spread, at = self.value(at + 1, depth)
                values |= mapping(spread)
            elif self._is(at + 1, ":") and kind in {"text", "name", "number"} and key is not None:
                values[key], at = self.value(at + 2, depth)
            elif kind == "name" and self._token(at + 1) in {",", "}"}:
                values[word], at = self.constants.get(word), at + 1
            else:
                at = self._skip(at)
            at = at + 1 if self._is(at, ",") else at if self._is(at, "}") else self._skip(at, stop="}")
        return values, at + 1

    def _skip(self, at: int, stop: str = "") -> int:
        """Return the word that ends an expression: a comma, a semicolon or a bracket that it did not open."""
        open_brackets: list[str] = []
        while word := self._token(at):
            self.steps += 1
            if self.steps > _STEPS:
                raise ValueError("is too intricate to be read")
            kind = self._at(at)[0]
            if kind != "text" and word in _CLOSING:
                open_brackets.append(_CLOSING[word])
            elif open_brackets and word == open_brackets[-1]:
                open_brackets.pop()
            elif not open_brackets and word in _ENDS:
                return at + 1 if word in {",", ";"} and stop else at
            at += 1
        return at

    def _at(self, at: int) -> tuple[str, str]:
        return self.tokens[at] if at < len(self.tokens) else ("", "")

    def _token(self, at: int) -> str:
        return self._at(at)[1]

    def _is(self, at: int, word: str) -> bool:
        return self._at(at) == ("name" if word.isalpha() else "sign", word)


def _joined(text: object, other: object) -> str | None:
    known = isinstance(text, str) and isinstance(other, str) and len(text) + len(other) <= _LONGEST
    return f"{text}{other}" if known else None


def _text(word: str) -> str | None:
    """Return what a string says; nothing for a template that is filled in."""
    if word.startswith("`") and "${" in word:
        return None
    return whole(_ESCAPE.sub(_unescaped, word[1:-1]))


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""  # noqa: PLR2004 -- the end of Unicode
    return "" if found[4] else _ESCAPED.get(found[5], found[5])
