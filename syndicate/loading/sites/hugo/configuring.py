"""Hugo's configuration: one file or a folder of them, with what each language says for itself.

After gohugo.io/configuration and, where that is silent, what the real program does. It is that of the environment
"production", which is what ``hugo`` builds unless told otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from syndicate.findings import Finding
from syndicate.loading.sites.layout import configuration, text
from syndicate.loading.sources import Tree

ENVIRONMENT = "production"
_ENDINGS = ("toml", "yaml", "yml", "json")
NAMES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in _ENDINGS)
_FOLDERS = ("config/_default", f"config/{ENVIRONMENT}")
_DEEPEST = 20
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MERGED_DEEPLY = frozenset({"params"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One of the site's languages. ``config`` holds for it; ``host`` is its own base URL, if it has one.

    Its addresses begin with ``lead``, then, but for those that a header says whole, with ``prefix``.
    """

    key: str
    tag: str
    prefix: str
    content: str
    host: str
    lead: str
    config: Mapping[str, Any]

    @property
    def base(self) -> str:
        """The base URL of its pages."""
        return self.host or text(self.config.get("baseurl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The site's configuration, keys in lower case, and its languages by key, the default one first."""

    values: Mapping[str, Any]
    languages: Mapping[str, Language]
    disabled: frozenset[str]
    findings: tuple[Finding, ...] = ()

    @property
    def default(self) -> Language:
        """The language of what does not say which it is in."""
        return next(iter(self.languages.values()))


def read(tree: Tree) -> Configuration:
    """Return the configuration of a site."""
    values, findings = _values(tree)
    said = values.get("languages")
    tables = {key: table for key, table in _tables(said) if isinstance(table, dict) or table is None}
    off = {key for key, table in tables.items() if true((table or {}).get("disabled"))}
    off.update(word.lower() for word in words(values.get("disablelanguages")))
    default = _default(values, [key for key in tables if key not in off])
    ordered = sorted({default, *(key for key in tables if key not in off)}, key=lambda key: (key != default, key))
    languages = {key: _language(key, default, values, tables) for key in ordered}
    return Configuration(values=values, languages=languages, disabled=frozenset(off - {default}), findings=findings)


def present(tree: Tree) -> bool:
    """Whether there is a configuration that can be no other program's."""
    return any(tree.exists(name) for name in NAMES[: len(_ENDINGS)]) or any(
        (tree.root / folder).is_dir() for folder in _FOLDERS[:1]
    )


def shared(tree: Tree) -> bool:
    """Whether a ``config.*``, a name that other programs use as well, says what only Hugo's does."""
    values, _, _ = configuration(tree, NAMES[len(_ENDINGS) :])
    return "baseurl" in {str(key).lower() for key in values}


def true(value: object) -> bool:
    """Whether a value means yes: a truth of TOML, or YAML's word for one."""
    return value is True or (isinstance(value, str) and value.lower() in {"true", "1", "t"})


def words(value: object) -> list[str]:
    """Return a list of texts, or a text as the only one of a list."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def lowered(value: object, depth: int = 0) -> Any:  # noqa: ANN401 -- configuration holds anything
    """Return a value with all keys in lower case: Hugo knows no other. What is nested too deeply says nothing."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {str(key).lower(): lowered(one, depth + 1) for key, one in value.items()}
    return [lowered(one, depth + 1) for one in value] if isinstance(value, list) else value


def _values(tree: Tree) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    values, _, findings = configuration(tree, NAMES)
    merged = lowered(values)
    remarks = [*findings]
    for folder in _FOLDERS:
        for path in tree.files(folder):
            if path.rpartition(".")[2] in _ENDINGS:
                found, _, unread = configuration(tree, (path,))
                remarks += unread
                _merge(merged, _placed(PurePosixPath(path).stem, lowered(found)))
    return merged, tuple(remarks)


def _placed(stem: str, values: dict[str, Any]) -> dict[str, Any]:
    """``params.fr.toml`` holds what could stand as ``[languages.fr.params]`` in the one file."""
    stem = stem.lower()
    if stem in {"hugo", "config"}:
        return values
    name, _, language = stem.partition(".")
    inner: Any = values[name] if list(values) == [name] else values
    if language:
        inner = {name: inner} if name in {"menu", "menus", "params"} else inner
        return {"languages": {language: inner}}
    return {name: inner}


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        mine = into.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            _merge(mine, value)
        else:
            into[key] = value


def _tables(said: object) -> Iterator[tuple[str, Any]]:
    return iter(said.items()) if isinstance(said, dict) else iter(())


def _default(values: Mapping[str, Any], keys: list[str]) -> str:
    """Without a word about it, the default is English if there is English, else the first by weight and name."""
    said = text(values.get("defaultcontentlanguage")).lower()
    if said or not keys:
        return said or "en"
    tables = values["languages"]

    def rank(key: str) -> tuple[bool, int, str]:
        weight = str((tables[key] or {}).get("weight"))
        number = int(weight) if weight.lstrip("-").isdecimal() else 0
        return (not number, number, key)

    return "en" if "en" in keys else min(keys, key=rank)


def _language(key: str, default: str, values: Mapping[str, Any], tables: Mapping[str, Any]) -> Language:
    table = tables.get(key) or {}
    inside = true(values.get("defaultcontentlanguageinsubdir"))
    own = [table.get("locale"), *([values.get("locale")] if key == default else []), table.get("languagecode")]
    own += [values.get("languagecode")] if key == default else []
    said = next((text(one) for one in own if text(one)), key)
    host = text(table.get("baseurl"))
    base = text((tables.get(default) or {}).get("baseurl")) or text(values.get("baseurl"))
    return Language(
        key=key,
        tag=_tagged(said) or _tagged(key),
        prefix="" if host or (key == default and not inside) else key,
        content=text(table.get("contentdir")) or text(values.get("contentdir")) or "content",
        host=host,
        lead=_lead(host, base),
        config=_over(values, table),
    )


def _lead(host: str, base: str) -> str:
    """What addresses of a language with a base URL of its own begin with: a folder, where that is below the site's."""
    below = f"{base.rstrip('/')}/"
    return f"/{host.removeprefix(below).strip('/')}".rstrip("/") if host.startswith(below) else host.rstrip("/")


def _over(values: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """What a language says, over what the site says: its tables replace the site's, but for ``params``."""
    merged = {**values, **table}
    for name in _MERGED_DEEPLY:
        ours, theirs = values.get(name), table.get(name)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            merged[name] = {**ours, **theirs}
    return merged


def _tagged(key: str) -> str:
    """Return a language's key as a BCP 47 tag, where it can be one."""
    if not _TAG.fullmatch(key):
        return ""
    first, *rest = re.split(r"[-_]", key)
    return "-".join([first.lower(), *(part.upper() if len(part) in {2, 3} else part.title() for part in rest)])
