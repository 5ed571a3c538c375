"""The site as a whole: what the settings say of it, else its generator's configuration, else a default."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from importlib.util import find_spec
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from syndicate.addresses import ATOM, JSON, PREVIEW, RSS, absolute, canonical, is_free, is_web_address
from syndicate.characters import one_line
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding
from syndicate.loading import dates, images
from syndicate.loading.article import Frame
from syndicate.loading.fields import label, language_tag, plain_text
from syndicate.loading.git import History, history
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import Tree
from syndicate.model import Article, Author, Look, Podcast, Site
from syndicate.secrecy import names_user, without_user
from syndicate.settings import Settings


def framed(
    tree: Tree, layout: Layout, settings: Settings, base_url: str, now: datetime, remarks: list[Finding]
) -> Frame:
    """Return what all articles share; what cannot be used of it is remarked. ``base_url`` wins over the settings."""
    if "git" in {settings.updated, settings.published}:
        tree.witness.saw_history()
    past, untold = history(tree.root) if "git" in {settings.updated, settings.published} else (History(), ())
    remarks += untold
    return Frame(
        tree=tree,
        layout=layout,
        base_url=_base_url(base_url or settings.base_url, layout, remarks),
        language=_language(settings, layout, remarks),
        zone=_zone(settings, layout, remarks),
        authors=_authors(settings.author or layout.said.author),
        own=settings.own,
        now=now,
        ids=settings.feeds.ids,
        changed=past.changed if settings.updated else {},
        begun=past.begun if settings.published else {},
    )


def assembled(
    settings: Settings, frame: Frame, articles: list[Article], remarks: list[Finding], *, drawn: bool = True
) -> Site:
    """Return the site with its articles, newest first; where nothing will be ``drawn``, without a look."""
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
        archive=settings.feeds.archive,
        tags=settings.tags.enabled,
        gallery=settings.gallery.enabled,
        moved=_moved(settings.feeds.moved, frame.base_url),
        also=_also(settings.feeds.also, remarks),
        podcast=_podcast(settings, frame, remarks),
        packed=_packed(settings.feeds.compress, remarks),
        servers=settings.feeds.serving,
        cards=settings.cards.enabled,
        look=_look(settings, frame, articles, remarks) if drawn else Look(),
        hub=canonical(settings.feeds.hub) if settings.feeds.hub else "",
        handle=settings.tags.fediverse,
        key=settings.announce.indexnow_key,
    )


def _look(settings: Settings, frame: Frame, articles: list[Article], remarks: list[Finding]) -> Look:
    from syndicate.loading.look import look  # noqa: PLC0415 -- a tenth of what a build of feeds alone imports

    return look(settings, frame, articles, remarks)


def _moved(said: Mapping[str, str], base_url: str) -> tuple[tuple[str, str], ...]:
    """Return old paths, as servers see them, with the addresses that feeds moved to."""
    pairs = ((urlsplit(absolute(base_url, old)).path, absolute(base_url, new.lstrip("/"))) for old, new in said.items())
    return tuple(sorted(pairs))


def _also(said: Mapping[str, str], remarks: list[Finding]) -> tuple[tuple[str, str], ...]:
    """Return the paths of the output at which feeds stand, too, with those of the feeds."""
    pairs = sorted((old.lstrip("/"), new.lstrip("/")) for old, new in said.items())
    folders = {parent.as_posix() for old, _ in pairs for parent in PurePosixPath(old).parents}
    for old, new in pairs:
        if not is_free(old) or old in folders or not f"/{new}".endswith((f"/{RSS}", f"/{ATOM}", f"/{JSON}")):
            message = f"feeds.also: {old!r} = {new!r}: not a path that feeds can have, or not one of our feeds"
            cure = 'Write it like "feed.xml" = "atom.xml".'
            remarks.append(finding("setting-invalid", "syndicate.toml", message, cure=cure))
    return tuple((old, new) for old, new in pairs if is_free(old) and old not in folders)


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


def _base_url(asked: str, layout: Layout, remarks: list[Finding]) -> str:
    url = asked or layout.said.base_url
    if not is_web_address(url):
        remarks.append(
            finding("base-url-missing", "syndicate.toml", "no base URL is known; feeds point to this machine")
        )
        return PREVIEW
    if names_user(url):
        message = "the site's address holds a user or a password, which is not published"
        remarks.append(finding("setting-invalid", "syndicate.toml", message, cure="Write the address without it."))
    return canonical(without_user(url).partition("?")[0].partition("#")[0].rstrip("/") + "/")


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
