"""What platforms refuse, cut or overlook in the preview of a link: the rules of ``platforms.toml`` as values."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform's rules, as ``platforms.toml`` explains them; 0 and empty where it has none."""

    name: str
    sources: tuple[str, ...]
    head: int = 0
    image_bytes: int = 0
    image_width: int = 0
    image_height: int = 0
    ratio: float = 0
    unread: tuple[str, ...] = ()
    alt: int = 0
    site_name: int = 0
    title: int = 0
    description: int = 0
    one_image: bool = False


@cache
def platforms() -> tuple[Platform, ...]:
    """Return the platforms in the order of the file."""
    text = files("syndicate.checking").joinpath("platforms.toml").read_text("utf-8")
    rules: dict[str, dict[str, Any]] = tomllib.loads(text)
    return tuple(_platform(rule) for rule in rules.values())


def _platform(rule: dict[str, Any]) -> Platform:
    lists = {name: tuple(value) for name, value in rule.items() if isinstance(value, list)}
    return Platform(**{**rule, **lists})


def names(those: Iterable[Platform]) -> str:
    """Return ``X, LinkedIn and Bluesky``."""
    *most, last = [one.name for one in those] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def breached(limit: Callable[[Platform], float], value: float) -> tuple[Platform, ...]:
    """Return the platforms that have such a limit and for which a value is beyond it."""
    return tuple(one for one in platforms() if limit(one) and value > limit(one))
