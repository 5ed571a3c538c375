"""Cards drawn while somebody looks: the site as it is this moment, and workers that keep at hand what they opened.

A card is drawn by the recipe that a build would take, in a process that may be killed, and kept by its fingerprint.
"""

import asyncio
import os
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from syndicate import loading
from syndicate.addresses import article_path
from syndicate.artifact import Artifact, Rendered
from syndicate.cards.commission import Lead
from syndicate.cards.outlets import Outlet
from syndicate.cards.recipe import Crop
from syndicate.edition import edition
from syndicate.engine import Failure
from syndicate.engine.workers import Standing
from syndicate.errors import SyndicateError
from syndicate.findings import Finding, Severity
from syndicate.loading.amending import Said
from syndicate.loading.index import Index
from syndicate.loading.sources import Tree, reader
from syndicate.model import Article, Site
from syndicate.serving import proposal

SECONDS = 10.0
"""How long one card may take: thirty times what the slowest did."""
INDEX = ".syndicate/editing.db"
_KEPT = 96
_ACROSS = 960
"""Pixels of the picture that is shown to be clicked on."""
_FRONT = "og"


@dataclass(frozen=True, slots=True)
class Subject:
    """An article as it is on the disk, its site, and what there is to remark."""

    article: Article
    site: Site
    own: dict[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that cannot be shown: nobody knows it, or what is wrong with its source."""

    findings: tuple[Finding, ...] = ()
    why: str = ""


class Studio:
    """One for a server. ``base_url`` is where the preview is."""

    def __init__(self, site: Path, base_url: str) -> None:
        self.root, self.base_url = site.resolve(), base_url
        self.touched: set[str] = set()
        self._sources: dict[str, str] = {}
        self._articles: dict[str, Article] = {}
        self._loaded: tuple[Site, dict[str, str], tuple[Finding, ...]] | None = None
        self._stale = True
        self._state: dict[str, tuple[int, int, int]] = {}
        self._loading = asyncio.Lock()
        self._drawn: OrderedDict[str, Rendered] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[Rendered | Failure]] = {}
        self._hands: dict[bool, Standing] = {}

    def touch(self, paths: Iterable[str]) -> None:
        """Know that files changed: what is published of them is out of date until a build has ended."""
        self.touched |= set(paths)
        self._stale = True

    def settle(self) -> None:
        """Know that a build has caught up."""
        self.touched.clear()

    def close(self) -> None:
        """Let the workers go."""
        for hand in self._hands.values():
            hand.close()

    async def subject(self, path: str) -> Subject | Missing:
        """Return the article whose name in the output is ``path``, as its source is now."""
        async with self._loading:
            source = self._sources.get(path, "")
            if self._stale or not self._loaded or self._state.get(source) != self._state_of(source):
                try:
                    await asyncio.to_thread(self._load)
                except (SyndicateError, OSError) as error:
                    return Missing(why=str(error))
        if self._loaded is None:
            return Missing()
        site, own, findings = self._loaded
        source = self._sources.get(path, "")
        found = self._articles.get(path)
        if found is None:
            grave = (one for one in findings if one.severity is Severity.ERROR and source in {"", one.path})
            return Missing(tuple(grave))
        return Subject(found, site, own, tuple(one for one in findings if one.path == source))

    async def renewed(self, path: str) -> tuple[Artifact, Rendered] | None:
        """Return a published card drawn anew where a change of its article, picture or settings is not built yet."""
        if not self.touched:
            return None
        name, _, file = path.removeprefix("cards/").rpartition("/")
        subject = await self.subject(name)
        if isinstance(subject, Missing):
            return None
        article = subject.article
        artifact = proposal.planned(article, subject.site).get(file.rpartition("-")[0])
        made_of = _made_of(article, subject.site)
        drawn = await self.draw(artifact) if artifact and made_of & self.touched else None
        return (artifact, drawn) if artifact and isinstance(drawn, Rendered) else None

    async def draw(self, artifact: Artifact) -> Rendered | Failure:
        """Return a card, from those at hand or from a worker."""
        key = artifact.fingerprint(edition())
        if key not in self._drawn:
            # A page asks for its first card twice: as a picture, and for what there is to say of it.
            if key not in self._under_way:
                self._under_way[key] = asyncio.create_task(self._made(artifact))
            made = await asyncio.shield(self._under_way[key])
            self._under_way.pop(key, None)
            if isinstance(made, Failure):
                return made
            self._drawn[key] = made
        self._drawn.move_to_end(key)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[key]

    async def _made(self, artifact: Artifact) -> Rendered | Failure:
        # The card that somebody is at has a worker of its own, which no other size keeps waiting.
        front = f"/{_FRONT}-" in artifact.path
        if front not in self._hands:
            self._hands[front] = Standing(reader(self.root), SECONDS)
        try:
            (outcome,) = await asyncio.wrap_future(self._hands[front].draw(artifact))
        except TimeoutError:
            return Failure(f"took longer than {SECONDS:g} seconds")
        except Exception as error:  # noqa: BLE001 -- whatever became of the worker
            return Failure(f"its worker ended: {type(error).__name__}")
        return outcome

    def _load(self) -> None:
        self._stale = False
        tree = Tree(self.root)
        settings = loading.settings_of(self.root, tree)
        index = Index(self.root / INDEX, edition())
        try:
            found = loading.load(
                self.root,
                settings,
                datetime.now(UTC),
                drafts=True,
                base_url=self.base_url,
                tree=tree,
                index=index,
                listed=False,
            )
        finally:
            index.close()
        self._loaded = found.site, settings.own, found.findings
        self._articles = {article_path(one.permalink): one for one in found.site.articles}
        # What once was an article is remembered: its source may be broken for a minute.
        self._sources |= {path: one.source for path, one in self._articles.items()}
        self._state = {one.source: self._state_of(one.source) for one in found.site.articles}

    def _state_of(self, source: str) -> tuple[int, int, int]:
        with suppress(OSError, ValueError):
            status = os.stat(self.root / source)  # noqa: PTH116 -- thousands of them
            return status.st_mtime_ns, status.st_size, status.st_ino
        return 0, 0, 0


def _made_of(article: Article, site: Site) -> set[str]:
    """Return the files of a site that an article's cards are made of, as far as they are its own or everybody's."""
    pictures = (article.lead, site.look.logo)
    shown = {one.asset.path for one in pictures if one and one.asset}
    return {article.source, "syndicate.toml", *shown, *(one.path for one in site.look.themes)}


def picture(article: Article) -> Artifact | None:
    """Return an article's whole picture as a card without type, small enough to be shown beside."""
    lead = article.lead
    if lead is None or lead.asset is None or not lead.width or not lead.height:
        return None
    scale = min(1, _ACROSS / max(lead.width, lead.height))
    width, height = max(1, round(lead.width * scale)), max(1, round(lead.height * scale))
    recipe = Crop(source=article.source, outlet=Outlet("whole", width, height), lead=Lead(lead.asset, width, height))
    return Artifact("picture.jpg", "image/jpeg", recipe, article.source)


def drawn_with(subject: Subject, said: dict[str, Said]) -> Subject:
    """Return a subject as it would be with a proposal written."""
    return replace(subject, article=proposal.applied(subject.article, said))
