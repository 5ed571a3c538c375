"""Hugo: its configuration, bundles, sections, languages, cascades and addresses, as the real one has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from syndicate.findings import Finding, finding
from syndicate.loading import dates, frontmatter
from syndicate.loading.frontmatter import Header
from syndicate.loading.sites.hugo import configuring, headers, permalinks, places
from syndicate.loading.sites.hugo.configuring import Configuration, Language, true, words
from syndicate.loading.sites.hugo.headers import Cascade
from syndicate.loading.sites.hugo.places import Page, Places
from syndicate.loading.sites.layout import Facts, Layout, Said, Source, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """What holds for the pages of one language."""

    rules: permalinks.Rules
    chains: Mapping[str, list[str]]
    zone: tzinfo
    cascades: tuple[Cascade, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: its slug, and what ``:sectionslugs`` calls it."""

    slug: str
    called: str


_Place = tuple[str, str]
"""A language and a path in the tree of content."""
_Handed = Mapping[_Place, Sequence[Cascade]]
"""What sections hand down."""


@dataclass(frozen=True, slots=True)
class _Site:
    """What the layout's functions ask: nothing of it changes when an article is added to a section that was there."""

    sections: Mapping[_Place, _Section]
    speeches: Mapping[str, _Speech]

    def around(self, page: Page) -> list[tuple[str, _Section]]:
        """Return the sections that a page is in, outermost first: the first folder, and those with an ``_index``."""
        parts = page.key.split("/")[1:-1]
        paths = ["/" + "/".join(parts[: depth + 1]) for depth in range(len(parts))]
        return [(path, found) for path in paths if (found := self.sections.get((page.language, path)))]


def recognises(tree: Tree) -> bool:
    """Whether the site has Hugo's configuration; ``config.*`` is Hugo's when it says ``baseURL``."""
    return configuring.present(tree) or configuring.shared(tree)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every page that is no section and no resource of a bundle."""
    configuration = configuring.read(tree)
    default = configuration.default
    found = places.found(tree, configuration, settings.content.strip("/"), settings.output or "output")
    remarks: list[Finding] = [*configuration.findings, *found.findings]
    elsewhere = _elsewhere(configuration, settings, remarks)
    kept = [] if permalinks.excepted(default.config) else [one for one in found.pages if one.language not in elsewhere]
    ugly = configuration.values.get("uglyurls")
    speeches = {key: _speech(one, ugly) for key, one in configuration.languages.items()}
    written = _written(tree, found, remarks)
    roots = {(page.language, f"/{page.section}") for page in kept if page.section}
    handed = {
        place: own for place, header in written.items() if (own := headers.cascades(header.fields.get("cascade")))
    }
    sections = {place: _section(place, written.get(place), handed, speeches) for place in sorted({*written, *roots})}
    site = _Site(sections, speeches)
    return Layout(
        generator="hugo",
        sources=tuple(_source(page, handed, speeches, configuration) for page in kept),
        permalink=partial(_permalink, site),
        understood=partial(_understood, site),
        hidden=headers.hidden,
        said=_said(default),
        template="hugo",
        bundled=True,
        future=true(configuration.values.get("buildfuture")),
        image_roots=(*(words(default.config.get("staticdir")) or ["static"]), "assets"),
        configuration=configuration.values,
        findings=tuple(remarks),
    )


def _elsewhere(configuration: Configuration, settings: Settings, remarks: list[Finding]) -> set[str]:
    """Languages that are served from another host: a site of their own, which has its own feeds."""
    base = settings.base_url or configuration.default.base
    host = urlsplit(base).netloc.lower()
    others = {
        key for key, one in configuration.languages.items() if one.host and urlsplit(one.host).netloc.lower() != host
    }
    for key in sorted(others):
        message = f"languages.{key}: is served from {configuration.languages[key].host}, not from {base}"
        remarks.append(finding("language-elsewhere", "hugo", message))
    return others


def _said(language: Language) -> Said:
    params = language.config.get("params")
    return Said(
        title=text(language.config.get("title")),
        description=text(params.get("description")) if isinstance(params, dict) else "",
        base_url=language.base,
        language=language.tag,
        time_zone=text(language.config.get("timezone")),
    )


def _speech(language: Language, ugly: object) -> _Speech:
    try:
        zone = dates.zone(text(language.config.get("timezone")) or "UTC")
    except ValueError:
        zone = UTC
    return _Speech(
        rules=permalinks.rules(language, ugly),
        chains=headers.chained(language.config),
        zone=zone,
        cascades=tuple(headers.cascades(language.config.get("cascade"))),
    )


def _written(tree: Tree, found: Places, remarks: list[Finding]) -> dict[_Place, Header]:
    """Read the ``_index`` files: what they are called, and what they hand down."""
    read: dict[_Place, Header] = {}
    for place, file in found.branches.items():
        try:
            read[place] = frontmatter.parse(tree.text(file), file)
        except SourceError as error:
            remarks.append(error.finding)
    return read


def _inherited(kind: str, place: _Place, handed: _Handed, speeches: Mapping[str, _Speech]) -> dict[str, Any]:
    """Return what a page or section gets from the cascades above it, the closest first."""
    language, path = place
    found: list[Cascade] = []
    while path and handed:
        path = path.rpartition("/")[0]
        found += handed.get((language, path), ())
    return headers.inherited([*found, *speeches[language].cascades], kind, place[1], language)


def _section(place: _Place, header: Header | None, handed: _Handed, speeches: Mapping[str, _Speech]) -> _Section:
    """Return what a section's ``_index`` says, and the cascades that it is in or begins."""
    language, path = place
    name = path.rpartition("/")[2]
    inherited = _inherited("section", place, handed, speeches)
    if header is None:
        return _Section(permalinks.slug(inherited), permalinks.called(inherited, name, written=False))
    own = headers.inherited(handed.get(place, ()), "section", path, language)
    speech = speeches[language]
    # A name that begins with a date may say its slug, too.
    known = headers.understood(header.over({**inherited, **own}), speech.chains, name, speech.zone)
    said = {key: known.get(key) for key in ("slug", "title")}
    return _Section(permalinks.slug(said), permalinks.called(said, name, written=True))


def _source(page: Page, handed: _Handed, speeches: Mapping[str, _Speech], configuration: Configuration) -> Source:
    several = len(configuration.languages) > 1
    return Source(
        path=page.file,
        name=page.name,
        section=page.key.rpartition("/")[0].strip("/"),
        within=page.path,
        collection=page.language,
        language=configuration.languages[page.language].tag if several else "",
        translation=page.key if several else "",
        page=True,
        defaults=_inherited("page", (page.language, page.key), handed, speeches),
    )


def _page(source: Source) -> Page:
    bundle = not source.path.rpartition("/")[2].startswith(f"{source.name}.")
    return Page(file=source.path, language=source.collection, path=source.within, bundle=bundle)


def _understood(site: _Site, source: Source, header: Header) -> Header:
    page = _page(source)
    speech = site.speeches[page.language]
    # What a page hands down, it has itself, before what is handed down to it.
    own = headers.inherited(headers.cascades(header.get("cascade")), "page", page.key, page.language)
    header = header.saying({key: value for key, value in own.items() if not header.line(key)})
    return headers.understood(header, speech.chains, page.name, speech.zone)


def _permalink(site: _Site, facts: Facts) -> str:
    page = _page(facts.source)
    rules = site.speeches[page.language].rules
    around = site.around(page)
    subject = permalinks.Subject(
        page=page,
        header=facts.header,
        sections=tuple(path for path, _ in around),
        slugs=tuple(rules.clean(section.called) for _, section in around),
        folder=_folder(page, {path: section.slug for path, section in around}, cased=rules.cased),
    )
    return permalinks.address(subject, rules)


def _folder(page: Page, slugs: Mapping[str, str], *, cased: bool) -> str:
    """Return where a page lies: its folders, those that are sections with a slug by that name.

    So it is as of Hugo 0.168; with 0.165 a section's slug changed its own address alone.
    """
    parts = (page.path if cased else page.key).split("/")[1:-1]
    keys = page.key.split("/")[1:-1]
    paths = ["/" + "/".join(keys[: depth + 1]) for depth in range(len(keys))]
    return "".join(f"/{slugs.get(path) or part}" for part, path in zip(parts, paths, strict=True))
