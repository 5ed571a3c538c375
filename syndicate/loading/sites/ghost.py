"""Ghost: the posts of an exported JSON file, each a source of its own (``export.json#slug``).

After ghost.org/docs (migration, routing, content API). What only members or those who pay may read stays out: of such a
post the part before the paywall is published, or its excerpt alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from syndicate.findings import Finding, finding
from syndicate.loading import objects
from syndicate.loading.frontmatter import Header, made
from syndicate.loading.sites import lexical
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, configuration, person_of, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Author
from syndicate.settings import Settings

_NAMED = re.compile(r"(?:^|/)[^/]*\bghost\b[^/]*\.json$", re.IGNORECASE)
_LIKE = re.compile(r"\s*\{\s*\"(?:db|meta|data)\"\s*:")
_BYTES = 64 << 20
_HERE = "__GHOST_URL__"
_GATE = "<!--members-only-->"
_ROUTES = ("routes.yaml", "content/settings/routes.yaml", "settings/routes.yaml")
_TOKEN = re.compile(r"\{(\w+)\}")
_PLACEHOLDER = re.compile(r"%%\{[^{}%]*\}%%|\{\{#?/?(?:has|if|unless|else)[^{}]*\}\}")

Row = Mapping[str, Any]


def recognises(tree: Tree) -> bool:
    """Whether the folder holds an export of Ghost's."""
    return next(_exports(tree, tree.names()), None) is not None


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read each export and find its posts, with their authors and tags."""
    sources: list[Source] = []
    findings: list[Finding] = []
    said: dict[str, str] = {}
    people: dict[str, Author] = {}
    for name in _exports(tree, tree.files(settings.content.strip("/"), skip={settings.output or "output"})):
        try:
            data = _data(tree.text(name, _BYTES))
        except SourceError as error:
            findings.append(error.finding)
            continue
        except (ValueError, RecursionError) as error:
            findings.append(finding("source-unreadable", name, f"is no export that can be read: {error}"))
            continue
        said |= {str(row.get("key")): text(row.get("value")) for row in _rows(data, "settings")}
        people |= {str(row.get("slug")): found for row in _rows(data, "users") if (found := person_of(row))}
        sources += _posts(name, data)
    routes, _, more = configuration(tree, _ROUTES)
    return Layout(
        generator="ghost",
        sources=tuple(sources),
        permalink=partial(_permalink, _route(routes) or said.get("permalinks", "").replace(":slug", "{slug}")),
        said=Said(
            title=said.get("title", ""),
            description=said.get("description", ""),
            base_url=said.get("url", ""),
            language=said.get("locale") or said.get("lang") or said.get("default_locale", ""),
            time_zone=said.get("timezone") or said.get("active_timezone", ""),
        ),
        template="ghost",
        authors=people,
        findings=(*findings, *more),
    )


def _exports(tree: Tree, paths: Iterable[str]) -> Iterator[str]:
    """Every export: a JSON file that is called one, or begins like one."""
    for path in paths:
        if path.endswith(".json") and (_NAMED.search(path) or _begins(tree, path)):
            yield path


def _begins(tree: Tree, path: str) -> bool:
    try:
        head = tree.text(path, _BYTES)[: 64 << 10]
    except SourceError:
        return False
    return _LIKE.match(head) is not None and ('"posts"' in head or '"exported_on"' in head)


def _data(said: str) -> Mapping[str, list[Row]]:
    """Return the tables of an export. Raises ``ValueError``."""
    whole = objects.read(said)
    for key in ("db", 0, "data"):
        held = whole.get(key) if isinstance(whole, dict) else whole[0] if isinstance(whole, list) and whole else None
        whole = held if held is not None else whole
    if not isinstance(whole, dict) or not isinstance(whole.get("posts"), list):
        raise ValueError("it has no posts")  # noqa: TRY004 -- to the reader it is the value that is wrong
    return whole


def _rows(data: Mapping[str, list[Row]], table: str) -> list[Row]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _posts(name: str, data: Mapping[str, list[Row]]) -> Iterator[Source]:
    tags = _joined(data, "tags", "posts_tags", "tag_id")
    authors = _joined(data, "users", "posts_authors", "author_id")
    meta = {_id(row, "post_id"): row for row in _rows(data, "posts_meta")}
    users = {_id(row, "id"): row for row in _rows(data, "users")}
    seen: set[str] = set()
    for post in _rows(data, "posts"):
        if post.get("type", "post") != "post" or post.get("page") == 1:
            continue
        slug = text(post.get("slug")) or str(post.get("id"))
        place = slug if slug not in seen else f"{slug}-{len(seen)}"
        seen.add(place)
        written = authors.get(_id(post, "id")) or [users[one] for one in [_id(post, "author_id")] if one in users]
        yield Source(
            path=f"{name}#{place}",
            name=slug,
            title=text(post.get("title")),
            given=_header({**meta.get(_id(post, "id"), {}), **post}, tags.get(_id(post, "id"), []), written),
        )


def _joined(data: Mapping[str, list[Row]], table: str, through: str, key: str) -> dict[str, list[Row]]:
    """Return the rows of a table by the post that they belong to, in their order."""
    known = {_id(row, "id"): row for row in _rows(data, table)}
    found: dict[str, list[Row]] = {}
    for link in sorted(_rows(data, through), key=lambda row: _number(row.get("sort_order"))):
        if _id(link, key) in known:
            found.setdefault(_id(link, "post_id"), []).append(known[_id(link, key)])
    return found


def _id(row: Row, key: str) -> str:
    """Return what a row calls itself or another one; in a broken export it may be anything."""
    value = row.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _header(post: Row, tags: Iterable[Row], authors: Iterable[Row]) -> Header:
    public = post.get("visibility") in {None, "public"}
    html = text(post.get("html")) or lexical.html(post)
    shown = html if public else html.partition(_GATE)[0] if _GATE in html else ""
    # A tag that begins with ``#`` is an internal one.
    named = [text(row.get("name")) for row in tags if not text(row.get("name")).startswith("#")]
    fields = {
        "title": text(post.get("title")),
        "slug": text(post.get("slug")),
        "date": _moment(post.get("published_at") or post.get("created_at")),
        "updated": _moment(post.get("updated_at")),
        "description": text(post.get("custom_excerpt")) or text(post.get("meta_description")),
        "tags": named,
        "authors": [text(row.get("slug")) for row in authors],
        "image": _here(text(post.get("feature_image"))),
        "image_alt": text(post.get("feature_image_alt")),
        "canonical_url": text(post.get("canonical_url")),
        "uuid": text(post.get("uuid")),
        "lang": text(post.get("locale")),
        "status": {"published": "", "sent": "hidden"}.get(text(post.get("status")), "draft"),
    }
    return made({key: value for key, value in fields.items() if value}, _PLACEHOLDER.sub("", _here(shown)))


def _here(said: str) -> str:
    return said.replace(_HERE, "")


def _moment(value: object) -> str:
    """Return a date as text: new exports write it, old ones count milliseconds."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 32_503_680_000_000:  # noqa: PLR2004 -- 3000
        return datetime.fromtimestamp(value / 1000, UTC).isoformat()
    said = text(value)
    return f"{said} +00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", said) else said


def _route(routes: Mapping[str, Any]) -> str:
    collections = routes.get("collections")
    first = (
        next((one for one in collections.values() if isinstance(one, Mapping)), {})
        if isinstance(collections, Mapping)
        else {}
    )
    return text(first.get("permalink"))


def _permalink(pattern: str, facts: Facts) -> str:
    when = facts.published
    tags, authors = (facts.header.get(key) for key in ("tags", "authors"))
    words = {
        "slug": facts.source.name,
        "year": f"{when.year:04}",
        "month": f"{when.month:02}",
        "day": f"{when.day:02}",
        "primary_tag": re.sub(r"[^\w]+", "-", str((tags or ["all"])[0]).lower()).strip("-"),
        "primary_author": str((authors or ["all"])[0]),
    }
    return _TOKEN.sub(lambda found: words.get(found[1], found[0]), pattern or "/{slug}/")
