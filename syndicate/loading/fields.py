"""Fields: what a header says, as values of the right kind, with an address in every complaint.

Each getter knows the spellings that real sites use, in order of preference; what the settings' ``[fields]`` name comes
first. Null and empty fall through to the next. A value of the wrong kind is reported and not used.
"""

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from syndicate.addresses import canonical
from syndicate.characters import one_line, strip_illegal
from syndicate.findings import Finding, finding
from syndicate.loading import dates, expressions, markdown
from syndicate.loading import html as markup
from syndicate.loading.frontmatter import Header
from syndicate.loading.sites.layout import HANDLES, handle, person_of
from syndicate.loading.yaml import Plain
from syndicate.model import Author

TITLE_LONG = 200
_PUBLISHED = (
    "date.created", "date", "pubDate", "publishDate", "publish_date", "published_at", "date_published", "published",
    "created", "created_at", "date_created",
)  # fmt: skip
_UPDATED = (
    "updated", "lastmod", "last_modified_at", "modified", "date.updated", "updated_at", "updatedDate", "date_modified",
    "last_updated", "modified_at",
)  # fmt: skip
_EVENT = ("event_start_date", "event_start", "event_date", "event.start", "event.date")
SUMMARY = (
    "description", "summary", "excerpt", "deck", "chapeau-text", "chapeau", "spoiler", "meta", "abstract", "teaser",
    "subtitle", "extra.description", "extra.summary",
)  # fmt: skip
_AUTHORS = ("authors", "author", "auteur", "auteurs", "byline", "extra.author", "taxonomies.authors")
_TAGS = ("tags", "tag", "taxonomies.tags", "keywords")
_CATEGORIES = ("categories", "category", "taxonomies.categories", "catégories", "categorie")
THEME, KICKER = ("card.theme", "theme"), ("card.kicker", "kicker")
_LINK = ("redirect_to", "redirection", "external_url", "link_url", "canonical_url", "canonical")
_ID = ("id", "guid", "uuid", "extra.id", "extra.guid")

_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_MARKED = re.compile("[`<&]")
_CODE = re.compile(r"(`+)(.+?)\1")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_][A-Za-z0-9]{4,8})*")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`|~-]+@[\w.-]+")
_TIME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[ Tt]+\d{1,2}:\d{2}:\d{2}(?:\.\d+)?$")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_URI = re.compile(r"(?:https?://[^\s/?#]+|(?:urn|tag):)[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """One article's header, asked. Complaints gather in ``findings``."""

    header: Header
    path: str
    own: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def first(self, name: str, *spellings: str) -> tuple[Any, str]:
        """Return the first value that is there and the key it was found under; ``[fields]`` goes first."""
        return next(self._each(name, spellings), (None, name))

    def beside(self, name: str) -> Mapping[str, Any]:
        """Return the mapping that holds what ``[fields]`` names, where it is in one: its neighbours describe it."""
        around = expressions.parent(self.own[name]) if name in self.own else ""
        found = expressions.search(around, self.header.fields) if around else None
        return found if isinstance(found, dict) else {}

    def complain(self, code: str, key: str, message: str, cure: str = "") -> None:
        """Add a finding about a key, with its line."""
        self.findings.append(finding(code, self.path, f"{key}: {message}", line=self.header.line(key), cure=cure))

    def title(self) -> str:
        """Return the title as plain text; empty where the header has none."""
        value, key = self.first("title", "title")
        if isinstance(value, (list, dict, bool)):
            self.complain("field-invalid", key, f"expected text, got {_kind(value)}")
            return ""
        title = label(str(value)) if value is not None else ""
        if len(title) > TITLE_LONG:
            self.complain("title-long", key, f"{len(title)} characters")
        return title

    def published(self, zones: dates.Zones) -> datetime | None:
        """Return when it was published, in the author's own offset; ``None`` where the header does not say."""
        return self._moment("published", _PUBLISHED, zones)

    def updated(self, zones: dates.Zones) -> datetime | None:
        """Return when it was last changed, as far as the header says."""
        return self._moment("updated", _UPDATED, zones)

    def moment(self, name: str, zones: dates.Zones) -> datetime | None:
        """Return the moment of a key that is a date wherever it occurs."""
        return self._moment(name, (name,), zones)

    def summary(self) -> str:
        """Return the summary as plain text, whatever markup it is written in; empty where there is none."""
        value, key = self.first("summary", *SUMMARY)
        if value is None or isinstance(value, bool) or (isinstance(value, Plain) and value.lower() in _TRUE | _FALSE):
            return ""
        if isinstance(value, (list, dict)):
            self.complain("field-invalid", key, f"expected text, got {_kind(value)}")
            return ""
        return plain_text(str(value))

    def authors(self, known: Mapping[str, Author], others: tuple[Author, ...] = ()) -> tuple[Author, ...]:
        """Return who wrote it: names, mappings, or ids of the site's own data; where it does not say, the ``others``.

        An account of the Fediverse that the header names is the first one's.
        """
        found = self._authors(known) or others
        account = handle(self.first("fediverse", *HANDLES)[0])
        return (replace(found[0], handle=account), *found[1:]) if found and account else found

    def _authors(self, known: Mapping[str, Author]) -> tuple[Author, ...]:
        value, key = self.first("author", *_AUTHORS)
        found: list[Author] = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                found += [known.get(name) or Author(name=label(name)) for name in _names(one)]
            elif (person := person_of(one)) is not None:
                found.append(person)
            elif one is not None:
                self.complain("field-invalid", key, f"expected a name, got {_kind(one)}")
        return tuple(dict.fromkeys(_clean(author) for author in found if label(author.name)))

    def tags(self, *, spaced: bool) -> tuple[str, ...]:
        """Return categories and tags, once each, spelled as their author did."""
        return _distinct([*self.categories(spaced=spaced), *self._labels("tags", _TAGS, spaced=spaced)])

    def categories(self, *, spaced: bool) -> tuple[str, ...]:
        """Return the categories alone."""
        return _distinct(self._labels("categories", _CATEGORIES, spaced=spaced))

    def slug(self) -> str:
        """Return the slug the header asks for."""
        value, _ = self.first("slug", "slug")
        return one_line(str(value)).strip("/ ") if isinstance(value, (str, int)) and not isinstance(value, bool) else ""

    def language(self, default: str) -> str:
        """Return a BCP 47 tag: the header's, else ``default``."""
        value, key = self.first("language", "lang", "language", "locale")
        if value is None:
            return default
        tag = language_tag(value)
        if not tag:
            self.complain("field-invalid", key, f"expected a language tag such as pt-BR, got {value!r}")
        return tag or default

    def link(self) -> str:
        """Return where the article really lives, when that is elsewhere; only an absolute address counts."""
        value, _ = self.first("link", *_LINK)
        value = value[0] if isinstance(value, list) and value else value
        return value.strip() if isinstance(value, str) and re.match(r"https?://[^\s/]", value.strip()) else ""

    def event(self, zones: dates.Zones) -> datetime | None:
        """Return when what the article announces begins, where it says so."""
        return self._moment("event", _EVENT, zones)

    def theme(self) -> str:
        """Return the theme that the article's cards shall have; empty where it does not say."""
        value, _ = self.first("theme", *THEME)
        return one_line(value) if isinstance(value, str) else ""

    def kicker(self) -> str:
        """Return the word or two over the title that the article's cards shall have; empty where it does not say."""
        value, _ = self.first("kicker", *KICKER)
        return label(value) if isinstance(value, str) else ""

    def id(self) -> str:
        """Return the identity the header claims, as a URI; empty for a mere number or name, which is none."""
        values = self._each("id", _ID)
        return next((uri for value, _ in values if isinstance(value, str) and (uri := _uri(value.strip()))), "")

    def truth(self, key: str, *, doubtful: bool) -> bool | None:
        """Return whether a key says yes; ``doubtful`` is what an answer that nobody understands counts as."""
        value = self.header.get(key)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in _TRUE | _FALSE:
            return word in _TRUE
        self.complain("field-invalid", key, f"expected true or false, got {value!r}")
        return doubtful

    def _each(self, name: str, spellings: Iterable[str]) -> Iterator[tuple[Any, str]]:
        if name in self.own:
            said = self.own[name]
            value = expressions.search(said, self.header.fields)
            # A plain name is looked up as all keys are, in any capitals.
            value = self.header.get(said) if value is None else value
            if value not in (None, "", [], {}):
                yield value, expressions.key(said)
        for spelling in spellings:
            value = self.header.get(spelling)
            if value is not None:
                yield value, spelling

    def _moment(self, name: str, spellings: Iterable[str], zones: dates.Zones) -> datetime | None:
        for value, spelling in self._each(name, spellings):
            if isinstance(value, (dict, list, bool)) or str(value).lower() in _TRUE | _FALSE:
                continue
            # YAML itself makes an unquoted time; what has no offset is UTC then, whatever the site's zone.
            typed = isinstance(value, Plain) and _TIME.match(value) is not None
            try:
                return dates.moment(value, dates.Zones(zones.typed, zones.typed) if typed else zones)
            except dates.DateError as error:
                self.complain(error.code, spelling, str(error))
        return None

    def _labels(self, name: str, spellings: Iterable[str], *, spaced: bool) -> list[str]:
        value, key = self.first(name, *spellings)
        if isinstance(value, str):
            # One category may have several words; several of them are parted as the generator does.
            single = key.casefold() in {"category", "tag"}
            parts = [value] if single else value.split() if spaced and "," not in value else value.split(",")
            return [label(part) for part in parts]
        if isinstance(value, dict):
            self.complain("field-invalid", key, "expected a list of words, got a mapping")
            return []
        return (
            [label(str(one)) for one in value or () if isinstance(one, (str, int, float)) and not isinstance(one, bool)]
            if isinstance(value, list)
            else [label(str(value))]
            if value is not None
            else []
        )


def label(text: str) -> str:
    """Return a title, tag or name as plain text: markup meant as such is resolved, what is literal stays."""
    if not _MARKED.search(text):
        return one_line(text)
    pieces = []
    last = 0
    for found in _CODE.finditer(text):
        pieces += [_resolved(text[last : found.start()]), found[2].strip()]
        last = found.end()
    return one_line("".join([*pieces, _resolved(text[last:])]))


def plain_text(text: str) -> str:
    """Return one paragraph of plain text from what may be Markdown, HTML or both."""
    try:
        return one_line(markup.plain(markdown.render(strip_illegal(text))))
    except markup.BodyError:
        return ""


def language_tag(value: object) -> str:
    """Return a language in the spelling of BCP 47 (``zh_cn`` is ``zh-CN``), or nothing for what is none."""
    if not isinstance(value, str) or not _TAG.fullmatch(value.strip().split(".")[0]):
        return ""
    first, *rest = re.split(r"[-_]", value.strip().split(".")[0])
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    return part.upper() if len(part) in {2, 3} else part.title() if len(part) == 4 and part.isalpha() else part.lower()  # noqa: PLR2004 -- region, script


def _resolved(text: str) -> str:
    return _ENTITY.sub(lambda found: entities.unescape(found[0]), _INLINE.sub("", text))


def _uri(text: str) -> str:
    if _UUID.fullmatch(text):
        return f"urn:uuid:{text.lower()}"
    return canonical(text) if _URI.fullmatch(text) else ""


def _names(text: str) -> list[str]:
    """``A and B`` are two people, where both look like people; ``Josh Aas, ISRG Executive Director`` is one."""
    parts = [part.strip() for part in re.split(r"\s+(?:and|et|&)\s+", text)]
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [text.strip()]


def _clean(author: Author) -> Author:
    email = author.email if _EMAIL.fullmatch(author.email) else ""
    return replace(author, name=label(author.name), email=email)


def _distinct(labels: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for one in labels:
        if one:
            kept.setdefault(one.casefold(), one)
    return tuple(kept.values())


def _kind(value: object) -> str:
    return {list: "a list", dict: "a mapping", bool: "true or false"}.get(type(value), repr(value))
