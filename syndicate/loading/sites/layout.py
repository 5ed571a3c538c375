"""What a generator's layout tells: the values that every module of this room returns.

A site module reads the generator's own configuration, names the sources of articles and knows how an address is formed.
It never decides what an article's fields mean; that is the same for all.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from syndicate.findings import Finding, finding
from syndicate.loading import objects, yaml
from syndicate.loading.frontmatter import Header
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Author
from syndicate.settings import Settings

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown")
_APART = frozenset(
    {"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security", "source"}
)
_NOT_CONTENT = frozenset(
    {"archetypes", "scaffolds", "_includes", "_layouts", "layouts", "themes", "templates", "test", "tests", "fixtures"}
)

HANDLES = ("fediverse", "fediverse_creator", "fediverse:creator")
_HANDLE = re.compile(r"(?:acct:)?@?([\w.-]{1,64})@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_PROFILE = re.compile(r"https?://([\w-]+(?:\.[\w-]+)+)/(?:@|users/)([\w.-]{1,64})/?", re.ASCII)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_]?(?=.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that may be an article. ``defaults`` fill what its header does not say.

    ``name`` is what its path says of its slug, ``title`` what its generator calls it where nothing else does;
    ``within`` is its path in its collection, ``draft`` that its place makes it one; ``page`` that it is an article only
    if it has a date. ``translation`` is a key that it shares with its translations. ``given`` is header and body where
    the source is no file of its own but a part of one (``export.json#slug``).
    """

    path: str
    name: str = ""
    title: str = ""
    section: str = ""
    within: str = ""
    collection: str = ""
    language: str = ""
    translation: str = ""
    draft: bool = False
    page: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)
    given: Header | None = None


class Guess(str):
    """An address that no rule of the site's own tells: a usual one was taken, and it should be confirmed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an address may be made of. ``published`` is in the site's time zone, ``written`` in the author's offset."""

    source: Source
    header: Header
    title: str
    slug: str
    published: datetime
    written: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the generator's own configuration says of the site; empty where it says nothing."""

    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    author: str | tuple[str, ...] = ""


def as_written(_: Source, header: Header) -> Header:
    """Return a header as it is: most generators give its words no meaning that others do not."""
    return header


def never(_: Header) -> str:
    """Hide nothing."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A site as its generator lays it out.

    ``permalink`` gives an address below the base URL. ``template`` names what bodies may hold besides Markdown (see
    ``dialects``). ``headed`` says that an article must have front matter, ``spaced`` that
    white space parts tags in a string, ``typed_utc`` that an unquoted YAML time without an offset is UTC whatever the
    site's zone, ``bundled`` that the files beside a source are served below its page. ``future`` that the
    site shows what is yet to come. ``understood`` makes a header say
    outright what the generator takes it to say, ``hidden`` names what in it keeps the article from being listed.
    """

    generator: str
    sources: tuple[Source, ...]
    permalink: Callable[[Facts], str]
    understood: Callable[[Source, Header], Header] = as_written
    hidden: Callable[[Header], str] = never
    said: Said = Said()
    template: str = ""
    headed: bool = True
    spaced: bool = False
    typed_utc: bool = False
    bundled: bool = False
    future: bool = False
    image_roots: tuple[str, ...] = ()
    authors: Mapping[str, Author] = field(default_factory=dict)
    configuration: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def markdown_below(tree: Tree, folder: str, settings: Settings, endings: Sequence[str] = MARKDOWN) -> Iterator[str]:
    """Every Markdown file below a folder that may be an article: no notices, templates, fixtures or our own output."""
    skip, wanted = {settings.output or "output"}, tuple(endings)
    above, content = None, True
    for path in tree.files(folder, skip=skip):
        if not path.lower().endswith(wanted):
            continue
        place = path.rpartition("/")[0]
        if place != above:  # they come folder by folder
            above, content = place, _NOT_CONTENT.isdisjoint(place[len(folder) :].split("/"))
        if content and stem_of(path) and (place or not is_notice(path)):
            yield path


def stem_of(path: str) -> str:
    """Return the name of a file without its ending; nothing for a name that is all ending. A hundred thousand times."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    return stem if dot and ending else f"{stem}{dot}{ending}"


def is_notice(path: str) -> bool:
    """Whether a file speaks about the folder it lies in (a README, a licence) rather than to the site's readers."""
    return stem_of(path).lower() in _APART


def configuration(tree: Tree, names: Sequence[str]) -> tuple[Mapping[str, Any], str, tuple[Finding, ...]]:
    """Return the first YAML or TOML configuration there is, its path, and a finding where it could not be read."""
    for name in names:
        if tree.exists(name):
            read, findings = _configuration(tree, name)
            return read, name, findings
    return {}, "", ()


def _configuration(tree: Tree, name: str) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    import tomllib  # noqa: PLC0415 -- most sites have YAML

    try:
        text = tree.text(name)
        if name.endswith(".toml"):
            return tomllib.loads(text), ()
        if name.endswith(".json"):
            read = objects.read(text)
            return (read if isinstance(read, dict) else {}), ()
        return yaml.read(text, configuration=True).fields, ()
    except SourceError as error:
        return {}, (error.finding,)
    except yaml.YamlError as error:
        return {}, (finding("configuration-unread", name, str(error), line=error.line),)
    except (ValueError, RecursionError) as error:
        return {}, (finding("configuration-unread", name, str(error)),)


def text(value: object) -> str:
    """Return a configuration value that should be text, or nothing."""
    return value.strip() if isinstance(value, str) else ""


def authors_of(data: object) -> dict[str, Author]:
    """Return people by the id that articles use for them, from a data file: a mapping of ids, or a list."""
    people = data.get("authors", data) if isinstance(data, Mapping) else data
    if isinstance(people, Mapping):
        named = [(str(key), person) for key, person in people.items()]
    elif isinstance(people, list):
        named = [
            (str(one.get("id") or one.get("username") or one.get("name")), one)
            for one in people
            if isinstance(one, dict)
        ]
    else:
        named = []
    return {key: found for key, person in named if (found := person_of(person))}


def person_of(value: object) -> Author | None:
    """Return an author from what a data file or a header says of one: a name, or a mapping that has one."""
    if isinstance(value, str) and value.strip():
        return Author(name=value.strip())
    if isinstance(value, Mapping):
        name = next((text(value[key]) for key in ("name", "display_name", "title", "nom") if text(value.get(key))), "")
        url = next(
            (text(value[key]) for key in ("url", "web", "website", "homepage", "uri") if text(value.get(key))), ""
        )
        known = filter(None, (handle(value.get(key)) for key in (*HANDLES, "mastodon")))
        whole = url if re.match(r"https?://", url) else ""
        return Author(name=name, url=whole, email=text(value.get("email")), handle=next(known, "")) if name else None
    return None


def handle(value: object) -> str:
    """Return an account of the Fediverse as ``@name@host``, however it was written; nothing for what is none."""
    said = text(value)
    spelled = _HANDLE.fullmatch(said)
    profile = _PROFILE.fullmatch(said)
    if spelled:
        return f"@{spelled[1]}@{spelled[2].lower()}"
    return f"@{profile[2]}@{profile[1].lower()}" if profile else ""


def bare_name(path: str) -> str:
    """Return a file's name without its ending and the date before it; an index is named by its folder."""
    stem = stem_of(path)
    if stem in {"index", "_index"}:
        stem = path.rpartition("/")[0].rpartition("/")[2] or stem
    return _DATED.sub("", stem) if stem[:1].isdecimal() else stem


def slugged(words: str) -> str:
    """Return words as most generators put them into an address: lower-case letters and digits, hyphens."""
    return re.sub(r"[^\w]+|_+", "-", words.casefold() if words.isascii() else words.lower()).strip("-")
