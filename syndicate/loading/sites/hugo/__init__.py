"""Hugo: its configuration, bundles, sections, languages, cascades and addresses, as the real one has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from syndicate.findings import Finding
from syndicate.loading import dates, frontmatter
from syndicate.loading.frontmatter import Header
from syndicate.loading.sites.hugo import configuring, headers, permalinks, places
from syndicate.loading.sites.hugo.configuring import Configuration, Language, lowered, words
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
class _Site:
    """All that the layout's functions ask: places, the headers of sections, what holds for each language."""

    places: Places
    pages: Mapping[str, Page]
    sections: Mapping[tuple[str, str], Header]
    speeches: Mapping[str, _Speech]

    def inherited(self, kind: str, path: str, language: str) -> dict[str, Any]:
        """Return what a page or section gets from the cascades above it, the closest first."""
        above = [parent.as_posix().rstrip("/") for parent in PurePosixPath(path).parents]
        written = [header for one in above if (header := self.sections.get((language, one)))]
        handed = [cascade for header in written for cascade in headers.cascades(header.fields.get("cascade"))]
        return headers.inherited([*handed, *self.speeches[language].cascades], kind, path, language)

    def section(self, path: str, language: str) -> Mapping[str, Any]:
        """Return what a section's ``_index`` says, and the cascades that it is in or begins."""
        header = self.sections.get((language, path))
        inherited = self.inherited("section", path, language)
        if header is None:
            return inherited
        own = headers.inherited(headers.cascades(header.fields.get("cascade")), "section", path, language)
        return {**inherited, **own, **lowered(header.fields)}


def recognises(tree: Tree) -> bool:
    """Whether the site has Hugo's configuration; ``config.*`` is Hugo's when it says ``baseURL``."""
    return configuring.present(tree) or configuring.shared(tree)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every page that is no section and no resource of a bundle."""
    configuration = configuring.read(tree)
    default = configuration.default
    found = places.found(tree, configuration, settings.content.strip("/"), settings.output or "output")
    remarks: list[Finding] = [*configuration.findings, *found.findings]
    sections = _sections(tree, found, remarks)
    pages = {} if permalinks.excepted(default.config) else {page.file: page for page in found.pages}
    ugly = configuration.values.get("uglyurls")
    site = _Site(found, pages, sections, {key: _speech(one, ugly) for key, one in configuration.languages.items()})
    return Layout(
        generator="hugo",
        sources=tuple(_source(site, page, configuration) for page in pages.values()),
        permalink=partial(_permalink, site),
        understood=partial(_understood, site),
        hidden=headers.hidden,
        said=_said(default),
        template="hugo",
        bundled=True,
        image_roots=(*(words(default.config.get("staticdir")) or ["static"]), "assets"),
        configuration=configuration.values,
        findings=tuple(remarks),
    )


def _said(language: Language) -> Said:
    params = language.config.get("params")
    return Said(
        title=text(language.config.get("title")),
        description=text(params.get("description")) if isinstance(params, dict) else "",
        base_url=language.host or text(language.config.get("baseurl")),
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


def _sections(tree: Tree, found: Places, remarks: list[Finding]) -> dict[tuple[str, str], Header]:
    """Read the ``_index`` files: what they are called, and what they hand down."""
    read: dict[tuple[str, str], Header] = {}
    for place, file in found.branches.items():
        try:
            read[place] = frontmatter.parse(tree.text(file), file)
        except SourceError as error:
            remarks.append(error.finding)
    return read


def _source(site: _Site, page: Page, configuration: Configuration) -> Source:
    several = len(configuration.languages) > 1
    return Source(
        path=page.file,
        name=page.name,
        section=page.key.rpartition("/")[0].strip("/"),
        language=configuration.languages[page.language].tag if several else "",
        translation=page.key if several else "",
        page=True,
        defaults=site.inherited("page", page.key, page.language),
    )


def _understood(site: _Site, source: Source, header: Header) -> Header:
    page = site.pages[source.path]
    speech = site.speeches[page.language]
    # What a page hands down, it has itself.
    own = headers.inherited(headers.cascades(header.get("cascade")), "page", page.key, page.language)
    return headers.understood(header.over(own), speech.chains, page.name, speech.zone)


def _permalink(site: _Site, facts: Facts) -> str:
    page = site.pages[facts.source.path]
    rules = site.speeches[page.language].rules
    sections = site.places.sections(page)
    said = {path: site.section(path, page.language) for path in sections}
    slugs = [
        permalinks.called(said[path], path.rpartition("/")[2], written=(page.language, path) in site.sections)
        for path in sections
    ]
    subject = permalinks.Subject(
        page=page,
        header=facts.header,
        sections=tuple(sections),
        slugs=tuple(map(rules.clean, slugs)),
        folder=_folder(page, said, cased=rules.cased),
    )
    return permalinks.address(subject, rules)


def _folder(page: Page, sections: Mapping[str, Mapping[str, Any]], *, cased: bool) -> str:
    """Return where a page lies: its folders, those that are sections with a slug by that name."""
    parts = (page.path if cased else page.key).split("/")[1:-1]
    keys = page.key.split("/")[1:-1]
    paths = ["/" + "/".join(keys[: depth + 1]) for depth in range(len(keys))]
    return "".join(
        f"/{permalinks.slug(sections.get(path, {})) or part}" for part, path in zip(parts, paths, strict=True)
    )
