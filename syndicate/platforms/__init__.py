"""Where links are shared: how each platform shows one, what it refuses, cuts or overlooks, and what a post may hold."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# Read once, when the room is opened: a recipe may not open files.
_RULES = files("syndicate.platforms").joinpath("platforms.toml").read_text("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform's rules, as ``platforms.toml`` explains them; 0 and empty where it has none."""

    key: str
    name: str
    sources: tuple[str, ...]
    layout: str
    radius: int
    title_lines: int
    description_lines: int
    count: str
    frame: float = 0
    large: bool = False
    tags: str = ""
    title: int = 0
    description: int = 0
    head: int = 0
    image_bytes: int = 0
    image_width: int = 0
    image_height: int = 0
    image_ratio: float = 0
    unread: tuple[str, ...] = ()
    alt: int = 0
    site_name: int = 0
    one_image: bool = False
    limit: int = 0
    again: str = ""


@cache
def platforms() -> tuple[Platform, ...]:
    """Return the platforms in the order of the file."""
    rules: dict[str, dict[str, Any]] = tomllib.loads(_RULES)
    return tuple(_platform(key, rule) for key, rule in rules.items())


def _platform(key: str, rule: dict[str, Any]) -> Platform:
    lists = {name: tuple(value) for name, value in rule.items() if isinstance(value, list)}
    return Platform(**{"key": key, **rule, **lists})


def names(those: Iterable[Platform]) -> str:
    """Return ``X, LinkedIn and Bluesky``."""
    *most, last = [one.name for one in those] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def breached(limit: Callable[[Platform], float], value: float) -> tuple[Platform, ...]:
    """Return the platforms that have such a limit and for which a value is beyond it."""
    return tuple(one for one in platforms() if limit(one) and value > limit(one))
