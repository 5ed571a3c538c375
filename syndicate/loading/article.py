"""One article: from its source to a value, in two steps, since bodies may ask where other sources are published."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Literal
from urllib.parse import unquote, urlsplit

from syndicate.addresses import article_path, canonical
from syndicate.findings import Finding, finding
from syndicate.loading import body, dates, enclosures, frontmatter, identities, images, templates, translations
from syndicate.loading.fields import Fields
from syndicate.loading.frontmatter import Header
from syndicate.loading.html import BodyError
from syndicate.loading.sites.layout import Facts, Guess, Layout, Source
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Article, Author

State = Literal["published", "draft", "future", "unpublished", "page", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all articles of a site share. ``now``, ``drafts`` and ``future`` decide which are published today.

    ``changed`` and ``begun`` say when sources were last changed and first written, where the site wants it from git;
    ``ids`` is the rule for ids (see ``identities``).
    """

    tree: Tree
    layout: Layout
    base_url: str
    language: str
    zone: tzinfo
    authors: tuple[Author, ...]
    own: Mapping[str, str]
    now: datetime
    drafts: bool = False
    future: bool = False
    ids: str = "permalink"
    changed: Mapping[str, datetime] = field(default_factory=dict)
    begun: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def zones(self) -> dates.Zones:
        """The zones of times without an offset."""
        return dates.Zones(self.zone, UTC if self.layout.typed_utc else self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article whose header was read: all but its body. ``why`` says what its state comes from.

    ``kin`` is what it has in common with its translations (see ``translations``); ``guessed`` says that no rule of the
    site's own told its address; ``moments`` are those at which the clock changes its state; ``line`` is what keeps it
    from being published; ``place`` is what no other may share with it.
    """

    source: Source
    state: State
    why: str = ""
    fields: Fields | None = None
    title: str = ""
    published: datetime | None = None
    permalink: str = ""
    guessed: bool = False
    language: str = ""
    kin: tuple[str, ...] = ()
    slug: str = ""
    findings: tuple[Finding, ...] = ()
    moments: tuple[datetime, ...] = ()
    line: int = 1
    place: str = ""


def read(source: Source, frame: Frame) -> Draft:
    """Read an article's header; never raises: what is wrong is its state and a finding."""
    try:
        header = source.given or frontmatter.parse(frame.tree.text(source.path), source.path)
        return _understood(source, frame.layout.understood(source, header.over(source.defaults)), frame)
    except SourceError as error:
        return _failed(source, error.finding)
    except Exception as error:  # noqa: BLE001 -- whatever one article can do, it may not stop the others
        return _failed(source, _defeat(source, error))


def finish(draft: Draft, frame: Frame, context: templates.Context) -> tuple[Article | None, tuple[Finding, ...]]:
    """Render a draft's body and find its pictures; ``None`` with an error where the body cannot be borne."""
    try:
        return _finished(draft, frame, context)
    except Exception as error:  # noqa: BLE001 -- as above
        return None, (*draft.findings, _defeat(draft.source, error))


def _defeat(source: Source, error: Exception) -> Finding:
    """Return the finding for an article that met a fault of ours."""
    return finding("source-defeats", source.path, f"{type(error).__name__}: {error}")


def _finished(draft: Draft, frame: Frame, context: templates.Context) -> tuple[Article | None, tuple[Finding, ...]]:
    fields, published = draft.fields, draft.published
    if fields is None or published is None:
        return None, draft.findings
    place = images.Place(
        draft.source.path, draft.permalink, frame.base_url, frame.layout.bundled, frame.layout.image_roots
    )
    try:
        rendered = body.render(fields.header, draft.title, place, frame.tree, context)
    except BodyError as error:
        remark = finding("body-refused", draft.source.path, f"the body is {error}", line=fields.header.body_line)
        return None, (*draft.findings, remark)
    named = images.lead(fields)
    updated = fields.updated(frame.zones) or frame.changed.get(draft.source.path)
    categories = fields.categories(spaced=frame.layout.spaced)
    article = Article(
        source=draft.source.path,
        permalink=draft.permalink,
        id=fields.id() or identities.minted(frame.ids, draft.permalink, draft.slug, published),
        title=draft.title,
        published=published,
        updated=max(published, updated or published),
        dated=updated is not None,
        language=draft.language,
        summary=fields.summary() or rendered.opening,
        html=rendered.html,
        tags=fields.tags(spaced=frame.layout.spaced),
        authors=fields.authors(frame.layout.authors, frame.authors),
        section=categories[0] if categories else "",
        event=fields.event(frame.zones),
        theme=fields.theme(),
        kicker=fields.kicker(),
        lead=images.picture(frame.tree, named, place, fields) if named else None,
        link=canonical(fields.link()) if fields.link() and fields.link() != draft.permalink else "",
        enclosures=enclosures.enclosures(frame.tree, place, fields),
        episode=enclosures.episode(fields),
    )
    return article, (*draft.findings, *rendered.findings, *fields.findings)


def settled(draft: Draft) -> Draft:
    """Return a draft without its header and its body, once it knows which line keeps it from being published."""
    key = "date" if draft.state == "future" else draft.why.partition(":")[0]
    line = (draft.fields.header.line(key) if draft.fields else 0) or 1
    return replace(draft, fields=None, line=line)


def identity(permalink: str) -> str:
    """Return what two articles may not share: where their files go, which on many disks differs by more than case."""
    return unicodedata.normalize("NFC", article_path(permalink)).casefold()


def _understood(source: Source, header: Header, frame: Frame) -> Draft:
    fields = Fields(header, source.path, frame.own)
    remarks = list(header.findings)
    if not header.kind and frame.layout.headed:
        return _failed(source, finding("front-matter-missing", source.path, "no front matter was found", line=1))
    title = fields.title() or body.heading(header)
    state, why = _state(source, fields, frame)
    published = fields.published(frame.zones) or _from_path(source, header, frame.zone)
    if published is None and not source.page and not _misdated(fields):
        published = frame.begun.get(source.path)
    if published is None:
        return _undated(source, fields, state, why, title, frame)
    if not title:
        title = _from_name(source)
        remarks.append(finding("title-missing", source.path, f"no title; called {title!r}", line=header.line("title")))
    # Where both are said, the article was written on its date and is to come out on the other.
    due = fields.moment("publishDate", frame.zones) or published
    if state == "published" and due > frame.now and not frame.future:
        state, why = "future", due.isoformat()
    language = fields.language(source.language or frame.language)
    draft = Draft(
        source=source,
        state="published" if state == "draft" and frame.drafts else state,
        why=why,
        fields=fields,
        title=title,
        published=published,
        language=language,
        slug=fields.slug() or source.name,
        kin=translations.keys(fields, source.path, language, source.translation),
        findings=tuple(remarks),
        moments=_moments(fields, due, frame),
    )
    return _addressed(draft, header, frame)


def _moments(fields: Fields, due: datetime, frame: Frame) -> tuple[datetime, ...]:
    """Return when an article begins and ceases to be published by itself."""
    over = fields.moment("expiryDate", frame.zones) if fields.header.get("expiryDate") is not None else None
    return (*(() if frame.future else (due,)), *((over,) if over else ()))


def _addressed(draft: Draft, header: Header, frame: Frame) -> Draft:
    fields = draft.fields
    assert fields is not None  # noqa: S101 -- for the type checker: the caller just set it
    facts = Facts(
        source=draft.source,
        header=header,
        title=draft.title,
        slug=fields.slug(),
        published=draft.published.astimezone(frame.zone) if draft.published else _NO_DAY,
        written=draft.published or _NO_DAY,
    )
    path = frame.layout.permalink(facts)
    permalink = _below(path, frame.base_url)
    permalink = permalink if len(permalink) <= _ADDRESS else ""
    if not permalink and draft.published:
        key = next((key for key in ("permalink", "url", "path", "slug") if header.get(key)), "permalink")
        remark = finding(
            "permalink-invalid",
            draft.source.path,
            f"{key}: {path[:200]!r} is no address of this site",
            line=header.line(key),
        )
        return _failed(draft.source, remark)
    place = identity(permalink) if permalink else ""
    return replace(draft, permalink=permalink, guessed=isinstance(path, Guess), place=place)


def _below(path: str, base_url: str) -> str:
    """Return the address of a path below the base URL, or nothing for one that leaves it."""
    if whole := re.match(r"https?://([^/?#]*)", path):
        return canonical(path) if whole[1].lower() == urlsplit(base_url).netloc and ".." not in path else ""
    segments = unquote(path.partition("?")[0]).replace("\\", "/").split("/")
    if ".." in segments or "." in segments or re.search(r"[\x00-\x1f\x7f]|{[{%]|^\w+:", path):
        return ""
    return canonical(base_url + path.lstrip("/"))


_NO_DAY = datetime(1, 1, 1, tzinfo=UTC)
_ADDRESS = 2_000
"""Characters of an address: browsers and IndexNow take a few more."""
_DRAFTS = frozenset({"draft", "hidden", "private", "pending", "unpublished", "trash", "skip"})
_DRAFT_KEYS = ("draft", "is_draft", "isDraft")
_UNLISTED = ("unlisted", "private", "eleventyExcludeFromCollections")
"""What Docusaurus, Obsidian's publishers and Eleventy keep out of their own lists and feeds."""


def _state(source: Source, fields: Fields, frame: Frame) -> tuple[State, str]:
    # In Hugo and others `published` is a date; only a plain no hides the article, whatever else it is.
    for key in ("published", "publish"):
        if str(fields.header.get(key)).strip().lower() in {"false", "no", "off", "0"}:
            return "unpublished", f"{key}: false"
    status = str(fields.header.get("status", "state") or "").strip().lower()
    if source.draft or status in _DRAFTS or any(fields.truth(key, doubtful=True) for key in _DRAFT_KEYS):
        return "draft", "status" if status in _DRAFTS else "draft"
    for key in _UNLISTED:
        if fields.truth(key, doubtful=False):
            return "unpublished", key
    expired = fields.moment("expiryDate", frame.zones)
    if expired and expired <= frame.now:
        return "unpublished", f"expired {expired.isoformat()}"
    if str(fields.header.get("permalink")).strip().lower() == "false":
        return "unpublished", "permalink: false"
    why = frame.layout.hidden(fields.header)
    return ("unpublished", why) if why else ("published", "")


def _undated(source: Source, fields: Fields, state: State, why: str, title: str, frame: Frame) -> Draft:
    """An article that nobody knows the date of: hidden anyway, a mere page, or an error that says what to write."""
    path = source.path
    if state in {"draft", "unpublished"} and not frame.drafts:
        return Draft(source=source, state=state, why=why, title=title)
    wrong = _misdated(fields)
    if wrong:
        return _failed(
            source,
            finding(
                "date-missing", path, wrong.message, line=wrong.line, cure=f"{dates.LIKE[0].upper()}{dates.LIKE[1:]}."
            ),
        )
    if source.page:
        # It is no article, but one may refer to it.
        page = Draft(source=source, state="page", why="no date", fields=fields, title=title or _from_name(source))
        return _addressed(page, fields.header, frame)
    if not fields.header.kind:
        return _failed(
            source, finding("front-matter-missing", path, "no front matter, and no date in the path", line=1)
        )
    return _failed(
        source, finding("date-missing", path, "no date, neither in the front matter nor in the path", line=1)
    )


def _misdated(fields: Fields) -> Finding | None:
    """Return the complaint about a date that is there and cannot be understood."""
    return next((remark for remark in fields.findings if remark.code in {"date-invalid", "date-ambiguous"}), None)


def _failed(source: Source, remark: Finding) -> Draft:
    return Draft(source=source, state="failed", why=remark.message, findings=(remark,))


def _from_path(source: Source, header: Header, zone: tzinfo) -> datetime | None:
    zones = dates.Zones(zone, zone)
    for said in (source.path, header.get("path"), header.get("permalink"), header.get("url")):
        found = dates.from_path(said, zones) if isinstance(said, str) else None
        if found:
            return found
    return None


def _from_name(source: Source) -> str:
    words = re.sub(r"[-_]+", " ", source.name.rpartition("/")[2]).strip()
    return source.title or words[:1].upper() + words[1:] or source.path
