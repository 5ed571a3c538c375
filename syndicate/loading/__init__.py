"""Read a site's content into values: the only package that reads sources.

Headers are read first, then the bodies of what is published, because a body may ask where another source is published.
What is wrong with a source is a finding about it; it never stops the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from syndicate import settings as said
from syndicate.addresses import PREVIEW, absolute, canonical, is_web_address
from syndicate.cards import themes
from syndicate.cards.themes.reading import parse
from syndicate.characters import one_line
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding, nearest
from syndicate.loading import dates, images, templates, typefaces
from syndicate.loading.article import Draft, Frame, State, finish, identity, read
from syndicate.loading.fields import label, language_tag, plain_text
from syndicate.loading.sites import laid_out
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Article, Author, Look, Picture, Podcast, Site, ThemeFile
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
    """A site, what was understood of each of its sources, every remark, and the sources that could not be read."""

    site: Site
    sources: tuple[Understood, ...]
    findings: tuple[Finding, ...]
    failed: tuple[str, ...]

    @property
    def skipped(self) -> int:
        """How many sources are not published."""
        return sum(row.state != "published" for row in self.sources)


def root_of(site: Path) -> Path:
    """Return the site's folder. Raises ``SettingsError`` where there is none."""
    if not site.exists():
        beside = [entry.name for entry in site.parent.iterdir()] if site.parent.is_dir() else []
        raise SettingsError(f"{site}: no such folder{nearest(site.name, beside)}", "Name the folder of the site.")
    if not site.is_dir():
        raise SettingsError(f"{site}: is not a folder", "Name the folder that holds the articles.")
    return site.resolve()


def settings_of(root: Path) -> Settings:
    """Return ``syndicate.toml``, else ``[tool.syndicate]`` in ``pyproject.toml``. Raises ``SettingsError``."""
    tree = Tree(root)
    for name, table in (("syndicate.toml", ()), ("pyproject.toml", ("tool", "syndicate"))):
        if tree.exists(name):
            try:
                return said.parse(tree.text(name), name, table)
            except SourceError as error:
                raise SettingsError(str(error.finding), error.finding.help) from None
    return Settings()


def load(
    root: Path, settings: Settings, now: datetime, *, drafts: bool = False, future: bool = False, base_url: str = ""
) -> Loaded:
    """Read a site. ``now`` decides what is still to come; the result is the same on every machine."""
    tree = Tree(root)
    _refuse_missing(tree, settings)
    layout = laid_out(tree, settings)
    remarks = list(layout.findings)
    frame = Frame(
        tree=tree,
        layout=layout,
        base_url=_base_url(base_url or settings.base_url, layout, remarks),
        language=_language(settings, layout, remarks),
        zone=_zone(settings, layout, remarks),
        authors=_authors(settings.author or layout.said.author),
        own=settings.fields,
        now=now,
        drafts=drafts,
        future=future,
    )
    rows = _distinct(read(source, frame) for source in layout.sources)
    articles, states, found = _finished(rows, frame)
    site = _site(settings, frame, articles, remarks)
    if not rows:
        remarks.append(finding("site-empty", settings.content or ".", "no article was found"))
    failed = tuple(path for path, row in states.items() if row.state == "failed")
    return Loaded(site, tuple(states.values()), (*remarks, *found), failed)


def _refuse_missing(tree: Tree, settings: Settings) -> None:
    if settings.content and not (tree.inside(settings.content) and (tree.root / settings.content).is_dir()):
        raise SettingsError(f"content: there is no folder {settings.content!r} in the site", "Correct `content`.")


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Let the first of two articles with one address keep it; sources come in the order of their paths."""
    kept: list[Draft] = []
    taken: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: one.source.path):
        if draft.state != "published":
            kept.append(draft)
            continue
        holder = taken.setdefault(identity(draft.permalink), draft.source.path)
        if holder != draft.source.path:
            message = f"{draft.permalink} is already the address of {holder}"
            remark = finding("permalink-collision", draft.source.path, message)
            draft = replace(draft, state="failed", why=message, findings=(*draft.findings, remark))  # noqa: PLW2901
        kept.append(draft)
    return kept


def _finished(drafts: list[Draft], frame: Frame) -> tuple[list[Article], dict[str, Understood], list[Finding]]:
    context = templates.Context(
        dialect=frame.layout.template, base_url=frame.base_url, resolve=_resolver(drafts, frame.layout)
    )
    articles: list[Article] = []
    rows: dict[str, Understood] = {}
    remarks: list[Finding] = []
    for draft in drafts:
        article, found = finish(draft, frame, context) if draft.state == "published" else (None, draft.findings)
        state: State = "failed" if draft.state == "published" and article is None else draft.state
        remarks += [*found, *_note(draft)]
        rows[draft.source.path] = _row(draft, article, state)
        articles += [article] if article else []
    return articles, rows, remarks


def _note(draft: Draft) -> list[Finding]:
    code = _SKIPPED.get(draft.state)
    message = f"{draft.title or draft.source.path!r} is not published{f' ({draft.why})' if draft.why else ''}"
    return [finding(code, draft.source.path, message)] if code else []


def _row(draft: Draft, article: Article | None, state: State) -> Understood:
    lead = article.lead if article else None
    where = lead.asset.path if lead and lead.asset else lead.url if lead else ""
    published = draft.published.isoformat() if draft.published else ""
    why = draft.why or ("its body was refused" if state != draft.state else "")
    return Understood(draft.source.path, draft.permalink, published, draft.language, draft.title, where, state, why)


def _resolver(drafts: list[Draft], layout: Layout) -> templates.Resolve:
    by_name: dict[str, str] = {}
    for draft in drafts:
        pure = PurePosixPath(draft.source.path)
        for name in (
            pure.as_posix(),
            pure.with_suffix("").as_posix(),
            pure.stem,
            pure.parent.name if pure.stem == "index" else "",
        ):
            if name and draft.permalink:
                by_name.setdefault(name, draft.permalink)

    def resolve(reference: str) -> str:
        bare, _, fragment = reference.strip().strip("\"'").partition("#")
        name = bare.strip("/").removesuffix("/index.md")
        url = next((by_name[one] for one in _spellings(name, layout) if one in by_name), "")
        return f"{url}#{fragment}" if url and fragment else url

    return resolve


def _spellings(name: str, layout: Layout) -> tuple[str, ...]:
    stem = PurePosixPath(name).with_suffix("").as_posix() if name.endswith((".md", ".markdown", ".html")) else name
    below = tuple(f"{root}/{name}" for root in (*layout.image_roots, "content", "content/posts", "_posts"))
    return (name, stem, *below, PurePosixPath(stem).name)


def _site(settings: Settings, frame: Frame, articles: list[Article], remarks: list[Finding]) -> Site:
    layout = frame.layout
    return Site(
        title=label(settings.title or layout.said.title) or frame.tree.root.name,
        base_url=frame.base_url,
        language=frame.language,
        description=plain_text(settings.description or layout.said.description),
        authors=frame.authors,
        # Newest first; of the same moment, by address: the same order on every machine.
        articles=tuple(
            sorted(sorted(articles, key=lambda one: one.permalink), key=lambda one: one.published, reverse=True)
        ),
        feed_limit=settings.feeds.limit,
        full_content=settings.feeds.content == "full",
        kinds=settings.feeds.kinds,
        moved=_moved(settings.feeds.moved, frame.base_url),
        podcast=_podcast(settings, frame, remarks),
        packed=_packed(settings.feeds.compress, remarks),
        servers=settings.feeds.serving,
        cards=settings.cards.enabled,
        look=_look(settings, frame, articles, remarks),
        hub=canonical(settings.feeds.hub) if settings.feeds.hub else "",
    )


def _moved(said: Mapping[str, str], base_url: str) -> tuple[tuple[str, str], ...]:
    """Return old paths, as servers see them, with the addresses that feeds moved to."""
    pairs = ((urlsplit(absolute(base_url, old)).path, absolute(base_url, new.lstrip("/"))) for old, new in said.items())
    return tuple(sorted(pairs))


def _packed(asked: bool | tuple[str, ...], remarks: list[Finding]) -> tuple[str, ...]:  # noqa: FBT001 -- as the setting is
    """Return the endings of what was asked for. Raises ``SettingsError`` for what was named and is not installed."""
    names = {True: ("gzip", "brotli"), False: ()}[asked] if isinstance(asked, bool) else asked
    if "brotli" in names and find_spec("brotli") is None:
        cure = 'Install it with `pip install "syndicate-cards[brotli]"`.'
        if asked is not True:
            raise SettingsError("feeds.compress: the brotli package is not installed", cure)
        remarks.append(finding("brotli-missing", "syndicate.toml", "feeds.compress: brotli is not installed"))
        names = ("gzip",)
    return tuple(ending for name, ending in (("gzip", "gz"), ("brotli", "br")) if name in names)


def _podcast(settings: Settings, frame: Frame, remarks: list[Finding]) -> Podcast | None:
    said = settings.feeds.podcast
    if said == type(said)():
        return None
    return Podcast(
        title=label(said.title),
        author=label(said.author) or ", ".join(author.name for author in frame.authors),
        email=one_line(said.email),
        category=one_line(said.category),
        image=_cover(said.image, frame, remarks),
        explicit=said.explicit,
        locked=said.locked,
        guid=one_line(said.guid),
    )


def _cover(name: str, frame: Frame, remarks: list[Finding]) -> str:
    if name and "://" not in name and frame.tree.find(name, ("", *images.ROOTS)) is None:
        message = f"feeds.podcast.image: {name!r} is not in the site"
        remarks.append(finding("setting-invalid", "syndicate.toml", message, cure="Name a file of the site."))
        return ""
    return absolute(frame.base_url, name.lstrip("/")) if name else ""


def _look(settings: Settings, frame: Frame, articles: list[Article], remarks: list[Finding]) -> Look:
    cards = settings.cards
    own, found = typefaces.of_site(frame.tree, cards.fonts)
    remarks += found
    return Look(
        theme=cards.theme,
        tone=cards.tone,
        themes=_themes(cards.theme, articles, frame),
        outlets=cards.outlets,
        accent=cards.accent,
        ground=cards.ground,
        logo=_logo(cards.logo, frame, remarks) if cards.logo else None,
        typefaces=(*own, *typefaces.shipped()),
    )


def _themes(asked: str, articles: Iterable[Article], frame: Frame) -> tuple[ThemeFile, ...]:
    """Return the site's own themes that it and its articles name. Raises ``SettingsError`` with file, line and key."""
    if not asked.endswith(".toml") and asked not in {themes.AUTO, *themes.NAMES}:
        known = f"Take auto, {', '.join(themes.NAMES)}, or the path of a theme's TOML file in the site."
        raise SettingsError(f"cards.theme: there is no {asked!r}{nearest(asked, themes.NAMES)}", known)
    paths = dict.fromkeys([asked, *sorted({article.theme for article in articles})])
    found = tuple(_theme(path, frame.tree) for path in paths if path.endswith(".toml") and frame.tree.exists(path))
    if asked.endswith(".toml") and asked not in {one.path for one in found}:
        raise SettingsError(
            f"cards.theme: there is no file {asked!r} in the site", "`syndicate init --theme` makes one."
        )
    return found


def _theme(path: str, tree: Tree) -> ThemeFile:
    try:
        text = tree.text(path)
    except SourceError as error:
        raise SettingsError(str(error.finding), error.finding.help) from None
    parse(text, path)
    return ThemeFile(path=path, text=text)


def _logo(name: str, frame: Frame, remarks: list[Finding]) -> Picture | None:
    path = frame.tree.find(name, ("", *images.ROOTS))
    if path is None:
        remarks.append(finding("logo-unusable", name, "the logo is not in the site"))
        return None
    picture, _, message = images.measured(frame.tree, path, canonical(frame.base_url + name.lstrip("/")))
    if picture is None or picture.asset is None:
        remarks.append(finding("logo-unusable", path, message))
        return None
    return picture


def _base_url(asked: str, layout: Layout, remarks: list[Finding]) -> str:
    url = asked or layout.said.base_url
    if not is_web_address(url):
        remarks.append(
            finding("base-url-missing", "syndicate.toml", "no base URL is known; feeds point to this machine")
        )
        return PREVIEW
    return canonical(url.partition("?")[0].partition("#")[0].rstrip("/") + "/")


def _language(settings: Settings, layout: Layout, remarks: list[Finding]) -> str:
    asked = settings.language or layout.said.language
    tag = language_tag(asked)
    if asked and not tag:
        remarks.append(finding("setting-invalid", "syndicate.toml", f"language: {asked!r} is no language tag"))
    return tag or "en"


def _zone(settings: Settings, layout: Layout, remarks: list[Finding]) -> tzinfo:
    asked = settings.time_zone or layout.said.time_zone
    try:
        return dates.zone(asked) if asked else UTC
    except ValueError as error:
        remarks.append(
            finding("setting-invalid", "syndicate.toml", f"time_zone: {error}", cure="Write it like Europe/Paris.")
        )
        return UTC


def _authors(names: str | tuple[str, ...]) -> tuple[Author, ...]:
    listed = (names,) if isinstance(names, str) else names
    return tuple(Author(name=one_line(name)) for name in listed if one_line(name))
