"""What Hugo understands of a header: cascades, its rules for dates and drafts, and what it builds no page for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from syndicate.loading import dates
from syndicate.loading.frontmatter import Header, fold
from syndicate.loading.sites.hugo.configuring import ENVIRONMENT, lowered, true, words
from syndicate.loading.sites.hugo.globs import matches
from syndicate.loading.sites.layout import text

_ALIASES = {"lastmod": ["modified"], "publishdate": ["pubdate", "published"], "expirydate": ["unpublishdate"]}
_CHAINS = {
    "date": ["date", "publishdate", "lastmod"],
    "lastmod": [":git", "lastmod", "date", "publishdate"],
    "publishdate": ["publishdate", "date"],
    "expirydate": ["expirydate"],
}
_OWN = frozenset(
    {
        "title", "date", "publishdate", "pubdate", "published", "lastmod", "modified", "expirydate", "unpublishdate",
        "draft", "url", "slug", "headless", "build", "_build", "aliases", "cascade", "translationkey", "outputs",
    }
)  # fmt: skip
"""Keys that mean something to Hugo: below ``params`` they are the site's own and mean nothing to it."""
_YES = frozenset({"true", "1", "t"})
_NO = frozenset({"false", "0", "f"})


@dataclass(frozen=True, slots=True)
class Cascade:
    """Values that pages below get, if ``target`` fits them."""

    target: Mapping[str, Any]
    values: Mapping[str, Any]

    def covers(self, kind: str, path: str, language: str) -> bool:
        """Whether a page of a kind, with its path in the tree of content and its language, is meant."""
        sites = self.target.get("sites")
        matrix = sites.get("matrix") if isinstance(sites, dict) else None
        spoken = [
            *words(matrix.get("languages") if isinstance(matrix, dict) else None),
            *words(self.target.get("lang")),
        ]
        asked = {"kind": kind, "path": path, "environment": ENVIRONMENT}
        return all(
            matches(pattern, value) for name, value in asked.items() if (pattern := text(self.target.get(name)))
        ) and (not spoken or any(matches(pattern, language) for pattern in spoken))


def cascades(said: object) -> list[Cascade]:
    """Return what a ``cascade`` says: one set of values, or a list of them with the pages each is for."""
    listed = said if isinstance(said, list) else [said]
    return [_cascade(lowered(one)) for one in listed if isinstance(one, dict)]


def _cascade(said: Mapping[str, Any]) -> Cascade:
    target = said.get("target", said.get("_target"))
    params = said.get("params")
    values = {key: value for key, value in said.items() if key not in {"target", "_target", "params"}}
    return Cascade(
        target if isinstance(target, dict) else {}, {**values, **(params if isinstance(params, dict) else {})}
    )


def inherited(found: Iterable[Cascade], kind: str, path: str, language: str) -> dict[str, Any]:
    """Return what a page gets from cascades, the closest first."""
    values: dict[str, Any] = {}
    for cascade in found:
        if cascade.covers(kind, path, language):
            values = {**cascade.values, **values}
    return values


def understood(header: Header, chains: Mapping[str, list[str]], name: str, zone: tzinfo) -> Header:
    """Return a header that says outright what Hugo takes it to say: dates, slug and draft."""
    header = header.over({key: value for key, value in _params(header) if fold(key) not in _OWN})
    found: dict[str, datetime] = {}
    said: dict[str, Any] = {key: None for key in ("date", "pubdate", "published") if key not in chains["date"]}
    for field, chain in chains.items():
        when, by = _first(header, found, chain, name, zone)
        if when is None:
            continue
        found[field] = when
        # A date of change that is only the date of publication says nothing.
        if field != "lastmod" or by not in {"date", "publishdate", ":filename"}:
            said[field] = when
        if by == ":filename" and not _has(header, "slug"):
            said["slug"] = _dated(name, zone)[1]
    return header.saying({**said, **_drafted(header)})


def chained(config: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the keys that each date is looked for under, in order, as ``[frontmatter]`` and the defaults say."""
    said = config.get("frontmatter")
    table = said if isinstance(said, dict) else {}
    found = {}
    for field, default in _CHAINS.items():
        own = [word.lower() for word in words(table.get(field))] if field in table else default
        spread = [key for word in own for key in (default if word == ":default" else [word])]
        found[field] = list(dict.fromkeys(one for key in spread for one in (key, *_ALIASES.get(key, []))))
    return found


def hidden(header: Header) -> str:
    """Return why Hugo makes no page of this, or none that any list or feed would show; empty where it does."""
    build = header.get("build", "_build")
    for key in ("render", "list"):
        value = build.get(key) if isinstance(build, dict) else None
        if value is False or str(value).lower() in {"never", "false", "0", "local", "link"}:
            return f"build: {key} {str(value).lower()}"
    return "headless: true" if true(header.get("headless")) else ""


def _params(header: Header) -> Iterator[tuple[str, Any]]:
    params = header.get("params")
    return iter(params.items()) if isinstance(params, dict) else iter(())


def _has(header: Header, key: str) -> bool:
    return any(fold(one) == key for one in header.fields)


def _first(
    header: Header, said: Mapping[str, Any], chain: Iterable[str], name: str, zone: tzinfo
) -> tuple[datetime | None, str]:
    """Return the first date of a chain that is one, and what said it."""
    for key in chain:
        if key == ":filename":
            when: object = _dated(name, zone)[0]
        else:
            when = None if key.startswith(":") else header.get(key) or said.get(key)
        if when is None or isinstance(when, bool):
            continue
        try:
            return dates.moment(when, dates.Zones(zone, zone)), key
        except dates.DateError:
            continue
    return None, ""


def _dated(name: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return the date that a name begins with, to the day or to the second, and what follows it."""
    stem = name.rpartition(".")[0] or name
    day, at, rest = stem[:10], stem[11:19].replace("-", ":"), stem[19:]
    for spelled, after in ((f"{day}T{at}", rest), (day, stem[10:])):
        try:
            when = datetime.fromisoformat(spelled)
        except ValueError:
            continue
        if len(spelled) in {10, 19}:
            return when.replace(tzinfo=when.tzinfo or zone), after.strip(" -_")
    return None, ""


def _drafted(header: Header) -> dict[str, Any]:
    """``published`` is a date, or the opposite of ``draft``, which wins."""
    published = header.get("published")
    word = str(published).lower()
    if published is None or word not in _YES | _NO:
        return {}
    return {"published": None, **({} if header.get("draft") is not None else {"draft": word in _NO})}
