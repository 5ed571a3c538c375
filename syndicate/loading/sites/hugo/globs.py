"""Hugo's globs: ``*`` stays in a folder, ``**`` does not, ``{a,b}`` is either; no pattern takes long."""

import re
from collections.abc import Iterator
from functools import lru_cache

_SIGNS = re.compile(r"[*?\[\]{}\\]")
_ALTERNATIVES = 64
_LONGEST = 400

_Step = tuple[str, str]
"""What a pattern asks for next: ``("char", "a")``, ``("any", "")``, ``("set", "ab")``, ``("star", "")`` ..."""


def matches(pattern: str, path: str) -> bool:
    """Whether a path is what a pattern means, whatever the case of either."""
    if not _SIGNS.search(pattern):
        return pattern.lower() == path.lower()
    return any(_runs(steps, path.lower()) for steps in _compiled(pattern.lower()))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[tuple[_Step, ...], ...]:
    if len(pattern) > _LONGEST:
        return ()
    return tuple(tuple(_steps(plain)) for plain in _alternatives(pattern))


def _alternatives(pattern: str) -> list[str]:
    """Write out the innermost braces, until there are none; what would become too much is left as it stands."""
    found = [pattern]
    while (opening := max((one.rfind("{") for one in found), default=-1)) >= 0 and len(found) < _ALTERNATIVES:
        first = next(one for one in found if one.rfind("{") == opening)
        closing = first.find("}", opening)
        if closing < 0:
            break
        words = first[opening + 1 : closing].split(",")
        found.remove(first)
        found += [first[:opening] + word + first[closing + 1 :] for word in words]
    return found[:_ALTERNATIVES]


def _steps(pattern: str) -> Iterator[_Step]:
    at = 0
    while at < len(pattern):
        character = pattern[at]
        closing = pattern.find("]", at + 2)
        if pattern.startswith("**", at):
            yield "stars", ""
            at += 2
        elif character == "[" and closing > 0:
            yield _set(pattern[at + 1 : closing])
            at = closing + 1
        elif character == "\\" and at + 1 < len(pattern):
            yield "char", pattern[at + 1]
            at += 2
        else:
            yield {"*": ("star", ""), "?": ("any", "")}.get(character, ("char", character))
            at += 1


def _set(inside: str) -> _Step:
    none = inside.startswith(("!", "^"))
    inside = inside[none:]
    if len(inside) == 3 and inside[1] == "-":  # noqa: PLR2004 -- a-z
        inside = "".join(map(chr, range(ord(inside[0]), ord(inside[2]) + 1)))
    return "none" if none else "set", inside


def _runs(steps: tuple[_Step, ...], path: str) -> bool:
    """Follow every way through the pattern at once: as many steps as the path has characters, whatever the pattern."""
    begun = 0
    # Most patterns begin with a folder's name.
    while begun < len(steps) and begun < len(path) and steps[begun] == ("char", path[begun]):
        begun += 1
    if begun < len(steps) and steps[begun][0] == "char":
        return False
    states, path = _reached({begun}, steps), path[begun:]
    for character in path:
        states = _reached({state for one in states for state in _after(steps, one, character)}, steps)
    return len(steps) in states


def _reached(states: set[int], steps: tuple[_Step, ...]) -> set[int]:
    """Add the states behind stars, which may match nothing."""
    for state in sorted(states):
        at = state
        while at < len(steps) and steps[at][0] in {"star", "stars"}:
            at += 1
            states.add(at)
    return states


def _after(steps: tuple[_Step, ...], state: int, character: str) -> Iterator[int]:
    kind, said = steps[state] if state < len(steps) else ("end", "")
    if kind == "stars" or (kind == "star" and character != "/"):
        yield state
    elif (
        (kind == "char" and character == said)
        or (kind == "any" and character != "/")
        or (kind == "set" and character in said)
        or (kind == "none" and character not in said)
    ):
        yield state + 1
