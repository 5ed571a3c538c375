"""A site without sources: its articles as its built pages show them.

Pages say more of themselves than one thinks, and each its own way; what most of them say alike (the name of the site at
the end of a title, one picture or one description for all) is the site's, not the article's.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from syndicate.addresses import absolute, canonical, is_web_address
from syndicate.characters import strip_illegal
from syndicate.findings import Finding, finding
from syndicate.loading import Loaded, Understood, dates, pages, rendered
from syndicate.loading.article import Frame, State, identity
from syndicate.loading.fields import label, language_tag
from syndicate.loading.pages import Ours, Read
from syndicate.loading.site import assembled, framed
from syndicate.loading.sites.layout import Facts, Layout, Said
from syndicate.loading.sources import Tree
from syndicate.model import Article, Author, Picture, Translation
from syndicate.pages.claims import Claim, endings, without_site
from syndicate.pages.entries import Entry
from syndicate.settings import Settings

_MANY = 3
"""Pages from which on what they have in common is the site's."""
_GENERATED = 1.90, 1.92
"""Ratios of pictures that were made as share cards: words upon words would be read by nobody."""
_ZERO = re.compile(r"\b0001-01-01|\bJan 0001\b")
"""How Go, and so Hugo, writes that there is no date."""
_TAGS = 30
_SKIPPED = {"future": "future-skipped", "unpublished": "unpublished-skipped", "page": "undated-skipped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What pages share: the site's name, and descriptions and pictures that are no single article's."""

    site: str
    descriptions: frozenset[str]
    previews: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An article that a page shows, before its body is read."""

    path: str
    permalink: str
    claim: Claim
    title: str
    language: str
    id: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    state: State = "published"
    why: str = ""


def load(
    tree: Tree, settings: Settings, now: datetime, ours: Ours, *, base_url: str = "", future: bool = False
) -> Loaded:
    """Read the articles of a built site from its pages; ``ours`` tells which of its files we published."""
    remarks: list[Finding] = []
    known = tuple(pages.all_read(tree, ours, remarks))
    told = pages.feed_entries(tree, ours)
    home = next((one for one in known if one.path in pages.INDEXES), None)
    heard = base_url or settings.base_url or pages.heard_base(tree, known, (entry.address for entry in told))
    said = Said(
        title=_site_name(known, home) or urlsplit(heard).hostname or "",
        description=home.claim.description if home else "",
        base_url=heard,
        language=(language_tag(home.language) if home else "") or _most(language_tag(one.language) for one in known),
    )
    layout = Layout(generator="pages", sources=(), permalink=_nowhere, said=said)
    frame = replace(framed(tree, layout, settings, base_url, now, remarks), future=future)
    found = _found(known, told, frame)
    rows, articles = [], []
    for one in found:
        article, state, seen = _finished(one, frame)
        rows.append(_row(one, article, state))
        articles += [article] if article else []
        remarks += seen
    if not rows:
        remarks.append(finding("site-empty", ".", "no page shows that it is an article"))
    site = assembled(settings, frame, _linked(articles), remarks)
    failed = tuple(row.path for row in rows if row.state == "failed")
    until = min((one.published for one in found if one.published and one.state == "future"), default=None)
    return Loaded(site, tuple(rows), tuple(remarks), failed, until)


def _nowhere(facts: Facts) -> str:
    return facts.source.path


def _most(words: Iterable[str]) -> str:
    """Return the commonest word; of several, the first by the alphabet."""
    counts = Counter(word for word in words if word)
    return min(counts, key=lambda word: (-counts[word], word), default="")


def _site_name(known: tuple[Read, ...], home: Read | None) -> str:
    """Return what the pages call their site, else what most of their titles have in common, else the front page's."""
    named = _most(one.site for one in known)
    if named:
        return named
    counts = Counter(part for one in known for part in set(endings(one.title)))
    shared = min(counts, key=lambda part: (-counts[part], part), default="")
    if counts[shared] >= max(2, len(known) // 2):
        return shared
    return home.title if home else ""


def _found(known: tuple[Read, ...], told: tuple[Entry, ...], frame: Frame) -> list[_Found]:
    """Return what the pages show, each address once, in the order of their paths."""
    by_place = {urlsplit(absolute(frame.base_url, one.address)).path: one for one in reversed(told) if one.address}
    common = _common(known, frame)
    found: list[_Found] = []
    taken: set[str] = set()
    for one in known:
        permalink = pages.own_address(frame.tree, one, frame.base_url)
        entry = by_place.get(urlsplit(permalink).path) if permalink else None
        if (
            not permalink
            or one.path in pages.INDEXES
            or not (one.claim.article or entry)
            or identity(permalink) in taken
        ):
            continue
        taken.add(identity(permalink))
        found.append(_judged(one, permalink, entry or Entry(), common, frame))
    return found


def _common(known: tuple[Read, ...], frame: Frame) -> _Common:
    home = next((one.claim for one in known if one.path in pages.INDEXES), None)
    claims = [one.claim for one in known if one.claim.article]
    descriptions = Counter(one.description for one in claims)
    previews = Counter(one.preview for one in claims)
    many = max(_MANY, len(claims) // 2)
    return _Common(
        site=frame.layout.said.title,
        descriptions=frozenset({one for one, count in descriptions.items() if count >= _MANY})
        | ({home.description} if home else set()),
        previews=frozenset({one for one, count in previews.items() if count >= many})
        | ({home.preview} if home and previews[home.preview] > 1 else set()),
    )


def _judged(one: Read, permalink: str, entry: Entry, common: _Common, frame: Frame) -> _Found:
    claim = one.claim
    title = label(without_site(claim.title, common.site)) or permalink
    moment = partial(_moment, frame=frame)
    published = moment(claim.published) or moment(entry.published) or dates.from_path(permalink, frame.zones)
    updated = moment(claim.updated) or moment(entry.updated)
    state, why = _state(claim, published, frame)
    return _Found(
        path=one.path,
        permalink=permalink,
        claim=replace(
            claim,
            description="" if claim.description in common.descriptions else claim.description,
            preview="" if claim.preview in common.previews else claim.preview,
        ),
        title=title,
        language=language_tag(claim.language) or frame.language,
        id=entry.id if is_web_address(entry.id) or entry.id.startswith(("urn:", "tag:")) else "",
        published=published,
        updated=updated,
        state=state,
        why=why,
    )


def _state(claim: Claim, published: datetime | None, frame: Frame) -> tuple[State, str]:
    if claim.hidden:
        return "unpublished", "robots: noindex"
    if published is None:
        return "page", "no date"
    if published > frame.now and not frame.future:
        return "future", published.isoformat()
    return "published", ""


def _moment(text: str, *, frame: Frame) -> datetime | None:
    try:
        return dates.moment(text, frame.zones) if text and not _ZERO.search(text) else None
    except dates.DateError:
        return None


def _finished(one: _Found, frame: Frame) -> tuple[Article | None, State, list[Finding]]:
    """Read the body of what is published. Whatever one page can do, it does not stop the others."""
    if one.state != "published" or one.published is None:
        return None, one.state, [finding(_SKIPPED[one.state], one.path, f"{one.title!r} is not published ({one.why})")]
    seen: list[Finding] = []
    body = rendered.body(frame.tree, one.path, one.permalink, frame.base_url, seen)
    shown = body.html if body else ""
    summary = label(one.claim.description) or (body.opening if body else "")
    article = Article(
        source=one.path,
        permalink=one.permalink,
        id=canonical(one.id) if one.id else one.permalink,
        title=one.title,
        published=one.published,
        updated=max(one.published, one.updated or one.published),
        dated=one.updated is not None,
        language=one.language,
        summary=summary,
        html=shown,
        tags=tuple(dict.fromkeys(filter(None, map(label, one.claim.tags))))[:_TAGS],
        authors=tuple(_authors(one)) or frame.authors,
        section=label(one.claim.section),
        lead=_lead(one, shown, frame, seen),
        translations=tuple(_translations(one)),
    )
    return article, "published", seen


def _authors(one: _Found) -> Iterable[Author]:
    for name, url in one.claim.authors:
        if label(name):
            yield Author(name=label(name), url=canonical(url) if is_web_address(url) else "")


def _translations(one: _Found) -> Iterable[Translation]:
    for language, href in one.claim.translations:
        tag, permalink = language_tag(language), absolute(one.permalink, href)
        if tag and tag != one.language and permalink != one.permalink:
            yield Translation(language=tag, permalink=permalink)


def _linked(articles: list[Article]) -> list[Article]:
    """Keep of the translations that pages name those that are articles themselves."""
    here = {article.permalink for article in articles}
    return [
        replace(one, translations=tuple(other for other in one.translations if other.permalink in here))
        for one in articles
    ]


def _lead(one: _Found, html: str, frame: Frame, seen: list[Finding]) -> Picture | None:
    """Return the picture that stands for an article: the one its tags name, else the first large one of its body."""
    shown = rendered.pictures(html)
    named = absolute(one.permalink, strip_illegal(one.claim.preview)) if one.claim.preview else ""
    if named and is_web_address(named):
        picture, code, message = rendered.picture(frame.tree, named, frame.base_url)
        if code and code != "lead-image-external":
            seen.append(finding(code, one.path, message))
        if picture and not (_is_card(picture) and named not in shown):
            return replace(picture, alt=label(one.claim.alt) or shown.get(named, ""))
    return rendered.first_large(frame.tree, shown, frame.base_url)


def _is_card(picture: Picture) -> bool:
    return bool(picture.height) and _GENERATED[0] <= picture.width / picture.height <= _GENERATED[1]


def _row(one: _Found, article: Article | None, state: State) -> Understood:
    lead = article.lead if article else None
    where = lead.asset.path if lead and lead.asset else lead.url if lead else ""
    published = one.published.isoformat() if one.published else ""
    return Understood(one.path, one.permalink, published, one.language, one.title, where, state, one.why)
