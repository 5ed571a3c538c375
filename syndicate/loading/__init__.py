"""Read a site's content into values: the only package that reads sources.

Headers are read first, then the bodies of what is published, because a body may ask where another source is published.
What is wrong with a source is a finding about it; it never stops the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath

from syndicate import settings as said
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding, nearest
from syndicate.loading import expressions, keys, templates, translations
from syndicate.loading.article import Draft, Frame, State
from syndicate.loading.gathering import Gathering
from syndicate.loading.index import Ending, Index
from syndicate.loading.site import assembled, framed
from syndicate.loading.sites import laid_out
from syndicate.loading.sites.layout import Layout, Source
from syndicate.loading.sources import SourceError, Tree
from syndicate.loading.translations import Kin
from syndicate.model import Article, Site
from syndicate.settings import Settings

_SKIPPED = {
    "draft": "draft-skipped",
    "future": "future-skipped",
    "unpublished": "unpublished-skipped",
    "page": "undated-skipped",
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one source: a row of ``syndicate list``."""

    path: str
    permalink: str
    published: str
    language: str
    title: str
    lead_image: str
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site, what was understood of each of its sources, every remark, and the sources that could not be read.

    ``until`` is the moment at which the clock alone will change something: an article's hour comes, or is over;
    ``generator`` is the one whose layout the site has. ``skipped`` counts the sources that are not published, ``rest``
    names those that are, but shown nowhere.
    """

    site: Site
    sources: tuple[Understood, ...]
    findings: tuple[Finding, ...]
    failed: tuple[str, ...]
    until: datetime | None = None
    generator: str = ""
    skipped: int = 0
    rest: tuple[str, ...] = ()


def root_of(site: Path) -> Path:
    """Return the site's folder. Raises ``SettingsError`` where there is none."""
    if not site.exists():
        beside = [entry.name for entry in site.parent.iterdir()] if site.parent.is_dir() else []
        raise SettingsError(f"{site}: no such folder{nearest(site.name, beside)}", "Name the folder of the site.")
    if not site.is_dir():
        raise SettingsError(f"{site}: is not a folder", "Name the folder that holds the articles.")
    return site.resolve()


def settings_of(root: Path, tree: Tree | None = None) -> Settings:
    """Return ``syndicate.toml``, else ``[tool.syndicate]`` in ``pyproject.toml``. Raises ``SettingsError``."""
    tree = tree or Tree(root)
    if tree.is_barred("syndicate.toml"):
        raise SettingsError(
            "syndicate.toml: leads out of the site, or is no regular file", "Put the file itself there."
        )
    for name, table in (("syndicate.toml", ()), ("pyproject.toml", ("tool", "syndicate"))):
        if tree.exists(name):
            try:
                text = tree.text(name)
            except SourceError as error:
                raise SettingsError(str(error.finding), error.finding.help) from None
            found = said.parse(text, name, table)
            _refuse_wrong(found, text, name, (*table, "fields"))
            return found
    return Settings()


def _refuse_wrong(found: Settings, text: str, path: str, table: tuple[str, ...]) -> None:
    for key, expression in found.own.items():
        try:
            expressions.check(expression)
        except expressions.ExpressionError as error:
            where = said.address(text, path, table, key)
            cure = "Write a key of the front matter, or a JMESPath expression such as media[0].file."
            raise SettingsError(f"{where}: {'.'.join((*table, key))}: {expression!r}: {error}", cure) from None


def load(  # noqa: PLR0913 -- what a build may be told of a site
    root: Path,
    settings: Settings,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    base_url: str = "",
    tree: Tree | None = None,
    index: Index | None = None,
    shown: int | None = None,
    listed: bool = True,
    drawn: bool = True,
) -> Loaded:
    """Read a site. ``now`` decides what is still to come; the result is the same on every machine.

    ``tree`` is the one the settings were read from, where somebody wants to know what was looked at. With an ``index``
    only what changed is read, and bodies are left there. ``shown`` says how many of the newest articles anything that
    is published shows: only these are rendered. Without ``listed``, nothing is said of each source; where nothing will
    be ``drawn``, the site has no look.
    """
    tree = tree or Tree(root)
    _refuse_missing(tree, settings)
    layout = laid_out(tree, settings)
    remarks = list(layout.findings)
    frame = replace(
        framed(tree, layout, settings, base_url, now, remarks), drafts=drafts, future=future or layout.future
    )
    gathering = Gathering(frame, _opened(index, frame))
    begun = _distinct(gathering.drafts(finishing=shown is None))
    published = [draft for draft in begun if draft.state == "published"]
    needed = _newest(published, shown)
    gathering.finish(needed, _resolver(begun, layout))
    if gathering.index and not gathering.index.database:  # it broke under us, and with it the bodies that it kept
        return load(
            root,
            settings,
            now,
            drafts=drafts,
            future=future,
            base_url=base_url,
            shown=shown,
            listed=listed,
            drawn=drawn,
        )
    endings = {draft.source.path: gathering.endings.get(draft.source.path) for draft in needed}
    outcomes = [_outcome(draft, endings.get(draft.source.path)) for draft in begun]
    articles, doubts = translations.linked([one.article for one in outcomes if one.article], _kin(outcomes))
    remarks += [*_guesses(published, layout), *doubts]
    site = assembled(settings, frame, articles, remarks, drawn=drawn)
    if not begun:
        remarks.append(finding("site-empty", settings.content or ".", "no article was found"))
    return Loaded(
        site=site,
        sources=tuple(_row(one) for one in outcomes) if listed else (),
        findings=(*remarks, *(remark for one in outcomes for remark in one.findings)),
        failed=tuple(one.draft.source.path for one in outcomes if one.state == "failed"),
        until=min((moment for one in begun for moment in one.moments if moment > now), default=None),
        generator=layout.generator,
        skipped=sum(one.state != "published" for one in outcomes),
        rest=tuple(one.draft.source.path for one in outcomes if one.state == "published" and not one.article),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one source."""

    draft: Draft
    state: State
    article: Article | None
    findings: tuple[Finding, ...]


def _outcome(draft: Draft, ending: Ending | None) -> _Outcome:
    if draft.state != "published":
        return _Outcome(draft, draft.state, None, (*draft.findings, *_note(draft)))
    if ending is None:
        return _Outcome(draft, draft.state, None, draft.findings)
    return _Outcome(draft, "published" if ending.article else "failed", ending.article, ending.findings)


def _opened(index: Index | None, frame: Frame) -> Index | None:
    """Open an index for a frame; none where it cannot be told what the frame depends on."""
    try:
        return index.opened(keys.of_frame(frame)) if index else None
    except TypeError:
        return None


def _newest(published: Sequence[Draft], shown: int | None) -> Sequence[Draft]:
    """Return the drafts whose bodies are needed, as ``assembled`` orders them."""
    if shown is None:
        return published
    by_address = sorted(published, key=lambda one: one.permalink)
    return sorted(by_address, key=lambda one: one.published or one.moments[0], reverse=True)[:shown]


def _kin(outcomes: Iterable[_Outcome]) -> list[Kin]:
    drafts = (one.draft for one in outcomes if one.state == "published")
    return [Kin(one.permalink, one.source.path, one.language, one.kin) for one in drafts]


def _guesses(drafts: Iterable[Draft], layout: Layout) -> list[Finding]:
    """One remark for all addresses that only the site's templates could tell."""
    guessed = [draft for draft in drafts if draft.guessed and draft.state == "published"]
    if not guessed:
        return []
    others = f", and those of {len(guessed) - 1} more" if len(guessed) > 1 else ""
    message = f"the address {guessed[0].permalink}{others} is a guess: {layout.generator}'s templates form it"
    return [finding("permalink-guessed", guessed[0].source.path, message)]


def _refuse_missing(tree: Tree, settings: Settings) -> None:
    if settings.content and not tree.is_folder(settings.content):
        raise SettingsError(f"content: there is no folder {settings.content!r} in the site", "Correct `content`.")


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Let the first of two articles with one address keep it; sources come in the order of their paths."""
    kept: list[Draft] = []
    taken: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: one.source.path):
        if draft.state != "published":
            kept.append(draft)
            continue
        holder = taken.setdefault(draft.place, draft.source.path)
        if holder != draft.source.path:
            message = f"{draft.permalink} is already the address of {holder}"
            remark = finding("permalink-collision", draft.source.path, message)
            draft = replace(draft, state="failed", why=message, findings=(*draft.findings, remark))  # noqa: PLW2901
        kept.append(draft)
    return kept


def _note(draft: Draft) -> list[Finding]:
    code = _SKIPPED.get(draft.state)
    message = f"{draft.title or draft.source.path!r} is not published{f' ({draft.why})' if draft.why else ''}"
    return [finding(code, draft.source.path, message, line=draft.line)] if code else []


def _row(one: _Outcome) -> Understood:
    draft, lead = one.draft, one.article.lead if one.article else None
    where = lead.asset.path if lead and lead.asset else lead.url if lead else ""
    published = draft.published.isoformat() if draft.published else ""
    why = draft.why or ("its body was refused" if one.state != draft.state else "")
    return Understood(draft.source.path, draft.permalink, published, draft.language, draft.title, where, one.state, why)


def _resolver(drafts: Sequence[Draft], layout: Layout) -> templates.Resolve:
    """Return what answers ``LANGUAGE REFERENCE``: a translation in the language of who asks, else the first."""

    @cache
    def by_name() -> dict[str, str]:
        named: dict[str, str] = {}
        for draft in drafts:
            # What nobody can open is no place to lead to.
            for name in _names(draft.source) if draft.permalink and draft.state in {"published", "page"} else ():
                named.setdefault(name, draft.permalink)
                named.setdefault(f"{draft.language} {name}", draft.permalink)
        return named

    def resolve(question: str) -> str:
        language, _, reference = question.partition(" ")
        bare, _, fragment = reference.strip().strip("\"'").partition("#")
        name = bare.strip("/").removesuffix("/index.md")
        known = by_name()
        spelled = [f"{before}{one}" for one in _spellings(name, layout) for before in (f"{language} ", "")]
        url = next((known[one] for one in spelled if one in known), "")
        return f"{url}#{fragment}" if url and fragment else url

    return resolve


def _names(source: Source) -> Iterator[str]:
    """Yield what another source may call one: by its path, with or without its ending, or by its name."""
    for path in dict.fromkeys((source.path, source.within.strip("/"))):
        pure = PurePosixPath(path)
        folder = pure.parent.name if pure.stem == "index" else ""
        # What Hugo calls a page has no ending, but may have a dot.
        bare = pure.with_suffix("") if path == source.path or pure.suffix == PurePosixPath(source.path).suffix else pure
        yield from (name for name in (path, bare.as_posix(), bare.name, folder) if name)


def _spellings(name: str, layout: Layout) -> tuple[str, ...]:
    stem = PurePosixPath(name).with_suffix("").as_posix() if name.endswith((".md", ".markdown", ".html")) else name
    below = tuple(f"{root}/{name}" for root in (*layout.image_roots, "content", "content/posts", "_posts"))
    return (name, stem, *below, PurePosixPath(stem).name)
